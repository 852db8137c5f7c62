"""FollowTheMoney: JSON lines of entities as Aleph and OpenAleph take them.

An article is an Article; an actor a Person, PublicBody, Organization or LegalEntity; a mention a
Mention; an event that is told as having happened an Event; a statement a Note on who made it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator

from onrecord.exports.days import When, when
from onrecord.exports.references import whole_text
from onrecord.exports.told import SEVERAL, Told, country
from onrecord.records import Actor, Event, Mention, Participant, Statement
from onrecord.tables import words

Json = dict[str, object]

_SCHEMATA = {
    "person": "Person",
    "state": "PublicBody",
    "government": "PublicBody",
    "igo": "Organization",
    "ngo": "Organization",
    "armed_group": "Organization",
    "organisation": "Organization",
}
_LANGUAGES = {"en": "eng"}  # FollowTheMoney has ISO 639-3; rows are found in English alone
_OTHER = "LegalEntity"  # a bloc, an unnamed group


def lines(sources: Iterable[Told]) -> Iterator[str]:
    """Yield the entities of each article as lines of JSON."""
    for told in sources:
        for entity in _entities(told):
            yield json.dumps(entity, ensure_ascii=False)


def _entities(told: Told) -> Iterator[Json]:
    yield _article(told)
    record = told.record
    yield from (_actor(told, row) for row in record.actors)
    yield from (_mention(told, row) for row in record.mentions)
    yield from (_event(told, row) for row in told.happened())
    yield from (_statement(told, row) for row in record.statements)


def _entity(told: Told, schema: str, row_id: str, properties: dict[str, list[str | None]]) -> Json:
    known = {
        name: [value for value in values if value] for name, values in sorted(properties.items())
    }
    return {
        "id": _id(told, row_id),
        "schema": schema,
        "properties": {name: values for name, values in known.items() if values},
    }


def _id(told: Told, row_id: str) -> str:
    """Return an id that no row of another article has; an actor's is that of its article."""
    article = told.article
    parts = f"{article.article_id}\x1f{article.version}\x1f{row_id}"
    return f"onrecord-{hashlib.sha256(parts.encode()).hexdigest()[:32]}"


def _article(told: Told) -> Json:
    article = told.article
    return _entity(
        told,
        "Article",
        "article",
        {
            "title": [article.title],
            "author": [article.byline],
            "publisher": [article.publisher],
            "publishedAt": [article.published],
            "sourceUrl": [article.url],
            "language": [_LANGUAGES.get(article.language or "")],
            "contentHash": [hashlib.sha1(article.text.encode()).hexdigest()],
            "bodyText": [whole_text(article)],
        },
    )


def _land(code: str | None) -> str | None:
    found = country(code)
    return found.alpha2.lower() if found else None


def _actor(told: Told, row: Actor) -> Json:
    properties: dict[str, list[str | None]] = {
        "name": [row.name],
        "alias": [row.known_as],
        "country": [_land(row.country)],
        "wikidataId": [row.wikidata],
        "proof": [_id(told, "article")],
    }
    role = told.role(row.actor_id)
    properties["position" if row.kind == "person" else "classification"] = [role]
    return _entity(told, _SCHEMATA.get(row.kind, _OTHER), row.actor_id, properties)


def _mention(told: Told, row: Mention) -> Json:
    actor = told.actor(row.actor_id)
    return _entity(
        told,
        "Mention",
        row.mention_id,
        {
            "document": [_id(told, "article")],
            "name": [told.article.cut(row.span)],
            "resolved": [_id(told, actor.actor_id) if actor else None],
            "detectedSchema": [_SCHEMATA.get(actor.kind, _OTHER) if actor else None],
            "contextCountry": [_land(actor.country) if actor else None],
        },
    )


def _event(told: Told, row: Event) -> Json:
    sides = [SEVERAL.join(map(told.name, side)) for side in (row.actors, row.recipients)]
    days = when(row.date)
    return _entity(
        told,
        "Event",
        row.event_id,
        {
            "name": [" ".join(filter(None, (row.event_type, row.mode, ": ".join(sides))))],
            "summary": [words(told.article, row.trigger)],
            "organizer": _parties(told, row.actors),
            "involved": [*_parties(told, row.actors), *_parties(told, row.recipients)],
            "location": [row.place.name if row.place else None],
            "country": [_land(row.place.country) if row.place else None],
            "keywords": [row.event_type, row.mode, *row.contexts],
            "proof": [_id(told, "article")],
            **_dates(days),
        },
    )


def _dates(days: When | None) -> dict[str, list[str | None]]:
    if days is None:
        return {}
    if days.day:
        return {"date": [days.day]}
    return {"startDate": [days.first], "endDate": [days.last]}


def _parties(told: Told, parties: Iterable[Participant]) -> list[str | None]:
    known = (told.actor(party.actor_id) for party in parties)
    return list(dict.fromkeys(_id(told, actor.actor_id) for actor in known if actor))


def _statement(told: Told, row: Statement) -> Json:
    actor = told.actor(row.speaker_id)
    said_on = when(row.said_on.value) if row.said_on else None
    return _entity(
        told,
        "Note",
        row.statement_id,
        {
            "name": [actor.name if actor else None],
            "description": [words(told.article, row.content)],
            "entity": [_id(told, actor.actor_id) if actor else None],
            "keywords": [row.kind, row.act],
            "createdAt": [said_on.day if said_on else None],
            "sourceUrl": [told.article.url],
            "publisher": [told.article.publisher],
            "proof": [_id(told, "article")],
        },
    )
