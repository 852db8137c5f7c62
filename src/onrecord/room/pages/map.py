"""The map: how many events or figures are set in each place."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import Response

from onrecord.codebook.country_codes import load_country_codes
from onrecord.report.wording import country_words
from onrecord.room.asking import Asked, asked_of
from onrecord.room.rendering import page
from onrecord.room.state import Room, RoomOf
from onrecord.store import Placed, Spot

router = APIRouter()

KINDS = ("events", "figures")
PRECISIONS = {
    "town": "the place itself",
    "country": "somewhere in the country",
    "unknown": "not on the map",
}
LISTED = 150  # places


@router.get("/map")
def map_(request: Request, room: RoomOf) -> Response:
    """Return the places of the events or figures asked for, drawn and listed."""
    asked = _asked(request)
    found = _placed(room, asked)
    return page(
        request,
        room,
        "map.html",
        asked=asked,
        found=found,
        kinds=KINDS,
        spots=found.spots[:LISTED],
        label=_label,
        precisions=PRECISIONS,
    )


@router.get("/data/map")
def map_drawn(request: Request, room: RoomOf) -> dict[str, Any]:
    """Return the towns to draw as dots, and the countries of which no more is known."""
    asked = _asked(request)
    found = _placed(room, asked)
    drawn = [one for one in found.spots if one.precision != "unknown"]
    return {
        "kind": asked.kind,
        "towns": [_drawn(asked, one) for one in drawn if one.precision == "town"],
        "countries": [_drawn(asked, one) for one in drawn if one.precision == "country"],
    }


def _asked(request: Request) -> Asked:
    params = dict(request.query_params)
    params["kind"] = params.get("kind") or "events"
    try:
        asked = asked_of(params)
        if asked.kind not in KINDS:
            raise ValueError(f"kind must be one of {', '.join(KINDS)}, got {asked.kind!r}")
    except ValueError as error:
        raise HTTPException(400, str(error)) from error
    return replace(asked, number=1)


def _placed(room: Room, asked: Asked) -> Placed:
    try:
        filters = asked.filters()
        return room.ask(
            ("placed", asked.kind, filters),
            lambda room: room.store.views.placed(asked.kind, filters),
        )
    except ValueError as error:
        raise HTTPException(400, str(error)) from error


def prepare(room: Room) -> None:
    """Ask where all events are set, so that the first reader need not wait for it."""
    _placed(room, asked_of({"kind": KINDS[0]}))


def _label(spot: Spot) -> str:
    """Return what a place is called; of a country of which no more is known, the country."""
    if spot.precision == "country":
        return country_words(spot.country) or spot.names[0]
    return spot.names[0]


def _drawn(asked: Asked, spot: Spot) -> dict[str, Any]:
    codes = load_country_codes().get(spot.country) if spot.country else None
    number = codes.numeric if codes else None
    return {
        "name": _label(spot),
        "country": country_words(spot.country),
        "shape": f"{number:03}" if number is not None else None,
        "lat": spot.lat,
        "lon": spot.lon,
        "rows": spot.rows,
        "url": _url(asked, spot),
    }


def _url(asked: Asked, spot: Spot) -> str:
    """Return where a mark leads: to the search of its place; of a country, to its names."""
    if spot.precision == "country" and len(spot.names) > 1:
        return f"#in-{spot.country}"
    return asked.url(place=spot.names[0])
