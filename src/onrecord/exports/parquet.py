"""Parquet: a folder for each kind of row and one for the articles, read alike by every tool.

The columns are those of `onrecord.tables`. Rows are written some articles at a time, so that an
export of any size takes little memory.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from onrecord.exports.references import whole_text
from onrecord.exports.told import Told
from onrecord.exports.writing import explained, new_folder
from onrecord.records import KINDS
from onrecord.tables import Selection, selected

if TYPE_CHECKING:
    import pyarrow as pa

ARTICLES = "articles"
FILE = "part-0.parquet"
AT_ONCE = 500  # articles whose rows are held in memory

_TEXTS = (
    *("article_id", "url", "publisher", "title", "byline", "published", "published_from"),
    *("language", "sha256", "source_path", "fetched_at", "story_id", "copy_of"),
)


def write(sources: Iterable[Told], path: Path) -> None:
    """Write the rows of articles into a new folder, `statements/part-0.parquet` and so on.

    Raises:
        ExportError: The folder is there already, or cannot be written.
    """
    from pyarrow import parquet

    with new_folder(path) as folder, ExitStack() as files, explained(path):
        writers: dict[str, parquet.ParquetWriter] = {}
        for kind, table in _tables(sources):
            if kind not in writers:
                (folder / kind).mkdir()
                writer = parquet.ParquetWriter(folder / kind / FILE, table.schema)
                writers[kind] = files.enter_context(writer)
            writers[kind].write_table(table)
        files.close()


def _tables(sources: Iterable[Told]) -> Iterator[tuple[str, pa.Table]]:
    """Yield a table of each kind, empty ones too, for some articles after others."""
    rest, first = iter(sources), True
    while (chunk := list(islice(rest, AT_ONCE))) or first:
        first = False
        yield ARTICLES, _articles(chunk)
        for kind in KINDS:
            rows = (
                Selection(one.record, getattr(one.record, kind), one.throughout) for one in chunk
            )
            yield kind, selected(kind, rows)


def _articles(sources: Iterable[Told]) -> pa.Table:
    import pyarrow as pa

    articles = [one.article for one in sources]
    columns = {name: [getattr(article, name) for article in articles] for name in _TEXTS}
    columns["text"] = [whole_text(article) for article in articles]
    arrays = {name: pa.array(cells, pa.string()) for name, cells in columns.items()}
    versions = pa.array([article.version for article in articles], pa.int64())
    return pa.table({"version": versions, **arrays})
