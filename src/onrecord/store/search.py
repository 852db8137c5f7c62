"""Full-text search: the one part of the store that is written for SQLite's FTS5.

Two virtual tables, kept in step in the transaction that saves a record, of the latest version of
each article: `article_words` (title and text) and `row_words` (a statement's content and source, or
the words of any other row). They keep no words of their own, only where each word is: what is taken
out has to be given again. An entry's place tells what it is of: the number of the article in
`printing` and, for a row, its kind and position.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from sqlalchemy import (
    ColumnElement,
    Connection,
    Integer,
    Table,
    TableClause,
    Text,
    TextClause,
    column,
    exists,
    insert,
    literal_column,
    select,
    table,
    text,
)

from onrecord.records import KINDS, Actor, Article, Place, Record, Row, Statement, spans_of
from onrecord.store.schema import TABLES, article, printing

_ARTICLE_WORDS = table(
    "article_words", column("rowid", Integer), column("title", Text), column("text", Text)
)
_ROW_WORDS = table(
    "row_words", column("rowid", Integer), column("content", Text), column("source", Text)
)
MOST_ROWS = 1 << 16  # of one kind in an article; further ones are not entered
PLACES = MOST_ROWS << 4  # of an article: for sixteen kinds

_FIELDS = {"article_words": ("title", "text"), "row_words": ("content", "source")}
_OPTIONS = "tokenize = 'unicode61 remove_diacritics 2', content = ''"

_GAP = " … "  # between the pieces of a row
_UNFIT = re.compile(r"[\x00-\x1f\ud800-\udfff]")  # what no query can hold
_PHRASE = re.compile(r"[\"“”]([^\"“”]*)[\"“”]|([^\s\"“”]+)")


def add(connection: Connection, record: Record) -> None:
    """Enter an article version and its rows, unless a later version is entered."""
    number = _number(connection, record.article)
    if number is None:
        return
    title, whole, lines = entries_of(record, number)
    connection.execute(insert(_ARTICLE_WORDS), {"rowid": number, "title": title, "text": whole})
    if lines:
        connection.execute(insert(_ROW_WORDS), lines)


def remove(connection: Connection, record: Record) -> None:
    """Take a stored article version and its rows out, where they are entered."""
    number = _number(connection, record.article)
    if number is None:
        return
    title, whole, lines = entries_of(record, number)
    gone = {"rowid": number, "title": title, "text": whole}
    connection.execute(_taking_out("article_words", "title", "text"), gone)
    if lines:
        connection.execute(_taking_out("row_words", "content", "source"), lines)


def entries_of(record: Record, number: int) -> tuple[str, str, list[dict[str, int | str]]]:
    """Return what a record is found by: its title, its text, and a line for each row."""
    lines: list[dict[str, int | str]] = []
    for at, kind in enumerate(KINDS):
        for position, row in enumerate(getattr(record, kind)[:MOST_ROWS]):
            content, source = words_of_row(record.article, row)
            place = number * PLACES + at * MOST_ROWS + position
            lines.append({"rowid": place, "content": content, "source": source})
    return record.article.title or "", record.article.text, lines


def _number(connection: Connection, version: Article) -> int | None:
    """Return the number of an article version, None when it is not the latest."""
    mine = (printing.c.article_id == version.article_id, printing.c.version == version.version)
    return connection.scalar(select(printing.c.number).where(*mine))


def _taking_out(words: str, first: str, second: str) -> TextClause:
    return text(
        f"INSERT INTO {words} ({words}, rowid, {first}, {second}) "
        f"VALUES ('delete', :rowid, :{first}, :{second})"
    )


def row_has(rows: Table, wanted: str) -> ColumnElement[bool]:
    """Return the condition that a row of that table has those words.

    Raises:
        ValueError: `wanted` has no words.
    """
    kind = next(at for at, name in enumerate(KINDS) if TABLES[name] is rows)
    place = printing.c.number * PLACES + kind * MOST_ROWS + rows.c.position
    return _has(rows, place, _ROW_WORDS, wanted)


def article_has(wanted: str) -> ColumnElement[bool]:
    """Return the condition that an article has those words.

    Raises:
        ValueError: `wanted` has no words.
    """
    return _has(article, printing.c.number + 0, _ARTICLE_WORDS, wanted)


def _has(
    rows: Table, place: ColumnElement[int], words: TableClause, wanted: str
) -> ColumnElement[bool]:
    matching = literal_column(words.name).bool_op("MATCH")(match_query(wanted))
    return exists().where(
        printing.c.article_id == rows.c.article_id,
        printing.c.version == rows.c.version,
        place.in_(select(words.c.rowid).where(matching)),
    )


def phrases_in(wanted: str) -> list[str]:
    """Return the words, and the phrases in quotation marks, that a user looks for.

    Raises:
        ValueError: `wanted` has no words.
    """
    phrases = (phrase or word for phrase, word in _PHRASE.findall(_UNFIT.sub(" ", wanted)))
    found = [phrase for phrase in phrases if any(map(str.isalnum, phrase))]
    if not found:
        raise ValueError(f"the text to look for has no words in it: {wanted!r}")
    return found


def match_query(wanted: str) -> str:
    """Return what FTS5 is asked so that each word, and each phrase in quotation marks, must occur.

    Nothing in `wanted` is read as an operator.

    Raises:
        ValueError: `wanted` has no words.
    """
    return " ".join(f'"{phrase}"' for phrase in phrases_in(wanted))


def words_of_row(version: Article, row: Row) -> tuple[str, str]:
    """Return what a row is found by: its own words and, for a statement, its source's."""
    if isinstance(row, Statement):
        content, source = (_GAP.join(map(version.cut, part)) for part in (row.content, row.source))
        return content, source
    return _GAP.join(_own_words(version, row)), ""


