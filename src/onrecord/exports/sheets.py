"""Lines of the tables that event data come in: comma- and tab-separated, an unknown value empty."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence

_FORMULA = re.compile(r"[=+\-@\t\r]")  # what a spreadsheet calculates or passes to a program


def tab_line(cells: Sequence[object]) -> str:
    """Return a line of cells with tabs between them; a break or tab within one is a blank."""
    return "\t".join(" ".join(_text(cell).split()) for cell in cells)


def csv_line(cells: Sequence[object]) -> str:
    """Return a line of comma-separated cells, quoted where need be; no text is a formula."""
    return csv_raw([harmless(cell) if isinstance(cell, str) else _text(cell) for cell in cells])


def csv_raw(cells: Sequence[str]) -> str:
    """Return a line of comma-separated cells as they are, quoted where need be."""
    sink = io.StringIO()
    csv.writer(sink, lineterminator="").writerow(cells)
    return sink.getvalue()


def harmless(text: str) -> str:
    """Return a text that no spreadsheet takes for a formula."""
    return f"'{text}" if _FORMULA.match(text) else text


def _text(cell: object) -> str:
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return str(int(cell))
    if isinstance(cell, float) and cell == int(cell):
        return str(int(cell))
    return str(cell)
