"""What the encoder makes of pronouns and names: a small head upon its states of words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from onrecord.language.states import WordStates
from onrecord.models import Model

BACK, AHEAD = 100, 30  # words the head reads before a pronoun and behind it
_SPAN = 240  # words between the first and the last pronoun of a window

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Window:
    """Words [first, end) of a text as the head makes vectors of them: (words, width) each."""

    first: int
    end: int
    pronoun: Floats  # of a word as a pronoun
    opening: Floats  # of a word as the first one of a name
    head: Floats  # of a word as the head of a name

    def beside(self, pronoun: int, openings: Ints, heads: Ints) -> Floats:
        """Return a row for each name, by its words, beside a pronoun; zeros for one out of reach.

        A row is the product of the two vectors, then their sum where it is above nought.
        """
        inside = (np.minimum(openings, heads) >= self.first) & (
            np.maximum(openings, heads) < self.end
        )
        last = self.end - self.first - 1
        name = (
            self.opening[np.clip(openings - self.first, 0, last)]
            + self.head[np.clip(heads - self.first, 0, last)]
        )
        own = self.pronoun[pronoun - self.first]
        rows = np.concatenate([own * name, np.maximum(own + name, 0)], axis=1)
        return np.where(inside[:, None], rows, np.float32(0))


class PronounReader:
    """Reads the surroundings of the pronouns of one text, those near each other in one pass."""

    def __init__(self, head: Model, states: WordStates, pronouns: Sequence[int]) -> None:
        """Take a text's states and the places of its pronouns, in order."""
        self._states = states
        words = [self._word_at(position) for position in pronouns]
        self._windows: dict[int, Window] = {}
        width = states.vectors.shape[1] // 2  # the fourth layer's half
        for group in _groups(words):
            first, end = max(0, group[0] - BACK), min(len(states.ends), group[-1] + AHEAD)
            pronoun, opening, name = head.run({"states": states.vectors[first:end, :width]})
            self._windows |= dict.fromkeys(group, Window(first, end, pronoun, opening, name))

    def beside(self, pronoun: int, openings: Sequence[int], heads: Sequence[int]) -> Floats:
        """Return a row for each name beside a pronoun, all given by their places in the text."""
        word = self._word_at(pronoun)
        first = np.array([self._word_at(position) for position in openings], np.int64)
        head = np.array([self._word_at(position) for position in heads], np.int64)
        return self._windows[word].beside(word, first, head)

    def _word_at(self, position: int) -> int:
        return min(self._states.index(position), len(self._states.ends) - 1)


def _groups(words: Sequence[int]) -> Iterator[list[int]]:
    """Yield pronouns that one window takes in, in order: those whose surroundings overlap."""
    group: list[int] = []
    for word in words:
        if group and (word - group[-1] > BACK + AHEAD or word - group[0] > _SPAN):
            yield group
            group = []
        group.append(word)
    if group:
        yield group
