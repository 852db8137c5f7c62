"""Reaching a place, whichever kind it is of."""

from __future__ import annotations

from pathlib import Path

from onrecord.reading.remote import is_remote
from onrecord.store.connecting import BUSY_SECONDS, Opened
from onrecord.store.files import open_file
from onrecord.store.servers import database_of, is_url, open_server


def open_place(place: str | Path, *, create: bool, busy_seconds: float = BUSY_SECONDS) -> Opened:
    """Return a place, opened; its tables may be of an older version, or not be there.

    Raises:
        StoreError: It cannot be reached, or holds no store and none is to be made.
    """
    if is_url(str(place)):
        return open_server(str(place), create=create, busy_seconds=busy_seconds)
    return open_file(Path(place), create=create, busy_seconds=busy_seconds)


def may_exist(place: str | Path) -> bool:
    """Whether there may be a store: of a server that is known only once it is opened."""
    return is_url(str(place)) or is_remote(str(place)) or Path(place).exists()


def name_of(place: str | Path) -> str:
    """Return the name of a file, with its folder, or that of a database."""
    return database_of(str(place)) if is_url(str(place)) else str(place)
