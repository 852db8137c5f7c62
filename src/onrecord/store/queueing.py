"""Rows that wait for a reviewer."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, Select, select

from onrecord.records import Record, id_of
from onrecord.reviews.corrections import BY_PEOPLE
from onrecord.store.finding import hits_of
from onrecord.store.paging import MOST_TOLD, Order, RowPage, Slice, count_rows, in_order
from onrecord.store.picking import load_found
from onrecord.store.schema import TABLES, article, maker
from onrecord.store.shapes import SHAPES
from onrecord.tables import Selection


def find_waiting(
    connection: Connection, place: str, kind: str, query: Select[Any], chosen: Slice
) -> RowPage:
    """Return some of the rows that a query of `matching` finds and nobody decided about.

    The least sure come first, of the newest 10,000; rows without a score, which rules made, come
    last.
    """
    rows = TABLES[kind]
    theirs = select(maker.c.number).where(maker.c.name.startswith(BY_PEOPLE, autoescape=True))
    query = query.where(rows.c.maker.not_in(theirs))
    newest = in_order(query, kind, chosen.order).limit(MOST_TOLD)
    if "score" in rows.c:
        newest = _least_sure(newest, kind, chosen.order)
    ordered = newest.offset(chosen.start).limit(chosen.size)
    hits = hits_of(connection, ordered)
    together = sorted(hits, key=lambda hit: hit.key)
    records = load_found(connection, place, kind, together, named=True)
    of_key = dict(zip(dict.fromkeys(hit.key for hit in together), records, strict=True))
    selections = tuple(_selection(of_key[hit.key], kind, hit.row_id) for hit in hits)
    return RowPage(selections, count_rows(connection, query))


def _least_sure(newest: Select[Any], kind: str, order: Order) -> Select[Any]:
    """Return the query for such rows with the least sure first, else in their order."""
    rows, row_id = TABLES[kind], SHAPES[kind].id_field
    some = newest.add_columns(rows.c.score, article.c.first_day, rows.c.position).subquery("newest")
    day = some.c.first_day.desc() if order == "newest" else some.c.first_day
    keys = (some.c[name] for name in ("article_id", "version", row_id, "number", "place"))
    sure = (some.c.score.is_(None), some.c.score)
    return select(*keys).order_by(
        *sure, some.c.first_day.is_(None), day, some.c.article_id, some.c.position
    )


def _selection(record: Record, kind: str, row_id: str) -> Selection:
    return Selection(record, [row for row in getattr(record, kind) if id_of(row) == row_id])
