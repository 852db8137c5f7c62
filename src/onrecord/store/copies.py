"""What stories a store has, and which articles print each of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from typing import Any

from sqlalchemy import Connection, Row, Select, func, or_, select

from onrecord.copies import CopyKind
from onrecord.store.catalogue import among, numbers_among, same_article
from onrecord.store.schema import article as articles
from onrecord.store.schema import copy_pair, printing


@dataclass(frozen=True, slots=True, kw_only=True)
class Printing:
    """An article as it is compared for copies."""

    article_id: str
    version: int
    title: str | None
    publisher: str | None
    published: str | None
    copy_of: str | None  # the earliest article of the story; None: it is that, or has no copies
    agency: str | None  # the news agency whose text it is said to be
    credited_by: str | None  # site, byline, dateline or credit line


@dataclass(frozen=True, slots=True, kw_only=True)
class CopyPair:
    """Two articles of which one is a copy of the other, or of a good part of it."""

    one: Printing
    other: Printing
    kind: CopyKind
    alike: float  # five-word runs in both, of those in either
    of_one: float  # share of the first one's that the other has
    of_other: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """Articles that are copies of each other, the earliest first, unknown dates last."""

    story_id: str  # the id of the earliest
    agency: str | None  # whose text it is: None when several are named
    printings: tuple[Printing, ...]
    pairs: tuple[CopyPair, ...]  # what makes them copies


_SHOWN = ("article_id", "version", "title", "publisher", "published", "copy_of")
_NAMES = {one.name for one in fields(Printing)}


def list_stories(
    connection: Connection, *, fewest: int = 2, limit: int | None = None
) -> tuple[Story, ...]:
    """Return the stories with so many articles, the largest first."""
    count = func.count()
    query = (
        select(articles.c.story_id)
        .join(printing, same_article(printing, articles))
        .where(articles.c.story_id.is_not(None))
        .group_by(articles.c.story_id)
        .having(count >= fewest)
        .order_by(count.desc(), articles.c.story_id)
        .limit(limit)
    )
    ids = list(connection.scalars(query))
    told: dict[str, list[tuple[int, Printing]]] = defaultdict(list)
    for line in connection.execute(_printings().where(among(articles.c.story_id, ids))):
        told[line.story_id].append((line.number, _printing(line)))
    known = {number: one for listed in told.values() for number, one in listed}
    pairs: dict[str, list[CopyPair]] = defaultdict(list)
    of_number = {number: key for key, listed in told.items() for number, _ in listed}
    lines = connection.execute(select(copy_pair).where(numbers_among(copy_pair.c.one, known)))
    for line in lines:
        if line.other in known and of_number[line.one] == of_number[line.other]:
            pairs[of_number[line.one]].append(_pair(line, known))
    return tuple(_story(key, [one for _, one in told[key]], pairs[key]) for key in ids)


def pairs_of(connection: Connection, article_id: str) -> tuple[CopyPair, ...]:
    """Return the pairs that an article is in, itself the first of each; the most alike first."""
    query = select(printing.c.number).join(articles, same_article(articles, printing))
    number = connection.scalar(query.where(articles.c.article_id == article_id))
    mine = or_(copy_pair.c.one == number, copy_pair.c.other == number)
    lines = connection.execute(select(copy_pair).where(mine)).all()
    numbers = {number for line in lines for number in (line.one, line.other)}
    found = connection.execute(_printings().where(numbers_among(printing.c.number, numbers)))
    known = {line.number: _printing(line) for line in found}
    pairs = [_pair(line, known) for line in lines]
    turned = [one if one.one.article_id == article_id else _turned(one) for one in pairs]
    return tuple(sorted(turned, key=lambda one: (-one.alike, one.other.article_id)))


def _printings() -> Select[Any]:
    shown = (articles.c[name] for name in _SHOWN)
    return (
        select(
            *shown,
            articles.c.story_id,
            printing.c.number,
            printing.c.agency,
            printing.c.credited_by,
        )
        .join(printing, same_article(printing, articles))
        .order_by(articles.c.first_day.is_(None), articles.c.first_day, articles.c.article_id)
    )


def _printing(line: Row[Any]) -> Printing:
    return Printing(**{name: value for name, value in line._mapping.items() if name in _NAMES})


def _pair(line: Row[Any], known: Mapping[int, Printing]) -> CopyPair:
    return CopyPair(
        one=known[line.one],
        other=known[line.other],
        kind=line.kind,
        alike=line.alike,
        of_one=line.of_one,
        of_other=line.of_other,
    )


def _turned(pair: CopyPair) -> CopyPair:
    return CopyPair(
        one=pair.other,
        other=pair.one,
        kind=pair.kind,
        alike=pair.alike,
        of_one=pair.of_other,
        of_other=pair.of_one,
    )


def _story(story_id: str, printings: Iterable[Printing], pairs: Iterable[CopyPair]) -> Story:
    told = sorted(printings, key=lambda one: one.article_id != story_id)  # the earliest first
    agencies = {one.agency for one in told if one.agency}
    return Story(
        story_id=story_id,
        agency=agencies.pop() if len(agencies) == 1 else None,
        printings=tuple(told),
        pairs=tuple(pairs),
    )
