"""Folding names, so that one spelling meets another: accents, letter case and marks left out."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_APART = re.compile(r"[^0-9a-z]+")
_JOINED = re.compile(r"['’‘ʼʻ`´ʹʺʽ]")  # marks inside a word: "Kramators'k", "Ta'izz"
_LETTERS = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ß": "ss", "æ": "ae", "œ": "oe", "ı": "i"})


def without_marks(text: str) -> str:
    """Return a text without apostrophes and the like inside its words, letter case kept."""
    return _JOINED.sub("", text)


def unaccented(lowered: str) -> str:
    """Return a lower-case text without accents, letters of their own ("ł", "ø") made plain."""
    plain = unicodedata.normalize("NFKD", lowered.translate(_LETTERS))
    return "".join(letter for letter in plain if not unicodedata.combining(letter))


@lru_cache(maxsize=10_000)
def fold_name(name: str) -> str:
    """Return a name in plain lower-case letters, its words apart by one space.

    What is written in no Latin letters folds to "".
    """
    bare = unaccented(without_marks(name).lower())
    if any(ord(letter) > 0x24F and letter.isalpha() for letter in bare):
        return ""
    return _APART.sub(" ", bare).strip()
