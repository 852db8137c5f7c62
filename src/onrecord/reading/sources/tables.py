"""Tables with a column of texts: CSV and its like, and Parquet."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from onrecord.errors import ReadError
from onrecord.reading.decoding import refuse_binary
from onrecord.reading.fields import FieldNames
from onrecord.reading.jsonlines import cause_name, row_article
from onrecord.reading.sources.jsonlines import LONGEST_LINE, text_lines
from onrecord.reading.sources.source import Found, Input, Options, Source
from onrecord.records import Failure

CSV_SUFFIXES = frozenset({".csv", ".tsv", ".tab"})
DELIMITERS = ",\t;|"
FEWEST_COLUMNS = 2  # that tell a table whose name does not
PARQUET_MAGIC = b"PAR1"
BATCH = 64  # rows of a Parquet file in memory at once


def is_csv(found: Input, options: Options) -> bool:
    """Whether an input is CSV: its name says so, or it begins with the names of columns."""
    if found.suffix in CSV_SUFFIXES and found.head:
        return True
    first, _, rest = found.beginning(options).partition("\n")
    columns = _columns(first, _delimiter(first, options.fields))
    named = sum(options.fields.knows(name) for name in columns)
    return named >= FEWEST_COLUMNS and options.fields.has_text(columns) and bool(rest.strip())


def read_csv(found: Input, options: Options) -> Iterator[Found]:
    """Yield the article of each row, or the failure of a row that holds none."""
    encoding = found.encoding_of(options)
    if encoding is None:
        refuse_binary(found.head)
        encoding = "utf-8" if _is_utf_8(found.head) else "cp1252"
    csv.field_size_limit(LONGEST_LINE)  # of the whole process; its own default cuts long articles
    lines = text_lines(found.stream, encoding)
    try:
        first = next((line for line in lines if line.strip()), "").lstrip("\ufeff")
        delimiter = _delimiter(first, options.fields)
        columns = _columns(first, delimiter)
        _require_text(columns, options.fields)
        rows = csv.reader(lines, delimiter=delimiter, strict=True)
        yield from _articles(rows, columns, found, options)
    finally:
        lines.close()


def _articles(
    rows: Any,  # noqa: ANN401 - csv.reader's own type has no public name
    columns: list[str],
    found: Input,
    options: Options,
) -> Iterator[Found]:
    number, read_any = 1, False
    while True:
        number += 1
        try:
            row = next(rows)
            if not row:
                continue
            read_any = True
            if len(row) != len(columns):
                raise ReadError(
                    f"It has {len(row)} fields where the header has {len(columns)}: mend the row "
                    "(a text with the delimiter or quotation marks in it has to be quoted)."
                )
            fields = dict(zip(columns, row, strict=True))
            yield row_article(fields, options.fields, found.known)
        except StopIteration:
            break
        except csv.Error as error:
            read_any = True
            reason = f"It is not CSV ({error}): mend the quotation marks from this row on."
            yield Failure(source=f"{found.name}, row {number}", reason=reason, error="Error")
        except ReadError as error:
            yield Failure(
                source=f"{found.name}, row {number}", reason=str(error), error=cause_name(error)
            )
    if not read_any:
        raise ReadError("It has a header and no rows: give it an article a row.")


def _delimiter(header: str, fields: FieldNames) -> str:
    """Return what parts the names in a header: what gives most of the names that are known."""

    def worth(delimiter: str) -> tuple[bool, int, int]:
        columns = _columns(header, delimiter)
        known = sum(fields.knows(name) for name in columns)
        return fields.has_text(columns), known, len(columns)

    return max(DELIMITERS, key=worth)


def _columns(header: str, delimiter: str) -> list[str]:
    try:
        row = next(csv.reader([header.rstrip("\r\n")], delimiter=delimiter), [])
    except csv.Error:
        return []
    return [name.strip() for name in row]


def _is_utf_8(head: bytes) -> bool:
    """Whether the beginning of a file is UTF-8, but for a character that it cuts off."""
    try:
        head.decode("utf-8")
    except UnicodeDecodeError as error:
        return error.reason == "unexpected end of data"
    return True


def _require_text(columns: list[str], fields: FieldNames) -> None:
    if not fields.has_text(columns):
        shown = ", ".join(map(repr, columns[:20])) or "none"
        raise ReadError(
            f"It has no column of texts that is known by its name among {shown}: "
            "name it with --text-column."
        )


def read_parquet(found: Input, options: Options) -> Iterator[Found]:
    """Yield the article of each row, or the failure of a row that holds none."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        file = pq.ParquetFile(found.stream)
        columns = list(file.schema_arrow.names)
        _require_text(columns, options.fields)
        wanted = [name for name in columns if options.fields.knows(name)]
        number = 0
        for batch in file.iter_batches(batch_size=BATCH, columns=wanted):
            for row in batch.to_pylist():
                number += 1
                yield _row(row, f"{found.name}, row {number}", found, options)
    except (pa.ArrowException, OSError, UnicodeDecodeError) as error:
        reason = f"The Parquet file is damaged ({_first_line(error)}): write or fetch it again."
        raise ReadError(reason) from error
    if not number:
        raise ReadError("It has no rows: give it an article a row.")


def _row(row: dict[str, object], name: str, found: Input, options: Options) -> Found:
    fields = {key: _plain(value) for key, value in row.items()}
    try:
        return row_article(fields, options.fields, found.known)
    except ReadError as error:
        return Failure(source=name, reason=str(error), error=cause_name(error))


def _plain(value: object) -> object:
    """Return a value as JSON would have it: dates in ISO 8601."""
    return value.isoformat() if isinstance(value, date | datetime) else value


def _first_line(error: Exception) -> str:
    return str(error).partition("\n")[0].rstrip(".")


CSV = Source(name="CSV", suffixes=CSV_SUFFIXES, recognises=is_csv, read=read_csv)
PARQUET = Source(
    name="Parquet",
    suffixes=frozenset({".parquet"}),
    recognises=lambda found, _options: found.head.startswith(PARQUET_MAGIC),
    read=read_parquet,
)
