"""Writing many lines at once, the way that is fastest for the store's database."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from typing import Any

from sqlalchemy import Connection, Dialect, Table, func, select, text

Line = Mapping[str, Any]


def insert_lines(connection: Connection, table: Table, lines: Sequence[Line]) -> None:
    """Insert lines, which must all have the same columns; none is nothing to do."""
    if lines:
        _WAYS[connection.dialect.name](connection, table, lines)


def settle(connection: Connection, tables: Iterable[Table]) -> None:
    """Take note of many lines that came with numbers of their own.

    Further ones are numbered from there, and queries are planned with what is there now.
    """
    _SETTLING[connection.dialect.name](connection, tables)


def _insert(connection: Connection, table: Table, lines: Sequence[Line]) -> None:
    """Give the lines to the driver at once, each value as SQLAlchemy would bind it."""
    names = tuple(lines[0])
    binds = _bound_by(table, names, connection.dialect)
    columns = [
        [line[name] for line in lines] if bind is None else [bind(line[name]) for line in lines]
        for name, bind in binds
    ]
    query = _insertion(table, names, connection.dialect)
    connection.exec_driver_sql(query, list(zip(*columns, strict=True)))


@cache
def _bound_by(
    table: Table, names: tuple[str, ...], dialect: Dialect
) -> tuple[tuple[str, Callable[[Any], Any] | None], ...]:
    """Return what makes of a value what the driver takes, None where that is the value itself."""
    return tuple(
        (name, table.c[name].type.dialect_impl(dialect).bind_processor(dialect)) for name in names
    )


@cache
def _insertion(table: Table, names: tuple[str, ...], dialect: Dialect) -> str:
    quoted = dialect.identifier_preparer
    listed = ", ".join(quoted.quote(name) for name in names)
    marks = ", ".join("?" for _ in names)
    return f"INSERT INTO {quoted.format_table(table)} ({listed}) VALUES ({marks})"


def _copy(connection: Connection, table: Table, lines: Sequence[Line]) -> None:
    """Send the lines with PostgreSQL's COPY, each value as SQLAlchemy would bind it."""
    dialect = connection.dialect
    names = tuple(lines[0])
    binds = [bind for _, bind in _bound_by(table, names, dialect)]
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


def _settle_server(connection: Connection, tables: Iterable[Table]) -> None:
    for table in tables:
        column = table.autoincrement_column
        last = None if column is None else connection.scalar(select(func.max(column)))
        if column is not None and last is not None:
            sequence = func.pg_get_serial_sequence(table.name, column.name)
            connection.execute(select(func.setval(sequence, last)))
    connection.execute(text("ANALYZE"))


def _settle_file(connection: Connection, tables: Iterable[Table]) -> None:
    """Leave it to SQLite, which numbers a line after the last one that is there."""


_WAYS = {"sqlite": _insert, "postgresql": _copy}
_SETTLING = {"sqlite": _settle_file, "postgresql": _settle_server}
