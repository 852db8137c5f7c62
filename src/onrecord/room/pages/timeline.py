"""The timeline: events by when they happened, or by when they were told, in lanes."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import Response

from onrecord.records import Event
from onrecord.room.asking import Asked, asked_of
from onrecord.room.excerpting import lines_of
from onrecord.room.lanes import CLOCKS, LANES, STANDINGS, Clock, Lanes, lanes_of, marks_of
from onrecord.room.rendering import page
from onrecord.room.state import Room, RoomOf
from onrecord.store import RowPage, Slice

router = APIRouter()

MOST_DRAWN = 300  # events, those told last


@dataclass(frozen=True, slots=True)
class Drawing:
    """What is to be drawn, as the address has it."""

    asked: Asked
    clock: Clock
    lanes: Lanes

    def url(self, path: str = "/timeline", **changes: str | None) -> str:
        """Return the address of this with some values changed."""
        given: dict[str, str | None] = {
            "clock": self.clock if self.clock != "happened" else None,
            "lanes": self.lanes if self.lanes != "actor" else None,
            "kind": None,
        }
        return self.asked.url(path, **(given | changes))


@router.get("/timeline")
def timeline(request: Request, room: RoomOf) -> Response:
    """Return the events asked for, drawn and listed."""
    drawing = _drawing(request)
    found = _found(room, drawing)
    lines = lines_of("events", found.selections, drawing.asked.values.get("text"))
    return page(
        request,
        room,
        "timeline.html",
        drawing=drawing,
        asked=drawing.asked,
        lines=lines,
        total=found.total,
        clocks=CLOCKS,
        lanes=LANES,
    )


@router.get("/data/timeline")
def timeline_drawn(request: Request, room: RoomOf) -> dict[str, Any]:
    """Return the marks and the lanes they are in."""
    drawing = _drawing(request)
    found = _found(room, drawing)
    identities = _identities(room, drawing, found)
    marks = marks_of(found.selections, drawing.clock, drawing.lanes, identities)
    return {
        "clock": CLOCKS[drawing.clock],
        "lanes": lanes_of(marks),
        "undated": sum(len(one.rows) for one in found.selections)
        - len({one.row_id for one in marks}),
        "standings": STANDINGS,
        "marks": [
            {
                "lane": one.lane,
                "row": one.row_id,
                "first": one.when.days.first,
                "last": one.when.days.last,
                "when": one.when.words,
                "published": one.when.by_publication and drawing.clock == "happened",
                "standing": one.standing,
                "words": one.words,
                "url": one.url,
            }
            for one in marks
        ],
    }


def _drawing(request: Request) -> Drawing:
    params = dict(request.query_params)
    clock, lanes = params.get("clock") or "happened", params.get("lanes") or "actor"
    try:
        if clock not in CLOCKS or lanes not in LANES:
            raise ValueError(
                f"clock must be one of {', '.join(CLOCKS)} and lanes of {', '.join(LANES)}, "
                f"got {clock!r} and {lanes!r}"
            )
        asked = asked_of(params | {"kind": "events"})
    except ValueError as error:
        raise HTTPException(400, str(error)) from error
    return Drawing(replace(asked, number=1), clock, lanes)  # type: ignore[arg-type]


def _found(room: Room, drawing: Drawing) -> RowPage:
    try:
        filters = drawing.asked.filters()
        return room.hold(
            ("timeline", filters),  # the drawing asks again for its page's events
            lambda room: room.store.views.page("events", filters, Slice(size=MOST_DRAWN)),
        )
    except ValueError as error:
        raise HTTPException(400, str(error)) from error


def _identities(room: Room, drawing: Drawing, found: RowPage) -> dict[tuple[str, str], str]:
    """Return who the parties to events are; other actors are in no lane."""
    whose = [
        (one.record.article.article_id, party.actor_id)
        for one in found.selections
        for row in one.rows
        if isinstance(row, Event)
        for party in (*row.actors, *row.recipients)
        if party.actor_id is not None
    ]
    return room.hold(("parties", *whose), lambda room: room.store.views.identities_among(whose))
