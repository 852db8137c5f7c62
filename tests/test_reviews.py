"""Corrections: the record as its reviewers see it, also after the text was read again."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factories import TEXT, make_article, make_record, span_of
from onrecord.records import KINDS, Figure, Record, Row, Span, id_of, row_id
from onrecord.reviews import Correction, Outcome, Reviewed, Undo, apply_corrections
from onrecord.reviews.agreement import Agreement, agreement
from onrecord.reviews.attaching import Reread
from onrecord.reviews.corrections import TYPES, key_spans
from onrecord.reviews.values import row_from, value_of

WHEN = "2026-01-05T10:00:00+00:00"
RECORD = make_record()


def correction(
    row: Row,
    kind: str,
    verdict: str,
    number: int = 1,
    **others: Any,  # noqa: ANN401 - any field
) -> Correction:
    values: dict[str, Any] = {
        "number": number,
        "article_id": RECORD.article.article_id,
        "version": 1,
        "kind": kind,
        "row_id": id_of(row),
        "verdict": verdict,
        "reviewer": "ana",
        "made_at": WHEN,
        "seen": value_of(row),
    }
    return Correction(**(values | others))


def seen(record: Record, *decided: Correction | Undo, text: str = TEXT) -> Reviewed:
    return apply_corrections(record, decided, lambda version: text)


def reread(
    text: str = TEXT, change: Callable[[Record], Record] = lambda record: record, version: int = 2
) -> Record:
    """The record of another version of the article, as the machine makes it."""
    return change(make_record(make_article(text, version=version)))


@pytest.mark.parametrize("kind", TYPES)
def test_rows_are_plain_values_and_back(kind: str) -> None:
    for row in getattr(RECORD, kind):
        assert row_from(TYPES[kind], value_of(row)) == row


@pytest.mark.parametrize(
    ("name", "value", "why"),
    [
        ("act", "shout", "must be one of assert, "),
        ("content", [[5, 2]], "need 0 <= start < end"),
        ("speaker_id", 7, "must be str"),
        ("content", "words", "cannot be 'words'"),
    ],
)
def test_a_value_that_no_field_can_have_is_refused(name: str, value: object, why: str) -> None:
    values = value_of(RECORD.statements[0]) | {name: value}
    with pytest.raises(ValueError, match=why):
        row_from(TYPES["statements"], values)


def test_nothing_decided_changes_nothing() -> None:
    assert seen(RECORD) == Reviewed(RECORD, ())


def test_a_rejected_row_is_left_out_and_what_it_said_goes_to_the_voice_around_it() -> None:
    outer = RECORD.statements[1]
    inner = next(one for one in RECORD.statements if one.parent_id == outer.statement_id)
    found = seen(RECORD, correction(inner, "statements", "reject")).record
    assert inner.statement_id not in {one.statement_id for one in found.statements}
    for before, after in zip(RECORD.conditions, found.conditions, strict=True):
        if before.statement_id == inner.statement_id:
            assert after.statement_id == outer.statement_id
    both = seen(
        RECORD,
        correction(inner, "statements", "reject"),
        correction(outer, "statements", "reject", 2),
    ).record
    assert all(one.statement_id != outer.statement_id for one in both.conditions)


def test_an_accepted_row_is_somebodys_word() -> None:
    event = RECORD.events[0]
    (found, *_) = seen(RECORD, correction(event, "events", "accept")).record.events
    assert found == replace(event, extractor="review/ana", score=None)


def test_a_corrected_speaker_is_an_actor_of_the_article_or_a_new_one() -> None:
    row = RECORD.statements[0]
    known = {"speaker_id": {"id": None, "name": "Vladimir Putin", "kind": None}}
    (found, *_) = seen(
        RECORD, correction(row, "statements", "correct", changes=known)
    ).record.rows()
    assert found.speaker_id == "putin"  # type: ignore[union-attr]
    new = {"speaker_id": {"id": None, "name": "Olga Berg", "kind": "person"}}
    record = seen(RECORD, correction(row, "statements", "correct", changes=new)).record
    speaker = record.actor(record.statements[0].speaker_id)
    assert speaker is not None
    assert (speaker.name, speaker.kind, speaker.extractor) == ("Olga Berg", "person", "review/ana")


def test_parties_bounds_types_and_spans_are_corrected() -> None:
    event, figure = RECORD.events[0], RECORD.figures[0]
    party = {"span": [0, 6], "actor": {"id": "west", "name": "the West", "kind": None}}
    decided = (
        correction(
            event, "events", "correct", 1, changes={"event_type": "AGREE", "recipients": [party]}
        ),
        correction(event, "events", "correct", 2, changes={"trigger": [[8, 12]]}),
        correction(figure, "figures", "correct", 3, changes={"low": 31, "high": None}),
    )
    record = seen(RECORD, *decided).record
    assert record.events[0].event_type == "AGREE"
    assert [one.actor_id for one in record.events[0].recipients] == ["west"]
    assert record.events[0].event_id == event.event_id
    assert value_of(record.events[0].trigger) == [[8, 12]]
    assert (record.figures[0].low, record.figures[0].high) == (31.0, None)


def test_score_and_class_follow_the_type_of_an_event_unless_they_are_given() -> None:
    event = RECORD.events[0]
    threat = correction(event, "events", "correct", changes={"event_type": "THREATEN"})
    (found, *_) = seen(RECORD, threat).record.events
    assert (found.mode, found.quad) == (None, 3)
    assert found.goldstein is not None
    assert found.goldstein < 0
    given = {"event_type": "THREATEN", "goldstein": 1.5}
    (found, *_) = seen(RECORD, correction(event, "events", "correct", changes=given)).record.events
    assert (found.goldstein, found.quad) == (1.5, 3)


def added_figure() -> Correction:
    span = span_of(RECORD.article, "7 March")
    row = Figure(
        figure_id=row_id(RECORD.article, "added figure", span),
        span=span,
        measure="other",
        low=7,
        high=7,
        extractor="review/ana",
    )
    return correction(row, "figures", "add")


def test_a_missing_row_is_added() -> None:
    record = seen(RECORD, added_figure()).record
    assert record.figures[:-1] == RECORD.figures
    assert record.figures[-1].low == 7


def test_what_is_undone_does_not_hold_until_that_is_undone() -> None:
    event = RECORD.events[0]
    no = correction(event, "events", "reject")
    undo = Undo(number=2, undone=1, reviewer="bo", made_at=WHEN)
    again = Undo(number=3, undone=2, reviewer="ana", made_at=WHEN)
    assert seen(RECORD, no, undo).record == RECORD
    assert seen(RECORD, no, undo).outcomes == (Outcome(no, "undone", None, undone_by=2),)
    assert seen(RECORD, no, undo, again).record.events == RECORD.events[1:]


def test_the_latest_verdict_on_a_row_holds() -> None:
    event = RECORD.events[0]
    no, yes = correction(event, "events", "reject"), correction(event, "events", "accept", 2)
    assert len(seen(RECORD, no, yes).record.events) == len(RECORD.events)


# Reading again


def test_a_correction_finds_its_row_by_words_and_place_in_a_later_version() -> None:
    longer = TEXT.replace("On Friday,", "A new first sentence stands here. On Friday,")
    figure = RECORD.figures[0]
    decided = correction(figure, "figures", "correct", changes={"low": 33, "high": 34})
    found = seen(reread(longer), decided)
    assert found.outcomes[0].state == "applied"
    changed = next(one for one in found.record.figures if one.low == 33)
    cut = found.record.article.cut(changed.span)
    assert cut == RECORD.article.cut(figure.span)


def test_a_corrected_span_moves_with_its_words() -> None:
    longer = TEXT.replace("On Friday,", "A new first sentence stands here. On Friday,")
    event = RECORD.events[0]
    words = span_of(RECORD.article, "met Alexander")
    decided = correction(
        event, "events", "correct", changes={"trigger": [[words.start, words.end]]}
    )
    record = seen(reread(longer), decided).record
    assert [record.article.cut(one) for one in record.events[0].trigger] == ["met Alexander"]


def test_an_added_row_moves_with_its_words_and_is_an_orphan_without_them() -> None:
    longer = TEXT.replace("On Friday,", "A new first sentence stands here. On Friday,")
    record = seen(reread(longer), added_figure()).record
    assert record.article.cut(record.figures[-1].span) == "7 March"

    gone = make_article(TEXT.replace("7 March", "9 March"), version=2)
    found = seen(Record(article=gone), added_figure())
    assert found.outcomes == (Outcome(added_figure(), "orphan", None),)
    assert found.record.figures == ()


def test_a_correction_of_a_row_that_is_gone_is_an_orphan() -> None:
    figure = RECORD.figures[0]
    decided = correction(figure, "figures", "reject")
    found = seen(reread(change=lambda record: replace(record, figures=record.figures[1:])), decided)
    assert found.outcomes[0].state == "orphan"
    assert found.record.figures == reread().figures[1:]


def test_a_row_with_other_borders_is_still_the_one() -> None:
    statement = RECORD.statements[0]

    def shorter(record: Record) -> Record:
        first = record.statements[0]
        span = first.content[-1]
        other = replace(
            first, statement_id="ff", content=(*first.content[:-1], replace(span, end=span.end - 2))
        )
        return replace(record, statements=(other, *record.statements[1:]))

    decided = correction(statement, "statements", "correct", changes={"act": "deny"})
    found = seen(reread(change=shorter), decided)
    assert found.outcomes[0] == Outcome(decided, "applied", "ff")
    assert found.record.statements[0].act == "deny"


def test_two_rows_that_could_be_meant_are_none() -> None:
    figure = RECORD.figures[0]
    twins = tuple(replace(figure, figure_id=name) for name in ("aa", "bb"))
    found = seen(
        reread(change=lambda record: replace(record, figures=twins)),
        correction(figure, "figures", "reject"),
    )
    assert found.outcomes[0].state == "orphan"
    assert len(found.record.figures) == 2


WORDS = st.lists(st.sampled_from(["war ", "talks ", "peace. ", "“aid” ", "a\n\n"]), max_size=12)


@given(WORDS, WORDS, WORDS)
def test_words_are_only_ever_moved_to_the_same_words(
    before: list[str], middle: list[str], after: list[str]
) -> None:
    old = "".join((*before, *middle, *after))
    new = "".join((*middle, *after, *before))
    texts = Reread(old, new)
    for start in range(0, len(old) - 1, 3):
        span = Span(start, min(start + 4, len(old)))
        moved = texts.spans((span,))
        if moved is not None:
            (there,) = moved
            assert new[there.start : there.end] == old[span.start : span.end]


CHANGES: dict[str, dict[str, Any]] = {
    "statements": {"act": "deny", "kind": "mixed"},
    "events": {"event_type": "THREATEN", "modality": "negated"},
    "figures": {"measure": "missing", "low": 1, "high": 2},
    "conditions": {"kind": "rule"},
    "demands": {"of_id": {"id": "west", "name": "the West", "kind": None}},
    "terms": {"concept": "a war", "voice": "own"},
}


def test_many_corrections_of_all_kinds_hold_in_a_text_that_was_changed_around_them() -> None:
    decided: list[Correction] = []
    for kind, changes in CHANGES.items():
        for row in getattr(RECORD, kind):
            verdict = ("correct", "reject", "accept")[len(decided) % 3]
            decided.append(
                correction(
                    row,
                    kind,
                    verdict,
                    len(decided) + 1,
                    changes=changes if verdict == "correct" else {},
                )
            )
    longer = "A line before. " + TEXT.replace("have fled.", "have fled. So say many.") + "\n\nEnd."
    here, there = seen(RECORD, *decided), seen(reread(longer), *decided)
    assert [one.state for one in there.outcomes] == ["applied"] * len(decided)
    for kind in KINDS:
        words = [
            [
                [record.article.cut(span) for span in key_spans(kind, row)]
                for row in getattr(record, kind)
            ]
            for record in (here.record, there.record)
        ]
        assert words[0] == words[1]
    for kind, changes in CHANGES.items():
        plain = {name for name in changes if not name.endswith("_id")}
        for name in plain:
            values = [
                [getattr(row, name) for row in getattr(one.record, kind)] for one in (here, there)
            ]
            assert values[0] == values[1]


# Agreement


def test_alpha_of_krippendorffs_own_example() -> None:
    """Four observers, twelve units: nominal alpha 0.743 (2011, section C)."""
    observers = ["123321412***", "1233224125*3", "*3332342251*", "12332441251*"]
    lines = [[one for one in line if one != " "] for line in observers]
    units = [
        {str(number): line[at] for number, line in enumerate(lines) if line[at] != "*"}
        for at in range(12)
    ]
    found = agreement(units)
    assert found.units == 11
    assert found.alpha == pytest.approx(0.743, abs=0.001)


def test_all_of_one_mind_and_nobody() -> None:
    assert agreement([{"ana": "yes", "bo": "yes"}]) == Agreement(1, 1.0, None)
    assert agreement([{"ana": "yes"}]) == Agreement(0, None, None)
    assert agreement([{"ana": "yes", "bo": "no"}, {"ana": "no", "bo": "no"}]).agreeing == 0.5
