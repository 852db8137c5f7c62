"""Rows found by who has a part in them: as a look through every record finds them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from factories import make_article, make_record, span_of
from onrecord.records import Actor, Article, Event, Record, Row, Statement, id_of, row_id
from onrecord.store import Filters, Order, Slice, Store, dealing, open_store, paging, portraits
from onrecord.store.official import OFFICIAL
from onrecord.talks import COMMON, Move, answered, moves_of

LINKS = {
    ("statements", "actor"): "speaker_id",
    ("statements", "recipient"): "addressee_id",
    ("figures", "actor"): "cause_id",
    ("conditions", "actor"): "by_id",
    ("conditions", "recipient"): "on_id",
    ("demands", "actor"): "by_id",
    ("demands", "recipient"): "of_id",
    ("terms", "actor"): "used_by_id",
    ("actors", "actor"): "actor_id",
    ("mentions", "actor"): "actor_id",
}
SIDES = [*LINKS, ("events", "actor"), ("events", "recipient")]


def told_of(article: Article) -> Record:
    """The record of an article, with what its spokesman says of his president."""
    record = make_record(article)
    span = span_of(article, "Putin", 1)
    named = replace(record.mentions[0], mention_id=row_id(article, "mention", span), span=span)
    return replace(record, mentions=(*record.mentions, named))


@pytest.fixture(scope="module")
def store(module_place: str) -> Iterator[Store]:
    """Three articles with the same rows, and an older version of the last."""
    with open_store(module_place) as made:
        made.save(told_of(make_article(article_id="c" * 16, title="Before")), "hand/1")
        for article_id, version, day in (
            ("a", 1, "2021"),
            ("b", 1, "2022-03"),
            ("c", 2, "2022-03-14"),
        ):
            article = make_article(article_id=article_id * 16, version=version, published=day)
            made.save(told_of(article), "hand/1")
        yield made


def parties(row: Row, kind: str, side: str) -> set[str | None]:
    """The actors on one side of a row."""
    if isinstance(row, Event):
        both = (*row.actors, *row.recipients)
        sided = both if row.symmetric else row.actors if side == "actor" else row.recipients
        return {one.actor_id for one in sided}
    return {getattr(row, LINKS[kind, side])}


def plainly(store: Store, kind: str, side: str, identity_id: str) -> set[tuple[str, str]]:
    """The rows of which an identity has one side, by a look at every record."""
    found = set()
    for article_id in ("a" * 16, "b" * 16, "c" * 16):
        record = store.record(article_id)
        whose = store.views.identities_in(record)
        for row in getattr(record, kind):
            if identity_id in {whose.get(one or "") for one in parties(row, kind, side)}:
                found.add((article_id, id_of(row)))
    return found


@pytest.mark.parametrize("most_sorted", [0, 1_000])
@pytest.mark.parametrize(("kind", "side"), SIDES)
def test_rows_of_a_party_are_found_in_either_way(
    store: Store, monkeypatch: pytest.MonkeyPatch, kind: str, side: str, most_sorted: int
) -> None:
    monkeypatch.setattr(paging, "MOST_SORTED", most_sorted)
    anybody = False
    for one in store.identities():
        filters: dict[str, Any] = {side: one.identity_id}
        expected = plainly(store, kind, side, one.identity_id)
        page = store.views.page(kind, Filters(**filters), Slice(size=500))
        got = [
            (some.record.article.article_id, id_of(row))
            for some in page.selections
            for row in some.rows
        ]
        assert sorted(got) == sorted(expected), one.name
        assert page.total == len(expected)
        assert store.find(kind, Filters(**filters)).num_rows == len(expected)
        anybody = anybody or bool(expected)
    assert anybody


@pytest.mark.parametrize("order", ["newest", "oldest"])
def test_either_way_has_the_same_order(
    store: Store, monkeypatch: pytest.MonkeyPatch, order: Order
) -> None:
    putin = store.identity("Vladimir Putin").identity_id
    for kind in ("events", "statements", "terms"):
        pages = []
        for most in (0, 1_000):
            monkeypatch.setattr(paging, "MOST_SORTED", most)
            some = [
                store.views.page(
                    kind, Filters(actor=putin), Slice(start=start, size=2, order=order)
                )
                for start in range(0, 8, 2)
            ]
            pages.append(
                [id_of(row) for page in some for one in page.selections for row in one.rows]
            )
        assert pages[0] == pages[1]


def _about(record: Record, whom: set[str]) -> list[str]:
    """The statements of others that mention an actor in their content."""
    spans = [one.span for one in record.mentions if one.actor_id in whom]
    return [
        row.statement_id
        for row in record.statements
        if row.speaker_id not in whom
        and any(part.contains(one) for part in row.content for one in spans)
    ]


@pytest.mark.parametrize("most_sorted", [0, 1_000])
def test_what_others_say_of_somebody_is_in_the_newest_articles(
    store: Store, monkeypatch: pytest.MonkeyPatch, most_sorted: int
) -> None:
    monkeypatch.setattr(portraits, "MOST_SORTED", most_sorted)
    anything = False
    for one in store.identities():
        expected = []
        for article_id in ("c" * 16, "b" * 16, "a" * 16):  # the newest first
            record = store.record(article_id)
            whose = store.views.identities_in(record)
            whom = {actor_id for actor_id, who in whose.items() if who == one.identity_id}
            expected += [(article_id, row_id) for row_id in _about(record, whom)]
        said = store.views.said_of(one.identity_id, 100)
        got = [(some.record.article.article_id, id_of(row)) for some in said for row in some.rows]
        assert got == expected, one.name
        assert store.views.said_of(one.identity_id, 1) == said[:1] or len(said[0].rows) > 1
        anything = anything or bool(expected)
    assert anything


def test_who_is_heard_is_found_in_either_way(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    putin = store.identity("Vladimir Putin").identity_id
    for kind in ("statements", "events", "figures", "terms"):
        found = []
        for most in (0, 1_000):
            monkeypatch.setattr(paging, "MOST_SORTED", most)
            page = store.views.page(kind, Filters(speaker=putin), Slice(size=500))
            found.append([id_of(row) for one in page.selections for row in one.rows])
        assert found[0] == found[1]
        for one in store.views.page(kind, Filters(speaker=putin), Slice(size=500)).selections:
            whose = store.views.identities_in(one.record)
            for row in one.rows:
                if isinstance(row, Statement):
                    assert whose[row.speaker_id or ""] == putin


def test_who_is_meant_is_asked_anew_when_an_article_is_stored_again(place: str) -> None:
    record = make_record()
    nobody = replace(record, actors=(), mentions=(), statements=(), events=(), figures=())
    bare = replace(nobody, conditions=(), demands=(), terms=())
    with open_store(place) as store:
        for saved, extractor in ((record, "hand/1"), (bare, "hand/2"), (record, "hand/3")):
            store.save(saved, extractor)  # the same version, and in the same second
            found = store.find("statements", Filters(speaker="Dmitry Peskov"))
            assert bool(found.num_rows) == bool(saved.statements)


@pytest.mark.parametrize("most_signatures", [0, 5_000])
@pytest.mark.parametrize("between", ["RUS,UKR", "RUS,BLR,UKR", "UKR"])
def test_talks_are_those_of_whole_articles(
    store: Store, monkeypatch: pytest.MonkeyPatch, between: str, most_signatures: int
) -> None:
    monkeypatch.setattr(dealing, "MOST_SIGNATURES", most_signatures)
    asked = between.split(",")
    moves = []
    for article_id in ("c" * 16, "b" * 16, "a" * 16):  # the newest first
        record = store.record(article_id)
        official = [one for one in record.actors if one.country and is_official(one)]
        everybody = {one.actor_id: str(one.country) for one in official}
        everybody |= {one.actor_id: one.name for one in record.actors if one.kind == "bloc"}
        parties = {
            key: party for key, party in everybody.items() if len(asked) == 1 or party in asked
        }
        told = store.happening_ids([article_id])
        for move in moves_of(record, parties):
            moves.append(replace(move, happening_id=told.get(move.row_id, move.happening_id)))
    found = store.views.talks(between)
    expected = [
        one
        for one in answered(moves, COMMON)
        if (asked[0] in one.move.by | one.move.to if len(asked) == 1 else _is_to_a_side(one.move))
    ]
    assert [one.move for one in found.items] == [one.move for one in expected]
    assert found.read == 3
    for item in found.items:
        record = found.records[item.move.article_id]
        assert item.move.row_id in {id_of(row) for row in getattr(record, item.move.row_kind)}


def _is_to_a_side(move: Move) -> bool:
    return not move.is_ask or bool(move.to)


def is_official(actor: Actor) -> bool:
    """Whether somebody acts for his country."""
    return actor.kind in ("state", "government") or actor.sector in OFFICIAL
