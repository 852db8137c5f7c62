"""Rows that were found, and of the rest of their articles only what their columns draw on.

An article has hundreds of rows; to show one of them takes its text, the statements that vouch for
it, and the actors, dates and places that these lead to.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import groupby, islice
from typing import Any, TypeAlias

from sqlalchemy import ColumnElement, Connection, Table, and_, or_, select

from onrecord.records import Record
from onrecord.store.catalogue import among, numbers_among, of_versions, same_article
from onrecord.store.finding import Hit
from onrecord.store.links import UNKEPT, links_of, listed, place_of, with_ids
from onrecord.store.makers import names_of_makers
from onrecord.store.reading import Line, Lines, records_from, told
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
    kinds = tuple({*shown_with(kind), "actors", "mentions"}) if named else shown_with(kind)
    with held_together(place):
        for some in _by_articles(hits):
            keys = list(dict.fromkeys(hit.key for hit in some))
            places = {(hit.number, hit.place) for hit in some}
            lines = _Picker(connection, keys, kinds).lines({kind: places})
            found += records_from(lines, makers, keys, kinds)
    return found


def load_chosen(
    connection: Connection, place: str, keys: Sequence[Key], chosen: Chosen
) -> list[Record]:
    """Return a record for each of some articles likewise, with rows of several kinds.

    Of each kind it has those chosen, and what a table of them draws on, with the mentions of all
    actors that it has.

    Raises:
        StoreError: Something else than onrecord changed a row to what no record can hold.
    """
    makers = names_of_makers(connection)
    kinds = tuple({*chosen, "statements", "actors", "mentions"})
    found: list[Record] = []
    with held_together(place):
        for start in range(0, len(keys), _AT_ONCE):
            some = keys[start : start + _AT_ONCE]
            picker = _Picker(connection, some, kinds)
            found += records_from(picker.lines(picker.own(chosen)), makers, some, kinds)
    return found


def _by_articles(hits: Iterable[Hit]) -> Iterator[list[Hit]]:
    """Yield the rows of so many articles at a time."""
    articles = (list(some) for _, some in groupby(hits, key=lambda hit: hit.key))
    while chunk := list(islice(articles, _AT_ONCE)):
        yield [hit for some in chunk for hit in some]


_Place: TypeAlias = tuple[int, Any]
"""The number of an article version and the position of a row in it."""

Chosen: TypeAlias = Mapping[str, Collection[_Place]]
"""The rows of each kind that are asked for."""

_Found: TypeAlias = Mapping[Table, Sequence[Line]]


class _Picker:
    """Reads lines of some article versions by their places."""

    def __init__(self, connection: Connection, keys: Sequence[Key], kinds: Collection[str]) -> None:
        self._connection = connection
        self._articles = told(connection, select(article).where(of_versions(keys)))
        self._numbers = [line["number"] for line in self._articles]
        self._kinds = kinds

    def own(self, chosen: Chosen) -> Chosen:
        """Return what is chosen of these articles."""
        mine = set(self._numbers)
        return {kind: {one for one in some if one[0] in mine} for kind, some in chosen.items()}

    def lines(self, chosen: Chosen) -> Lines:
        """Return what gives the lines of rows that are chosen, and of all that they draw on."""
        found: dict[Table, Sequence[Line]] = {article: self._articles}
        for kind, places in chosen.items():
            shape = SHAPES[kind]
            found[shape.table] = self._placed(shape.table, places)
            if shape.parties:
                found[participant] = self._at(participant, participant.c.event_id, places)
        if "statements" in self._kinds:
            found[statement] = self._vouching(found)
        if "mentions" in self._kinds and mention not in found:
            theirs = {*chosen.get("actors", ()), *_linked(found, actor)}
            found[mention] = self._mentions(theirs)
        if "actors" in self._kinds:
            linked = _linked(found, actor) | self._candidates(found.get(mention, ()))
            linked -= _places(found.get(actor, ()))
            found[actor] = [*found.get(actor, ()), *self._placed(actor, linked)]
        for table in (times, place):
            if table not in found:
                found[table] = self._placed(table, _linked(found, table))
        lines = {table: _with_ids(table, some, found) for table, some in found.items()}
        return lambda table: lines.get(table, ())

    def _vouching(self, found: _Found) -> list[Line]:
        """Return the statements that were found, and those that vouch for lines of any kind."""
        known = list(found.get(statement, ()))
        seen = _places(known)
        wanted = _linked(found, statement) - seen
        while wanted:
            within = self._placed(statement, wanted)
            known += within
            seen |= wanted
            wanted = _followed(within, "parent_id") - seen
        return known

    def _candidates(self, mentions: Iterable[Line]) -> set[_Place]:
        """Return the actors that mentions may be of."""
        ids = {one for line in mentions for one in line["candidates"]}
        if not ids:
            return set()
        theirs = numbers_among(actor.c.number, self._numbers), among(actor.c.actor_id, ids)
        query = select(actor.c.number, place_of(actor)).where(*theirs)
        return {(number, position) for number, position in self._connection.execute(query)}

    def _placed(self, table: Table, places: Collection[_Place]) -> Sequence[Line]:
        """Return the rows of a table that are in some places."""
        return self._at(table, place_of(table), places)

    def _at(
        self, table: Table, column: ColumnElement[Any], places: Collection[_Place]
    ) -> Sequence[Line]:
        """Return the lines of a table with some places in a column that its key begins with."""
        if not places:
            return ()
        wanted = listed(places, "wanted")
        found = and_(same_article(table, wanted), column == wanted.c.place)
        query = select(table, column.label("at")).join_from(wanted, table, found)
        return told(self._connection, query.order_by(table.c.position), UNKEPT)

    def _mentions(self, actors: Collection[_Place]) -> Sequence[Line]:
        """Return the mentions of some actors, and those in doubt."""
        theirs = mention.c.actor_id.in_({position for _, position in actors})
        query = select(mention, mention.c.actor_id.label("at")).where(
            numbers_among(mention.c.number, self._numbers),
            or_(theirs, mention.c.actor_id.is_(None)),
        )
        lines = told(self._connection, query.order_by(mention.c.position))
        wanted = {*actors, *((number, None) for number in self._numbers)}
        return [line for line in lines if (line["number"], line["at"]) in wanted]


def _places(lines: Iterable[Line]) -> set[_Place]:
    return {(line["number"], line["at"]) for line in lines}


def _followed(lines: Iterable[Line], link: str) -> set[_Place]:
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


def _with_ids(table: Table, lines: Sequence[Line], found: _Found) -> Sequence[Line]:
    """Return lines with ids for links; the rows they lead to are among those found."""
    ids = {
        link: {(one["number"], one["at"]): one[f"{target.name}_id"] for one in found[target]}
        for link, target in links_of(table).items()
    }
    return [with_ids(line, ids) for line in lines] if ids else lines
