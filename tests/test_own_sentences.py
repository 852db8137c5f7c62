"""The sentences of our own: the gold set for modality, and the examples for training."""

import json
import re
from collections import Counter
from collections.abc import Mapping
from itertools import combinations
from pathlib import Path
from typing import Any, get_args

import pytest

from onrecord.records import Act, EventType, Modality

HERE = Path(__file__).parent
ALIKE = 0.8  # Jaccard of their words at which two sentences are near-copies
TYPES = set(get_args(EventType))
MODALITIES = set(get_args(Modality))


def rows(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


GOLD = rows(HERE / "gold" / "modality.jsonl")
TRAINING = rows(HERE.parent / "training" / "data" / "events.jsonl")
PRONOUNS = rows(HERE.parent / "training" / "data" / "pronouns.jsonl")


@pytest.mark.parametrize("listed", [GOLD, TRAINING], ids=["gold", "training"])
def test_spans_cut_the_words(listed: list[dict[str, Any]]) -> None:
    for row in listed:
        spans = [*row["trigger"], *(party["span"] for party in parties(row))]
        words = [*row["trigger_text"], *(party["text"] for party in parties(row))]
        assert [row["text"][start:end] for start, end in spans] == words, row["id"]


def parties(row: Mapping[str, Any]) -> list[dict[str, Any]]:
    return [*row.get("actors", []), *row.get("recipients", [])]


def test_no_two_sentences_are_near_copies() -> None:
    words = [(row["id"], set(re.findall(r"\w+", row["text"].lower()))) for row in GOLD + TRAINING]
    for (one, these), (other, those) in combinations(words, 2):
        assert len(these & those) <= ALIKE * len(these | those), (one, other)


def test_both_halves_of_the_gold_have_every_type_and_modality() -> None:
    assert len(GOLD) >= 160
    for half in ("tune", "check"):
        found = [row for row in GOLD if row["half"] == half]
        assert len(found) >= 80
        assert {row["type"] for row in found} == TYPES
        assert {row["modality"] for row in found} == MODALITIES
    stances = {row["stance"] for row in GOLD} - {None}
    assert stances <= set(get_args(Act))
    assert len(stances) >= 10


def test_training_has_every_type_and_sentences_without_an_event() -> None:
    types = Counter(row["type"] for row in TRAINING)
    assert set(types) == TYPES | {None}
    assert types.pop(None) >= 100
    assert min(types.values()) >= 30
    assert sum(types.values()) >= 500
    assert {row["modality"] for row in TRAINING} == MODALITIES | {None}
    for row in TRAINING:
        assert (row["type"] is None) == (not row["trigger"]), row["id"]
        assert 8 <= len(row["text"].split()) <= 45, row["id"]


def test_each_passage_marks_two_names_and_one_pronoun() -> None:
    for row in PRONOUNS:
        marks = re.findall(r"\[([ABP]) ([^\[\]]+)\]", row["text"])
        assert sorted(letter for letter, _ in marks) == ["A", "B", "P"], row["text"]
        assert row["text"].count("[") == row["text"].count("]") == len(marks)
        assert dict(marks)["P"].lower() in {"he", "him", "his", "she", "her", "hers"}


def test_the_answers_are_balanced() -> None:
    answers = Counter(row["answer"] for row in PRONOUNS)
    assert set(answers) == {"A", "B", "N"}
    assert abs(answers["A"] - answers["B"]) < 0.05 * len(PRONOUNS)
