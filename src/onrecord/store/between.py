"""Which tellings are of something between two countries, and what else tells of the same."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, FromClause, Select, func, or_, select

from onrecord.store.catalogue import among
from onrecord.store.finding import countries_took_part
from onrecord.store.ids import DUCKDB
from onrecord.store.retelling import is_told_by
from onrecord.store.schema import event, telling
from onrecord.store.sides import did_to

_KEY = (telling.c.number, telling.c.event_id)


@dataclass(frozen=True, slots=True)
class Between:
    """How to find what is told of two countries."""

    is_so: ColumnElement[bool]
    """Whether a telling is of something between them."""

    of_event: bool
    """Whether only its event says that, and the telling does not."""

    def once(self) -> FromClause:
        """Return the tellings that alone tell of something, where tellings say so."""
        return select(*_KEY).where(self.is_so, telling.c.once.is_(True)).offset(0).subquery("once")

    def often(self) -> FromClause:
        """Return all tellings of the other happenings that a telling of both countries is of.

        They come in the order in which articles are kept: what else is told of them is read from
        page to page then, and not from all over the store. (What only events say comes as it may:
        files have no pages.)
        """
        happenings = select(telling.c.happening_id).where(self.is_so)
        if self.of_event:
            happenings = happenings.join(event, is_told_by(telling))
            return _tellings_of(happenings).subquery("often")
        told = _tellings_of(happenings.where(telling.c.once.is_(False)))
        return told.order_by(*_KEY).offset(0).subquery("often")


def _tellings_of(happenings: Select[tuple[str]]) -> Select[Any]:
    query = select(*_KEY, telling.c.happening_id)
    return query.where(telling.c.happening_id.in_(happenings))


def between(connection: Connection, dyad: Sequence[str], *, directed: bool) -> Between:
    """Return how to find what is told of two countries, or of what the first did to the other."""
    one, other = dyad
    ways = [(one, other)] if directed else [(one, other), (other, one)]
    if connection.dialect.name == DUCKDB or one == other:  # of which tellings have no countries
        asked = ({"actor": actor, "recipient": recipient} for actor, recipient in ways)
        return Between(or_(*map(countries_took_part, asked)), of_event=True)
    found = (
        told
        for told in _countries_told(connection, dyad)
        if any(did_to(told, *way) for way in ways)
    )
    return Between(among(telling.c.countries, found), of_event=False)


def _countries_told(connection: Connection, some: Sequence[str]) -> Sequence[str]:
    """Return what tellings have of countries, with all of some in it; from one to the next."""
    countries = telling.c.countries
    first = select(func.min(countries).label("countries")).where(countries.is_not(None))
    each = first.cte("each", recursive=True)
    following = select(func.min(countries)).where(
        countries.is_not(None), countries > each.c.countries
    )
    each = each.union_all(select(following.scalar_subquery()).where(each.c.countries.is_not(None)))
    have = (each.c.countries.contains(one, autoescape=True) for one in some)
    return connection.scalars(select(each.c.countries).where(*have)).all()
