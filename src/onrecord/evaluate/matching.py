"""One-to-one matching of gold rows with predicted rows."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import TypeAlias

Pair: TypeAlias = tuple[int, int]  # a gold row's and a predicted row's place in their lists

SMALLEST_GAIN = 1e-12  # below it two matchings differ by rounding only


def jaccard(one: Collection[int], other: Collection[int]) -> float:
    """Return the shared part of two sets' union, 0 when either is empty."""
    first, second = frozenset(one), frozenset(other)
    shared = len(first & second)
    return shared / (len(first) + len(second) - shared) if shared else 0.0


def best_first(overlaps: Mapping[Pair, float], least: float) -> tuple[Pair, ...]:
    """Return the one-to-one matching that takes the greatest overlap left, again and again.

    Overlaps under `least` match nothing; of equal ones the first in both lists is taken.
    """
    taken_gold, taken_predicted = set[int](), set[int]()
    pairs: list[Pair] = []
    for gold, predicted in sorted(overlaps, key=lambda pair: (-overlaps[pair], pair)):
        if overlaps[gold, predicted] < least:
            break
        if gold not in taken_gold and predicted not in taken_predicted:
            taken_gold.add(gold)
            taken_predicted.add(predicted)
            pairs.append((gold, predicted))
    return tuple(pairs)


def best_matching(weights: Mapping[Pair, float]) -> tuple[Pair, ...]:
    """Return the one-to-one matching with the greatest total weight, in order.

    Only pairs that have a weight (above 0) can be matched. A caller who wants most pairs first adds
    to every weight a constant that exceeds what all weights can add up to.
    """
    matched: dict[int, int] = {}  # predicted row -> gold row
    while path := _best_path(weights, matched):
        for gold, predicted in path:
            matched[predicted] = gold
    return tuple(sorted((gold, predicted) for predicted, gold in matched.items()))


def _best_path(weights: Mapping[Pair, float], matched: Mapping[int, int]) -> tuple[Pair, ...]:
    """Return the pairs to match anew that add most to the total; () when nothing adds to it.

    The path of most gain from an unmatched gold row to an unmatched predicted row, by Bellman and
    Ford: the pairs on the way that are matched now give up their weight.
    """
    taken = set(matched.values())
    gains = {gold: 0.0 for gold, _ in weights if gold not in taken}
    paths: dict[int, tuple[Pair, ...]] = dict.fromkeys(gains, ())
    best, best_path = SMALLEST_GAIN, tuple[Pair, ...]()
    changed = True
    while changed:
        changed = False
        for (gold, predicted), weight in weights.items():
            if gold not in gains or matched.get(predicted) == gold:
                continue
            gain, path = gains[gold] + weight, (*paths[gold], (gold, predicted))
            owner = matched.get(predicted)
            if owner is None:
                if gain > best + SMALLEST_GAIN:
                    best, best_path = gain, path
                continue
            gain -= weights[owner, predicted]
            if gain > gains.get(owner, float("-inf")) + SMALLEST_GAIN:
                gains[owner], paths[owner], changed = gain, path, True
    return best_path
