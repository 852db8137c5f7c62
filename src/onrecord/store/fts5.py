"""Full-text search in a file: two virtual tables of SQLite's FTS5, made by the migrations.

They are `article_words` and `row_words`, and keep no words of their own, only where each word is:
what is taken out has to be given again. An entry's place tells what it is of: the number of the
article and, for a row, its kind and position.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Integer,
    TableClause,
    Text,
    column,
    insert,
    literal_column,
    select,
    table,
    text,
)

from onrecord.store.entries import MOST_ROWS, Entry

_ARTICLE_WORDS = table(
    "article_words", column("rowid", Integer), column("title", Text), column("text", Text)
)
_ROW_WORDS = table(
    "row_words", column("rowid", Integer), column("content", Text), column("source", Text)
)
_KINDS = 16  # at most
_PLACES = MOST_ROWS * _KINDS  # of an article

_AT_ONCE = 10_000  # words compared at once

_FIELDS = {"article_words": ("title", "text"), "row_words": ("content", "source")}
_OPTIONS = "tokenize = 'unicode61 remove_diacritics 2', content = ''"


def make(connection: Connection) -> None:
    """Do nothing, since the migrations have made the tables."""


def clear(connection: Connection) -> None:
    """Take everything out."""
    for words in _FIELDS:
        connection.execute(text(f"INSERT INTO {words} ({words}) VALUES ('delete-all')"))


def add(connection: Connection, entry: Entry) -> None:
    """Enter an article and its rows."""
    for words, lines in _lines(entry):
        if lines:
            connection.execute(insert(words), lines)


def remove(connection: Connection, entry: Entry) -> None:
    """Take an article and its rows out."""
    for words, lines in _lines(entry):
        first, second = _FIELDS[words.name]
        query = (
            f"INSERT INTO {words.name} ({words.name}, rowid, {first}, {second}) "
            f"VALUES ('delete', :rowid, :{first}, :{second})"
        )
        if lines:
            connection.execute(text(query), lines)


def _lines(entry: Entry) -> tuple[tuple[TableClause, list[dict[str, Any]]], ...]:
    """Return what of an entry goes into which table."""
    own = {"rowid": entry.number, "title": entry.title, "text": entry.text}
    rows = [
        {
            "rowid": entry.number * _PLACES + row.position * _KINDS + row.kind,
            "content": row.content,
            "source": row.source,
        }
        for row in entry.rows
    ]
    return (_ARTICLE_WORDS, [own]), (_ROW_WORDS, rows)


def row_has(
    number: ColumnElement[int], kind: int, position: ColumnElement[int], phrases: Sequence[str]
) -> ColumnElement[bool]:
    """Return the condition that a row of an article has those phrases."""
    return _has(number * _PLACES + position * _KINDS + kind, _ROW_WORDS, phrases)


def any_row_has(
    number: ColumnElement[int], kind: int, phrases: Sequence[str]
) -> ColumnElement[bool]:
    """Return the condition that an article has a row of a kind with the phrases."""
    place = _ROW_WORDS.c.rowid
    numbers = select(place // _PLACES).where(_matches(_ROW_WORDS, phrases), place % _KINDS == kind)
    return number.in_(numbers)


def article_has(number: ColumnElement[int], phrases: Sequence[str]) -> ColumnElement[bool]:
    """Return the condition that an article has those phrases."""
    return _has(number + 0, _ARTICLE_WORDS, phrases)


def _has(
    place: ColumnElement[int], words: TableClause, phrases: Sequence[str]
) -> ColumnElement[bool]:
    return place.in_(select(words.c.rowid).where(_matches(words, phrases)))


def _matches(words: TableClause, phrases: Sequence[str]) -> ColumnElement[bool]:
    quoted = " ".join(f'"{phrase}"' for phrase in phrases)  # so that nothing is an operator
    return literal_column(words.name).bool_op("MATCH")(quoted)


class Lookthrough:
    """Compares the index with what it should have, by means of another one beside it."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._are_alike = cache(self._compared)  # asked for what is missing, and for what is not

    def enter(self, entry: Entry) -> None:
        """Say that an article and its rows should be there."""
        for words, lines in _lines(entry):
            first, second = _FIELDS[words.name]
            into = f"INSERT INTO temp.due_{words.name} (rowid, {first}, {second})"
            if lines:
                query = f"{into} VALUES (:rowid, :{first}, :{second})"
                self._connection.execute(text(query), lines)

    def missing(self) -> Iterator[tuple[int, str]]:
        """Yield the words that the index lacks, each with the number of its article."""
        yield from self._in_one_only("all_due_{}", "all_{}")

    def surplus(self) -> Iterator[tuple[int, str]]:
        """Yield the words that it has and should not, each with the number of its article."""
        yield from self._in_one_only("all_{}", "all_due_{}")

    def _in_one_only(self, one: str, other: str) -> Iterator[tuple[int, str]]:
        for words in _FIELDS:
            if self._are_alike(words):
                continue
            query = " EXCEPT ".join(
                f"SELECT term, doc, col, offset FROM temp.{name.format(words)}"
                for name in (one, other)
            )
            for line in self._connection.execute(text(query)):
                number = line.doc if words == "article_words" else line.doc // _PLACES
                yield number, line.term

    def _compared(self, words: str) -> bool:
        """Whether both indexes give the same words; they do so in the same order.

        As good as always they do, and comparing what comes takes no room.
        """
        driver: Any = self._connection.connection.driver_connection
        both = [
            driver.execute(f"SELECT term, doc, col, offset FROM temp.{name}{words}")
            for name in ("all_", "all_due_")
        ]
        while True:
            mine, due = (found.fetchmany(_AT_ONCE) for found in both)
            if mine != due:
                return False
            if not mine:
                return True


@contextmanager
def looked_through(connection: Connection) -> Iterator[Lookthrough]:
    """Make an index beside this one for a moment; what it should have is to be entered."""
    for words, fields in _FIELDS.items():
        listed = ", ".join(fields)
        connection.execute(
            text(f"CREATE VIRTUAL TABLE temp.due_{words} USING fts5({listed}, {_OPTIONS})")
        )
        for base, name in (("main", words), ("temp", f"due_{words}")):
            listing = f"fts5vocab('{base}', '{name}', 'instance')"
            connection.execute(text(f"CREATE VIRTUAL TABLE temp.all_{name} USING {listing}"))
    try:
        yield Lookthrough(connection)
    finally:
        for words in _FIELDS:
            for name in (f"all_{words}", f"all_due_{words}", f"due_{words}"):
                connection.execute(text(f"DROP TABLE temp.{name}"))
