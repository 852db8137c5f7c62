"""Giving the password, and leaving."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from onrecord.room.letting import is_password
from onrecord.room.rendering import own_path, page, set_cookie
from onrecord.room.sessions import COOKIE
from onrecord.room.signing import COOKIE as REVIEWER
from onrecord.room.state import RoomOf

router = APIRouter()


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
    if not is_password(request, room, given):
        return page(request, room, "login.html", status=403, next=onward, wrong=True)
    response = RedirectResponse(onward, 303)
    set_cookie(request, response, room.sessions.sign_in())
    return response


@router.post("/logout")
def sign_out(request: Request, room: RoomOf) -> Response:
    """Forget a browser."""
    room.sessions.sign_out(request.state.session)
    response = RedirectResponse("/", 303)
    response.delete_cookie(COOKIE)
    response.delete_cookie(REVIEWER)
    return response
