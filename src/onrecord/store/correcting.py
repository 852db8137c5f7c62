"""Records as people corrected them: how a verdict changes what is stored, now and when reread."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Literal

from sqlalchemy import Connection, select

from onrecord.errors import StoreError
from onrecord.records import Record, Row, id_of, row_id
from onrecord.reviews import Correction, Outcome, Reviewed, Undo, apply_corrections
from onrecord.reviews.applying import LINKS, SIDES, undone_by
from onrecord.reviews.corrections import BY_PEOPLE, TYPES, key_spans
from onrecord.reviews.values import Value, row_from, value_of
from onrecord.store import search
from onrecord.store.catalogue import is_version, latest_article, same_article
from onrecord.store.checks import check_record
from onrecord.store.corrections import (
    Decided,
    all_decided,
    append,
    article_of,
    decided_about,
    keep_machine_rows,
    machine_record,
)
from onrecord.store.decisions import Signed
from onrecord.store.reading import load_records
from onrecord.store.schema import article as articles
from onrecord.store.schema import machine_row
from onrecord.store.shapes import SHAPES
from onrecord.store.writing import delete_record, insert_record, link_record

ADDED = "added"


def seen_through(connection: Connection, made: Record) -> Reviewed:
    """Return a record that the machine made as people see it who decided about its article."""
    decided = decided_about(connection, made.article.article_id)
    return _applied(connection, made, decided)


def _applied(connection: Connection, made: Record, decided: tuple[Decided, ...]) -> Reviewed:
    def text_of(version: int) -> str:
        of_version = is_version((made.article.article_id, version))
        known = connection.scalar(select(articles.c.text).where(of_version))
        return made.article.text if known is None else str(known)

    return apply_corrections(made, decided, text_of)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What somebody decides about a row, or adds as one."""

    verdict: Literal["accept", "reject", "correct", "add"]
    values: Mapping[str, Value]  # right ones by field, plain
    signed: Signed


def give_verdict(connection: Connection, place: str, ref: str, given: Verdict) -> Outcome:
    """Decide about a row, by its id; return what that came to.

    Raises:
        StoreError: No row is meant, or more than one; its kind cannot be reviewed, or a change is
            none that it can have.
    """
    kept, kind, row = find_reviewed(connection, place, ref)
    correction = Correction(
        number=0,
        article_id=kept.article.article_id,
        version=kept.article.version,
        kind=kind,
        row_id=id_of(row),
        verdict=given.verdict,
        reviewer=given.signed.made_by,
        made_at=given.signed.made_at,
        why=given.signed.why,
        changes=given.values,
        seen=value_of(row),
    )
    return _outcome(_decide(connection, place, kept, correction), place)


def add_row(
    connection: Connection, place: str, article_id: str, kind: str, given: Verdict
) -> Outcome:
    """Add a row that an article lacks; return what that came to.

    Raises:
        StoreError: Rows of the kind cannot be added, or a value is missing or none it can have.
    """
    kept = _latest(connection, article_id)
    if kind not in TYPES or kind == "actors":
        able = ", ".join(one for one in TYPES if one != "actors")
        raise StoreError(f"{kind} cannot be added to an article, only {able}")
    id_field = SHAPES[kind].id_field
    signed = given.signed
    whole = {**given.values, "extractor": f"{BY_PEOPLE}{signed.made_by}"}
    links = {name: whole.pop(name) for name in list(whole) if _tells_actors(name)}
    try:
        row = row_from(TYPES[kind], {**_defaults(kind), **whole, id_field: ""})
    except ValueError as error:
        raise StoreError(str(error)) from error
    new_id = row_id(kept.article, f"{ADDED} {kind}", *key_spans(kind, row))
    row = replace(row, **{id_field: new_id})  # type: ignore[arg-type]  # its own field
    correction = Correction(
        number=0,
        article_id=article_id,
        version=kept.article.version,
        kind=kind,
        row_id=new_id,
        verdict="add",
        reviewer=signed.made_by,
        made_at=signed.made_at,
        why=signed.why,
        changes=links,
        seen=value_of(row),
    )
    return _outcome(_decide(connection, place, kept, correction), place)


def _tells_actors(name: str) -> bool:
    return name in SIDES or LINKS.get(name) == "actors"


def _defaults(kind: str) -> dict[str, Value]:
    """Return what a row has that people need not say."""
    return {"statements": {"source": [], "cue": []}}.get(kind, {})


