"""What stands around every request: whose host it names, how much it sends, what may be loaded."""

from __future__ import annotations

import json
import logging
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any, TypeAlias
from urllib.parse import urlsplit

from fastapi import HTTPException

from onrecord.room.choices import RoomSettings, is_loopback
from onrecord.room.problems import PROBLEM, problem

Message: TypeAlias = MutableMapping[str, Any]
Receive: TypeAlias = Callable[[], Awaitable[Message]]
Send: TypeAlias = Callable[[Message], Awaitable[None]]
App: TypeAlias = Callable[[Message, Receive, Send], Awaitable[None]]

log = logging.getLogger(__name__)

PLOT_STYLES = ("sha256-SgjNc3K/dJOn/wGF4KRGlSlGurHOsncfKxd6/DWDch4=",)
"""What Observable Plot writes into a picture whose className is "drawn", in the packed version."""

POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self' " + " ".join(f"'{one}'" for one in PLOT_STYLES),
        "img-src 'self' data:",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
HEADERS = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
}
PAGES_CACHED = "private, no-cache"
FILES_CACHED = "public, max-age=31536000, immutable"  # their addresses change with the version
MOST_PASSED = 8 * 1024 * 1024  # bytes of a request that is too large
STATIC = "/static/"
API = "/api/"
NAMES_OF_HOME = {"localhost", "127.0.0.1", "::1"}


class Shield:
    """An application with its headers, and without what is not meant for it."""

    def __init__(self, app: App, settings: RoomSettings) -> None:
        self._app = app
        self._largest = settings.largest_body
        # On loopback, a page of another site could be led here by its own name (DNS rebinding).
        at_home = is_loopback(settings.host)
        self._hosts = NAMES_OF_HOME | {settings.host} if at_home else None

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        """Pass a request on, or refuse it."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = {
            name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]
        }
        guarded = _with_headers(scope["path"], send)
        if self._hosts is not None and _host(headers.get("host", "")) not in self._hosts:
            log.warning("refused: %s is not the name of this host", headers.get("host"))
            await _refuse(guarded, scope["path"], 421, "This address leads to another host.")
        elif _length(headers.get("content-length", "0")) > self._largest:
            log.warning("refused: %s sends too much", scope["path"])
            await _let_pass(receive)
            await _refuse(guarded, scope["path"], 413, "That is more than this address takes.")
        else:
            await self._app(scope, _limited(receive, self._largest), guarded)


async def _let_pass(receive: Receive) -> None:
    """Read what a request sends, so that its sender hears the answer; not without end."""
    taken = 0
    while taken < MOST_PASSED:
        message = await receive()
        taken += len(message.get("body", b""))
        if not message.get("more_body", False):
            return


def _host(value: str) -> str:
    try:
        return urlsplit(f"//{value}").hostname or ""
    except ValueError:
        return ""


def _length(value: str) -> float:
    return int(value) if value.isdecimal() else float("inf")


def _limited(receive: Receive, largest: int) -> Receive:
    taken = 0

    async def counted() -> Message:
        nonlocal taken
        message = await receive()
        taken += len(message.get("body", b""))
        if taken > largest:
            log.warning("refused: a request without a length sends too much")
            raise HTTPException(413)
        return message

    return counted


def _with_headers(path: str, send: Send) -> Send:
    cached = FILES_CACHED if path.startswith(STATIC) else PAGES_CACHED

    async def guarded(message: Message) -> None:
        if message["type"] == "http.response.start":
            keep = PAGES_CACHED if message["status"] >= 400 else cached
            added = HEADERS | {"cache-control": keep}
            kept = [pair for pair in message.get("headers", ()) if pair[0].decode() not in added]
            own = [(name.encode(), value.encode()) for name, value in added.items()]
            message = {**message, "headers": [*kept, *own]}
        await send(message)

    return guarded


async def _refuse(send: Send, path: str, status: int, words: str) -> None:
    for_programs = path.startswith(API)
    body = json.dumps(problem(status, words)).encode() if for_programs else words.encode()
    content = PROBLEM if for_programs else "text/plain; charset=utf-8"
    headers = [
        (b"content-type", content.encode()),
        (b"content-length", str(len(body)).encode()),
        (b"connection", b"close"),
    ]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
