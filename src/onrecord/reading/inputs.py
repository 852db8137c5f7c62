"""Opening what is read: files, folders and standard input."""

from __future__ import annotations

import os
import re
import stat
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import SpooledTemporaryFile
from typing import IO

from onrecord.clean import storable
from onrecord.errors import ReadError
from onrecord.records import Failure

STANDARD_INPUT = "-"
CONTROL = re.compile("[\\x00-\\x1f]")
PIECE = 1_000_000  # bytes read at a time from what has no known size
LARGEST = 2_000_000_000  # bytes that are taken from a pipe
SPOOL_SIZE = 16_000_000  # bytes of a pipe kept in memory before they go to a temporary file


def shown(path: Path) -> str:
    """Return a path that can be printed and stored.

    Bytes that are not UTF-8 and control characters become U+FFFD.
    """
    return CONTROL.sub("\ufffd", storable(os.fsencode(path).decode("utf-8", "replace")))


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
    for path in sorted(found):
        yield _special(path) or path


def _special(path: Path) -> Failure | None:
    """Return the failure of a pipe, socket or device in a folder, which could be read for ever."""
    try:
        mode = path.stat().st_mode
    except OSError:
        return None  # reading it says why
    if stat.S_ISREG(mode):
        return None
    reason = "It is no file but a pipe, a socket or a device: name it by itself to read from it."
    return Failure(source=shown(path), reason=reason, error=ReadError.__name__)


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
        ReadError: It is larger than may be read.
    """
    with _raw(path) as raw, SpooledTemporaryFile(max_size=SPOOL_SIZE) as spool:
        if path is not None and raw.seekable():
            yield raw
            return
        _copy(raw, spool)
        spool.seek(0)
        yield spool


def _copy(stream: IO[bytes], target: IO[bytes]) -> None:
    """Copy a stream of unknown length, so far as one may be read."""
    copied = 0
    while piece := stream.read(PIECE):
        copied += len(piece)
        if copied > LARGEST:
            raise ReadError(
                f"It has more than {LARGEST // 1_000_000:,} megabytes: give it in pieces."
            )
        target.write(piece)


@contextmanager
def _raw(path: Path | None) -> Iterator[IO[bytes]]:
    """Open a file, or lend standard input without closing it."""
    if path is None:
        yield sys.stdin.buffer
        return
    with path.open("rb") as stream:
        yield stream
