"""Tellings: an attack told again without one of its sides has that side from where it is told."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from onrecord.drafts import Cast
from onrecord.records import Event, EventType, Participant

Keys = frozenset[str]

# "The invasion" after "Russia's invasion of Ukraine". Of the other types, none gained by it on
# articles that were kept back (30 November 2026).
_TOLD_AGAIN: frozenset[EventType] = frozenset({"ASSAULT"})
_REACH = 40  # attacks before and behind that are looked at
_BEHIND = 1.5  # how much farther off what is told only later counts


def completed(events: Sequence[Event], cast: Cast) -> tuple[Event, ...]:
    """Return events, each side that is empty filled from the nearest telling that shares the other.

    A telling without any party stays as it is: nothing says that it is the same.
    """
    told = [event for event in events if event.event_type in _TOLD_AGAIN]
    sides = [(_keys(event.actors, cast), _keys(event.recipients, cast)) for event in told]
    filled = {
        event.event_id: _completed(number, told, sides)
        for number, event in enumerate(told)
        if bool(event.actors) != bool(event.recipients)
    }
    return tuple(filled.get(event.event_id, event) for event in events)


def _completed(number: int, told: Sequence[Event], sides: Sequence[tuple[Keys, Keys]]) -> Event:
    event = told[number]
    known, lacking = (0, 1) if event.actors else (1, 0)
    mine = sides[number][known]
    nearest: tuple[float, int] | None = None
    for other in range(max(0, number - _REACH), min(len(told), number + _REACH + 1)):
        theirs = sides[other]
        parties = told[other].recipients if lacking else told[other].actors
        if other == number or not parties or not mine & theirs[known] or mine & theirs[lacking]:
            continue
        gap = told[other].trigger[0].start - event.trigger[0].start
        distance = gap * _BEHIND if gap > 0 else float(-gap)
        if nearest is None or distance < nearest[0]:
            nearest = distance, other
    if nearest is None:
        return event
    source = told[nearest[1]]
    if lacking:
        return replace(event, recipients=source.recipients)
    return replace(event, actors=source.actors)


def _keys(parties: Iterable[Participant], cast: Cast) -> Keys:
    """Return the countries of parties, and the actors of those without one."""
    actors = (cast.actor(party.actor_id) for party in parties)
    return frozenset(actor.country or actor.actor_id for actor in actors if actor is not None)
