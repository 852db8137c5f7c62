"""Who is in the store, and what is on record of each."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import RedirectResponse, Response

from onrecord.room.excerpting import Line, lines_of
from onrecord.room.rendering import page, url
from onrecord.room.state import Room, RoomOf
from onrecord.store import Filters, Identity, Slice

router = APIRouter()

_ID = re.compile(r"[0-9a-f]{16}")
LISTED = 100
SHOWN = 5  # rows of each part
_BODIES = ("igo", "bloc", "armed_group")


@dataclass(frozen=True, slots=True)
class Part:
    """Rows of one kind that an actor has to do with."""

    key: str
    label: str
    lines: list[Line]
    total: int
    url: str  # of all of them; "" for no such page


PARTS = (
    ("said", "What they said", "statements", "speaker"),
    ("did", "What they did", "events", "actor"),
    ("suffered", "What was done to them", "events", "recipient"),
    ("demanded", "What they demand", "demands", "actor"),
    ("asked", "What is demanded of them", "demands", "recipient"),
    ("conditions", "Conditions they set", "conditions", "actor"),
    ("words", "The words they use", "terms", "actor"),
    ("caused", "Figures they are said to have caused", "figures", "actor"),
)
"""The parts of the page: a key, the label, the kind of row and the filter that the actor is."""


@router.get("/actors")
def actors(request: Request, room: RoomOf, name: str = "", country: str = "") -> Response:
    """Return those in most articles, unnamed groups left out; or all with a name."""
    asked = (name.strip(), country.strip().upper())
    people = _people(room, *asked)
    return page(request, room, "actors.html", people=people, name=asked[0], country=asked[1])


def prepare(room: Room) -> None:
    """Have names at hand, and ask who is in most articles: no reader need wait for that."""
    room.store.views.hold_names()
    _people(room, "", "")


def _people(room: Room, name: str, country: str) -> list[Identity]:
    def found(room: Room) -> list[Identity]:
        most = LISTED if name else 3 * LISTED
        people = room.store.identities(name or None, country=country or None, limit=most)
        return [one for one in people if name or one.kind != "group"][:LISTED]

    return room.ask(("actors", name, country), found)


@router.get("/actors/{ref}")
def actor(request: Request, room: RoomOf, ref: str) -> Response:
    """Return what is on record of one; a name, or an id that is no longer theirs, leads there."""
    if not ref.strip():
        raise HTTPException(404, "name an actor")
    if not _ID.fullmatch(ref) and len(room.store.identities(ref, limit=2)) > 1:
        return RedirectResponse(url("/actors", name=ref), 303)
    identity = room.ask(("identity", ref), lambda room: room.store.identity(ref))
    if identity.identity_id != ref:
        return RedirectResponse(f"/actors/{identity.identity_id}", 303)
    return page(
        request,
        room,
        "actor.html",
        actor=identity,
        names=room.ask(("names", ref), lambda room: room.store.views.names_of(ref)),
        offices=room.ask(("offices", ref), lambda room: room.store.views.offices_of(ref)),
        parts=room.ask(("parts", ref), lambda room: _parts(room, identity)),
        namesakes=room.ask(("namesakes", ref), lambda room: _namesakes(room, identity)),
        party=_party(identity),
    )


def _party(identity: Identity) -> str | None:
    """Return by what somebody is a party to talks, None for who is none."""
    if identity.kind in ("state", "government") and identity.country:
        return identity.country
    return identity.name if identity.kind in _BODIES and "," not in identity.name else None


def _parts(room: Room, identity: Identity) -> list[Part]:
    found = [_part(room, identity, *one) for one in PARTS]
    of_them = lines_of("statements", room.store.views.said_of(identity.identity_id, SHOWN), None)
    found.insert(1, Part("said-of", "What others say of them", of_them, len(of_them), ""))
    return [one for one in found if one.total]


def _part(room: Room, identity: Identity, *asked: str) -> Part:
    key, label, kind, name = asked
    wanted: dict[str, Any] = {name: identity.identity_id}
    rows = room.store.views.page(kind, Filters(**wanted), Slice(size=SHOWN))
    address = url("/search", kind=kind, **{name: identity.identity_id})
    return Part(key, label, lines_of(kind, rows.selections, None), rows.total, address)


def _namesakes(room: Room, identity: Identity) -> list[Identity]:
    """Return others who go by the same name, or the same surname."""
    words = identity.name.split()
    name = words[-1] if identity.kind == "person" else identity.name
    if not any(map(str.isalnum, name)):
        return []
    found = room.store.identities(name, limit=LISTED)
    return [one for one in found if one.identity_id != identity.identity_id]
