"""Texts as they are compared: words in plain letters, and each run of five of them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from onrecord.records import Span

LENGTH = 5  # words of a shingle

_WORD = re.compile(r"\w+")
_MARKS = "“”‘’–—"  # most of what is no word in a text, and not in ASCII
_BEYOND = re.compile(r"[^\x00-\x7f]")
_ASCII_WORDS = bytes(
    code if code > 0x7F or chr(code).isalnum() or chr(code) == "_" else ord(" ")
    for code in range(256)
)
"""What makes a blank of every mark in ASCII, of a text's bytes in UTF-8."""
_BYTES = ("utf-8", "surrogatepass")
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


def plain_words(text: str) -> list[str]:
    """Return the words of a text in lower case, in its order: each `plain` of `words_of`.

    It takes a fraction of the time, and texts are compared with many others.
    """
    for mark in _MARKS:
        text = text.replace(mark, " ")
    for one in () if text.isascii() else set(_BEYOND.findall(text)):
        if not one.isalnum():
            text = text.replace(one, " ")
    bare = text.encode(*_BYTES).translate(_ASCII_WORDS).decode(*_BYTES)
    return (bare.lower() if bare.isascii() else bare.casefold()).split()


def runs_of(text: str) -> frozenset[tuple[str, ...]]:
    """Return the same runs as `shingles_of`, in a form that is quicker to make and compare."""
    plain = plain_words(text)
    return frozenset(zip(*(plain[at:] for at in range(LENGTH)), strict=False))


def shingles_of(text: str) -> frozenset[str]:
    """Return every run of five words, each once; () where the text has fewer words."""
    plain = plain_words(text)
    return frozenset(" ".join(plain[at : at + LENGTH]) for at in range(len(plain) - LENGTH + 1))
