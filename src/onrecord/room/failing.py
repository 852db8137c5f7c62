"""Pages for what goes wrong: what happened, and what to do next."""

from __future__ import annotations

import logging
from urllib.parse import quote

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import RedirectResponse, Response
from starlette.exceptions import HTTPException

from onrecord.errors import OnrecordError
from onrecord.room.guarding import SignInNeededError
from onrecord.room.rendering import page
from onrecord.room.sessions import COOKIE
from onrecord.room.state import Room

log = logging.getLogger(__name__)

WORDS = {
    400: ("This address asks for something that does not go together", "Mend it, or search anew."),
    403: (
        "This was not done",
        "Go back, load the page again and try once more: it may have been open for too long.",
    ),
    404: ("There is no such page", "The store may have changed since the link was made; search."),
    405: ("This address takes no such request", "Go to the overview."),
    413: ("That is more than this page takes", "Send less."),
    429: ("Too many wrong passwords", "Wait a minute, then try again."),
    500: ("Something went wrong here", "The reason is in the log of the program that serves this."),
}


def add_failures(app: FastAPI) -> None:
    """Give an application its pages for what goes wrong."""
    app.add_exception_handler(SignInNeededError, _to_login)
    app.add_exception_handler(HTTPException, _refused)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(OnrecordError, _unmet)
    app.add_exception_handler(Exception, _broken)


def failure(request: Request, status: int, detail: str | None = None) -> Response:
    """Return the page for what went wrong."""
    room: Room = request.app.state.room
    if not hasattr(request.state, "session"):
        request.state.session = room.sessions.of(request.cookies.get(COOKIE))
    heading, advice = WORDS.get(status, WORDS[500 if status >= 500 else 400])
    return page(
        request, room, "failure.html", status=status, heading=heading, advice=advice, detail=detail
    )


def _to_login(request: Request, error: Exception) -> Response:
    if request.method != "GET" or request.url.path.startswith("/data/"):
        return failure(request, 403, "sign in first")
    asked = request.url.path + (f"?{request.url.query}" if request.url.query else "")
    return RedirectResponse(f"/login?next={quote(asked, safe='')}", 303)


def _refused(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    usual = error.detail in ("Not Found", "Method Not Allowed", "Request Entity Too Large")
    response = failure(request, error.status_code, None if usual else error.detail)
    response.headers.update(error.headers or {})
    return response


def _invalid(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    names = ", ".join(str(one["loc"][-1]) for one in error.errors())
    return failure(request, 400, f"not understood: {names}")


def _unmet(request: Request, error: Exception) -> Response:
    log.info("%s: %s", request.url.path, error)
    return failure(request, 404, str(error))


def _broken(request: Request, error: Exception) -> Response:
    log.error("%s failed", request.url.path, exc_info=error)
    return failure(request, 500)
