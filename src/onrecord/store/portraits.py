"""What is on record of one identity: the names and offices it has, and what others say of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Any

from sqlalchemy import ColumnElement, Connection, func, select

from onrecord.records import Span, Spans
from onrecord.store.catalogue import numbers_among, same_article
from onrecord.store.finding import Hit
from onrecord.store.links import is_listed, place_of
from onrecord.store.meaning import meaning
from onrecord.store.paging import MOST_SORTED
from onrecord.store.picking import load_found
from onrecord.store.schema import appearance, article, mention, signature, statement
from onrecord.store.selecting import selections
from onrecord.store.shapes import SHAPES, Key
from onrecord.store.spans import first_span, read_spans
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
    day = article.c.first_day
    theirs = same_article(appearance, mention) & (appearance.c.actor_id == mention.c.actor_id)
    articles, last = func.count(mention.c.number.distinct()), func.max(day)
    query = (
        select(mention.c.role, mention.c.role_country, func.min(day), last, articles)
        .join(appearance, theirs)
        .join(article, same_article(article, mention))
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
    meant = meaning(connection, identity_id)
    keys = _newest_with(connection, meant)
    hits = list(islice(_saying(connection, meant, keys), limit))
    records = load_found(connection, place, "statements", hits, named=True)
    return tuple(selections("statements", hits, records, {}))


def _newest_with(connection: Connection, meant: ColumnElement[bool]) -> dict[int, Key]:
    """Return the newest articles that somebody appears in, by number, the newest first."""
    theirs, day = select(appearance.c.number).where(meant), article.c.first_day
    number: ColumnElement[int] = article.c.number
    if connection.scalar(theirs.offset(MOST_SORTED).limit(1)) is not None:
        number = number + 0  # so that articles are walked in their order, which ends soon
    query = (
        select(article.c.number, article.c.article_id, article.c.version)
        .where(number.in_(theirs))
        .order_by(day.is_(None), day.desc(), article.c.article_id)
        .limit(MOST_READ)
    )
    return {
        number: (article_id, version) for number, article_id, version in connection.execute(query)
    }


def _saying(
    connection: Connection, meant: ColumnElement[bool], keys: Mapping[int, Key]
) -> Iterator[Hit]:
    """Yield the statements of others in some articles whose content mentions who is meant."""
    is_named = same_article(appearance, mention) & (appearance.c.actor_id == mention.c.actor_id)
    named = select(mention.c.number, mention.c.actor_id, mention.c.spans).join(appearance, is_named)
    whom: set[tuple[int, object]] = set()
    spans: dict[int, list[Span]] = defaultdict(list)
    among_these = numbers_among(mention.c.number, keys)
    for number, actor_id, kept in connection.execute(named.where(meant, among_these)):
        whom.add((number, actor_id))
        spans[number].append(first_span(kept))
    said = select(
        *(statement.c[name] for name in ("number", "statement_id", "speaker_id", "spans")),
        place_of(statement).label("place"),
    ).where(numbers_among(statement.c.number, spans), is_listed(statement))
    lines: dict[int, list[Any]] = defaultdict(list)
    for line in connection.execute(said.order_by(statement.c.position)):
        lines[line.number].append(line)
    for number, key in keys.items():
        for line in lines[number]:
            content = _content(line.spans)
            is_other = (number, line.speaker_id) not in whom
            if is_other and any(part.contains(one) for part in content for one in spans[number]):
                yield Hit(key, line.statement_id, number, line.place)


def _content(kept: str) -> Spans:
    content = read_spans(SHAPES["statements"], kept)["content"]
    assert isinstance(content, tuple)  # a part that may be in pieces
    return content
