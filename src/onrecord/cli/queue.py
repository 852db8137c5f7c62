"""Rows that wait for a reviewer, and one row in full."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from onrecord.records import Record, Row, hull, spans_of
from onrecord.reviews.corrections import BY_PEOPLE
from onrecord.reviews.values import value_of

if TYPE_CHECKING:
    import pyarrow as pa


def waiting(rows: pa.Table, limit: int) -> pa.Table:
    """Return the rows that nobody decided about, the lowest score first, at most so many.

    Rows without a score, which rules made, come last.
    """
    from pyarrow import compute

    theirs = compute.starts_with(rows.column("extractor"), BY_PEOPLE)
    left = rows.filter(compute.invert(theirs))
    if "score" in left.column_names:
        left = left.sort_by([("score", "ascending")])
    return left[:limit]


def row_lines(record: Record, kind: str, row: Row) -> Iterator[str]:
    """Yield a row in full: its sentence, then each field with its words."""
    from onrecord.report.excerpts import sentence_of

    spans = tuple(spans_of(row))
    yield f"{record.article.title or record.article.article_id}, {kind}"
    if spans:
        yield " ".join(record.article.cut(sentence_of(record.article.text, hull(spans))).split())
    for name, value in value_of(row).items():
        actor = record.actor(value) if name.endswith("_id") and isinstance(value, str) else None
        yield f"  {name}: {value}" + (f" ({actor.name})" if actor else "")
