"""Transcripts, and lines with a colon that are none."""

from collections.abc import Callable

import pytest

from onrecord.records import Record, Statement

RecordOf = Callable[[str], Record]


def said(record: Record) -> list[tuple[str, list[str]]]:
    """Source and content of the direct statements without a cue."""
    return [
        (record.article.cut(one.source[0]), [record.article.cut(piece) for piece in one.content])
        for one in turns(record)
    ]


def turns(record: Record) -> list[Statement]:
    return [one for one in record.statements if one.source and not one.cue]


def test_turns_are_direct_statements_of_their_speakers(record_of: RecordOf) -> None:
    record = record_of(
        "MR. PESKOV: We will not leave the talks.\n\n"
        "Q: Will the president meet Mr. Zelensky?\n\n"
        "MR. PESKOV: I think he will.\n\nThe date is open.\n\n(Laughter.)\n\n"
        "Q: When?"
    )
    assert said(record) == [
        ("MR. PESKOV", ["We will not leave the talks."]),
        ("Q", ["Will the president meet Mr. Zelensky?"]),
        ("MR. PESKOV", ["I think he will.", "The date is open."]),
        ("Q", ["When?"]),
    ]
    assert {one.kind for one in turns(record)} == {"direct"}
    assert [one.act for one in turns(record)] == ["assert", "ask", "assert", "ask"]


def test_what_a_turn_reports_stands_inside_it(record_of: RecordOf) -> None:
    record = record_of("MS. DOE: The minister told us that the road is closed.")
    (turn,) = turns(record)
    (inner,) = (one for one in record.statements if one.parent_id == turn.statement_id)
    assert record.article.cut(inner.content[0]) == "that the road is closed"


def test_a_channel_behind_the_name_is_no_part_of_it(record_of: RecordOf) -> None:
    record = record_of("JANE DOE (CNN): The polls have closed.")
    assert said(record) == [("JANE DOE", ["The polls have closed."])]


def test_names_without_a_title_need_to_speak_twice(record_of: RecordOf) -> None:
    line = "Anna Berg: The harbour is full."
    assert said(record_of(line)) == []
    assert said(record_of(f"{line}\nPeter Holm: Of what?\nAnna Berg: Of ice.")) == [
        ("Anna Berg", ["The harbour is full."]),
        ("Peter Holm", ["Of what?"]),
        ("Anna Berg", ["Of ice."]),
    ]


def test_what_follows_the_last_turn_is_the_narrators(record_of: RecordOf) -> None:
    record = record_of("MR. DOE: We are done.\n\nThe meeting ended at noon.")
    assert said(record) == [("MR. DOE", ["We are done."])]


def test_a_heading_is_a_turn_of_its_own(record_of: RecordOf) -> None:
    lines = "Anna Berg: The harbour is full\nIt was noon.\nAnna Berg: The road is open\n"
    assert said(record_of(lines)) == [
        ("Anna Berg", ["The harbour is full"]),
        ("Anna Berg", ["The road is open"]),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "10:30: The doors open.\n11:00: The doors close.",
        "Note: This article was changed.\nNote: It was changed again.",
        "Snow fell.\nAlso: The war in Ukraine\nAlso: The price of grain",
        "Where: The bridge\nWHERE: The old bridge",
        "Where: City Hall\nWhen: 7 pm\nContact: Jane Doe",
        "It was clear: the war would go on.\nIt was clear: nobody would win.",
        "UPDATE: The road is open.",
        "https://example.org/page: a page",
        "LONDON WARNS PARIS: THE ROAD MAY CLOSE\nTraffic stood still.",
        "The score was 3:2 at the end.",
    ],
)
def test_other_colons_make_no_turn(record_of: RecordOf, text: str) -> None:
    assert said(record_of(text)) == []


def test_numbered_speakers_behind_times(record_of: RecordOf) -> None:
    record = record_of("0:05 Speaker 1: Hello.\n0:07 Speaker 2: Hi.\n0:09 Speaker 1: Are we on?")
    assert said(record) == [
        ("Speaker 1", ["Hello."]),
        ("Speaker 2", ["Hi."]),
        ("Speaker 1", ["Are we on?"]),
    ]
