"""Scores of single sentences: modality, voice and parties, and false alarms."""

from collections.abc import Callable
from pathlib import Path

import pytest

from onrecord.errors import GoldError
from onrecord.evaluate import (
    MarkedRow,
    alarm_lines,
    count_alarms,
    modality_tallies,
    read_neutral,
    score_sentence,
    slip_lines,
)
from onrecord.records import Record

RecordOf = Callable[[str], Record]
DENIED = "Israel denied that it had bombed Syria."
MET = "Russian President Vladimir Putin met French President Emmanuel Macron in Moscow."


def marked(text: str, **values: object) -> MarkedRow:
    """A row for a sentence whose event stands on `trigger`."""
    trigger = str(values.pop("trigger"))
    start = text.index(trigger)
    return MarkedRow(
        {"id": "m1", "text": text, "trigger": [[start, start + len(trigger)]]} | values
    )


def party(text: str, words: str) -> dict[str, object]:
    start = text.index(words)
    return {"span": [start, start + len(words)], "text": words}


def denied(**values: object) -> MarkedRow:
    right = {"trigger": "bombed", "type": "ASSAULT", "modality": "negated", "stance": "deny"}
    parties = {"actors": [party(DENIED, "it")], "recipients": [party(DENIED, "Syria")]}
    return marked(DENIED, **(right | parties | values))


def test_a_denied_event_is_right_in_every_field(record_of: RecordOf) -> None:
    score = score_sentence(denied(), record_of(DENIED))
    assert (score.typed, score.modal, score.voiced) == (True, True, True)
    assert (score.actors, score.recipients) == (True, True)
    assert list(slip_lines([score])) == []


@pytest.mark.parametrize(
    ("values", "slip"),
    [
        ({"type": "AID"}, "type AID, got ASSAULT"),
        ({"modality": "actual"}, "modality actual, got negated"),
        ({"stance": None}, "stance None, got deny"),
        ({"actors": []}, "actors"),
        ({"recipients": [party(DENIED, "Israel")]}, "recipients"),
        ({"trigger": "Syria"}, "not found"),
    ],
)
def test_each_slip_is_named(record_of: RecordOf, values: dict[str, object], slip: str) -> None:
    (line,) = slip_lines([score_sentence(denied(**values), record_of(DENIED))])
    assert line.startswith(f"m1  {slip}")


def test_other_right_values_are_accepted(record_of: RecordOf) -> None:
    row = denied(
        type="AID", type_alt=["ASSAULT"], stance=None, stance_alt=["deny"], modality_alt=["future"]
    )
    score = score_sentence(row, record_of(DENIED))
    assert (score.typed, score.modal, score.voiced) == (True, True, True)


def test_a_meeting_has_no_sides(record_of: RecordOf) -> None:
    parties = {"actors": [party(MET, "Macron")], "recipients": [party(MET, "Putin")]}
    row = marked(MET, trigger="met", type="CONSULT", modality="actual", stance=None, **parties)
    score = score_sentence(row, record_of(MET))
    assert (score.actors, score.recipients) == (True, True)


def test_shares_are_of_all_sentences_and_of_those_found(record_of: RecordOf) -> None:
    rows = [denied(), denied(modality="actual"), denied(trigger="Syria")]
    scores = [score_sentence(row, record_of(DENIED)) for row in rows]
    tallies = {one.name: (one.right, one.gold) for one in modality_tallies(scores)}
    assert tallies["trigger"] == (2, 3)
    assert tallies["modality"] == (1, 3)
    assert tallies["  negated"] == (1, 2)
    assert tallies["modality of found"] == (1, 2)
    assert tallies["actors of found"] == (2, 2)


def test_parties_that_are_not_marked_do_not_count(record_of: RecordOf) -> None:
    row = marked(DENIED, trigger="bombed", type="ASSAULT", modality="negated", stance="deny")
    tallies = {
        one.name: one.gold for one in modality_tallies([score_sentence(row, record_of(DENIED))])
    }
    assert (tallies["voice of found"], tallies["actors of found"]) == (1, 0)


# False alarms


def test_an_actual_event_is_a_false_alarm_and_talk_is_none(record_of: RecordOf) -> None:
    texts = ["Israel bombed Syria.", "Israel may bomb Syria.", "Iran accused Israel of lying.", MET]
    alarms = count_alarms(record_of(text) for text in texts)
    assert (alarms.sentences, alarms.types, alarms.rate) == (4, (("ASSAULT", 1),), 0.25)
    lines = alarm_lines(alarms, detail=True)
    assert lines[0].startswith("1 of 4 sentences")
    assert lines[-1] == "    ASSAULT bombed: Israel bombed Syria."
    assert count_alarms([]).rate == 0.0


def test_only_neutral_sentences_are_read(tmp_path: Path) -> None:
    path = tmp_path / "classes.tsv"
    path.write_text("It rained.\t0\nIsrael bombed Syria.\t4\n", "utf-8")
    assert list(read_neutral(path)) == ["It rained."]
    path.write_text("It rained.\n", "utf-8")
    with pytest.raises(GoldError, match=r"classes\.tsv, line 1: need a sentence, a tab"):
        list(read_neutral(path))
