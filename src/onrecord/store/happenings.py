"""What happened, each happening with all its tellings, and why they are taken to be one."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, select

from onrecord.errors import StoreError
from onrecord.happenings import Comparison, EventKey, Telling, compare
from onrecord.records import Record, Row
from onrecord.store.catalogue import among
from onrecord.store.finding import Hit
from onrecord.store.ids import begins
from onrecord.store.reading import load_records
from onrecord.store.retelling import happening_of_events, is_told_by
from onrecord.store.retold import Entry, read_entries
from onrecord.store.schema import event, telling
from onrecord.store.units import Unit, stories_of_articles
from onrecord.tables import Selection, selected

_ID = re.compile(r"[0-9a-f]{4,16}")
_MANY = 20_000  # happenings; more are looked up by reading all
_LISTED = 8  # ids in a message about an unclear one
_ASPECTS = ("actors", "recipients", "date", "place", "mode", "words")


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """Why a telling is taken to be of the happening that an earlier one tells.

    Aspects are type, actors, recipients, date, place, mode and words (of the sentence). The type
    always agrees. A telling of which little is known comes back to an earlier one ("the attack").
    """

    earlier_id: str  # the event it was compared with
    same: tuple[str, ...]
    near: tuple[str, ...]  # one within the other, such as a town in a country; words in part
    unknown: tuple[str, ...]  # what one of the two does not say

    def __str__(self) -> str:
        parts = [f"same {', '.join(self.same)}"]
        if self.near:
            parts.append(f"near {', '.join(self.near)}")
        if self.unknown:
            parts.append(f"unknown {', '.join(self.unknown)}")
        return "; ".join(parts)


@dataclass(frozen=True, slots=True, kw_only=True)
class Retelling:
    """An event row that tells a happening."""

    event_id: str
    article_id: str
    version: int
    title: str | None
    published: str | None
    actors: str | None  # several are joined with "; "
    recipients: str | None
    date: str | None
    place: str | None
    modality: str
    voice: str
    trigger: str
    reason: Reason | None  # None: the earliest telling


@dataclass(frozen=True, slots=True, kw_only=True)
class Happening:
    """One happening: what its tellings say together, the earliest that says something first."""

    happening_id: str
    event_type: str
    modality: str  # actual where any telling says so
    actors: str | None
    recipients: str | None
    date: str | None
    place: str | None
    articles: int
    stories: int  # an article with all its copies is one
    times: int  # it is told; by copies of a story once, where stories are counted
    unit: Unit  # what `times` counts once
    tellings: tuple[Retelling, ...]  # by publication, unknown dates last, then as they stand


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """Which happenings to list."""

    fewest: int  # how often a happening must be told
    limit: int | None  # how many happenings at most; None is all
    unit: Unit = "article"  # what tells once


def list_happenings(
    connection: Connection, hits: Sequence[Hit], listing: Listing
) -> tuple[Happening, ...]:
    """Return the happenings that some events tell, those told most often first.

    Their other tellings are added to the events.
    """
    linked = happening_of_events(connection, {hit.key[0] for hit in hits})
    meant = {linked[hit.key[0], hit.row_id] for hit in hits}
    groups = _groups(connection, meant)
    told = _Told(connection, groups.values(), listing.unit)
    times = {one: told.times(groups[one]) for one in meant}
    ranked = sorted(
        (one for one in meant if times[one] >= listing.fewest),
        key=lambda one: (-times[one], _order(groups[one][0]), one),
    )
    listed = {one: groups[one] for one in ranked[: listing.limit]}
    return tuple(_described(connection, listed, told))


class _Told:
    """Counts how often happenings are told."""

    def __init__(
        self, connection: Connection, groups: Iterable[Sequence[Entry]], unit: Unit
    ) -> None:
        self.unit = unit
        articles = {one.key[0] for told in groups for one in told}
        self._stories = stories_of_articles(connection, articles)

    def times(self, told: Sequence[Entry]) -> int:
        """Return how often: of a story, by the article that tells it most often."""
        if self.unit == "article":
            return len(told)
        most: Counter[str] = Counter()
        for article_id, times in Counter(one.key[0] for one in told).items():
            story = self._story(article_id)
            most[story] = max(most[story], times)
        return most.total()

    def stories(self, told: Sequence[Entry]) -> int:
        """Return in how many stories."""
        return len({self._story(one.key[0]) for one in told})

    def _story(self, article_id: str) -> str:
        return self._stories.get(article_id, article_id)


def happenings_with(connection: Connection, ids: Sequence[str]) -> tuple[Happening, ...]:
    """Return the happenings with some ids, in that order."""
    groups = _groups(connection, ids)
    counted = _Told(connection, groups.values(), "article")
    return tuple(_described(connection, {one: groups[one] for one in ids}, counted))


def find_happening(connection: Connection, place: str, ref: str) -> Happening:
    """Return the happening meant by its id, by that of an event, or by the beginning of one.

    Raises:
        StoreError: None is meant, or more than one.
    """
    groups = _groups(connection, _named(connection, ref))
    meant = {key for key in groups if key.startswith(ref)} or {
        key
        for key, told in groups.items()
        if any(one.telling.telling_id.startswith(ref) for one in told)
    }
    if not meant:
        raise StoreError(
            f"{place} has no happening {ref!r}; give an id that `onrecord happenings list` or the "
            f"column happening_id of `onrecord find events` shows"
        )
    if len(meant) > 1:
        listed = ", ".join(sorted(meant)[:_LISTED])
        raise StoreError(f"{ref!r} means {len(meant)} happenings in {place}: {listed}; give one id")
    found = {key: groups[key] for key in meant}
    (happening,) = _described(connection, found, _Told(connection, found.values(), "article"))
    return happening


def _named(connection: Connection, ref: str) -> set[str]:
    """Return the happenings with an id, or an event with one, that begins so; none else."""
    if "\0" in ref:  # which no id has, and a server refuses
        return set()

    def meant(column: ColumnElement[str]) -> ColumnElement[bool]:
        return begins(column, ref) if _ID.fullmatch(ref) else column == ref

    query = select(telling.c.happening_id)
    found = set(connection.scalars(query.where(meant(telling.c.happening_id))))
    if found:
        return found
    return set(
        connection.scalars(query.join(event, is_told_by(telling)).where(meant(event.c.event_id)))
    )


def _groups(connection: Connection, wanted: Collection[str]) -> dict[str, list[Entry]]:
    """Return the tellings of some happenings, the earliest first."""
    where = among(telling.c.happening_id, wanted) if len(wanted) <= _MANY else None
    groups: dict[str, list[Entry]] = defaultdict(list)
    for one in sorted(read_entries(connection, where), key=_order):
        if one.happening_id in wanted:
            groups[one.happening_id].append(one)
    return groups


def _order(entry: Entry) -> tuple[str, str, int, str]:
    told = entry.telling
    published = told.published.first if told.published else "9999"
    return published, told.article_id, told.position, told.telling_id


def _described(
    connection: Connection, groups: Mapping[str, Sequence[Entry]], counted: _Told
) -> Iterator[Happening]:
    facts = _facts(connection, [one for told in groups.values() for one in told])
    for happening_id, told in groups.items():
        tellings = tuple(
            _retelling(facts[one.key[0], one.telling.telling_id], told[:at], one.telling)
            for at, one in enumerate(told)
        )
        happened = any(one.modality == "actual" for one in tellings)
        yield Happening(
            happening_id=happening_id,
            event_type=told[0].telling.event_type,
            modality="actual" if happened else tellings[0].modality,
            actors=next((one.actors for one in tellings if one.actors), None),
            recipients=next((one.recipients for one in tellings if one.recipients), None),
            date=next((one.date for one in tellings if one.date), None),
            place=next((one.place for one in tellings if one.place), None),
            articles=len({one.article_id for one in tellings}),
            stories=counted.stories(told),
            times=counted.times(told),
            unit=counted.unit,
            tellings=tellings,
        )


def _facts(connection: Connection, entries: Iterable[Entry]) -> dict[EventKey, dict[str, Any]]:
    """Return the rows of some events as `onrecord.tables` has them."""
    wanted: dict[tuple[str, int], set[str]] = defaultdict(set)
    for one in entries:
        wanted[one.key].add(one.telling.telling_id)
    kinds = ("events", "statements", "actors")
    records = load_records(connection, wanted, kinds)
    rows = selected("events", [Selection(one, _events(one, wanted)) for one in records])
    return {(row["article_id"], row["event_id"]): row for row in rows.to_pylist()}


def _events(record: Record, wanted: Mapping[tuple[str, int], set[str]]) -> list[Row]:
    ids = wanted[record.article.article_id, record.article.version]
    return [event for event in record.events if event.event_id in ids]


def _retelling(row: Mapping[str, Any], before: Sequence[Entry], told: Telling) -> Retelling:
    same_names = ("event_id", "article_id", "version", "title", "published", "actors")
    more = ("recipients", "date", "place", "modality", "voice", "trigger")
    values = {name: row[name] for name in (*same_names, *more)}
    return Retelling(reason=_reason(before, told), **values)


def _reason(before: Sequence[Entry], told: Telling) -> Reason | None:
    """Return how a telling agrees with the earlier one that it agrees with most."""
    if not before:
        return None
    compared = [(one.telling, compare(one.telling, told)) for one in before]
    earlier, found = max(compared, key=lambda pair: _agreement(pair[1]))
    aspects = {name: getattr(found, name) for name in _ASPECTS}
    return Reason(
        earlier_id=earlier.telling_id,
        same=("type", *(name for name, how in aspects.items() if how == "same")),
        near=tuple(name for name, how in aspects.items() if how == "near"),
        unknown=tuple(name for name, how in aspects.items() if how == "unknown"),
    )


def _agreement(found: Comparison) -> int:
    weights = {"same": 3, "near": 1, "unknown": 0, "differs": -9}
    return sum(weights[getattr(found, name)] for name in _ASPECTS)
