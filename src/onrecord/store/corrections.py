"""What people decided about rows, as it is kept, and the rows they decided about as they were."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, TypeAlias

from sqlalchemy import Connection, RowMapping, ScalarSelect, delete, insert, select

from onrecord.records import Record, Row, id_of
from onrecord.reviews import Correction, Undo
from onrecord.reviews.values import row_from, value_of
from onrecord.store.bulk import insert_lines
from onrecord.store.catalogue import is_version
from onrecord.store.schema import article as articles
from onrecord.store.schema import correction, machine_row
from onrecord.store.shapes import SHAPES, Key

UNDO = "undo"

Decided: TypeAlias = Correction | Undo


def append(connection: Connection, article_id: str, decided: Decided) -> int:
    """Keep what was decided about a row of an article; return its number, the next one."""
    values: dict[str, Any] = {
        "article_id": article_id,
        "reviewer": decided.reviewer,
        "made_at": decided.made_at,
        "why": decided.why,
    }
    if isinstance(decided, Undo):
        about = connection.execute(
            select(correction).where(correction.c.number == decided.undone)
        ).one()
        values |= {"version": about.version, "kind": about.kind, "row_id": about.row_id}
        values |= {"verdict": UNDO, "changes": {}, "seen": {}, "undone": decided.undone}
    else:
        names = ("version", "kind", "row_id", "verdict")
        values |= {name: getattr(decided, name) for name in names}
        values |= {"changes": dict(decided.changes), "seen": dict(decided.seen)}
    (number,) = connection.execute(insert(correction), values).inserted_primary_key or (0,)
    return int(number)


def decided_about(connection: Connection, article_id: str) -> tuple[Decided, ...]:
    """Return what was decided about the rows of an article, oldest first."""
    query = select(correction).where(correction.c.article_id == article_id)
    lines = connection.execute(query.order_by(correction.c.number)).mappings()
    return tuple(map(_decided, lines))


def all_decided(connection: Connection) -> dict[str, list[Decided]]:
    """Return what was decided about rows, oldest first, by the article."""
    found: dict[str, list[Decided]] = {}
    for line in connection.execute(select(correction).order_by(correction.c.number)).mappings():
        found.setdefault(line["article_id"], []).append(_decided(line))
    return found


def article_of(connection: Connection, number: int) -> str | None:
    """Return the article that a decision is about, None where there is none of that number."""
    query = select(correction.c.article_id).where(correction.c.number == number)
    return connection.scalar(query)


def _decided(line: RowMapping) -> Decided:
    signed = {name: line[name] for name in ("number", "reviewer", "made_at", "why")}
    if line["verdict"] == UNDO:
        return Undo(undone=line["undone"], **signed)
    names = ("article_id", "version", "kind", "row_id", "verdict", "changes", "seen")
    return Correction(**signed, **{name: line[name] for name in names})


# The machine's rows


def machine_record(connection: Connection, kept: Record) -> Record:
    """Return a stored record as the machine made it, before people changed it."""
    key = kept.article.article_id, kept.article.version
    query = select(machine_row).where(machine_row.c.number == _number(key))
    changed: dict[str, dict[str, RowMapping]] = {}
    for line in connection.execute(query.order_by(machine_row.c.position)).mappings():
        changed.setdefault(line["kind"], {})[line["row_id"]] = line
    if not changed:
        return kept
    rows = {kind: _restored(kept, kind, lines) for kind, lines in changed.items()}
    values: dict[str, Any] = {kind: getattr(kept, kind) for kind in SHAPES} | rows
    return Record(article=kept.article, **values)


def _restored(kept: Record, kind: str, lines: dict[str, RowMapping]) -> tuple[Row, ...]:
    rows = [row for row in getattr(kept, kind) if id_of(row) not in lines]
    for line in lines.values():  # by position, so that each is put where it stood
        if line["position"] is not None:
            rows.insert(line["position"], row_from(SHAPES[kind].row_type, line["row"]))
    return tuple(rows)


def keep_machine_rows(connection: Connection, made: Record, seen: Record) -> None:
    """Keep the rows of a record as the machine made them, as far as they are seen otherwise.

    Where nothing is, nothing is kept. The article version must be in its table.
    """
    key = made.article.article_id, made.article.version
    if made is seen:
        return
    connection.execute(delete(machine_row).where(machine_row.c.number == _number(key)))
    lines = [line for kind in SHAPES for line in _unlike(kind, made, seen)]
    if not lines:
        return
    base = {"number": connection.scalar(select(_number(key)))}
    lines = [base | line for line in lines]
    insert_lines(connection, machine_row, lines)


def _unlike(kind: str, made: Record, seen: Record) -> Iterator[dict[str, Any]]:
    """Yield the rows of a kind that are not the same in two records."""
    theirs = {id_of(row): row for row in getattr(seen, kind)}
    own: Sequence[Row] = getattr(made, kind)
    for position, row in enumerate(own):
        if theirs.pop(id_of(row), None) != row:
            yield {"kind": kind, "row_id": id_of(row), "position": position, "row": value_of(row)}
    yield from _added(kind, theirs)


def _added(kind: str, row_ids: Iterable[str]) -> Iterator[dict[str, Any]]:
    for row_id in row_ids:
        yield {"kind": kind, "row_id": row_id, "position": None, "row": {}}


def _number(key: Key) -> ScalarSelect[int]:
    return select(articles.c.number).where(is_version(key)).scalar_subquery()
