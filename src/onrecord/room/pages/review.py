"""Reviewing: the queue, a row with what was decided about it, rows that are missing, the log."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated

from fastapi import APIRouter, HTTPException, Query, Request
from fastapi.responses import RedirectResponse, Response

from onrecord.errors import StoreError
from onrecord.reviews.comparing import agreement_by_kind, disagreements
from onrecord.reviews.corrections import KEYS, TYPES
from onrecord.room.deciding import (
    ADDED,
    FIELD,
    Sheet,
    changes_in,
    empty_sheet,
    review_values,
    sheet_of,
    words_seen,
)
from onrecord.room.excerpting import lines_of
from onrecord.room.rendering import own_path, page, url
from onrecord.room.signing import remember, reviewer_of, signature
from onrecord.room.state import Room, RoomOf
from onrecord.store import Filters, Slice

router = APIRouter(prefix="/review")

LISTED = 20
LOGGED = 50  # decisions to a page


@router.get("")
def queue(request: Request, room: RoomOf, kind: str = "events", speaker: str = "") -> Response:
    """Return rows that nobody decided about, the least sure first."""
    if kind not in TYPES:
        raise HTTPException(400, f"kind must be one of {', '.join(TYPES)}, got {kind!r}")
    wanted = speaker.strip() if kind != "actors" else ""
    try:
        filters = Filters(speaker=wanted or None)
        waiting = room.store.views.waiting(kind, filters, Slice(size=LISTED))
    except ValueError as error:
        raise HTTPException(400, str(error)) from error
    return page(
        request,
        room,
        "queue.html",
        kinds=[*TYPES],
        kind=kind,
        speaker=wanted,
        lines=lines_of(kind, waiting.selections, None),
        total=waiting.total,
        onward=url("/review", kind=kind, speaker=wanted),
        reviewer=reviewer_of(request),
    )


@router.post("/name")
def name_oneself(request: Request) -> Response:
    """Keep the name of who decides."""
    form = request.state.form
    try:
        name, _ = signature(request, form)
    except ValueError as error:
        raise HTTPException(400, str(error)) from error
    response = RedirectResponse(own_path(str(form.get("next", "/review"))), 303)
    remember(request, response, name)
    return response


@router.get("/rows/{row_id}")
def row(request: Request, room: RoomOf, row_id: str) -> Response:
    """Return a row as it is seen now, with what was decided about it and the form to correct it."""
    return _sheet(request, room, sheet_of(room, row_id))


@router.post("/rows/{row_id}")
def decide(request: Request, room: RoomOf, row_id: str) -> Response:
    """Accept, reject or correct a row."""
    form = request.state.form
    record, kind, _ = room.store.reviews.find(row_id)
    verdict = str(form.get("verdict", ""))
    try:
        by, why = signature(request, form)
        if verdict == "correct":
            changes = changes_in(form, kind, record)
            if not changes:
                raise ValueError("nothing was changed; what is right as it stands can be accepted")
            room.store.reviews.give(row_id, "correct", by=by, why=why, changes=changes)
        elif verdict == "accept":
            room.store.reviews.give(row_id, "accept", by=by, why=why)
        elif verdict == "reject":
            room.store.reviews.give(row_id, "reject", by=by, why=why)
        else:
            raise ValueError("a row is accepted, rejected or corrected")
    except (ValueError, StoreError) as error:
        return _sheet(request, room, sheet_of(room, row_id, form), str(error))
    return _onward(request, form, f"/review/rows/{row_id}", by)


@router.get("/log")
def log(
    request: Request,
    room: RoomOf,
    orphans: bool = False,
    number: Annotated[int, Query(alias="page", ge=1)] = 1,
) -> Response:
    """Return what was decided, the latest first, how far reviewers agree and where they do not."""
    outcomes = room.ask("outcomes", lambda room: room.store.reviews.all())
    found = [one for one in reversed(outcomes) if one.state == "orphan" or not orphans]
    pages = max(1, -(-len(found) // LOGGED))
    if number > pages:
        raise HTTPException(404, f"the log has {pages} pages, and no page {number}")
    shown = found[(number - 1) * LOGGED : number * LOGGED]
    return page(
        request,
        room,
        "log.html",
        outcomes=shown,
        words=words_seen(room, shown),
        total=len(found),
        number=number,
        pages=pages,
        orphans=orphans,
        agreeing=agreement_by_kind(outcomes),
        apart=disagreements(outcomes),
        reviewer=reviewer_of(request),
    )


@router.post("/undo/{number}")
def undo(request: Request, room: RoomOf, number: int) -> Response:
    """Take back a decision."""
    form = request.state.form
    try:
        by, why = signature(request, form)
        room.store.reviews.take_back(number, by=by, why=why)
    except (ValueError, StoreError) as error:
        raise HTTPException(400, str(error)) from error
    return _onward(request, form, "/review/log", by)


@router.get("/add")
def ask_for(
    request: Request, room: RoomOf, article: str, kind: str = "statements", span: str = ""
) -> Response:
    """Return the form for a row that an article lacks, about words marked in its reader."""
    record = room.store.record(room.store.resolve(article))
    _check_added(kind)
    key = KEYS[kind][0].removesuffix("_")
    return _sheet(request, room, empty_sheet(record, kind, {FIELD + key: span}))


@router.post("/add")
def add(request: Request, room: RoomOf, article: str, kind: str) -> Response:
    """Add a row to an article."""
    form = request.state.form
    record = room.store.record(room.store.resolve(article))
    _check_added(kind)
    try:
        by, why = signature(request, form)
        made = room.store.reviews.add(
            record.article.article_id, kind, changes_in(form, kind, record), by=by, why=why
        )
    except (ValueError, StoreError) as error:
        return _sheet(request, room, empty_sheet(record, kind, form), str(error))
    return _onward(request, form, f"/review/rows/{made.row_id}", by)


def _sheet(request: Request, room: Room, sheet: Sheet, wrong: str | None = None) -> Response:
    template = "reviewed.html" if sheet.row_id else "missing.html"
    status = 400 if wrong else 200
    return page(request, room, template, status=status, **review_values(request, sheet, wrong))


def _check_added(kind: str) -> None:
    if kind not in ADDED:
        raise HTTPException(400, f"what can be added is one of {', '.join(ADDED)}, not {kind!r}")


def _onward(request: Request, form: Mapping[str, object], usual: str, by: str) -> Response:
    """Lead on to where a form says, with the name of who decided kept."""
    response = RedirectResponse(own_path(str(form.get("next", usual))), 303)
    remember(request, response, by)
    return response
