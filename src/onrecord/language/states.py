"""The encoder's states of a text's words, from the one pass that the attribution model makes."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class WordStates:
    """One vector a word, found by where the word stands in the text."""

    ends: Sequence[int]  # of each word, in order
    vectors: Floats  # (words, width)

    def index(self, position: int) -> int:
        """Return the number of the word at a position of the text, else of the next word.

        It is the number of words when no word follows.
        """
        return bisect_right(self.ends, position)

    def at(self, position: int) -> Floats:
        """Return the vector of the word at a position of the text, else of the next word.

        Zeros when no word follows.
        """
        word = self.index(position)
        if word == len(self.ends):
            return np.zeros(self.vectors.shape[1], np.float32)
        vector: Floats = self.vectors[word]
        return vector

    def over(self, start: int, end: int) -> Floats:
        """Return the mean vector of the words that reach into a span, zeros without one."""
        first, last = self.index(start), self.index(end - 1)
        part = self.vectors[first : last + 1]
        mean: Floats = part.mean(0) if len(part) else np.zeros(self.vectors.shape[1], np.float32)
        return mean
