"""Counts of found, predicted and annotated things, with precision, recall and F1."""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

_SEED = 13  # of the draws


@dataclass(frozen=True, slots=True)
class Tally:
    """How many things were annotated, how many predicted, and how many of these are right."""

    name: str
    right: int
    predicted: int | None  # None: only recall is measured
    gold: int

    @property
    def precision(self) -> float:
        """The share of predicted things that are right, 0 when there are none."""
        return self.right / self.predicted if self.predicted else 0.0

    @property
    def recall(self) -> float:
        """The share of annotated things that were found, 0 when there are none."""
        return self.right / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall, 0 when nothing was predicted or annotated."""
        both = (self.predicted or 0) + self.gold
        return 2 * self.right / both if self.predicted and both else 0.0


@dataclass(frozen=True, slots=True)
class Interval:
    """Where the middle 95% of a tally's F1 lie when the articles are drawn anew."""

    name: str
    low: float
    high: float


def resample(articles: Sequence[tuple[Tally, ...]], times: int) -> tuple[Interval, ...]:
    """Return the interval of every F1 over as many articles drawn with replacement, `times` over.

    The draws are the same every time. Nothing comes back for no articles.
    """
    rng = random.Random(_SEED)
    drawn: dict[str, list[float]] = {}
    for _ in range(times if articles else 0):
        for one in add_tallies(articles[rng.randrange(len(articles))] for _ in articles):
            if one.predicted is not None:
                drawn.setdefault(one.name, []).append(one.f1)
    low, high = int(0.025 * times), min(times - 1, int(0.975 * times))
    return tuple(
        Interval(name, sorted(found)[low], sorted(found)[high]) for name, found in drawn.items()
    )


def add_tallies(articles: Iterable[Iterable[Tally]]) -> tuple[Tally, ...]:
    """Return the sums of equally named tallies over several articles, in order of appearance."""
    sums: dict[str, Tally] = {}
    for tallies in articles:
        for one in tallies:
            sums[one.name] = _sum(sums[one.name], one) if one.name in sums else one
    return tuple(sums.values())


def _sum(one: Tally, other: Tally) -> Tally:
    predicted = None
    if one.predicted is not None and other.predicted is not None:
        predicted = one.predicted + other.predicted
    return Tally(one.name, one.right + other.right, predicted, one.gold + other.gold)


def tally_lines(tallies: Iterable[Tally], intervals: Iterable[Interval] = ()) -> list[str]:
    """Return the tallies as lines of a plain text table, shares in percent."""
    rows = list(tallies)
    spread = {
        one.name: f"  F1 95% [{100 * one.low:.1f}, {100 * one.high:.1f}]" for one in intervals
    }
    width = max([len(one.name) for one in rows], default=0) + 2
    lines = [f"{'':<{width}}{'gold':>7}{'rows':>7}{'right':>7}{'P':>8}{'R':>8}{'F1':>8}"]
    for one in rows:
        recall = f"{100 * one.recall:>8.2f}"
        if one.predicted is None:
            lines.append(f"{one.name:<{width}}{one.gold:>7}{'':>7}{one.right:>7}{'':>8}{recall}")
            continue
        lines.append(
            f"{one.name:<{width}}{one.gold:>7}{one.predicted:>7}{one.right:>7}"
            f"{100 * one.precision:>8.2f}{recall}{100 * one.f1:>8.2f}{spread.get(one.name, '')}"
        )
    return lines
