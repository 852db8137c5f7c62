"""Articles, rows and identities by their ids, and what the store holds."""

from __future__ import annotations

from dataclasses import asdict

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import JSONResponse, Response

from onrecord.records import KINDS, Record, Row, id_of
from onrecord.reviews.values import value_of
from onrecord.room.api.asking import check_names, number_of
from onrecord.room.api.failing import wrong_values
from onrecord.room.api.schemas import (
    MOST_ROWS,
    USUAL_SIZE,
    answers,
    listed,
    name_of,
    parameter,
    ref,
)
from onrecord.room.api.values import record_of, rows_of
from onrecord.room.state import RoomOf
from onrecord.tables import Selection, checked_kind

router = APIRouter(tags=["by id"])

ROW = {"oneOf": [ref(name_of(kind)) for kind in KINDS]}


@router.get(
    "/store",
    summary="Say what the store holds",
    response_model=None,
    responses=answers(ref("Tally"), "Counts, and from when to when it reaches."),
)
def store(room: RoomOf) -> Response:
    """Return how much the store holds: articles, rows by kind, the days they were published on."""
    return JSONResponse(asdict(room.ask("tally", lambda room: room.store.views.tally())))


@router.get(
    "/articles/{article_id}",
    summary="Return an article with its rows",
    response_model=None,
    responses=answers(ref("Record"), "The article's text and its rows."),
)
def article(
    room: RoomOf, article_id: str, version: int | None = None, kinds: str | None = None
) -> Response:
    """Return an article, named by its id, the beginning of one or its title, with its rows.

    `version` is by default the latest; `kinds`, separated by commas, are by default all.
    """
    with wrong_values():
        wanted = kinds_of(kinds.split(",") if kinds else None)
    record = room.store.record(room.store.resolve(article_id), version)
    return JSONResponse(record_of(record, wanted))


@router.get(
    "/articles/{article_id}/rows/{row_id}",
    summary="Return a row of an article",
    response_model=None,
    responses=answers(ROW, "The row."),
)
def row(room: RoomOf, article_id: str, row_id: str, version: int | None = None) -> Response:
    """Return a row of an article version, by default the latest."""
    record = room.store.record(room.store.resolve(article_id), version)
    kind, found = _row_in(record, row_id)
    (shown,) = rows_of(kind, [Selection(record, [found])])
    return JSONResponse(shown)


@router.get(
    "/identities",
    summary="Find who is in the store",
    response_model=None,
    responses=answers(listed(ref("Identity")), "Those in most articles first."),
    openapi_extra={
        "parameters": [
            parameter("name", "Words of a name that they go by."),
            parameter("country", "Their country: UKR."),
            parameter(
                "size",
                "How many at most.",
                {"type": "integer", "minimum": 1, "maximum": MOST_ROWS, "default": USUAL_SIZE},
            ),
        ]
    },
)
def identities(request: Request, room: RoomOf) -> Response:
    """Return persons, states, bodies and groups, each throughout all articles."""
    params = request.query_params
    with wrong_values():
        check_names(params, ("name", "country", "size"))
        size = number_of(params, "size", USUAL_SIZE, MOST_ROWS)
    country = params.get("country", "").upper() or None
    found = room.store.identities(params.get("name") or None, country=country, limit=size)
    return JSONResponse([value_of(one) for one in found])


@router.get(
    "/identities/{ref}",
    summary="Return who is meant",
    response_model=None,
    responses=answers(ref("Identity"), "The identity."),
)
def identity(room: RoomOf, ref: str) -> Response:
    """Return the identity meant by an id, the beginning of one or a name."""
    return JSONResponse(value_of(room.store.identity(ref)))


def kinds_of(given: list[str] | None) -> list[str]:
    """Return the kinds that are asked for, all by default.

    Raises:
        ValueError: There is no such kind.
    """
    return [checked_kind(one.strip()) for one in given] if given else list(KINDS)


def _row_in(record: Record, row_id: str) -> tuple[str, Row]:
    for kind in KINDS:
        for found in getattr(record, kind):
            if id_of(found) == row_id:
                return kind, found
    of = f"version {record.article.version} of {record.article.article_id}"
    raise HTTPException(404, f"{of} has no row {row_id}")
