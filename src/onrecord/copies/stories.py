"""Stories: articles joined by being copies of each other, directly or through others."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from typing import TypeVar

Item = TypeVar("Item", bound=Hashable)


def stories_of(items: Iterable[Item], pairs: Iterable[tuple[Item, Item]]) -> list[set[Item]]:
    """Return the sets of items that pairs join, each item in one; the order of pairs is nothing."""
    home: dict[Item, set[Item]] = {item: {item} for item in items}
    for one, other in pairs:
        mine, theirs = home[one], home[other]
        if mine is theirs:
            continue
        if len(mine) < len(theirs):
            mine, theirs = theirs, mine
        mine |= theirs
        for item in theirs:
            home[item] = mine
    return list({id(story): story for story in home.values()}.values())
