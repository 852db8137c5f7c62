"""What is known of training texts, and the targets that the windows read of them have."""

import random
from typing import Any

import numpy as np
import pytest
from training.onepass.labels import DEPENDENCIES, ENTITIES, MEASURES, MODALITIES, TAGS, TYPES
from training.onepass.lessons import MASK, Lesson, windows
from training.onepass.targets import IGNORE
from training.onepass.teacher import pieces_of
from training.onepass.texts import Ints, Text, annotate, text_of, with_silver

from onrecord.models import find_model
from onrecord.onepass.model import VOCABULARY
from onrecord.onepass.wordpieces import WordPieces
from onrecord.settings import DEFAULTS

SPLIT = WordPieces.load(find_model(DEFAULTS.model) / VOCABULARY)
TEXT = "Troops shelled Kyiv , killing 12 . France said it would help if Rome asked it to stop ."
WORDS = TEXT.split()


def span(words: str) -> list[int]:
    start = TEXT.index(words)
    return [start, start + len(words)]


def event(kind: str, trigger: str, **more: object) -> dict[str, object]:
    row = {"type": kind, "trigger": span(trigger), "modality": "actual"}
    return row | {"actors": [], "recipients": []} | more


GOLD: dict[str, Any] = {
    "events_until": len(TEXT),
    "statements": [
        {"source": span("France"), "cue": span("said"),
         "content_spans": [span("it would help if Rome asked it to stop")]},
        {"nested": True, "source": span("Rome"), "cue": span("asked"),
         "content_spans": [span("it to stop")]},
    ],
    "events": [
        event("ASSAULT", "shelled", actors=[{"span": span("Troops")}],
              recipients=[{"span": span("Kyiv")}]),
        event("ASSAULT", "killing", optional=True),
    ],
    "demands": [{"cue": span("asked"), "by": span("Rome"), "of": None,
                 "asks": span("to stop")}],
    "conditions": [{"connective": span("if"), "if": span("Rome asked"),
                    "then": span("would help")}],
    "figures": [{"span": span("12"), "measure": MEASURES[0]}],
}  # fmt: skip


def annotated(gold: dict[str, Any]) -> Text:
    text = text_of("an:x", TEXT, SPLIT)
    annotate(text, gold)
    return text


def lesson(text: Text) -> Lesson:
    """The one window of a short text, in the first draw that reads it as it is written."""
    (found,) = windows(text, SPLIT, 192, random.Random(1))
    return found


def at(found: Ints, word: str) -> int:
    return int(found[WORDS.index(word)])


def test_events_and_their_parties_become_tags() -> None:
    found = lesson(annotated(GOLD))
    trigger, party = found.targets["trigger"], found.targets["party"]
    assert at(trigger, "shelled") == 1 + TYPES.index("ASSAULT")
    assert at(trigger, "killing") == IGNORE  # it may be found, it need not
    assert at(trigger, "France") == 0
    assert at(found.targets["modality"], "shelled") == MODALITIES.index("actual")
    assert [at(party, word) for word in ("Troops", "Kyiv", "France")] == [1, 1, 0]
    rows, roles = found.pairs["event"]
    assert rows[0] == WORDS.index("shelled")
    assert [at(roles[0], word) for word in ("Troops", "Kyiv", "12")] == [1, 2, 0]


def test_demands_conditions_and_figures_become_tags() -> None:
    found = lesson(annotated(GOLD))
    assert at(found.targets["demand"], "asked") == 1
    assert at(found.targets["condition"], "if") == 1
    assert at(found.targets["figure"], "12") == 1
    assert at(found.targets["measure"], "12") == 0
    (row,), roles = found.pairs["condition"]
    assert row == WORDS.index("if")
    assert [at(roles[0], word) for word in ("Rome", "help", "France")] == [1, 2, 0]


def test_statements_within_statements_have_targets_of_their_own() -> None:
    found = lesson(annotated(GOLD)).targets
    said, asked = WORDS.index("said"), WORDS.index("asked")
    assert found["cue"][said] == 1
    assert found["cue"][asked] == 0
    assert found["inner_cue"][asked] == 1
    assert at(found["content"], "stop") == said + 1
    assert at(found["inner_content"], "stop") == asked + 1
    assert found["source_start"][said] == WORDS.index("France") + 1
    assert found["source_start"][asked] == WORDS.index("Rome") + 1


def test_behind_what_was_annotated_nothing_is_taught() -> None:
    found = lesson(annotated(GOLD | {"events_until": TEXT.index("France")}))
    assert at(found.targets["trigger"], "shelled") > 0
    assert at(found.targets["trigger"], "said") == IGNORE
    assert at(found.targets["cue"], "said") == IGNORE
    assert found.weights["hard"].sum() == WORDS.index("France")


