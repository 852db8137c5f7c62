"""Saved searches: the tables that `onrecord watch` takes, kept beside the store."""

from __future__ import annotations

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import RedirectResponse, Response

from onrecord.records import KINDS
from onrecord.room.asking import Asked, asked_of
from onrecord.room.rendering import page
from onrecord.room.state import Room, RoomOf
from onrecord.room.wording import value_words
from onrecord.watching.searches import SavedSearch, read_searches, toml_of, write_searches

router = APIRouter()

LONGEST_NAME = 100  # characters
MOST = 500  # searches


@router.get("/saved")
def saved(request: Request, room: RoomOf) -> Response:
    """Return the page of the saved searches."""
    searches = _read(room)
    shown = [(one, Asked(kind=one.kind, values=one.values)) for one in searches]
    return page(
        request, room, "saved.html", shown=shown, toml=toml_of(searches), value_words=value_words
    )


@router.get("/saved/new")
def name_it(request: Request, room: RoomOf) -> Response:
    """Return the page that asks for a search's name."""
    return page(request, room, "save.html", asked=_asked(request), value_words=value_words)


@router.get("/saved.toml")
def take(room: RoomOf) -> Response:
    """Return the saved searches as a file that `onrecord watch` takes the tables of."""
    return Response(
        toml_of(_read(room)),
        media_type="application/toml",
        headers={"content-disposition": 'attachment; filename="searches.toml"'},
    )


@router.post("/saved")
def save(request: Request, room: RoomOf) -> Response:
    """Save the search of the address under the name in the form."""
    asked = _asked(request)
    name = " ".join(str(request.state.form.get("name", "")).split())
    if not name or len(name) > LONGEST_NAME or not name.isprintable():
        raise HTTPException(400, f"a search needs a name, of at most {LONGEST_NAME} characters")
    if asked.kind not in KINDS:
        raise HTTPException(400, "only searches for rows can be watched, not for articles")
    kept = [one for one in _read(room) if one.name != name]
    if len(kept) >= MOST:
        raise HTTPException(400, f"there are {MOST} saved searches; remove some")
    values = {key: str(value) for key, value in asked.values.items()}
    _write(room, [*kept, SavedSearch(name, asked.kind, values)])
    return RedirectResponse("/saved", 303)


@router.post("/saved/remove")
def remove(request: Request, room: RoomOf) -> Response:
    """Remove the search named in the form."""
    name = str(request.state.form.get("name", ""))
    _write(room, [one for one in _read(room) if one.name != name])
    return RedirectResponse("/saved", 303)


def _asked(request: Request) -> Asked:
    try:
        asked = asked_of(request.query_params)
        asked.filters()
    except ValueError as error:
        raise HTTPException(400, str(error)) from error
    return asked


def _read(room: Room) -> list[SavedSearch]:
    path = room.settings.searches
    return read_searches(path) if path is not None else []


def _write(room: Room, searches: list[SavedSearch]) -> None:
    if room.settings.searches is None:
        raise HTTPException(403, "there is no file to save searches in")
    write_searches(room.settings.searches, searches)
