"""Finding what shares keys with something new, in a store of any size.

A table of keys has a line for each key of each holder, with a weight. A key that very many hold
finds no more of them: it tells nothing apart.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import islice

from sqlalchemy import ColumnElement, Connection, Table, delete, func, select

from onrecord.store.bulk import insert_lines
from onrecord.store.catalogue import numbers_among


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyedIndex:
    """A table of keys, and how it is asked."""

    table: Table  # with the columns `key`, `weight` and that of the holder
    holder: str
    most_holders: int  # of one key; further ones are not entered
    enough: int  # of weight in common, from which a holder is found
    most_found: int  # holders, those first that share most

    def nearest(
        self, connection: Connection, asked: Mapping[int, Iterable[int]]
    ) -> dict[int, list[int]]:
        """Return the holders that share enough of the keys that each of some numbers asks for."""
        askers: dict[int, list[int]] = defaultdict(list)
        for asker, keys in asked.items():
            for key in set(keys):
                askers[key].append(asker)
        shared: dict[int, Counter[int]] = {asker: Counter() for asker in asked}
        query = select(self.table.c.key, self._holder, self.table.c.weight)
        found = connection.execute(query.where(numbers_among(self.table.c.key, askers)))
        for key, other, weight in found:
            for asker in askers[key]:
                shared[asker][other] += weight
        return {asker: self._most_alike(weights) for asker, weights in shared.items()}

    def enter(self, connection: Connection, kept: Mapping[int, Mapping[int, int]]) -> None:
        """Enter the keys of holders, with the weight of each."""
        key = self.table.c.key
        keys = {one for weights in kept.values() for one in weights}
        query = select(key, func.count().label("times")).where(numbers_among(key, keys))
        counted = connection.execute(query.group_by(key))
        full = {line.key for line in counted if line.times >= self.most_holders}
        lines = [
            {"key": one, self.holder: number, "weight": weight}
            for number, weights in kept.items()
            for one, weight in weights.items()
            if one not in full
        ]
        insert_lines(connection, self.table, lines)

    def leave(self, connection: Connection, number: int, keys: Iterable[int]) -> None:
        """Take out the keys of a holder."""
        theirs = numbers_among(self.table.c.key, keys)
        connection.execute(delete(self.table).where(theirs, self._holder == number))

    @property
    def _holder(self) -> ColumnElement[int]:
        return self.table.c[self.holder]

    def _most_alike(self, weights: Mapping[int, int]) -> list[int]:
        enough = (other for other, weight in weights.items() if weight >= self.enough)
        ranked = sorted(enough, key=lambda other: (-weights[other], other))
        return list(islice(ranked, self.most_found))
