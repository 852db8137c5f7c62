"""A telling has the countries of its two sides apart, and whether it is the only one."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from operator import itemgetter
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027"

_AT_ONCE = 1_000  # articles

_PARTIES = sa.text(
    "SELECT t.number, t.event_id, e.symmetric, substr(p.role, 1, 1) AS role, a.country"
    " FROM telling t JOIN event e ON e.number = t.number AND e.position = t.event_id"
    " JOIN participant p ON p.number = t.number AND p.event_id = t.event_id"
    " JOIN actor a ON a.number = p.number AND a.position = p.actor_id"
    " WHERE t.countries IS NOT NULL AND a.country IS NOT NULL"
    " AND t.number > :after AND t.number <= :last ORDER BY t.number, t.event_id"
)
_KEEP = sa.text(
    "UPDATE telling SET countries = :countries WHERE number = :number AND event_id = :event_id"
)


def upgrade() -> None:
    """Write the countries of those tellings anew that have several, and which tell alone."""
    op.drop_index("ix_telling_countries", "telling")
    op.add_column(
        "telling", sa.Column("once", sa.Boolean(), nullable=False, server_default=sa.false())
    )
    _write_countries(op.get_bind())
    told = sa.table("telling", sa.column("happening_id"), sa.column("once", sa.Boolean()))
    alone = sa.select(told.c.happening_id).group_by(told.c.happening_id)
    alone = alone.having(sa.func.count() == 1)
    op.execute(sa.update(told).where(told.c.happening_id.in_(alone)).values(once=sa.true()))
    where = sa.text("countries IS NOT NULL")
    op.create_index(
        "ix_telling_countries",
        "telling",
        ["countries", "once"],
        sqlite_where=where,
        postgresql_where=where,
    )


def _write_countries(bind: sa.Connection) -> None:
    last = bind.scalar(sa.text("SELECT max(number) FROM telling")) or 0
    for after in range(0, last, _AT_ONCE):
        told = bind.execute(_PARTIES, {"after": after, "last": after + _AT_ONCE}).all()
        lines = [
            {"number": number, "event_id": event_id, "countries": _countries(list(parties))}
            for (number, event_id), parties in groupby(told, key=itemgetter(0, 1))
        ]
        if lines:
            bind.execute(_KEEP, lines)


def _countries(parties: Sequence[sa.Row[Any]]) -> str | None:
    actors, recipients = ({one.country for one in parties if one.role == role} for role in "ar")
    everyone = actors | recipients
    if len(everyone) < 2:
        return None
    if parties[0].symmetric:
        return "=".join(sorted(everyone))
    sides = (" ".join(sorted(side)) for side in (actors, recipients))
    return ">".join(sides) if actors and recipients else None
