"""PLOVER JSON lines: an event a line, with the field names of the PLOVER manual."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence

from onrecord.exports.days import when
from onrecord.exports.told import Told, around, country_name
from onrecord.records import Event, Participant, Place

Json = dict[str, object]

_AUXILIARY = {
    "negated": "negation",
    "future": "future",
    "conditional": "hypothetical",
    "hypothetical": "hypothetical",
}
"""The manual's auxiliary modes, by the modality of an event."""

CODEBOOK = "plover-2.0-draft"
_REQUIRED = ("id", "date", "actor", "event")


def lines(sources: Iterable[Told]) -> Iterator[str]:
    """Yield each event as a line of JSON; fields that are unknown are left out.

    Those that the manual requires are null in that case.
    """
    for told in sources:
        for event in told.record.events:
            fields = dict.fromkeys(_REQUIRED) | _known(_event(told, event))
            yield json.dumps(fields, ensure_ascii=False)


def _event(told: Told, event: Event) -> Json:
    days, article = when(event.date), told.article
    auxiliary = _AUXILIARY.get(event.modality)
    # "all of the entities are considered as the actor and no recipient is included" (section on
    # compound and reciprocal actors)
    actors = (*event.actors, *event.recipients) if event.symmetric else event.actors
    recipients = () if event.symmetric else event.recipients
    return {
        "id": event.event_id,
        "date": days.first if days else None,
        "enddate": days.last if days and days.last != days.first else None,
        "actor": _entities(told, actors),
        "recipient": _entities(told, recipients),
        "event": [event.event_type],
        "event_loc": _location(told, event.place),
        "event_text": [article.cut(span) for span in event.trigger],
        "quad_code": event.quad,
        "event_scale": event.goldstein,
        "mode": [mode for mode in (event.mode, auxiliary) if mode],
        "context": list(event.contexts),
        "link": told.happening(event),
        "text": article.cut(around(event)),
        "text_info": {"start": around(event).start, "end": around(event).end},
        "cite_info": _known(
            {
                "url": article.url,
                "title": article.title,
                "language": article.language,
                "publication": article.publisher,
                "coder": event.extractor,
                "codebook": CODEBOOK,
            }
        ),
        "coder": event.extractor,
    }


def _entities(told: Told, parties: Sequence[Participant]) -> list[Json]:
    return [_known(_entity(told, party)) for party in parties]


def _entity(told: Told, party: Participant) -> Json:
    actor = told.actor(party.actor_id)
    return {
        "code": actor.country if actor else None,
        "sector": actor.sector if actor else None,
        "entity_text": told.article.cut(party.span),
        "identifier_id": actor.wikidata if actor else None,
        "identifier_text": actor.name if actor else None,
        "office": told.role(party.actor_id),
    }


def _location(told: Told, place: Place | None) -> Json | None:
    if place is None:
        return None
    return _known(
        {
            "extracted_place": told.article.cut(place.span),
            "resolved_place": place.name,
            "geonameid": place.geonames_id,
            "lat": place.lat,
            "lon": place.lon,
            "province": place.admin,
            "country": country_name(place.country),
            "country_code": place.country,
        }
    )


def _known(fields: Json) -> Json:
    """Return the fields that have a value."""
    return {name: value for name, value in fields.items() if value not in (None, [], {})}
