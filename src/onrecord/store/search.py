"""Full-text search, by whichever index the store's database has.

The index has the latest version of each article, and is kept in step in the transaction that saves
a record. A word is found in any case, with or without accents, and only as a whole.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import AbstractContextManager, nullcontext
from typing import Protocol

from sqlalchemy import ColumnElement, Connection, Table, and_, select

from onrecord.records import KINDS, Article, Record
from onrecord.store import folding, fts5, tsvector
from onrecord.store.entries import Entry, entry_of, phrases_of
from onrecord.store.ids import DUCKDB
from onrecord.store.schema import TABLES, article, printing


class Lookthrough(Protocol):
    """Compares an index with what it should have."""

    def enter(self, entry: Entry) -> None:
        """Say that an article and its rows should be there."""

    def missing(self) -> Iterable[tuple[int, str]]:
        """Return the words that the index lacks, each with the number of its article."""

    def surplus(self) -> Iterable[tuple[int, str]]:
        """Return the words that it has and should not, each with the number of its article."""


class _Index(Protocol):
    """What the modules of the two indexes have."""

    def make(self, connection: Connection) -> None: ...
    def clear(self, connection: Connection) -> None: ...
    def add(self, connection: Connection, entry: Entry) -> None: ...
    def remove(self, connection: Connection, entry: Entry) -> None: ...
    def article_has(
        self, number: ColumnElement[int], phrases: Sequence[str]
    ) -> ColumnElement[bool]: ...
    def row_has(
        self,
        number: ColumnElement[int],
        kind: int,
        position: ColumnElement[int],
        phrases: Sequence[str],
    ) -> ColumnElement[bool]: ...
    def any_row_has(
        self, number: ColumnElement[int], kind: int, phrases: Sequence[str]
    ) -> ColumnElement[bool]: ...
    def looked_through(self, connection: Connection) -> AbstractContextManager[Lookthrough]: ...


_INDEXES: dict[str, _Index] = {"sqlite": fts5, "postgresql": tsvector}


def make(connection: Connection) -> None:
    """Make the index, where the migrations have not."""
    _index(connection).make(connection)


def clear(connection: Connection) -> None:
    """Take everything out."""
    _index(connection).clear(connection)


def add(connection: Connection, record: Record) -> None:
    """Enter an article version and its rows, unless a later version is entered."""
    number = _number(connection, record.article)
    if number is not None:
        _index(connection).add(connection, entry_of(record, number))


def remove(connection: Connection, record: Record) -> None:
    """Take a stored article version and its rows out, where they are entered."""
    number = _number(connection, record.article)
    if number is not None:
        _index(connection).remove(connection, entry_of(record, number))


def row_has(connection: Connection, rows: Table, wanted: str) -> ColumnElement[bool]:
    """Return the condition that a row of that table has those words.

    Raises:
        ValueError: `wanted` has no words.
    """
    if connection.dialect.name == DUCKDB:
        return folding.row_has(rows, phrases_of(wanted))
    kind = next(at for at, name in enumerate(KINDS) if TABLES[name] is rows)
    index, phrases = _index(connection), phrases_of(wanted)
    number = rows.c.number
    found = index.row_has(number, kind, rows.c.position, phrases)
    return and_(index.any_row_has(number, kind, phrases), found)


def article_has(connection: Connection, wanted: str) -> ColumnElement[bool]:
    """Return the condition that an article has those words.

    Raises:
        ValueError: `wanted` has no words.
    """
    if connection.dialect.name == DUCKDB:
        return folding.text_has((article.c.title, article.c.text), phrases_of(wanted))
    return _index(connection).article_has(article.c.number, phrases_of(wanted))


def looked_through(connection: Connection) -> AbstractContextManager[Lookthrough]:
    """Return what compares the index with the entries that are entered in the block."""
    if connection.dialect.name == DUCKDB:
        return nullcontext(folding.NoIndex())
    return _index(connection).looked_through(connection)


def _index(connection: Connection) -> _Index:
    return _INDEXES[connection.dialect.name]


def _number(connection: Connection, version: Article) -> int | None:
    """Return the number of an article version, None when it is not the latest."""
    query = select(printing.c.number).join(article, article.c.number == printing.c.number)
    mine = article.c.article_id == version.article_id, article.c.version == version.version
    return connection.scalar(query.where(*mine))
