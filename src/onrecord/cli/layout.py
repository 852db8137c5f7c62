"""Which columns of a table fit a line, and whether rows read better as paragraphs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

UNBROKEN = 12  # a column with nothing longer is not broken into lines
NAMES = 16  # characters that a column of names keeps
PROSE = 30  # characters that a column of running words keeps
GAP = 2  # between two columns, and one more at either edge


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table, and how soon it may go where not all columns fit.

    Attributes:
        name: What stands above it.
        cells: What stands in it, a text a row.
        goes: Where not all columns fit, the one with the lowest number goes first; None stays.
        is_prose: Whether it holds running words.
        label: What stands before a value where no heading says what it is; by default its name
            before a number, and nothing before a word.
        apart: Whether its cells need a line of their own, so that rows are paragraphs.
    """

    name: str
    cells: Sequence[str]
    goes: int | None = None
    is_prose: bool = False
    label: str | None = None
    apart: bool = False

    @property
    def longest(self) -> int:
        """The length of its longest cell, in characters."""
        return max(map(len, self.cells), default=0)

    @property
    def is_unbroken(self) -> bool:
        """Whether its cells stand on one line each."""
        return self.longest <= UNBROKEN

    @property
    def least(self) -> int:
        """The width below which it cannot be read, in characters."""
        if self.is_unbroken:
            return max(self.longest, *map(len, self.name.split("_")))
        return min(self.longest, PROSE if self.is_prose else NAMES)


def fitting(columns: Sequence[Column], width: int) -> tuple[Column, ...] | None:
    """Return the columns that a line of `width` characters has room for, in their order.

    Where they do not all fit, those without a value go first, then those that may go. None: those
    that stay do not fit, and rows read better one below another.
    """
    if any(column.apart for column in columns):
        return None
    left = list(columns)
    empty = [column for column in columns if not any(column.cells)]
    able = [column for column in columns if column.goes is not None and column not in empty]
    for column in (*empty, *sorted(able, key=lambda column: column.goes or 0)):
        if _width(left) <= width:
            break
        left.remove(column)
    return tuple(left) if _width(left) <= width else None


def _width(columns: Sequence[Column]) -> int:
    return sum(column.least + GAP for column in columns)
