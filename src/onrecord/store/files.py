"""Stores in a file: opening it, and what to say when that or anything later fails.

This module knows SQLite (its file, its locks, its error codes); nothing in it is a query.

The file is in write-ahead mode, where reading and writing do not wait for each other. A file or a
folder that cannot be written to is opened for reading only; where no side files can be made, as a
file that does not change.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import cast

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import QueuePool

from onrecord.errors import StoreError
from onrecord.store.connecting import Opened, without_blanks

_REFUSAL = (
    "or its folder cannot be written to; copy the store to a folder you can write to and use that"
)
_CACHED, _CACHED_READING = 32_768, 8_192
"""Kilobytes of the file that a connection keeps at hand, at most: one that writes, and another."""
_KEPT_OPEN = 8  # connections
_LOGGED = 16_000  # pages of the write-ahead log, after which they are moved into the file
_PAGE = 4_096  # bytes
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


class OpenedFile(Opened):
    """A store's file."""

    made_whole = False  # the index for search is made by its migration
    errors = (DBAPIError, sqlite3.DatabaseError)

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Return a connection that sees the store as it is at its first query."""
        with self.engine.connect() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Begin a transaction, waiting for that of another process to end."""
        with self.engine.execution_options(writes=True).begin() as connection:
            yield connection

    def reason(self, error: Exception) -> str | None:
        """Return what went wrong by SQLite's name for it."""
        return _reason(error)

    def prepare(self) -> None:
        """Put the file in write-ahead mode, where it stays."""
        with self._raw() as cursor:  # the mode cannot be changed inside a transaction
            if cursor.execute("PRAGMA journal_mode").fetchone() != ("wal",):
                cursor.execute("PRAGMA journal_mode = wal")

    def back_up(self, revision: str) -> None:
        """Copy the store beside itself; to have it back as it was, put the copy in its place."""
        copy = Path(f"{self.place}.{revision}.bak")
        try:
            with closing(sqlite3.connect(copy)) as target, self._raw() as cursor:
                cursor.connection.backup(target)
        except sqlite3.DatabaseError as error:
            if copy.is_file():
                copy.unlink()
            raise StoreError(f"{copy} {_reason(error)}") from error

    def shrink(self) -> None:
        """Give back the room that moving the rows left empty."""
        with self._raw() as cursor:
            cursor.execute("VACUUM")

    def is_lost(self, error: Exception) -> bool:
        """A file is not lost by trying again."""
        return False

    @contextmanager
    def _raw(self) -> Iterator[sqlite3.Cursor]:
        raw = self.engine.raw_connection()
        try:
            yield cast(sqlite3.Cursor, raw.cursor())
        finally:
            raw.close()


def _reason(error: Exception) -> str | None:
    cause = error.orig if isinstance(error, DBAPIError) else error
    name = getattr(cause, "sqlite_errorname", "SQLITE_CORRUPT")
    reason = next((text for code, text in _REASONS.items() if name.startswith(code)), None)
    return reason and f"{reason} ({cause})"


def open_file(path: Path, *, create: bool, busy_seconds: float) -> OpenedFile:
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
        return OpenedFile(str(path), engine, None)
    return OpenedFile(str(path), _reading_engine(path, file, busy_seconds), _REFUSAL)


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
        connection.execute("PRAGMA synchronous = full")  # what is saved outlasts a power cut
        connection.execute(f"PRAGMA wal_autocheckpoint = {_LOGGED}")
        connection.execute(f"PRAGMA journal_size_limit = {_LOGGED * _PAGE}")
        return connection

    engine = create_engine(
        "sqlite://",
        creator=opened,
        poolclass=QueuePool,
        pool_size=_KEPT_OPEN,
        json_serializer=without_blanks,
    )

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        writes = connection.get_execution_options().get("writes", False)
        connection.exec_driver_sql(f"PRAGMA cache_size = -{_CACHED if writes else _CACHED_READING}")
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine


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
