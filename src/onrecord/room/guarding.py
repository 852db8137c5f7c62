"""What every route asks first: is the browser let in, and does a form come from a page of ours."""

from __future__ import annotations

import hmac
import logging
from urllib.parse import urlsplit

from fastapi import HTTPException, Request

from onrecord.room.sessions import COOKIE, Session
from onrecord.room.state import RoomOf

log = logging.getLogger(__name__)

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
OPEN = frozenset({"/login", "/logout"})  # without a password, and where nothing can be changed
TOKEN_FIELD = "token"
TOKEN_HEADER = "x-form-token"


class SignInNeededError(Exception):
    """A page was asked for by a browser that has not given the password."""


async def guard(request: Request, room: RoomOf) -> None:
    """Let a request through to its route, with its `session` and `form` in `request.state`.

    Raises:
        SignInNeededError: The password has to be given first.
        HTTPException: It would change something and may not, or comes from another site's page.
    """
    session = room.sessions.of(request.cookies.get(COOKIE))
    request.state.session = session
    path = request.url.path
    if room.settings.password is not None and not session.signed_in and path not in OPEN:
        raise SignInNeededError
    if request.method in SAFE:
        return
    request.state.form = form = await request.form()
    check_is_ours(request)
    check_token(request, form.get(TOKEN_FIELD, request.headers.get(TOKEN_HEADER)))
    if room.settings.read_only and path not in OPEN:
        _refuse(request, "the room is read-only")


def check_is_ours(request: Request) -> None:
    """Refuse what a page of another site sends.

    Raises:
        HTTPException: It is from one.
    """
    if not _is_ours(request):
        _refuse(request, "it comes from another site")


def check_token(request: Request, sent: object) -> None:
    """Refuse what is sent without the token of its session, which only pages of ours know.

    Raises:
        HTTPException: The token is missing, or another.
    """
    session: Session = request.state.session
    if not isinstance(sent, str) or not _same(sent, session.token):
        _refuse(request, "its token is missing or wrong")


def _is_ours(request: Request) -> bool:
    """Whether a form was sent by a page of this host; old browsers do not say."""
    if request.headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
        return False
    origin = request.headers.get("origin")
    return origin is None or urlsplit(origin).netloc == request.headers.get("host")


def _same(one: str, other: str) -> bool:
    return hmac.compare_digest(one.encode("utf-8", "surrogatepass"), other.encode())


def _refuse(request: Request, why: str) -> None:
    log.warning("refused: %s %s, since %s", request.method, request.url.path, why)
    raise HTTPException(403, why)
