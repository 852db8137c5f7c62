"""Words, word pieces and windows as the attribution model reads them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.onepass.windows import case_of, pack, windows_of, words_of
from onrecord.onepass.wordpieces import MAX_PIECES, WordPieces

PIECES = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "un", "##said", "said", "he", ".", "é", "e", "“", "”"]
SPLIT = WordPieces({piece: number for number, piece in enumerate(PIECES)})
OUTSIDE, INSIDE, OPENING, CLOSING = 1, 2, 3, 4


def pieces(word: str) -> list[str]:
    return [PIECES[number] for number in SPLIT(word)]


def quotes(text: str) -> list[int]:
    return [word.quote for word in words_of(text, SPLIT)]


@pytest.mark.parametrize(
    ("word", "wanted"),
    [
        ("unsaid", ["un", "##said"]),
        ("Said", ["said"]),
        ("É", ["e"]),
        ("saidx", ["[UNK]"]),
        ("x" * 101, ["[UNK]"]),
        ("_", ["[UNK]"]),
    ],
)
def test_words_are_cut_into_the_longest_pieces(word: str, wanted: list[str]) -> None:
    assert pieces(word) == wanted == pieces(word)


def test_a_long_word_keeps_its_first_pieces() -> None:
    assert len(SPLIT("he_" * 20)) == MAX_PIECES


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("he “he” he", [OUTSIDE, OPENING, INSIDE, CLOSING, OUTSIDE]),
        ('he "he" he', [OUTSIDE, OPENING, INSIDE, CLOSING, OUTSIDE]),
        ("“he\nhe", [OPENING, INSIDE, OUTSIDE]),
        ("he” he", [INSIDE, CLOSING, OUTSIDE]),
        ("``he'' he", [OPENING, OPENING, INSIDE, CLOSING, CLOSING, OUTSIDE]),
    ],
)
def test_quotation_marks_are_followed_within_a_paragraph(text: str, wanted: list[int]) -> None:
    assert quotes(text) == wanted


@pytest.mark.parametrize(
    ("word", "wanted"), [("said", 1), ("Said", 2), ("I", 2), ("NATO", 3), ("McC", 4), ("9th", 5)]
)
def test_letter_case_has_classes(word: str, wanted: int) -> None:
    assert case_of(word) == wanted


def test_a_window_has_a_separator_between_paragraphs() -> None:
    (window,) = windows_of(words_of("he said\n\nhe", SPLIT), "he said\n\nhe", SPLIT)
    assert [PIECES[n] for n in window.pieces] == ["[CLS]", "he", "said", "[SEP]", "he", "[SEP]"]
    assert window.starts.tolist() == [1, 2, 4]
    assert window.paragraphs.tolist() == [0, 0, 1]


def test_an_empty_text_has_no_windows() -> None:
    assert windows_of(words_of(" \n", SPLIT), " \n", SPLIT) == []


@given(
    text=st.lists(st.sampled_from(["he", "said", "unsaid", ".", "\n", "“", "”"]), max_size=120).map(
        " ".join
    ),
    size=st.integers(16, 40),
)
def test_windows_cover_all_words_once_and_stay_within_their_size(text: str, size: int) -> None:
    words = words_of(text, SPLIT)
    ranges = pack(words, text, size)
    assert [n for first, last in ranges for n in range(first, last)] == list(range(len(words)))
    for window in windows_of(words, text, SPLIT, size=size):
        assert len(window.pieces) <= size
        assert len(window.pieces) == len(window.case) == len(window.quote)
