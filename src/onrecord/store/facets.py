"""How rows that were found are spread: over outlets, speakers, countries, types, months.

What is counted are the newest of them, so that the answer takes no longer in a large store.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    CTE,
    ColumnElement,
    Connection,
    FromClause,
    Select,
    Table,
    and_,
    case,
    func,
    select,
)

from onrecord.store.catalogue import same_article
from onrecord.store.filters import MEANINGS, STATEMENT
from onrecord.store.schema import TABLES, actor, article, participant, statement
from onrecord.store.shapes import SHAPES
from onrecord.tables import NARRATION

MOST_COUNTED = 20_000  # rows
MOST_VALUES = 12  # of a facet

_DAY, _MONTH, _YEAR = len("2022-03-11"), len("2022-03"), len("2022")
_SIDES = {"actors": "actor", "recipients": "recipient"}


@dataclass(frozen=True, slots=True)
class Facet:
    """A filter, and how many of the rows found have each value of it, the most frequent first."""

    name: str  # the filter's, or "period": a year, month or day for `since` and `until`
    values: tuple[tuple[str, int], ...]
    others: int  # further values, which are left out


@dataclass(frozen=True, slots=True)
class Spread:
    """The facets of the rows found, and how many rows were counted for them."""

    facets: tuple[Facet, ...]
    counted: int


def spread_of(connection: Connection, kind: str, newest: Select[Any]) -> Spread:
    """Return how the rows of a kind are spread that a query of `matching` finds, in its order."""
    found = newest.limit(MOST_COUNTED).cte("found")
    counts: dict[str, Counter[str]] = {}
    counted = 0
    for line in connection.execute(_facts(kind, found)).mappings():
        counted += 1
        for name, value in line.items():
            if value is not None:
                counts.setdefault(name, Counter())[value] += 1
    if kind == "events":
        counts |= _parties(connection, found)  # its country is its parties', not its speaker's
    counts["period"] = periods(counts.pop("day", Counter()))
    names = ("type", "modality", "speaker", "actor", "recipient", "country", "publisher", "voice")
    facets = (facet(name, counts.get(name, Counter())) for name in (*names, "period"))
    return Spread(tuple(one for one in facets if one.values), counted)


def facet(name: str, counts: Counter[str]) -> Facet:
    """Return a facet: periods in order of time, other values by how often they occur."""
    if name == "period":
        listed = sorted(counts.items())
        return Facet(name, tuple(listed), 0)
    ranked = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    return Facet(name, tuple(ranked[:MOST_VALUES]), max(0, len(ranked) - MOST_VALUES))


def _facts(kind: str, found: CTE) -> Select[Any]:
    """Return the query for what is counted of each row, a column for each facet."""
    rows, meaning = TABLES[kind], MEANINGS[kind]
    is_row = and_(same_article(rows, found), rows.c[SHAPES[kind].id_field] == found.c[2])
    day: ColumnElement[str] = article.c.first_day
    if "first_day" in rows.c:
        day = func.coalesce(rows.c.first_day, day)
    columns: dict[str, ColumnElement[Any]] = {"publisher": article.c.publisher, "day": day}
    source: FromClause = found.join(rows, is_row).join(article, same_article(article, rows))
    if meaning.voiced:
        said = rows.c["parent_id" if kind == "statements" else "statement_id"]
        columns["voice"] = case((said.is_(None), NARRATION), else_=STATEMENT)
        source, speaker = _with_speaker(kind, source)
        columns["speaker"] = speaker.c.name
        columns["country"] = speaker.c.country
    for side in ("actor", "recipient"):
        links = getattr(meaning, side)
        if kind != "actors" and links and links[0].endswith("_id"):
            source, party = _with_party(source, rows, links[0])
            columns[side] = party.c.name
            if side == "actor":
                columns["country"] = party.c.country
    columns |= _own(kind)
    if kind == "statements":
        del columns["actor"]  # who is the speaker
    return select(*(column.label(name) for name, column in columns.items())).select_from(source)


def _own(kind: str) -> dict[str, ColumnElement[Any]]:
    """Return the columns of a kind itself that are counted."""
    rows, meaning = TABLES[kind], MEANINGS[kind]
    own: dict[str, ColumnElement[Any]] = {
        name: rows.c[name] for name in ("modality",) if name in rows.c
    }
    if meaning.type:
        own["type"] = rows.c[meaning.type[0]]
    if kind in ("actors", "places"):
        own["country"] = rows.c.country
    return own


def _with_party(source: FromClause, rows: Table, link: str) -> tuple[FromClause, FromClause]:
    """Return a source with the actor that a column links to, and that actor."""
    party = actor.alias()
    theirs = and_(same_article(party, rows), party.c.actor_id == rows.c[link])
    return source.join(party, theirs, isouter=True), party


def _with_speaker(kind: str, source: FromClause) -> tuple[FromClause, FromClause]:
    """Return a source with who made the statement that a row is or rests on, and that actor."""
    if kind == "statements":
        return _with_party(source, statement, "speaker_id")
    rows, said = TABLES[kind], statement.alias()
    vouched = and_(same_article(said, rows), said.c.statement_id == rows.c.statement_id)
    speaker = actor.alias()
    theirs = and_(same_article(speaker, said), speaker.c.actor_id == said.c.speaker_id)
    joined = source.join(said, vouched, isouter=True).join(speaker, theirs, isouter=True)
    return joined, speaker


def _parties(connection: Connection, found: CTE) -> dict[str, Counter[str]]:
    """Return how often each party, and each country, is in the events found; once an event."""
    of_event = and_(same_article(participant, found), participant.c.event_id == found.c[2])
    theirs = and_(same_article(actor, participant), actor.c.actor_id == participant.c.actor_id)
    query = select(
        participant.c.article_id, participant.c.event_id, participant.c.role, actor.c.name,
        actor.c.country,
    ).select_from(found.join(participant, of_event).join(actor, theirs))  # fmt: skip
    seen: dict[str, set[tuple[str, str, str]]] = {"actor": set(), "recipient": set()}
    countries = set()
    for line in connection.execute(query):
        key = (line.article_id, line.event_id)
        seen[_SIDES[line.role]].add((*key, line.name))
        if line.country:
            countries.add((*key, line.country))
    told = {side: Counter(name for *_, name in keys) for side, keys in seen.items()}
    return told | {"country": Counter(country for *_, country in countries)}


def periods(days: Mapping[str, int]) -> Counter[str]:
    """Return the counts by day, month or year: the finest of which there are not too many."""
    for length in (_DAY, _MONTH, _YEAR):
        counts: Counter[str] = Counter()
        for day, count in days.items():
            counts[day[:length]] += count
        if len(counts) <= MOST_VALUES or length == _YEAR:
            break
    return counts
