"""Statements in texts of all kinds: all sorts of marks, faults of pages, releases, translations."""

from collections.abc import Callable

import pytest

from onrecord.records import Record

RecordOf = Callable[[str], Record]
Row = tuple[str, str, str]  # kind, source, content


def rows(record: Record) -> list[Row]:
    cut = record.article.cut
    return [
        (
            one.kind,
            " … ".join(cut(span) for span in one.source),
            " … ".join(cut(span) for span in one.content),
        )
        for one in record.statements
    ]


@pytest.mark.parametrize(
    ("text", "row"),
    [
        pytest.param(
            "«We will never leave», Mr. Macron said.",
            ("direct", "Mr. Macron", "«We will never leave»"),
            id="guillemets",
        ),
        pytest.param(
            "‹We will not sign the paper›, Mr. Orban said on Monday.",
            ("direct", "Mr. Orban", "‹We will not sign the paper›"),
            id="single guillemets",
        ),
        pytest.param(
            "«They call it ‹a gift› to the rich», Ms May said.",
            ("direct", "Ms May", "«They call it ‹a gift› to the rich»"),
            id="single guillemets inside",
        ),
        pytest.param(
            "Mr. Scholz said: „We will help Ukraine as long as it takes.“",
            ("direct", "Mr. Scholz", "„We will help Ukraine as long as it takes.“"),
            id="low and high",
        ),
        pytest.param(
            "‘They called it “a great victory” and left,’ Ms May said.",
            ("direct", "Ms May", "‘They called it “a great victory” and left,’"),
            id="double inside single",
        ),
        pytest.param(
            "“They called it ‘a great victory’ and left,” Ms May said.",
            ("direct", "Ms May", "“They called it ‘a great victory’ and left,”"),
            id="single inside double",
        ),
        pytest.param(
            "``We will not sign the paper,'' Mr. Orban said.",
            ("direct", "Mr. Orban", "``We will not sign the paper,''"),
            id="typewriter",
        ),
        pytest.param(
            "Mr. Orban said: “We will not sign the paper.\n\nThe summit ended at noon.",
            ("direct", "Mr. Orban", "“We will not sign the paper."),
            id="never closed",
        ),
        pytest.param(
            "We will not sign the paper,” Mr. Orban said. The summit ended at noon.",
            ("direct", "Mr. Orban", "We will not sign the paper,”"),
            id="never opened",
        ),
    ],
)
def test_marks_of_all_kinds(record_of: RecordOf, text: str, row: Row) -> None:
    assert rows(record_of(text))[0] == row


def test_a_full_stop_in_a_quotation_keeps_it_from_the_next_cue(record_of: RecordOf) -> None:
    record = record_of(
        "We were always poor, but we built this.” The war would end, the mayor said."
    )
    said = next(one for one in record.statements if one.cue)
    assert [record.article.cut(piece) for piece in said.content] == ["The war would end"]
    assert said.kind == "indirect"


def test_a_story_in_capitals(record_of: RecordOf) -> None:
    record = record_of(
        "PUTIN SAYS TALKS HAVE MADE PROGRESS\n\n"
        "MOSCOW - PRESIDENT VLADIMIR PUTIN SAID ON FRIDAY THAT TALKS HAD MADE PROGRESS. "
        '"WE ARE READY TO TALK," HE SAID.'
    )
    assert rows(record) == [
        ("indirect", "PUTIN", "TALKS HAVE MADE PROGRESS"),
        ("indirect", "PRESIDENT VLADIMIR PUTIN", "THAT TALKS HAD MADE PROGRESS"),
        ("direct", "HE", '"WE ARE READY TO TALK,"'),
    ]


def test_a_press_release_with_letterhead_and_bullets(record_of: RecordOf) -> None:
    record = record_of(
        "FOR IMMEDIATE RELEASE\n\nMinistry of Health\n"
        "Contact: Jane Doe, +44 20 7946 0000, press@health.example\n\n"
        "LONDON, 3 May 2022 — The hospitals plan has begun.\n\n"
        "• The ministry said the hospitals would open in 2025.\n"
        "• “Every town will have a clinic,” Ms Lee said.\n\n"
        "###\n\nNotes to editors: The figures are from the annual report."
    )
    assert rows(record) == [
        ("indirect", "The ministry", "the hospitals would open in 2025"),
        ("direct", "Ms Lee", "“Every town will have a clinic,”"),
    ]


def test_prose_translated_by_machine(record_of: RecordOf) -> None:
    record = record_of(
        "The minister of foreign affairs Lavrov he has said that the negotiations go well. "
        "He stressed about that the sanctions will not to break Russia, informs the agency TASS."
    )
    found = rows(record)
    assert any(content.endswith("the negotiations go well") for _, _, content in found)
    assert (
        "indirect",
        "the agency TASS",
        "He stressed about that the sanctions will not to break Russia",
    ) in found
    inner = next(one for one in record.statements if one.parent_id is not None)
    assert record.article.cut(inner.content[0]) == "that the sanctions will not to break Russia"


@pytest.mark.parametrize(
    ("text", "speaks"),
    [
        ("It was wrong to say that the war was over.", None),
        ("She left early to say that the war was over.", "She"),
    ],
)
def test_an_it_that_stands_for_nobody_says_nothing(
    record_of: RecordOf, text: str, speaks: str | None
) -> None:
    (statement,) = record_of(text).statements
    assert [text[span.start : span.end] for span in statement.source] == (
        [speaks] if speaks else []
    )
