"""Records as Parquet: one folder a kind of row, with all that a store's tables have.

A row has the columns of `onrecord.tables`, for whoever reads the files as they are, and in `kept`
what the store's table has besides. Nothing in it leads to another article: what links articles is
worked out from all parts together and stands in folders of its own.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from sqlalchemy import JSON, Boolean, Column, Float, Integer, Table

from onrecord.copies import credit_of
from onrecord.happenings import owned_by
from onrecord.records import KINDS, Article, Record, Row
from onrecord.store.folding import found_by
from onrecord.store.identifying import appearance_values, signature_values
from onrecord.store.packed import PackedGrounds, PackedList
from onrecord.store.reading import records_from
from onrecord.store.schema import TABLES, appearance, article, participant, signature, telling
from onrecord.store.shapes import SHAPES, Key, nested_rows
from onrecord.store.signatures import appearances
from onrecord.store.writing import article_values, participant_values, row_values
from onrecord.tables import Selection, column_types, selected

if TYPE_CHECKING:
    import pyarrow as pa

ARTICLES, PARTICIPANTS, TELLINGS = "articles", "participants", "tellings"
APPEARANCES, SIGNATURES = "appearances", "signatures"
INNER = {"times": "inner_times", "places": "inner_places"}
"""The folders of times and places that only other rows hold."""

FOLDERS = (ARTICLES, *KINDS, *INNER.values(), PARTICIPANTS, TELLINGS, APPEARANCES)
"""The folders that every part has a file in."""

KEPT, WORDS = "kept", "words"
"""The column with what the store's table has besides, and in it what the row is found by."""

LATEST = "latest"
"""The column that tells whether a row is of the latest version of its article."""

_CREDITS = ("agency", "credited_by")  # of the articles: whose text they are said to print
_NOT_OF_PARTS = {"number", "story_id", "copy_of", "unit", "happening_id", "countries", "once"}


@dataclass(frozen=True, slots=True)
class Extracted:
    """A record as it goes into a part."""

    record: Record
    is_latest: bool  # whether no later version of the article is in the dataset


def tables_of(
    extracted: Sequence[Extracted], extractor: str, stored_at: str
) -> dict[str, pa.Table]:
    """Return the tables of a part, by folder: of `FOLDERS`, and the signatures its actors have."""
    records = [one.record for one in extracted]
    latest = [one.record for one in extracted if one.is_latest]
    found = {ARTICLES: _articles(extracted, extractor, stored_at)}
    inner = [nested_rows(record) for record in records]
    for kind in KINDS:
        found[kind] = _rows(kind, [_Listed(one, getattr(one.record, kind)) for one in extracted])
        if kind in INNER:
            held = zip(extracted, (rows[kind] for rows in inner), strict=True)
            found[INNER[kind]] = _rows(kind, [_Listed(one, rows, held=True) for one, rows in held])
    parties = (_keyed(one, line) for one in records for line in participant_values(one))
    found[PARTICIPANTS] = _table(parties, participant)
    found[TELLINGS] = _tellings(latest)
    return found | _who(latest)


def _keyed(record: Record, line: Mapping[str, Any]) -> dict[str, Any]:
    return {"article_id": record.article.article_id, "version": record.article.version, **line}


def _articles(extracted: Sequence[Extracted], extractor: str, stored_at: str) -> pa.Table:
    lines = []
    for one in extracted:
        version = one.record.article
        credit = credit_of(version)
        credited = {"agency": credit and credit.agency, "credited_by": credit and credit.by}
        told = article_values(version, extractor, stored_at) | credited
        lines.append(told | {LATEST: one.is_latest})
    return _table(lines, article, texts=_CREDITS, truths=(LATEST,))


@dataclass(frozen=True, slots=True)
class _Listed:
    """Rows of an article that go into one file."""

    of: Extracted
    rows: Sequence[Row]
    held: bool = False  # whether only other rows have them, so that they have no position


def _rows(kind: str, listed: Sequence[_Listed]) -> pa.Table:
    """Return rows of a kind with what the store keeps of them."""
    import pyarrow as pa

    flat = selected(kind, [Selection(one.of.record, one.rows) for one in listed])
    columns = [column for column in TABLES[kind].c if column.name in kept_of(kind)]
    fields = [pa.field(one.name, _type(one)) for one in columns] + [pa.field(WORDS, pa.string())]
    lines = [
        _kept(kind, one.of.record.article, row, None if one.held else at)
        for one in listed
        for at, row in enumerate(one.rows)
    ]
    latest = [one.of.is_latest for one in listed for _ in one.rows]
    flat = flat.append_column(LATEST, pa.array(latest, pa.bool_()))
    return flat.append_column(KEPT, pa.array(lines, pa.struct(fields)))


def _kept(kind: str, version: Article, row: Row, position: int | None) -> dict[str, Any]:
    values = row_values(SHAPES[kind], row, position)
    kept = {name: values[name] for name in kept_of(kind)}
    return _written(kept, TABLES[kind]) | {WORDS: found_by(version, row)}


