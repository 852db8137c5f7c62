"""Which words of a sentence play a role for a cue: chances by token, and the phrase they favour."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from spacy.tokens import Doc

from onrecord.language import dependencies as deps
from onrecord.onepass import Reading
from onrecord.onepass.tagged import roles_of

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]
Doubles = NDArray[np.float64]
Part = tuple[int, int]  # tokens, the last included
_SHUT = -1e6  # more than all other words of a sentence can make good


@dataclass(frozen=True, slots=True)
class Casting:
    """How likely each token near a cue plays each role for it."""

    first: int  # the token of the first row
    chances: Floats  # (tokens, roles), 0 to 1

    @property
    def last(self) -> int:
        """The token of the last row."""
        return self.first + len(self.chances) - 1

    def at(self, token: int, role: int) -> float:
        """Return the chance of a token, 0 outside what the model saw at once."""
        inside = self.first <= token <= self.last
        return float(self.chances[token - self.first, role]) if inside else 0.0


def casting_of(doc: Doc, reading: Reading, word: int, frame: str) -> Casting:
    """Return who plays which role of a frame for a word, by token; each has its first word's."""
    roles = roles_of(reading, word, frame)
    words = reading.words[roles.first : roles.first + len(roles.chances)]
    start, end = words[0].start, words[-1].end
    tokens = doc.char_span(start, end, alignment_mode="expand") or doc[:0]
    places = [reading.word_at(token.idx) - roles.first for token in tokens]
    kept = np.clip(np.array(places, np.int64), 0, len(words) - 1)
    return Casting(tokens.start, roles.chances[kept])


@dataclass(frozen=True, slots=True)
class Region:
    """Where a phrase is looked for."""

    first: int
    last: int  # token, included
    shut: Iterable[int] = ()  # tokens that are in no phrase
    favoured: Iterable[tuple[Part, float]] = ()  # parts the grammar gives, and by how much


def likeliest(
    doc: Doc, casting: Casting, role: int, region: Region, *, level: float
) -> Part | None:
    """Return the phrase of a region whose words are likeliest to play a role, None without any.

    It begins and ends where some word's phrase does. Each of its words adds how far its chance is
    above `level`; a favoured part starts ahead by its number.
    """
    first, last = max(region.first, casting.first), min(region.last, casting.last)
    if first > last:
        return None
    chances = casting.chances[first - casting.first : last + 1 - casting.first, role]
    gains = chances.astype(np.float64) - level
    for token in region.shut:
        if first <= token <= last:
            gains[token - first] = _SHUT
    return _best(doc, gains, first, tuple(region.favoured))


def _best(
    doc: Doc, gains: Doubles, first: int, favoured: tuple[tuple[Part, float], ...]
) -> Part | None:
    starts, ends = borders(doc, first, first + len(gains) - 1)
    if not len(starts) or not len(ends):
        return None
    sums = np.concatenate([[0.0], np.cumsum(gains)])
    values = sums[ends - first + 1] - sums[starts - first][:, None]
    values[ends < starts[:, None]] = -np.inf
    row, column = np.unravel_index(int(values.argmax()), values.shape)
    best, found = float(values[row, column]), (int(starts[row]), int(ends[column]))
    for (start, end), favour in favoured:
        if first <= start <= end < first + len(gains):
            value = float(sums[end - first + 1] - sums[start - first]) + favour
            if value > best:
                best, found = value, (start, end)
    return found if best > 0 else None


def borders(doc: Doc, first: int, last: int) -> tuple[Ints, Ints]:
    """Return where phrases may begin and where they may end, between two tokens."""
    starts: set[int] = set()
    ends: set[int] = set()
    for token in doc[first : last + 1]:
        if token.is_space or token.is_punct:
            continue
        starts.add(token.left_edge.i)
        ends.add(token.right_edge.i)
        if token.dep_ not in deps.BEFORE_NAME:
            starts.add(token.i)
        if token.dep_ in deps.PHRASE_ENDS:
            ends.add(token.left_edge.i - 1)
    inside = range(first, last + 1)
    return _sorted(starts & set(inside)), _sorted(ends & set(inside))


def _sorted(tokens: set[int]) -> Ints:
    return np.array(sorted(tokens), np.int64)
