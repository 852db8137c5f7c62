"""Rows that a question gives, as a sequence, and as tables of the libraries that people have."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, overload

from markupsafe import escape

from onrecord.errors import ExtraError

if TYPE_CHECKING:
    import pandas as pd
    import polars as pl
    import pyarrow as pa

MOST_SHOWN = 30  # rows in a cell of a notebook
_NOT_SHOWN = ("_id", "_ids", "_start", "_end", "_sector", "_sectors")
_NOR = frozenset(
    {"version", "start", "end", "extractor", "url", "identity", "goldstein", "quad", "symmetric"}
)

Line = dict[str, Any]


class Rows(Sequence[Line]):
    """Rows of one kind, in order: each a dict with the columns of `onrecord.tables`.

    `for row in rows`, `rows[0]`, `rows[:10]` and `len(rows)` work as for any sequence, and
    `rows["speaker"]` is a column. What takes Arrow streams (`pyarrow.table`, `polars.DataFrame`)
    takes the rows as they are, and what an Arrow table does they do besides.
    """

    def __init__(self, kind: str, table: pa.Table) -> None:
        self.kind = kind
        self._table = table

    @property
    def num_rows(self) -> int:
        """How many there are."""
        return int(self._table.num_rows)

    @property
    def column_names(self) -> list[str]:
        """The names of the columns."""
        return list(self._table.column_names)

    def column(self, name: str) -> pa.ChunkedArray:
        """Return the values of a column.

        Raises:
            KeyError: There is no such column.
        """
        return self._table.column(name)

    def to_pylist(self) -> list[Line]:
        """Return the rows as a list of dicts."""
        lines: list[Line] = self._table.to_pylist()
        return lines

    def to_arrow(self) -> pa.Table:
        """Return the rows as an Arrow table."""
        return self._table

    def to_pandas(self) -> pd.DataFrame:
        """Return the rows as a pandas frame.

        Raises:
            ExtraError: pandas is not installed.
        """
        _require("pandas")
        return self._table.to_pandas()

    def to_polars(self) -> pl.DataFrame:
        """Return the rows as a polars frame.

        Raises:
            ExtraError: polars is not installed.
        """
        _require("polars")
        import polars as pl

        return pl.DataFrame(self._table)

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object:
        """Give the rows to whatever takes Arrow data (the PyCapsule protocol)."""
        return self._table.__arrow_c_stream__(requested_schema)

    def __len__(self) -> int:
        return self.num_rows

    def __iter__(self) -> Iterator[Line]:
        return iter(self.to_pylist())

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401
        """Give what an Arrow table has besides: `schema`, `select`, `filter` and the like."""
        if name.startswith("_"):
            raise AttributeError(name)
        return getattr(self._table, name)

    @overload
    def __getitem__(self, at: int) -> Line: ...
    @overload
    def __getitem__(self, at: slice) -> Rows: ...
    @overload
    def __getitem__(self, at: str) -> pa.ChunkedArray: ...
    def __getitem__(self, at: int | slice | str) -> Line | Rows | pa.ChunkedArray:
        if isinstance(at, str):
            return self.column(at)
        chosen = range(self.num_rows)[at]
        if isinstance(chosen, range):
            import pyarrow as pa  # here, since it takes longer to load than all the rest

            return Rows(self.kind, self._table.take(pa.array(chosen, pa.int64())))
        (line,) = self._table.slice(chosen, 1).to_pylist()
        return dict(line)

    def __repr__(self) -> str:
        return f"{self.num_rows} {self.kind}"

    def _repr_html_(self) -> str:
        """Return the rows as a table for a notebook: what they say, without ids and offsets."""
        lines = self[:MOST_SHOWN].to_pylist()
        names = [name for name in self.column_names if _tells(name, lines)]
        head = "".join(f"<th>{escape(name)}</th>" for name in names)
        body = "".join(
            "<tr>" + "".join(f"<td>{_cell(line[name])}</td>" for name in names) + "</tr>"
            for line in lines
        )
        more = self.num_rows - len(lines)
        rest = f"<p>… and {more:,} more</p>" if more > 0 else ""
        caption = f"<caption>{escape(repr(self))}</caption>"
        return f"<table>{caption}<tr>{head}</tr>{body}</table>{rest}"


def _tells(name: str, lines: Sequence[Line]) -> bool:
    """Whether a column says something to a reader that another does not."""
    if name in _NOR or name.endswith(_NOT_SHOWN):
        return False
    return any(line[name] is not None for line in lines)


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, float):
        return f"{int(value):,}" if value == int(value) else f"{value:.3g}"
    return str(escape(value))


def _require(library: str) -> None:
    """Refuse what needs a library that is not there."""
    from importlib.util import find_spec

    if find_spec(library) is None:
        raise ExtraError(f"{library} is not installed: pip install {library}")