def test_a_teachers_parse_is_taken_by_word() -> None:
    rows = [
        (TEXT.index(word), tag, TEXT.index(head) if head else -1, label, entity, begins)
        for word, tag, head, label, entity, begins in (
            ("Troops", "NNS", "shelled", "nsubj", "O", True),
            ("shelled", "VBD", None, "ROOT", "O", False),
            ("Kyiv", "NNP", "shelled", "dobj", "B-GPE", False),
            ("killing", "VBG", "shelled", "oblique", "O", False),  # a label that is not taught
        )
    ]
    silver = {"rows": rows, "nested": [], "starts": [], "soft": [], "guesses": {}}
    found = lesson(with_silver(text_of("tx:x", TEXT, SPLIT), silver)).targets
    assert [TAGS[tag] for tag in found["tag"][:3]] == ["NNS", "VBD", "NNP"]
    assert found["head"][:3].tolist() == [1, 1, 1]
    assert DEPENDENCIES[found["label"][0]] == "nsubj"
    assert found["entity"][2] == 1 + 2 * ENTITIES.index("GPE")
    assert at(found["tag"], "killing") == IGNORE
    assert found["start"][:2].tolist() == [1, 0]
    assert "trigger" not in found


def test_a_teachers_view_is_read_by_position() -> None:
    count = len(WORDS)
    said, stop = WORDS.index("said"), WORDS.index("stop")
    cue = np.tile(np.array([[1, 0, 0]], np.float16), (count, 1))
    cue[said] = (0.1, 0.9, 0.0)
    owner = np.zeros((count, 4), np.int32)
    share = np.tile(np.array([[1, 0, 0, 0]], np.float16), (count, 1))
    owner[stop, 0] = said + 1
    sides = np.array([[WORDS.index("France") + 1, 0, 1, 2]], np.int32)
    shares = np.array([[0.9, 0.1, 0, 0]], np.float16)
    edges = np.zeros((count, 2), np.float16)
    view = (0, count, cue, owner, share, np.array([said]), sides, shares, sides, shares, edges)
    text = text_of("tx:x", TEXT, SPLIT)
    starts = [word.start for word in text.words]
    silver = {"rows": [], "nested": [[]], "starts": starts, "soft": [[view]], "guesses": {}}
    found = lesson(with_silver(text, silver))
    assert found.soft["cue"][said, 1] == pytest.approx(0.9, abs=1e-3)
    assert found.soft["content"][stop, said + 1] == 1
    assert found.soft["content"][0, 0] == 1
    france = 1 + WORDS.index("France")
    assert found.soft["source_start"][said, france] == pytest.approx(0.9, abs=1e-3)
    assert found.weights["source_start"][said] == pytest.approx(0.9, abs=1e-3)
    assert found.weights["soft"].all()


def test_a_text_is_parsed_in_pieces_that_cover_it() -> None:
    text = "A heading\n\nGENEVA, May 3 — They met. " + "Then they left. " * 9 + "\n"
    ends = list(pieces_of(text, longest=60))
    assert "".join(text[start:end] for start, end in ends) == text
    pieces = [text[start:end] for start, end in ends]
    assert pieces[:2] == ["A heading\n\n", "GENEVA, May 3 — "]
    assert all(len(piece) <= 60 for piece in pieces)
    assert pieces[2].endswith("left. ")


def test_a_reading_of_an_annotated_text_hides_some_words() -> None:
    text = annotated(GOLD)
    readings = [next(windows(text, SPLIT, 192, random.Random(seed))) for seed in range(40)]
    hidden = [int((found.pieces == MASK).sum()) for found in readings]
    assert 0 < sum(hidden) < 0.15 * sum(len(found.pieces) for found in readings)
    assert all((found.pieces[found.case == 0] != MASK).all() for found in readings)
    plain = text_of("an:x", TEXT, SPLIT)
    assert all(
        (found.pieces != MASK).all() for found in windows(plain, SPLIT, 192, random.Random(2))
    )


def test_a_teachers_guesses_are_learnt_where_nobody_annotated() -> None:
    starts = [word.start for word in text_of("tx:x", TEXT, SPLIT).words]
    tags = np.array(
        [1 + TYPES.index("ASSAULT") if TEXT[s:].startswith("shelled") else 0 for s in starts]
    )
    silver = {
        "rows": [],
        "nested": [[]],
        "starts": starts,
        "soft": [],
        "guesses": {"trigger": tags},
    }
    guessed = with_silver(text_of("tx:x", TEXT, SPLIT), silver)
    draws = [next(windows(guessed, SPLIT, 192, random.Random(seed))).targets for seed in range(40)]
    learnt = [targets["trigger"] for targets in draws if "trigger" in targets]
    assert 0 < len(learnt) < 40
    assert all(at(found, "shelled") == 1 + TYPES.index("ASSAULT") for found in learnt)
    known = with_silver(annotated(GOLD | {"events": []}), silver)
    assert at(lesson(known).targets["trigger"], "shelled") == 0
