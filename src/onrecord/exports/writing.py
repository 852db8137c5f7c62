"""Files that are there whole or not at all: written under another name, then renamed."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import mkdtemp, mkstemp

from onrecord.errors import ExportError


def write_lines(path: Path, lines: Iterable[str]) -> None:
    """Write lines to a file, as `write_pieces` does.

    Raises:
        ExportError: The file cannot be written. What stood there stays as it was.
    """
    write_pieces(path, (f"{line}\n" for line in lines))


def write_pieces(path: Path, pieces: Iterable[str]) -> None:
    """Write pieces of text to a file as they come; it takes its name when the last is written.

    Raises:
        ExportError: The file cannot be written. What stood there stays as it was.
    """
    with explained(path):
        handle, name = mkstemp(prefix=f".{path.name}.", suffix=".part", dir=path.parent)
        try:
            with open(handle, "w", encoding="utf8", newline="") as stream:
                stream.writelines(pieces)
            os.chmod(name, 0o666 & ~_umask())
            os.replace(name, path)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise


@contextmanager
def new_folder(path: Path) -> Iterator[Path]:
    """Give a folder to write into, which takes its name when the block ends.

    Raises:
        ExportError: There is something of that name already, or it cannot be made. Nothing is left
            of a folder that was not finished.
    """
    with explained(path):
        if path.exists() and not _is_empty(path):
            raise ExportError(f"{path} is there already: name a new folder, or take it away first")
        path.parent.mkdir(parents=True, exist_ok=True)
        made = Path(mkdtemp(prefix=f".{path.name}.", suffix=".part", dir=path.parent))
        try:
            yield made
            made.chmod(0o777 & ~_umask())
            if path.exists():
                path.rmdir()
            made.rename(path)
        except BaseException:
            shutil.rmtree(made, ignore_errors=True)
            raise


@contextmanager
def explained(path: Path) -> Iterator[None]:
    """Turn a failure to write into an `ExportError` that names the file."""
    try:
        yield
    except OSError as error:
        raise ExportError(
            f"{path} cannot be written ({error.strerror or error}): check the folder and the disk"
        ) from error


def _is_empty(path: Path) -> bool:
    return path.is_dir() and not any(path.iterdir())


def _umask() -> int:
    """Return which rights new files are not given."""
    current = os.umask(0)
    os.umask(current)
    return current
