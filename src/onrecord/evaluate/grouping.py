"""B-cubed: how well things are put into groups (Bagga and Baldwin 1998)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class BCubed:
    """Mean over all things: how much of its group is right, how much of its gold group is there."""

    precision: float
    recall: float

    @property
    def f1(self) -> float:
        """The harmonic mean of the two, 0 where both are."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


def b_cubed(found: Mapping[str, str], gold: Mapping[str, str]) -> BCubed:
    """Return the score of a grouping: what group each thing is in, and is in the gold.

    Raises:
        ValueError: They are not of the same things, or of none.
    """
    if found.keys() != gold.keys() or not gold:
        raise ValueError("both groupings need the same things, and one at least")
    together, right = defaultdict(set), defaultdict(set)
    for one in gold:
        together[found[one]].add(one)
        right[gold[one]].add(one)
    shared = {one: len(together[found[one]] & right[gold[one]]) for one in gold}
    precision = sum(shared[one] / len(together[found[one]]) for one in gold) / len(gold)
    recall = sum(shared[one] / len(right[gold[one]]) for one in gold) / len(gold)
    return BCubed(precision, recall)
