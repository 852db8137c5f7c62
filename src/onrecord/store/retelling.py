"""Entering the events of articles and linking them at each save: `telling`, `telling_key`.

Both are made from the records alone and can be made again at any time. A new article is compared
with the happenings that share keys with it, never with the whole store, and only those that it may
belong to are grouped again, so that it makes no difference which of a few articles came first.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set

from sqlalchemy import (
    ColumnElement,
    Connection,
    FromClause,
    and_,
    bindparam,
    delete,
    func,
    select,
    update,
)

from onrecord.happenings import (
    ENOUGH,
    EventKey,
    Telling,
    Unit,
    UnitKeys,
    group_units,
    is_ruled_out,
    may_join,
    owned_by,
    unit_keys,
    unit_of,
)
from onrecord.records import Record
from onrecord.store.bulk import insert_lines
from onrecord.store.catalogue import among, numbers_among, of_articles, same_article
from onrecord.store.keyed import KeyedIndex
from onrecord.store.links import place_of
from onrecord.store.retold import Entry, Outline, in_full, outlined, read_entries, read_outlines
from onrecord.store.schema import article as articles
from onrecord.store.schema import event as events
from onrecord.store.schema import telling as tellings
from onrecord.store.schema import telling_key
from onrecord.store.sides import countries_of

FOUND = KeyedIndex(table=telling_key, holder="unit", most_holders=200, enough=ENOUGH, most_found=8)
"""By what the units are found that a new one is compared with."""

MOST_GROUPED = 60  # tellings of a happening that is grouped anew when one is added


def enter_tellings(connection: Connection, record: Record, number: int) -> None:
    """Enter the events of the latest version of an article, of which none are entered."""
    units = _insert(connection, record, number)
    keys = {number: unit_keys(unit) for number, unit in units.items()}
    near = FOUND.nearest(connection, {number: one.asked for number, one in keys.items()})
    _join(connection, units, near.holders)
    _enter_keys(connection, keys, near.full)


def leave_article(connection: Connection, article_id: str) -> None:
    """Take out the events of an article, of whatever version."""
    _leave(connection, of_articles(tellings, [article_id]))


def leave_tellings(connection: Connection, number: int) -> None:
    """Take out the events of an article version, and group anew what they were told with."""
    _leave(connection, tellings.c.number == number)


def _leave(connection: Connection, where: ColumnElement[bool]) -> None:
    entries = read_entries(connection, where)
    if not entries:
        return
    for number, unit in units_of(entries).items():
        FOUND.leave(connection, number, unit_keys(unit).kept)
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


def _join(
    connection: Connection, units: Mapping[int, Unit], found: Mapping[int, Sequence[int]]
) -> None:
    """Put each new unit with the units it shares keys with where it belongs, else by itself.

    Of their happenings only those are looked at as a whole that a unit fits so far.
    """
    tried = _tried(connection, found)
    possible = _possible(units, found, tried)
    left = {home for homes in possible.values() for home in homes}
    if not left:
        return
    near = _by_home(in_full(connection, [one for one in tried if one.happening_id in left]))
    sizes = _sizes(connection, near)
    small: set[str] = set()
    taken: dict[int, str] = {}
    for number, unit in units.items():
        fitting = [one for one in possible[number] if may_join(near[one], unit)]
        if large := [one for one in fitting if sizes[one] > MOST_GROUPED]:
            taken[number] = large[0]
        else:
            small.update(fitting)
    keep_happenings(connection, taken)
    if small:
        told = read_entries(connection, among(tellings.c.happening_id, small))
        mine = {number: unit for number, unit in units.items() if number not in taken}
        before = {one.unit: one.happening_id for one in told}
        before |= {number: unit.unit_id for number, unit in mine.items()}
        _keep_grouped(connection, units_of(told) | mine, before)


def _tried(connection: Connection, found: Mapping[int, Sequence[int]]) -> list[Outline]:
    """Return what was found, in outline."""
    others = {one for some in found.values() for one in some}
    if not others:
        return []
    return read_outlines(connection, numbers_among(tellings.c.unit, others))


def _possible(
    units: Mapping[int, Unit], found: Mapping[int, Sequence[int]], tried: Sequence[Outline]
) -> dict[int, list[str]]:
    """Return the happenings of what units share keys with, but for those that it cannot be.

    Most are of another day, place or mode, so that their texts need not be read.
    """
    home = {one.unit: one.happening_id for one in tried}
    near = _by_home(list(map(outlined, tried)))
    return {
        number: [
            one
            for one in dict.fromkeys(home[other] for other in found[number] if other in home)
            if not is_ruled_out(near[one], unit)
        ]
        for number, unit in units.items()
    }


def _by_home(entries: Sequence[Entry]) -> dict[str, list[Unit]]:
    """Return units by the happening they tell throughout the store."""
    home = {one.unit: one.happening_id for one in entries}
    near: dict[str, list[Unit]] = defaultdict(list)
    for number, unit in units_of(entries).items():
        near[home[number]].append(unit)
    return near


def _enter_keys(
    connection: Connection, keys: Mapping[int, UnitKeys], full: Set[int] | None = None
) -> None:
    FOUND.enter(connection, {number: one.kept for number, one in keys.items()}, full)


def _group(connection: Connection, entries: Sequence[Entry]) -> None:
    """Work out which of some tellings are one happening, and keep what is new."""
    before = {one.unit: one.happening_id for one in entries}
    _keep_grouped(connection, units_of(entries), before)


def _keep_grouped(
    connection: Connection, units: Mapping[int, Unit], before: Mapping[int, str]
) -> None:
    after = grouped(units)
    keep_happenings(connection, {one: at for one, at in after.items() if at != before[one]})


def grouped(units: Mapping[int, Unit]) -> dict[int, str]:
    """Return the happening of each of some units, taking no others into account."""
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
        together = [{"found": found_id} for found_id in {*found.values()}]
        alone = tellings.c.happening_id == bindparam("found"), tellings.c.once.is_(True)
        connection.execute(update(tellings).where(*alone).values(once=False), together)


def happening_of_events(connection: Connection, article_ids: Iterable[str]) -> dict[EventKey, str]:
    """Return the happening of each event of some articles."""
    columns = (articles.c.article_id, events.c.event_id, tellings.c.happening_id)
    query = (
        select(*columns)
        .join_from(articles, tellings, same_article(tellings, articles))
        .join(events, is_told_by(tellings))
        .where(among(articles.c.article_id, article_ids))
    )
    return {(line[0], line[1]): line[2] for line in connection.execute(query)}


def is_told_by(tells: FromClause) -> ColumnElement[bool]:
    """Return the condition that a line of `event` is what a telling is."""
    return and_(same_article(events, tells), place_of(events) == tells.c.event_id)


def enter_anew(connection: Connection, record: Record, number: int) -> None:
    """Enter the events of the latest version of an article that has none entered; not linked."""
    units = _insert(connection, record, number)
    _enter_keys(connection, {number: unit_keys(unit) for number, unit in units.items()})


def _insert(connection: Connection, record: Record, number: int) -> dict[int, Unit]:
    """Enter tellings, each as a happening by itself in its article; return these, by number."""
    last = connection.scalar(select(func.max(tellings.c.unit))) or 0
    told: dict[str, list[Telling]] = defaultdict(list)
    places = {event.event_id: at for at, event in enumerate(record.events)}
    entered = owned_by(record)
    for owned in entered:
        told[owned.own_id].append(owned.telling)
    numbers = {own_id: number for number, own_id in enumerate(told, start=last + 1)}
    lines = [
        {
            "number": number,
            "event_id": places[one.telling.telling_id],
            "own_id": one.own_id,
            "happening_id": one.own_id,
            "unit": numbers[one.own_id],
            "once": len(told[one.own_id]) == 1,
            "countries": countries_of(one.telling),
        }
        for one in entered
    ]
    insert_lines(connection, tellings, lines)
    return {numbers[own_id]: unit_of(own_id, some) for own_id, some in told.items()}
