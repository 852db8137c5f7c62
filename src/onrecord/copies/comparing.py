"""Comparing two texts: how much of each is in the other, and what that makes of them."""

from __future__ import annotations

from collections.abc import Hashable, Sequence, Set
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal, TypeAlias

from onrecord.copies.shingles import LENGTH, Word, words_of
from onrecord.records import Span

CopyKind: TypeAlias = Literal["exact", "near", "excerpt", "part"]
"""exact: word for word; near: most of both; excerpt: the shorter one is in the longer one nearly
whole; part: a good part of the shorter one is."""

JOINING: frozenset[CopyKind] = frozenset({"exact", "near", "excerpt"})
"""What makes two articles one story. Two that share a part may tell different things."""

# Chosen on the pairs of tests/gold/copies.json: between texts that are copies and texts by one hand
# or on one occasion that are not, nothing lies near these.
LEAST_ALIKE = 0.45  # of the shingles of both, for near copies
LEAST_HELD = 0.8  # of the shingles of the shorter one, for an excerpt
LEAST_OF_LONGER = 0.2  # a short item in a long round-up is part of it, and not its story
LEAST_PART = 0.35
FEWEST_SHARED = 25  # shingles; less are a set phrase, or an agency's line about its rights
FEWEST_IN_PART = 90  # less are often words that both texts quote


@dataclass(frozen=True, slots=True, kw_only=True)
class Overlap:
    """What two texts have in common."""

    kind: CopyKind
    alike: float  # shingles in both, of those in either (Jaccard)
    of_one: float  # share of the first text's shingles that the other has
    of_other: float


def overlap(one: Set[Hashable], other: Set[Hashable]) -> Overlap | None:
    """Return what two texts have in common, by their shingles; None when they are no copies.

    The shingles of both may be in either form: strings, or the words.
    """
    both = len(one & other)
    if both < FEWEST_SHARED:
        return None
    alike = both / (len(one) + len(other) - both)
    of_one, of_other = both / len(one), both / len(other)
    kind = _kind(both, alike, max(of_one, of_other), min(of_one, of_other))
    if kind is None:
        return None
    return Overlap(kind=kind, alike=alike, of_one=of_one, of_other=of_other)


def _kind(both: int, alike: float, of_shorter: float, of_longer: float) -> CopyKind | None:
    if alike == 1:
        return "exact"
    if alike >= LEAST_ALIKE:
        return "near"
    if of_shorter >= LEAST_HELD and of_longer >= LEAST_OF_LONGER:
        return "excerpt"
    return "part" if both >= FEWEST_IN_PART and of_shorter >= LEAST_PART else None


@dataclass(frozen=True, slots=True)
class Shared:
    """A run of words that stands in both texts."""

    one: Span
    other: Span
    words: int


def shared_runs(one: str, other: str) -> tuple[Shared, ...]:
    """Return the runs of five words or more that two texts share, in the order of both.

    What one of them has at another place counts as different.
    """
    mine, theirs = words_of(one), words_of(other)
    matcher = SequenceMatcher(
        None, [word.plain for word in mine], [word.plain for word in theirs], autojunk=False
    )
    return tuple(
        Shared(_span(mine, run.a, run.size), _span(theirs, run.b, run.size), run.size)
        for run in matcher.get_matching_blocks()
        if run.size >= LENGTH
    )


def _span(words: Sequence[Word], start: int, count: int) -> Span:
    return Span(words[start].span.start, words[start + count - 1].span.end)


@dataclass(frozen=True, slots=True)
class Difference:
    """What stands in one text at a place and something else, or nothing, in the other."""

    one: Span | None
    other: Span | None


def differences(one: str, other: str) -> tuple[Difference, ...]:
    """Return where two texts have different words, in the order of both.

    What both have at different places counts as different. Marks and letter case do not count.
    """
    mine, theirs = words_of(one), words_of(other)
    matcher = SequenceMatcher(
        None, [word.plain for word in mine], [word.plain for word in theirs], autojunk=False
    )
    return tuple(
        Difference(
            _span(mine, first, last - first) if last > first else None,
            _span(theirs, begin, end - begin) if end > begin else None,
        )
        for same, first, last, begin, end in matcher.get_opcodes()
        if same != "equal"
    )
