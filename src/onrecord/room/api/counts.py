"""What the rows of all articles come to: happenings and their counts, claims, talks."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import JSONResponse, Response

from onrecord.reviews.values import value_of
from onrecord.room.api.asking import Wanted, check_names, following, number_of, page_of, wanted_of
from onrecord.room.api.failing import wrong_values
from onrecord.room.api.schemas import (
    CLAIM,
    COUNT,
    PAGING,
    TALKS,
    answers,
    filter_parameters,
    listed,
    paged,
    parameter,
    ref,
    shaped,
)
from onrecord.room.api.values import Json, link_of
from onrecord.room.claiming import POLICIES, Claim
from onrecord.room.pages import figures
from onrecord.room.state import Room, RoomOf
from onrecord.store import Counting, Happening, Talks
from onrecord.store.counting import DATED_BY, PER, PERIODS
from onrecord.store.units import UNITS
from onrecord.talks import Answer, Item, Move

router = APIRouter(tags=["what it comes to"])

COUNTING = ("by", "dyad", "directed", "per", "unit", "dated_by")
OF_CLAIMS = tuple(figures.Wanted.__dataclass_fields__)
OF_TALKS = ("between", "since", "until")
MOST_TIMES = 10_000


@router.get(
    "/counts",
    summary="Count happenings",
    response_model=None,
    responses=answers(paged(COUNT), "Counts, a page of them, in order of time."),
    openapi_extra={
        "parameters": [
            parameter("by", "The periods to count by.", {"enum": list(PERIODS)}),
            parameter("dyad", "Only between two countries: RUS,UKR."),
            parameter("directed", "Tell apart who did it to whom.", {"type": "boolean"}),
            parameter("per", "Count each type or class apart.", {"enum": list(PER)}),
            parameter("unit", "What tells once.", {"enum": list(UNITS), "default": "story"}),
            parameter(
                "dated_by",
                "Which day counts: the event's own, else that of publication; or its own alone.",
                {"enum": list(DATED_BY), "default": "published"},
            ),
            *filter_parameters("events"),
            *PAGING,
        ]
    },
)
def counts(request: Request, room: RoomOf) -> Response:
    """Return how many happenings the events asked for tell, by period and pair of countries."""
    with wrong_values():
        wanted = wanted_of(request, "events", *COUNTING)
        counting, filters = _counting(request), wanted.asked.filters()
        counted = room.ask(
            ("counts", counting, filters), lambda room: room.store.count(counting, filters)
        )
    start = wanted.chosen.start
    rows = counted[start : start + wanted.size].to_pylist()
    return JSONResponse(page_of(request, wanted, counted.num_rows, rows))


def _counting(request: Request) -> Counting:
    given: dict[str, Any] = {
        name: value for name, value in request.query_params.items() if name in COUNTING and value
    }
    if "dyad" in given:
        given["dyad"] = tuple(given["dyad"].upper().split(","))
    directed = given.pop("directed", "false")
    if directed not in ("true", "false"):
        raise ValueError(f"directed must be true or false, got {directed!r}")
    return Counting(**{"by": "month", **given, "directed": directed == "true"})


@router.get(
    "/happenings",
    summary="List happenings",
    response_model=None,
    responses=answers(
        shaped({"next": {"type": ["string", "null"]}, "rows": listed(ref("Happening"))}),
        "Happenings, a page of them, those told most often first.",
    ),
    openapi_extra={
        "parameters": [
            parameter(
                "fewest", "How often one is told at least.", {"type": "integer", "default": 2}
            ),
            parameter("unit", "What tells once.", {"enum": list(UNITS), "default": "article"}),
            *filter_parameters("events"),
            *PAGING,
        ]
    },
)
def happenings(request: Request, room: RoomOf) -> Response:
    """Return what the events asked for tell, each happening with all its tellings and why."""
    with wrong_values():
        wanted = wanted_of(request, "events", "fewest", "unit")
        found = _happenings(request, room, wanted)
    start = wanted.chosen.start
    rows = [value_of(one) for one in found[start : start + wanted.size]]
    more = len(found) > start + wanted.size
    onward = following(request, wanted.asked.number) if more else None
    return JSONResponse({"next": onward, "rows": rows})


def _happenings(request: Request, room: Room, wanted: Wanted) -> tuple[Happening, ...]:
    """Return the happenings up to the end of the page, and one more where there is one."""
    params = request.query_params
    unit = params.get("unit") or "article"
    if unit not in UNITS:
        raise ValueError(f"unit must be one of {', '.join(UNITS)}, got {unit!r}")
    return room.store.happenings(
        wanted.asked.filters(),
        fewest=number_of(params, "fewest", 2, MOST_TIMES),
        limit=wanted.chosen.start + wanted.size + 1,
        unit=unit,
    )


@router.get(
    "/happenings/{ref}",
    summary="Return a happening",
    response_model=None,
    responses=answers(ref("Happening"), "The happening with all its tellings."),
)
def happening(room: RoomOf, ref: str) -> Response:
    """Return the happening meant by its id or that of an event that tells it."""
    return JSONResponse(value_of(room.store.happening(ref)))


@router.get(
    "/subjects",
    summary="Say what figures are claimed of",
    response_model=None,
    responses=answers(listed(ref("Subject")), "Measures in places, those in most articles first."),
)
def subjects(room: RoomOf) -> Response:
    """Return what several figures are claimed of, with the lowest and the highest of them."""
    found = room.ask("subjects", lambda room: room.store.views.subjects(figures.LISTED))
    return JSONResponse([value_of(one) for one in found])


@router.get(
    "/claims",
    summary="Return the claims about one thing",
    response_model=None,
    responses=answers(
        shaped({"total": {"type": "integer"}, "claims": listed(CLAIM)}),
        "The newest claims by date; nothing is averaged.",
    ),
    openapi_extra={
        "parameters": [
            parameter("measure", "killed, wounded, displaced, money … It has to be given."),
            *(
                parameter(name, f"Only of that {name}.")
                for name in ("place", "cause", "unit", "article")
            ),
            parameter("since", "Not before that date."),
            parameter("until", "Not after that date."),
            parameter(
                "policy",
                "Which of several claims is gone by; by default none is preferred.",
                {"enum": [one for one in POLICIES if one]},
            ),
        ]
    },
)
def claims(request: Request, room: RoomOf) -> Response:
    """Return what numbers are claimed of one measure, each with its source and its kind."""
    with wrong_values():
        check_names(request.query_params, OF_CLAIMS)
    wanted = figures.wanted_of(request)
    if wanted is None:
        raise HTTPException(400, "name a measure: claims?measure=killed")
    found, total = figures.claims_wanted(room, wanted)
    chosen = {id(one) for one in figures.chosen_of(found, wanted.policy)}
    shown = [_claim(one, chosen=id(one) in chosen) for one in found]
    return JSONResponse({"total": total, "claims": shown})


def _claim(one: Claim, *, chosen: bool) -> Json:
    row, article = one.figure, one.line.article
    return {
        "figure_id": row.figure_id,
        "measure": row.measure,
        "low": row.low,
        "high": row.high,
        "approx": row.approx,
        "denied": row.denied,
        "unit": row.unit,
        "place": row.place.name if row.place else None,
        "words": article.cut(row.span),
        "first_day": one.when.days.first if one.when else None,
        "last_day": one.when.days.last if one.when else None,
        "by_publication": one.when.by_publication if one.when else None,
        "source": one.source,
        "source_kind": one.source_kind,
        "chosen": chosen,
        "article_id": article.article_id,
        "version": article.version,
        "title": article.title,
        "publisher": article.publisher,
        "link": link_of(article, row),
    }


@router.get(
    "/talks",
    summary="Return the talks between parties",
    response_model=None,
    responses=answers(TALKS, "Moves by date, each with the answers proposed to it."),
    openapi_extra={
        "parameters": [
            parameter("between", "Two parties or more: RUS,UKR. It has to be given."),
            parameter("since", "Not before that date."),
            parameter("until", "Not after that date."),
        ]
    },
)
def talks(request: Request, room: RoomOf) -> Response:
    """Return meetings, agreements, offers, conditions and demands, and what may answer them."""
    with wrong_values():
        check_names(request.query_params, OF_TALKS)
        asked = {name: request.query_params.get(name, "").strip() for name in OF_TALKS}
        found = room.hold(("talks", *asked.values()), lambda room: _talks(room, asked))
    items = [_item(one) for one in found.items]
    return JSONResponse({"read": found.read, "more": found.more, "moves": items})


def _talks(room: Room, asked: dict[str, str]) -> Talks:
    return room.store.views.talks(asked["between"], asked["since"] or None, asked["until"] or None)


def _item(one: Item) -> Json:
    found = [_answer(answer) for answer in one.answers]
    return _move(one.move) | {"told": one.told, "standing": one.standing, "answers": found}


def _answer(one: Answer) -> Json:
    return _move(one.move) | {
        "accepts": one.accepts,
        "score": one.score,
        "because": list(one.because),
    }


def _move(one: Move) -> Json:
    return {
        "kind": one.kind,
        "by": sorted(one.by),
        "to": sorted(one.to),
        "words": one.words,
        "date": one.date,
        "by_publication": one.by_publication,
        "row": one.row_kind,
        "row_id": one.row_id,
        "article_id": one.article_id,
        "version": one.version,
    }
