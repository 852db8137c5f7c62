"""The happenings of one article, entered on its events, and those of many."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import TypeAlias

from onrecord.happenings.grouping import group_article, group_units, unit_of
from onrecord.happenings.telling import Telling, tellings_of
from onrecord.happenings.wording import Wording
from onrecord.records import Record

EventKey: TypeAlias = tuple[str, str]  # article_id, event_id


@dataclass(frozen=True, slots=True)
class Owned:
    """A telling and the happening that it tells in its article."""

    telling: Telling
    own_id: str


def owned_by(record: Record) -> tuple[Owned, ...]:
    """Return the tellings of a record with their happenings there; an unmarked event is its own."""
    own = {event.event_id: event.happening_id for event in record.events}
    return tuple(
        Owned(telling, own[telling.telling_id] or telling.telling_id)
        for telling in tellings_of(record)
    )


def happenings_of(tellings: Iterable[Owned]) -> dict[EventKey, str]:
    """Return the happening throughout some articles of each event: that of its earliest telling.

    The result does not depend on the order of the tellings.
    """
    own: dict[tuple[str, str], list[Telling]] = defaultdict(list)
    for one in tellings:
        own[one.telling.article_id, one.own_id].append(one.telling)
    units = (unit_of(own_id, told) for (_, own_id), told in own.items())
    return {
        (telling.article_id, telling.telling_id): group[0].unit_id
        for group in group_units(units)
        for unit in group
        for telling in unit.tellings
    }


def with_happenings(record: Record, wordings: Mapping[str, Wording]) -> Record:
    """Return a record whose events say which happening they tell: the id of its first telling.

    Args:
        record: The record of an article.
        wordings: How each event is worded, by its id.
    """
    of_event = {
        telling.telling_id: group.group_id
        for group in group_article(tellings_of(record), wordings)
        for telling in group.members
    }
    events = tuple(replace(event, happening_id=of_event[event.event_id]) for event in record.events)
    return replace(record, events=events)
