"""Opening what is read: files, folders and standard input, compressed or not."""

from __future__ import annotations

import gzip
import os
import re
import stat
import sys
import zlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import SpooledTemporaryFile
from typing import IO

from onrecord.clean import storable
from onrecord.errors import ReadError
from onrecord.records import Failure

STANDARD_INPUT = "-"
GZIP_MAGIC = b"\x1f\x8b"
PAGE_SUFFIXES = frozenset({".html", ".htm", ".xhtml"})
LINES_SUFFIXES = frozenset({".jsonl", ".ndjson"})
READABLE_SUFFIXES = PAGE_SUFFIXES | LINES_SUFFIXES | {".txt", ".text"}
CONTROL = re.compile("[\\x00-\\x1f]")
PIECE = 1_000_000  # bytes read at a time from what has no known size
LARGEST = 2_000_000_000  # bytes that are taken from a pipe
MOST_PACKED = 60  # times its size that text unpacks to; prose packs to a third, marks to a tenth
FREE_UNPACKED = 50_000_000  # bytes that may unpack from however little
SPOOL_SIZE = 16_000_000  # bytes of a pipe kept in memory before they go to a temporary file


def suffix_of(path: Path) -> str:
    """Return a file's suffix in lower case, that under .gz for a compressed file."""
    return Path(path.name.lower().removesuffix(".gz")).suffix


def shown(path: Path) -> str:
    """Return a path that can be printed and stored.

    Bytes that are not UTF-8 and control characters become U+FFFD.
    """
    return CONTROL.sub("\ufffd", storable(os.fsencode(path).decode("utf-8", "replace")))


def readable_files(folder: Path) -> Iterator[Path | Failure]:
    """Yield the readable files in a folder and the folders in it, sorted by path.

    Hidden files and folders are passed over, and links to folders are not followed. A folder
    that cannot be opened is a failure.
    """
    failures: list[Failure] = []

    def note(error: OSError) -> None:
        failures.append(os_failure(shown(Path(error.filename)), error))

    found = []
    for parent, folders, names in os.walk(folder, onerror=note):
        folders[:] = [name for name in folders if not name.startswith(".")]
        paths = (Path(parent, name) for name in names if not name.startswith("."))
        found += [path for path in paths if suffix_of(path) in READABLE_SUFFIXES]
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
    """Open a file, or standard input for None, unpacked and able to go back to its start.

    Raises:
        OSError: It cannot be opened.
        ReadError: It is larger than may be read, or unpacks to more than text does.
    """
    with _raw(path) as raw, SpooledTemporaryFile(max_size=SPOOL_SIZE) as spool:
        stream: IO[bytes] = raw
        if path is None or not raw.seekable():
            _copy(raw, spool)
            spool.seek(0)
            stream = spool
        magic = stream.read(len(GZIP_MAGIC))
        stream.seek(0)
        if magic != GZIP_MAGIC:
            yield stream
            return
        _refuse_bomb(stream)
        with gzip.GzipFile(fileobj=stream, mode="rb") as unpacked:
            yield unpacked  # type: ignore[misc]


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


def _refuse_bomb(stream: IO[bytes]) -> None:
    """Let a gzip file pass that unpacks to no more than text does; damage is met later on."""
    size = stream.seek(0, os.SEEK_END)
    stream.seek(0)
    most = max(size * MOST_PACKED, FREE_UNPACKED)
    unpacked = 0
    with suppress(EOFError, OSError, zlib.error):
        packed = gzip.GzipFile(fileobj=stream, mode="rb")
        while (piece := packed.read(PIECE)) and unpacked <= most:
            unpacked += len(piece)
    stream.seek(0)
    if unpacked > most:
        raise ReadError(
            f"Its {size:,} bytes unpack to more than {most:,}, which no text does: "
            "unpack it yourself if you trust it."
        )


@contextmanager
def _raw(path: Path | None) -> Iterator[IO[bytes]]:
    """Open a file, or lend standard input without closing it."""
    if path is None:
        yield sys.stdin.buffer
        return
    with path.open("rb") as stream:
        yield stream
