"""Talks between parties, from the articles in which two or more of them appear."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from sqlalchemy import ColumnElement, Connection, or_, select

from onrecord.codebook import load_codebook
from onrecord.language.days import days_of
from onrecord.records import Record
from onrecord.store.catalogue import same_article
from onrecord.store.identities import is_actor
from onrecord.store.links import is_listed, place_of
from onrecord.store.meaning import meaning
from onrecord.store.reading import load_told
from onrecord.store.retelling import happening_of_events
from onrecord.store.saving import held_together
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
MOST_COUNTED = 5_000  # events that pairs are counted in
_TALKING = ("CONSULT", "AGREE", "REQUEST", "REJECT", "CONCEDE", "COOPERATE")
_OFFICIAL = ("GOV", "MIL", "COP", "LEG", "JUD", "SPY")  # sectors that act for their country
_STATES = ("state", "government")
_BODIES = ("igo", "bloc", "armed_group")  # kinds of party of no country
_COUNTRY = re.compile(r"[A-Z]{3}")
_KINDS = ("statements", "events", "conditions", "demands", "actors")


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
    meant = {party: _meant(connection, party) for party in parties}
    keys = _articles(connection, meant, MOST_READ + 1)
    acting = _acting(connection, meant, keys[:MOST_READ])
    if len(parties) == 1:
        acting = _others(connection, keys[:MOST_READ], acting)
    theirs = {actor_id for known in acting.values() for actor_id in known}
    with held_together(place):
        records = load_told(connection, keys[:MOST_READ], _KINDS, theirs)
    told = happening_of_events(connection, {article_id for article_id, _ in keys})
    moves: list[Move] = []
    for record in records:
        article_id = record.article.article_id
        for move in moves_of(record, acting.get(article_id, {})):
            happening = told.get((article_id, move.row_id), move.happening_id)
            moves.append(replace(move, happening_id=happening))
    items = answered(moves, _plain_words(parties, acting, records))
    kept = tuple(
        one for one in items if _is_theirs(one.move, parties) and _lies_in(one.move, between)
    )
    used = {move.article_id for one in kept for move in _moves_in(one)}
    return Talks(
        items=kept,
        records={one.article.article_id: one for one in records if one.article.article_id in used},
        read=len(records),
        more=len(keys) > MOST_READ,
    )


def pairs(connection: Connection, limit: int) -> tuple[Pair, ...]:
    """Return the countries between which most events of talks are told."""
    newest = (
        select(event.c.number, place_of(event).label("event_id"))
        .join(printing, same_article(printing, event))
        .where(event.c.event_type.in_(_TALKING), is_listed(event))
        .order_by(printing.c.number.desc())
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


def _meant(connection: Connection, party: str) -> ColumnElement[bool]:
    """Return the condition that an appearance is of somebody who acts for a party."""
    if not _COUNTRY.fullmatch(party):
        return meaning(connection, party)
    theirs = select(signature.c.signature_id).where(signature.c.country == party, _acts())
    return appearance.c.signature_id.in_(theirs)


def _acts() -> ColumnElement[bool]:
    """Return the condition that a signature is of who acts for their country."""
    return or_(signature.c.kind.in_(_STATES), signature.c.sector.in_(_OFFICIAL))


def _articles(
    connection: Connection, meant: Mapping[str, ColumnElement[bool]], limit: int
) -> list[Key]:
    """Return the newest articles in which two of the parties appear, the newest first."""
    has = [article.c.number.in_(select(appearance.c.number).where(one))
           for one in meant.values()]  # fmt: skip
    pairs_ = [one & other for at, one in enumerate(has) for other in has[at + 1 :]]
    two = or_(*pairs_) if pairs_ else has[0]
    day = article.c.first_day
    query = (
        select(article.c.article_id, article.c.version)
        .where(two)
        .order_by(day.is_(None), day.desc(), article.c.article_id)
        .limit(limit)
    )
    return [(line.article_id, line.version) for line in connection.execute(query)]


def _acting(
    connection: Connection, meant: Mapping[str, ColumnElement[bool]], keys: Iterable[Key]
) -> dict[str, dict[str, str]]:
    """Return the party of each actor that acts for one, by article; the first named of several."""
    wanted = {article_id for article_id, _ in keys}
    found: dict[str, dict[str, str]] = {}
    for party, theirs in meant.items():
        query = (
            select(article.c.article_id, actor.c.actor_id)
            .join(appearance, same_article(appearance, article))
            .join(actor, is_actor(appearance))
            .where(theirs, article.c.article_id.in_(sorted(wanted)))
        )
        for line in connection.execute(query):
            found.setdefault(line.article_id, {}).setdefault(line.actor_id, party)
    return found


def _others(
    connection: Connection, keys: Iterable[Key], acting: Mapping[str, Mapping[str, str]]
) -> dict[str, dict[str, str]]:
    """Return the parties of actors, by article, with those beside the ones that are known.

    Who acts for a country is of that country; a body of no country is a party by its name.
    """
    wanted = sorted({article_id for article_id, _ in keys})
    query = (
        select(article.c.article_id, actor.c.actor_id, signature.c.country)
        .add_columns(signature.c.kind, signature.c.name, _acts().label("acts"))
        .join_from(article, appearance, same_article(appearance, article))
        .join(actor, is_actor(appearance))
        .join(signature, signature.c.signature_id == appearance.c.signature_id)
        .where(article.c.article_id.in_(wanted))
    )
    found = {article_id: dict(parties) for article_id, parties in acting.items()}
    for line in connection.execute(query):
        party = line.country if line.acts else line.name if line.kind in _BODIES else None
        if party is not None:
            found.setdefault(line.article_id, {}).setdefault(line.actor_id, party)
    return found


def _is_theirs(move: Move, parties: Sequence[str]) -> bool:
    """Whether a move is one of those asked for: of the one party, or to another of several."""
    if len(parties) == 1:
        return parties[0] in move.by | move.to
    return not move.is_ask or bool(move.to)


def _plain_words(
    parties: Sequence[str], acting: Mapping[str, Mapping[str, str]], records: Iterable[Record]
) -> frozenset[str]:
    """Return the words that say nothing of what is talked about."""
    names = {word for party in parties for word in party.split()}
    for record in records:
        theirs = acting.get(record.article.article_id, {})
        names |= {
            word.strip("’'s")
            for one in record.actors
            if one.actor_id in theirs or one.kind in _STATES
            for word in one.name.split()
        }
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
