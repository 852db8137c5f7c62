"""An opened store: its connections, and what to say when one fails.

There are two kinds of place: a file (`onrecord.store.files`, SQLite) and a database on a server
(`onrecord.store.servers`, PostgreSQL). Where they differ otherwise is in `fts5` and `tsvector`, for
search, and in `bulk`, for writing many lines.
"""

from __future__ import annotations

import json
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from functools import wraps
from typing import ParamSpec, TypeVar

from sqlalchemy import Connection, Engine

from onrecord.errors import StoreError

P = ParamSpec("P")
T = TypeVar("T")

BUSY_SECONDS = 30.0
"""How long to wait for another process that is writing, in seconds."""


class LostConnectionError(StoreError):
    """A server that was there, and is not now."""


def taken_up_again(method: Callable[P, T]) -> Callable[P, T]:
    """Return a method that is run once more when its connection was lost; twice must do no harm."""

    @wraps(method)
    def run(*args: P.args, **named: P.kwargs) -> T:
        try:
            return method(*args, **named)
        except LostConnectionError:
            return method(*args, **named)

    return run


class Opened(ABC):
    """A place with a store, or where one is to be made, ready for queries."""

    made_whole: bool
    """Whether a new store gets its tables as they are now, not as each revision left them."""

    errors: tuple[type[Exception], ...]
    """What a database that fails raises."""

    def __init__(self, place: str, engine: Engine, refusal: str | None) -> None:
        self.place = place
        """The file, or the server's URL without its password, as messages name it."""
        self.engine = engine
        self.refusal = refusal
        """Why nothing can be written and what to do about it; None where it can."""

    @abstractmethod
    def reading(self) -> AbstractContextManager[Connection]:
        """Return a connection that sees the store as it is now, until the block ends."""

    @abstractmethod
    def writing(self) -> AbstractContextManager[Connection]:
        """Begin a transaction, the only one that writes; it is undone when the block raises."""

    @abstractmethod
    def reason(self, error: Exception) -> str | None:
        """Return what went wrong and what to do about it, after the place's name; None: a bug."""

    @abstractmethod
    def prepare(self) -> None:
        """Make the place ready for several processes, where that has to be done once."""

    @abstractmethod
    def back_up(self, revision: str) -> None:
        """Keep a store as it is before it is brought up to date."""

    @abstractmethod
    def shrink(self) -> None:
        """Give back the room that moving the rows left empty."""

    @abstractmethod
    def is_lost(self, error: Exception) -> bool:
        """Whether what failed is the connection, so that another one may do."""


@contextmanager
def explained(opened: Opened) -> Iterator[None]:
    """Turn a failure of the database that a user can mend into a `StoreError` that says how."""
    try:
        yield
    except UnicodeEncodeError as error:
        raise StoreError(
            f"{opened.place}: a row has half a character in {error.object!r} that no store can "
            f"keep; nothing was stored: read the article again"
        ) from error
    except opened.errors as error:
        reason = opened.reason(error)
        if reason is None:
            raise
        kind = LostConnectionError if opened.is_lost(error) else StoreError
        raise kind(f"{opened.place} {reason}") from error


def without_blanks(value: object) -> str:
    """Return a value as JSON as short as it gets; lists in columns are searched in that form."""
    return json.dumps(value, separators=(",", ":"))
