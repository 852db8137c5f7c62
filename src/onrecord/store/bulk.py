"""Writing many lines at once, the way that is fastest for the store's database."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Table, func, insert, select

Line = Mapping[str, Any]


def insert_lines(connection: Connection, table: Table, lines: Sequence[Line]) -> None:
    """Insert lines, which must all have the same columns; none is nothing to do."""
    if lines:
        _WAYS[connection.dialect.name](connection, table, lines)


def go_on_numbering(connection: Connection, table: Table) -> None:
    """Let further lines be numbered from there, after lines came with numbers of their own."""
    _NUMBERING[connection.dialect.name](connection, table)


def _insert(connection: Connection, table: Table, lines: Sequence[Line]) -> None:
    connection.execute(insert(table), list(lines))


def _copy(connection: Connection, table: Table, lines: Sequence[Line]) -> None:
    """Send the lines with PostgreSQL's COPY, each value as SQLAlchemy would bind it."""
    dialect = connection.dialect
    names = list(lines[0])
    binds = [table.c[name].type.dialect_impl(dialect).bind_processor(dialect) for name in names]
    quoted = dialect.identifier_preparer
    listed = ", ".join(quoted.quote(name) for name in names)
    query = f"COPY {quoted.format_table(table)} ({listed}) FROM STDIN"
    driver: Any = connection.connection.driver_connection
    with driver.cursor() as cursor, cursor.copy(query) as copy:
        for line in lines:
            values = zip(binds, (line[name] for name in names), strict=True)
            copy.write_row([_bound(bind, value) for bind, value in values])


def _bound(bind: Callable[[Any], Any] | None, value: object) -> object:
    return value if bind is None else bind(value)


def _set_sequence(connection: Connection, table: Table) -> None:
    column = table.autoincrement_column
    last = None if column is None else connection.scalar(select(func.max(column)))
    if column is not None and last is not None:
        sequence = func.pg_get_serial_sequence(table.name, column.name)
        connection.execute(select(func.setval(sequence, last)))


def _nothing_to_set(connection: Connection, table: Table) -> None:
    """SQLite numbers a line after the last one that is there."""


_WAYS = {"sqlite": _insert, "postgresql": _copy}
_NUMBERING = {"sqlite": _nothing_to_set, "postgresql": _set_sequence}
