"""What is on record of one identity: the names and offices it has, and what others say of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from sqlalchemy import Connection, func, select

from onrecord.records import Record, Statement
from onrecord.store.catalogue import newest_versions, same_article
from onrecord.store.identities import is_actor
from onrecord.store.meaning import meaning
from onrecord.store.saving import load_stored
from onrecord.store.schema import actor, appearance, article, mention, signature
from onrecord.tables import Selection

MOST_READ = 20  # articles that are read for what is said of somebody, the newest first


@dataclass(frozen=True, slots=True)
class NameSeen:
    """A name somebody goes by, and where."""

    name: str
    articles: int
    mentions: int


@dataclass(frozen=True, slots=True)
class OfficeSeen:
    """An office somebody is given, in the words of the text, and when."""

    role: str
    country: str | None  # ISO 3166-1 alpha-3
    first_day: str | None  # of publication, of the first article with it; None: unknown
    last_day: str | None
    articles: int


def names_of(connection: Connection, identity_id: str) -> tuple[NameSeen, ...]:
    """Return the names that an identity goes by, those in most articles first."""
    articles = func.count(appearance.c.number.distinct())
    query = (
        select(signature.c.name, articles, func.sum(appearance.c.mentions))
        .join(signature, signature.c.signature_id == appearance.c.signature_id)
        .where(meaning(connection, identity_id))
        .group_by(signature.c.name)
        .order_by(articles.desc(), signature.c.name)
    )
    return tuple(NameSeen(line[0], line[1], int(line[2])) for line in connection.execute(query))


def offices_of(connection: Connection, identity_id: str) -> tuple[OfficeSeen, ...]:
    """Return the offices that an identity is given, the latest first."""
    newest, day = newest_versions(), article.c.first_day
    theirs = same_article(appearance, mention) & (appearance.c.actor_id == mention.c.actor_id)
    articles, last = func.count(mention.c.number.distinct()), func.max(day)
    query = (
        select(mention.c.role, mention.c.role_country, func.min(day), last, articles)
        .join(appearance, theirs)
        .join(article, same_article(article, mention))
        .join(newest, same_article(newest, mention))
        .where(meaning(connection, identity_id), mention.c.role.is_not(None))
        .group_by(mention.c.role, mention.c.role_country)
        .order_by(last.is_(None), last.desc(), articles.desc(), mention.c.role)
    )
    found = _folded(OfficeSeen(*line) for line in connection.execute(query))
    return tuple(sorted(found, key=lambda one: one.last_day or "", reverse=True))


def _folded(offices: Iterable[OfficeSeen]) -> Iterator[OfficeSeen]:
    """Yield offices without regard to case; what names no country goes with what names one."""
    known: dict[str, OfficeSeen] = {}
    for one in offices:
        held = known.get(one.role.casefold())
        if held is None:
            known[one.role.casefold()] = one
        elif held.country is None or one.country in (None, held.country):
            known[one.role.casefold()] = _joined(held, one)
        else:
            yield one
    yield from known.values()


def _joined(one: OfficeSeen, other: OfficeSeen) -> OfficeSeen:
    days = [day for day in (one.first_day, other.first_day) if day]
    last = [day for day in (one.last_day, other.last_day) if day]
    return OfficeSeen(
        role=one.role if one.role[:1].islower() else other.role,
        country=one.country or other.country,
        first_day=min(days, default=None),
        last_day=max(last, default=None),
        articles=one.articles + other.articles,
    )


def said_of(
    connection: Connection, place: str, identity_id: str, limit: int
) -> tuple[Selection, ...]:
    """Return what others say of an identity: the newest statements with it in their content."""
    newest, day = newest_versions(), article.c.first_day
    query = (
        select(article.c.article_id, article.c.version, actor.c.actor_id)
        .join(article, same_article(article, appearance))
        .join(actor, is_actor(appearance))
        .join(newest, same_article(newest, appearance))
        .where(meaning(connection, identity_id))
        .order_by(day.is_(None), day.desc(), article.c.article_id)
        .limit(MOST_READ)
    )
    actors: dict[tuple[str, int], set[str]] = {}
    for line in connection.execute(query):
        actors.setdefault((line.article_id, line.version), set()).add(line.actor_id)
    records = load_stored(connection, place, actors, ("statements", "actors", "mentions"))
    found: list[Selection] = []
    left = limit
    for record in records:
        whom = actors[record.article.article_id, record.article.version]
        rows = list(_about(record, whom))[:left]
        left -= len(rows)
        if rows:
            found.append(Selection(record, rows))
    return tuple(found)


def _about(record: Record, whom: set[str]) -> Iterator[Statement]:
    """Yield the statements of others that mention an actor in their content."""
    spans = [one.span for one in record.mentions if one.actor_id in whom]
    for row in record.statements:
        is_other = row.speaker_id not in whom
        if is_other and any(part.contains(one) for part in row.content for one in spans):
            yield row
