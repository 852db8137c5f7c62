"""Finding what shares keys with something new, in a store of any size.

A table of keys has a line for each key of each holder, with a weight. A key that very many hold
finds no more of them: it tells nothing apart.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Connection, Table, delete

from onrecord.store.bulk import insert_lines
from onrecord.store.catalogue import numbers_among


@dataclass(frozen=True, slots=True, kw_only=True)
class Nearest:
    """What shares keys with something new."""

    holders: Mapping[int, list[int]]  # by who asks, those first that share most
    full: Set[int]  # of the keys asked for, those that as many hold as may be entered


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyedIndex:
    """A table of keys, and how it is asked."""

    table: Table  # with the columns `key`, `weight` and that of the holder
    holder: str
    most_holders: int  # of one key; further ones are not entered
    enough: int  # of weight in common, from which a holder is found
    most_found: int  # holders, those first that share most

    def nearest(self, connection: Connection, asked: Mapping[int, Iterable[int]]) -> Nearest:
        """Return the holders that share enough of the keys that each of some numbers asks for."""
        askers: dict[int, list[int]] = defaultdict(list)
        for asker, keys in asked.items():
            for key in set(keys):
                askers[key].append(asker)
        shared: dict[int, list[str]] = {asker: [] for asker in asked}
        held: Counter[int] = Counter()
        for key, weight, holders in self._holders(connection, askers):
            held[key] += len(holders)
            for asker in askers[key]:
                shared[asker] += holders * weight
        return Nearest(
            holders={asker: self._most_alike(holders) for asker, holders in shared.items()},
            full=frozenset(key for key, holders in held.items() if holders >= self.most_holders),
        )

    def enter(
        self,
        connection: Connection,
        kept: Mapping[int, Mapping[int, int]],
        full: Set[int] | None = None,
    ) -> None:
        """Enter the keys of holders, with the weight of each.

        Args:
            connection: To the store.
            kept: The keys by holder.
            full: Those that as many hold as may be entered, as `nearest` found them since the last
                keys were entered; None: that is still to be looked up.
        """
        if full is None:
            full = self._full(connection, {one for weights in kept.values() for one in weights})
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
        query = f"SELECT key, min(weight), max(weight), {joined} FROM {self.table.name}"
        several = []  # of a key that stands for two things by chance
        for key, least, most, holders in connection.exec_driver_sql(
            f"{query} WHERE key IN ({listed}) GROUP BY key"
        ).all():
            if least == most:
                yield key, least, holders.split(",")
            else:
                several.append(key)
        if several:
            apart = f"{query} WHERE key IN ({_listed(several)}) GROUP BY key, weight"
            for key, weight, _, holders in connection.exec_driver_sql(apart).all():
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
