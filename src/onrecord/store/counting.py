"""Counting happenings by time and by who did what to whom, each once however often it is told."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, field, fields
from datetime import date
from functools import lru_cache
from itertools import permutations, product
from statistics import fmean
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, TypeAlias, get_args

from sqlalchemy import (
    ColumnElement,
    Connection,
    FromClause,
    Select,
    String,
    func,
    null,
    or_,
    select,
    type_coerce,
)
from sqlalchemy.types import NullType

from onrecord.language.days import Days, days_between
from onrecord.store.catalogue import among, same_article
from onrecord.store.filters import Filters
from onrecord.store.finding import countries_took_part, matching
from onrecord.store.ids import DUCKDB
from onrecord.store.links import place_of
from onrecord.store.schema import actor, article, event, participant, telling
from onrecord.store.units import UNITS, Unit, unit_id

if TYPE_CHECKING:
    import pyarrow

Period: TypeAlias = Literal["day", "week", "month", "year"]
DatedBy: TypeAlias = Literal["event", "published"]
Per: TypeAlias = Literal["type", "quad"]

PERIODS: tuple[Period, ...] = get_args(Period)
DATED_BY: tuple[DatedBy, ...] = get_args(DatedBy)
PER: tuple[Per, ...] = get_args(Per)

Dyad: TypeAlias = tuple[str | None, str | None]

_MONTH, _YEAR = len("2022-03"), len("2022")  # of an ISO 8601 date


@dataclass(frozen=True, slots=True, kw_only=True)
class Counting:
    """How to count.

    Raises:
        ValueError: A value that is none of those allowed, or a dyad that is not two countries.
    """

    by: Period
    dyad: tuple[str, ...] | None = None
    """Two ISO 3166-1 alpha-3 codes; None counts every pair of countries."""

    directed: bool = False
    """Whether who did it to whom matters; symmetric events count in both directions."""

    per: Per | None = None
    """What to count apart besides: each type, or each class (quad)."""

    unit: Unit = "story"
    """What tells once however often it is printed: a story, with all its copies, or an article."""

    dated_by: DatedBy = "published"
    """Which day counts: the event's own, else that of its publication; or its own alone."""

    def __post_init__(self) -> None:
        for name, value, allowed in (
            ("by", self.by, PERIODS),
            ("dated_by", self.dated_by, DATED_BY),
            ("per", self.per, (None, *PER)),
            ("unit", self.unit, UNITS),
        ):
            if value not in allowed:
                raise ValueError(f"{name} must be one of {allowed}, got {value!r}")
        codes = self.dyad or ("AAA", "AAA")
        if len(codes) != 2 or not all(len(code) == 3 and code.isalpha() for code in codes):
            raise ValueError(f"a dyad is two countries, such as RUS,UKR, not {self.dyad!r}")


@dataclass(frozen=True, slots=True)
class Cell:
    """What is counted together."""

    period: str | None  # 2022-03-07, 2022-W10, 2022-03 or 2022; None: no date, or a wider one
    actor_country: str | None  # without direction, the first of the two in alphabetical order
    recipient_country: str | None  # None: unknown, or nobody's
    event_type: str | None  # None: types are counted together
    quad: int | None  # None: classes are counted together


@dataclass(frozen=True, slots=True)
class Count:
    """Happenings between two countries in a period."""

    cell: Cell
    happenings: int
    by_publication: int  # of the happenings: in this period because they were told in it
    tellings: int
    goldstein: float | None  # mean over the happenings; of one, over its tellings
    unit: Unit


class _Told(NamedTuple):
    """What counting needs of an event row; ids are as they are kept, since they are compared only.

    `sides` has the country of each party, after the first letter of its role: "aRUS,rUKR,r".
    """

    happening_id: object
    article_id: object
    story_id: object  # the article's own id where it has no copies
    goldstein: float | None
    event_type: str | None  # None: not asked for
    quad: int | None
    symmetric: bool
    first_day: str | None
    last_day: str | None
    from_day: str | None  # of its publication
    to_day: str | None
    sides: str | None

    @property
    def days(self) -> Days | None:
        """Its own date."""
        return days_between(self.first_day, self.last_day)

    @property
    def published(self) -> Days | None:
        """When its article was published."""
        return days_between(self.from_day, self.to_day)


_FIRST_FACT = _Told._fields.index("event_type")
"""From this one on is what says where a happening that is told once is counted."""


@lru_cache(maxsize=10_000)
def _dyads_of(sides: str, symmetric: bool) -> frozenset[Dyad]:
    """Return every pair of countries of an event's parties, who did it first."""
    told = sides.split(",") if sides else []
    actors, recipients = ([one[1:] or None for one in told if one[0] == role] for role in "ar")
    if symmetric and len(told) > 1:
        return frozenset(permutations([*actors, *recipients], 2))
    return frozenset(product(actors or [None], recipients or [None]))


@dataclass(slots=True)
class _Tally:
    """What is counted in a cell so far."""

    happenings: int = 0
    by_publication: int = 0
    tellings: int = 0
    scores: list[float] = field(default_factory=list)  # of the happenings that have one


