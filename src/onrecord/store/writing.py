"""A record on its way into the tables."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy import Connection, Table, delete, insert, select

from onrecord.language.days import days_of
from onrecord.records import Article, Ground, InputMap, Record, Row, id_of
from onrecord.store import search
from onrecord.store.bulk import insert_lines
from onrecord.store.catalogue import is_latest, is_version
from onrecord.store.copying import enter_copies
from onrecord.store.identifying import enter, leave
from onrecord.store.links import links_of
from onrecord.store.makers import numbers_of_makers
from onrecord.store.retelling import enter_tellings, leave_article, leave_tellings
from onrecord.store.schema import article as articles
from onrecord.store.schema import participant
from onrecord.store.shapes import ARTICLE_FIELDS, SHAPES, Shape, nested_rows
from onrecord.store.spans import written


def insert_record(
    connection: Connection,
    record: Record,
    extractor: str,
    stored_at: str,
    number: int | None = None,
) -> int:
    """Put a record into the tables; it is not linked yet, and no search finds it.

    The article version must not be there. It goes by `number`, else by a new one.

    Returns:
        The number that it goes by.
    """
    values = article_values(record.article, extractor, stored_at)
    if number is not None:
        values["number"] = number
    (number,) = connection.execute(insert(articles), values).inserted_primary_key or (0,)
    _insert_rows(connection, record, {"number": number})
    return int(number)


def link_record(
    connection: Connection, record: Record, number: int, *, is_first: bool = False
) -> None:
    """Enter a stored record where it is linked with others: by actors, happenings and copies.

    Nothing is done for a version of which a later one is stored.

    Args:
        connection: To the store.
        record: What was put into the tables.
        number: By what it goes there.
        is_first: Whether nothing was ever stored of its article, so that there is nothing to leave.
    """
    if not is_first:
        if not is_latest(connection, record.article):
            return
        leave(connection, record.article.article_id)
        leave_article(connection, record.article.article_id)
    enter(connection, record, number)
    enter_tellings(connection, record, number)
    enter_copies(connection, record.article, number, is_first=is_first)


def _insert_rows(connection: Connection, record: Record, key: dict[str, Any]) -> None:
    nested = nested_rows(record)
    rows = [row for some in (record.rows(), *nested.values()) for row in some]
    makers = numbers_of_makers(connection, {row.extractor for row in rows})
    places: dict[Table, dict[str, int]] = {}
    for kind, shape in SHAPES.items():
        listed = [*enumerate(getattr(record, kind))]
        held = [(-at, row) for at, row in enumerate(nested.get(kind, ()), start=1)]
        places[shape.table] = {id_of(row): at for at, row in (*listed, *held)}
        lines = [
            key | row_values(shape, row, at) | {"maker": makers[row.extractor]}
            for at, row in (*listed, *held)
        ]
        insert_lines(connection, shape.table, _linked(shape.table, lines, places))
    lines = [key | one for one in participant_values(record)]
    insert_lines(connection, participant, _linked(participant, lines, places))


def _linked(
    table: Table, lines: list[dict[str, Any]], places: Mapping[Table, Mapping[str, int]]
) -> list[dict[str, Any]]:
    """Return lines with the position of the row that each link leads to, in place of its id."""
    for name, target in links_of(table).items():
        known = places[target]
        for line in lines:
            if line[name] is not None:
                line[name] = known[line[name]]
    return lines


def delete_record(connection: Connection, record: Record) -> int:
    """Take a stored article version and all its rows out; reviews stay.

    Returns:
        The number that it went by, and is to have again.
    """
    key = record.article.article_id, record.article.version
    query = select(articles.c.number).where(is_version(key))
    number = int(connection.scalars(query).one())
    leave_tellings(connection, number)
    search.remove(connection, record)
    connection.execute(delete(articles).where(articles.c.number == number))
    return number


def map_values(input_map: InputMap) -> list[list[int]]:
    """Return an input map as it is stored: start and end in the text, then in the input."""
    return [
        [segment.text.start, segment.text.end, segment.input.start, segment.input.end]
        for segment in input_map.segments
    ]


def article_values(article: Article, extractor: str, stored_at: str) -> dict[str, Any]:
    """Return what is kept of an article version, by column."""
    values = {name: getattr(article, name) for name in ARTICLE_FIELDS}
    values |= {"input_map": map_values(article.input_map), "extractor": extractor}
    return values | {"stored_at": stored_at} | _day_values(article.published)


def _day_values(date: str | None) -> dict[str, str | None]:
    days = days_of(date)
    return {
        "first_day": days.first if days else None,
        "last_day": days.last if days else None,
    }


def row_values(shape: Shape, row: Row, position: int | None) -> dict[str, Any]:
    """Return what is kept of a row, by column, but for its article and what made it."""
    values: dict[str, Any] = {name: getattr(row, name) for name in shape.columns}
    values |= {name: list(getattr(row, name)) for name in shape.lists}
    values |= {name: [_ground_values(one) for one in getattr(row, name)] for name in shape.grounds}
    for field, kind in shape.linked:
        nested = getattr(row, field)
        values[f"{field}_id"] = nested and getattr(nested, SHAPES[kind].id_field)
    if "first_day" in shape.table.c:
        values |= _day_values(shape.date(row))
    return values | {"position": position, "spans": written(shape, row)}


def _ground_values(ground: Ground) -> list[str | int | None]:
    span = ground.span
    edges = (span.start, span.end) if span is not None else (None, None)
    return [ground.field, ground.rule, *edges]


def participant_values(record: Record) -> Iterator[dict[str, Any]]:
    """Yield what is kept of the parties of a record's events, by column, but for its article."""
    for event in record.events:
        for role in SHAPES["events"].parties:
            for position, party in enumerate(getattr(event, role)):
                yield {
                    "event_id": event.event_id,
                    "role": role,
                    "position": position,
                    "start": party.span.start,
                    "end": party.span.end,
                    "actor_id": party.actor_id,
                }
