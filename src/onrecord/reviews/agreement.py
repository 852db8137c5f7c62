"""How far reviewers agree: percent, and Krippendorff's alpha for categories."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations


@dataclass(frozen=True, slots=True)
class Agreement:
    """How far several people's categories agree.

    Attributes:
        units: What at least two of them put into a category.
        agreeing: The share of pairs of people, unit by unit, that chose the same, 0 to 1; None
            without any.
        alpha: Krippendorff's alpha for nominal data: 1 where all agree, 0 where they agree as much
            as by chance; None without any unit, or where all chose one and the same category.
    """

    units: int
    agreeing: float | None
    alpha: float | None


def agreement(units: Iterable[Mapping[str, Hashable]]) -> Agreement:
    """Return how far people agree who each put some units into categories.

    After Krippendorff, "Computing Krippendorff's alpha-reliability" (2011), nominal data, any
    number of people, missing values.

    Args:
        units: For each unit the categories that people chose, by the person.
    """
    coded = [list(unit.values()) for unit in units if len(unit) > 1]
    if not coded:
        return Agreement(0, None, None)
    pairs = [one == other for values in coded for one, other in combinations(values, 2)]
    return Agreement(len(coded), sum(pairs) / len(pairs), _alpha(coded))


def _alpha(coded: Sequence[Sequence[Hashable]]) -> float | None:
    counts = [Counter(values) for values in coded]
    total = sum(len(values) for values in coded)
    observed = sum(_unlike(count) / (sum(count.values()) - 1) for count in counts)
    expected = _unlike(sum(counts, Counter())) / (total - 1)
    return 1 - observed / expected if expected else None


def _unlike(count: Counter[Hashable]) -> int:
    """Return how many ordered pairs of values are of two categories."""
    total = sum(count.values())
    return total * total - sum(number * number for number in count.values())
