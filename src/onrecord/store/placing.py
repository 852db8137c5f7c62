"""Where rows are set: how many of those found are in each place."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

from sqlalchemy import Connection, Select, and_, func, select

from onrecord.store.catalogue import same_article
from onrecord.store.links import place_of
from onrecord.store.schema import TABLES, place

Precision: TypeAlias = Literal["town", "country", "unknown"]
Line: TypeAlias = Any  # of a query


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """A place, or a country where no more is known, and how many rows are set there."""

    names: tuple[str, ...]  # the most used first
    precision: Precision  # "country": somewhere in it; "unknown": a name that is on no map
    country: str | None  # ISO 3166-1 alpha-3
    lat: float | None  # of a town or a district; decimal degrees
    lon: float | None
    rows: int
    articles: int  # the most that one of its names is in


@dataclass(frozen=True, slots=True)
class Placed:
    """The places of the rows found, those with most rows first."""

    spots: tuple[Spot, ...]
    nowhere: int  # rows that name no place


def placed(connection: Connection, kind: str, query: Select[Any]) -> Placed:
    """Return where the rows of a kind are set that a query of `matching` finds."""
    rows = TABLES[kind]
    inside = (rows.c.number, rows.c.place_id)
    found = (
        query.with_only_columns(*inside, func.count().label("rows"), maintain_column_froms=True)
        .group_by(*inside)
        .cte("found")
    )
    at = and_(same_article(place, found), place_of(place) == found.c.place_id)
    columns = (place.c.name, place.c.country, place.c.admin, place.c.geonames_id)
    spread = (
        select(
            *columns,
            func.min(place.c.lat).label("lat"),
            func.min(place.c.lon).label("lon"),
            func.sum(found.c.rows).label("rows"),
            func.count(found.c.number.distinct()).label("articles"),
        )
        .select_from(found)
        .join(place, at, isouter=True)
        .group_by(*columns)
        .order_by(func.sum(found.c.rows).desc(), place.c.name)
    )
    nowhere, groups = 0, dict[tuple[str, object], list[Line]]()
    for line in connection.execute(spread):
        if line.name is None:
            nowhere += int(line.rows)
        else:
            groups.setdefault(_key(line), []).append(line)
    spots = [_spot(lines) for lines in groups.values()]
    return Placed(tuple(sorted(spots, key=lambda one: (-one.rows, one.names))), nowhere)


def _key(line: Line) -> tuple[str, object]:
    precision = _precision(line)
    if precision == "country":
        return precision, line.country
    return precision, line.geonames_id if precision == "town" else line.name.casefold()


def _precision(line: Line) -> Precision:
    """Return how well a place is known; a country is what no division of one is named with."""
    if line.lat is not None and line.admin is not None:
        return "town"
    return "country" if line.country is not None else "unknown"


def _spot(lines: list[Line]) -> Spot:
    first, precision = lines[0], _precision(lines[0])
    names: Counter[str] = Counter()
    for line in lines:
        names[line.name] += int(line.rows)
    is_town = precision == "town"
    return Spot(
        names=tuple(name for name, _ in names.most_common()),
        precision=precision,
        country=first.country,
        lat=first.lat if is_town else None,
        lon=first.lon if is_town else None,
        rows=names.total(),
        articles=max(line.articles for line in lines),
    )
