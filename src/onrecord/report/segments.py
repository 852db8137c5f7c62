"""The text of an article cut into pieces at every edge of every row.

A browser counts in UTF-16 units, a record in code points: so the page is given pieces of text,
each with the rows that cover it, and never an offset.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from onrecord.records import (
    Condition,
    Demand,
    Event,
    Figure,
    Place,
    Record,
    Span,
    Spans,
    Statement,
    Term,
    TimeExpression,
)

Kind = Literal[
    "statement",
    "event",
    "figure",
    "condition",
    "demand",
    "term",
    "time",
    "place",
    "mention",
    "doubt",
]
Role = Literal[
    "source",
    "cue",
    "content",
    "trigger",
    "if",
    "then",
    "connective",
    "asks",
    "words",
    "aside",  # words a row draws on but does not mark: an actor, a place, a date
]
Marked = Statement | Event | Figure | Condition | Demand | Term | TimeExpression | Place

_BREAKS = re.compile(r"\n+")


@dataclass(frozen=True, slots=True)
class Cover:
    """A stretch of text that a row lays claim to."""

    span: Span
    row_id: str
    kind: Kind
    role: Role


@dataclass(frozen=True, slots=True)
class Part:
    """What a piece of text is to one of the rows that cover it."""

    row_id: str
    kind: Kind
    role: Role


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text with no edge of any row inside it; the closest-fitting row comes first."""

    text: str
    parts: tuple[Part, ...]


Paragraph = tuple[Piece, ...]


def covers_of(record: Record) -> tuple[Cover, ...]:
    """Return every claim a record's rows make on the text.

    A mention's is in its actor's name, one in doubt by its own id.
    """
    found = [cover for row in marked_rows(record) for cover in covers_of_row(row)]
    listed = {actor.actor_id for actor in record.actors}
    for mention in record.mentions:
        if mention.actor_id is not None and mention.actor_id in listed:
            found.append(Cover(mention.span, mention.actor_id, "mention", "aside"))
        elif listed.intersection(mention.candidates):
            found.append(Cover(mention.span, mention.mention_id, "doubt", "aside"))
    return tuple(found)


def marked_rows(record: Record) -> Iterator[Marked]:
    """Yield the rows that are shown in the text."""
    yield from record.statements
    yield from record.events
    yield from record.figures
    yield from record.conditions
    yield from record.demands
    yield from record.terms
    yield from record.times
    yield from record.places


def covers_of_row(row: Marked) -> tuple[Cover, ...]:
    """Return what one row lays claim to: first the words it marks, then the rest."""
    match row:
        case Statement():
            own = _statement_covers(row)
        case Event():
            own = _event_covers(row)
        case Figure():
            own = _figure_covers(row)
        case Condition(condition_id=key):
            own = [
                *_cover(row.if_, key, "condition", "if"),
                *_cover(row.then, key, "condition", "then"),
                *_cover(row.connective, key, "condition", "connective"),
            ]
        case Demand(demand_id=key):
            own = [
                *_cover(row.cue, key, "demand", "cue"),
                *_cover((row.asks,), key, "demand", "asks"),
            ]
        case Term():
            own = _cover((row.span,), row.term_id, "term", "words")
        case TimeExpression():
            own = _cover((row.span,), row.time_id, "time", "words")
        case Place():
            own = _cover((row.span,), row.place_id, "place", "words")
    return tuple(own)


def _statement_covers(statement: Statement) -> list[Cover]:
    key = statement.statement_id
    asides = [*statement.occasion]
    if statement.said_on:
        asides.append(statement.said_on.span)
    if statement.said_at:
        asides.append(statement.said_at.span)
    return [
        *_cover(statement.source, key, "statement", "source"),
        *_cover(statement.cue, key, "statement", "cue"),
        *_cover(statement.content, key, "statement", "content"),
        *_cover(tuple(asides), key, "statement", "aside"),
    ]


def _event_covers(event: Event) -> list[Cover]:
    asides = [party.span for party in (*event.actors, *event.recipients)]
    if event.date_span:
        asides.append(event.date_span)
    if event.place:
        asides.append(event.place.span)
    return [
        *_cover(event.trigger, event.event_id, "event", "trigger"),
        *_cover(tuple(asides), event.event_id, "event", "aside"),
    ]


def _figure_covers(figure: Figure) -> list[Cover]:
    asides = [figure.whom] if figure.whom else []
    if figure.place:
        asides.append(figure.place.span)
    return [
        *_cover((figure.span,), figure.figure_id, "figure", "words"),
        *_cover(tuple(asides), figure.figure_id, "figure", "aside"),
    ]


def _cover(spans: Spans, row_id: str, kind: Kind, role: Role) -> list[Cover]:
    return [Cover(span, row_id, kind, role) for span in spans]


def split_text(text: str, covers: Iterable[Cover]) -> tuple[Piece, ...]:
    """Return pieces that together are the whole text, cut at every edge and every line break.

    Raises:
        ValueError: A cover reaches past the text.
    """
    opening: dict[int, list[Cover]] = {}
    edges = {0, len(text)}
    for cover in covers:
        if cover.span.end > len(text):
            raise ValueError(f"{cover.span} reaches past the text ({len(text)} characters)")
        opening.setdefault(cover.span.start, []).append(cover)
        edges.update((cover.span.start, cover.span.end))
    for found in _BREAKS.finditer(text):
        edges.update(found.span())
    pieces = []
    live: list[Cover] = []
    for start, end in pairwise(sorted(edges)):
        live = [cover for cover in live if cover.span.end > start] + opening.get(start, [])
        pieces.append(Piece(text[start:end], _parts(live)))
    return tuple(pieces)


def _parts(live: Iterable[Cover]) -> tuple[Part, ...]:
    """Return one part a row: what its words mark outranks an aside, then the shortest wins."""
    ranked = sorted(
        live, key=lambda cover: (cover.role == "aside", len(cover.span), cover.span, cover.row_id)
    )
    first: dict[str, Part] = {}
    for cover in ranked:
        first.setdefault(cover.row_id, Part(cover.row_id, cover.kind, cover.role))
    return tuple(first.values())


def paragraphs(pieces: Sequence[Piece]) -> tuple[Paragraph, ...]:
    """Return the pieces line by line, without the line breaks and without blank lines."""
    lines: list[list[Piece]] = [[]]
    for piece in pieces:
        if piece.text.startswith("\n"):
            lines.append([])
        else:
            lines[-1].append(piece)
    return tuple(tuple(line) for line in lines if any(piece.text.strip() for piece in line))
