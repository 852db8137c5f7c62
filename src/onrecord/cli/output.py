"""Tables of rows in the formats a user can choose."""

from __future__ import annotations

import io
import sys
from codecs import BOM_UTF8
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from onrecord.cli.options import STDOUT
from onrecord.cli.plain import plain
from onrecord.encoding import ENCODINGS

if TYPE_CHECKING:
    import pyarrow as pa
    from rich.console import Console

FORMATS = ("table", "jsonl", "csv", "parquet")

# The columns of each kind of row, and of counts, that fit a terminal; the other formats have all.
SHOWN = {
    "statements": ("speaker", "act", "kind", "said_on", "content", "voice"),
    "events": (
        "event_type",
        "actors",
        "recipients",
        "date",
        "place",
        "modality",
        "trigger",
        "voice",
    ),
    "figures": ("measure", "low", "high", "unit", "denied", "words", "place", "voice"),
    "conditions": ("kind", "by", "on", "if", "then", "voice"),
    "demands": ("by", "of", "asks", "cue", "voice"),
    "terms": ("concept", "term", "words", "term_voice", "avoided", "used_by", "voice"),
    "actors": ("name", "kind", "country", "sector", "mentions", "identity"),
    "mentions": ("words", "actor", "form", "role", "role_country"),
    "times": ("words", "value", "anchor"),
    "places": ("words", "name", "country", "lat", "lon"),
    "counts": (
        "period",
        "actor_country",
        "recipient_country",
        "event_type",
        "quad",
        "happenings",
        "tellings",
        "goldstein",
        "unit",
    ),
}

ID_LENGTH = 8  # of an article's id: enough for `show` to find it
UNBROKEN = 12  # a column with nothing longer is not broken into lines
FILE_WIDTH = 120  # characters of a table that does not go to a terminal


def format_for(chosen: str | None, output: Path) -> str:
    """Return the format chosen, else the one the file's name ends in, else "table".

    Raises:
        click.UsageError: The name ends in none that can be written.
    """
    suffix = output.suffix.removeprefix(".").lower()
    if chosen is None and suffix not in {*FORMATS, "", "txt"}:
        raise click.UsageError(f"no format is called {suffix}: choose one with --format")
    return chosen or (suffix if suffix in FORMATS else FORMATS[0])


def write_table(rows: pa.Table, kind: str, form: str, output: Path) -> None:
    """Write rows to a file or, for "-", to stdout.

    Raises:
        click.UsageError: Parquet, which is not text, was to go to a terminal.
    """
    if output == STDOUT:
        if form == "parquet" and sys.stdout.isatty():
            raise click.UsageError("parquet is not text: name a file with -o FILE.parquet")
        if form == "table":
            _print_table(rows, kind)
            return
        sys.stdout.flush()
        sys.stdout.buffer.write(_encode(rows, kind, form))
        return
    mark = BOM_UTF8 if form == "csv" else b""  # without it spreadsheets guess another encoding
    write_file(output, mark + _encode(rows, kind, form))


def write_file(path: Path, content: bytes) -> None:
    """Write a file.

    Raises:
        click.ClickException: The file cannot be written.
    """
    try:
        path.write_bytes(content)
    except OSError as error:
        raise click.FileError(str(path), error.strerror) from error


def write_lines(path: Path, lines: Iterable[str]) -> int:
    """Write lines to a file as they come; return how many.

    Raises:
        click.ClickException: The file cannot be written.
    """
    written = 0
    try:
        with path.open("w", encoding="utf8", newline="\n") as stream:
            for line in lines:
                stream.write(f"{line}\n")
                written += 1
    except OSError as error:
        raise click.FileError(str(path), error.strerror) from error
    return written


def make_folder(path: Path) -> None:
    """Make a folder, and those it is in, unless it is there.

    Raises:
        click.ClickException: The folder cannot be made.
    """
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise click.FileError(str(path), error.strerror) from error


def _encode(rows: pa.Table, kind: str, form: str) -> bytes:
    return _table_text(rows, kind) if form == "table" else ENCODINGS[form].encode(rows, kind)


def _table_text(rows: pa.Table, kind: str) -> bytes:
    from rich.console import Console

    text = io.StringIO()
    _render(Console(file=text, width=FILE_WIDTH, markup=False, emoji=False), rows, kind)
    return text.getvalue().encode()


def _print_table(rows: pa.Table, kind: str) -> None:
    from rich.console import Console

    width = None if sys.stdout.isatty() else FILE_WIDTH
    _render(Console(width=width, highlight=False, markup=False, emoji=False), rows, kind)


def _render(console: Console, rows: pa.Table, kind: str) -> None:
    names = ("article_id",) if "article_id" in rows.column_names else ()
    columns = (*SHOWN[kind], *names)
    lines = [
        [
            cell[:ID_LENGTH] if name in {"article_id", "identity"} else cell
            for name, cell in zip(columns, cells, strict=True)
        ]
        for cells in _cells(rows, columns)
    ]
    _draw(console, [name.removesuffix("_id") for name in columns], lines)


def print_lines(header: Sequence[str], lines: Sequence[Sequence[str]]) -> None:
    """Write lines of cells to stdout as a table."""
    from rich.console import Console

    width = None if sys.stdout.isatty() else FILE_WIDTH
    _draw(Console(width=width, highlight=False, markup=False, emoji=False), header, lines)


def _draw(console: Console, header: Sequence[str], lines: Sequence[Sequence[str]]) -> None:
    from rich import box
    from rich.table import Table

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, padding=(0, 1, 0, 0))
    for name, *cells in zip(header, *lines, strict=True):
        short = max(map(len, cells), default=0) <= UNBROKEN
        table.add_column(
            name.replace("_", " "), overflow="ellipsis" if short else "fold", no_wrap=short
        )
    for line in lines:
        table.add_row(*map(plain, line))
    console.print(table)


def _cells(rows: pa.Table, columns: tuple[str, ...]) -> Iterator[list[str]]:
    for row in rows.select(columns).to_pylist():
        yield ["" if row[name] is None else " ".join(_text(row[name]).split()) for name in columns]


def _text(value: object) -> str:
    if not isinstance(value, float):
        return str(value)
    return f"{int(value):,}" if value == int(value) else f"{value:,}"
