"""Texts as they are compared: words in plain letters, and each run of five of them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from onrecord.records import Span

LENGTH = 5  # words of a shingle

_WORD = re.compile(r"\w+")
_WHOLE_WORD = re.compile(r"\w+(?:[-'’]\w+)*")


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a text."""

    plain: str  # in lower case
    span: Span


def words_of(text: str) -> tuple[Word, ...]:
    """Return the words of a text, in its order; marks and quotation marks are none."""
    return tuple(Word(one[0].casefold(), Span(*one.span())) for one in _WORD.finditer(text))


def count_words(text: str) -> int:
    """Return how many words a text has; what is joined by a hyphen is one."""
    return len(_WHOLE_WORD.findall(text))


def runs_of(text: str) -> frozenset[tuple[str, ...]]:
    """Return the same runs as `shingles_of`, in a form that is quicker to make and compare."""
    plain = list(map(str.casefold, _WORD.findall(text)))
    return frozenset(zip(*(plain[at:] for at in range(LENGTH)), strict=False))


def shingles_of(text: str) -> frozenset[str]:
    """Return every run of five words, each once; () where the text has fewer words."""
    plain = [one.casefold() for one in _WORD.findall(text)]
    return frozenset(" ".join(plain[at : at + LENGTH]) for at in range(len(plain) - LENGTH + 1))
