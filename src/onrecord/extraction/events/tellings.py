"""Tellings: an attack told again without one of its sides has that side from where it is told."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from onrecord.drafts import Cast
from onrecord.records import Event, EventType, Participant

# "The invasion" after "Russia's invasion of Ukraine". Of the other types, none gained by it on
# articles that were kept back (30 November 2026).
_TOLD_AGAIN: frozenset[EventType] = frozenset({"ASSAULT"})
_BEHIND = 1.5  # how much farther off what is told only later counts


def completed(events: Sequence[Event], cast: Cast) -> tuple[Event, ...]:
    """Return events, each side that is empty filled from the nearest telling that shares the other.

    A telling without any party stays as it is: nothing says that it is the same.
    """
    return tuple(_completed(event, events, cast) for event in events)


def _completed(event: Event, events: Sequence[Event], cast: Cast) -> Event:
    if event.event_type not in _TOLD_AGAIN or bool(event.actors) == bool(event.recipients):
        return event
    known = _sides(event.actors or event.recipients, cast)
    acts = bool(event.actors)
    nearest: tuple[float, tuple[Participant, ...]] | None = None
    for other in events:
        same, lacking = (
            (other.actors, other.recipients) if acts else (other.recipients, other.actors)
        )
        if other.event_type != event.event_type or not lacking or other is event:
            continue
        if not known & _sides(same, cast) or known & _sides(lacking, cast):
            continue
        gap = other.trigger[0].start - event.trigger[0].start
        distance = gap * _BEHIND if gap > 0 else float(-gap)
        if nearest is None or distance < nearest[0]:
            nearest = distance, lacking
    if nearest is None:
        return event
    return replace(event, **{"recipients" if acts else "actors": nearest[1]})


def _sides(parties: Iterable[Participant], cast: Cast) -> set[str]:
    """Return the countries of parties, and the actors of those without one."""
    actors = (cast.actor(party.actor_id) for party in parties)
    return {actor.country or actor.actor_id for actor in actors if actor is not None}
