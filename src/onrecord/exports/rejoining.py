"""Putting the words back into an export that was made without them."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterable, Iterator
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from onrecord.errors import ExportError
from onrecord.exports import w3c
from onrecord.exports.enclosed import changed
from onrecord.exports.references import Rejoiner
from onrecord.exports.sheets import csv_raw, harmless, tab_line
from onrecord.exports.writing import explained, new_folder, write_pieces

if TYPE_CHECKING:
    import pyarrow as pa

Change = Callable[[str, Rejoiner], str]

_PARQUET = ".parquet"


def rejoin(path: Path, output: Path, rejoiner: Rejoiner) -> None:
    """Write an export again with the words of every text that is at hand.

    Args:
        path: A file or folder that an export without text gave.
        output: The new file or folder.
        rejoiner: Knows the texts, and counts what is missing.

    Raises:
        ExportError: There is no such export, or one of the two cannot be read or written.
    """
    if not path.exists():
        raise ExportError(f"{path} is not there: name a file or folder that an export gave")
    if not path.is_dir():
        _rejoin_file(path, output, rejoiner)
        return
    with new_folder(output) as folder:
        for source in sorted(path.rglob("*")):
            target = folder / source.relative_to(path)
            if source.is_dir():
                target.mkdir()
            else:
                _rejoin_file(source, target, rejoiner)


def _rejoin_file(source: Path, target: Path, rejoiner: Rejoiner) -> None:
    if source.suffix == _PARQUET:
        _rejoin_parquet(source, target, rejoiner)
        return
    try:
        with explained(source), source.open(encoding="utf8", newline="") as stream:
            write_pieces(target, _rejoined(source.suffix, stream, rejoiner))
    except UnicodeDecodeError as error:
        raise ExportError(f"{source} is no text: name what an export gave") from error


def _rejoined(suffix: str, stream: Iterable[str], rejoiner: Rejoiner) -> Iterator[str]:
    """Yield the lines of a file with words in them, as its kind quotes and breaks lines."""
    lines = iter(stream)
    first = next(lines, "")
    whole = chain((first,), lines)
    if _is_csv(first):
        for cells in csv.reader(whole):
            yield f"{csv_raw([_cell(cell, rejoiner) for cell in cells])}\n"
        return
    change = _change(suffix, first)
    for line in whole:
        body = line.removesuffix("\n")
        yield change(body, rejoiner) + line[len(body) :]


def _is_csv(first: str) -> bool:
    """Whether a file begins with the header of a comma-separated form."""
    return first.startswith(("event_id_cnty,", "id,relid,"))


def _change(suffix: str, first: str) -> Change:
    """Return how a line of a file is changed: brat's as it is, others as their form wants it."""
    if suffix in {".ann", ".txt"} and not first.startswith(("{", "[", "Event ID\t")):
        return _plain
    if w3c.CONTEXT in first:
        return _annotation
    return _json if first.startswith(("{", "[")) else _tabs


def _plain(line: str, rejoiner: Rejoiner) -> str:
    return rejoiner.words(line)


def _tabs(line: str, rejoiner: Rejoiner) -> str:
    return tab_line([rejoiner.words(cell) for cell in line.split("\t")])


def _json(line: str, rejoiner: Rejoiner) -> str:
    """Return a line of JSON, whole or a part of a document, with words in its strings."""
    return rejoiner.words(line, lambda words: json.dumps(words, ensure_ascii=False)[1:-1])


def _annotation(line: str, rejoiner: Rejoiner) -> str:
    return changed(line, lambda item: w3c.rejoined(item, rejoiner))


def _cell(cell: str, rejoiner: Rejoiner) -> str:
    found = rejoiner.words(cell)
    return cell if found == cell else harmless(found)


def _rejoin_parquet(source: Path, target: Path, rejoiner: Rejoiner) -> None:
    import pyarrow as pa
    from pyarrow import parquet

    with explained(source), parquet.ParquetFile(source) as file:
        schema = file.schema_arrow
        with parquet.ParquetWriter(target, schema) as writer:
            for number in range(file.num_row_groups):
                table = file.read_row_group(number)
                columns = [_column(table.column(name), rejoiner) for name in schema.names]
                writer.write_table(pa.table(columns, schema=schema))


def _column(column: pa.ChunkedArray, rejoiner: Rejoiner) -> pa.ChunkedArray:
    import pyarrow as pa

    if not pa.types.is_string(column.type):
        return column
    cells = [None if cell is None else rejoiner.words(cell) for cell in column.to_pylist()]
    return pa.chunked_array([pa.array(cells, pa.string())])
