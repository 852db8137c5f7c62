"""Who is in the store, and what is on record of each."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import Response

from onrecord.room.rendering import page
from onrecord.room.state import Room, RoomOf
from onrecord.store import Identity

router = APIRouter()

LISTED = 100


@router.get("/actors")
def actors(request: Request, room: RoomOf, name: str = "", country: str = "") -> Response:
    """Return those in most articles, or those with a name."""
    asked = (name.strip(), country.strip().upper())

    def found(room: Room) -> tuple[Identity, ...]:
        return room.store.identities(asked[0] or None, country=asked[1] or None, limit=LISTED)

    people = room.ask(("actors", *asked), found)
    return page(request, room, "actors.html", people=people, name=asked[0], country=asked[1])
