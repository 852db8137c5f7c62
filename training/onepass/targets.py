"""What the model shall say of attributions, by word of a window."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from onrecord.onepass.windows import Word
from training.onepass.polnear import Attribution, Piece

IGNORE = -100  # a target that the loss leaves out

Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Targets:
    """Gold of one window by word; a position p stands for the window's word p - 1, 0 for none."""

    cue: Ints  # 0 outside, 1 first word, 2 further word
    content: Ints  # position of the first word of the cue whose content this is
    source_start: Ints  # at a cue's first word: position where its source starts
    source_end: Ints  # and of its last word
    begins: Ints  # 1 where a stretch of content begins
    ends: Ints  # 1 at its last word


def word_owners(words: Sequence[Word], pieces: Sequence[Piece]) -> list[int]:
    """Return the indices of the words that share a character with some piece, in order."""
    found: set[int] = set()
    for start, end in pieces:
        first = bisect_right(words, start, key=lambda word: word.end)
        last = bisect_left(words, end, key=lambda word: word.start)
        found.update(range(first, last))
    return sorted(found)


@dataclass(frozen=True, slots=True)
class Gold:
    """One attribution in word indices of its document."""

    source: tuple[int, ...]
    cue: tuple[int, ...]
    content: tuple[int, ...]


def gold_of(words: Sequence[Word], attributions: Sequence[Attribution]) -> list[Gold]:
    """Return the attributions that have a cue and content, in word indices."""
    found = []
    for item in attributions:
        gold = Gold(
            *(tuple(word_owners(words, part)) for part in (item.source, item.cue, item.content))
        )
        if gold.cue and gold.content:
            found.append(gold)
    return found


def targets_of(gold: Sequence[Gold], first: int, last: int) -> Targets:
    """Return the targets of the words `first` to `last`, end exclusive.

    What hangs on a word outside the window is left out of the loss, not taught as "none".
    """
    count = last - first
    cue, content = np.zeros(count, np.int64), np.zeros(count, np.int64)
    begins, ends = np.zeros(count, np.int64), np.zeros(count, np.int64)
    source_start, source_end = (np.full(count, IGNORE, np.int64) for _ in range(2))
    for item in gold:
        head = item.cue[0]
        here = first <= head < last
        for word in item.cue:
            if first <= word < last:
                cue[word - first] = 1 if word == head else 2
        members = set(item.content)
        for word in item.content:
            if first <= word < last:
                content[word - first] = head - first + 1 if here else IGNORE
                begins[word - first] = word - 1 not in members
                ends[word - first] = word + 1 not in members
        if here:
            source = item.source or (first - 1, first - 1)
            if first - 1 <= min(source) and max(source) < last:
                source_start[head - first] = source[0] - first + 1
                source_end[head - first] = source[-1] - first + 1
    return Targets(cue, content, source_start, source_end, begins, ends)
