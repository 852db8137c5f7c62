"""A record on its way into the tables."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection, delete, insert

from onrecord.language.days import days_of
from onrecord.records import Article, Ground, InputMap, Record, Row, Span, id_of
from onrecord.store import search
from onrecord.store.identifying import enter
from onrecord.store.retelling import enter_tellings
from onrecord.store.schema import article as articles
from onrecord.store.schema import evidence, participant
from onrecord.store.shapes import SHAPES, Shape, nested_rows

ARTICLE_FIELDS = (
    "article_id",
    "version",
    "text",
    "sha256",
    "url",
    "publisher",
    "title",
    "byline",
    "published",
    "published_from",
    "language",
    "source_path",
    "fetched_at",
    "story_id",
    "copy_of",
)
"""The fields of `Article` that have a column of their name and are kept as they are."""


def insert_record(connection: Connection, record: Record, extractor: str, stored_at: str) -> None:
    """Put a record into the tables, the search index and where actors are linked.

    The article version must not be there.
    """
    article = record.article
    key = {"article_id": article.article_id, "version": article.version}
    values = {name: getattr(article, name) for name in ARTICLE_FIELDS}
    values |= {"input_map": map_values(article.input_map), "extractor": extractor}
    values |= {"stored_at": stored_at} | _day_values(article.published)
    connection.execute(insert(articles), values)
    nested = nested_rows(record)
    for kind, shape in SHAPES.items():
        listed = [_row_values(shape, row, at) for at, row in enumerate(getattr(record, kind))]
        held = [_row_values(shape, row, None) for row in nested.get(kind, ())]
        if rows := [key | row for row in listed + held]:
            connection.execute(insert(shape.table), rows)
    if lines := [key | line for line in _evidence_values(record, nested)]:
        connection.execute(insert(evidence), lines)
    if lines := [key | line for line in _participant_values(record)]:
        connection.execute(insert(participant), lines)
    search.add(connection, record)
    enter(connection, record)
    enter_tellings(connection, record)


def delete_record(connection: Connection, article: Article) -> None:
    """Take an article version and all its rows out; reviews stay."""
    search.remove(connection, article)
    connection.execute(
        delete(articles).where(
            articles.c.article_id == article.article_id, articles.c.version == article.version
        )
    )


def map_values(input_map: InputMap) -> list[list[int]]:
    """Return an input map as it is stored: start and end in the text, then in the input."""
    return [
        [segment.text.start, segment.text.end, segment.input.start, segment.input.end]
        for segment in input_map.segments
    ]


def _day_values(date: str | None) -> dict[str, str | None]:
    days = days_of(date)
    return {
        "first_day": days.first if days else None,
        "last_day": days.last if days else None,
    }


def _row_values(shape: Shape, row: Row, position: int | None) -> dict[str, Any]:
    values: dict[str, Any] = {name: getattr(row, name) for name in shape.columns}
    values |= {name: list(getattr(row, name)) for name in shape.lists}
    values |= {name: [_ground_values(one) for one in getattr(row, name)] for name in shape.grounds}
    for field, kind in shape.linked:
        nested = getattr(row, field)
        values[f"{field}_id"] = nested and getattr(nested, SHAPES[kind].id_field)
    if "first_day" in shape.table.c:
        values |= _day_values(shape.date(row))
    values["position"] = position
    return values


def _ground_values(ground: Ground) -> list[str | int | None]:
    span = ground.span
    edges = (span.start, span.end) if span is not None else (None, None)
    return [ground.field, ground.rule, *edges]


def _evidence_values(record: Record, nested: dict[str, list[Row]]) -> Iterator[dict[str, Any]]:
    for kind, shape in SHAPES.items():
        for row in (*getattr(record, kind), *nested.get(kind, ())):
            for role, spans in _parts(shape, row):
                for position, span in enumerate(spans):
                    yield {
                        "kind": kind,
                        "row_id": id_of(row),
                        "role": role,
                        "position": position,
                        "start": span.start,
                        "end": span.end,
                    }


def _parts(shape: Shape, row: Row) -> Iterator[tuple[str, tuple[Span, ...]]]:
    for name in shape.pieces:
        yield name, getattr(row, name)
    for name in shape.spans:
        span = getattr(row, name)
        yield name, () if span is None else (span,)


def _participant_values(record: Record) -> Iterator[dict[str, Any]]:
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
