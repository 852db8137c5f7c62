"""Where two texts differ, word by word."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from onrecord.copies import differences

LONGEST_SAME = 900  # characters of what both have that are shown whole
KEPT = 300  # at each end of what is longer


@dataclass(frozen=True, slots=True)
class Change:
    """A run of words that both texts have, or one of them."""

    how: Literal["same", "gone", "new"]
    text: str


def word_diff(one: str, other: str) -> list[Change]:
    """Return the first text turned into the second; long runs that both have lose their middle."""
    return list(_changes(one, other))


def _changes(one: str, other: str) -> Iterator[Change]:
    at = 0
    for each in differences(one, other):
        if each.one is not None:
            yield from _same(one[at : each.one.start])
            yield Change("gone", one[each.one.start : each.one.end])
            at = each.one.end
        if each.other is not None:
            yield Change("new", f" {other[each.other.start : each.other.end]} ")
    yield from _same(one[at:])


def _same(words: str) -> Iterator[Change]:
    if len(words) > LONGEST_SAME:
        words = f"{words[:KEPT]} … {words[-KEPT:]}"
    if words:
        yield Change("same", words)
