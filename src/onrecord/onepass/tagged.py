"""Stretches of words that a head of the model has tagged, and the roles that words play."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from onrecord.onepass.model import Reading, WindowReading
from onrecord.records import Span

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]
_NONE, _FIRST, _FURTHER = range(3)


@dataclass(frozen=True, slots=True)
class Stretch:
    """Words in a row that a head has tagged as one thing."""

    span: Span
    first: int  # index in the text of the first word
    last: int  # of the last word
    score: float  # probability of its first word's tag, 0 to 1


@dataclass(frozen=True, slots=True)
class Roles:
    """How likely each word of a window plays each role for one of them."""

    first: int  # index in the text of the window's first word
    chances: Floats  # (words, roles), 0 to 1

    def means(self, first: Ints, last: Ints) -> Floats:
        """Return the mean chance of each role (stretches, roles) over words of the window.

        `first` and `last` are the stretches' words by their index in the text, the last included.
        """
        sums = np.concatenate([np.zeros_like(self.chances[:1]), self.chances.cumsum(0)])
        total = sums[last + 1 - self.first] - sums[first - self.first]
        mean: Floats = total / (last + 1 - first)[:, None]
        return mean

    def most(self, first: int, last: int) -> Floats:
        """Return the greatest chance of each role over words of the window."""
        part = self.chances[first - self.first : last + 1 - self.first]
        most: Floats = part.max(0, initial=0.0)
        return most


def softmax(scores: NDArray[Any]) -> Floats:
    """Return probabilities over the last axis."""
    raised = np.exp(scores - scores.max(-1, keepdims=True))
    chances: Floats = raised / raised.sum(-1, keepdims=True)
    return chances


def tagged(reading: Reading, name: str, least: float = 0.5) -> Iterator[Stretch]:
    """Yield the stretches of a head with the tags none, first and further word, in text order.

    One begins where the chance of a first word is at least `least`, and goes on while a further
    word is likelier than none.
    """
    for window in reading.windows:
        chances = softmax(window.scores[name])
        word, count = 0, len(chances)
        while word < count:
            if chances[word, _FIRST] < least:
                word += 1
                continue
            last = word
            while last + 1 < count and _goes_on(chances[last + 1], least):
                last += 1
            yield stretch(reading, window, word, last, float(chances[word, _FIRST]))
            word = last + 1


def _goes_on(chances: Floats, least: float) -> bool:
    return bool(chances[_FURTHER] > chances[_NONE] and chances[_FIRST] < least)


def stretch(
    reading: Reading, window: WindowReading, first: int, last: int, score: float
) -> Stretch:
    """Return the words `first` to `last` of a window, the last included, as a stretch."""
    first, last = first + window.first, last + window.first
    span = Span(reading.words[first].start, reading.words[last].end)
    return Stretch(span, first, last, score)


def roles_of(reading: Reading, word: int, frame: str) -> Roles:
    """Return who plays which role of a frame for a word of the text, by index.

    Roles are those of `reading.labels.frames[frame]`, in that order.
    """
    window = reading.window_of(word)
    first = reading.labels.first_role(frame)
    number = len(reading.labels.frames[frame])
    scores = window.scores["pairs"][word - window.first, :, first : first + number]
    none = np.zeros_like(scores[:, :1])
    return Roles(window.first, softmax(np.concatenate([none, scores], 1))[:, 1:])
