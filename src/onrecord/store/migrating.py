"""Bringing a store's tables up to what this version of onrecord uses."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from pathlib import Path

from sqlalchemy import Connection, column, delete, inspect, select, table

from onrecord.errors import StoreError
from onrecord.records import KINDS, Record
from onrecord.store import search
from onrecord.store.catalogue import newest_versions
from onrecord.store.connecting import Opened, explained, write_ahead
from onrecord.store.copying import enter_all_copies
from onrecord.store.identifying import enter_all
from onrecord.store.reading import load_records
from onrecord.store.retelling import enter_anew, link_happenings
from onrecord.store.schema import REVISION_TABLE, REVISIONS, telling, telling_key

MIGRATIONS = Path(__file__).with_name("migrations")

_AT_ONCE = 200  # articles whose events are entered together


def migrate(opened: Opened, advance: Callable[[], None]) -> None:
    """Make the tables of a new store, or change those of an older one; one transaction.

    What is derived from the rows is made anew; `advance` is called after each article.

    Raises:
        StoreError: The database is not a store, was written by a newer version of onrecord, or
            would have to be changed and cannot be written to.
    """
    path = opened.path
    with explained(path), opened.engine.connect() as connection:
        current = _revision(connection, path) == REVISIONS[-1]
    if opened.writable:
        write_ahead(opened)
    if current:
        return
    if not opened.writable:
        raise StoreError(
            f"{path} was written by an older version of onrecord and cannot be brought up to date "
            f"where it is; copy it to a folder you can write to and use that"
        )
    back_up(opened)
    writing = opened.engine.execution_options(writes=True)
    with explained(path), writing.begin() as connection:
        if _revision(connection, path) != REVISIONS[-1]:  # another process may have been first
            upgrade(connection)
            enter_all(connection, advance)
            _enter_tellings(connection)
            enter_all_copies(connection, (one.article for one in _latest(connection, ())))
            for record in _latest(connection, KINDS):
                search.add(connection, record)
    _shrink(opened)


def _enter_tellings(connection: Connection) -> None:
    """Enter the events of all articles anew."""
    for derived in (telling_key, telling):
        connection.execute(delete(derived))
    newest = newest_versions()
    lines = connection.execute(select(newest.c.article_id, newest.c.version)).all()
    for start in range(0, len(lines), _AT_ONCE):
        keys = [(line.article_id, line.version) for line in lines[start : start + _AT_ONCE]]
        enter_anew(connection, load_records(connection, keys, ("events", "actors")))
    link_happenings(connection)


def _latest(connection: Connection, kinds: Sequence[str]) -> Iterator[Record]:
    """Yield the latest versions of all articles, with their rows of some kinds."""
    newest = newest_versions()
    lines = connection.execute(select(newest.c.article_id, newest.c.version))
    keys = [(line.article_id, line.version) for line in lines]
    for start in range(0, len(keys), _AT_ONCE):
        yield from load_records(connection, keys[start : start + _AT_ONCE], kinds)


def back_up(opened: Opened) -> Path | None:
    """Copy a store as it is, beside it; return the copy, None where there is nothing to copy.

    To have the store back as it was, put the copy in its place.

    Raises:
        StoreError: The copy cannot be written; the store is left as it is.
    """
    with explained(opened.path), opened.engine.connect() as connection:
        revision = _revision(connection, opened.path)
    if revision is None:
        return None
    copy = opened.path.with_name(f"{opened.path.name}.{revision}.bak")
    raw = opened.engine.raw_connection()
    try:
        with explained(copy), closing(sqlite3.connect(copy)) as target:
            source: sqlite3.Connection = raw.driver_connection  # type: ignore[assignment]
            source.backup(target)
    except StoreError:
        if copy.is_file():
            copy.unlink()
        raise
    finally:
        raw.close()
    return copy


def _shrink(opened: Opened) -> None:
    """Give back the room that moving the rows left empty."""
    with explained(opened.path):
        raw = opened.engine.raw_connection()
        try:
            raw.cursor().execute("VACUUM")
        finally:
            raw.close()


def upgrade(connection: Connection) -> None:
    """Run the migrations that a store has not had yet, in the transaction of the connection."""
    from alembic import command  # here, since a store is seldom migrated
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


def _revision(connection: Connection, path: Path) -> str | None:
    """Return the revision a store has, None for a database with nothing in it."""
    tables = inspect(connection).get_table_names()
    if not tables:
        return None
    if REVISION_TABLE not in tables:
        raise StoreError(f"{path} is a database, but not a store of onrecord's; name another file")
    stamp = table(REVISION_TABLE, column("version_num"))
    revision = connection.scalar(select(stamp.c.version_num))
    if revision not in REVISIONS:
        raise StoreError(
            f"{path} was written by a newer version of onrecord (its tables are at {revision!r}); "
            f"install that version, or name another file"
        )
    return str(revision)
