"""How many people an event killed, where the record itself ties a figure to one event."""

from __future__ import annotations

from collections.abc import Iterator

from onrecord.exports.told import HAPPENED
from onrecord.records import Event, Figure, Place, Record

_VIOLENT = "ASSAULT"


def killed(record: Record, event: Event) -> Figure | None:
    """Return the figure for those whom an assault killed, None where that cannot be known.

    It is known where one figure, not denied, names an actor of the event as its cause, in the same
    voice and with no other place or date, and fits no other assault; and no other figure does.
    """
    if event.event_type != _VIOLENT:
        return None
    fitting = [figure for figure in _deaths(record) if _fits(figure, event)]
    if len(fitting) != 1:
        return None
    others = (one for one in record.events if one.modality == HAPPENED and one is not event)
    if any(one.event_type == _VIOLENT and _fits(fitting[0], one) for one in others):
        return None
    return fitting[0]


def _deaths(record: Record) -> Iterator[Figure]:
    return (one for one in record.figures if one.measure == "killed" and not one.denied)


def _fits(figure: Figure, event: Event) -> bool:
    by = {party.actor_id for party in event.actors}
    return (
        figure.cause_id is not None
        and figure.cause_id in by
        and figure.statement_id == event.statement_id
        and _agree(_name(figure.place), _name(event.place))
        and _agree(figure.as_of, event.date)
    )


def _name(place: Place | None) -> str | None:
    return place.name if place else None


def _agree(one: str | None, other: str | None) -> bool:
    return one is None or other is None or one == other


def exact(figure: Figure | None) -> int | None:
    """Return the number a figure gives, None when it is open, a range or not whole."""
    if figure is None or figure.low is None or figure.low != figure.high or figure.approx:
        return None
    return int(figure.low) if figure.low == int(figure.low) else None
