"""The texts of a store by their SHA-256."""

from __future__ import annotations

from sqlalchemy import Connection, select

from onrecord.store.schema import article
from onrecord.store.shapes import Key


def keys_of_texts(connection: Connection) -> dict[str, Key]:
    """Return an article version that has each text, by the text's SHA-256."""
    lines = connection.execute(select(article.c.sha256, article.c.article_id, article.c.version))
    return {line.sha256: (line.article_id, line.version) for line in lines}


def text_at(connection: Connection, key: Key) -> str | None:
    """Return the text of an article version, None when it is not stored."""
    query = select(article.c.text).where(
        article.c.article_id == key[0], article.c.version == key[1]
    )
    return connection.scalar(query)
