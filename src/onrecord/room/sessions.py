"""Who is at a browser: a signed cookie, whether it has given the password, and its form token."""

from __future__ import annotations

import hmac
import secrets
import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass

COOKIE = "onrecord_session"
LIFETIME = 12 * 60 * 60  # seconds that a password is good for
MOST_SIGNED_IN = 1_000  # browsers; the one that signed in first has to do so again
_LENGTH = 32  # of an id: bytes


@dataclass(frozen=True, slots=True)
class Session:
    """A browser."""

    session_id: str
    cookie: str  # the value of its cookie
    token: str  # what its forms must send, so that no other page can
    signed_in: bool
    is_new: bool  # it has no cookie yet


class Sessions:
    """The browsers that signed in; others are known by their cookie alone and take no room."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._key = secrets.token_bytes(_LENGTH)
        self._clock = clock
        self._until: OrderedDict[str, float] = OrderedDict()
        self._lock = threading.Lock()

    def of(self, cookie: str | None) -> Session:
        """Return the session of a cookie, a new one where it is none of ours."""
        session_id, _, signature = (cookie or "").partition(".")
        if cookie and hmac.compare_digest(signature.encode(), self._sign(session_id).encode()):
            return self._session(session_id, is_new=False)
        return self._session(secrets.token_urlsafe(_LENGTH), is_new=True)

    def sign_in(self) -> Session:
        """Return a new session that is signed in; its id was never sent before."""
        session_id = secrets.token_urlsafe(_LENGTH)
        with self._lock:
            self._until[session_id] = self._clock() + LIFETIME
            while len(self._until) > MOST_SIGNED_IN:
                self._until.popitem(last=False)
        return self._session(session_id, is_new=True)

    def sign_out(self, session: Session) -> None:
        """Forget a session."""
        with self._lock:
            self._until.pop(session.session_id, None)

    def _session(self, session_id: str, *, is_new: bool) -> Session:
        return Session(
            session_id=session_id,
            cookie=f"{session_id}.{self._sign(session_id)}",
            token=self._sign(f"form:{session_id}"),
            signed_in=self._is_signed_in(session_id),
            is_new=is_new,
        )

    def _is_signed_in(self, session_id: str) -> bool:
        with self._lock:
            return self._until.get(session_id, 0.0) > self._clock()

    def _sign(self, value: str) -> str:
        return hmac.new(self._key, value.encode("utf-8", "surrogatepass"), "sha256").hexdigest()
