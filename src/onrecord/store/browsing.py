"""Articles a page at a time, and how those that were found are spread."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Select, func, select

from onrecord.store import search
from onrecord.store.catalogue import (
    ArticleSummary,
    newest_versions,
    of_versions,
    same_article,
    summaries_of,
)
from onrecord.store.facets import MOST_COUNTED, Facet, Spread, facet, periods
from onrecord.store.filters import Filters
from onrecord.store.paging import Slice, count_rows
from onrecord.store.schema import article
from onrecord.store.shapes import Key


@dataclass(frozen=True, slots=True)
class ArticlePage:
    """Some of the articles found."""

    articles: tuple[ArticleSummary, ...]
    total: int  # of all found
    openings: dict[str, str]  # how the text begins of those without a title, by their ids


OPENING = 300  # characters

ASKED_OF_ARTICLES = frozenset({"text", "publisher", "since", "until"})
"""The filters that mean something for articles."""


def find_articles(connection: Connection, filters: Filters, chosen: Slice) -> ArticlePage:
    """Return some of the articles that the filters ask for, unknown dates last."""
    query, day = matching_articles(connection, filters), article.c.first_day
    dated = day.desc() if chosen.order == "newest" else day
    ordered = query.order_by(day.is_(None), dated, article.c.article_id)
    lines = connection.execute(ordered.offset(chosen.start).limit(chosen.size))
    keys: list[Key] = [(line.article_id, line.version) for line in lines]
    texts = select(article.c.article_id, article.c.text).where(of_versions(keys))
    untitled = connection.execute(texts.where(article.c.title.is_(None)))
    return ArticlePage(
        summaries_of(connection, keys),
        count_rows(connection, query),
        {line.article_id: line.text[:OPENING] for line in untitled},
    )


def matching_articles(connection: Connection, filters: Filters) -> Select[Any]:
    """Return the query for the latest versions that the filters ask for, in no order."""
    newest = newest_versions()
    query = select(article.c.number, article.c.article_id, article.c.version).join(
        newest, same_article(newest, article)
    )
    if filters.text is not None:
        query = query.where(search.article_has(connection, filters.text))
    if filters.publisher is not None:
        query = query.where(func.lower(article.c.publisher) == filters.publisher.lower())
    if filters.first_day is not None:
        query = query.where(article.c.last_day >= filters.first_day)
    if filters.last_day is not None:
        query = query.where(article.c.first_day <= filters.last_day)
    return query


def spread_of_articles(connection: Connection, filters: Filters) -> Spread:
    """Return how the articles that the filters ask for are spread over outlets and time."""
    day = article.c.first_day
    newest = (
        matching_articles(connection, filters)
        .order_by(day.is_(None), day.desc())
        .limit(MOST_COUNTED)
    )
    found = newest.cte("found")
    query = select(article.c.publisher, day).join(found, same_article(found, article))
    lines = connection.execute(query).all()
    outlets = Counter(line.publisher for line in lines if line.publisher)
    days = Counter(line.first_day for line in lines if line.first_day)
    facets: list[Facet] = [facet("publisher", outlets), facet("period", periods(days))]
    return Spread(tuple(one for one in facets if one.values), len(lines))
