"""What a store holds, at a glance. Only the latest version of each article counts."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Connection, FromClause, and_, func, select

from onrecord.store.catalogue import is_newest, same_article
from onrecord.store.happenings import Happening, happenings_with
from onrecord.store.identities import identities_with
from onrecord.store.links import is_listed
from onrecord.store.schema import (
    TABLES,
    appearance,
    article,
    place,
    statement,
    telling,
)
from onrecord.store.schema import time as times

MOST_SIGNATURES = 400  # that speakers are looked for among, those heard most first


@dataclass(frozen=True, slots=True)
class Tally:
    """How much a store holds."""

    articles: int
    rows: dict[str, int]  # by kind
    first_day: str | None  # of publication; None where no date is known
    last_day: str | None
    stored_at: str | None  # when the last article was stored, ISO 8601, UTC


@dataclass(frozen=True, slots=True)
class Heard:
    """Somebody who is heard, and in how many statements and articles."""

    identity_id: str
    name: str
    country: str | None
    statements: int
    articles: int


def count_all(connection: Connection) -> Tally:
    """Return how much the store holds."""
    days = select(
        func.count(),
        func.min(article.c.first_day),
        func.max(article.c.first_day),
        func.max(article.c.stored_at),
    ).where(is_newest(article))
    articles, first, last, stored_at = connection.execute(days).one()
    rows = {kind: _count(connection, table) for kind, table in TABLES.items()}
    return Tally(articles, rows, first, last, stored_at)


def days_of_articles(connection: Connection) -> dict[str, int]:
    """Return how many articles were published on each day, of those whose day is known."""
    one_day = article.c.first_day == article.c.last_day
    return dict(sorted(_counted(connection, article.c.first_day, one_day).items()))


def publishers(connection: Connection) -> dict[str, int]:
    """Return how many articles each outlet has, the most first."""
    return _counted(connection, article.c.publisher, article.c.publisher.is_not(None))


def _count(connection: Connection, rows: FromClause) -> int:
    query = select(func.count()).select_from(rows).where(is_newest(rows))
    if rows in (times, place):  # of which other rows hold some
        query = query.where(is_listed(rows))
    return connection.scalar(query) or 0


def _counted(
    connection: Connection, column: ColumnElement[str], where: ColumnElement[bool]
) -> dict[str, int]:
    count = func.count()
    query = (
        select(column, count)
        .where(where, is_newest(article))
        .group_by(column)
        .order_by(count.desc(), column)
    )
    return {line[0]: line[1] for line in connection.execute(query)}


def most_heard(connection: Connection, limit: int) -> tuple[Heard, ...]:
    """Return who is heard in most statements."""
    speakers = (
        select(statement.c.number, statement.c.speaker_id, func.count().label("statements"))
        .where(statement.c.speaker_id.is_not(None))
        .group_by(statement.c.number, statement.c.speaker_id)
        .subquery("speakers")
    )
    theirs = and_(
        same_article(speakers, appearance), speakers.c.speaker_id == appearance.c.actor_id
    )
    said = func.sum(speakers.c.statements)
    query = (
        select(
            appearance.c.signature_id,
            said.label("statements"),
            func.count(appearance.c.number.distinct()).label("articles"),
        )
        .join_from(speakers, appearance, theirs)
        .group_by(appearance.c.signature_id)
        .order_by(said.desc(), appearance.c.signature_id)
        .limit(MOST_SIGNATURES)
    )
    counts = {
        line.signature_id: (int(line.statements), line.articles)
        for line in connection.execute(query)
    }
    totals: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    found = identities_with(connection, {key: count for key, (count, _) in counts.items()})
    for signature_id, identity in found.items():
        statements, articles = counts[signature_id]
        totals[identity.identity_id][0] += statements
        totals[identity.identity_id][1] += articles
    known = {one.identity_id: one for one in found.values()}
    heard = (
        Heard(key, known[key].name, known[key].country, *totals[key])
        for key in sorted(totals, key=lambda key: (-totals[key][0], known[key].name, key))
    )
    return tuple(heard)[:limit]


def most_told(connection: Connection, limit: int) -> tuple[Happening, ...]:
    """Return the happenings that most articles tell, of those that several tell."""
    articles = func.count(telling.c.number.distinct())
    number = telling.c.number
    several = (
        select(telling.c.happening_id)
        .group_by(telling.c.happening_id)
        .having(func.min(number) < func.max(number))
    )
    query = (
        select(telling.c.happening_id)
        .where(telling.c.happening_id.in_(several))
        .group_by(telling.c.happening_id)
        .order_by(articles.desc(), func.count().desc(), telling.c.happening_id)
        .limit(limit)
    )
    return happenings_with(connection, list(connection.scalars(query)))