def count_events(
    connection: Connection, filters: Filters, counting: Counting, article_id: str | None
) -> tuple[Count, ...]:
    """Return the happenings that the events asked for tell, counted; by period, unknown ones last.

    A happening that involves several pairs of countries is counted for each of them.
    """
    happenings: dict[object, list[_Told]] = defaultdict(list)
    for one in _told(connection, filters, counting, article_id):
        happenings[one.happening_id].append(one)
    tallies: dict[Cell, _Tally] = defaultdict(_Tally)
    places = _Places(counting)
    for told_by_all in happenings.values():
        rows = told_by_all if counting.unit == "article" else _once_a_story(told_by_all)
        place = places.of(rows)
        score = _score(rows)
        for cell in place.cells:
            tally = tallies[cell]
            tally.happenings += 1
            tally.by_publication += place.is_told
            tally.tellings += len(rows)
            if score is not None:
                tally.scores.append(score)
    counts = (_count(cell, tally, counting.unit) for cell, tally in tallies.items())
    return tuple(sorted(counts, key=_order))


class _Place(NamedTuple):
    """Where a happening is counted."""

    cells: tuple[Cell, ...]
    is_told: bool  # by its publication


class _Places:
    """Where happenings are counted; what is so of many that are told once is worked out once."""

    def __init__(self, counting: Counting) -> None:
        self._counting = counting
        self._known: dict[tuple[object, ...], _Place] = {}

    def of(self, rows: Sequence[_Told]) -> _Place:
        """Return where a happening is counted, by its tellings."""
        if len(rows) > 1:
            return self._of(rows)
        what = rows[0][_FIRST_FACT:]
        place = self._known.get(what)
        if place is None:
            place = self._known[what] = self._of(rows)
        return place

    def _of(self, rows: Sequence[_Told]) -> _Place:
        period, is_told = _period(rows, self._counting)
        kind = _class(rows[0], self._counting)
        cells = (Cell(period, *dyad, *kind) for dyad in _dyads(rows, self._counting))
        return _Place(tuple(cells), is_told)


def _told(
    connection: Connection, filters: Filters, counting: Counting, article_id: str | None
) -> Iterator[_Told]:
    """Yield the events that the filters ask for, or those that can bear on a dyad."""
    query = matching(connection, "events", filters, article_id)
    tells: FromClause = telling
    if counting.dyad is not None:
        one, other = in_order((counting.dyad[0].upper(), counting.dyad[1].upper()))
        tells = _of_happenings(_of_both(connection, str(one), str(other)))
    query = query.join(tells, _tells(tells, event))
    ids = (tells.c.happening_id, article.c.article_id, unit_id("story"))
    by_type = counting.per == "type"
    counted: Select[Any] = query.with_only_columns(  # type: ignore[assignment]
        *(type_coerce(id_, NullType()) for id_ in ids),
        event.c.goldstein,
        event.c.event_type if by_type else null(),  # a word that takes time to write out
        *(event.c[name] for name in ("quad", "symmetric", "first_day", "last_day")),
        article.c.first_day,
        article.c.last_day,
        _sides(connection),
        maintain_column_froms=True,
    )
    yield from map(_Told._make, connection.execute(counted).all())


def _of_happenings(happenings: Select[Any]) -> FromClause:
    """Return the tellings of some happenings, in the order in which articles are kept.

    What else is told of them is read from page to page then, and not from all over the store.
    """
    columns = (telling.c.number, telling.c.event_id, telling.c.happening_id)
    query = select(*columns).where(telling.c.happening_id.in_(happenings))
    return query.order_by(telling.c.number, telling.c.event_id).offset(0).subquery("of_both")


def _tells(tells: FromClause, rows: FromClause) -> ColumnElement[bool]:
    return same_article(tells, rows) & (tells.c.event_id == place_of(rows))


def _sides(connection: Connection) -> ColumnElement[str]:
    """Return what `_Told.sides` is made of."""
    joined = func.string_agg if connection.dialect.name == "postgresql" else func.group_concat
    theirs = same_article(actor, participant) & (place_of(actor) == participant.c.actor_id)
    one = func.substr(participant.c.role, 1, 1, type_=String).concat(
        func.coalesce(actor.c.country, "")
    )
    of_event = same_article(participant, event) & (participant.c.event_id == place_of(event))
    return (
        select(joined(one, ","))
        .select_from(participant)
        .join(actor, theirs, isouter=True)
        .where(of_event)
        .correlate(event)
        .scalar_subquery()
    )


def _of_both(connection: Connection, one: str, other: str) -> Select[tuple[str]]:
    """Return the query for the happenings of which a telling has both countries as parties."""
    if connection.dialect.name == DUCKDB:  # whose files do not have the countries of tellings
        asked = {"actor": one, "recipient": other}
        turned = {"actor": other, "recipient": one}
        sides = or_(countries_took_part(asked), countries_took_part(turned))
        return select(telling.c.happening_id).join(event, _tells(telling, event)).where(sides)
    several = select(func.min(telling.c.countries).label("countries")).where(
        telling.c.countries.is_not(None)
    )
    each = several.cte("several", recursive=True)  # from one to the next, since they are few
    following = (
        select(func.min(telling.c.countries))
        .where(telling.c.countries.is_not(None), telling.c.countries > each.c.countries)
        .scalar_subquery()
    )
    each = each.union_all(select(following).where(each.c.countries.is_not(None)))
    both = [
        found
        for found in connection.scalars(select(each.c.countries))
        if found is not None and {one, other} <= set(found.split())
    ]
    return select(telling.c.happening_id).where(among(telling.c.countries, both))


