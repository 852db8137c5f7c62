"""From rows that were found to what a table of them shows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from onrecord.records import Record, Row, id_of
from onrecord.store.finding import Hit
from onrecord.tables import Selection


def shown_with(kind: str) -> tuple[str, ...]:
    """Return the kinds that the columns of a kind draw on."""
    if kind in ("times", "places"):
        return (kind,)
    if kind in ("actors", "mentions"):
        return ("actors", "mentions")
    return tuple({kind, "statements", "actors"})


def selections(
    kind: str,
    hits: Sequence[Hit],
    records: Sequence[Record],
    elsewhere: Mapping[tuple[str, str], str],
) -> Iterator[Selection]:
    """Yield the rows that were found, article by article."""
    by_article = groupby(hits, key=lambda hit: hit.key)
    for record, (_, found) in zip(records, by_article, strict=True):
        rows: dict[str, Row] = {id_of(row): row for row in getattr(record, kind)}
        ids = [hit.row_id for hit in found]
        article_id = record.article.article_id
        keys = {row_id: (article_id, row_id) for row_id in ids}
        known = {row_id: elsewhere[key] for row_id, key in keys.items() if key in elsewhere}
        yield Selection(record, [rows[row_id] for row_id in ids], known)
