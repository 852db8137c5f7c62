"""Full-text search: the one part of the store that is written for SQLite's FTS5.

Two virtual tables, kept in step in the transaction that saves a record: `article_words` (title and
text) and `row_words` (a statement's content and source, or the words of any other row). An entry's
place in them is its `entry_id` in `search_entry`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from sqlalchemy import (
    Connection,
    Integer,
    Select,
    Text,
    column,
    delete,
    func,
    insert,
    literal_column,
    select,
    table,
)

from onrecord.records import Actor, Article, Place, Record, Row, Statement, id_of, spans_of
from onrecord.store.schema import search_entry

_ARTICLE_WORDS = table(
    "article_words", column("rowid", Integer), column("title", Text), column("text", Text)
)
_ROW_WORDS = table(
    "row_words", column("rowid", Integer), column("content", Text), column("source", Text)
)
_GAP = " … "  # between the pieces of a row
_PHRASE = re.compile(r"[\"“”]([^\"“”]*)[\"“”]|([^\s\"“”]+)")


def add(connection: Connection, record: Record) -> None:
    """Enter an article and its rows."""
    article = record.article
    last = connection.scalar(select(func.max(search_entry.c.entry_id))) or 0
    entries = [(None, article.title or "", article.text)]
    entries += [(id_of(row), *_words(article, row)) for row in record.rows()]
    numbered = list(enumerate(entries, start=last + 1))
    key = {"article_id": article.article_id, "version": article.version}
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


def remove(connection: Connection, article: Article) -> None:
    """Take an article version and its rows out."""
    entries = (
        search_entry.c.article_id == article.article_id,
        search_entry.c.version == article.version,
    )
    numbers = select(search_entry.c.entry_id).where(*entries)
    for words in (_ARTICLE_WORDS, _ROW_WORDS):
        connection.execute(delete(words).where(words.c.rowid.in_(numbers)))
    connection.execute(delete(search_entry).where(*entries))


def rows_with(text: str) -> Select[tuple[str, int, str]]:
    """Return a query for article id, version and row id of the rows that have those words.

    Raises:
        ValueError: `text` has no words.
    """
    entry = search_entry.c
    return (
        select(entry.article_id, entry.version, entry.row_id)
        .join(_ROW_WORDS, _ROW_WORDS.c.rowid == entry.entry_id)
        .where(literal_column("row_words").op("MATCH")(match_query(text)))
    )


def articles_with(text: str) -> Select[tuple[str, int]]:
    """Return a query for article id and version of the articles that have those words.

    Raises:
        ValueError: `text` has no words.
    """
    entry = search_entry.c
    return (
        select(entry.article_id, entry.version)
        .join(_ARTICLE_WORDS, _ARTICLE_WORDS.c.rowid == entry.entry_id)
        .where(literal_column("article_words").op("MATCH")(match_query(text)))
    )


def match_query(text: str) -> str:
    """Return what FTS5 is asked so that each word, and each phrase in quotation marks, must occur.

    Nothing in `text` is read as an operator.

    Raises:
        ValueError: `text` has no words.
    """
    phrases = [phrase or word for phrase, word in _PHRASE.findall(text)]
    clean = ["".join(c if c.isalnum() or c.isspace() else " " for c in p) for p in phrases]
    quoted = [f'"{" ".join(words.split())}"' for words in clean if words.split()]
    if not quoted:
        raise ValueError(f"the text to look for has no words in it: {text!r}")
    return " ".join(quoted)


def _words(article: Article, row: Row) -> tuple[str, str]:
    """Return what a row is found by: its own words and, for a statement, its source's."""
    if isinstance(row, Statement):
        content, source = (_GAP.join(map(article.cut, part)) for part in (row.content, row.source))
        return content, source
    return _GAP.join(_own_words(article, row)), ""


def _own_words(article: Article, row: Row) -> Iterator[str]:
    if isinstance(row, Actor | Place):
        yield row.name
    for span in dict.fromkeys(spans_of(row)):
        yield article.cut(span)
