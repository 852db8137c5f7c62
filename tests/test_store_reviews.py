"""What people decide about the rows of a store: seen by every question, kept when it is reread."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from factories import EXTRACTOR, TEXT, make_article, make_record, span_of
from onrecord.errors import StoreError
from onrecord.records import Record
from onrecord.reviews.attaching import Reread, moved_row
from onrecord.store import Counting, Filters, Store

ARTICLE = make_article().article_id
RECORD = make_record()
EVENT, FIGURE, STATEMENT = RECORD.events[1], RECORD.figures[0], RECORD.statements[0]


@pytest.fixture
def filled(store: Store) -> Store:
    store.save(RECORD, EXTRACTOR)
    return store


def test_a_rejected_row_is_seen_by_no_question(filled: Store) -> None:
    outcome = filled.reviews.give(EVENT.event_id, "reject", by="Ana", why="a drill")
    assert (outcome.state, outcome.correction.number) == ("applied", 1)
    assert EVENT not in filled.record(ARTICLE).events
    found = filled.find("events", Filters(type=EVENT.event_type)).column("event_id").to_pylist()
    assert EVENT.event_id not in found
    counted = filled.count(Counting(by="year"), Filters(type=EVENT.event_type))
    assert sum(counted.column("tellings").to_pylist()) == len(found)
    assert filled.faults() == ()


def test_a_corrected_row_is_found_by_what_is_right(filled: Store) -> None:
    who = {"id": None, "name": "Alexander Lukashenko", "kind": None}
    filled.reviews.give(STATEMENT.statement_id, "correct", by="Ana", changes={"speaker_id": who})
    filled.reviews.give(FIGURE.figure_id, "correct", by="Ana", changes={"low": 31, "high": 34})
    found = filled.find("statements", Filters(speaker="Lukashenko"))
    assert STATEMENT.statement_id in found.column("statement_id").to_pylist()
    (low,) = filled.find("figures", Filters(type="killed")).column("low").to_pylist()
    assert low == 31
    extractors = found.column("extractor").to_pylist()
    assert "review/Ana" in extractors
    assert filled.faults() == ()


def test_a_missing_row_is_added_with_an_actor_that_is_new(filled: Store) -> None:
    span = span_of(RECORD.article, "Mr Putin did not call off the assault")
    values = {
        "content": [[span.start, span.end]],
        "kind": "indirect",
        "act": "deny",
        "speaker_id": {"id": None, "name": "Olga Berg", "kind": "person"},
    }
    outcome = filled.reviews.add(ARTICLE, "statements", values, by="Ana")
    (row,) = filled.find("statements", Filters(speaker="Olga Berg")).to_pylist()
    assert row["statement_id"] == outcome.row_id
    assert row["content"] == "Mr Putin did not call off the assault"
    assert [one.name for one in filled.identities("Olga Berg")] == ["Olga Berg"]
    assert filled.faults() == ()


@pytest.mark.parametrize(
    ("kind", "values", "why"),
    [
        ("actors", {}, "actors cannot be added"),
        ("figures", {"low": 3}, "missing"),
        ("figures", {"span": [3, 9], "measure": "dead", "low": 3, "high": 3}, "must be one of"),
        ("figures", {"span": [3, 9999], "measure": "killed", "low": 3, "high": 3}, "past"),
    ],
)
def test_a_row_that_cannot_be_is_refused_and_nothing_is_kept(
    filled: Store, kind: str, values: dict[str, object], why: str
) -> None:
    with pytest.raises(StoreError, match=why):
        filled.reviews.add(ARTICLE, kind, values, by="Ana")
    assert filled.reviews.all() == ()
    assert filled.record(ARTICLE) == RECORD


def test_an_unknown_row_is_refused(filled: Store) -> None:
    with pytest.raises(StoreError, match="there is no row 'nobody'"):
        filled.reviews.give("nobody", "accept", by="Ana")


def test_what_is_undone_is_as_the_machine_made_it(filled: Store) -> None:
    for row, kind in ((STATEMENT, "statement_id"), (EVENT, "event_id"), (FIGURE, "figure_id")):
        filled.reviews.give(getattr(row, kind), "reject", by="Ana")
    for number in (2, 1, 3):
        filled.reviews.take_back(number, by="Bo", why="it was right")
    assert filled.record(ARTICLE) == RECORD
    assert [one.state for one in filled.reviews.all()] == ["undone"] * 3
    with pytest.raises(StoreError, match="undone already"):
        filled.reviews.take_back(2, by="Bo")
    with pytest.raises(StoreError, match="no correction 99"):
        filled.reviews.take_back(99, by="Bo")


def test_a_rejected_row_can_be_accepted_after_all(filled: Store) -> None:
    filled.reviews.give(EVENT.event_id, "reject", by="Ana")
    filled.reviews.give(EVENT.event_id, "accept", by="Bo")
    events = {one.event_id: one for one in filled.record(ARTICLE).events}
    assert events[EVENT.event_id].extractor == "review/Bo"


def test_corrections_hold_when_the_article_is_read_again(filled: Store) -> None:
    filled.reviews.give(EVENT.event_id, "reject", by="Ana")
    filled.reviews.give(FIGURE.figure_id, "correct", by="Ana", changes={"low": 31})
    again = replace(RECORD, terms=())  # what another version of the machine makes of it
    filled.save(again, "hand/2")
    held = filled.record(ARTICLE)
    assert EVENT.event_id not in {one.event_id for one in held.events}
    assert held.figures[0].low == 31
    assert held.terms == ()
    for number in (1, 2):
        filled.reviews.take_back(number, by="Ana")
    assert filled.record(ARTICLE) == again
    assert filled.faults() == ()


def test_reading_the_same_again_changes_nothing(filled: Store) -> None:
    filled.reviews.give(EVENT.event_id, "reject", by="Ana")
    before = filled.stored_since("2000")
    filled.save(RECORD, EXTRACTOR)
    assert filled.stored_since("2000") == before
    assert EVENT not in filled.record(ARTICLE).events


def test_corrections_move_to_a_new_text_or_are_orphans(filled: Store) -> None:
    filled.reviews.give(RECORD.events[0].event_id, "reject", by="Ana")
    filled.reviews.give(FIGURE.figure_id, "correct", by="Ana", changes={"low": 31})
    longer = TEXT.replace("On Friday", "Here is more. On Friday").replace(
        "killing between 30 and 35 civilians", "with no word on victims"
    )

    def figureless(record: Record) -> Record:
        return replace(record, figures=record.figures[1:])

    newer = made_of(longer, figureless)
    filled.save(newer, EXTRACTOR)
    states = {one.correction.kind: one.state for one in filled.reviews.all(ARTICLE)}
    assert states == {"events": "applied", "figures": "orphan"}
    held = filled.record(ARTICLE)
    assert len(held.events) == len(newer.events) - 1
    assert held.figures == newer.figures
    assert filled.faults() == ()


def made_of(text: str, change: Callable[[Record], Record]) -> Record:
    """The hand-made record upon a text that its rows' words are all in but those of a figure."""
    article = make_article(text, version=2)
    reread = Reread(TEXT, text)
    rows = {
        kind: tuple(one for row in getattr(change(RECORD), kind) if (one := moved_row(row, reread)))
        for kind in ("statements", "events", "figures", "actors")
    }
    return Record(article=article, **rows)  # type: ignore[arg-type]
