"""Links within an article: a link is the position of the row that it leads to.

Rows that an article lists have their places in the list for positions, from 0 on; those that only
other rows hold have -1, -2, and so on. The files of a dataset have ids for links: a query is
written with `place_of`, and asks for whichever it is.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

from sqlalchemy import CTE, Alias, BigInteger, ColumnElement, FromClause, Table, column, text
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement

from onrecord.store.ids import DUCKDB, Link


class _Place(FunctionElement[Any]):
    """A row's position, or its id; it has both."""

    type = Link()
    inherit_cache = True


@compiles(_Place)
def _position(element: _Place, compiler: SQLCompiler, **options: Any) -> str:  # noqa: ANN401
    position, _ = element.clauses
    return compiler.process(position, **options)


@compiles(_Place, DUCKDB)
def _own_id(element: _Place, compiler: SQLCompiler, **options: Any) -> str:  # noqa: ANN401
    _, own_id = element.clauses
    return compiler.process(own_id, **options)


def place_of(rows: FromClause) -> ColumnElement[Any]:
    """Return what links that lead to a row of a table have."""
    table = rows.element if isinstance(rows, Alias) else rows
    assert isinstance(table, Table)
    return _Place(rows.c.position, rows.c[f"{table.name}_id"])


def listed(places: Iterable[tuple[int, Any]], name: str) -> CTE:
    """Return places, each with the number of its article, as a table to begin a query with.

    They stand in the query itself, which is not worth keeping: see `UNKEPT`.
    """
    lines = [f"{number}, {_literal(place)}" for number, place in places]
    first, *others = lines or ["NULL, NULL"]
    number, place = first.split(", ", 1)
    more = " UNION ALL VALUES " + ", ".join(f"({one})" for one in others) if others else ""
    query = text(f"SELECT {number} AS number, {place} AS place{more}")
    return query.columns(column("number", BigInteger), column("place", Link)).cte(name)


UNKEPT: Mapping[str, Any] = {"compiled_cache": None}
"""How to execute a query with such a table."""


def _literal(place: Any) -> str:  # noqa: ANN401 - a position, or an id
    if isinstance(place, int):
        return str(place)
    return "'{}'".format(str(place).replace("'", "''").replace(":", r"\:"))


def is_listed(rows: FromClause) -> ColumnElement[bool]:
    """Return the condition that an article lists a row, which other rows may hold as well."""
    return rows.c.position >= 0


@cache
def links_of(table: Table) -> Mapping[str, Table]:
    """Return the columns of a table that are links, with the tables that they lead to."""
    return {
        one.column_keys[-1]: one.referred_table
        for one in table.foreign_key_constraints
        if len(one.column_keys) > 1
    }


Ids = Mapping[tuple[int, Any], str]
"""The ids of the rows of a table, by the number of their article and their place."""


def with_ids(line: Mapping[Any, Any], ids: Mapping[str, Ids]) -> dict[str, Any]:
    """Return a line with an id in place of each link.

    Args:
        line: The line.
        ids: Those of the rows that its links may lead to, by the column of the link.

    Raises:
        ValueError: A link leads to no row.
    """
    told = dict(line)
    for name, known in ids.items():
        if told[name] is not None:
            try:
                told[name] = known[told["number"], told[name]]
            except KeyError as error:
                raise ValueError(f"{name} leads to no row") from error
    return told
