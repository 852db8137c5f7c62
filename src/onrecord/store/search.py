"""Full-text search: the one part of the store that is written for SQLite's FTS5.

Two virtual tables, kept in step in the transaction that saves a record: `article_words` (title and
text) and `row_words` (a statement's content and source, or the words of any other row). An entry's
place in them is its `entry_id` in `search_entry`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from sqlalchemy import (
    ColumnElement,
    Connection,
    Integer,
    Table,
    TableClause,
    Text,
    column,
    delete,
    exists,
    func,
    insert,
    literal_column,
    select,
    table,
)

from onrecord.records import Actor, Article, Place, Record, Row, Statement, id_of, spans_of
from onrecord.store.schema import article, search_entry

_ARTICLE_WORDS = table(
    "article_words", column("rowid", Integer), column("title", Text), column("text", Text)
)
_ROW_WORDS = table(
    "row_words", column("rowid", Integer), column("content", Text), column("source", Text)
)
_GAP = " … "  # between the pieces of a row
_UNFIT = re.compile(r"[\x00-\x1f\ud800-\udfff]")  # what no query can hold
_PHRASE = re.compile(r"[\"“”]([^\"“”]*)[\"“”]|([^\s\"“”]+)")


def add(connection: Connection, record: Record) -> None:
    """Enter an article and its rows."""
    version = record.article
    last = connection.scalar(select(func.max(search_entry.c.entry_id))) or 0
    entries: list[tuple[str | None, str, str]] = [(None, version.title or "", version.text)]
    entries += [(id_of(row), *_words(version, row)) for row in record.rows()]
    numbered = list(enumerate(entries, start=last + 1))
    key = {"article_id": version.article_id, "version": version.version}
    connection.execute(
        insert(search_entry),
        [key | {"entry_id": number, "row_id": row_id} for number, (row_id, _, _) in numbered],
    )
    number, (_, title, text) = numbered[0]
    connection.execute(insert(_ARTICLE_WORDS), {"rowid": number, "title": title, "text": text})
    lines = [
        {"rowid": number, "content": content, "source": source}
        for number, (_, content, source) in numbered[1:]
    ]
    if lines:
        connection.execute(insert(_ROW_WORDS), lines)


def remove(connection: Connection, version: Article) -> None:
    """Take an article version and its rows out."""
    entries = (
        search_entry.c.article_id == version.article_id,
        search_entry.c.version == version.version,
    )
    numbers = select(search_entry.c.entry_id).where(*entries)
    for words in (_ARTICLE_WORDS, _ROW_WORDS):
        connection.execute(delete(words).where(words.c.rowid.in_(numbers)))
    connection.execute(delete(search_entry).where(*entries))


def row_has(rows: Table, id_field: str, text: str) -> ColumnElement[bool]:
    """Return the condition that a row of that table has those words.

    Raises:
        ValueError: `text` has no words.
    """
    return _has(rows, search_entry.c.row_id == rows.c[id_field], _ROW_WORDS, text)


def article_has(text: str) -> ColumnElement[bool]:
    """Return the condition that an article has those words.

    Raises:
        ValueError: `text` has no words.
    """
    return _has(article, search_entry.c.row_id.is_(None), _ARTICLE_WORDS, text)


def _has(
    rows: Table, entered: ColumnElement[bool], words: TableClause, text: str
) -> ColumnElement[bool]:
    matching = literal_column(words.name).bool_op("MATCH")(match_query(text))
    number = search_entry.c.entry_id + 0  # lest every match be tried for every row, in the index
    return exists().where(
        search_entry.c.article_id == rows.c.article_id,
        search_entry.c.version == rows.c.version,
        entered,
        number.in_(select(words.c.rowid).where(matching)),
    )


def match_query(text: str) -> str:
    """Return what FTS5 is asked so that each word, and each phrase in quotation marks, must occur.

    Nothing in `text` is read as an operator.

    Raises:
        ValueError: `text` has no words.
    """
    phrases = (phrase or word for phrase, word in _PHRASE.findall(_UNFIT.sub(" ", text)))
    quoted = [f'"{phrase}"' for phrase in phrases if any(map(str.isalnum, phrase))]
    if not quoted:
        raise ValueError(f"the text to look for has no words in it: {text!r}")
    return " ".join(quoted)


def _words(version: Article, row: Row) -> tuple[str, str]:
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
