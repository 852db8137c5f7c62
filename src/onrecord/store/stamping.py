"""What tells whether a store has changed, so that answers can be kept."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from time import monotonic_ns

from sqlalchemy import Connection, func, select

from onrecord.store.schema import article, correction, decision, printing, relinking

_JUST_NOW = timedelta(seconds=2)  # in which an article may be stored again with the same time


def stamp_of(connection: Connection) -> str:
    """Return what is another after each change to articles, decisions, reviews or happenings."""
    numbered = (printing, decision, correction, relinking)
    latest = (article.c.stored_at, *(table.c.number for table in numbered))
    last = (select(func.max(column)).scalar_subquery() for column in latest)  # each by an index
    stored_at, *numbers = connection.execute(select(*last)).one()
    since = (datetime.now(UTC) - _JUST_NOW).isoformat(timespec="seconds")
    changing = monotonic_ns() if stored_at is not None and stored_at >= since else None
    return " ".join(map(str, (stored_at, *numbers, changing)))
