"""The rows that may be moves in talks: those by who acts for a party, of certain types."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, TypeAlias

from sqlalchemy import Connection, Select, and_, select

from onrecord.happenings import EventKey
from onrecord.store.catalogue import numbers_among, same_article
from onrecord.store.links import place_of
from onrecord.store.picking import Chosen
from onrecord.store.retelling import is_told_by
from onrecord.store.schema import (
    article,
    condition,
    demand,
    event,
    participant,
    statement,
    telling,
)
from onrecord.talks import ACTS, EVENT_TYPES

Acting: TypeAlias = Mapping[tuple[int, Any], str]
"""The party of each actor that acts for one, by the number of its article and its place."""


def moving(connection: Connection, numbers: Sequence[int], acting: Acting) -> Chosen:
    """Return the rows of some articles that may be moves, and who acts in articles with any."""
    chosen = {
        kind: {
            (number, place)
            for number, place, by in connection.execute(query)
            if (number, by) in acting
        }
        for kind, query in _made(numbers).items()
    }
    moved = {number for some in chosen.values() for number, _ in some}
    return chosen | {"actors": {one for one in acting if one[0] in moved}}


def _made(numbers: Sequence[int]) -> dict[str, Select[tuple[int, Any, Any]]]:
    """Return the queries for the rows of each kind in some articles, with whom they are by."""
    of_event = and_(
        same_article(participant, event),
        participant.c.event_id == place_of(event),
        participant.c.role == "actors",
    )
    return {
        "events": select(event.c.number, place_of(event), participant.c.actor_id)
        .join(participant, of_event)
        .where(event.c.event_type.in_(EVENT_TYPES), numbers_among(event.c.number, numbers)),
        "statements": select(statement.c.number, place_of(statement), statement.c.speaker_id).where(
            statement.c.act.in_(ACTS), numbers_among(statement.c.number, numbers)
        ),
        **{
            f"{rows.name}s": select(rows.c.number, place_of(rows), rows.c.by_id).where(
                numbers_among(rows.c.number, numbers)
            )
            for rows in (demand, condition)
        },
    }


def happening_of_moves(
    connection: Connection, numbers: Sequence[int]
) -> Iterator[tuple[EventKey, str]]:
    """Yield the events of some articles that may be moves, each with its happening."""
    query = (
        select(article.c.article_id, event.c.event_id, telling.c.happening_id)
        .join_from(event, telling, is_told_by(telling))
        .join(article, same_article(article, event))
        .where(event.c.event_type.in_(EVENT_TYPES), numbers_among(event.c.number, numbers))
    )
    for article_id, event_id, happening_id in connection.execute(query):
        yield (article_id, event_id), happening_id
