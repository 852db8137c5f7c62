"""Rows that were found, and of the rest of their articles only what their columns draw on.

An article has hundreds of rows; to show one of them takes its text, the statements that vouch for
it, and the actors, dates and places that these lead to.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import groupby, islice
from typing import Any

from sqlalchemy import Connection, RowMapping, Table, or_, select

from onrecord.records import Record
from onrecord.store.catalogue import among, of_versions
from onrecord.store.finding import Hit
from onrecord.store.makers import names_of_makers
from onrecord.store.reading import Lines, records_from
from onrecord.store.saving import held_together
from onrecord.store.schema import actor, article, mention, participant, place, statement
from onrecord.store.schema import time as times
from onrecord.store.selecting import shown_with
from onrecord.store.shapes import SHAPES, Key

_AT_ONCE = 200  # articles asked for in one query


def load_found(
    connection: Connection,
    place: str,
    kind: str,
    hits: Iterable[Hit],
    *,
    named: bool = False,
) -> list[Record]:
    """Return a record for each article of rows that were found, in the order of the articles.

    It has these rows, and of other kinds those that a table of them draws on. The rows of an
    article are given together.

    Args:
        connection: To the store.
        place: The store's name, for messages.
        kind: The kind of the rows.
        hits: The rows.
        named: Whether with the mentions of these actors, and those in doubt.

    Raises:
        StoreError: Something else than onrecord changed a row to what no record can hold.
    """
    makers = names_of_makers(connection)
    found: list[Record] = []
    with held_together(place):
        for some in _by_articles(hits):
            keys = list(dict.fromkeys(hit.key for hit in some))
            kinds = tuple({*shown_with(kind), "actors", "mentions"}) if named else shown_with(kind)
            ids = {hit.row_id for hit in some}
            lines = _Picker(connection, keys, kinds).lines(kind, ids)
            found += records_from(lines, makers, keys, kinds)
    return found


def _by_articles(hits: Iterable[Hit]) -> Iterator[list[Hit]]:
    """Yield the rows of so many articles at a time."""
    articles = (list(some) for _, some in groupby(hits, key=lambda hit: hit.key))
    while chunk := list(islice(articles, _AT_ONCE)):
        yield [hit for some in chunk for hit in some]


class _Picker:
    """Reads lines of some article versions by ids."""

    def __init__(self, connection: Connection, keys: Sequence[Key], kinds: Collection[str]) -> None:
        self._connection = connection
        self._keys = keys
        self._kinds = kinds

    def lines(self, kind: str, ids: Collection[str]) -> Lines:
        """Return what gives the lines of rows of a kind, and of all that they draw on."""
        shape = SHAPES[kind]
        found: dict[Table, Sequence[Mapping[Any, Any]]] = {
            article: self._read(article),
            shape.table: self._picked(shape.table, shape.id_field, ids),
        }
        if shape.parties:
            found[participant] = self._picked(participant, "event_id", ids)
        if "statements" in self._kinds:
            found[statement] = self._vouching(found[shape.table], shape.table)
        if kind != "mentions" and "mentions" in self._kinds:
            found[mention] = self._mentions({*ids} if kind == "actors" else _linked(found, actor))
        if kind != "actors" and "actors" in self._kinds:
            found[actor] = self._picked(actor, "actor_id", _linked(found, actor))
        for table, field in ((times, "time_id"), (place, "place_id")):
            if table is not shape.table:
                found[table] = self._picked(table, field, _linked(found, table))
        return lambda table: found.get(table, ())

    def _mentions(self, actors: Collection[str]) -> Sequence[RowMapping]:
        """Return the mentions of some actors, and those of which it is in doubt who is meant."""
        theirs = or_(among(mention.c.actor_id, actors), mention.c.actor_id.is_(None))
        query = select(mention).where(of_versions(mention, self._keys), theirs)
        return self._connection.execute(query.order_by(mention.c.position)).mappings().all()

    def _vouching(
        self, lines: Sequence[Mapping[Any, Any]], table: Table
    ) -> list[Mapping[Any, Any]]:
        """Return the statements that vouch for some lines, with those if they are statements."""
        found = list(lines) if table is statement else []
        seen: set[str] = {line["statement_id"] for line in found}
        link = "parent_id" if table is statement else "statement_id"
        wanted = {line[link] for line in lines} - seen - {None}
        while wanted:
            within = self._picked(statement, "statement_id", wanted)
            found += within
            seen |= wanted
            wanted = {line["parent_id"] for line in within} - seen - {None}
        return found

    def _picked(self, table: Table, field: str, ids: Collection[str]) -> Sequence[RowMapping]:
        return self._read(table, field, ids) if ids else ()

    def _read(
        self, table: Table, field: str | None = None, ids: Collection[str] = ()
    ) -> Sequence[RowMapping]:
        query = select(table).where(of_versions(table, self._keys))
        if field is not None:
            query = query.where(among(table.c[field], ids))
        if "position" in table.c:
            query = query.order_by(table.c.position)
        return self._connection.execute(query).mappings().all()


def _linked(found: Mapping[Table, Iterable[Mapping[Any, Any]]], target: Table) -> set[str]:
    """Return the ids in a table that lines of others lead to."""
    ids: set[str] = set()
    for table, lines in found.items():
        links = [
            one.column_keys[-1]
            for one in table.foreign_key_constraints
            if one.referred_table is target
        ]
        ids |= {line[link] for line in lines for link in links}
        if target is actor and table is mention:
            ids |= {one for line in lines for one in line["candidates"]}
    return ids - {None}
