"""Copying a store, whatever its kind and that of the copy, line by line and without loss.

Each table is copied in the order of its keys, some articles in a transaction, so that a copy that
was interrupted goes on where it stopped. Until all of it is there the copy is marked, and nobody
can open it. At the end both are compared; where the store has changed since a copy was begun, it
is made anew.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from itertools import groupby, islice
from operator import itemgetter
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Table, delete, func, select

from onrecord.errors import StoreError
from onrecord.store import search
from onrecord.store.bulk import insert_lines, settle
from onrecord.store.catalogue import numbers_among
from onrecord.store.connecting import Opened, explained
from onrecord.store.migrating import mark_finished, mark_unfinished, migrate, revision_of
from onrecord.store.opening import open_place
from onrecord.store.reading import load_records
from onrecord.store.schema import UNFINISHED, article, metadata, printing, relinking

_AT_ONCE = 5_000  # lines written in one transaction, or those of one article if they are more
_FETCHED = 1_000  # lines read at once
_DIGEST = 16  # bytes
_ALONE = "once"  # of a telling: true only where it was never told with another

Line = dict[str, Any]


def copy_store(
    source: str | Path, target: str | Path, *, advance: Callable[[], None] = lambda: None
) -> None:
    """Copy all that a store holds into a place that holds nothing yet, or a part of that copy.

    Args:
        source: The store; one of an older version is brought up to date first.
        target: The place: a file, or the URL of a database.
        advance: Called after each line.

    Raises:
        StoreError: There is no store to copy, or the target cannot be written to or holds another.
    """
    with _reached(source, create=False) as store, _reached(target, create=True) as copy:
        migrate(store, lambda: None)
        _copy(store, copy, advance)


@contextmanager
def _reached(place: str | Path, *, create: bool) -> Iterator[Opened]:
    opened = open_place(place, create=create)
    try:
        yield opened
    finally:
        opened.engine.dispose()


def _copy(source: Opened, target: Opened, advance: Callable[[], None]) -> None:
    _begin(target)
    with explained(source), source.reading() as reading:
        if not _copy_tables(reading, target, advance):
            _empty(target)
            _copy_tables(reading, target, advance)
        differing = _differing(reading, target)
    if differing:
        raise StoreError(
            f"{target.place} is not the same as {source.place} in {', '.join(differing)}; "
            f"remove it, and copy into a new one"
        )
    with explained(target), target.writing() as writing:
        settle(writing, _tables())
        mark_finished(writing)


def digest_of(connection: Connection) -> str:
    """Return what is the same for stores that hold the same, and for no others."""
    told = [table for table in _tables() if table is not relinking]
    total = sum(_digest(table, _lines(connection, table)) for table in told)
    return f"{total % (1 << 8 * _DIGEST):0{2 * _DIGEST}x}"


def _digest(table: Table, lines: Iterable[Line]) -> int:
    """Return a sum over lines, in whichever order they come."""
    return sum(
        int.from_bytes(
            hashlib.blake2b(f"{table.name}{_said(line)!r}".encode(), digest_size=_DIGEST).digest()
        )
        for line in lines
    )


def _said(line: Line) -> tuple[Any, ...]:
    """Return what a line holds but for what depends on how the store came to hold it."""
    return tuple(value for name, value in line.items() if name != _ALONE)


def count_lines(connection: Connection) -> int:
    """Return how many lines a store has in all its tables."""
    return sum(_count(connection, table) for table in _tables())


def _tables() -> list[Table]:
    """Return the tables, those that others lead to first, and last the one for search."""
    return [table for table in metadata.sorted_tables if table is not printing] + [printing]


def _begin(target: Opened) -> None:
    """Mark a place as a copy that is not finished, unless it is one.

    Raises:
        StoreError: It cannot be written to, or holds articles.
    """
    if target.refusal is not None:
        raise StoreError(f"{target.place} {target.refusal}")
    with explained(target), target.reading() as connection:
        begun = revision_of(connection, target.place, also=(UNFINISHED,)) == UNFINISHED
    if begun:
        return
    migrate(target, lambda: None)
    with explained(target), target.writing() as writing:
        if count_lines(writing):
            raise StoreError(f"{target.place} holds a store already; copy into a new one")
        mark_unfinished(writing)


def _copy_tables(reading: Connection, target: Opened, advance: Callable[[], None]) -> bool:
    """Copy what is not there; return whether what was there is what would have been copied."""
    for table in _tables():
        with explained(target), target.reading() as copied:
            there = _count(copied, table)
            digest = _digest(table, _lines(copied, table))
        lines = _lines(reading, table)
        if digest != _digest(table, _advancing(islice(lines, there), advance)):
            return False
        for some in _steps(table, lines):
            with explained(target), target.writing() as writing:
                insert_lines(writing, table, some)
                if table is printing:
                    _enter(writing, some)
            for _ in some:
                advance()
    return True


def _advancing(lines: Iterable[Line], advance: Callable[[], None]) -> Iterator[Line]:
    for line in lines:
        yield line
        advance()


def _count(connection: Connection, table: Table) -> int:
    return connection.scalar(select(func.count()).select_from(table)) or 0


def _lines(connection: Connection, table: Table) -> Iterator[Line]:
    """Yield the lines of a table in the order of its key."""
    query = select(table).order_by(*table.primary_key.columns)
    found = connection.execute(query, execution_options={"yield_per": _FETCHED})
    yield from (dict(line) for line in found.mappings())


def _steps(table: Table, lines: Iterable[Line]) -> Iterator[list[Line]]:
    """Yield the lines to write in one transaction each; links within an article need it whole."""
    step: list[Line] = []
    for _, some in groupby(lines, key=itemgetter(next(iter(table.primary_key.columns)).name)):
        step += some
        if len(step) >= _AT_ONCE or (table is printing and len(step) >= _AT_ONCE // 50):
            yield step
            step = []
    if step:
        yield step


def _enter(writing: Connection, printed: Iterable[Line]) -> None:
    """Enter articles where they are searched for."""
    numbers = [line["number"] for line in printed]
    query = select(article.c.article_id, article.c.version)
    query = query.where(numbers_among(article.c.number, numbers))
    keys = [(line.article_id, line.version) for line in writing.execute(query)]
    for record in load_records(writing, keys):
        search.add(writing, record)


def _differing(reading: Connection, target: Opened) -> list[str]:
    """Return the tables that are not the same in both."""
    with explained(target), target.reading() as copied:
        return [
            table.name
            for table in _tables()
            if _digest(table, _lines(reading, table)) != _digest(table, _lines(copied, table))
        ]


def _empty(target: Opened) -> None:
    with explained(target), target.writing() as writing:
        search.clear(writing)
        for table in reversed(_tables()):
            writing.execute(delete(table))
