"""Tables of rows as files: JSON lines, CSV and Parquet."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from onrecord.export import json_lines

if TYPE_CHECKING:
    import pyarrow as pa

FORMULA = r"\A[=+\-@\t\r]"  # what a spreadsheet calculates or passes to a program


@dataclass(frozen=True, slots=True)
class Encoding:
    """A form that a table of rows can be written in."""

    media_type: str
    encode: Callable[[pa.Table, str], bytes]  # of rows of a kind


def jsonl(rows: pa.Table, kind: str) -> bytes:
    """Return rows as one JSON object a line."""
    return "".join(f"{line}\n" for line in json_lines(kind, rows)).encode()


def csv(rows: pa.Table, kind: str) -> bytes:
    """Return rows as CSV, where no cell is a formula to a spreadsheet."""
    import pyarrow as pa
    from pyarrow import compute
    from pyarrow import csv as writer

    for at, field in enumerate(rows.schema):
        if pa.types.is_string(field.type) or pa.types.is_large_string(field.type):
            safe = compute.replace_substring_regex(rows.column(at), FORMULA, r"'\0")
            rows = rows.set_column(at, field, safe)
    sink = io.BytesIO()
    writer.write_csv(rows, sink)
    return sink.getvalue()


def parquet(rows: pa.Table, kind: str) -> bytes:
    """Return rows as a Parquet file."""
    from pyarrow import parquet as writer

    sink = io.BytesIO()
    writer.write_table(rows, sink)
    return sink.getvalue()


ENCODINGS: Mapping[str, Encoding] = {
    "csv": Encoding("text/csv; charset=utf-8", csv),
    "jsonl": Encoding("application/x-ndjson", jsonl),
    "parquet": Encoding("application/vnd.apache.parquet", parquet),
}
"""The forms by the endings of their files."""
