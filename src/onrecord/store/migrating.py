"""Bringing a store's tables up to what this version of onrecord uses."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from sqlalchemy import Connection, column, delete, inspect, select, table, update

from onrecord.errors import StoreError
from onrecord.records import KINDS, Record
from onrecord.store import search
from onrecord.store.catalogue import newest_versions
from onrecord.store.connecting import Opened, explained
from onrecord.store.copying import enter_all_copies
from onrecord.store.identifying import enter_all
from onrecord.store.readable import drop_views, make_views
from onrecord.store.reading import load_records
from onrecord.store.retelling import enter_anew, link_happenings
from onrecord.store.schema import (
    REVISION_TABLE,
    REVISIONS,
    UNFINISHED,
    metadata,
    telling,
    telling_key,
)

MIGRATIONS = Path(__file__).with_name("migrations")

_STAMP = table(REVISION_TABLE, column("version_num"))

_DERIVED_SINCE = "0025"  # the last revision that changed what is derived from the rows

_AT_ONCE = 200  # articles whose events are entered together


def migrate(opened: Opened, advance: Callable[[], None]) -> None:
    """Make the tables of a new store, or change those of an older one; one transaction.

    What is derived from the rows is made anew; `advance` is called after each article.

    Raises:
        StoreError: The database is not a store, was written by a newer version of onrecord, or
            would have to be changed and cannot be written to.
    """
    with explained(opened):
        with opened.reading() as connection:
            revision = revision_of(connection, opened.place)
        if opened.refusal is None:
            opened.prepare()
        if revision == REVISIONS[-1]:
            return
        if opened.refusal is not None:
            raise StoreError(_not_ready(opened, revision))
        if revision is not None:
            opened.back_up(revision)
        with opened.writing() as connection:
            revision = revision_of(connection, opened.place)
            if revision != REVISIONS[-1]:  # another process may have been first
                drop_views(connection)
                _bring_up(connection, whole=opened.made_whole and revision is None)
                if revision is None or REVISIONS.index(revision) < REVISIONS.index(_DERIVED_SINCE):
                    _derive(connection, advance)
                make_views(connection)
        opened.shrink()


def _derive(connection: Connection, advance: Callable[[], None]) -> None:
    """Make anew what is derived from the rows, of which migrations have left nothing."""
    enter_all(connection, advance)
    _enter_tellings(connection)
    latest = _latest(connection, ())
    enter_all_copies(connection, ((one.article, number) for number, one in latest))
    for _, record in _latest(connection, KINDS):
        search.add(connection, record)


def _not_ready(opened: Opened, revision: str | None) -> str:
    if revision is None:
        return f"{opened.place} holds no store, and none can be made: it {opened.refusal}"
    return (
        f"{opened.place} was written by an older version of onrecord and cannot be brought up to "
        f"date where it is: it {opened.refusal}"
    )


def _enter_tellings(connection: Connection) -> None:
    """Enter the events of all articles anew."""
    for derived in (telling_key, telling):
        connection.execute(delete(derived))
    for number, record in _latest(connection, ("events", "actors")):
        enter_anew(connection, record, number)
    link_happenings(connection)


def _latest(connection: Connection, kinds: Sequence[str]) -> Iterator[tuple[int, Record]]:
    """Yield the latest versions of all articles by number, with their rows of some kinds."""
    query = select(newest := newest_versions()).order_by(newest.c.number)
    lines = connection.execute(query).all()
    for start in range(0, len(lines), _AT_ONCE):
        some = {
            (one.article_id, one.version): one.number for one in lines[start : start + _AT_ONCE]
        }
        yield from zip(some.values(), load_records(connection, some, kinds), strict=True)


def _bring_up(connection: Connection, *, whole: bool) -> None:
    """Run the migrations that a store has not had yet, or make all tables as they are now.

    All is done in the transaction of the connection.
    """
    from alembic import command  # here, since a store is seldom migrated
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    if whole:
        metadata.create_all(connection)
        search.make(connection)
        command.stamp(config, "head")
    else:
        command.upgrade(config, "head")


def mark_unfinished(connection: Connection) -> None:
    """Keep everybody from opening a store, but for who copies into it."""
    connection.execute(update(_STAMP).values(version_num=UNFINISHED))


def mark_finished(connection: Connection) -> None:
    """Let a store be opened again."""
    connection.execute(update(_STAMP).values(version_num=REVISIONS[-1]))


def revision_of(connection: Connection, place: str, also: Sequence[str] = ()) -> str | None:
    """Return the revision a store has, None for a database with nothing in it.

    Raises:
        StoreError: It is not a store, a copy that was not finished, or of a newer version.
    """
    tables = inspect(connection).get_table_names()
    if not tables:
        return None
    if REVISION_TABLE not in tables:
        raise StoreError(f"{place} is a database, but not a store of onrecord's; name another")
    revision = connection.scalar(select(_STAMP.c.version_num))
    if revision == UNFINISHED and revision not in also:
        raise StoreError(
            f"{place} is a copy that was not finished; run `onrecord copy` again, or remove it"
        )
    if str(revision).startswith(UNFINISHED.split()[0]) and revision != UNFINISHED:
        raise StoreError(
            f"{place} is a copy that another version of onrecord began; remove it, and copy anew"
        )
    if revision not in (*REVISIONS, *also):
        raise StoreError(
            f"{place} was written by a newer version of onrecord (its tables are at {revision!r}); "
            f"install that version, or name another"
        )
    return str(revision)
