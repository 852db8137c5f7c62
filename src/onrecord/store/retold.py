"""Tellings read back from the rows and the text they are of; a store keeps no words of theirs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple, TypeAlias

from sqlalchemy import ColumnElement, Connection, select

from onrecord.happenings import (
    Owned,
    Party,
    Site,
    Telling,
    Worded,
    named_party,
    party_of,
    site_of,
    worded,
)
from onrecord.language.days import days_between
from onrecord.store.catalogue import numbers_among, same_article
from onrecord.store.links import place_of
from onrecord.store.schema import actor as actors
from onrecord.store.schema import article as articles
from onrecord.store.schema import event as events
from onrecord.store.schema import participant as participants
from onrecord.store.schema import place as places
from onrecord.store.schema import telling as tellings
from onrecord.store.shapes import Key
from onrecord.store.spans import first_span

_AT_ONCE = 5_000  # tellings read with the texts of their articles at hand


@dataclass(frozen=True, slots=True)
class Entry:
    """A telling as it is entered, with the happening it tells in its article and in the store."""

    key: Key
    owned: Owned
    happening_id: str
    unit: int

    @property
    def telling(self) -> Telling:
        """What it tells."""
        return self.owned.telling


class Outline(NamedTuple):
    """A telling as the tables have it, without its parties and words, which take long to read."""

    number: int
    event_id: Any  # the place of the event
    own_id: str
    happening_id: str
    unit: int
    telling_id: str
    article_id: str
    version: int
    event_type: str
    mode: str | None
    modality: str
    symmetric: bool
    position: int | None
    first_day: str | None
    last_day: str | None
    spans: str
    site_name: str | None
    site_country: str | None
    site_admin: str | None
    geonames_id: int | None
    published_first: str | None
    published_last: str | None


class _Side(NamedTuple):
    """Who is on a side of an event: a piece of the text and, where it is known, an actor."""

    start: int
    end: int
    name: str | None
    country: str | None
    kind: str


_Sides: TypeAlias = Mapping[tuple[int, Any, str], Sequence[_Side]]


def read_entries(connection: Connection, where: ColumnElement[bool] | None = None) -> list[Entry]:
    """Return the entered tellings, all or those that meet a condition."""
    return in_full(connection, read_outlines(connection, where))


def read_outlines(
    connection: Connection, where: ColumnElement[bool] | None = None
) -> list[Outline]:
    """Return the entered tellings in outline, all or those that meet a condition."""
    facts = ("event_type", "mode", "modality", "symmetric", "position", "first_day", "last_day")
    of_event = same_article(events, tellings) & (place_of(events) == tellings.c.event_id)
    site = same_article(places, events) & (place_of(places) == events.c.place_id)
    query = (
        select(
            *(tellings.c[name] for name in ("number", "event_id", "own_id", "happening_id")),
            tellings.c.unit,
            events.c.event_id.label("telling_id"),
            articles.c.article_id,
            articles.c.version,
            *(events.c[name] for name in (*facts, "spans")),
            *(places.c[name] for name in ("name", "country", "admin", "geonames_id")),
            articles.c.first_day.label("published_first"),
            articles.c.last_day.label("published_last"),
        )
        .join(events, of_event)
        .join(articles, same_article(articles, tellings))
        .join(places, site, isouter=True)
    )
    if where is not None:
        query = query.where(where)
    return list(map(Outline._make, connection.execute(query).all()))


_UNSEEN = Worded(0, 0, "", ())


def outlined(outline: Outline) -> Entry:
    """Return a telling without its parties and words."""
    return _entry(outline, _UNSEEN, (), ())


def in_full(connection: Connection, outlines: Sequence[Outline]) -> list[Entry]:
    """Return tellings with their parties and words."""
    return [
        one
        for start in range(0, len(outlines), _AT_ONCE)
        for one in _in_full(connection, outlines[start : start + _AT_ONCE])
    ]


def _in_full(connection: Connection, outlines: Sequence[Outline]) -> Iterator[Entry]:
    """Yield tellings in full; a text is unpacked once for all that it tells."""
    sides = _sides(connection, {one.unit for one in outlines})
    texts = _texts(connection, {one.number for one in outlines})
    for one in outlines:
        text = texts[one.number]
        actors, recipients = (
            _parties(text, sides.get((one.number, one.event_id, role), ()))
            for role in ("actors", "recipients")
        )
        yield _entry(one, worded(text, first_span(one.spans)), actors, recipients)


def _texts(connection: Connection, numbers: Iterable[int]) -> dict[int, str]:
    query = select(articles.c.number, articles.c.text)
    found = connection.execute(query.where(numbers_among(articles.c.number, numbers)))
    return {one.number: one.text for one in found}


def _sides(connection: Connection, units: Iterable[int]) -> _Sides:
    """Return who is on the sides of what units tell."""
    parties = participants.c
    theirs = same_article(actors, participants) & (place_of(actors) == parties.actor_id)
    query = (
        select(
            *(parties[name] for name in ("number", "event_id", "role")),
            *(parties[name] for name in ("start", "end")),
            *(actors.c[name] for name in ("name", "country", "kind")),
        )
        .join(
            tellings,
            same_article(tellings, participants) & (tellings.c.event_id == parties.event_id),
        )
        .join(actors, theirs, isouter=True)
        .where(numbers_among(tellings.c.unit, units))
        .order_by(parties.position)
    )
    found: dict[tuple[int, Any, str], list[_Side]] = defaultdict(list)
    for number, event_id, role, *side in connection.execute(query).all():
        found[number, event_id, role].append(_Side(*side))
    return found


def _entry(
    line: Outline, said: Worded, actors: tuple[Party, ...], recipients: tuple[Party, ...]
) -> Entry:
    telling = Telling(
        telling_id=line.telling_id,
        article_id=line.article_id,
        position=line.position or 0,
        event_type=line.event_type,
        mode=line.mode,
        modality=line.modality,
        symmetric=line.symmetric,
        actors=actors,
        recipients=recipients,
        days=days_between(line.first_day, line.last_day),
        published=days_between(line.published_first, line.published_last),
        site=_site(line),
        start=said.start,
        sentence=said.sentence,
        trigger=said.trigger,
        words=said.words,
    )
    owned = Owned(telling, line.own_id)
    return Entry((line.article_id, line.version), owned, line.happening_id, line.unit)


def _parties(text: str, side: Sequence[_Side]) -> tuple[Party, ...]:
    parties = (
        named_party(text[one.start : one.end])
        if one.name is None
        else party_of(one.name, one.country, one.kind)
        for one in side
    )
    return tuple(one for one in parties if one is not None)


def _site(line: Outline) -> Site | None:
    if line.site_name is None:
        return None
    return site_of(line.site_name, line.site_country, line.site_admin, line.geonames_id)
