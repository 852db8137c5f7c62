"""Tables of rows in the formats a user can choose."""

from __future__ import annotations

import sys
from codecs import BOM_UTF8
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from onrecord.cli.listing import columns_text, print_columns
from onrecord.cli.options import STDOUT
from onrecord.cli.shown import shown_columns
from onrecord.encoding import ENCODINGS

if TYPE_CHECKING:
    import pyarrow as pa

TABLE = "table"
FORMATS = (TABLE, "jsonl", "csv", "parquet")


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
            print_columns(shown_columns(kind, rows))
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
    return columns_text(shown_columns(kind, rows)).encode()
