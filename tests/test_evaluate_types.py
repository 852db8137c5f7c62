"""Scores of event types in sentences whose parties are marked."""

from pathlib import Path

import pytest

from onrecord.codebook import load_codebook
from onrecord.errors import GoldError
from onrecord.evaluate import (
    PartySentence,
    macro_f1,
    read_party_sentences,
    root_of,
    score_types,
    type_lines,
)
from onrecord.records import Span

PLOVER = load_codebook().plover


def test_marks_are_taken_out(tmp_path: Path) -> None:
    path = tmp_path / "marked.jsonl"
    path.write_text(
        '{"marked_sentence": "<t>Mali</t> was left by <s>France</s>.", "root": "RETREAT"}\n'
        '{"marked_sentence": "<s>Mali</s> gave in.", "root": "YIELD"}\n',
        "utf8",
    )
    assert list(read_party_sentences(path)) == [
        PartySentence("Mali was left by France.", Span(17, 23), Span(0, 4), "YIELD"),
        PartySentence("Mali gave in.", Span(0, 4), None, "YIELD"),
    ]


@pytest.mark.parametrize("line", ['{"root": "AID"}', '{"marked_sentence": "A.", "root": "HELP"}'])
def test_a_line_without_what_is_needed_is_named(line: str, tmp_path: Path) -> None:
    path = tmp_path / "marked.jsonl"
    path.write_text(line, "utf8")
    with pytest.raises(GoldError, match="sentence 1: need marked_sentence"):
        list(read_party_sentences(path))


def test_macro_f1_is_the_mean_over_classes() -> None:
    score = score_types(
        ["AID", "AID", "YIELD", "ACCUSE"], ["AID", "YIELD", "YIELD", "REJECT"], PLOVER
    )
    assert macro_f1(score.roots) == pytest.approx((2 / 3 + 2 / 3 + 0 + 0) / 4)
    assert macro_f1(score.quads) == 1.0  # AID and YIELD are one quad, ACCUSE and REJECT another
    assert type_lines(score)[-1] == "macro F1: roots 0.333, quads 1.000"


def test_concessions_and_retreats_are_one_root() -> None:
    assert {root_of("CONCEDE"), root_of("RETREAT")} == {"YIELD"}
    assert root_of("AID") == "AID"
