"""What somebody decided about a row: kept for good, in the order in which it was decided."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, TypeAlias, get_args

from onrecord.records import (
    Actor,
    Condition,
    Demand,
    Event,
    Figure,
    Row,
    Span,
    Spans,
    Statement,
    Term,
    hull,
)
from onrecord.reviews.values import Value, row_from

Verdict: TypeAlias = Literal["accept", "reject", "correct", "add"]

TYPES: dict[str, type[Row]] = {
    "statements": Statement,
    "events": Event,
    "figures": Figure,
    "conditions": Condition,
    "demands": Demand,
    "terms": Term,
    "actors": Actor,
}
"""The kinds of rows that can be reviewed."""

BY_PEOPLE = "review/"
"""How the extractor of a row begins that people decided about; their name is the rest."""

KEYS = {
    "statements": ("content",),
    "events": ("trigger",),
    "figures": ("span",),
    "conditions": ("if_", "then"),
    "demands": ("asks",),
    "terms": ("span",),
}
"""The spans that make a row the one it is, by its kind."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """A verdict on a row; appended, never overwritten.

    Raises:
        ValueError: A verdict or kind that there is not.
    """

    number: int
    """Its place in the order of all verdicts of a store, from 1."""

    article_id: str
    version: int
    """The article's version that the reviewer saw."""

    kind: str
    row_id: str
    verdict: Verdict
    reviewer: str
    made_at: str  # ISO 8601, UTC
    why: str | None = None
    changes: Mapping[str, Value] = field(default_factory=dict)
    """Right values by field, plain ones. An actor is told by `id`, `name` and, for one whom the
    article has not, `kind`; a party by its `span` and `actor`."""

    seen: Mapping[str, Value] = field(default_factory=dict)
    """The row as the reviewer saw it, in plain values; of one that is added the row itself."""

    words: tuple[str, ...] = ()
    """The words of the row's key spans, by which it is found again in another version."""

    def __post_init__(self) -> None:
        if self.verdict not in get_args(Verdict):
            raise ValueError(f"a verdict is one of {', '.join(get_args(Verdict))}")
        if self.kind not in TYPES:
            raise ValueError(f"{self.kind} cannot be reviewed, only {', '.join(TYPES)}")

    @property
    def row(self) -> Row:
        """The row as the reviewer saw it."""
        return row_from(TYPES[self.kind], self.seen)


@dataclass(frozen=True, slots=True, kw_only=True)
class Undo:
    """The decision that a correction no longer holds."""

    number: int
    undone: int
    """The number of the correction."""

    reviewer: str
    made_at: str  # ISO 8601, UTC
    why: str | None = None


def key_spans(kind: str, row: Row) -> Spans:
    """Return the spans that make a row the one it is; () for an actor, which is in many places."""
    found: list[Span] = []
    for name in KEYS.get(kind, ()):
        part = getattr(row, name)
        found += [part] if isinstance(part, Span) else part
    return tuple(found)


def key_hull(kind: str, row: Row) -> Span | None:
    """Return from where to where a row's key spans run, None for an actor."""
    spans = key_spans(kind, row)
    return hull(spans) if spans else None
