"""Rows a page at a time, with how many there are and how they are spread."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias, get_args

from sqlalchemy import Connection, Select, func, select

from onrecord.store.facets import Spread, spread_of
from onrecord.store.finding import hits_of
from onrecord.store.identities import identity_of_actors
from onrecord.store.picking import load_found
from onrecord.store.retelling import happening_of_events
from onrecord.store.schema import TABLES, article
from onrecord.store.selecting import selections
from onrecord.tables import Selection

Order: TypeAlias = Literal["newest", "oldest"]
ORDERS: tuple[Order, ...] = get_args(Order)
MOST_TOLD = 10_000  # rows that are counted one by one
MOST_SORTED = 1_000  # rows; of more the newest are looked for from the newest article on


@dataclass(frozen=True, slots=True, kw_only=True)
class Slice:
    """Which of the rows found to return.

    Raises:
        ValueError: There is no such order, or a number that is too small.
    """

    start: int = 0
    size: int = 20
    order: Order = "newest"

    def __post_init__(self) -> None:
        if self.order not in ORDERS:
            raise ValueError(f"order must be one of {', '.join(ORDERS)}, got {self.order!r}")
        if self.start < 0 or self.size < 1:
            raise ValueError(f"need start from 0 and size from 1, got {self.start}, {self.size}")


@dataclass(frozen=True, slots=True)
class RowPage:
    """Some of the rows found, article by article, each with the whole of its article's text.

    Of other rows those are there that tell who is meant and who vouches.
    """

    selections: tuple[Selection, ...]
    total: int  # of all rows found; MOST_TOLD + 1 where there are more than are counted


def count_rows(connection: Connection, query: Select[Any]) -> int:
    """Return how many rows a query of `matching` finds, MOST_TOLD + 1 for more than that."""
    some = query.limit(MOST_TOLD + 1).subquery()
    return connection.scalar(select(func.count()).select_from(some)) or 0


def in_order(query: Select[Any], kind: str, order: Order) -> Select[Any]:
    """Return a query of `matching` in an order; unknown dates come last, rows as they stand."""
    rows, day = TABLES[kind], article.c.first_day  # in the order of an index, which is walked
    dated = day.desc() if order == "newest" else day
    return query.order_by(day.is_(None), dated, article.c.article_id, rows.c.position)


Match: TypeAlias = Callable[[bool], Select[Any]]
"""What gives a query of `matching`; it is told whether articles are to be walked."""


def _quickest(connection: Connection, match: Match) -> tuple[Select[Any], int]:
    """Return the query to put in order and cut off, and how many rows it finds."""
    query = match(False)
    total = count_rows(connection, query)
    return (match(True) if total > MOST_SORTED else query), total


def load_page(
    connection: Connection, place: str, kind: str, query: Select[Any], chosen: Slice
) -> tuple[Selection, ...]:
    """Return some of the rows that a query of `matching` finds."""
    ordered = in_order(query, kind, chosen.order).offset(chosen.start).limit(chosen.size)
    hits = hits_of(connection, ordered)
    records = load_found(connection, place, kind, hits, named=True)
    throughout: dict[tuple[str, str], str] = {}
    if kind == "events":
        throughout = happening_of_events(connection, {hit.key[0] for hit in hits})
    if kind == "actors":
        throughout = identity_of_actors(connection, [(hit.key[0], hit.row_id) for hit in hits])
    return tuple(selections(kind, hits, records, throughout))


def find_page(
    connection: Connection, place: str, kind: str, match: Match, chosen: Slice
) -> RowPage:
    """Return some of the rows that a query of `matching` finds, and how many it finds."""
    query, total = _quickest(connection, match)
    if total <= chosen.start:
        return RowPage((), total)
    return RowPage(load_page(connection, place, kind, query, chosen), total)


def spread_of_rows(connection: Connection, kind: str, match: Match) -> Spread:
    """Return how the rows are spread that a query of `matching` finds."""
    query, _ = _quickest(connection, match)
    return spread_of(connection, kind, in_order(query, kind, "newest"))
