"""Opening a store."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from onrecord.store.connecting import BUSY_SECONDS
from onrecord.store.folder import is_dataset, open_folder
from onrecord.store.migrating import migrate
from onrecord.store.opening import open_place
from onrecord.store.servers import is_url
from onrecord.store.store import Store


def open_store(
    place: str | Path,
    *,
    create: bool = True,
    busy_seconds: float = BUSY_SECONDS,
    advance: Callable[[], None] = lambda: None,
) -> Store:
    """Return the store in a file or on a server, made or brought up to date first if need be.

    A store that cannot be written to is opened for reading.

    Args:
        place: The file, or the URL of a database: postgresql://ROLE@HOST/DATABASE; or a folder of
            Parquet that `onrecord read --output` wrote, which can only be read.
        create: Make the file if there is none, or the tables in a database without any.
        busy_seconds: How long to wait while another process is writing.
        advance: Called after each article of a store that has to be brought up to date.

    Raises:
        StoreError: The place cannot be made, opened or read, is not a store, or was written by a
            newer version of onrecord.
    """
    if not is_url(str(place)) and is_dataset(place):
        return Store(open_folder(str(place)))
    opened = open_place(place, create=create, busy_seconds=busy_seconds)
    try:
        migrate(opened, advance)
    except BaseException:
        opened.engine.dispose()
        raise
    return Store(opened)
