"""Rows that wait for a reviewer."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, Select, select

from onrecord.records import Record, id_of
from onrecord.reviews.corrections import BY_PEOPLE
from onrecord.store.finding import hits_of
from onrecord.store.paging import RowPage, Slice, count_rows, in_order
from onrecord.store.picking import load_found
from onrecord.store.schema import TABLES, maker
from onrecord.tables import Selection


def find_waiting(
    connection: Connection, place: str, kind: str, query: Select[Any], chosen: Slice
) -> RowPage:
    """Return some of the rows that a query of `matching` finds and nobody decided about.

    The least sure come first; rows without a score, which rules made, come last.
    """
    rows = TABLES[kind]
    theirs = select(maker.c.number).where(maker.c.name.startswith(BY_PEOPLE, autoescape=True))
    query = query.where(rows.c.maker.not_in(theirs))
    ordered = query
    if "score" in rows.c:
        ordered = query.order_by(rows.c.score.is_(None), rows.c.score)
    ordered = in_order(ordered, kind, chosen.order).offset(chosen.start).limit(chosen.size)
    hits = hits_of(connection, ordered)
    together = sorted(hits, key=lambda hit: hit.key)
    records = load_found(connection, place, kind, together, named=True)
    of_key = dict(zip(dict.fromkeys(hit.key for hit in together), records, strict=True))
    selections = tuple(_selection(of_key[hit.key], kind, hit.row_id) for hit in hits)
    return RowPage(selections, count_rows(connection, query))


def _selection(record: Record, kind: str, row_id: str) -> Selection:
    return Selection(record, [row for row in getattr(record, kind) if id_of(row) == row_id])
