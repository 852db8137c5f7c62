"""What every address for programs asks first: is the program, or the browser, let in."""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends, HTTPException, Request
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

from onrecord.room.guarding import SAFE, TOKEN_HEADER, check_is_ours, check_token
from onrecord.room.letting import is_password
from onrecord.room.sessions import COOKIE
from onrecord.room.state import Room, RoomOf

BEARER = HTTPBearer(
    auto_error=False,
    scheme_name="password",
    description="The room's password, where it has one: that of --password-file or --token.",
)


def gate(
    request: Request,
    room: RoomOf,
    bearer: Annotated[HTTPAuthorizationCredentials | None, Depends(BEARER)],
) -> None:
    """Let a request through to its route.

    A program sends the room's password with each request. A browser that is signed in may read;
    what it sends needs its form's token, since another site's page could make it send something.

    Raises:
        HTTPException: The password is missing or wrong, or it comes from another site's page.
    """
    request.state.session = room.sessions.of(request.cookies.get(COOKIE))
    if request.method not in SAFE:
        check_is_ours(request)
    if room.settings.password is None:
        return
    if bearer is not None:
        _check_password(request, room, bearer.credentials)
    elif not request.state.session.signed_in:
        raise HTTPException(401, "this room asks for a password")
    elif request.method not in SAFE:
        check_token(request, request.headers.get(TOKEN_HEADER))


def _check_password(request: Request, room: Room, given: str) -> None:
    if room.known.has(given):
        return
    if not is_password(request, room, given):
        raise HTTPException(401, "that is not this room's password")
    room.known.add(given)
