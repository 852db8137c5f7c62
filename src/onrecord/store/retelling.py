"""Entering the events of articles and linking them at each save: `telling`, `telling_key`.

Both are made from the records alone and can be made again at any time. A new article is compared
with the happenings that share keys with it, never with the whole store, and only those that it may
belong to are grouped again, so that it makes no difference which of a few articles came first.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    and_,
    bindparam,
    delete,
    func,
    insert,
    or_,
    select,
    update,
)

from onrecord.happenings import (
    ENOUGH,
    EventKey,
    Owned,
    Party,
    Site,
    Telling,
    Unit,
    asked_keys,
    group_units,
    kept_keys,
    may_join,
    owned_by,
    unit_of,
)
from onrecord.language.days import days_between
from onrecord.records import Record
from onrecord.store.catalogue import among, numbers_among, same_article
from onrecord.store.schema import article as articles
from onrecord.store.schema import event as events
from onrecord.store.schema import telling as tellings
from onrecord.store.schema import telling_key
from onrecord.store.shapes import Key

MOST_TRIED = 8  # units that a new one is compared with, those first that share most keys
MOST_HOLDERS = 200  # units found by one key
MOST_GROUPED = 60  # tellings of a happening that is grouped anew when one is added

_BETWEEN_WORDS = " "


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


def enter_tellings(connection: Connection, record: Record) -> None:
    """Enter the events of an article version, unless a later one is stored; earlier ones leave."""
    article = record.article
    mine = articles.c.article_id == article.article_id
    if connection.scalar(select(func.max(articles.c.version)).where(mine)) != article.version:
        return
    _leave(connection, tellings.c.article_id == article.article_id)
    units = _insert(connection, record)
    _join(connection, units)
    _enter_keys(connection, units)


def leave_tellings(connection: Connection, key: Key) -> None:
    """Take out the events of an article version, and group anew what they were told with."""
    _leave(connection, and_(tellings.c.article_id == key[0], tellings.c.version == key[1]))


def _leave(connection: Connection, where: ColumnElement[bool]) -> None:
    entries = read_entries(connection, where)
    if not entries:
        return
    for number, unit in units_of(entries).items():
        keys = numbers_among(telling_key.c.key, kept_keys(unit))
        connection.execute(delete(telling_key).where(keys, telling_key.c.unit == number))
    connection.execute(delete(tellings).where(where))
    touched = {one.happening_id for one in entries if one.happening_id}
    for happening_id, size in _sizes(connection, touched).items():
        if size <= MOST_GROUPED or happening_id in {one.owned.own_id for one in entries}:
            told = read_entries(connection, tellings.c.happening_id == happening_id)
            _group(connection, told)


def link_happenings(connection: Connection) -> None:
    """Work out anew, for the whole store at once, which tellings are one happening."""
    _group(connection, read_entries(connection))


def _sizes(connection: Connection, happenings: Iterable[str]) -> dict[str, int]:
    """Return how many tellings some happenings have."""
    query = (
        select(tellings.c.happening_id, func.count().label("size"))
        .where(among(tellings.c.happening_id, happenings))
        .group_by(tellings.c.happening_id)
    )
    return {line.happening_id: line.size for line in connection.execute(query)}


def units_of(entries: Iterable[Entry]) -> dict[int, Unit]:
    """Return what each article tells of each happening, by number."""
    told: dict[int, list[Entry]] = defaultdict(list)
    for one in entries:
        told[one.unit].append(one)
    return {
        number: unit_of(some[0].owned.own_id, [one.telling for one in some])
        for number, some in told.items()
    }


def _join(connection: Connection, units: Mapping[int, Unit]) -> None:
    """Put each new unit with the units it shares keys with where it belongs, else by itself.

    Of their happenings only those are looked at as a whole that a unit fits so far.
    """
    found = {number: _nearest(connection, unit) for number, unit in units.items()}
    others = {one for some in found.values() for one in some}
    if not others:
        return
    tried = read_entries(connection, numbers_among(tellings.c.unit, others))
    home = {one.unit: str(one.happening_id) for one in tried}
    near: dict[str, list[Unit]] = defaultdict(list)
    for number, unit in units_of(tried).items():
        near[home[number]].append(unit)
    sizes = _sizes(connection, near)
    small: set[str] = set()
    taken: dict[int, str] = {}
    for number, unit in units.items():
        homes = dict.fromkeys(home[other] for other in found[number] if other in home)
        fitting = [one for one in homes if may_join(near[one], unit)]
        if large := [one for one in fitting if sizes[one] > MOST_GROUPED]:
            taken[number] = large[0]
        else:
            small.update(fitting)
    keep_happenings(connection, taken)
    if small:
        mine = numbers_among(tellings.c.unit, units.keys() - taken.keys())
        told = read_entries(connection, or_(among(tellings.c.happening_id, small), mine))
        _group(connection, told)


def _nearest(connection: Connection, unit: Unit) -> list[int]:
    """Return the units that share enough keys with one, a few, those that share most first."""
    shared = func.sum(telling_key.c.weight)
    query = (
        select(telling_key.c.unit)
        .where(numbers_among(telling_key.c.key, asked_keys(unit)))
        .group_by(telling_key.c.unit)
        .having(shared >= ENOUGH)
        .order_by(shared.desc(), telling_key.c.unit)
        .limit(MOST_TRIED)
    )
    return list(connection.scalars(query))


def _enter_keys(connection: Connection, units: Mapping[int, Unit]) -> None:
    """Enter what units are found by; a key that very many have tells nothing apart."""
    keys = {key for unit in units.values() for key in kept_keys(unit)}
    query = select(telling_key.c.key, func.count().label("times"))
    counted = query.where(numbers_among(telling_key.c.key, keys)).group_by(telling_key.c.key)
    holders = Counter({line.key: line.times for line in connection.execute(counted)})
    lines = [
        {"key": key, "unit": number, "weight": weight}
        for number, unit in units.items()
        for key, weight in kept_keys(unit).items()
        if holders[key] < MOST_HOLDERS
    ]
    if lines:
        connection.execute(insert(telling_key), lines)


def _group(connection: Connection, entries: Sequence[Entry]) -> None:
    """Work out which of some tellings are one happening, and keep what is new."""
    before = {one.unit: one.happening_id for one in entries}
    after = grouped(entries)
    keep_happenings(connection, {one: at for one, at in after.items() if at != before[one]})


def grouped(entries: Sequence[Entry]) -> dict[int, str]:
    """Return the happening of each unit of some tellings, taking no others into account."""
    units = units_of(entries)
    number_of = {id(unit): number for number, unit in units.items()}
    return {
        number_of[id(unit)]: group[0].unit_id
        for group in group_units(units.values())
        for unit in group
    }


def keep_happenings(connection: Connection, found: Mapping[int, str]) -> None:
    """Write the happening of some units."""
    if found:
        query = update(tellings).where(tellings.c.unit == bindparam("of_unit"))
        lines = [{"of_unit": number, "found": found_id} for number, found_id in found.items()]
        connection.execute(query.values(happening_id=bindparam("found")), lines)


def read_entries(connection: Connection, where: ColumnElement[bool] | None = None) -> list[Entry]:
    """Return the entered tellings, all or those that meet a condition."""
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
    if where is not None:
        query = query.where(where)
    return [entry_from(line) for line in connection.execute(query).mappings()]


def happening_of_events(connection: Connection, article_ids: Iterable[str]) -> dict[EventKey, str]:
    """Return the happening of each event of some articles."""
    columns = (tellings.c.article_id, tellings.c.event_id, tellings.c.happening_id)
    query = select(*columns).where(among(tellings.c.article_id, article_ids))
    return {(line[0], line[1]): line[2] for line in connection.execute(query)}


def enter_anew(connection: Connection, records: Iterable[Record]) -> None:
    """Enter the events of the latest versions of articles, of which none is entered; not linked."""
    for record in records:
        _enter_keys(connection, _insert(connection, record))


def _insert(connection: Connection, record: Record) -> dict[int, Unit]:
    """Enter tellings, each as a happening by itself in its article; return these, by number."""
    last = connection.scalar(select(func.max(tellings.c.unit))) or 0
    told: dict[str, list[Telling]] = defaultdict(list)
    for owned in owned_by(record):
        told[owned.own_id].append(owned.telling)
    numbers = {own_id: number for number, own_id in enumerate(told, start=last + 1)}
    lines = [line | {"unit": numbers[line["own_id"]]} for line in telling_values(record)]
    if lines:
        connection.execute(insert(tellings), lines)
    return {numbers[own_id]: unit_of(own_id, some) for own_id, some in told.items()}


def telling_values(record: Record) -> Iterator[dict[str, Any]]:
    """Yield what is kept of the events of a record, by column."""
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
            "happening_id": owned.own_id,
        }


def _site_values(site: Site | None) -> list[str | int | None]:
    return [] if site is None else [site.name, site.country, site.admin, site.geonames_id]


def entry_from(line: Mapping[Any, Any]) -> Entry:
    """Return the entered telling in a line of its table, with the facts of its event."""
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
    owned = Owned(telling, line["own_id"])
    return Entry(key, owned, line["happening_id"], line["unit"])


def _parties(values: Sequence[Sequence[str]]) -> tuple[Party, ...]:
    return tuple(Party(name=name, country=country, kind=kind) for name, country, kind in values)


def _site(values: Sequence[Any]) -> Site | None:
    if not values:
        return None
    name, country, admin, geonames_id = values
    return Site(name=name, country=country, admin=admin, geonames_id=geonames_id)
