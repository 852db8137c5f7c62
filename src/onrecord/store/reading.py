"""Records on their way out of the tables."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from functools import cache, partial
from itertools import islice
from typing import Any, TypeAlias

from sqlalchemy import Connection, Select, Table, select

from onrecord.records import (
    KINDS,
    Article,
    Ground,
    InputMap,
    Participant,
    Record,
    Row,
    Segment,
    Span,
)
from onrecord.store.catalogue import numbers_among, of_versions
from onrecord.store.links import Ids, links_of, place_of, with_ids
from onrecord.store.makers import names_of_makers
from onrecord.store.schema import article as articles
from onrecord.store.schema import participant
from onrecord.store.shapes import ARTICLE_FIELDS, SHAPES, Key
from onrecord.store.spans import read_spans

_AT_ONCE = 200  # articles asked for in one query; a query may hold only so many values


def load_records(
    connection: Connection, keys: Iterable[Key], kinds: Sequence[str] = KINDS
) -> list[Record]:
    """Return the records of those article versions, in that order, with the rows of those kinds.

    A version that is not stored is left out.
    """
    rest, found = iter(keys), []
    makers = names_of_makers(connection)
    while chunk := list(islice(rest, _AT_ONCE)):
        lines = _lines_of(connection, chunk)
        found += records_from(lines, makers, chunk, kinds)
    return found


Line: TypeAlias = Mapping[Any, Any]
"""A line of a table by the names of its columns."""

Lines: TypeAlias = Callable[[Table], Iterable[Line]]
"""What gives the lines of some article versions in a table; rows as they stand in their article."""


def records_from(
    lines: Lines, makers: Mapping[int, str], keys: Sequence[Key], kinds: Sequence[str] = KINDS
) -> list[Record]:
    """Return the records that lines of the tables hold, as `load_records` does.

    Args:
        lines: What gives the lines of a table that are of those article versions, each with the
            `number` of its version, which may be anything that no other has; with ids for links.
        makers: The extractors that made rows, by number.
        keys: The article versions.
        kinds: The kinds of rows.

    Raises:
        ValueError: A line is what no record can hold.
    """
    return _Chunk(lines, makers, keys, kinds).records()


def told(
    connection: Connection, query: Select[Any], options: Mapping[str, Any] | None = None
) -> list[Line]:
    """Return the lines that a query finds as dicts, which many are read from in less time."""
    found = connection.execute(query, execution_options=options or {})
    names = tuple(found.keys())
    return [dict(zip(names, line, strict=True)) for line in found]


def _lines_of(connection: Connection, keys: Sequence[Key]) -> Lines:
    found = told(connection, select(articles).where(of_versions(keys)))
    numbers = [line["number"] for line in found]
    ids_of = cache(partial(_ids, connection, numbers))

    def lines(table: Table) -> Iterable[Mapping[Any, Any]]:
        if table is articles:
            return found
        query = select(table).where(numbers_among(table.c.number, numbers))
        if "position" in table.c:
            query = query.order_by(table.c.position)
        read = told(connection, query)
        ids = {name: ids_of(target) for name, target in links_of(table).items()}
        return (with_ids(line, ids) for line in read) if ids else read

    return lines


def _ids(connection: Connection, numbers: Sequence[int], table: Table) -> Ids:
    """Return the ids of the rows of some article versions in a table."""
    own_id = table.c[f"{table.name}_id"]
    query = select(table.c.number, place_of(table), own_id)
    lines = connection.execute(query.where(numbers_among(table.c.number, numbers)))
    return {(number, position): row_id for number, position, row_id in lines}


class _Chunk:
    """Some articles, from the lines of every table that are theirs."""

    def __init__(
        self, lines: Lines, makers: Mapping[int, str], keys: Sequence[Key], kinds: Sequence[str]
    ) -> None:
        self.lines = lines
        self.keys = keys
        self.kinds = kinds
        nested = {kind for name in kinds for _, kind in SHAPES[name].linked}
        self.needed = [kind for kind in SHAPES if kind in nested or kind in kinds]
        self.makers = makers
        self.parties = self._parties() if "events" in kinds else {}
        self.held: dict[str, dict[tuple[Hashable, str], Row]] = {}

    def records(self) -> list[Record]:
        """Return the records in the order of the keys."""
        rows = {kind: self._rows(kind) for kind in self.needed}
        found = {(line["article_id"], line["version"]): line for line in self.lines(articles)}
        return [self._record(found[key], rows) for key in self.keys if key in found]

    def _record(
        self, line: Mapping[Any, Any], rows: dict[str, dict[Hashable, list[Row]]]
    ) -> Record:
        number = line["number"]
        values: dict[str, Any] = {kind: tuple(rows[kind].get(number, ())) for kind in self.kinds}
        return Record(article=article_from(line), **values)

    def _parties(self) -> dict[tuple[Hashable, str, str], list[Participant]]:
        found = defaultdict(list)
        for line in self.lines(participant):
            party = Participant(span=Span(line["start"], line["end"]), actor_id=line["actor_id"])
            found[line["number"], line["event_id"], line["role"]].append(party)
        return found

    def _rows(self, kind: str) -> dict[Hashable, list[Row]]:
        """Read the rows of a kind; those that only other rows hold are kept in `held`."""
        listed = defaultdict(list)
        held = self.held[kind] = {}
        for line in self.lines(SHAPES[kind].table):
            row = self._row(kind, line)
            held[line["number"], line[SHAPES[kind].id_field]] = row
            if line["position"] >= 0:
                listed[line["number"]].append(row)
        return listed

    def _row(self, kind: str, line: Mapping[str, Any]) -> Row:
        shape, number = SHAPES[kind], line["number"]
        row_id = line[shape.id_field]
        values: dict[str, Any] = {name: line[name] for name in shape.columns}
        values |= {name: tuple(line[name]) for name in shape.lists}
        values |= {"extractor": self.makers[line["maker"]]} | read_spans(shape, line["spans"])
        values |= {name: tuple(map(_ground, line[name])) for name in shape.grounds}
        for name in shape.parties:
            values[name] = tuple(self.parties.get((number, row_id, name), ()))
        for name, nested_kind in shape.linked:
            linked = line[f"{name}_id"]
            values[name] = None if linked is None else self.held[nested_kind][number, linked]
        return shape.row_type(**values)


def _ground(kept: Sequence[Any]) -> Ground:
    field, rule, start, end = kept
    return Ground(field, rule, None if start is None else Span(start, end))


def article_from(line: Mapping[Any, Any]) -> Article:
    """Return the article in a line of its table."""
    segments = (
        Segment(Span(start, end), Span(input_start, input_end))
        for start, end, input_start, input_end in line["input_map"]
    )
    values = {name: line[name] for name in ARTICLE_FIELDS}
    return Article(input_map=InputMap(tuple(segments)), **values)
