"""The words of a phrase, cut as the tables write them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from onrecord.codebook.wordforms import fold, singular

_CHUNK = re.compile(r"[^\s,;:/()\[\]\"“”„«»!?]+|,")
_POSSESSIVE = re.compile(r"(?<=\w)(['’]s?)$", re.IGNORECASE)
_DASH = re.compile(r"[-‐‑–—]")


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a phrase; a hyphenated word is several."""

    text: str  # as written, without a possessive mark
    full: str  # as names are matched: folded, the possessive s kept
    key: str  # as nouns are matched: folded and singular
    possessive: bool = False
    joined: bool = False  # a hyphen ties it to the word before
    comma: bool = False  # a comma follows

    @property
    def capital(self) -> bool:
        """Whether it is written with a capital."""
        return self.text[:1].isupper()

    @property
    def plain(self) -> str:
        """The word folded, neither possessive nor singular."""
        return fold(self.text)


def cut_words(phrase: str) -> tuple[Word, ...]:
    """Return the words of a phrase in order; marks alone are left out."""
    words: list[Word] = []
    for chunk in _CHUNK.findall(phrase.replace("’", "'").replace("ʼ", "'")):
        if chunk == "," or chunk in {"'s", "'"}:
            if words:
                last = words.pop()
                words.append(_marked(last, comma=chunk == ",", possessive=chunk != ","))
            continue
        possessive = bool(_POSSESSIVE.search(chunk))
        parts = [part for part in _DASH.split(chunk) if fold(part).strip("'")]
        for at, part in enumerate(parts):
            last_part = at == len(parts) - 1
            bare = _POSSESSIVE.sub("", part) if possessive and last_part else part
            bare = bare.strip("'*_…")
            if fold(bare):
                words.append(
                    Word(
                        bare,
                        fold(part),
                        singular(fold(bare)),
                        possessive=possessive and last_part,
                        joined=at > 0,
                    )
                )
    return tuple(words)


def _marked(word: Word, *, comma: bool, possessive: bool) -> Word:
    return Word(
        word.text,
        word.full + ("s" if possessive else ""),
        word.key,
        possessive=word.possessive or possessive,
        joined=word.joined,
        comma=word.comma or comma,
    )
