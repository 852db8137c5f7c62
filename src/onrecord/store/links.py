"""Links within an article: a link is the position of the row that it leads to.

Rows that an article lists have their places in the list for positions, from 0 on; those that only
other rows hold have -1, -2, and so on. The files of a dataset have ids for links: a query is
written with `place_of`, and asks for whichever it is.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from sqlalchemy import Alias, ColumnElement, FromClause, Table
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
