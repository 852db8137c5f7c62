"""Giving the password, and leaving."""

from __future__ import annotations

import logging
import math

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import RedirectResponse, Response

from onrecord.room.passwords import is_right
from onrecord.room.rendering import own_path, page, set_cookie
from onrecord.room.sessions import COOKIE
from onrecord.room.state import RoomOf

router = APIRouter()
log = logging.getLogger(__name__)

LONGEST = 1024  # characters of a password


@router.get("/login")
def ask(request: Request, room: RoomOf, next: str = "/") -> Response:
    """Return the page that asks for the password."""
    if room.settings.password is None or request.state.session.signed_in:
        return RedirectResponse(own_path(next), 303)
    return page(request, room, "login.html", next=own_path(next), wrong=False)


@router.post("/login")
def sign_in(request: Request, room: RoomOf) -> Response:
    """Let a browser in that gives the password."""
    form = request.state.form
    given, onward = str(form.get("password", "")), own_path(str(form.get("next", "/")))
    if room.settings.password is None:
        return RedirectResponse("/", 303)
    address = request.client.host if request.client else ""
    if wait := room.attempts.wait_for(address):
        log.warning("refused: too many wrong passwords from %s", address)
        raise HTTPException(429, headers={"retry-after": str(math.ceil(wait))})
    if len(given) > LONGEST or not is_right(given, room.settings.password):
        log.warning("refused: a wrong password from %s", address)
        return page(request, room, "login.html", status=403, next=onward, wrong=True)
    room.attempts.forgive(address)
    response = RedirectResponse(onward, 303)
    set_cookie(request, response, room.sessions.sign_in())
    return response


@router.post("/logout")
def sign_out(request: Request, room: RoomOf) -> Response:
    """Forget a browser."""
    room.sessions.sign_out(request.state.session)
    response = RedirectResponse("/", 303)
    response.delete_cookie(COOKIE)
    return response
