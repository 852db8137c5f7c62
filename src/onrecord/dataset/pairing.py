"""Which units of different parts may be one, by the keys they share: pure functions on rows.

A unit is an article, looked at as a text, or what an article tells of a happening. As in a store,
a key that very many have finds only the first of them, and a unit is compared with the few that it
shares most with.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Any, NamedTuple

from onrecord.store import copying, retelling
from onrecord.store.keyed import KeyedIndex


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How many units are looked at for one."""

    enough: int  # of weight in common, from which two are compared
    most_holders: int  # units found by one key
    most_tried: int  # units that one is compared with
    in_order: bool  # whether a unit is compared only with those before it


def _limits(index: KeyedIndex, *, in_order: bool) -> Limits:
    return Limits(
        enough=index.enough,
        most_holders=index.most_holders,
        most_tried=index.most_found,
        in_order=in_order,
    )


OF_COPIES = _limits(copying.FOUND, in_order=True)
OF_TELLINGS = _limits(retelling.FOUND, in_order=False)


class Place(NamedTuple):
    """A unit and the part it is in."""

    unit: str
    part: str


def sharing(rows: Iterable[Mapping[str, Any]], limits: Limits) -> Iterator[dict[str, Any]]:
    """Yield the pairs of units that share keys, with the weight of those among some keys.

    `rows` are those of all units with these keys: `key`, `unit`, `part`, `weight`, `asks`.
    """
    weights: Counter[tuple[Place, Place]] = Counter()
    by_key: dict[int, list[Mapping[str, Any]]] = defaultdict(list)
    for row in rows:
        by_key[row["key"]].append(row)
    for some in by_key.values():
        if len(some) > 1:
            _count(some, limits, weights)
    for (one, other), weight in weights.items():
        yield {
            "asker": one.unit,
            "asker_part": one.part,
            "holder": other.unit,
            "holder_part": other.part,
            "weight": weight,
        }


def _count(
    rows: list[Mapping[str, Any]], limits: Limits, weights: Counter[tuple[Place, Place]]
) -> None:
    ordered = sorted(rows, key=lambda row: row["unit"])
    holders = [row for row in ordered if row["weight"]][: limits.most_holders]
    for row in ordered:
        if not row["asks"]:
            continue
        asker = Place(row["unit"], row["part"])
        for held in holders:
            if held["unit"] == asker.unit or (limits.in_order and held["unit"] > asker.unit):
                continue
            weights[asker, Place(held["unit"], held["part"])] += held["weight"]


def candidates(rows: Iterable[Mapping[str, Any]], limits: Limits) -> Iterator[tuple[Place, Place]]:
    """Yield the pairs of units that share enough to be compared, the smaller id first.

    `rows` are all that `sharing` gave for some askers.
    """
    shared: dict[Place, Counter[Place]] = defaultdict(Counter)
    for row in rows:
        asker = Place(row["asker"], row["asker_part"])
        shared[asker][Place(row["holder"], row["holder_part"])] += row["weight"]
    pairs: set[tuple[Place, Place]] = set()
    for asker, held in shared.items():
        ranked = sorted(held, key=lambda other: (-held[other], other))
        for other in ranked[: limits.most_tried]:
            if held[other] >= limits.enough:
                one, two = sorted((asker, other))
                pairs.add((one, two))
    yield from sorted(pairs)


def sides(rows: Iterable[Mapping[str, Any]]) -> Iterator[dict[str, Mapping[str, Any]]]:
    """Yield the two sides of each pair, by unit, of rows that have `one`, `other` and `unit`."""
    ordered = sorted(rows, key=lambda row: (row["one"], row["other"]))
    for _, some in groupby(ordered, key=lambda row: (row["one"], row["other"])):
        found = {row["unit"]: row for row in some}
        if len(found) == 2:
            yield found
