"""Where a row's evidence stands in the text, as its table keeps it: one short string a row.

The parts of a row are divided by "|" in the order of its shape, the pieces of a part by ",": a
statement with the parts source, cue, content and occasion may have "3-9|11-15|17-40,52-60|".
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from onrecord.records import Row, Span, Spans
from onrecord.store.shapes import Shape

_PART, _PIECE, _TO = "|", ",", "-"


def written(shape: Shape, row: Row) -> str:
    """Return the spans of a row's parts as they are kept."""
    parts: list[Iterable[Span]] = [getattr(row, name) for name in shape.pieces]
    for name in shape.spans:
        span = getattr(row, name)
        parts.append(() if span is None else (span,))
    return _PART.join(
        _PIECE.join(f"{span.start}{_TO}{span.end}" for span in spans) for spans in parts
    )


def read_spans(shape: Shape, kept: str) -> dict[str, Spans | Span | None]:
    """Return the parts of a row by name, from how they are kept.

    Raises:
        ValueError: It is not what `written` gives for a row of that shape.
    """
    names = (*shape.pieces, *shape.spans)
    parts = [_spans(part) for part in kept.split(_PART)] if names else []
    if len(parts) != len(names):
        raise ValueError(f"{kept!r} has {len(parts)} parts, not {len(names)}")
    found: dict[str, Spans | Span | None] = dict(zip(names, parts, strict=True))
    for name in shape.spans:
        spans: Sequence[Span] = parts[names.index(name)]
        found[name] = spans[0] if spans else None
    return found


def first_span(kept: str) -> Span:
    """Return the first piece of the first part of a row, which must have one."""
    return _spans(kept.split(_PART, 1)[0])[0]


def _spans(part: str) -> Spans:
    pieces = (piece.split(_TO) for piece in part.split(_PIECE) if piece)
    return tuple(Span(int(start), int(end)) for start, end in pieces)
