"""Entering the events of articles where they are linked, and linking them: `telling`, `upkeep`.

Both are made from the records alone and can be made again at any time. Which tellings are one
happening is worked out for a whole store at once, since a telling may fit another article's better
than the one it would be linked to first; until that is done again after an article was saved, it is
worked out for each question.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    Connection,
    RowMapping,
    bindparam,
    delete,
    func,
    insert,
    select,
    update,
)

from onrecord.happenings import EventKey, Owned, Party, Site, Telling, happenings_of, owned_by
from onrecord.language.days import days_between
from onrecord.records import Record
from onrecord.store.catalogue import among, same_article
from onrecord.store.schema import article as articles
from onrecord.store.schema import event as events
from onrecord.store.schema import telling as tellings
from onrecord.store.schema import upkeep
from onrecord.store.shapes import Key

NAME = "happenings"  # in `upkeep`

_BETWEEN_WORDS = " "


@dataclass(frozen=True, slots=True)
class Entry:
    """A telling as it is entered, with the happening it tells in its article and in the store."""

    key: Key
    owned: Owned
    happening_id: str | None

    @property
    def telling(self) -> Telling:
        """What it tells."""
        return self.owned.telling


def enter_tellings(connection: Connection, record: Record) -> None:
    """Enter the events of an article version, unless a later one is stored; earlier ones leave."""
    article = record.article
    mine = articles.c.article_id == article.article_id
    if connection.scalar(select(func.max(articles.c.version)).where(mine)) != article.version:
        return
    connection.execute(delete(tellings).where(tellings.c.article_id == article.article_id))
    _insert(connection, [record])
    mark(connection, done=False)


def enter_anew(connection: Connection, records: Iterable[Record]) -> None:
    """Enter the events of the latest versions of articles, of which none is entered."""
    _insert(connection, records)
    mark(connection, done=False)


def mark(connection: Connection, *, done: bool) -> None:
    """Keep whether the happenings are worked out."""
    if connection.execute(update(upkeep).where(upkeep.c.name == NAME).values(done=done)).rowcount:
        return
    connection.execute(insert(upkeep), {"name": NAME, "done": done})


def is_linked(connection: Connection) -> bool:
    """Whether `telling.happening_id` holds what would be worked out now."""
    return bool(connection.scalar(select(upkeep.c.done).where(upkeep.c.name == NAME)))


def link_happenings(connection: Connection) -> None:
    """Work out which tellings are one happening, and keep it."""
    if is_linked(connection):
        return
    entries = read_entries(connection)
    linked = happenings_of(one.owned for one in entries)
    changed = [
        {"of_article": one.key[0], "of_event": one.telling.telling_id, "found": found}
        for one in entries
        if (found := linked[one.key[0], one.telling.telling_id]) != one.happening_id
    ]
    if changed:
        mine = (
            tellings.c.article_id == bindparam("of_article"),
            tellings.c.event_id == bindparam("of_event"),
        )
        connection.execute(
            update(tellings).where(*mine).values(happening_id=bindparam("found")), changed
        )
    mark(connection, done=True)


def read_entries(connection: Connection, happenings: Iterable[str] | None = None) -> list[Entry]:
    """Return the entered tellings: all, or those of some happenings that are worked out."""
    facts = ("event_type", "mode", "modality", "symmetric", "position", "first_day", "last_day")
    query = (
        select(
            tellings,
            *(events.c[name] for name in facts),
            articles.c.first_day.label("published_first"),
            articles.c.last_day.label("published_last"),
        )
        .join(events, same_article(events, tellings) & (events.c.event_id == tellings.c.event_id))
        .join(articles, same_article(articles, tellings))
    )
    if happenings is not None:
        query = query.where(among(tellings.c.happening_id, happenings))
    return [_entry(line) for line in connection.execute(query).mappings()]


def happening_of_events(connection: Connection, article_ids: Iterable[str]) -> dict[EventKey, str]:
    """Return the happening of each event of some articles."""
    if not is_linked(connection):
        return happenings_of(one.owned for one in read_entries(connection))
    columns = (tellings.c.article_id, tellings.c.event_id, tellings.c.happening_id)
    query = select(*columns).where(among(tellings.c.article_id, article_ids))
    return {(line[0], line[1]): line[2] for line in connection.execute(query)}


def _insert(connection: Connection, records: Iterable[Record]) -> None:
    lines = [line for record in records for line in _lines(record)]
    if lines:
        connection.execute(insert(tellings), lines)


def _lines(record: Record) -> Iterator[dict[str, Any]]:
    for owned in owned_by(record):
        one = owned.telling
        yield {
            "article_id": record.article.article_id,
            "version": record.article.version,
            "event_id": one.telling_id,
            "own_id": owned.own_id,
            "actors": [[p.name, p.country, p.kind] for p in one.actors],
            "recipients": [[p.name, p.country, p.kind] for p in one.recipients],
            "site": _site_values(one.site),
            "trigger": one.trigger,
            "start": one.start,
            "sentence": one.sentence,
            "words": _BETWEEN_WORDS.join(one.words),
        }


def _site_values(site: Site | None) -> list[str | int | None]:
    return [] if site is None else [site.name, site.country, site.admin, site.geonames_id]


def _entry(line: RowMapping) -> Entry:
    telling = Telling(
        telling_id=line["event_id"],
        article_id=line["article_id"],
        position=line["position"] or 0,
        event_type=line["event_type"],
        mode=line["mode"],
        modality=line["modality"],
        symmetric=line["symmetric"],
        actors=_parties(line["actors"]),
        recipients=_parties(line["recipients"]),
        days=days_between(line["first_day"], line["last_day"]),
        published=days_between(line["published_first"], line["published_last"]),
        site=_site(line["site"]),
        start=line["start"],
        sentence=line["sentence"],
        trigger=line["trigger"],
        words=tuple(line["words"].split()),
    )
    key = line["article_id"], line["version"]
    return Entry(key, Owned(telling, line["own_id"]), line["happening_id"])


def _parties(values: Sequence[Sequence[str]]) -> tuple[Party, ...]:
    return tuple(Party(name=name, country=country, kind=kind) for name, country, kind in values)


def _site(values: Sequence[Any]) -> Site | None:
    if not values:
        return None
    name, country, admin, geonames_id = values
    return Site(name=name, country=country, admin=admin, geonames_id=geonames_id)
