"""Tellings read back from the rows and the text they are of; a store keeps no words of theirs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from sqlalchemy import ColumnElement, Connection, RowMapping, select

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
from onrecord.store.catalogue import same_article
from onrecord.store.links import place_of
from onrecord.store.schema import actor as actors
from onrecord.store.schema import article as articles
from onrecord.store.schema import event as events
from onrecord.store.schema import participant as participants
from onrecord.store.schema import place as places
from onrecord.store.schema import telling as tellings
from onrecord.store.shapes import Key
from onrecord.store.spans import first_span

_Sides: TypeAlias = Mapping[tuple[int, int, str], Sequence[RowMapping]]


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


def read_entries(
    connection: Connection, where: ColumnElement[bool] | None = None, *, outlined: bool = False
) -> list[Entry]:
    """Return the entered tellings, all or those that meet a condition.

    Outlined ones come without their parties and words, which is quicker by far.
    """
    facts = ("event_type", "mode", "modality", "symmetric", "position", "first_day", "last_day")
    of_event = same_article(events, tellings) & (place_of(events) == tellings.c.event_id)
    site = same_article(places, events) & (place_of(places) == events.c.place_id)
    query = (
        select(
            tellings,
            events.c.event_id.label("telling_id"),
            articles.c.article_id,
            articles.c.version,
            *(events.c[name] for name in facts),
            *(places.c[name].label(f"site_{name}") for name in ("name", "country", "admin")),
            places.c.geonames_id,
            *(() if outlined else (events.c.spans, articles.c.text)),
            articles.c.first_day.label("published_first"),
            articles.c.last_day.label("published_last"),
        )
        .join(events, of_event)
        .join(articles, same_article(articles, tellings))
        .join(places, site, isouter=True)
    )
    if where is not None:
        query = query.where(where)
    lines = connection.execute(query).mappings().all()
    if outlined:
        return [_entry(line, {}, _UNSEEN) for line in lines]
    sides = _sides(connection, where) if lines else {}
    return [_entry(line, sides, worded(line["text"], first_span(line["spans"]))) for line in lines]


_UNSEEN = Worded(0, 0, "", ())


def _sides(connection: Connection, where: ColumnElement[bool] | None) -> _Sides:
    """Return who is on the sides of tellings."""
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
        .order_by(parties.position)
    )
    if where is not None:
        query = query.where(where)
    found: dict[tuple[int, int, str], list[RowMapping]] = defaultdict(list)
    for line in connection.execute(query).mappings():
        found[line["number"], line["event_id"], line["role"]].append(line)
    return found


def _entry(line: RowMapping, sides: _Sides, said: Worded) -> Entry:
    number, event_id = line["number"], line["event_id"]
    text = line.get("text", "")
    telling = Telling(
        telling_id=line["telling_id"],
        article_id=line["article_id"],
        position=line["position"] or 0,
        event_type=line["event_type"],
        mode=line["mode"],
        modality=line["modality"],
        symmetric=line["symmetric"],
        actors=_parties(text, sides.get((number, event_id, "actors"), ())),
        recipients=_parties(text, sides.get((number, event_id, "recipients"), ())),
        days=days_between(line["first_day"], line["last_day"]),
        published=days_between(line["published_first"], line["published_last"]),
        site=_site(line),
        start=said.start,
        sentence=said.sentence,
        trigger=said.trigger,
        words=said.words,
    )
    key = line["article_id"], line["version"]
    return Entry(key, Owned(telling, line["own_id"]), line["happening_id"], line["unit"])


def _parties(text: str, side: Sequence[RowMapping]) -> tuple[Party, ...]:
    parties = (
        named_party(text[line["start"] : line["end"]])
        if line["name"] is None
        else party_of(line["name"], line["country"], line["kind"])
        for line in side
    )
    return tuple(one for one in parties if one is not None)


def _site(line: RowMapping) -> Site | None:
    if line["site_name"] is None:
        return None
    names = ("site_name", "site_country", "site_admin", "geonames_id")
    return site_of(*(line[name] for name in names))
