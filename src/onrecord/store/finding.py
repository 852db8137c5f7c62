"""The queries behind `Store.find`: from filters to the ids of rows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    CTE,
    ColumnElement,
    Connection,
    FromClause,
    Select,
    String,
    Table,
    and_,
    case,
    cast,
    exists,
    func,
    or_,
    select,
    tuple_,
    union,
)

from onrecord.store import search
from onrecord.store.catalogue import same_article
from onrecord.store.filters import MEANINGS, STATEMENT, Filters
from onrecord.store.links import is_listed, place_of
from onrecord.store.meaning import meaning
from onrecord.store.packed import Coded
from onrecord.store.schema import (
    TABLES,
    actor,
    appearance,
    article,
    event,
    participant,
    place,
    printing,
    statement,
)
from onrecord.store.shapes import SHAPES, Key
from onrecord.tables import NARRATION


@dataclass(frozen=True, slots=True)
class Hit:
    """A row that was found."""

    key: Key
    row_id: str
    number: int  # of the article version, inside
    place: object  # of the row in it, as `place_of` has it


def find_rows(
    connection: Connection, kind: str, filters: Filters, article_id: str | None
) -> list[Hit]:
    """Return the rows that the filters ask for, by date of publication, then as they stand.

    Articles of unknown date come last. Only the latest version of an article is looked at, and
    only that article if one is given.
    """
    rows, day = TABLES[kind], article.c.first_day
    query = matching(connection, kind, filters, article_id)
    # an order in which the articles are walked until enough rows are found
    query = query.order_by(day.is_(None), day, article.c.article_id, rows.c.position)
    return hits_of(connection, query.limit(filters.limit))


def hits_of(connection: Connection, query: Select[Any]) -> list[Hit]:
    """Return the rows that a query of `matching` finds."""
    return [Hit((line[0], line[1]), *line[2:]) for line in connection.execute(query)]


def matching(
    connection: Connection,
    kind: str,
    filters: Filters,
    article_id: str | None,
    *,
    walked: bool = False,
) -> Select[Any]:
    """Return the query for the keys of the rows that the filters ask for, in no order.

    It joins the table of the rows and `article`; the limit is left to the caller.

    Args:
        connection: To the store.
        kind: The kind of rows.
        filters: What is asked for.
        article_id: The only article to look at; None is all.
        walked: Whether articles are to be walked in the order of an index until enough rows are
            found. That is quick where many articles have one; else those of who is asked for are.
    """
    rows = TABLES[kind]
    key = (article.c.article_id, article.c.version)
    inside = (rows.c.number, place_of(rows).label("place"))
    query = (
        select(*key, rows.c[SHAPES[kind].id_field], *inside)
        .join(article, same_article(rows, article))
        .join(printing, same_article(printing, article))
        .where(is_listed(rows), *_conditions(connection, kind, filters, walked=walked))
    )
    if filters.heard is not None:
        meant = meaning(connection, filters.heard)
        if kind == "statements":
            query = query.where(*_is_party(rows, "speaker_id", meant, walked=walked))
        else:
            heard = _heard_from(meant)
            query = query.where(_in_articles(rows, meant))
            vouched = and_(same_article(rows, heard), rows.c.statement_id == heard.c.statement_id)
            query = query.join(heard, vouched)
    if article_id is not None:
        query = query.where(article.c.article_id == article_id)
    return query


def _conditions(
    connection: Connection, kind: str, filters: Filters, *, walked: bool
) -> Iterator[ColumnElement[bool]]:
    rows, meaning = TABLES[kind], MEANINGS[kind]
    yield from _parties(connection, kind, filters, walked=walked)
    if filters.country is not None:
        yield _of_country(kind, filters.country.upper())
    yield from _of_countries(kind, filters)
    yield from _of_events(filters)
    if filters.place is not None:
        yield _at_place(rows, filters.place)
    yield from _voiced(kind, filters)
    if filters.type is not None:
        yield or_(*(_is_word(rows.c[name], filters.type) for name in meaning.type))
    if filters.modality is not None:
        yield rows.c.modality == filters.modality.lower()
    if filters.publisher is not None:
        yield func.lower(article.c.publisher) == filters.publisher.lower()
    yield from _dated(rows, filters)
    yield from _sure(rows, filters)
    if filters.text is not None:
        yield search.row_has(connection, rows, filters.text)


def _is_word(column: ColumnElement[str], wanted: str) -> ColumnElement[bool]:
    """Whether a column has a word, in any case."""
    if isinstance(column.type, Coded):
        return column == column.type.in_any_case(wanted)
    return func.lower(column) == wanted.lower()


def _linked(rows: FromClause, link: str, *where: ColumnElement[bool]) -> ColumnElement[bool]:
    """Whether the actor that a column links to meets the conditions; an actor links to itself."""
    if rows is actor:
        return and_(*where)
    return exists().where(same_article(actor, rows), place_of(actor) == rows.c[link], *where)


def _is_meant(rows: FromClause, link: str, meant: ColumnElement[bool]) -> ColumnElement[bool]:
    """Whether the actor that a column links to is who is meant."""
    linked = place_of(rows) if rows is actor else rows.c[link]
    same_actor = appearance.c.actor_id == linked
    return exists().where(same_article(appearance, rows), same_actor, meant)


def _in_articles(rows: FromClause, meant: ColumnElement[bool]) -> ColumnElement[bool]:
    """Whether who is meant appears in the article; follows, and is found in an index at once."""
    return rows.c.number.in_(select(appearance.c.number).where(meant))


def _walked_in(meant: ColumnElement[bool]) -> ColumnElement[bool]:
    """Whether who is meant appears in the article; not to be looked for in an index."""
    return (article.c.number + 0).in_(select(appearance.c.number).where(meant))


def _is_party(
    rows: Table, link: str, meant: ColumnElement[bool], *, walked: bool
) -> Iterator[ColumnElement[bool]]:
    """Yield the conditions that the actor that a column links to is who is meant."""
    if walked:
        yield _walked_in(meant)
        yield _is_meant(rows, link, meant)
        return
    yield tuple_(rows.c.number, place_of(rows)).in_(_with_party(rows, link, meant))


def _with_party(rows: Table, link: str, meant: ColumnElement[bool]) -> Select[Any]:
    """Return the query for the places of the rows of which who is meant is a party."""
    if rows is actor:
        return select(appearance.c.number, appearance.c.actor_id).where(meant)
    theirs = rows.alias("theirs")
    linked = and_(same_article(theirs, appearance), theirs.c[link] == appearance.c.actor_id)
    return (
        select(theirs.c.number, place_of(theirs)).join_from(appearance, theirs, linked).where(meant)
    )


def _heard_from(meant: ColumnElement[bool]) -> CTE:
    """Return the keys of the statements that who is meant made, and of all within those."""
    made = _with_party(statement, "speaker_id", meant).subquery("made")
    number, place = made.c
    heard = select(number.label("number"), place.label("statement_id")).cte("heard", recursive=True)
    inner = statement.alias("inner_statement")
    within = and_(same_article(heard, inner), inner.c.parent_id == heard.c.statement_id)
    return heard.union(select(inner.c.number, place_of(inner)).join(heard, within))


def _parties(
    connection: Connection, kind: str, filters: Filters, *, walked: bool
) -> Iterator[ColumnElement[bool]]:
    """Yield the conditions on the two sides of a row."""
    rows = TABLES[kind]
    asked: dict[str, ColumnElement[bool]] = {
        side: meaning(connection, name)
        for side, name in (("actor", filters.actor), ("recipient", filters.recipient))
        if name is not None
    }
    if kind == "events":
        yield from _took_part(asked, walked=walked)
        return
    sides = {"actor": MEANINGS[kind].actor, "recipient": MEANINGS[kind].recipient}
    for side, meant in asked.items():
        (link,) = sides[side]
        yield from _is_party(rows, link, meant, walked=walked)


def _took_part(
    asked: dict[str, ColumnElement[bool]], *, walked: bool
) -> Iterator[ColumnElement[bool]]:
    """Yield the conditions that an event's participants are those asked for.

    In a symmetric event any two different participants will do.
    """
    if len(asked) == 1 and not walked:
        ((side, meant),) = asked.items()
        yield tuple_(event.c.number, place_of(event)).in_(_with_participant(side, meant))
        return
    for meant in asked.values():
        yield _walked_in(meant) if walked else _in_articles(event, meant)
    if asked:
        yield _have_parts(asked)


def _with_participant(side: str, meant: ColumnElement[bool]) -> Select[Any]:
    """Return the query for the places of the events of which who is meant is on a side."""
    theirs = event.alias("theirs")
    of_event = and_(same_article(theirs, participant), place_of(theirs) == participant.c.event_id)
    either = exists().where(of_event, theirs.c.symmetric)
    same_actor = participant.c.actor_id == appearance.c.actor_id
    return (
        select(participant.c.number, participant.c.event_id)
        .join_from(appearance, participant, and_(same_article(participant, appearance), same_actor))
        .where(meant, or_(participant.c.role == f"{side}s", either))
    )


def _have_parts(asked: dict[str, ColumnElement[bool]]) -> ColumnElement[bool]:
    """Whether an event's participants are those asked for.

    In a symmetric event any two different participants will do.
    """
    either = and_(*(_has_part(meant) for meant in asked.values()))
    if len(asked) == 2:
        one, other = participant.alias("one"), participant.alias("other")
        different = or_(one.c.role != other.c.role, one.c.position != other.c.position)
        either = exists().where(
            _of_event(one),
            _of_event(other),
            different,
            _is_meant(one, "actor_id", asked["actor"]),
            _is_meant(other, "actor_id", asked["recipient"]),
        )
    as_told = and_(
        *(_has_part(meant, participant.c.role == f"{side}s") for side, meant in asked.items())
    )
    return or_(as_told, and_(event.c.symmetric, either))


def _of_event(party: FromClause) -> ColumnElement[bool]:
    return and_(same_article(party, event), party.c.event_id == place_of(event))


def _has_part(meant: ColumnElement[bool], *where: ColumnElement[bool]) -> ColumnElement[bool]:
    """Whether who is meant takes part in an event."""
    return exists().where(
        _of_event(participant),
        same_article(appearance, participant),
        appearance.c.actor_id == participant.c.actor_id,
        meant,
        *where,
    )


def _participates(*where: ColumnElement[bool]) -> ColumnElement[bool]:
    """Whether an event has a participant whose actor meets the conditions."""
    same_actor = and_(same_article(actor, participant), place_of(actor) == participant.c.actor_id)
    return exists().where(_of_event(participant), same_actor, *where)


def _of_country(kind: str, country: str) -> ColumnElement[bool]:
    if kind == "places":
        return place.c.country == country
    theirs = actor.c.country == country
    if kind == "events":
        return _participates(theirs)
    return or_(*(_linked(TABLES[kind], link, theirs) for link in MEANINGS[kind].country))


def _of_countries(kind: str, filters: Filters) -> Iterator[ColumnElement[bool]]:
    """Yield the conditions on the countries of the two sides of a row."""
    sides = (("actor", filters.actor_country), ("recipient", filters.recipient_country))
    asked = {side: country.upper() for side, country in sides if country is not None}
    if kind == "events" and asked:
        yield countries_took_part(asked)
        return
    for side, country in asked.items():
        links = MEANINGS[kind].actor if side == "actor" else MEANINGS[kind].recipient
        theirs = actor.c.country == country
        yield or_(*(_linked(TABLES[kind], link, theirs) for link in links))


def countries_took_part(asked: dict[str, str]) -> ColumnElement[bool]:
    """Whether an event's parties are of the countries asked for; symmetric ones in any order."""
    as_told = and_(
        *(
            _participates(participant.c.role == f"{side}s", actor.c.country == country)
            for side, country in asked.items()
        )
    )
    either = and_(*(_participates(actor.c.country == country) for country in asked.values()))
    if len(asked) == 2:
        either = _two_parties(asked["actor"], asked["recipient"])
    return or_(as_told, and_(event.c.symmetric, either))


