"""Small tables that tasks leave for other tasks, divided by key."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from onrecord.dataset.jobs import bucket_of
from onrecord.dataset.plan import WORK
from onrecord.places import Folder, rows_of

if TYPE_CHECKING:
    import pyarrow as pa

BUCKET = "bucket"

Columns = Mapping[str, type]


def table_of(rows: Iterable[Mapping[str, Any]], columns: Columns) -> pa.Table:
    """Return rows as a table with columns of those types, any of which may be null."""
    import pyarrow as pa

    kinds = {str: pa.string(), int: pa.int64(), bool: pa.bool_(), float: pa.float64()}
    schema = pa.schema([pa.field(name, kinds[kind]) for name, kind in columns.items()])
    return pa.Table.from_pylist(list(rows), schema=schema)


def leave(folder: Folder, name: str, table: pa.Table, by: str) -> None:
    """Write a table for the tasks that read the rows with one value of a column."""
    folder.write_table(f"{WORK}/{name}.parquet", table, sorted_by=by)


def leave_by_key(folder: Folder, name: str, table: pa.Table, key: str, buckets: int) -> None:
    """Write a table for the tasks that its rows fall to by a key."""
    import pyarrow as pa

    numbers = [bucket_of(value, buckets) for value in table[key].to_pylist()]
    leave(folder, name, table.append_column(BUCKET, pa.array(numbers, pa.int64())), BUCKET)


def taken(folder: Folder, inside: str, column: str, value: object) -> Iterator[dict[str, Any]]:
    """Yield the rows with a value in a column of all the tables left under a name."""
    names = folder.tables(f"{WORK}/{inside}")
    yield from rows_of(folder.read_table(names, only=(column, value)))
