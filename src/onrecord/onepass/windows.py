"""Windows of paragraphs as the attribution model reads them: word pieces and two features."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from onrecord.onepass.wordpieces import WORD, WordPieces

WINDOW = 192  # pieces, [CLS] and [SEP] counted
CASES = 7  # 0: a special piece
QUOTES = 5  # 0: a special piece

Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a text with the features of its pieces."""

    start: int
    end: int
    pieces: tuple[int, ...]
    case: int  # 1 lower, 2 capitalised, 3 upper, 4 mixed, 5 number, 6 sign
    quote: int  # 1 outside, 2 inside, 3 opening mark, 4 closing mark
    paragraph: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """A stretch of a text's words with the pieces the encoder reads."""

    first: int  # the index in the text of the window's first word
    pieces: Ints
    case: Ints  # by piece
    quote: Ints  # by piece
    starts: Ints  # by word: where its first piece stands
    paragraphs: Ints  # by word, from 0


def case_of(word: str) -> int:
    """Return the class of a word's letter case, 1 to 6."""
    if word[0].isdigit():
        return 5
    if not word[0].isalpha():
        return 6
    if word.islower():
        return 1
    if word[0].isupper() and (len(word) == 1 or word[1:].islower()):
        return 2
    return 3 if word.isupper() else 4


def quote_marks(text: str, spans: Sequence[tuple[int, int]]) -> list[int]:
    """Return the quotation class (1 to 4) of each word of one paragraph.

    A mark that closes what nobody opened opens when space stands before it and no space after it,
    else the paragraph up to it counts as quoted. What is not closed runs to the paragraph's end.
    """
    classes: list[int] = []
    inside, marked = False, False
    for number, (start, end) in enumerate(spans):
        sign = text[start:end]
        double = sign in "'`" and sign in (text[end : end + 1], text[start - 1 : start])
        if sign not in '"“”„‟«»' and not double:
            classes.append(2 if inside else 1)
            continue
        if double and number and spans[number - 1][1] == start and text[start - 1] == sign:
            classes.append(classes[-1])  # the second half of a mark written '' or ``
            continue
        opens = _opens(text, start, sign, inside=inside)
        if not opens and not inside and not marked:
            classes = [2] * len(classes)
        classes.append(3 if opens else 4)
        inside, marked = opens, True
    return classes


def _opens(text: str, start: int, sign: str, *, inside: bool) -> bool:
    """Whether a quotation mark opens, given whether it stands inside a quotation."""
    free_left = start == 0 or text[start - 1].isspace() or text[start - 1] in "(["
    if sign in "”»" and not inside and free_left:
        return True
    return sign in "“„«`" or (sign in "\"‟'" and not inside)


def words_of(text: str, split: WordPieces) -> list[Word]:
    """Return the words of a text, in order."""
    words: list[Word] = []
    offset = 0
    for number, line in enumerate(text.split("\n")):
        spans = [match.span() for match in WORD.finditer(line)]
        for (start, end), quote in zip(spans, quote_marks(line, spans), strict=True):
            word = line[start:end]
            words.append(
                Word(offset + start, offset + end, split(word), case_of(word), quote, number)
            )
        offset += len(line) + 1
    return words


def segments_of(words: Sequence[Word], text: str, limit: int) -> list[tuple[int, int]]:
    """Cut words into paragraphs, and what is longer than `limit` pieces at sentence ends."""
    found = []
    start, size, sentence_end = 0, 0, 0
    for number, word in enumerate(words):
        if number > start and word.paragraph != words[number - 1].paragraph:
            found.append((start, number))
            start, size = number, 0
        elif size + len(word.pieces) > limit:
            cut = sentence_end if sentence_end > (start + number) // 2 else number
            found.append((start, cut))
            start = cut
            size = sum(len(words[i].pieces) for i in range(cut, number))
        size += len(word.pieces)
        if text[word.start : word.end] in ".!?":
            sentence_end = number + 1
    if words:
        found.append((start, len(words)))
    return found


def pack(
    words: Sequence[Word], text: str, size: int, rng: random.Random | None = None
) -> list[tuple[int, int]]:
    """Return word ranges of windows that hold whole paragraphs where these fit.

    With `rng` the first window is cut short at random, so that a training run's epochs see
    different borders.
    """
    room = size - 1
    left = rng.randint(room // 4, room) if rng else room
    found, start, end = [], 0, 0
    for first, last in segments_of(words, text, room - 1):
        need = sum(len(words[i].pieces) for i in range(first, last)) + 1
        if need > left and end > start:
            found.append((start, end))
            start, left = first, room
        end, left = last, left - need
    if end > start:
        found.append((start, end))
    return found


def window_of(words: Sequence[Word], first: int, last: int, split: WordPieces) -> Window:
    """Return the window of the words `first` to `last`, end exclusive."""
    separator = split.vocabulary["[SEP]"]
    rows = [(split.vocabulary["[CLS]"], 0, 0)]  # piece, case, quote
    starts = []
    for number in range(first, last):
        word = words[number]
        if number > first and word.paragraph != words[number - 1].paragraph:
            rows.append((separator, 0, 0))
        starts.append(len(rows))
        rows.extend((piece, word.case, word.quote) for piece in word.pieces)
    rows.append((separator, 0, 0))
    order: dict[int, int] = {}
    paragraphs = [order.setdefault(words[i].paragraph, len(order)) for i in range(first, last)]
    pieces, case, quote = np.array(rows, np.int64).T
    return Window(
        first=first,
        pieces=pieces,
        case=case,
        quote=quote,
        starts=np.array(starts, np.int64),
        paragraphs=np.array(paragraphs, np.int64),
    )


def windows_of(
    words: Sequence[Word], text: str, split: WordPieces, *, size: int = WINDOW
) -> list[Window]:
    """Return the windows of a text; each holds at least one word."""
    return [window_of(words, first, last, split) for first, last in pack(words, text, size)]