def _two_parties(one_country: str, other_country: str) -> ColumnElement[bool]:
    """Whether two different parties of an event are of two countries."""
    one, other = participant.alias("one_party"), participant.alias("other_party")
    his, theirs = actor.alias("one_actor"), actor.alias("other_actor")
    different = or_(one.c.role != other.c.role, one.c.position != other.c.position)
    return exists().where(
        _of_event(one),
        _of_event(other),
        different,
        same_article(his, one) & (place_of(his) == one.c.actor_id),
        same_article(theirs, other) & (place_of(theirs) == other.c.actor_id),
        his.c.country == one_country,
        theirs.c.country == other_country,
    )


def _at_place(rows: Table, name: str) -> ColumnElement[bool]:
    """Whether a row's place has a name."""
    linked = same_article(place, rows) & (place_of(place) == rows.c.place_id)
    return exists().where(linked, func.lower(place.c.name) == name.lower())


def _of_events(filters: Filters) -> Iterator[ColumnElement[bool]]:
    """Yield the conditions that only events can meet."""
    if filters.mode is not None:
        yield func.lower(event.c.mode) == filters.mode.lower()
    if filters.context is not None:
        listed = func.lower(cast(event.c.contexts, String))  # a list of words in quotation marks
        yield listed.contains(f'"{filters.context.lower()}"', autoescape=True)
    if filters.quad is not None:
        yield event.c.quad == filters.quad


