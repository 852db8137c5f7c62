"""Rows on a terminal: as a table where that can be read, else as one paragraph a row."""

from __future__ import annotations

import io
import sys
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from onrecord.cli.layout import GAP, Column, fitting
from onrecord.cli.plain import plain

if TYPE_CHECKING:
    from rich.console import Console, RenderableType

FILE_WIDTH = 120  # characters of a table that does not go to a terminal
BETWEEN = " · "
LABELLED = 2  # so many columns of running words and more say which is which


def print_columns(columns: Sequence[Column]) -> None:
    """Write rows to stdout, given by their columns, as wide as the terminal is."""
    from rich.console import Console

    width = None if sys.stdout.isatty() else FILE_WIDTH
    _draw(Console(width=width, highlight=False, markup=False, emoji=False), columns)


def columns_text(columns: Sequence[Column]) -> str:
    """Return rows as they stand in a file."""
    from rich.console import Console

    text = io.StringIO()
    _draw(Console(file=text, width=FILE_WIDTH, markup=False, emoji=False), columns)
    return text.getvalue()


def print_lines(
    header: Sequence[str],
    lines: Sequence[Sequence[str]],
    *,
    going: Sequence[str] = (),
    prose: Sequence[str] = (),
) -> None:
    """Write lines of cells to stdout.

    Args:
        header: What stands above each cell.
        lines: The lines.
        going: What may go where the terminal is narrow, the first one first.
        prose: What holds running words.
    """
    cells = zip(*lines, strict=True) if lines else [()] * len(header)
    leaves = {name: at for at, name in enumerate(going)}
    print_columns(
        [
            Column(name, tuple(column), leaves.get(name), is_prose=name in prose)
            for name, column in zip(header, cells, strict=True)
        ]
    )


def _draw(console: Console, columns: Sequence[Column]) -> None:
    if not any(column.cells for column in columns):
        return
    shown = fitting(columns, console.width)
    parts = [_table(shown, console.width)] if shown is not None else _paragraphs(columns)
    for part in parts:
        console.print(part)


def _table(columns: Sequence[Column], width: int) -> RenderableType:
    from rich import box
    from rich.table import Table

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, padding=(0, 1, 0, 0))
    roomy = sum(max(column.longest, len(column.name)) + GAP for column in columns) <= width
    for column in columns:
        table.add_column(
            column.name.replace("_", " " if roomy or not _is_narrow(column) else "\n"),
            overflow="ellipsis" if column.is_unbroken else "fold",
            no_wrap=column.is_unbroken,
            min_width=column.least,
        )
    for line in zip(*(column.cells for column in columns), strict=True):
        table.add_row(*map(plain, line))
    return table


def _is_narrow(column: Column) -> bool:
    """Whether a heading on one line would be cut."""
    return column.is_unbroken and column.longest < len(column.name)


def _paragraphs(columns: Sequence[Column]) -> Iterator[RenderableType]:
    """Yield each row as a line of its short values and, below it, its running words."""
    from rich.padding import Padding
    from rich.text import Text

    prose = [column for column in columns if column.is_prose]
    for line in zip(*(column.cells for column in columns), strict=True):
        cells = dict(zip(columns, map(plain, line), strict=True))
        facts = [_fact(column, cell) for column, cell in cells.items()
                 if cell and column not in prose]  # fmt: skip
        yield Text(BETWEEN.join(facts), style="bold")
        for column in prose:
            label = f"{column.name.replace('_', ' ')}: " if len(prose) >= LABELLED else ""
            if cells[column]:
                yield Padding(Text(label + cells[column]), (0, 0, 0, 4), expand=False)


def _fact(column: Column, cell: str) -> str:
    if column.label is None:
        is_bare = cell.replace(",", "").replace(".", "").isdecimal()
        return f"{column.name.replace('_', ' ')} {cell}" if is_bare else cell
    return column.label + cell