def _own_words(version: Article, row: Row) -> Iterator[str]:
    if isinstance(row, Actor):  # the words that its grounds rest on are those of others
        yield from filter(None, (row.name, row.known_as))
        return
    if isinstance(row, Place):
        yield row.name
    for span in dict.fromkeys(spans_of(row)):
        yield version.cut(span)


# Looking the index through


@contextmanager
def expected(connection: Connection) -> Iterator[Callable[[Record, int], None]]:
    """Make an index beside this one for a moment; yield what enters a record under its number.

    Meanwhile `missing` and `surplus` tell what the index of the store has less and more.
    """
    for words, fields in _FIELDS.items():
        listed = ", ".join(fields)
        connection.execute(
            text(f"CREATE VIRTUAL TABLE temp.due_{words} USING fts5({listed}, {_OPTIONS})")
        )
        for base, name in (("main", words), ("temp", f"due_{words}")):
            listing = f"fts5vocab('{base}', '{name}', 'instance')"
            connection.execute(text(f"CREATE VIRTUAL TABLE temp.all_{name} USING {listing}"))

    def enter(record: Record, number: int) -> None:
        title, whole, lines = entries_of(record, number)
        own = {"rowid": number, "title": title, "text": whole}
        for words, rows in (("article_words", [own]), ("row_words", lines)):
            first, second = _FIELDS[words]
            into = f"INSERT INTO temp.due_{words} (rowid, {first}, {second})"
            if rows:
                connection.execute(text(f"{into} VALUES (:rowid, :{first}, :{second})"), rows)

    try:
        yield enter
    finally:
        for words in _FIELDS:
            for name in (f"all_{words}", f"all_due_{words}", f"due_{words}"):
                connection.execute(text(f"DROP TABLE temp.{name}"))


def missing(connection: Connection) -> Iterator[tuple[int, str]]:
    """Yield the words that the index lacks, each with the number of its article."""
    yield from _in_one_only(connection, "all_due_{}", "all_{}")


def surplus(connection: Connection) -> Iterator[tuple[int, str]]:
    """Yield the words that the index has and should not, each with the number of its article."""
    yield from _in_one_only(connection, "all_{}", "all_due_{}")


def _in_one_only(connection: Connection, one: str, other: str) -> Iterator[tuple[int, str]]:
    for words in _FIELDS:
        query = " EXCEPT ".join(
            f"SELECT term, doc, col, offset FROM temp.{name.format(words)}" for name in (one, other)
        )
        for line in connection.execute(text(query)):
            number = line.doc if words == "article_words" else line.doc // PLACES
            yield number, line.term
