"""Whether a database itself is sound: its pages, its indexes, the links between its rows."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Connection, text
from sqlalchemy.exc import DatabaseError

from onrecord.store.ids import DUCKDB

Damage = tuple[str, str]  # where, what


def damage_of(connection: Connection) -> list[Damage]:
    """Return what is damaged, [] where nothing is; further looks are of no use then."""
    return list(_DAMAGE[connection.dialect.name](connection))


def broken_links(connection: Connection) -> list[Damage]:
    """Return the links that lead to no row."""
    return list(_LINKS[connection.dialect.name](connection))


def _file_damage(connection: Connection) -> Iterator[Damage]:
    try:
        found = connection.execute(text("PRAGMA integrity_check")).scalars().all()
    except DatabaseError as error:
        found = [str(error.orig)]
    yield from (("the file", line) for line in found if line != "ok")


def _file_links(connection: Connection) -> Iterator[Damage]:
    for line in connection.execute(text("PRAGMA foreign_key_check")):
        yield f"table {line[0]}", f"a row leads to no row of {line[2]}"


def _server_damage(connection: Connection) -> Iterator[Damage]:
    """Yield the indexes that the server itself does not use; its pages it checks when read."""
    query = """
        SELECT indexrelid::regclass::text FROM pg_index JOIN pg_class ON oid = indrelid
        WHERE relnamespace = to_regnamespace(current_schema()) AND NOT indisvalid
    """
    for name in connection.scalars(text(query)):
        yield f"index {name}", "is not complete; REINDEX makes it anew"


def _server_links(connection: Connection) -> Iterator[Damage]:
    """Yield the kinds of links that the server was told not to check; it checks all others."""
    query = """
        SELECT conrelid::regclass::text, conname FROM pg_constraint
        WHERE connamespace = to_regnamespace(current_schema()) AND NOT convalidated
    """
    for name, link in connection.execute(text(query)):
        yield f"table {name}", f"the link {link} was never checked; VALIDATE CONSTRAINT checks it"


def _nothing(_connection: Connection) -> Iterator[Damage]:
    """Yield nothing: files of Parquet are looked at as they are read, links with each record."""
    return iter(())


_DAMAGE = {"sqlite": _file_damage, "postgresql": _server_damage, DUCKDB: _nothing}
_LINKS = {"sqlite": _file_links, "postgresql": _server_links, DUCKDB: _nothing}
