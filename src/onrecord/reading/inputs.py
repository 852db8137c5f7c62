"""Opening what is read: files, folders and standard input."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import SpooledTemporaryFile
from typing import IO

from onrecord.records import Failure

STANDARD_INPUT = "-"
SPOOL_SIZE = 16_000_000  # bytes of a pipe kept in memory before they go to a temporary file


def shown(path: Path) -> str:
    """Return a path that can be printed and stored: bytes that are not UTF-8 become U+FFFD."""
    return os.fsencode(path).decode("utf-8", "replace")


def files_in(folder: Path) -> Iterator[Path | Failure]:
    """Yield the files in a folder and the folders in it, sorted by path.

    Hidden files and folders are passed over, and links to folders are not followed. A folder
    that cannot be opened is a failure.
    """
    failures: list[Failure] = []

    def note(error: OSError) -> None:
        failures.append(os_failure(shown(Path(error.filename)), error))

    found = []
    for parent, folders, names in os.walk(folder, onerror=note):
        folders[:] = [name for name in folders if not name.startswith(".")]
        found += [Path(parent, name) for name in names if not name.startswith(".")]
    yield from failures
    yield from sorted(found)


def os_failure(source: str, error: OSError) -> Failure:
    """Return the failure of a file that the system does not give."""
    if isinstance(error, FileNotFoundError):
        reason = "There is no such file: check the path."
    elif isinstance(error, PermissionError):
        reason = "It may not be read: change its permissions, or run as someone who may read it."
    else:
        reason = f"It cannot be read ({error.strerror or error}): check the file."
    return Failure(source=source, reason=reason, error=type(error).__name__)


@contextmanager
def open_input(path: Path | None) -> Iterator[IO[bytes]]:
    """Open a file, or standard input for None, able to go back to its start.

    Raises:
        OSError: It cannot be opened.
    """
    with _raw(path) as raw, SpooledTemporaryFile(max_size=SPOOL_SIZE) as spool:
        if path is not None and raw.seekable():
            yield raw
            return
        shutil.copyfileobj(raw, spool)
        spool.seek(0)
        yield spool


@contextmanager
def _raw(path: Path | None) -> Iterator[IO[bytes]]:
    """Open a file, or lend standard input without closing it."""
    if path is None:
        yield sys.stdin.buffer
        return
    with path.open("rb") as stream:
        yield stream
