"""How rows that were found are spread: over outlets, speakers, countries, types, months.

What is counted are the newest of them, so that the answer takes no longer in a large store. A value
has as many rows as the search has that asks for it as well.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    CTE,
    ColumnElement,
    Connection,
    Select,
    and_,
    case,
    func,
    or_,
    select,
)

from onrecord.store.catalogue import same_article
from onrecord.store.filters import MEANINGS, STATEMENT
from onrecord.store.finding import hits_of
from onrecord.store.identities import identities_with
from onrecord.store.links import UNKEPT, listed, place_of
from onrecord.store.schema import TABLES, actor, appearance, article, event, participant, statement
from onrecord.tables import NARRATION

MOST_COUNTED = 500  # rows
MOST_SIGNATURES = 150  # of one facet, those in most rows, that are looked up
MOST_VALUES = 12  # of a facet

_DAY, _MONTH, _YEAR = len("2022-03-11"), len("2022-03"), len("2022")
_ORDER = (
    "type", "modality", "speaker", "actor", "recipient", "country", "publisher", "voice", "period",
)  # fmt: skip
_PARTIES = ("speaker", "actor", "recipient")


@dataclass(frozen=True, slots=True)
class FacetValue:
    """A value of a filter, and how many of the rows found have it."""

    value: str  # of parties, the id of an identity
    label: str  # of parties, its name
    count: int


@dataclass(frozen=True, slots=True)
class Facet:
    """A filter and its values among the rows found, the most frequent first."""

    name: str  # the filter's, or "period": a year, month or day for `since` and `until`
    values: tuple[FacetValue, ...]
    others: int  # further values, which are left out


@dataclass(frozen=True, slots=True)
class Spread:
    """The facets of the rows found, and how many rows were counted for them."""

    facets: tuple[Facet, ...]
    counted: int


def spread_of(connection: Connection, kind: str, newest: Select[Any]) -> Spread:
    """Return how the rows of a kind are spread that a query of `matching` finds, in its order."""
    hits = hits_of(connection, newest.limit(MOST_COUNTED))
    if not hits:
        return Spread((), 0)
    found = listed(
        ((hit.number, hit.place) for hit in hits), "found"
    )  # to find them anew takes long
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    counted = 0
    for line in connection.execute(_facts(kind, found), execution_options=UNKEPT).mappings():
        counted += 1
        for name, value in line.items():
            if value is not None:
                counts[name][value] += 1
    facets = {"period": facet("period", periods(counts.pop("day", Counter())))}
    facets |= {name: facet(name, numbers) for name, numbers in counts.items()}
    facets |= _of_parties(connection, kind, found)
    return Spread(tuple(facets[name] for name in _ORDER if _has_values(facets.get(name))), counted)


def _has_values(one: Facet | None) -> bool:
    return one is not None and bool(one.values)


def facet(name: str, counts: Counter[str], labels: Mapping[str, str] | None = None) -> Facet:
    """Return a facet: periods in order of time, other values by how often they occur."""
    labels = labels or {}
    ranked = sorted(counts.items(), key=lambda pair: (-pair[1], labels.get(pair[0], pair[0])))
    listed = sorted(counts.items()) if name == "period" else ranked[:MOST_VALUES]
    told = (FacetValue(value, labels.get(value, value), count) for value, count in listed)
    return Facet(name, tuple(told), len(counts) - len(listed))


def periods(days: Mapping[str, int]) -> Counter[str]:
    """Return the counts by day, month or year: the finest of which there are not too many."""
    for length in (_DAY, _MONTH, _YEAR):
        counts: Counter[str] = Counter()
        for day, count in days.items():
            counts[day[:length]] += count
        if len(counts) <= MOST_VALUES or length == _YEAR:
            break
    return counts


def _facts(kind: str, found: CTE) -> Select[Any]:
    """Return the query for what is counted of each row itself, a column for each facet."""
    rows, meaning = TABLES[kind], MEANINGS[kind]
    is_row = and_(same_article(rows, found), place_of(rows) == found.c.place)
    day: ColumnElement[str] = article.c.first_day
    if "first_day" in rows.c:
        day = func.coalesce(rows.c.first_day, day)
    columns: dict[str, ColumnElement[Any]] = {"publisher": article.c.publisher, "day": day}
    if meaning.voiced:
        said = rows.c["parent_id" if kind == "statements" else "statement_id"]
        columns["voice"] = case((said.is_(None), NARRATION), else_=STATEMENT)
    if meaning.type:
        columns["type"] = rows.c[meaning.type[0]]
    if "modality" in rows.c:
        columns["modality"] = rows.c.modality
    if kind in ("actors", "places"):
        columns["country"] = rows.c.country
    listed = (one.label(name) for name, one in columns.items())
    return select(*listed).select_from(
        found.join(rows, is_row).join(article, same_article(article, rows))
    )


def _of_parties(connection: Connection, kind: str, found: CTE) -> dict[str, Facet]:
    """Return who, and which countries, have a part in the rows; unnamed groups are left out."""
    rows_of: dict[str, dict[str, set[tuple[int, object]]]] = defaultdict(lambda: defaultdict(set))
    for names, parties in _sides(kind, found):
        for line in connection.execute(_known(parties.subquery()), execution_options=UNKEPT):
            for name in names:
                value = line.country if name == "country" else line.signature_id
                if value is not None:
                    rows_of[name][value].add((line.number, line.place))
    signatures: Counter[str] = Counter()
    for name in _PARTIES:
        signatures.update({one: len(rows_of[name][one]) for one in _most_frequent(rows_of[name])})
    identities = identities_with(connection, signatures)
    labels = {one.identity_id: one.name for one in identities.values()}
    for name in _PARTIES:
        theirs: dict[str, set[tuple[int, object]]] = defaultdict(set)
        for signature_id, keys in rows_of[name].items():
            if signature_id in identities:
                theirs[identities[signature_id].identity_id] |= keys
        rows_of[name] = theirs
    return {
        name: facet(name, Counter({one: len(keys) for one, keys in known.items()}), labels)
        for name, known in rows_of.items()
    }


def _most_frequent(rows_of: Mapping[str, set[tuple[int, object]]]) -> list[str]:
    ranked = sorted(rows_of, key=lambda one: (-len(rows_of[one]), one))
    return ranked[:MOST_SIGNATURES]


def _known(parties: Any) -> Select[Any]:  # noqa: ANN401 - a subquery of `_sides`
    """Return the query for who some parties are: their rows, signatures and countries."""
    theirs = and_(same_article(actor, parties), place_of(actor) == parties.c.actor_id)
    seen = and_(same_article(appearance, parties), appearance.c.actor_id == parties.c.actor_id)
    columns = (parties.c.number, parties.c.place, actor.c.country, appearance.c.signature_id)
    return select(*columns).join_from(parties, actor, theirs).join(appearance, seen)


def _sides(kind: str, found: CTE) -> Iterator[tuple[tuple[str, ...], Select[Any]]]:
    """Yield queries for the parties to the rows, each with the facets that they count for."""
    meaning = MEANINGS[kind]
    if kind == "events":
        yield from _participants(found)
    elif kind == "statements":
        yield ("speaker", "country"), _linked(kind, found, "speaker_id")
        yield ("recipient", "country"), _linked(kind, found, "addressee_id")
    elif kind != "actors":
        for link in meaning.actor:
            yield ("actor", "country"), _linked(kind, found, link)
        for link in meaning.recipient:
            yield ("recipient", "country"), _linked(kind, found, link)
    if meaning.voiced and kind != "statements":
        yield ("speaker",), _heard(kind, found)


def _linked(kind: str, found: CTE, link: str) -> Select[Any]:
    rows = TABLES[kind]
    is_row = and_(same_article(rows, found), place_of(rows) == found.c.place)
    keys = (rows.c.number, place_of(rows).label("place"))
    return select(*keys, rows.c[link].label("actor_id")).join_from(found, rows, is_row)


def _participants(found: CTE) -> Iterator[tuple[tuple[str, ...], Select[Any]]]:
    """Yield the parties to events; a symmetric event has each of them on both sides."""
    of_event = and_(same_article(participant, found), participant.c.event_id == found.c.place)
    is_row = and_(same_article(event, found), place_of(event) == found.c.place)
    keys = (participant.c.number, participant.c.event_id.label("place"))
    parties = select(*keys, participant.c.actor_id).join_from(found, participant, of_event)
    sided = parties.join(event, is_row)
    yield ("country",), parties
    yield ("actor",), sided.where(or_(participant.c.role == "actors", event.c.symmetric))
    yield ("recipient",), sided.where(or_(participant.c.role == "recipients", event.c.symmetric))


def _heard(kind: str, found: CTE) -> Select[Any]:
    """Return the query for all who vouch for a row: its speaker, who has them speak, and so on."""
    rows = TABLES[kind]
    is_row = and_(same_article(rows, found), place_of(rows) == found.c.place)
    keys = (rows.c.number, place_of(rows).label("place"))
    chain = (
        select(*keys, rows.c.statement_id.label("statement_id"))
        .join_from(found, rows, is_row)
        .where(rows.c.statement_id.is_not(None))
        .cte("chain", recursive=True)
    )
    inner = and_(same_article(statement, chain), place_of(statement) == chain.c.statement_id)
    outer = (
        select(chain.c.number, chain.c.place, statement.c.parent_id)
        .join_from(chain, statement, inner)
        .where(statement.c.parent_id.is_not(None))
    )
    chain = chain.union(outer)
    inner = and_(same_article(statement, chain), place_of(statement) == chain.c.statement_id)
    columns = (chain.c.number, chain.c.place)
    return select(*columns, statement.c.speaker_id.label("actor_id")).join_from(
        chain, statement, inner
    )
