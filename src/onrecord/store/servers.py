"""Stores on a server: connecting to it, and what to say when that or anything later fails.

This module knows PostgreSQL (its URLs, its locks, its error codes); no query for rows is in it.

Who reads sees the store as it was when he began, and waits for nobody. Who writes waits for his
turn, so that what is linked across articles is worked out by one process at a time.
"""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import URL, Connection, Engine, create_engine, make_url, text
from sqlalchemy.exc import ArgumentError, DBAPIError

from onrecord.errors import StoreError
from onrecord.store.connecting import Opened, explained, without_blanks
from onrecord.store.schema import REVISION_TABLE

_URL = re.compile(r"postgres(?:ql)?(?:\+psycopg)?://", re.IGNORECASE)
_DRIVER = "postgresql+psycopg"
_ENCODING = "UTF8"
_TURN = int.from_bytes(b"onrecord")  # the advisory lock of whoever writes
_PAUSE = 0.2  # seconds between two tries to connect anew
_FIRST_TRY = "5"  # seconds for a connection; a host that does not answer is soon given up

_ASK = "ask whoever keeps the server for a role that may write"
_REASONS = {
    "08": "has lost its connection; look after the server and try again",
    "25006": f"can only be read over this connection; {_ASK}",
    "28": "does not let this role in; check the role and its password",
    "3D000": "is no database of that server; make it with createdb, or check the name",
    "42501": f"cannot be read or written by this role; {_ASK}",
    "53100": "cannot grow, since the server's disk is full; make room and try again",
    "53": "has no room for another connection or query; try again later",
    "55P03": "is being written by another process; try again when that has finished",
    "57014": "took longer than the server allows (statement_timeout); ask for less, or raise that",
    "57P": "has lost its connection, since the server was stopped; try again when it runs",
    "XX001": "is damaged; restore it from a copy, or read the articles into a new store",
    "22021": "cannot hold a character of this row, or look for it; nothing was stored",
}
_UNREACHED = "cannot be reached; check the URL, and that the server runs and lets you in"


def is_url(place: str) -> bool:
    """Whether a place is on a server, not a file."""
    return _URL.match(place) is not None


def database_of(url: str) -> str:
    """Return the name of the database at a URL; like the role's where it has none.

    Raises:
        StoreError: The URL is none.
    """
    target = _target(url)
    return target.database or target.username or "onrecord"


def open_server(url: str, *, create: bool, busy_seconds: float) -> OpenedServer:
    """Return the database at a URL, for reading only where its role may not write.

    Raises:
        StoreError: psycopg is not installed, the URL is none, the server cannot be reached, the
            database is not in UTF-8, or it holds no store and `create` is false.
    """
    target = _target(url)
    place = target.set(drivername="postgresql").render_as_string(hide_password=True)
    try:
        import psycopg
    except ImportError as error:
        raise StoreError(
            f"To use a store on a server, install it: pip install 'onrecord[postgres]' ({error})."
        ) from error
    opened = OpenedServer(place, _engine(target), None)
    opened.errors = (DBAPIError, psycopg.Error)
    opened.busy_seconds = busy_seconds
    with explained(opened), opened.engine.connect() as connection:
        opened.refusal = _refusal(connection)
        _check(connection, place, create=create)
    return opened


def _target(url: str) -> URL:
    try:
        target = make_url(_URL.sub(f"{_DRIVER}://", url))
    except (ArgumentError, ValueError) as error:
        raise StoreError(
            "The store's URL is none; write postgresql://ROLE@HOST/DATABASE, with a password in "
            "the file ~/.pgpass"
        ) from error
    if "password" in target.query:  # where it would be shown in messages
        raise StoreError(
            "The store's URL has its password among the options; write "
            "postgresql://ROLE:PASSWORD@HOST/DATABASE, or keep it in the file ~/.pgpass"
        )
    return target


