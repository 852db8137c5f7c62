"""Entities: the likeliest way to part a text's words into names, of all that hold together."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]

_SURE = 0.98  # chance of a word to be outside from which it parts what stands on its two sides


def best_entities(scores: Floats) -> Ints:
    """Return a label for each word: 0 outside, 1 + 2t a name's first word, 2 + 2t a further one.

    `scores` (words, 1 + 2 * types) are those before softmax. A further word follows only a word of
    the same type: word by word "Recep Tayyip" may be a person and "Erdogan" a company behind him.
    """
    chances = _log_softmax(scores)
    found = np.zeros(len(scores), np.int64)
    unsure = np.flatnonzero(chances[:, 0] < np.log(_SURE))
    if not len(unsure):
        return found
    cuts = np.flatnonzero(np.diff(unsure) > 1) + 1
    for stretch in np.split(unsure, cuts):
        found[stretch] = _best_path(chances[stretch])
    return found


def _log_softmax(scores: Floats) -> Floats:
    raised = scores - scores.max(-1, keepdims=True)
    result: Floats = raised - np.log(np.exp(raised).sum(-1, keepdims=True))
    return result


def _best_path(chances: Floats) -> Ints:
    """Return the likeliest labels of words in a row (Viterbi); none goes on from before."""
    outside, first, further = chances[:, 0], chances[:, 1::2], chances[:, 2::2]
    ends = np.concatenate([[outside[0]], first[0], np.full_like(further[0], -np.inf)])
    types = first.shape[1]
    before = np.zeros((len(chances), 1 + 2 * types), np.int64)  # by state: the one it comes from
    for word in range(1, len(chances)):
        best = int(ends.argmax())
        begun, gone_on = ends[1 : 1 + types], ends[1 + types :]
        inside = np.maximum(begun, gone_on)
        before[word, : 1 + types] = best
        before[word, 1 + types :] = np.arange(types) + np.where(begun >= gone_on, 1, 1 + types)
        ends = np.concatenate(
            [[ends[best] + outside[word]], ends[best] + first[word], inside + further[word]]
        )
    path = [int(ends.argmax())]
    for word in range(len(chances) - 1, 0, -1):
        path.append(int(before[word, path[-1]]))
    states = np.array(path[::-1])
    kind = np.where(states > types, states - types - 1, states - 1)
    labels: Ints = np.where(states == 0, 0, 2 * kind + np.where(states > types, 2, 1))
    return labels