def _once_a_story(rows: Sequence[_Told]) -> list[_Told]:
    """Return the tellings of one article of each story: of the one that tells most."""
    if len(rows) == 1:
        return [*rows]
    stories: dict[object, dict[object, list[_Told]]] = defaultdict(lambda: defaultdict(list))
    for row in rows:
        stories[row.story_id][row.article_id].append(row)
    chosen = (
        max(copies.values(), key=lambda told: (len(told), told[0].article_id == story_id))
        for story_id, copies in stories.items()
    )
    return [row for told in chosen for row in told]


def _dyads(rows: Iterable[_Told], counting: Counting) -> set[Dyad]:
    """Return the pairs of countries that a happening counts for.

    What one telling leaves open another may fill in: a country with an unknown one is a pair only
    where the country is in no other.
    """
    found = {dyad for row in rows for dyad in _dyads_of(row.sides or "", row.symmetric)}
    full = {dyad for dyad in found if None not in dyad}
    known = {country for dyad in full for country in dyad}
    found = full | {dyad for dyad in found - full if known.isdisjoint(dyad) and any(dyad)}
    if not counting.directed:
        found = {in_order(dyad) for dyad in found}
    if counting.dyad is not None:
        one, other = (code.upper() for code in counting.dyad)
        asked = (one, other) if counting.directed else in_order((one, other))
        return found & {asked}
    return found or {(None, None)}


def in_order(dyad: Dyad) -> Dyad:
    """Return a pair of countries in alphabetical order, an unknown one last."""
    one, other = sorted(dyad, key=lambda country: country or "~")
    return one, other


def _period(rows: Sequence[_Told], counting: Counting) -> tuple[str | None, bool]:
    """Return the period of a happening, and whether that is of its publication.

    It is that of the narrowest date that a telling gives. A date that is not within one period is
    none.
    """
    days = [row.days for row in rows if row.days is not None]
    is_told = not days and counting.dated_by == "published"
    if is_told:
        days = sorted((row.published for row in rows if row.published), key=_first)[:1]
    if not days:
        return None, False
    narrowest = days[0] if len(days) == 1 else min(days, key=lambda one: (_length(one), one.first))
    first, last = (_named(day, counting.by) for day in (narrowest.first, narrowest.last))
    return (first, is_told) if first == last else (None, False)


def _first(days: Days) -> str:
    return days.first


def _length(days: Days) -> int:
    return (date.fromisoformat(days.last) - date.fromisoformat(days.first)).days


@lru_cache(maxsize=10_000)
def _named(day: str, by: Period) -> str:
    """Return the period that a day is in; weeks are those of ISO 8601, from Monday."""
    if by == "week":
        year, week, _ = date.fromisoformat(day).isocalendar()
        return f"{year}-W{week:02}"
    return {"day": day, "month": day[:_MONTH], "year": day[:_YEAR]}[by]


def _class(one: _Told, counting: Counting) -> tuple[str | None, int | None]:
    by_type = counting.per == "type"
    return one.event_type if by_type else None, one.quad if counting.per else None


def _score(rows: Sequence[_Told]) -> float | None:
    """Return the mean of what tellings score, None where none is known."""
    known = [row.goldstein for row in rows if row.goldstein is not None]
    return fmean(known) if known else None


def _count(cell: Cell, tally: _Tally, unit: Unit) -> Count:
    return Count(
        cell=cell,
        happenings=tally.happenings,
        by_publication=tally.by_publication,
        tellings=tally.tellings,
        goldstein=round(fmean(tally.scores), 3) if tally.scores else None,
        unit=unit,
    )


def count_table(counts: Iterable[Count]) -> pyarrow.Table:
    """Return counts as a table, one in a line, with the columns of its cell first."""
    import pyarrow as pa  # here, since it takes longer to load than all the rest

    numbers = dict.fromkeys(("happenings", "by_publication", "tellings"), pa.int64())
    numbers |= {"goldstein": pa.float64(), "unit": pa.string()}
    cells = {one.name: pa.string() for one in fields(Cell)} | {"quad": pa.int64()}
    lines = [asdict(one.cell) | {name: getattr(one, name) for name in numbers} for one in counts]
    schema = pa.schema([pa.field(name, kind) for name, kind in (cells | numbers).items()])
    return pa.Table.from_pylist(lines, schema=schema)


def _order(one: Count) -> tuple[str, ...]:
    cell = one.cell
    values = (
        cell.period,
        cell.actor_country,
        cell.recipient_country,
        cell.event_type,
        cell.quad,
    )
    return tuple("~" if value is None else str(value) for value in values)  # unknown ones last
