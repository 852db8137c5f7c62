"""What the reading room asks of a store; in a file and on a server alike."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from factories import make_article, make_record, span_of
from onrecord.records import KINDS, Figure, Statement, id_of
from onrecord.store import Filters, Slice, Store, open_store
from onrecord.store.meaning import named


@pytest.fixture(scope="module")
def store(module_place: str) -> Iterator[Store]:
    """Two articles on one event, of two outlets and days, and an older version of the first."""
    with open_store(module_place) as made:
        made.save(make_record(make_article(article_id="a" * 16, title="Before")), "hand/1")
        for record in (
            make_record(make_article(article_id="a" * 16, version=2)),
            make_record(
                make_article(
                    article_id="b" * 16, published="2022-03-14", publisher="The Other", url=None
                )
            ),
        ):
            made.save(record, "hand/1")
        yield made


@pytest.mark.parametrize("kind", KINDS)
def test_pages_together_hold_what_is_found(store: Store, kind: str) -> None:
    found = store.find(kind, Filters())
    ids = found.column(found.column_names[6]).to_pylist()
    seen: list[str] = []
    for start in range(0, len(ids) + 3, 3):
        page = store.views.page(kind, Filters(), Slice(start=start, size=3, order="oldest"))
        seen += [id_of(row) for one in page.selections for row in one.rows]
        assert page.total == len(ids)
    assert seen == ids


def test_the_newest_come_first(store: Store) -> None:
    page = store.views.page("events", Filters(), Slice(size=1))
    assert page.selections[0].record.article.article_id == "b" * 16


@pytest.mark.parametrize("kind", KINDS)
def test_a_value_has_as_many_rows_as_its_facet_says(store: Store, kind: str) -> None:
    for facet in store.views.spread(kind, Filters()).facets:
        for one in facet.values:
            names = ("since", "until") if facet.name == "period" else (facet.name,)
            wanted: dict[str, Any] = dict.fromkeys(names, one.value)
            filters = Filters(**wanted)
            found = store.views.page(kind, filters, Slice()).total
            assert found == one.count, (facet.name, one)


def test_a_spread_names_parties_once_by_who_they_are(store: Store) -> None:
    facets = {one.name: one for one in store.views.spread("statements", Filters()).facets}
    labels = [one.label for one in facets["speaker"].values]
    assert "Dmitry Peskov" in labels
    assert len(labels) == len(set(labels))
    assert [one.value for one in facets["publisher"].values] == ["The Example", "The Other"]


def test_articles_are_found_by_words_outlet_and_time(store: Store) -> None:
    def ids(**asked: str) -> list[str]:
        page = store.views.articles(Filters(**asked), Slice())  # type: ignore[arg-type]
        assert page.total == len(page.articles)
        return [one.article_id[0] for one in page.articles]

    assert ids() == ["b", "a"]
    assert ids(text="Moscow", publisher="the other") == ["b"]
    assert ids(until="2022-03-12") == ["a"]
    assert ids(text="xylophone") == []
    assert store.views.find_articles(Filters(), 1).num_rows == 1


def test_a_store_is_summed_up_without_older_versions(store: Store) -> None:
    tally = store.views.tally()
    assert (tally.articles, tally.first_day, tally.last_day) == (2, "2022-03-11", "2022-03-14")
    assert tally.rows["statements"] == 2 * len(make_record().statements)
    assert store.views.days() == {"2022-03-11": 1, "2022-03-14": 1}
    assert store.views.publishers() == {"The Example": 1, "The Other": 1}


def test_who_is_heard_most(store: Store) -> None:
    heard = store.views.most_heard(3)
    spoken = [store.find("statements", Filters(speaker=one.identity_id)).num_rows for one in heard]
    assert [one.statements for one in heard] == spoken == sorted(spoken, reverse=True)
    assert heard[0].articles == 2


def test_what_is_told_most(store: Store) -> None:
    told = store.views.most_told(5)
    assert told
    assert all(one.articles == 2 for one in told)


def test_figures_disagree_where_no_number_meets_them_all(place: str) -> None:
    article = make_article()
    known = make_record(article).figures[0]

    def claim(words: str, low: float | None, high: float | None) -> Figure:
        span = span_of(article, words)
        values = {"figure_id": f"{span.start:016x}", "span": span, "low": low, "high": high}
        return replace(known, measure="killed", place=None, whom=None, **values)  # type: ignore[arg-type]

    agreeing = (claim("leaders", 10, None), claim("Moscow", 12, 12))
    with open_store(place) as store:
        store.save(make_record(article, figures=agreeing), "hand/1")
        assert store.views.disagreements(5) == ()
        store.save(make_record(article, figures=(*agreeing, claim("meet", None, 8))), "hand/1")
        (found,) = store.views.disagreements(5)
    assert (found.measure, found.claims, found.lowest, found.highest) == ("killed", 3, 8, 12)


def test_the_stamp_changes_with_the_store(place: str) -> None:
    with open_store(place) as store:
        before = store.views.stamp()
        assert store.views.stamp() == before
        store.save(make_record(), "hand/1")
        assert store.views.stamp() != before


def test_names_at_hand_are_those_of_the_store(place: str) -> None:
    """Also of what is saved later, and by another process."""
    asked = ("Putin", "Vladimir Putin", "Putin Vladimir", "spokesman", "the", "Nobody", "Ada")

    def found(store: Store) -> list[set[str]]:
        with store._reading() as connection:
            return [named(connection, name) for name in asked]

    with open_store(place) as holding, open_store(place) as other:
        holding.views.hold_names()
        assert found(holding) == found(other)
        other.save(make_record(), "hand/1")
        assert found(holding) == found(other)
        assert found(holding)[0]
        record = make_record(make_article(article_id="b" * 16))
        actors = tuple(replace(one, name="Ada Lovelace", known_as=None) for one in record.actors)
        other.save(replace(record, actors=actors), "hand/1")
        assert found(holding) == found(other)
        assert found(holding)[asked.index("Ada")]


def test_a_portrait_has_names_offices_and_what_others_say(store: Store) -> None:
    putin = store.identity("Vladimir Putin").identity_id
    assert [one.name for one in store.views.names_of(putin)] == ["Vladimir Putin"]
    (office,) = store.views.offices_of(putin)
    assert (office.role.lower(), office.articles) == ("president", 2)
    assert (office.first_day, office.last_day) == ("2022-03-11", "2022-03-14")
    said = [row for one in store.views.said_of(putin, 10) for row in one.rows]
    assert all(isinstance(row, Statement) and row.speaker_id != putin for row in said)
