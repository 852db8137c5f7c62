"""The texts of a store by their SHA-256, and the words of rows."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Connection, select
from sqlalchemy.dialects import sqlite

from onrecord.records import Span
from onrecord.store.catalogue import among, is_newest, is_version
from onrecord.store.schema import article
from onrecord.store.shapes import SHAPES, Key
from onrecord.store.spans import read_spans
from onrecord.tables import PIECES

_FILE = sqlite.dialect()
_AS_READ = article.c.text.type.dialect_impl(_FILE).result_processor(_FILE, None)


def keys_of_texts(connection: Connection) -> dict[str, Key]:
    """Return an article version that has each text, by the text's SHA-256."""
    lines = connection.execute(select(article.c.sha256, article.c.article_id, article.c.version))
    return {line.sha256: (line.article_id, line.version) for line in lines}


def text_at(connection: Connection, key: Key) -> str | None:
    """Return the text of an article version, None when it is not stored."""
    return connection.scalar(select(article.c.text).where(is_version(key)))


def texts_of(connection: Connection, articles: Iterable[str]) -> dict[str, str]:
    """Return the texts of the latest versions of some articles, by their ids."""
    query = select(article.c.article_id, article.c.text).where(
        among(article.c.article_id, articles), is_newest(article)
    )
    return {line.article_id: line.text for line in connection.execute(query)}


def words_of(kind: str, part: str, text: Any, spans: str) -> str | None:  # noqa: ANN401
    """Return the words of a part of a row, its pieces joined with " … "; None when it has none.

    Args:
        kind: The kind of row, such as "statements".
        part: The part's field, such as "content".
        text: The article's text, as a file's table keeps it.
        spans: The row's spans, as its table keeps them.

    Raises:
        ValueError: The spans are not those of such a row.
        KeyError: There is no such kind or part.
    """
    found = read_spans(SHAPES[kind], spans)[part]
    pieces = (found,) if isinstance(found, Span) else found
    if not pieces:
        return None
    read: str = _AS_READ(text) if _AS_READ else text  # type: ignore[assignment]  # no text is null
    return PIECES.join(read[piece.start : piece.end] for piece in pieces)
