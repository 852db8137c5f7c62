"""Searching every kind of row, and articles; the address of the page holds all that is asked."""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import Response

from onrecord.encoding import ENCODINGS
from onrecord.errors import StoreError
from onrecord.report.sentences import with_sentences
from onrecord.room.asking import PAGE_SIZE, SEARCHED, Asked, asked_of
from onrecord.room.excerpting import Line, lines_of
from onrecord.room.rendering import page
from onrecord.room.state import Room, RoomOf
from onrecord.room.wording import FACETS, Choice, choices_of, value_words
from onrecord.store import MOST_TOLD, ArticleSummary, Identity

router = APIRouter()

AT_ONCE = 500  # rows whose spread is on the page; that of more is asked for by it
IDENTITY = re.compile(r"[0-9a-f]{16}")

MOST_DOWNLOADED = 100_000  # rows in a file; the command line has no such limit


@dataclass(frozen=True, slots=True)
class Counts:
    """How the rows of a search are spread."""

    facets: list[tuple[str, list[Choice]]]  # the label of each, and its values
    counted: int  # of the rows found, how many are counted


@dataclass(frozen=True, slots=True)
class Results:
    """What a search found, as its page shows it."""

    total: int
    lines: list[Line]
    articles: tuple[ArticleSummary, ...]
    openings: dict[str, str]  # how the texts of articles begin
    spread: Counts | None  # None: the page asks for it when it is there, since it takes long

    @property
    def pages(self) -> int:
        """How many pages there are."""
        return -(-self.total // PAGE_SIZE)


@router.get("/search")
def search(request: Request, room: RoomOf) -> Response:
    """Return what was found, with what it can be narrowed to."""
    wrong, results = None, None
    try:
        asked = asked_of(request.query_params)
    except ValueError as error:
        asked, wrong = Asked(kind="statements", values={}), str(error)
    if wrong is None:
        try:
            filters = asked.filters()
            results = room.find(
                (asked.kind, filters, asked.chosen, *sorted(asked.values.items())),
                lambda room: _found(room, asked),
            )
        except ValueError as error:
            wrong = str(error)
    return page(
        request,
        room,
        "search.html",
        status=400 if wrong else 200,
        asked=asked,
        results=results,
        wrong=wrong,
        kinds=SEARCHED,
        labels=FACETS,
        value_words=value_words,
        names=_names(room, asked),
        most_told=MOST_TOLD,
        can_save=room.can_save and asked.kind != "articles",
    )


@router.get("/search/counts")
def counts(request: Request, room: RoomOf) -> Response:
    """Return the part of a search's page that says how its rows are spread."""
    try:
        asked = asked_of(request.query_params)
        spread = _counts(room, asked)
    except ValueError as error:
        raise HTTPException(400, str(error)) from error
    return page(request, room, "counted.html", spread=spread, total=spread.counted + 1)


@router.get("/search.{form}")
def download(request: Request, room: RoomOf, form: str) -> Response:
    """Return all that was found as a file: csv, jsonl or parquet."""
    if form not in ENCODINGS:
        raise HTTPException(404, f"no such form: {form}; there are {', '.join(ENCODINGS)}")
    try:
        asked = asked_of(request.query_params)
        filters = asked.filters()
    except ValueError as error:
        raise HTTPException(400, str(error)) from error
    if asked.kind == "articles":
        rows = room.store.views.find_articles(filters, MOST_DOWNLOADED)
    else:
        found = room.store.find(asked.kind, replace(filters, limit=MOST_DOWNLOADED))
        rows = with_sentences(found.to_arrow(), asked.kind, lambda *key: room.store.views.text(key))
    encoding = ENCODINGS[form]
    name = f"{asked.kind}.{form}"
    return Response(
        encoding.encode(rows, asked.kind),
        media_type=encoding.media_type,
        headers={"content-disposition": f'attachment; filename="{name}"'},
    )


def _names(room: Room, asked: Asked) -> dict[str, str]:
    """Return the names of the identities that are asked for by their ids."""
    ids = {value for value in asked.values.values() if IDENTITY.fullmatch(value)}
    names = {}
    for one in sorted(ids):
        with suppress(StoreError):  # it may be nobody's
            names[one] = room.ask(("identity", one), _identity_of(one)).name
    return names


def _identity_of(ref: str) -> Callable[[Room], Identity]:
    return lambda room: room.store.identity(ref)


def _found(room: Room, asked: Asked) -> Results:
    filters = asked.filters()
    if asked.kind == "articles":
        found = room.store.views.articles(filters, asked.chosen)
        spread = _counts(room, asked) if found.total <= AT_ONCE else None
        return Results(found.total, [], found.articles, found.openings, spread)
    rows = room.store.views.page(asked.kind, filters, asked.chosen)
    lines = lines_of(asked.kind, rows.selections, filters.text)
    spread = _counts(room, asked) if rows.total <= AT_ONCE else None
    return Results(rows.total, lines, (), {}, spread)


def _counts(room: Room, asked: Asked) -> Counts:
    filters = asked.filters()
    spread = room.ask(
        ("spread", asked.kind, filters),
        lambda room: room.store.views.spread(asked.kind, filters),
    )
    facets = [(FACETS[one.name], choices_of(asked, one)) for one in spread.facets]
    return Counts(facets, spread.counted)
