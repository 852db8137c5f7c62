"""Counting happenings by time and by who did what to whom, each once however often it is told."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
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
    Null,
    Row,
    Select,
    String,
    func,
    null,
    select,
    type_coerce,
)
from sqlalchemy.types import NullType

from onrecord.language.days import Days, days_between
from onrecord.store.between import between
from onrecord.store.catalogue import same_article
from onrecord.store.filters import Filters
from onrecord.store.finding import matching
from onrecord.store.links import place_of
from onrecord.store.retelling import is_told_by
from onrecord.store.schema import actor, article, event, participant, telling
from onrecord.store.units import UNITS, Unit

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


class _Facts(NamedTuple):
    """What counting needs of an event row.

    `sides` has the country of each party, after the first letter of its role: "aRUS,rUKR,r". Where
    a dyad is counted it is left out, and `is_between` says whether the event is of that.
    """

    goldstein: float | None
    event_type: str | None  # None: not asked for
    quad: int | None  # likewise
    first_day: str | None
    last_day: str | None
    from_day: str | None  # of its publication
    to_day: str | None
    symmetric: bool | None
    sides: str | None
    is_between: bool | None

    @property
    def days(self) -> Days | None:
        """Its own date."""
        return days_between(self.first_day, self.last_day)

    @property
    def published(self) -> Days | None:
        """When its article was published."""
        return days_between(self.from_day, self.to_day)


class _Told(NamedTuple):
    """An event row, and which article has it; ids are as they are kept."""

    number: int  # of the article version
    story_id: object | None  # None: it has no copies
    copy_of: object | None  # None: it is the first of its story
    facts: _Facts


_IDS = len(("happening_id", "number", "story_id", "copy_of"))  # of a row, before its facts


@dataclass(frozen=True, slots=True)
class _All:
    """What is told, by happening."""

    once: Counter[_Facts]  # of those that are told once
    often: Sequence[Sequence[_Told]]


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

    def add(self, happenings: int, tellings: int, score: float | None, *, is_told: bool) -> None:
        """Count some more happenings that have one score and so many tellings in all."""
        self.happenings += happenings
        self.by_publication += happenings * is_told
        self.tellings += tellings
        if score is not None:
            self.scores += [score] * happenings


def count_events(
    connection: Connection, filters: Filters, counting: Counting, article_id: str | None
) -> tuple[Count, ...]:
    """Return the happenings that the events asked for tell, counted; by period, unknown ones last.

    A happening that involves several pairs of countries is counted for each of them.
    """
    told = _Asked(connection, filters, counting, article_id).told()
    tallies: dict[Cell, _Tally] = defaultdict(_Tally)
    places: dict[tuple[object, ...], _Place] = {}
    for facts, times in told.once.items():
        where = facts[1:]  # all but the score
        if where not in places:  # many are in the same
            places[where] = _place([facts], counting)
        for cell in places[where].cells:
            tallies[cell].add(times, times, facts.goldstein, is_told=places[where].is_told)
    for tellings in told.often:
        rows = _once_a_story(tellings) if counting.unit == "story" else _facts_of(tellings)
        place = _place(rows, counting)
        for cell in place.cells:
            tallies[cell].add(1, len(rows), _score(rows), is_told=place.is_told)
    counts = (_count(cell, tally, counting.unit) for cell, tally in tallies.items())
    return tuple(sorted(counts, key=_order))


class _Place(NamedTuple):
    """Where a happening is counted."""

    cells: tuple[Cell, ...]
    is_told: bool  # by its publication


def _place(rows: Sequence[_Facts], counting: Counting) -> _Place:
    """Return where a happening is counted, by its tellings."""
    period, is_told = _period(rows, counting)
    kind = _class(rows[0], counting)
    cells = (Cell(period, *dyad, *kind) for dyad in _dyads(rows, counting))
    return _Place(tuple(cells), is_told)


@dataclass(frozen=True, slots=True)
class _Asked:
    """What is to be counted."""

    connection: Connection
    filters: Filters
    counting: Counting
    article_id: str | None

    def told(self) -> _All:
        """Return what is told that the filters ask for, or of that what can bear on a dyad."""
        if self.counting.dyad is None:
            query = self._events(telling)
            return self._by_happening(query, telling, (event.c.symmetric, self._sides(), null()))
        dyad = [code.upper() for code in self.counting.dyad]
        found = between(self.connection, dyad, directed=self.counting.directed)
        once = Counter() if found.of_event else self._alike(self._events(found.once()))
        often = found.often()
        query = self._events(often)
        if not found.of_event:
            query = query.join(telling, is_told_by(telling))
        told = self._by_happening(query, often, (null(), null(), found.is_so))
        return _All(once + told.once, told.often)

    def _events(self, told: FromClause) -> Select[Any]:
        """Return the query for those events that some tellings are of."""
        query = matching(self.connection, "events", self.filters, self.article_id)
        return query.join(told, is_told_by(told))

    def _columns(self) -> tuple[ColumnElement[Any], ...]:
        """Return where all facts stand but for who took part."""
        per = self.counting.per
        return (
            event.c.goldstein,
            event.c.event_type if per == "type" else null(),  # a word that takes time to write out
            event.c.quad if per else null(),
            event.c.first_day,
            event.c.last_day,
            article.c.first_day,
            article.c.last_day,
        )

    def _alike(self, query: Select[Any]) -> Counter[_Facts]:
        """Return how many events of a dyad have the same facts."""
        facts = self._columns()
        told = query.with_only_columns(*facts, func.count(), maintain_column_froms=True)
        told = told.group_by(*(one for one in facts if not isinstance(one, Null)))
        lines = self.connection.execute(told).all()
        return Counter({_Facts._make((*facts, None, None, True)): times for *facts, times in lines})

    def _by_happening(
        self, query: Select[Any], told: FromClause, parties: Iterable[ColumnElement[Any]]
    ) -> _All:
        """Return what some events tell, by happening."""
        ids = (told.c.happening_id, article.c.number, article.c.story_id, article.c.copy_of)
        kept = (type_coerce(one, NullType()) for one in ids)  # since they are compared only
        counted: Select[Any] = query.with_only_columns(  # type: ignore[assignment]
            *kept, *self._columns(), *parties, maintain_column_froms=True
        )
        first: dict[object, Row[Any]] = {}
        more: dict[object, list[Row[Any]]] = defaultdict(list)
        for one in self.connection.execute(counted).all():
            if first.setdefault(one[0], one) is not one:
                more[one[0]].append(one)
        often = [[first.pop(happening_id), *rest] for happening_id, rest in more.items()]
        return _All(
            once=Counter(_Facts._make(one[_IDS:]) for one in first.values()),
            often=[
                [_Told._make((*one[1:_IDS], _Facts._make(one[_IDS:]))) for one in of]
                for of in often
            ],
        )

    def _sides(self) -> ColumnElement[str]:
        """Return what `_Facts.sides` is made of."""
        is_server = self.connection.dialect.name == "postgresql"
        joined = func.string_agg if is_server else func.group_concat
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


def _facts_of(tellings: Iterable[_Told]) -> list[_Facts]:
    return [one.facts for one in tellings]


def _once_a_story(tellings: Sequence[_Told]) -> list[_Facts]:
    """Return what one article of each story tells: the one that tells most."""
    if len({one.number for one in tellings}) == 1:
        return _facts_of(tellings)
    stories: dict[object, dict[int, list[_Told]]] = defaultdict(lambda: defaultdict(list))
    for one in tellings:
        story = one.number if one.story_id is None else one.story_id
        stories[story][one.number].append(one)
    chosen = (
        max(copies.values(), key=lambda told: (len(told), told[0].copy_of is None))
        for copies in stories.values()
    )
    return [one.facts for told in chosen for one in told]


def _dyads(rows: Iterable[_Facts], counting: Counting) -> set[Dyad]:
    """Return the pairs of countries that a happening counts for.

    What one telling leaves open another may fill in: a country with an unknown one is a pair only
    where the country is in no other.
    """
    if counting.dyad is not None:
        one, other = (code.upper() for code in counting.dyad)
        asked = (one, other) if counting.directed else in_order((one, other))
        return {asked} if any(row.is_between for row in rows) else set()
    found = {dyad for row in rows for dyad in _dyads_of(row.sides or "", bool(row.symmetric))}
    full = {dyad for dyad in found if None not in dyad}
    known = {country for dyad in full for country in dyad}
    found = full | {dyad for dyad in found - full if known.isdisjoint(dyad) and any(dyad)}
    if not counting.directed:
        found = {in_order(dyad) for dyad in found}
    return found or {(None, None)}


def in_order(dyad: Dyad) -> Dyad:
    """Return a pair of countries in alphabetical order, an unknown one last."""
    one, other = sorted(dyad, key=lambda country: country or "~")
    return one, other


def _period(rows: Sequence[_Facts], counting: Counting) -> tuple[str | None, bool]:
    """Return the period of a happening, and whether that is of its publication.

    It is that of the narrowest date that a telling gives. A date that is not within one period is
    none.
    """
    days = [own for row in rows if (own := row.days) is not None]
    is_told = not days and counting.dated_by == "published"
    if is_told:
        known = (told for row in rows if (told := row.published) is not None)
        days = sorted(known, key=_first)[:1]
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


def _class(one: _Facts, counting: Counting) -> tuple[str | None, int | None]:
    by_type = counting.per == "type"
    return one.event_type if by_type else None, one.quad if counting.per else None


def _score(rows: Sequence[_Facts]) -> float | None:
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
