"""Sixty corrections of all kinds on real articles, which are then read again by a changed machine.

None may be lost and none misplaced: each holds for the row of the same words, or is an orphan
because there is no such row any more.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from onrecord.pipeline import Tools, extract
from onrecord.reading import article_from_text, read
from onrecord.records import Article, Event, Record, Row, Span, id_of
from onrecord.reviews import Outcome
from onrecord.reviews.corrections import key_spans
from onrecord.store import Store, open_store

SAMPLES = Path(__file__).parents[1] / "src" / "onrecord" / "samples"
ARTICLES = 4
ADDED_LINE = "The desk added a line here.\n\n"
KINDS = ("statements", "events", "figures", "terms", "demands", "conditions")
SPAN, TYPE, PARTIES, SPEAKER, BOUNDS = "span", "type", "parties", "speaker", "bounds"


@dataclass(frozen=True, slots=True)
class Decided:
    """A decision, what sort it is, and the words of the row as it was and as it should be."""

    outcome: Outcome
    sort: str
    kind: str
    was: tuple[str, ...]
    words: tuple[str, ...]
    changes: dict[str, Any]


def words_of(record: Record, kind: str, row: Row) -> tuple[str, ...]:
    return tuple(record.article.cut(span) for span in key_spans(kind, row))


def shorter(span: Span) -> list[int]:
    return [span.start, span.end - 1]


def plan(record: Record) -> Iterator[tuple[str, str, Row, dict[str, Any]]]:
    """Yield decisions of every sort: the kind of row, the sort, the row, the changes."""
    sides = {"actors": [], "recipients": [{"span": [0, 3], "actor": {"name": "A new body",
             "kind": "organisation"}}]}  # fmt: skip
    for n, event in enumerate(record.events[:12]):
        other = "AID" if event.event_type != "AID" else "MOBILIZE"
        yield (
            "events",
            *(
                ("accept", event, {}),
                ("reject", event, {}),
                (TYPE, event, {"event_type": other}),
                (PARTIES, event, sides),
                (SPAN, event, {"trigger": [shorter(event.trigger[0])]}),
            )[n % 5],
        )
    for n, said in enumerate(one for one in record.statements if one.parent_id is None):
        if n < 6:
            yield (
                "statements",
                *(
                    (SPEAKER, said, {"speaker_id": {"name": "Olga Berg", "kind": "person"}}),
                    ("reject", said, {}),
                    (SPAN, said, {"content": [shorter(one) for one in said.content]}),
                )[n % 3],
            )
    for n, figure in enumerate(record.figures[:3]):
        yield (
            "figures",
            *((BOUNDS, figure, {"low": 7.0, "high": None}), ("reject", figure, {}))[n % 2],
        )
    for demand in record.demands[:1]:
        yield "demands", "accept", demand, {}
    for condition in record.conditions[:1]:
        yield "conditions", TYPE, condition, {"kind": "rule"}
    for term in record.terms[:1]:
        yield "terms", TYPE, term, {"concept": "a war"}


def decide(store: Store, record: Record) -> Iterator[Decided]:
    """Carry out the plan for an article, and add two rows that it lacks."""
    reviews = store.reviews
    for kind, sort, row, changes in plan(record):
        verdict: Any = sort if sort in ("accept", "reject") else "correct"
        made = reviews.give(id_of(row), verdict, by="Ana", changes=changes)
        held = next((one for one in getattr(store.record(record.article.article_id), kind)
                     if id_of(one) == made.row_id), row)  # fmt: skip
        was, words = words_of(record, kind, row), words_of(record, kind, held)
        yield Decided(made, sort, kind, was, words, changes)
    text = record.article.text
    for n in (1, 2):
        at = text.index(" ", n * len(text) // 4) + 1
        word = Span(at, text.index(" ", at))
        span = [word.start, word.end]
        values = {"trigger": [span], "event_type": "AID", "modality": "actual", "actors": [],
                  "recipients": [], "symmetric": False}  # fmt: skip
        made = reviews.add(record.article.article_id, "events", values, by="Bo")
        words = (record.article.cut(word),)
        yield Decided(made, "add", "events", words, words, values)


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory, tools: Tools) -> Iterator[tuple[Store, Any]]:
    """A store with articles that were corrected, what was decided, and the records before it."""
    with open_store(tmp_path_factory.mktemp("desk") / "desk.db") as store:
        before, decided = [], []
        for article in [one for one in read(SAMPLES) if isinstance(one, Article)][:ARTICLES]:
            record = extract(article, tools=tools)
            store.save(record, tools.extractor)
            before.append(record)
            decided.append([*decide(store, record)])
        yield store, (before, decided)


def check(store: Store, before: Record, machine: Record, decided: list[Decided]) -> Counter[str]:
    """Check what has become of decisions about an article; return how many are of which state.

    `before` is what the machine made when they were decided, `machine` what it makes now.
    """
    article_id = machine.article.article_id
    held, now = store.record(article_id), {}
    for made in store.reviews.all(article_id):
        now[made.correction.number] = made
    assert sorted(now) == sorted(one.outcome.correction.number for one in decided)  # none is lost
    for one in decided:
        outcome = now[one.outcome.correction.number]
        if outcome.state == "orphan":  # there are fewer rows with its words than there were
            now_there, then = (
                [words_of(either, one.kind, row) for row in getattr(either, one.kind)]
                for either in (machine, before)
            )
            assert one.sort == "add" or now_there.count(one.was) < then.count(one.was), one
            continue
        if one.sort == "reject":
            (gone,) = (row for row in getattr(machine, one.kind) if id_of(row) == outcome.row_id)
            assert words_of(machine, one.kind, gone) == one.was, one
            assert outcome.row_id not in {id_of(row) for row in getattr(held, one.kind)}, one
            continue
        (row,) = (each for each in getattr(held, one.kind) if id_of(each) == outcome.row_id)
        assert words_of(held, one.kind, row) == one.words, one
        assert row.extractor == f"review/{outcome.correction.reviewer}"
        check_values(held, row, one)
    return Counter(one.state for one in now.values())


def check_values(held: Record, row: Row, one: Decided) -> None:
    """Check that a corrected row says what the reviewer said."""
    if one.sort == TYPE:
        for name, value in one.changes.items():
            assert getattr(row, name) == value
    if one.sort == BOUNDS:
        assert (getattr(row, "low"), getattr(row, "high")) == (7.0, None)  # noqa: B009
    if one.sort == SPEAKER:
        speaker = held.actor(getattr(row, "speaker_id"))  # noqa: B009
        assert speaker is not None
        assert speaker.name == "Olga Berg"
    if one.sort == PARTIES:
        assert isinstance(row, Event)
        (party,) = row.recipients
        body = held.actor(party.actor_id)
        assert row.actors == ()
        assert body is not None
        assert body.name == "A new body"


def other_machine(record: Record) -> Record:
    """The record as another machine makes it: fewer rows, other types, other scores."""
    events = tuple(
        replace(one, modality="hypothetical", score=0.5)
        for n, one in enumerate(record.events)
        if n % 4 != 3
    )
    figures = record.figures[1:]
    return replace(record, events=events, figures=figures, terms=())


def test_sixty_corrections_hold_through_a_changed_machine_and_a_changed_text(
    desk: tuple[Store, Any], tools: Tools
) -> None:
    store, (before, decided) = desk
    every = [one for some in decided for one in some]
    assert len(every) >= 60
    sorts = {one.sort for one in every}
    assert sorts == {"accept", "reject", "add", SPAN, TYPE, PARTIES, SPEAKER, BOUNDS}
    for record, made in zip(before, decided, strict=True):
        assert check(store, record, record, made) == {"applied": len(made)}

    states: Counter[str] = Counter()
    for record, made in zip(before, decided, strict=True):  # the same text, another machine
        machine = other_machine(record)
        store.save(machine, "another/1")
        states += check(store, record, machine, made)
    assert states["orphan"] > 0
    assert states["applied"] > len(every) / 2

    states.clear()
    for record, made in zip(before, decided, strict=True):  # another text, read anew
        lines = record.article.text.split("\n")
        middle = len(lines) // 2
        text = "\n".join([lines[0], "", ADDED_LINE, *lines[1:middle], *lines[middle + 1 :]])
        article = article_from_text(text, published="2022-07-22")
        again = replace(article, article_id=record.article.article_id, version=2)
        machine = extract(again, tools=tools)
        store.save(machine, tools.extractor)
        states += check(store, record, machine, made)
    assert states["applied"] > len(every) / 2
    assert states.total() == len(every)

    for record in before:  # back to the first machine and text: all hold again
        newest = store.record(record.article.article_id).article.version
        article = replace(record.article, version=newest + 1)
        store.save(extract(article, tools=tools), tools.extractor)
    for record, made in zip(before, decided, strict=True):
        found = store.reviews.all(record.article.article_id)
        assert {one.state for one in found} == {"applied"}, record.article.article_id
        assert len(found) == len(made)
    assert store.faults() == ()
