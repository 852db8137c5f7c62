"""Entering the actors of articles where they are linked: `signature` and `appearance`.

Both are made from `actor` and `mention` alone and can be made again at any time.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, fields

from sqlalchemy import Connection, RowMapping, delete, func, select

from onrecord.records import Actor, Record
from onrecord.store.bulk import insert_lines
from onrecord.store.catalogue import among, newest_versions, numbers_among, of_articles
from onrecord.store.links import is_listed
from onrecord.store.names import folded_words
from onrecord.store.schema import actor as actors
from onrecord.store.schema import appearance, mention, signature
from onrecord.store.signatures import Appearance, Signature, appearances

_AT_ONCE = 200  # articles entered together
_FACTS = tuple(field.name for field in fields(Signature))
_ACTOR_FIELDS = tuple(one.name for one in fields(Actor) if one.name not in {"extractor", "grounds"})


def enter(connection: Connection, record: Record, number: int) -> None:
    """Enter the actors of the latest version of an article, of which none are entered."""
    places = {actor.actor_id: at for at, actor in enumerate(record.actors)}
    _insert(
        connection,
        [
            _Entered(number, places[one.actor.actor_id], record.article.article_id, one)
            for one in appearances(record.actors, record.mentions)
        ],
    )


def leave(connection: Connection, article_id: str) -> None:
    """Take out the actors of an article, of whatever version."""
    connection.execute(delete(appearance).where(of_articles(appearance, [article_id])))


def enter_all(connection: Connection, advance: Callable[[], None]) -> None:
    """Enter the actors of all articles anew; `advance` is called after each article."""
    connection.execute(delete(appearance))
    newest = newest_versions()
    lines = connection.execute(select(newest.c.number, newest.c.article_id))
    ids = sorted((line.number, line.article_id) for line in lines)
    for start in range(0, len(ids), _AT_ONCE):
        chunk = dict(ids[start : start + _AT_ONCE])
        _insert(connection, _stored(connection, chunk))
        for _ in chunk:
            advance()


def signature_from(line: RowMapping) -> Signature:
    """Return the signature in a line of its table."""
    return Signature(**{name: line[name] for name in _FACTS})


@dataclass(frozen=True, slots=True)
class _Entered:
    """An actor of an article version."""

    number: int
    position: int
    article_id: str
    appearance: Appearance


def _stored(connection: Connection, ids: Mapping[int, str]) -> list[_Entered]:
    """Return the actors of stored articles, by number, with what their mentions tell."""
    told: dict[tuple[int, int], list[RowMapping]] = defaultdict(list)
    columns = (mention.c.number, mention.c.actor_id)
    columns_told = (mention.c.form, mention.c.role)
    counted = (
        select(*columns, *columns_told, func.count().label("mentions"))
        .where(numbers_among(mention.c.number, ids))
        .group_by(*columns, *columns_told)
    )
    for line in connection.execute(counted).mappings():
        told[line["number"], line["actor_id"]].append(line)
    found = []
    query = select(actors).where(numbers_among(actors.c.number, ids), is_listed(actors))
    for line in connection.execute(query).mappings():
        number = line["number"]
        own = told[number, line["position"]]
        one = Appearance(
            actor=Actor(extractor="", **{name: line[name] for name in _ACTOR_FIELDS}),
            forms=frozenset(said["form"] for said in own),
            roles=frozenset(said["role"] for said in own if said["role"]),
            mentions=sum(said["mentions"] for said in own),
        )
        found.append(_Entered(number, line["position"], ids[number], one))
    return found


def _insert(connection: Connection, entered: Iterable[_Entered]) -> None:
    signatures: dict[str, Signature] = {}
    lines = []
    for one in entered:
        made = one.appearance.signature()
        signatures[made.signature_id] = made
        values = appearance_values(one.article_id, one.appearance, made)
        lines.append({"number": one.number, **values, "actor_id": one.position})
    if not lines:
        return
    known = select(signature.c.signature_id).where(among(signature.c.signature_id, signatures))
    there = set(connection.scalars(known))
    new = [signature_values(one) for key, one in signatures.items() if key not in there]
    insert_lines(connection, signature, new)
    insert_lines(connection, appearance, lines)


def appearance_values(article_id: str, one: Appearance, made: Signature) -> dict[str, str | int]:
    """Return what is kept of an actor in an article, by column, but for the article's number."""
    return {
        "actor_id": one.actor.actor_id,
        "signature_id": made.signature_id,
        "own_id": one.own_id(article_id),
        "mentions": one.mentions,
    }


def signature_values(one: Signature) -> dict[str, str | None]:
    """Return what is kept of a signature, by column."""
    values = {name: getattr(one, name) for name in _FACTS}
    words = " ".join(folded_words(one.name))
    return values | {"words": f" {words} "}
