"""Rows that were found, and of the rest of their articles only what their columns draw on.

An article has hundreds of rows; to show one of them takes its text, the statements that vouch for
it, and the actors, dates and places that these lead to.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import groupby, islice
from typing import Any, TypeAlias

from sqlalchemy import ColumnElement, Connection, RowMapping, Table, or_, select

from onrecord.records import Record
from onrecord.store.catalogue import among, numbers_among, of_versions
from onrecord.store.finding import Hit
from onrecord.store.links import links_of, place_of, with_ids
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
            places = {(hit.number, hit.place) for hit in some}
            lines = _Picker(connection, keys, kinds).lines(kind, places)
            found += records_from(lines, makers, keys, kinds)
    return found


def _by_articles(hits: Iterable[Hit]) -> Iterator[list[Hit]]:
    """Yield the rows of so many articles at a time."""
    articles = (list(some) for _, some in groupby(hits, key=lambda hit: hit.key))
    while chunk := list(islice(articles, _AT_ONCE)):
        yield [hit for some in chunk for hit in some]


_Place: TypeAlias = tuple[int, Any]
"""The number of an article version and the position of a row in it."""

_Found: TypeAlias = Mapping[Table, Sequence[Mapping[Any, Any]]]


class _Picker:
    """Reads lines of some article versions by their places."""

    def __init__(self, connection: Connection, keys: Sequence[Key], kinds: Collection[str]) -> None:
        self._connection = connection
        lines = connection.execute(select(article).where(of_versions(keys))).mappings()
        self._articles = lines.all()
        self._numbers = [line["number"] for line in self._articles]
        self._kinds = kinds

    def lines(self, kind: str, places: Collection[_Place]) -> Lines:
        """Return what gives the lines of rows of a kind, and of all that they draw on."""
        shape = SHAPES[kind]
        found: dict[Table, Sequence[Mapping[Any, Any]]] = {
            article: self._articles,
            shape.table: self._placed(shape.table, places),
        }
        if shape.parties:
            found[participant] = self._picked(participant, participant.c.event_id, places)
        if "statements" in self._kinds:
            found[statement] = self._vouching(found[shape.table], shape.table)
        if kind != "mentions" and "mentions" in self._kinds:
            theirs = places if kind == "actors" else _linked(found, actor)
            found[mention] = self._picked(mention, mention.c.actor_id, theirs, doubtful=True)
        if kind != "actors" and "actors" in self._kinds:
            linked = _linked(found, actor) | self._candidates(found.get(mention, ()))
            found[actor] = self._placed(actor, linked)
        for table in (times, place):
            if table is not shape.table:
                found[table] = self._placed(table, _linked(found, table))
        told = {table: _with_ids(table, lines, found) for table, lines in found.items()}
        return lambda table: told.get(table, ())

    def _vouching(
        self, lines: Sequence[Mapping[Any, Any]], table: Table
    ) -> list[Mapping[Any, Any]]:
        """Return the statements that vouch for some lines, with those if they are statements."""
        found = list(lines) if table is statement else []
        seen = _places(found)
        link = "parent_id" if table is statement else "statement_id"
        wanted = _followed(lines, link) - seen
        while wanted:
            within = self._placed(statement, wanted)
            found += within
            seen |= wanted
            wanted = _followed(within, "parent_id") - seen
        return found

    def _candidates(self, mentions: Iterable[Mapping[Any, Any]]) -> set[_Place]:
        """Return the actors that mentions may be of."""
        ids = {one for line in mentions for one in line["candidates"]}
        if not ids:
            return set()
        theirs = numbers_among(actor.c.number, self._numbers), among(actor.c.actor_id, ids)
        query = select(actor.c.number, place_of(actor)).where(*theirs)
        return {(number, position) for number, position in self._connection.execute(query)}

    def _placed(self, table: Table, places: Collection[_Place]) -> Sequence[RowMapping]:
        """Return the rows of a table that are in some places."""
        return self._picked(table, place_of(table), places)

    def _picked(
        self,
        table: Table,
        column: ColumnElement[Any],
        places: Collection[_Place],
        *,
        doubtful: bool = False,
    ) -> Sequence[RowMapping]:
        """Return the lines of a table that have one of some places in a column, or nothing."""
        if not places and not doubtful:
            return ()
        asked: list[ColumnElement[bool]] = [
            column.in_(sorted({position for _, position in places}))
        ]
        if doubtful:
            asked.append(column.is_(None))
        query = select(table, column.label("at")).where(
            numbers_among(table.c.number, self._numbers), or_(*asked)
        )
        if "position" in table.c:
            query = query.order_by(table.c.position)
        lines = self._connection.execute(query).mappings()
        wanted = {*places, *((number, None) for number in self._numbers if doubtful)}
        return [line for line in lines if (line["number"], line["at"]) in wanted]


def _places(lines: Iterable[Mapping[Any, Any]]) -> set[_Place]:
    return {(line["number"], line["at"]) for line in lines}


def _followed(lines: Iterable[Mapping[Any, Any]], link: str) -> set[_Place]:
    """Return where a link of some lines leads to."""
    return {(line["number"], line[link]) for line in lines if line[link] is not None}


def _linked(found: _Found, target: Table) -> set[_Place]:
    """Return where in a table lines of others lead to."""
    places: set[_Place] = set()
    for table, lines in found.items():
        for link, other in links_of(table).items():
            if other is target:
                places |= _followed(lines, link)
    return places


def _with_ids(
    table: Table, lines: Sequence[Mapping[Any, Any]], found: _Found
) -> Sequence[Mapping[Any, Any]]:
    """Return lines with ids for links; the rows they lead to are among those found."""
    ids = {
        link: {(one["number"], one["at"]): one[f"{target.name}_id"] for one in found[target]}
        for link, target in links_of(table).items()
    }
    return [with_ids(line, ids) for line in lines] if ids else lines
