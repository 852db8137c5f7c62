"""Which part of a row is kept where.

The type of a field decides: spans go to `evidence`, participants to `participant`, a place or a
date to its own table with a link to it, and all else to a column of the field's name.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TypeAlias, get_type_hints

from sqlalchemy import Table

from onrecord.records import (
    Actor,
    Condition,
    Demand,
    Event,
    Figure,
    Ground,
    Mention,
    Participant,
    Place,
    Record,
    Row,
    Span,
    Spans,
    Statement,
    Term,
    TimeExpression,
)
from onrecord.store.schema import TABLES

Key: TypeAlias = tuple[str, int]  # article_id, version

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

_NESTED = {Place | None: "places", TimeExpression | None: "times"}
_DATED = {"statements": "said_on", "events": "date", "figures": "as_of", "times": "value"}


@dataclass(frozen=True, slots=True)
class Shape:
    """Where the fields of one kind of row are kept, by their names."""

    kind: str
    row_type: type[Row]
    table: Table
    id_field: str
    pieces: tuple[str, ...]  # tuples of spans
    spans: tuple[str, ...]  # one span, or none
    parties: tuple[str, ...]  # participants
    lists: tuple[str, ...]  # tuples of text or numbers
    grounds: tuple[str, ...]  # tuples of grounds
    linked: tuple[tuple[str, str], ...]  # fields that hold a place or a date, with its kind
    columns: tuple[str, ...]

    def date(self, row: Row) -> str | None:
        """Return the row's own date, None when its kind has none or it is unknown."""
        value = getattr(row, _DATED[self.kind]) if self.kind in _DATED else None
        return value.value if isinstance(value, TimeExpression) else value


def _shape(kind: str, row_type: type[Row]) -> Shape:
    hints = get_type_hints(row_type)
    names = [field.name for field in fields(row_type)]

    def typed(*types: object) -> tuple[str, ...]:
        return tuple(name for name in names if hints[name] in types)

    kept = {
        "pieces": typed(Spans),
        "spans": typed(Span, Span | None),
        "parties": typed(tuple[Participant, ...]),
        "lists": typed(tuple[str, ...], tuple[int, ...]),
        "grounds": typed(tuple[Ground, ...]),
    }
    linked = tuple((name, _NESTED[hints[name]]) for name in names if hints[name] in _NESTED)
    elsewhere = {name for group in kept.values() for name in group} | dict(linked).keys()
    columns = tuple(name for name in names if name not in elsewhere | {"extractor"})
    return Shape(
        kind=kind,
        row_type=row_type,
        table=TABLES[kind],
        id_field=names[0],
        linked=linked,
        columns=columns,
        **kept,
    )


SHAPES = {
    kind: _shape(kind, row_type)
    for kind, row_type in {
        "times": TimeExpression,
        "places": Place,
        "actors": Actor,
        "mentions": Mention,
        "statements": Statement,
        "events": Event,
        "figures": Figure,
        "conditions": Condition,
        "demands": Demand,
        "terms": Term,
    }.items()
}
"""The shape of each kind; dates and places come first, since other rows hold them."""


def nested_rows(record: Record) -> dict[str, list[Row]]:
    """Return the dates and places that rows hold and the record does not list, by kind."""
    found: dict[str, dict[str, Row]] = {"times": {}, "places": {}}
    listed = {
        "times": {row.time_id for row in record.times},
        "places": {row.place_id for row in record.places},
    }
    for kind, shape in SHAPES.items():
        for row in getattr(record, kind):
            for field, nested_kind in shape.linked:
                nested = getattr(row, field)
                if nested is None:
                    continue
                nested_id = getattr(nested, SHAPES[nested_kind].id_field)
                if nested_id not in listed[nested_kind]:
                    found[nested_kind].setdefault(nested_id, nested)
    return {kind: list(rows.values()) for kind, rows in found.items()}
