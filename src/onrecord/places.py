"""Where a dataset lies: a folder on this machine or any that fsspec reaches.

What is written stands under its name only when it is whole: it is written under another name and
then moved. Who reads meanwhile sees the old or the new, and what was left half-written is no part.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from onrecord.errors import DatasetError
from onrecord.reading.extras import needed
from onrecord.reading.remote import is_remote

if TYPE_CHECKING:
    import pyarrow
    from pyarrow.fs import FileSystem

_ELSEWHERE = "from other places than this machine"

UNFINISHED = ".unfinished-"
"""What the names of files begin with that are being written."""


@dataclass(frozen=True)  # no slots: it keeps the opened file system
class Folder:
    """A folder by its path or URL; it can be sent to other processes."""

    url: str

    def __reduce__(self) -> tuple[type[Folder], tuple[str]]:
        return Folder, (self.url,)

    @cached_property
    def _place(self) -> tuple[FileSystem, str]:
        from pyarrow import fs

        if not is_remote(self.url):
            return fs.LocalFileSystem(), os.path.abspath(self.url)
        fsspec = needed("fsspec", extra="ray", kind=_ELSEWHERE)
        try:
            system, path = fsspec.core.url_to_fs(self.url)
        except (ImportError, ValueError) as error:
            raise DatasetError(f"{self.url} cannot be opened: {error}") from error
        return fs.PyFileSystem(fs.FSSpecHandler(system)), path.rstrip("/")

    @cached_property
    def fsspec(self) -> Any:  # noqa: ANN401 - fsspec is an extra
        """The file system that a remote folder is in, as fsspec has it."""
        return needed("fsspec", extra="ray", kind=_ELSEWHERE).core.url_to_fs(self.url)[0]

    @property
    def is_remote(self) -> bool:
        """Whether it is reached by fsspec."""
        return is_remote(self.url)

    def path(self, name: str) -> str:
        """Return how others find a file of the folder: an absolute path, or a URL."""
        if self.is_remote:
            return f"{self.url.rstrip('/')}/{name}"
        return f"{self._place[1]}/{name}"

    def names(self, inside: str) -> list[str]:
        """Return the names of the finished files in a folder of it, sorted; [] without one."""
        from pyarrow import fs

        system, root = self._place
        listing = system.get_file_info(
            fs.FileSelector(f"{root}/{inside}".rstrip("/"), allow_not_found=True)
        )
        names = (Path(one.path).name for one in listing if one.type == fs.FileType.File)
        return sorted(name for name in names if not name.startswith(UNFINISHED))

    def has(self, name: str) -> bool:
        """Whether there is a file of that name."""
        from pyarrow import fs

        system, root = self._place
        return bool(system.get_file_info(f"{root}/{name}").type == fs.FileType.File)

    def write(self, name: str, data: bytes) -> None:
        """Write a file, in place of one of that name.

        Raises:
            DatasetError: It cannot be written.
        """
        system, root = self._place
        target = f"{root}/{name}"
        parent, _, last = target.rpartition("/")
        passing = f"{parent}/{UNFINISHED}{uuid4().hex[:8]}-{last}"
        try:
            system.create_dir(parent, recursive=True)
            with system.open_output_stream(passing) as stream:
                stream.write(data)
            system.move(passing, target)
        except OSError as error:
            raise DatasetError(
                f"{self.path(name)} cannot be written ({error}): check the folder, its rights and "
                "the room left; what is finished stays, and the same command goes on from there."
            ) from error

    def read(self, name: str) -> bytes:
        """Return what a file holds.

        Raises:
            DatasetError: It cannot be read.
        """
        system, root = self._place
        try:
            with system.open_input_stream(f"{root}/{name}") as stream:
                return bytes(stream.read())
        except OSError as error:
            raise DatasetError(f"{self.path(name)} cannot be read ({error}).") from error

    def write_json(self, name: str, value: object) -> None:
        """Write a file of JSON."""
        text = json.dumps(value, ensure_ascii=False, indent=1)
        self.write(name, text.encode("utf-8", "backslashreplace"))

    def read_json(self, name: str) -> Any:  # noqa: ANN401 - whatever was written
        """Return what a file of JSON holds.

        Raises:
            DatasetError: It cannot be read, or is no JSON.
        """
        try:
            return json.loads(self.read(name))
        except ValueError as error:
            raise DatasetError(
                f"{self.path(name)} is damaged ({error}): take it away to have its part made again."
            ) from error

    def write_table(self, name: str, table: pyarrow.Table, *, sorted_by: str = "") -> None:
        """Write a Parquet file; with `sorted_by`, so that rows of few values are read alone."""
        import pyarrow as pa
        import pyarrow.parquet as pq

        rows = table.sort_by(sorted_by) if sorted_by else table
        sink = pa.BufferOutputStream()
        pq.write_table(rows, sink, compression="zstd", row_group_size=_GROUP if sorted_by else None)
        self.write(name, sink.getvalue().to_pybytes())

    def read_table(
        self,
        names: Sequence[str],
        *,
        columns: Sequence[str] | None = None,
        only: tuple[str, object] | None = None,
    ) -> pyarrow.Table | None:
        """Return the rows of some Parquet files, with `only` those with a value in a column.

        None when there are no files.
        """
        import pyarrow.dataset as ds

        if not names:
            return None
        system, root = self._place
        found = ds.dataset(
            [f"{root}/{name}" for name in names], format="parquet", filesystem=system
        )
        where = None if only is None else ds.field(only[0]) == only[1]
        return found.to_table(columns=None if columns is None else list(columns), filter=where)

    def tables(self, inside: str) -> list[str]:
        """Return the names of the Parquet files in a folder of it, with the folder's."""
        return [f"{inside}/{name}" for name in self.names(inside) if name.endswith(".parquet")]

    def sweep(self, inside: str) -> None:
        """Take away what was left half-written in a folder of it."""
        from pyarrow import fs

        system, root = self._place
        listing = system.get_file_info(fs.FileSelector(f"{root}/{inside}", allow_not_found=True))
        for one in listing:
            if Path(one.path).name.startswith(UNFINISHED):
                system.delete_file(one.path)

    def empty(self, inside: str) -> None:
        """Take a folder of it away with all it holds; nothing where there is none."""
        from pyarrow import fs

        system, root = self._place
        if system.get_file_info(f"{root}/{inside}").type == fs.FileType.Directory:
            system.delete_dir(f"{root}/{inside}")


_GROUP = 4_096  # rows that are read together where few are wanted


def rows_of(table: pyarrow.Table | None) -> Iterator[dict[str, Any]]:
    """Yield the rows of a table one by one; none of no table."""
    if table is not None:
        for batch in table.to_batches(max_chunksize=1_000):
            yield from batch.to_pylist()