def take_back(connection: Connection, place: str, number: int, signed: Signed) -> Undo:
    """Decide that an earlier decision no longer holds; that of an undo brings back what it undid.

    Raises:
        StoreError: There is none of that number, or it is undone already.
    """
    article_id = article_of(connection, number)
    if article_id is None:
        raise StoreError(f"{place} has no correction {number}; `onrecord review log` lists them")
    by = undone_by(decided_about(connection, article_id)).get(number)
    if by is not None:
        raise StoreError(
            f"correction {number} in {place} is undone already; to have it again undo {by}"
        )
    kept = _latest(connection, article_id)
    undo = Undo(
        number=0,
        undone=number,
        reviewer=signed.made_by,
        made_at=signed.made_at,
        why=signed.why,
    )
    _decide(connection, place, kept, undo)
    return undo


def all_outcomes(connection: Connection, article_id: str | None) -> tuple[Outcome, ...]:
    """Return what has become of all corrections, or those of an article, oldest first."""
    decided = all_decided(connection) if article_id is None else None
    ids = [article_id] if article_id is not None else list(decided or ())
    found: list[Outcome] = []
    for one in ids:
        kept = _latest(connection, one)
        found += seen_through(connection, machine_record(connection, kept)).outcomes
    return tuple(sorted(found, key=lambda one: one.correction.number))


def _decide(connection: Connection, place: str, kept: Record, decided: Decided) -> Reviewed:
    """Keep a decision and store the record as it is seen from now on."""
    article_id = kept.article.article_id
    made = machine_record(connection, kept)
    append(connection, article_id, decided)
    try:
        reviewed = seen_through(connection, made)
    except ValueError as error:  # a value that the row, or the text, cannot have
        raise StoreError(f"{place}: the row cannot be changed like that: {error}") from error
    if reviewed.record != kept:
        check_record(reviewed.record)
        stored = latest_article(connection, article_id)
        assert stored is not None
        number = delete_record(connection, kept)
        made_by = stored["extractor"]
        insert_record(connection, reviewed.record, made_by, stored["stored_at"], number)
        keep_machine_rows(connection, made, reviewed.record)
        link_record(connection, reviewed.record, number)
        search.add(connection, reviewed.record)
    return reviewed


def _outcome(reviewed: Reviewed, place: str) -> Outcome:
    outcome = reviewed.outcomes[-1]
    if outcome.state == "orphan":  # nothing is kept: the transaction ends with this error
        raise StoreError(f"{place}: the row cannot be changed like that")
    return outcome


def _latest(connection: Connection, article_id: str) -> Record:
    stored = latest_article(connection, article_id)
    assert stored is not None  # articles are never taken out
    (kept,) = load_records(connection, [(article_id, stored["version"])])
    return kept


def find_reviewed(connection: Connection, place: str, ref: str) -> tuple[Record, str, Row]:
    """Return the latest record that a row is of, the row's kind and the row, by its id.

    A row that was left out before is as the machine made it.
    """
    kinds = dict(_places(connection, ref))
    if len(kinds) != 1:
        many = f"{len(kinds)} articles have a row" if kinds else "there is no row"
        raise StoreError(f"{place}: {many} {ref!r}; `onrecord find KIND --format jsonl` lists ids")
    ((article_id, kind),) = kinds.items()
    kept = _latest(connection, article_id)
    for record in (kept, machine_record(connection, kept)):
        for row in getattr(record, kind):
            if id_of(row) == ref:
                return kept, kind, row
    raise StoreError(f"row {ref!r} is of an earlier version of {article_id}; review its latest")


def _places(connection: Connection, ref: str) -> Iterator[tuple[str, str]]:
    """Yield the articles that have a row of that id, with its kind."""
    for kind in TYPES:
        rows, field = SHAPES[kind].table, SHAPES[kind].id_field
        found = select(articles.c.article_id).join(rows, same_article(rows, articles))
        found = found.where(rows.c[field] == ref).distinct()
        yield from ((article_id, kind) for article_id in connection.scalars(found))
    left_out = select(articles.c.article_id, machine_row.c.kind).join(
        machine_row, same_article(machine_row, articles)
    )
    for line in connection.execute(left_out.where(machine_row.c.row_id == ref)):
        yield line.article_id, line.kind
