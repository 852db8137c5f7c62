"""POLECAT: tab-separated lines of events with the columns of that data set.

The order is that of its weekly files, with the headline, which its published files withhold, last.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from onrecord.exports.days import when
from onrecord.exports.sheets import tab_line
from onrecord.exports.told import SEVERAL, Told, country, country_name
from onrecord.records import Event, Participant

_SIDE = (
    *("{0} Name", "{0} Country", "{0} COW", "Primary {0} Sector", "{0} Sectors", "{0} Title"),
    *("{0} Name Raw", "Wikipedia {0} ID"),
)

COLUMNS = (
    *("Event ID", "Event Date", "Event Type", "Event Mode", "Intensity", "Quad Code", "Contexts"),
    *(name.format("Actor") for name in _SIDE),
    *(name.format("Recipient") for name in _SIDE),
    *("Placename", "City", "District", "Province", "Country", "Latitude", "Longitude"),
    *("GeoNames ID", "Raw Placename", "Feature Type", "Source", "Publication Date"),
    *("Story People", "Story Organizations", "Story Locations", "Language", "Version", "Headline"),
)

_ORGANISED = frozenset({"government", "igo", "ngo", "armed_group", "organisation"})


def lines(sources: Iterable[Told]) -> Iterator[str]:
    """Yield the header, then a line for each event that is told as having happened."""
    yield tab_line(COLUMNS)
    for told in sources:
        story = _story(told)
        for event in told.happened():
            yield tab_line(_cells(told, event, story))


def _cells(told: Told, event: Event, story: Sequence[object]) -> list[object]:
    days, place, article = when(event.date), event.place, told.article
    return [
        event.event_id,
        days.day if days else None,
        event.event_type,
        event.mode,
        event.goldstein,
        event.quad,
        SEVERAL.join(event.contexts),
        *_side(told, event.actors),
        *_side(told, event.recipients),
        place.name if place else None,
        None,  # the record does not say whether a place is a city or a district
        None,
        place.admin if place else None,
        country_name(place.country) if place else None,
        place.lat if place else None,
        place.lon if place else None,
        place.geonames_id if place else None,
        article.cut(place.span) if place else None,
        None,  # nor which of GeoNames' feature types it is
        article.publisher,
        article.published,
        *story,
        article.language,
        event.extractor,
        article.title,
    ]


def _side(told: Told, parties: Sequence[Participant]) -> list[str]:
    """Return the cells for the actors or the recipients, several of them in one order."""
    actors = [told.actor(party.actor_id) for party in parties]
    numbers = [country(actor.country) if actor else None for actor in actors]
    sectors = _joined(actor.sector if actor else None for actor in actors)
    return [
        SEVERAL.join(told.name(party) for party in parties),
        _joined(country_name(actor.country) if actor else None for actor in actors),
        _joined(str(one.cow) if one and one.cow else None for one in numbers),
        sectors,
        sectors,
        _joined(told.role(party.actor_id) for party in parties),
        SEVERAL.join(told.article.cut(party.span) for party in parties),
        "",  # of a page in Wikipedia: the record knows Wikidata's items only
    ]


def _joined(values: Iterable[str | None]) -> str:
    """Return values with "; " between them, unknown ones empty; "" when all are unknown."""
    listed = [value or "" for value in values]
    return SEVERAL.join(listed) if any(listed) else ""


def _story(told: Told) -> list[str]:
    """Return the names of all people, organisations and places of an article."""
    record = told.record
    return [
        SEVERAL.join(actor.name for actor in record.actors if actor.kind == "person"),
        SEVERAL.join(actor.name for actor in record.actors if actor.kind in _ORGANISED),
        SEVERAL.join(dict.fromkeys(place.name for place in record.places)),
    ]