@cache
def kept_of(kind: str) -> tuple[str, ...]:
    """Return the columns of a kind's table that are in `kept`: those not told as they are."""
    told = {*column_types(kind), "maker", "number"}
    if kind == "terms":
        told.remove("voice")  # who vouches for it; the term's own is there as `term_voice`
    return tuple(
        column.name for column in TABLES[kind].c if column.name not in told or _is_list(column)
    )


def _tellings(records: Iterable[Record]) -> pa.Table:
    lines = (
        _keyed(one, {"event_id": owned.telling.telling_id, "own_id": owned.own_id})
        for one in records
        for owned in owned_by(one)
    )
    return _table(lines, telling)


def _who(records: Iterable[Record]) -> dict[str, pa.Table]:
    lines, signatures = [], {}
    for one in records:
        for found in appearances(one.actors, one.mentions):
            made = found.signature()
            lines.append(_keyed(one, appearance_values(one.article.article_id, found, made)))
            signatures[made.signature_id] = signature_values(made)
    found_by_id = [signatures[key] for key in sorted(signatures)]
    return {APPEARANCES: _table(lines, appearance), SIGNATURES: _table(found_by_id, signature)}


def _table(
    lines: Iterable[Mapping[str, Any]],
    like: Table,
    *,
    texts: Sequence[str] = (),
    truths: Sequence[str] = (),
) -> pa.Table:
    """Return lines as a table with the columns of one of the store's, and some more."""
    import pyarrow as pa

    fields = [] if "article_id" in like.c or "number" not in like.c else list(_of_article())
    fields += [pa.field(one.name, _type(one)) for one in like.c if one.name not in _NOT_OF_PARTS]
    fields += [pa.field(name, pa.string()) for name in texts]
    fields += [pa.field(name, pa.bool_()) for name in truths]
    return pa.Table.from_pylist([_written(line, like) for line in lines], pa.schema(fields))


def _of_article() -> Iterator[pa.Field]:
    """Yield what tells of which article a line is, as nothing goes by a number outside a store."""
    import pyarrow as pa

    yield pa.field("article_id", pa.string())
    yield pa.field("version", pa.int64())


def _is_list(column: Column[Any]) -> bool:
    """Whether a column has lists, which are JSON in a file."""
    return isinstance(column.type, JSON | PackedGrounds | PackedList)


def _type(column: Column[Any]) -> pa.DataType:
    import pyarrow as pa

    for kind, arrow in ((Boolean, pa.bool_()), (Integer, pa.int64()), (Float, pa.float64())):
        if isinstance(column.type, kind):
            return arrow
    return pa.string()


def _written(line: Mapping[str, Any], like: Table) -> dict[str, Any]:
    """Return a line whose lists are JSON, as no database has them otherwise."""
    return {
        name: json.dumps(value, separators=(",", ":"), ensure_ascii=False)
        if name in like.c and _is_list(like.c[name])
        else value
        for name, value in line.items()
    }


# Back again


def records_of(read: Callable[[str], pa.Table]) -> Iterator[tuple[Record, str]]:
    """Yield the records of a part, each with the extractor that made it.

    `read` returns the table of a folder of the part.

    Raises:
        ValueError: A row is what no record can hold.
    """
    held = {ARTICLES: list(_lines(read(ARTICLES).to_pylist(), article))}
    held[PARTICIPANTS] = list(_lines(read(PARTICIPANTS).to_pylist(), participant))
    makers: dict[str, int] = {}
    for kind in KINDS:
        rows = read(kind).to_pylist()
        if kind in INNER:
            rows += read(INNER[kind]).to_pylist()
        held[kind] = [_line(row, kind, makers) for row in rows]
    of_table = {TABLES[kind]: held[kind] for kind in KINDS}
    of_table |= {article: held[ARTICLES], participant: held[PARTICIPANTS]}
    keys: list[Key] = [(line["article_id"], line["version"]) for line in held[ARTICLES]]
    named = {number: name for name, number in makers.items()}
    records = records_from(of_table.__getitem__, named, keys)
    for record, line in zip(records, held[ARTICLES], strict=True):
        yield record, line["extractor"]


def _line(row: dict[str, Any], kind: str, makers: dict[str, int]) -> dict[str, Any]:
    line = row | row[KEPT]
    if line["position"] is None:  # only other rows hold it
        line["position"] = -1
    line["maker"] = makers.setdefault(row["extractor"], len(makers))
    return next(_lines([line], TABLES[kind]))


def _lines(rows: Iterable[dict[str, Any]], like: Table) -> Iterator[dict[str, Any]]:
    lists = [column.name for column in like.c if _is_list(column)]
    for row in rows:
        number = row["article_id"], row["version"]
        yield {"number": number, "story_id": None, "copy_of": None, **row} | {
            name: json.loads(row[name]) for name in lists
        }