def _voiced(kind: str, filters: Filters) -> Iterator[ColumnElement[bool]]:
    """Yield the condition that the article itself, or a statement in it, vouches for a row."""
    if filters.voice not in (NARRATION, STATEMENT):
        return
    said = TABLES[kind].c["parent_id" if kind == "statements" else "statement_id"]
    yield said.is_(None) if filters.voice == NARRATION else said.is_not(None)


def _sure(rows: Table, filters: Filters) -> Iterator[ColumnElement[bool]]:
    """Yield the condition on a row's score; a row that has none, as rules make it, meets it."""
    if filters.min_score is not None and "score" in rows.c:
        yield or_(rows.c.score.is_(None), rows.c.score >= filters.min_score)


def _dated(rows: Table, filters: Filters) -> Iterator[ColumnElement[bool]]:
    """Yield the conditions on a row's days: its own where known, else the article's."""
    days = (filters.first_day, filters.last_day)
    if days == (None, None):
        return
    first: ColumnElement[str] = article.c.first_day
    last: ColumnElement[str] = article.c.last_day
    if "first_day" in rows.c:
        first = func.coalesce(rows.c.first_day, first)
        last = func.coalesce(rows.c.last_day, last)
    yield from _between(first, last, days)
    if rows in _SELDOM_DATED:  # few articles have rows that may meet that; indexes tell which
        own = select(rows.c.number).where(
            rows.c.first_day.is_not(None), *_between(rows.c.first_day, rows.c.last_day, days)
        )
        printed = select(article.c.number).where(*_published(days))
        yield rows.c.number.in_(union(own.correlate(None), printed.correlate(None)))
    elif "first_day" not in rows.c:
        yield from _published(days)


_SELDOM_DATED = (event, statement)
"""Tables of which few rows have a date of their own, and an index of these."""


def _between(
    first: ColumnElement[str], last: ColumnElement[str], days: tuple[str | None, str | None]
) -> Iterator[ColumnElement[bool]]:
    """Yield the conditions that two days are at least in part between two others."""
    since, until = days
    if since is not None:
        yield last >= since
    if until is not None:
        yield first <= until


def _published(days: tuple[str | None, str | None]) -> Iterator[ColumnElement[bool]]:
    """Yield the conditions that an article may be of some days, first that an index tells at once.

    What is known to the month only began earlier: there are few of these.
    """
    since, _ = days
    if since is not None:
        earlier = article.alias("earlier").c
        begun = select(func.min(earlier.first_day)).where(
            earlier.first_day < earlier.last_day, earlier.last_day >= since
        )
        yield article.c.first_day >= func.coalesce(_least(begun.scalar_subquery(), since), since)
    yield from _between(article.c.first_day, article.c.last_day, days)


def _least(day: ColumnElement[str], other: str) -> ColumnElement[str]:
    """Return the earlier of two days; null where the first is."""
    return case((day < other, day))
