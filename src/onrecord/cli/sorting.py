"""The order of rows that were found, and which of them a table folds away."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    import pyarrow as pa

DOWN = "-"


def in_order(rows: pa.Table, column: str | None) -> pa.Table:
    """Return rows by a column, rows without a value last; None leaves them as they are.

    "-score" has the highest score first.

    Raises:
        click.UsageError: There is no such column.
    """
    if column is None:
        return rows
    name = column.removeprefix(DOWN)
    if name not in rows.column_names:
        known = ", ".join(rows.column_names)
        raise click.UsageError(f"no column is called {name}: sort by one of {known}")
    down = "descending" if column.startswith(DOWN) else "ascending"
    return rows.sort_by([(name, down)])


def without_nested(rows: pa.Table) -> tuple[pa.Table, int]:
    """Return statements without those that stand within another of them, and how many these are."""
    lines = rows.select(["article_id", "statement_id", "parent_id"]).to_pylist()
    shown = {(line["article_id"], line["statement_id"]) for line in lines}
    outer = [
        number
        for number, line in enumerate(lines)
        if (line["article_id"], line["parent_id"]) not in shown
    ]
    return rows.take(outer), len(lines) - len(outer)
