"""Pruning: mentions and actors that no row needs are left out of a record."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence, Set
from dataclasses import replace

from onrecord.records import (
    Actor,
    Condition,
    Demand,
    Event,
    Figure,
    Record,
    Row,
    Span,
    Statement,
    Term,
)


def prune(record: Record, passing: Set[str]) -> Record:
    """Return a record without adjectives no event uses and unnamed actors no row refers to.

    A name that may be a body's, of which nothing is known but the name, stays only where a row
    refers to it: products, works and techniques are written like it. So does one named once of
    which but the likely side is known.
    A metonym stays although nobody knows for whom it stands: it is no place, so this is its row.
    A mention in doubt stays while an actor that it may refer to does.
    `passing` holds the ids of mentions that count only as a party to an event.
    """
    parties = set(_party_spans(record))
    mentions = [m for m in record.mentions if m.mention_id not in passing or m.span in parties]
    used = {actor_id for row in record.rows() for actor_id in _actor_ids(row)}
    times = Counter(m.actor_id for m in mentions if m.form == "name")
    bare = {
        a.actor_id
        for a in record.actors
        if _is_bare(a) and (times[a.actor_id] < 2 or not a.country)
    }
    named = {m.actor_id for m in mentions if m.actor_id and m.form in {"name", "metonym"}}
    used |= named - bare
    states = {actor.actor_id for actor in record.actors if actor.kind == "state"}
    used |= {m.actor_id for m in mentions if m.actor_id in states and m.form == "pronoun"}
    kept = tuple(
        one
        for one in (replace(m, candidates=_of(m.candidates, used)) for m in mentions)
        if one.actor_id in used or one.candidates or (one.form == "metonym" and not one.actor_id)
    )
    lost = used - {m.actor_id for m in kept}  # a row may refer to an actor by an adjective alone
    kept += tuple(m for m in record.mentions if m.actor_id in lost)
    return replace(
        record,
        actors=tuple(actor for actor in record.actors if actor.actor_id in used),
        mentions=tuple(sorted(kept, key=lambda mention: mention.span)),
    )


def _is_bare(actor: Actor) -> bool:
    told = any(ground.field == "country" and ground.rule != "side" for ground in actor.grounds)
    known = told or actor.sector or actor.wikidata
    return actor.kind == "organisation" and not known


def _of(candidates: Sequence[str], used: Set[str]) -> tuple[str, ...]:
    return tuple(candidate for candidate in candidates if candidate in used)


def _party_spans(record: Record) -> Iterator[Span]:
    for event in record.events:
        for party in (*event.actors, *event.recipients):
            yield party.span


def _actor_ids(row: Row) -> Iterator[str]:
    """Yield the actors a row refers to; a mention does not count."""
    match row:
        case Statement():
            ids: tuple[str | None, ...] = (row.speaker_id, row.addressee_id)
        case Event():
            ids = tuple(party.actor_id for party in (*row.actors, *row.recipients))
        case Figure():
            ids = (row.cause_id,)
        case Condition():
            ids = (row.by_id, row.on_id)
        case Demand():
            ids = (row.by_id, row.of_id)
        case Term():
            ids = (row.used_by_id,)
        case _:
            ids = ()
    yield from (actor_id for actor_id in ids if actor_id is not None)
