"""What is counted once: a story with all its copies, or each article."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal, TypeAlias, get_args

from sqlalchemy import ColumnElement, Connection, func, select

from onrecord.store.catalogue import among
from onrecord.store.schema import article

Unit: TypeAlias = Literal["story", "article"]
UNITS: tuple[Unit, ...] = get_args(Unit)


def unit_id(unit: Unit) -> ColumnElement[str]:
    """Return what the articles of one unit share; a story's is the id of its first article."""
    if unit == "article":
        return article.c.article_id
    return func.coalesce(article.c.story_id, article.c.article_id, type_=article.c.article_id.type)


def stories_of_articles(connection: Connection, articles: Iterable[str]) -> dict[str, str]:
    """Return the story of each of some articles that has copies."""
    query = select(article.c.article_id, article.c.story_id).where(
        among(article.c.article_id, articles), article.c.story_id.is_not(None)
    )
    return {line.article_id: line.story_id for line in connection.execute(query)}
