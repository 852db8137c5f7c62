"""ACLED-shaped CSV: the violence and the demonstrations told as having happened.

The columns are those of ACLED's export. What an article does not tell is empty, above all the
region, the precision of a place, the scale of a source and the codes for kinds of actors.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from onrecord.exports.casualties import exact, killed
from onrecord.exports.days import When, when
from onrecord.exports.sheets import csv_line
from onrecord.exports.sides import side_of
from onrecord.exports.told import SEVERAL, Told, around, country
from onrecord.records import Event, Participant

COLUMNS = (
    *("event_id_cnty", "event_date", "year", "time_precision", "disorder_type", "event_type"),
    *("sub_event_type", "actor1", "assoc_actor_1", "inter1", "actor2", "assoc_actor_2", "inter2"),
    *("interaction", "civilian_targeting", "iso", "region", "country", "admin1", "admin2"),
    *("admin3", "location", "latitude", "longitude", "geo_precision", "source", "source_scale"),
    *("notes", "fatalities", "tags", "timestamp"),
)

TYPES = frozenset({"ASSAULT", "PROTEST"})
"""The PLOVER types that ACLED codes as disorder."""

_VIOLENCE, _DEMONSTRATIONS = "Political violence", "Demonstrations"
_REMOTE = "Explosions/Remote violence"
_CIVILIANS = "Violence against civilians"
_BY_MODE = {
    "aerial": (_REMOTE, "Air/drone strike"),
    "drone": (_REMOTE, "Air/drone strike"),
    "heavy-weapons": (_REMOTE, "Shelling/artillery/missile attack"),
    "suicide-attack": (_REMOTE, "Suicide bomb"),
    "explosives": (_REMOTE, None),
    "abduct": (_CIVILIANS, "Abduction/forced disappearance"),
    "sexual": (_CIVILIANS, "Sexual violence"),
    "demo": ("Protests", None),
    "riot": ("Riots", None),
}
_DAY, _WEEK, _MONTH = 1, 2, 3  # ACLED's time precision


def lines(sources: Iterable[Told]) -> Iterator[str]:
    """Yield the header, then a line for each assault and protest told as having happened."""
    yield csv_line(COLUMNS)
    for told in sources:
        for event in told.happened():
            if event.event_type in TYPES:
                yield csv_line(_cells(told, event))


def _cells(told: Told, event: Event) -> list[object]:
    days, place, article = when(event.date), event.place, told.article
    land = country(place.country) if place else None
    recipients = side_of(told, event.recipients)
    return [
        event.event_id,
        days.day if days else None,
        days.year if days else None,
        _precision(days),
        _VIOLENCE if event.event_type == "ASSAULT" else _DEMONSTRATIONS,
        *_type(told, event),
        *_side(told, event.actors),
        *_side(told, event.recipients),
        None,
        "Civilian targeting" if recipients == "civilians" else None,
        land.numeric if land else None,
        None,
        land.name if land else None,
        place.admin if place else None,
        None,
        None,
        place.name if place else None,
        place.lat if place else None,
        place.lon if place else None,
        None,
        article.publisher,
        None,
        article.cut(around(event)),
        exact(killed(told.record, event)),
        None,
        None,
    ]


def _type(told: Told, event: Event) -> tuple[str | None, str | None]:
    """Return ACLED's event type and sub-event type, None where mode and parties do not decide."""
    if event.mode in _BY_MODE:
        return _BY_MODE[event.mode]
    if event.event_type != "ASSAULT" or event.mode in {"destroy", "crowd-control"}:
        return None, None
    by, on = side_of(told, event.actors), side_of(told, event.recipients)
    if on == "civilians":
        return _CIVILIANS, "Attack"
    if {by, on} <= {"state", "armed"} and event.symmetric:
        return "Battles", "Armed clash"
    return None, None


def _side(told: Told, parties: Sequence[Participant]) -> tuple[str | None, str | None, None]:
    """Return the first party of a side, the others, and no code for its kind."""
    names = [told.name(party) for party in parties]
    return next(iter(names), None), SEVERAL.join(names[1:]) or None, None


def _precision(days: When | None) -> int | None:
    if days is None:
        return None
    if days.day:
        return _DAY
    if days.is_within_a_week:
        return _WEEK
    return _MONTH if days.month else None
