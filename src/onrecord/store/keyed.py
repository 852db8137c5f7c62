"""Finding what shares keys with something new, in a store of any size.

A table of keys has a line for each key of each holder, with a weight. A key that very many hold
finds no more of them: it tells nothing apart.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Connection, Table, delete

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
        shared: dict[int, list[str]] = {asker: [] for asker in asked}
        for key, weight, holders in self._holders(connection, askers):
            for asker in askers[key]:
                shared[asker] += holders * weight
        return {asker: self._most_alike(holders) for asker, holders in shared.items()}

    def enter(self, connection: Connection, kept: Mapping[int, Mapping[int, int]]) -> None:
        """Enter the keys of holders, with the weight of each."""
        keys = {one for weights in kept.values() for one in weights}
        full = self._full(connection, keys)
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

    def _holders(
        self, connection: Connection, keys: Iterable[int]
    ) -> Iterator[tuple[int, int, list[str]]]:
        """Yield keys with their weight and who holds them; in one line each, as many are asked."""
        if not (listed := _listed(keys)):
            return
        on_server = connection.dialect.name == "postgresql"
        joined = (
            f"string_agg({self.holder}::text, ',')" if on_server else f"group_concat({self.holder})"
        )
        query = (
            f"SELECT key, weight, {joined} FROM {self.table.name} "
            f"WHERE key IN ({listed}) GROUP BY key, weight"
        )
        for key, weight, holders in connection.exec_driver_sql(query).all():
            yield key, weight, holders.split(",")

    def _most_alike(self, holders: Iterable[str]) -> list[int]:
        """Return the holders that are there often enough, those first that are most often."""
        often = [(-n, int(one)) for one, n in Counter(holders).items() if n >= self.enough]
        return [other for _, other in sorted(often)[: self.most_found]]

    def _full(self, connection: Connection, keys: Iterable[int]) -> set[int]:
        """Return the keys that as many hold as may be entered."""
        if not (listed := _listed(keys)):
            return set()
        query = (
            f"SELECT key FROM {self.table.name} WHERE key IN ({listed}) "
            f"GROUP BY key HAVING count(*) >= {self.most_holders}"
        )
        return {key for (key,) in connection.exec_driver_sql(query)}


def _listed(keys: Iterable[int]) -> str:
    """Return numbers as a query has them, in which they need no quoting."""
    return ", ".join(map(str, sorted(keys)))
