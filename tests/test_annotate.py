"""Parsing: a text of any kind and length becomes one parse of the very same characters."""

from dataclasses import replace
from pathlib import Path

import pytest
import spacy
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from onrecord.annotate import load_pipeline, parse, pieces_of
from onrecord.errors import ModelError
from onrecord.pipeline import Tools
from onrecord.settings import DEFAULTS, Settings

LETTERS = " \n\t\r\u00a0\u200f\u2028.,“”’-\x00"
PIECES = [*LETTERS, "e\u0301", "🔴", "🇺🇦", "שלום", "Mr.", "can't", "said"]
AWKWARD = st.lists(st.sampled_from(PIECES)).map("".join)


@given(st.one_of(st.text(), AWKWARD), st.integers(1, 30))
def test_pieces_cover_a_text_and_none_is_too_long(text: str, longest: int) -> None:
    pieces = list(pieces_of(text, longest))
    assert "".join(text[piece.start : piece.end] for piece in pieces) == text
    assert all(len(piece) <= longest for piece in pieces)
    assert [piece.end for piece in pieces[:-1]] == [piece.start for piece in pieces[1:]]


def test_a_text_is_cut_between_paragraphs() -> None:
    text = "One.\n\nTwo.\nThree."
    pieces = [text[piece.start : piece.end] for piece in pieces_of(text, 100)]
    assert pieces == ["One.\n\n", "Two.\n", "Three."]


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("He left. She stayed on.", ["He left. ", "She stayed ", "on."]),
        ("“He left.” She stayed.", ["“He left.” ", "She stayed."]),
        ("one two three four", ["one two ", "three four"]),
        ("abcdefghijklmnop", ["abcdefghijkl", "mnop"]),
    ],
)
def test_a_long_paragraph_is_cut_after_a_sentence_or_else_a_word(
    text: str, pieces: list[str]
) -> None:
    assert [text[piece.start : piece.end] for piece in pieces_of(text, 12)] == pieces


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("KYIV, March 11 — Russia left.", ["KYIV, March 11 — ", "Russia left."]),
        ("NEW YORK (Reuters) - Russia left.", ["NEW YORK (Reuters) - ", "Russia left."]),
        (
            "Kyiv, March 11, 2022 (Agency) - Russia left.",
            ["Kyiv, March 11, 2022 (Agency) - ", "Russia left."],
        ),
        ("Russia left — and Kyiv stayed.", ["Russia left — and Kyiv stayed."]),
        ("KYIV — ", ["KYIV — "]),
    ],
)
def test_a_dateline_is_no_part_of_the_sentence_behind_it(text: str, pieces: list[str]) -> None:
    assert [text[piece.start : piece.end] for piece in pieces_of(text, 100)] == pieces


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.one_of(st.text(max_size=60), AWKWARD))
def test_a_parse_has_the_text_and_a_head_for_each_word(tools: Tools, text: str) -> None:
    doc = parse(text, tools.nlp)
    assert doc.text == text
    assert all(doc.text[token.idx : token.idx + len(token)] == token.text for token in doc)
    assert all(token.sent is not None for token in doc)


@pytest.mark.parametrize("text", ["", "\n", " \n\n "])
def test_a_text_without_words_parses(tools: Tools, text: str) -> None:
    assert parse(text, tools.nlp).text == text


def test_no_sentence_runs_over_a_heading(tools: Tools) -> None:
    text = "Leaders meet in Moscow\n\nThe talks failed."
    starts = {sentence.start_char for sentence in parse(text, tools.nlp).sents}
    assert text.index("The talks") in starts


@pytest.mark.parametrize(
    "chosen", [replace(DEFAULTS, piece_length=20), replace(DEFAULTS, batch_size=1)]
)
def test_how_a_text_is_parsed_does_not_change_its_characters(
    tools: Tools, chosen: Settings
) -> None:
    text = "Russia said it would stay. Ukraine said no.\nThe talks went on for a long time."
    doc = parse(text, tools.nlp, settings=chosen)
    assert doc.text == text


def test_the_batch_size_changes_no_result(tools: Tools) -> None:
    text = "Russia said it would stay.\nUkraine said no.\nThe talks went on."
    one, many = (
        parse(text, tools.nlp, settings=replace(DEFAULTS, batch_size=size)) for size in (1, 32)
    )
    assert [(t.head.i, t.dep_, t.ent_type_) for t in one] == [
        (t.head.i, t.dep_, t.ent_type_) for t in many
    ]


def test_a_missing_pipeline_is_named_with_the_way_out() -> None:
    with pytest.raises(ModelError, match=r"'no_such_pipeline'.*--pipeline"):
        load_pipeline(replace(DEFAULTS, pipeline="no_such_pipeline"))


def test_a_pipeline_without_a_parser_is_refused(tmp_path: Path) -> None:
    folder = tmp_path / "blank"
    spacy.blank("en").to_disk(folder)
    with pytest.raises(ModelError, match=r"has no .*parser"):
        load_pipeline(replace(DEFAULTS, pipeline=str(folder)))
