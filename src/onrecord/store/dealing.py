"""Talks between parties, from the articles in which two or more of them appear."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, exists, or_, select

from onrecord.codebook import load_codebook
from onrecord.language.days import days_of
from onrecord.records import Record
from onrecord.store.catalogue import numbers_among, same_article
from onrecord.store.links import place_of
from onrecord.store.meaning import meaning
from onrecord.store.moving import Acting, happening_of_moves, moving
from onrecord.store.official import ACTING, OFFICIAL, STATES
from onrecord.store.picking import load_chosen
from onrecord.store.schema import (
    actor,
    appearance,
    article,
    event,
    participant,
    printing,
    signature,
)
from onrecord.store.shapes import Key
from onrecord.talks import COMMON, Item, Move, answered, moves_of

MOST_READ = 200  # articles, the newest
MOST_SIGNATURES = 5_000  # of a party that is not looked for in each article
MOST_COUNTED = 5_000  # events that pairs are counted in
_TALKING = ("CONSULT", "AGREE", "REQUEST", "REJECT", "CONCEDE", "COOPERATE")
_BODIES = ("igo", "bloc", "armed_group")  # kinds of party of no country
_COUNTRY = re.compile(r"[A-Z]{3}")


@dataclass(frozen=True, slots=True)
class Talks:
    """What parties are on record to have said and done to each other."""

    items: tuple[Item, ...]  # by date
    records: Mapping[str, Record]  # of the articles they are in, by article id
    read: int  # articles that were read for them
    more: bool  # whether further, older articles have two of the parties


@dataclass(frozen=True, slots=True)
class Pair:
    """Two countries, and how many events of talks are told of them."""

    one: str
    other: str
    events: int


def parties_of(between: str) -> tuple[str, ...]:
    """Return the parties that a list names: countries by their codes, others by name.

    Raises:
        ValueError: No party, or one without a letter.
    """
    named = dict.fromkeys(filter(None, (one.strip() for one in between.split(","))))
    if not named or not all(re.search(r"\w", one) for one in named):
        raise ValueError(f"name parties, as in RUS,UKR or RUS; got {between!r}")
    canonical = load_codebook().parties.canonical
    return tuple(one if _COUNTRY.fullmatch(one) else canonical(one) for one in named)


def talks(
    connection: Connection,
    place: str,
    parties: Sequence[str],
    between: tuple[str | None, str | None] = (None, None),
) -> Talks:
    """Return the talks between parties, of the newest articles with two of them.

    Of one party alone, its talks with anybody: countries, bodies and armed groups.

    Args:
        connection: To the store.
        place: The store's name, for messages.
        parties: As `parties_of` returns them.
        between: The first and the last ISO 8601 day of what is returned; None asks for nothing.
    """
    meant = {party: _Side(connection, party) for party in parties}
    keys = _articles(connection, list(meant.values()), MOST_READ + 1)
    numbers = list(keys)[:MOST_READ]
    acting = _acting(connection, meant, numbers)
    if len(parties) == 1:
        acting = _others(connection, numbers, acting)
    chosen = moving(connection, numbers, acting)
    moved = {number for number, _ in chosen["actors"]}
    records = load_chosen(connection, place, [keys[one] for one in numbers if one in moved], chosen)
    named = _named(connection, numbers, acting)
    told = dict(happening_of_moves(connection, numbers))
    moves: list[Move] = []
    for record in records:
        article_id = record.article.article_id
        for move in moves_of(record, named.parties.get(article_id, {})):
            happening = told.get((article_id, move.row_id), move.happening_id)
            moves.append(replace(move, happening_id=happening))
    items = answered(moves, _plain_words(parties, named.names))
    kept = tuple(
        one for one in items if _is_theirs(one.move, parties) and _lies_in(one.move, between)
    )
    used = {move.article_id for one in kept for move in _moves_in(one)}
    return Talks(
        items=kept,
        records={one.article.article_id: one for one in records if one.article.article_id in used},
        read=len(numbers),
        more=len(keys) > MOST_READ,
    )


def pairs(connection: Connection, limit: int) -> tuple[Pair, ...]:
    """Return the countries between which most events of talks are told."""
    newest = (
        select(event.c.number, place_of(event).label("event_id"))
        .join(printing, same_article(printing, event))
        .where(event.c.event_type.in_(_TALKING))
        .order_by(event.c.number.desc())
        .limit(MOST_COUNTED)
        .cte("newest")
    )
    of_event = same_article(participant, newest) & (participant.c.event_id == newest.c.event_id)
    theirs = same_article(actor, participant) & (place_of(actor) == participant.c.actor_id)
    query = (
        select(newest.c.number, newest.c.event_id, actor.c.country)
        .join_from(newest, participant, of_event)
        .join(actor, theirs)
        .where(actor.c.country.is_not(None))
    )
    countries: dict[tuple[int, str], set[str]] = {}
    for line in connection.execute(query):
        countries.setdefault((line.number, line.event_id), set()).add(line.country)
    counts = Counter(pair for some in countries.values() for pair in combinations(sorted(some), 2))
    ranked = sorted(counts.items(), key=lambda found: (-found[1], found[0]))
    return tuple(Pair(*pair, events) for pair, events in ranked[:limit])


def _moves_in(item: Item) -> list[Move]:
    return [item.move, *(answer.move for answer in item.answers)]


class _Side:
    """Who speaks and acts for a party: of a country, all who do for it; else who goes by a name."""

    def __init__(self, connection: Connection, party: str) -> None:
        self.country = party if _COUNTRY.fullmatch(party) else None
        self._meant = None if self.country else meaning(connection, party)
        self._is_large = self.country is not None and self._has_many(connection)

    def _has_many(self, connection: Connection) -> bool:
        beyond = self._signatures().offset(MOST_SIGNATURES).limit(1)
        return connection.scalar(beyond) is not None

    def _signatures(self) -> Select[tuple[str]]:
        """Return the query for all that articles say of who acts for the country, by an index."""
        return select(signature.c.signature_id).where(signature.c.country == self.country, ACTING)

    def is_it(self) -> ColumnElement[bool]:
        """Return the condition that an appearance, with its signature, is of the party."""
        if self._meant is not None:
            return self._meant
        return and_(signature.c.country == self.country, _acts())

    def appears(self) -> ColumnElement[bool]:
        """Return the condition that the party appears in an article.

        A large one is looked for in each article; of another the articles are known beforehand.
        """
        if self._is_large:
            return exists().where(same_article(appearance, article), _IS_SIGNED, self.is_it())
        theirs = self._meant
        if theirs is None:
            theirs = appearance.c.signature_id.in_(self._signatures())
        return (article.c.number + 0).in_(select(appearance.c.number).where(theirs))


_IS_SIGNED = signature.c.signature_id == appearance.c.signature_id


def _acts() -> ColumnElement[bool]:
    """Return the condition that a signature is of who acts for their country."""
    return or_(signature.c.kind.in_(STATES), signature.c.sector.in_(OFFICIAL))


def _articles(connection: Connection, sides: Sequence[_Side], limit: int) -> dict[int, Key]:
    """Return the newest articles in which two of the parties appear, the newest first.

    Articles are walked in the order of an index until there are enough.
    """
    has = [one.appears() for one in sides]
    pairs_ = [one & other for at, one in enumerate(has) for other in has[at + 1 :]]
    two = or_(*pairs_) if pairs_ else has[0]
    day = article.c.first_day
    query = (
        select(article.c.number, article.c.article_id, article.c.version)
        .where(two)
        .order_by(day.is_(None), day.desc(), article.c.article_id)
        .limit(limit)
    )
    return {line.number: (line.article_id, line.version) for line in connection.execute(query)}


def _acting(connection: Connection, sides: Mapping[str, _Side], numbers: Sequence[int]) -> Acting:
    """Return the party of each actor that acts for one, the first named of several."""
    found: dict[tuple[int, Any], str] = {}
    for party, side in sides.items():
        query = (
            select(appearance.c.number, appearance.c.actor_id)
            .join(signature, _IS_SIGNED)
            .where(side.is_it(), numbers_among(appearance.c.number, numbers))
        )
        for number, actor_place in connection.execute(query):
            found.setdefault((number, actor_place), party)
    return found


def _others(connection: Connection, numbers: Sequence[int], acting: Acting) -> Acting:
    """Return the parties of actors, with those beside the ones that are known.

    Who acts for a country is of that country; a body of no country is a party by its name.
    """
    query = (
        select(appearance.c.number, appearance.c.actor_id, signature.c.country)
        .add_columns(signature.c.kind, signature.c.name, _acts().label("acts"))
        .join_from(appearance, signature, _IS_SIGNED)
        .where(numbers_among(appearance.c.number, numbers))
    )
    found = dict(acting)
    for line in connection.execute(query):
        party = line.country if line.acts else line.name if line.kind in _BODIES else None
        if party is not None:
            found.setdefault((line.number, line.actor_id), party)
    return found


@dataclass(frozen=True, slots=True)
class _Named:
    """Who acts for parties in some articles."""

    parties: dict[str, dict[str, str]]  # by the ids of an article and of an actor
    names: set[str]  # of these, and of all states


def _named(connection: Connection, numbers: Sequence[int], acting: Acting) -> _Named:
    """Return who acts for parties, with the names that are said of them and of states."""
    query = (
        select(actor.c.number, place_of(actor).label("place"), actor.c.actor_id)
        .add_columns(actor.c.name, actor.c.kind, article.c.article_id)
        .join(article, same_article(article, actor))
        .where(numbers_among(actor.c.number, numbers))
    )
    found = _Named({}, set())
    for line in connection.execute(query):
        if (party := acting.get((line.number, line.place))) is not None:
            found.parties.setdefault(line.article_id, {})[line.actor_id] = party
        if party is not None or line.kind in STATES:
            found.names.add(line.name)
    return found


def _is_theirs(move: Move, parties: Sequence[str]) -> bool:
    """Whether a move is one of those asked for: of the one party, or to another of several."""
    if len(parties) == 1:
        return parties[0] in move.by | move.to
    return not move.is_ask or bool(move.to)


def _plain_words(parties: Sequence[str], called: Iterable[str]) -> frozenset[str]:
    """Return the words that say nothing of what is talked about."""
    names = {word for party in parties for word in party.split()}
    names |= {word.strip("’'s") for name in called for word in name.split()}
    return COMMON | {name.casefold() for name in names}


def _lies_in(move: Move, between: tuple[str | None, str | None]) -> bool:
    """Whether a move may lie between two days; one of no date does where none is asked for."""
    since, until = between
    if move.days is None:
        return since is None and until is None
    return (since is None or move.days.last >= since) and (
        until is None or move.days.first <= until
    )


def days_asked(since: str | None, until: str | None) -> tuple[str | None, str | None]:
    """Return the first and the last day between two dates of any precision.

    Raises:
        ValueError: One of them is no date, or the first is after the last.
    """
    first, last = days_of(since), days_of(until)
    for name, value, days in (("since", since, first), ("until", until, last)):
        if value and days is None:
            raise ValueError(
                f"{name} must be a date such as 2022, 2022-03 or 2022-03-10, got {value!r}"
            )
    if first and last and first.first > last.last:
        raise ValueError(f"since {since} is after until {until}")
    return first.first if first else None, last.last if last else None
