"""The reader: an article with its rows, its copies, and a permanent link for each row."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import RedirectResponse, Response

from onrecord.errors import StoreError
from onrecord.records import KINDS, Record, Row, id_of
from onrecord.report.directory import Directory
from onrecord.report.page import Page, make_page
from onrecord.reviews.corrections import TYPES
from onrecord.room.citing import cite
from onrecord.room.deciding import review_values, sheet_of
from onrecord.room.diffing import word_diff
from onrecord.room.excerpting import lines_of
from onrecord.room.passages import text_lines
from onrecord.room.rendering import page, url
from onrecord.room.signing import reviewer_of
from onrecord.room.state import Room, RoomOf
from onrecord.store import CopyPair, Filters
from onrecord.tables import Selection

router = APIRouter()


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """Another article that tells some of the same happenings."""

    article_id: str
    title: str | None
    published: str | None
    happenings: int


@router.get("/articles/{article_id}")
def read(
    request: Request,
    room: RoomOf,
    article_id: str,
    version: int | None = None,
    row: str | None = None,
) -> Response:
    """Return an article with a note for each of its rows."""
    found_id = room.store.resolve(article_id)
    record = room.store.record(found_id, version)
    shown = make_page(record)
    key = (record.article.article_id, record.article.version)
    return page(
        request,
        room,
        "reader.html",
        shown=shown,
        links={id_of(one): row_url(record, one) for one in record.rows()},
        opened=_number_of(shown.numbers, row),
        elsewhere=_elsewhere(room, record),
        people=room.find(("people", *key), lambda room: _people(room, record)),
        copies=_copies(room, record),
        starts=_starts(shown),
        here=f"/articles/{found_id}",
        can_review=not room.settings.read_only and _is_latest(room, record),
        reviewer=reviewer_of(request),
    )


@router.get("/articles/{article_id}/rows/{row_id}")
def row(
    request: Request, room: RoomOf, article_id: str, row_id: str, version: int | None = None
) -> Response:
    """Return a row by itself, with how to cite it; its address stays as long as its version."""
    record = room.store.record(room.store.resolve(article_id), version)
    is_latest = _is_latest(room, record)
    if is_latest and _is_left_out(room, record, row_id):
        return RedirectResponse(f"/review/rows/{row_id}", 303)
    kind, found = _row_of(record, row_id)
    (line,) = lines_of(kind, [Selection(record, [found])], None)
    address = str(request.base_url).rstrip("/") + row_url(record, found)
    sheet = sheet_of(room, row_id) if is_latest and kind in TYPES else None
    return page(
        request,
        room,
        "row.html",
        line=line,
        address=address,
        citation=cite(line, address),
        **review_values(request, sheet),
    )


@router.get("/articles/{article_id}/diff/{other_id}")
def diff(request: Request, room: RoomOf, article_id: str, other_id: str) -> Response:
    """Return where the texts of two articles differ, word by word."""
    one, other = (room.store.record(room.store.resolve(ref)) for ref in (article_id, other_id))
    changes = word_diff(one.article.text, other.article.text)
    return page(request, room, "diff.html", one=one.article, other=other.article, changes=changes)


def row_url(record: Record, found: Row) -> str:
    """Return the permanent address of a row: of its article, the version of it and the row."""
    article = record.article
    path = f"/articles/{article.article_id}/rows/{id_of(found)}"
    return url(path, version=article.version)


def _row_of(record: Record, row_id: str) -> tuple[str, Row]:
    for kind in KINDS:
        for found in getattr(record, kind):
            if id_of(found) == row_id:
                return kind, found
    article = record.article
    raise HTTPException(
        404,
        f"version {article.version} of {article.title or article.article_id} has no row {row_id}",
    )


def _is_latest(room: Room, record: Record) -> bool:
    article = record.article
    return room.store.record(article.article_id).article.version == article.version


def _is_left_out(room: Room, record: Record, row_id: str) -> bool:
    """Whether a record has no such row since somebody rejected it."""
    if any(id_of(one) == row_id for one in record.rows()):
        return False
    with suppress(StoreError):  # there never was one
        return room.store.reviews.find(row_id)[0].article == record.article
    return False


def _starts(shown: Page) -> dict[int, int]:
    """Return where each block begins in the text, by its number."""
    blocks = [shown.headline, *shown.blocks] if shown.headline else shown.blocks
    lines = text_lines(shown.article.text)
    return {one.number: line.start for one, line in zip(blocks, lines, strict=True)}


def _number_of(numbers: Mapping[str, int], row_id: str | None) -> int | None:
    return numbers.get(row_id) if row_id is not None else None


def _elsewhere(room: Room, record: Record) -> list[Elsewhere]:
    """Return the other articles that tell what this one tells, those that tell most of it first."""
    told = room.store.happenings(Filters(article=record.article.article_id))
    tellings = defaultdict(set)
    known = {}
    for happening in told:
        for one in happening.tellings:
            if one.article_id != record.article.article_id:
                tellings[one.article_id].add(happening.happening_id)
                known[one.article_id] = one
    found = (
        Elsewhere(key, known[key].title, known[key].published, len(happenings))
        for key, happenings in tellings.items()
    )
    return sorted(found, key=lambda one: (-one.happenings, one.published or "", one.article_id))


def _people(room: Room, record: Record) -> dict[str, str]:
    """Return who the actors of a record are throughout the store, by their keys on the page."""
    directory = Directory(record)
    identities = room.store.views.identities_in(record)
    return {directory.actor_key(actor_id): one for actor_id, one in identities.items()}


def _copies(room: Room, record: Record) -> tuple[CopyPair, ...]:
    return room.store.copies(record.article.article_id)
