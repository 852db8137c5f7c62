"""Opening the store's file, and what to say when that or anything later fails.

This module knows SQLite (its file, its locks, its error codes); nothing in it is a query.

The file is in write-ahead mode, where reading and writing do not wait for each other. A file or a
folder that cannot be written to is opened for reading only; where no side files can be made, as a
file that does not change.
"""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import QueuePool

from onrecord.errors import StoreError

BUSY_SECONDS = 30.0
"""How long to wait for another process that is writing, in seconds."""

_HEADER = b"SQLite format 3\0"

_REASONS = {
    "SQLITE_BUSY": "is being written by another process; try again when that has finished",
    "SQLITE_LOCKED": "is being written by another process; try again when that has finished",
    "SQLITE_READONLY": "cannot be written to; copy it to a folder you can write to and use that",
    "SQLITE_CANTOPEN": "cannot be opened; check that you may read and write it and its folder",
    "SQLITE_PERM": "cannot be opened; check that you may read and write it and its folder",
    "SQLITE_IOERR": "cannot be read or written (disk error); check the disk, then use a copy",
    "SQLITE_FULL": "cannot grow, since the disk is full; make room and try again",
    "SQLITE_NOTADB": "is not a store: not an SQLite database; name another file",
    "SQLITE_CORRUPT": "is damaged; restore it from a copy, or read the articles into a new store",
}


@dataclass(frozen=True, slots=True)
class Opened:
    """A store's file, ready for queries."""

    path: Path
    engine: Engine
    writable: bool
    refusal: str = (
        "or its folder cannot be written to; copy the store to a folder you can write to and use "
        "that"
    )
    """What is said of it to who would write."""


def connect(path: Path, *, create: bool, busy_seconds: float) -> Opened:
    """Return the opened file, for reading only where it cannot be written to.

    Raises:
        StoreError: There is no file and `create` is false or it cannot be made, or what is there
            is no database or cannot be read.
    """
    try:
        file = path.resolve()
        exists = _check_file(path, file, create=create)
    except (OSError, RuntimeError, ValueError) as error:  # no right to look, a loop of links
        raise StoreError(
            f"{path} cannot be reached ({error}); check the name and who may open its folder"
        ) from error
    if not exists or (os.access(file, os.W_OK) and os.access(file.parent, os.W_OK)):
        engine = _engine(file, "mode=rwc" if create else "mode=rw", busy_seconds)
        return Opened(path, engine, writable=True)
    return Opened(path, _reading_engine(path, file, busy_seconds), writable=False)


def write_ahead(opened: Opened) -> None:
    """Put a store's file in write-ahead mode, where it stays.

    Raises:
        StoreError: The file cannot be written to.
    """
    with explained(opened.path):
        raw = opened.engine.raw_connection()  # the mode cannot be changed inside a transaction
        try:
            cursor = raw.cursor()
            if cursor.execute("PRAGMA journal_mode").fetchone() != ("wal",):
                cursor.execute("PRAGMA journal_mode = wal")
        finally:
            raw.close()


@contextmanager
def explained(path: Path) -> Iterator[None]:
    """Turn a failure of the database that a user can mend into a `StoreError` that says how."""
    try:
        yield
    except (DBAPIError, sqlite3.DatabaseError) as error:
        cause = error.orig if isinstance(error, DBAPIError) else error
        name = getattr(cause, "sqlite_errorname", "SQLITE_CORRUPT")
        reason = next((text for code, text in _REASONS.items() if name.startswith(code)), None)
        if reason is None:
            raise
        raise StoreError(f"{path} {reason} ({cause})") from error
    except UnicodeEncodeError as error:
        raise StoreError(
            f"{path}: a row has half a character in {error.object!r} that no store can keep; "
            f"nothing was stored: read the article again"
        ) from error


def _check_file(path: Path, file: Path, *, create: bool) -> bool:
    """Return whether the file exists; raise for what is sure to fail."""
    if not _exists(file):
        if not create:
            raise StoreError(f"{path} does not exist; check the name, or read articles into it")
        if not file.parent.is_dir():
            raise StoreError(f"{path} cannot be made: there is no folder {file.parent}; make it")
        if not os.access(file.parent, os.W_OK):
            raise StoreError(
                f"{path} cannot be made: the folder {file.parent} cannot be written to; "
                f"name a file in another folder"
            )
        return False
    if not file.is_file():
        raise StoreError(f"{path} is not a file; name a file to keep the store in")
    try:
        with file.open("rb") as stream:
            header = stream.read(len(_HEADER))
    except OSError as error:
        raise StoreError(
            f"{path} cannot be read ({error.strerror}); check who may read it"
        ) from error
    if header != _HEADER and (header or not create):
        raise StoreError(f"{path} {_REASONS['SQLITE_NOTADB']}")
    return True


def _exists(file: Path) -> bool:
    try:
        file.stat()
    except FileNotFoundError:
        return False
    return True


def _engine(file: Path, options: str, busy_seconds: float) -> Engine:
    """Return an engine whose transactions are begun here, so that a migration is one too."""

    def opened() -> sqlite3.Connection:
        connection = sqlite3.connect(
            f"{file.as_uri()}?{options}",
            uri=True,
            timeout=busy_seconds,
            isolation_level=None,
            check_same_thread=False,
        )
        connection.execute("PRAGMA foreign_keys = on")
        return connection

    engine = create_engine(
        "sqlite://", creator=opened, poolclass=QueuePool, json_serializer=_without_blanks
    )

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        writes = connection.get_execution_options().get("writes", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine


def _without_blanks(value: object) -> str:
    return json.dumps(value, separators=(",", ":"))


def _reading_engine(path: Path, file: Path, busy_seconds: float) -> Engine:
    """Return an engine for a file that cannot be written to."""
    engine = _engine(file, "mode=ro", busy_seconds)
    try:
        with engine.connect() as connection:
            connection.exec_driver_sql("SELECT count(*) FROM sqlite_master").scalar()
    except DBAPIError as error:
        engine.dispose()
        log = file.with_name(f"{file.name}-wal")
        if log.exists() and log.stat().st_size:
            raise StoreError(
                f"{path} has changes in {log.name} that were not finished; open it once where it "
                f"can be written to, or wait for the process that is writing it"
            ) from error
        return _engine(file, "immutable=1", busy_seconds)
    return engine
