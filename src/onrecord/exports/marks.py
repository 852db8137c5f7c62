"""Marks on a text, as an annotation tool keeps them, from a record and back into one.

A tool changes where the parts of a row stand and some of its fields; it can drop rows and add new
ones. All else of a row, and the actors, are in the record that lies beside the marks.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any, get_type_hints

from onrecord.exports.parts import LAYOUTS, Part, attributes, marked, parts
from onrecord.exports.rows import ROW_TYPES, links_of
from onrecord.records import (
    KINDS,
    Article,
    Participant,
    Record,
    Row,
    Span,
    Spans,
    id_of,
    row_id,
)

_PARTIES = ("actors", "recipients")


@dataclass(frozen=True, slots=True)
class Mark:
    """One row as a tool shows it."""

    kind: str
    row_id: str | None  # None: added in the tool
    parts: tuple[Part, ...]  # where the row itself stands first
    attributes: Mapping[str, str]


def marks_of(record: Record) -> tuple[Mark, ...]:
    """Return the mark of every row of a record that stands in its text."""
    return tuple(
        Mark(kind, id_of(row), tuple(parts(kind, row)), attributes(kind, row))
        for kind, row in marked(record)
    )


def remarked(record: Record, marks: Iterable[Mark], maker: str) -> Record:
    """Return a record as its marks have it now.

    Args:
        record: The record as it lay beside the marks.
        marks: All marks there are; a row that has none is left out, and what was linked to it has
            no such link any more.
        maker: The extractor of rows that were added.

    Raises:
        ValueError: A mark lacks what its kind of row needs.
    """
    known = {(kind, id_of(row)): row for kind, row in marked(record)}
    found: defaultdict[str, dict[str, Row]] = defaultdict(dict)
    for mark in marks:
        base = known.get((mark.kind, mark.row_id or ""))
        row = _changed(base, mark) if base else _added(record.article, mark, maker)
        found[mark.kind][id_of(row)] = row
    rows = {
        kind: tuple(_in_order(getattr(record, kind), found[kind]))
        for kind in KINDS
        if kind in LAYOUTS
    }
    return _without_loose_links(replace(record, **rows))  # type: ignore[arg-type]  # by kind


def _in_order(before: Sequence[Row], now: Mapping[str, Row]) -> Iterator[Row]:
    """Yield rows as they were ordered before, those that were added last."""
    order = dict.fromkeys(id_of(row) for row in before)
    yield from (now[key] for key in order if key in now)
    yield from (row for key, row in now.items() if key not in order)


def _changed(base: Row, mark: Mark) -> Row:
    values = _values(mark, base)
    return replace(base, **values)


def _added(article: Article, mark: Mark, maker: str) -> Row:
    type_ = ROW_TYPES[mark.kind]
    own = fields(type_)[0].name
    values = _values(mark, None)
    key = row_id(article, mark.kind.removesuffix("s"), *mark.parts[0].spans)
    needed: dict[str, str | None] = {"actor_id": None} if mark.kind == "mentions" else {}
    if mark.kind == "times":
        needed = {"value": None}
    if mark.kind in {"terms", "places"}:
        words = article.cut(mark.parts[0].spans[0])
        needed = {"name": words} if mark.kind == "places" else {"concept": words, "term": words}
    if mark.kind == "figures":
        needed = {"low": None, "high": None}
    try:
        return type_(**{own: key, "extractor": maker, **needed, **values})
    except TypeError as error:
        raise ValueError(f"a new mark for {mark.kind} lacks something: {error}") from error


def _values(mark: Mark, base: Row | None) -> dict[str, Any]:
    """Return what a mark says of its row, by field."""
    layout, hints = LAYOUTS[mark.kind], get_type_hints(ROW_TYPES[mark.kind])
    found: defaultdict[str, list[Span]] = defaultdict(list)
    for part in mark.parts:
        found[part.field] += part.spans
    values: dict[str, Any] = {}
    for field in (layout.anchor, *layout.parts):
        spans = tuple(found[field])
        if field in _PARTIES:
            values[field] = _parties(spans, getattr(base, field) if base else ())
        elif hints[field] == Spans:
            values[field] = spans
        else:
            values[field] = spans[0] if spans else None
    for field, name in layout.shown.items():
        if name in mark.attributes or base:
            values[field] = mark.attributes.get(name)
    return values


def _parties(spans: Spans, before: Sequence[Participant]) -> tuple[Participant, ...]:
    """Return parties at those places; where they are as many as before, each keeps its actor."""
    if len(spans) == len(before):
        pairs = zip(spans, before, strict=True)
        return tuple(replace(party, span=span) for span, party in pairs)
    actors = {party.span: party.actor_id for party in before}
    return tuple(Participant(span=span, actor_id=actors.get(span)) for span in spans)


def _without_loose_links(record: Record) -> Record:
    """Return a record in which no link leads to a row that is no longer there."""
    there = {id_of(row) for row in record.rows()}
    rows: dict[str, Any] = {}
    for kind in KINDS:
        rows[kind] = tuple(_loosened(row, there) for row in getattr(record, kind))
    return replace(record, **rows)


def _loosened(row: Row, there: set[str]) -> Row:
    loose = {name: None for name in links_of(row) if getattr(row, name) not in {None, *there}}
    return replace(row, **loose) if loose else row  # type: ignore[arg-type]  # ids are optional
