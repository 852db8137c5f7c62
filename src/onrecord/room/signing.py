"""Who decides about rows at a browser: a name, kept in a cookie as long as a session lasts."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import quote, unquote

from fastapi import Request
from fastapi.responses import Response

from onrecord.room.sessions import LIFETIME

COOKIE = "onrecord_reviewer"
LONGEST_NAME = 100  # characters
LONGEST_REASON = 2_000


def reviewer_of(request: Request) -> str:
    """Return the name that was given at this browser, "" for none yet."""
    name = unquote(request.cookies.get(COOKIE, ""))
    return name if _is_name(name) else ""


def signature(request: Request, form: Mapping[str, object]) -> tuple[str, str | None]:
    """Return who decides and why, of a form or, where it leaves the name out, of the browser.

    Raises:
        ValueError: There is no name, or either is too long.
    """
    name = " ".join(str(form.get("by", "")).split()) or reviewer_of(request)
    why = str(form.get("why", "")).strip()
    if not _is_name(name):
        raise ValueError(f"say who decides: a name, of at most {LONGEST_NAME} characters")
    if len(why) > LONGEST_REASON:
        raise ValueError(f"a reason has at most {LONGEST_REASON:,} characters")
    return name, why or None


def remember(request: Request, response: Response, name: str) -> None:
    """Let a browser keep the name of who decides."""
    response.set_cookie(
        COOKIE,
        quote(name, safe=""),
        max_age=LIFETIME,
        httponly=True,
        samesite="strict",
        secure=request.url.scheme == "https",
    )


def _is_name(name: str) -> bool:
    return bool(name) and len(name) <= LONGEST_NAME and name.isprintable()
