"""The extractors that made rows, by number."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Connection, insert, select

from onrecord.store.schema import maker


def names_of_makers(connection: Connection) -> dict[int, str]:
    """Return the name of each extractor that a store has rows of."""
    return {line.number: line.name for line in connection.execute(select(maker))}


def numbers_of_makers(connection: Connection, names: Iterable[str]) -> dict[str, int]:
    """Return the numbers of extractors; new ones get one."""
    known = {name: number for number, name in names_of_makers(connection).items()}
    if new := sorted(set(names) - known.keys()):
        connection.execute(insert(maker), [{"name": name} for name in new])
        known = {name: number for number, name in names_of_makers(connection).items()}
    return known
