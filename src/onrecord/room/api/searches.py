"""Searches: rows of each kind, and articles, a page at a time, and how they are spread."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, Response

from onrecord.records import KINDS
from onrecord.room.api.asking import page_of, wanted_of
from onrecord.room.api.failing import wrong_values
from onrecord.room.api.schemas import (
    ORDERING,
    PAGING,
    answers,
    filter_parameters,
    listed,
    name_of,
    paged,
    ref,
    shaped,
)
from onrecord.room.api.values import NOT_SHOWN, Json, rows_of
from onrecord.room.state import Room, RoomOf
from onrecord.store import ArticleSummary

router = APIRouter(tags=["searches"])

Answering = Callable[[Request, Room], Response]

_SPREAD = shaped(
    {
        "counted": {"type": "integer", "description": "How many of the newest were counted."},
        "filters": listed(
            shaped(
                {
                    "name": {"type": "string"},
                    "values": listed(
                        shaped(
                            {
                                "value": {"type": "string"},
                                "label": {"type": "string"},
                                "count": {"type": "integer"},
                            }
                        )
                    ),
                }
            )
        ),
    }
)


@router.get(
    "/articles",
    summary="Find articles",
    response_model=None,
    responses=answers(paged(ref("ArticleSummary")), "Articles, a page of them."),
    openapi_extra={"parameters": [*filter_parameters("articles"), *PAGING, ORDERING]},
)
def articles(request: Request, room: RoomOf) -> Response:
    """Return the latest versions of articles, with how many rows of each kind they have."""
    with wrong_values():
        wanted = wanted_of(request, "articles", "order")
        found = room.store.views.articles(wanted.asked.filters(), wanted.chosen)
    rows = [summary_of(one) for one in found.articles]
    return JSONResponse(page_of(request, wanted, found.total, rows))


def summary_of(one: ArticleSummary) -> Json:
    """Return an article, without what is of use only where it was read."""
    return {name: value for name, value in asdict(one).items() if name not in NOT_SHOWN}


def _finding(kind: str) -> Callable[[Request, RoomOf], Response]:
    def find(request: Request, room: RoomOf) -> Response:
        with wrong_values():
            wanted = wanted_of(request, kind, "order")
            found = room.store.views.page(kind, wanted.asked.filters(), wanted.chosen)
        rows = rows_of(kind, found.selections)
        return JSONResponse(page_of(request, wanted, found.total, rows))

    return find


def _spreading(kind: str) -> Callable[[Request, RoomOf], Response]:
    def spread(request: Request, room: RoomOf) -> Response:
        with wrong_values():
            filters = wanted_of(request, kind).asked.filters()
            found = room.ask(
                ("spread", kind, filters), lambda room: room.store.views.spread(kind, filters)
            )
        facets = [
            {"name": one.name, "values": [asdict(value) for value in one.values]}
            for one in found.facets
        ]
        return JSONResponse({"counted": found.counted, "filters": facets})

    return spread


for _kind in KINDS:
    router.add_api_route(
        f"/{_kind}",
        _finding(_kind),
        name=f"find_{_kind}",
        summary=f"Find {_kind}",
        description="Rows in all articles that meet the filters, with the columns of "
        f"`onrecord find {_kind} --format jsonl`.",
        response_model=None,
        responses=answers(paged(ref(name_of(_kind))), f"{_kind.title()}, a page of them."),
        openapi_extra={"parameters": [*filter_parameters(_kind), *PAGING, ORDERING]},
    )
for _kind in ("articles", *KINDS):
    router.add_api_route(
        f"/{_kind}/spread",
        _spreading(_kind),
        name=f"spread_{_kind}",
        summary=f"Say how {_kind} are spread",
        description="What such a search can be narrowed down by: values of filters and how many of "
        "the newest 2,000 have each.",
        response_model=None,
        responses=answers(_SPREAD, "Values by filter."),
        openapi_extra={"parameters": filter_parameters(_kind)},
    )