def _engine(target: URL) -> Engine:
    options = {"application_name": "onrecord", "connect_timeout": _FIRST_TRY}
    return create_engine(
        target,
        connect_args={name: one for name, one in options.items() if name not in target.query},
        pool_pre_ping=True,
        json_serializer=without_blanks,
    )


def _refusal(connection: Connection) -> str | None:
    """Return why the role cannot write, None where it can."""
    query = """
        SELECT current_user AS role, current_setting('transaction_read_only')::boolean AS fixed,
            CASE WHEN to_regclass('article') IS NULL
                THEN coalesce(has_schema_privilege(current_schema(), 'CREATE'), false)
                ELSE has_table_privilege(to_regclass('article'), 'INSERT') END AS may
    """
    found = connection.execute(text(query)).one()
    if found.fixed:
        return f"can only be read over this connection; {_ASK}"
    return None if found.may else f"can only be read by the role {found.role!r}; {_ASK}"


def _check(connection: Connection, place: str, *, create: bool) -> None:
    """Refuse a database that cannot hold a store, or holds none where none is to be made."""
    encoding = connection.scalar(text("SHOW server_encoding"))
    if encoding != _ENCODING:
        raise StoreError(
            f"{place} is in {encoding}, which cannot hold every text; make a database in UTF-8: "
            f"createdb --encoding {_ENCODING} --template template0"
        )
    there = connection.scalar(text("SELECT to_regclass(:name)"), {"name": REVISION_TABLE})
    if there is None and not create:
        raise StoreError(f"{place} holds no store; check the name, or read articles into it")


class OpenedServer(Opened):
    """A database on a server."""

    made_whole = True  # there were none before the revision that new ones begin with
    busy_seconds: float

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Return a connection that sees the store as it is at its first query."""
        with self._connected() as connection:
            connection.execution_options(
                isolation_level="REPEATABLE READ", postgresql_readonly=True
            )
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Begin a transaction when it is this process's turn."""
        with self._connected() as connection, connection.begin():
            wait = {"wait": f"{int(self.busy_seconds * 1000)}ms"}
            connection.execute(text("SELECT set_config('lock_timeout', :wait, true)"), wait)
            connection.execute(text("SELECT pg_advisory_xact_lock(:turn)"), {"turn": _TURN})
            yield connection

    def _connected(self) -> Connection:
        """Return a connection, a new one where the server was away for a moment."""
        until = time.monotonic() + self.busy_seconds
        while True:
            try:
                return self.engine.connect()
            except DBAPIError as error:
                if not self.is_lost(error) or time.monotonic() > until:
                    raise
            time.sleep(_PAUSE)

    def reason(self, error: Exception) -> str | None:
        """Return what went wrong by the class of its SQLSTATE."""
        cause = _cause(error)
        state = getattr(cause, "sqlstate", None)
        if state is None:
            if self.is_lost(error):
                return f"{_UNREACHED} ({_first_line(cause)})"
            return f"{_REASONS['22021']} ({cause})" if "NUL" in str(cause) else None
        reason = next((text for code, text in _REASONS.items() if state.startswith(code)), None)
        return reason and f"{reason} ({_first_line(cause)})"

    def is_lost(self, error: Exception) -> bool:
        """Whether the server closed the connection, or there is none to it now."""
        import psycopg

        cause = _cause(error)
        state = getattr(cause, "sqlstate", None) or "08"
        return isinstance(cause, psycopg.OperationalError) and state.startswith(("08", "57P"))

    def prepare(self) -> None:
        """A server needs nothing."""

    def back_up(self, revision: str) -> None:
        """Leave that to whoever keeps the server; what a migration does is one transaction."""

    def shrink(self) -> None:
        """Leave that to the server, which does so by itself."""


def _cause(error: BaseException) -> BaseException | None:
    return error.orig if isinstance(error, DBAPIError) else error


def _first_line(cause: BaseException | None) -> str:
    return next(iter(str(cause).splitlines()), "")
