"""Files that are not on this machine, by their URLs: whatever fsspec opens (s3://, gs://, …)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, Any

from onrecord.errors import ReadError
from onrecord.reading.extras import needed

_REMOTE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+://")
_WEB = re.compile(r"https?://", re.IGNORECASE)


def is_remote(path: str) -> bool:
    """Whether a path is a URL that fsspec opens; web addresses are fetched as pages are."""
    return bool(_REMOTE.match(path)) and not _WEB.match(path)


def files_under(url: str) -> list[str]:
    """Return the URLs of the files in a folder, sorted; of a file its own; of a pattern its finds.

    Raises:
        ReadError: fsspec, or what it needs for that kind of URL, is not installed, or the place
            cannot be looked at.
    """
    system, path = _opened(url)
    try:
        if "*" in path:
            return [system.unstrip_protocol(one) for one in sorted(system.glob(path))]
        found = sorted(system.find(path)) if system.isdir(path) else [path]
    except OSError as error:
        raise ReadError(
            f"{url} cannot be looked at ({error}): check the URL and rights."
        ) from error
    return [system.unstrip_protocol(one) for one in found]


def size_of(url: str) -> int:
    """Return the bytes of a remote file, 0 where they are not known.

    Raises:
        ReadError: It cannot be reached.
    """
    system, path = _opened(url)
    try:
        return int(system.size(path) or 0)
    except OSError:
        return 0  # reading it says why


@contextmanager
def open_remote(url: str) -> Iterator[IO[bytes]]:
    """Open a remote file, able to go back to its start.

    Raises:
        OSError: It cannot be opened.
        ReadError: What opens such URLs is not installed.
    """
    system, path = _opened(url)
    with system.open(path, "rb") as stream:
        yield stream


def _opened(url: str) -> tuple[Any, str]:
    fsspec = needed("fsspec", extra="ray", kind=f"{url.partition('://')[0]}:// URLs")
    try:
        system, path = fsspec.core.url_to_fs(url)
    except (ImportError, ValueError) as error:
        raise ReadError(f"{url} cannot be opened: {error}") from error
    return system, str(path)
