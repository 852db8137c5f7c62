"""Entering the actors of articles where they are linked: `signature` and `appearance`.

Both are made from `actor` and `mention` alone and can be made again at any time.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import fields

from sqlalchemy import Connection, RowMapping, delete, func, select

from onrecord.records import Actor, Record
from onrecord.store.bulk import insert_lines
from onrecord.store.catalogue import among, newest_versions, of_versions
from onrecord.store.names import folded_words
from onrecord.store.schema import actor as actors
from onrecord.store.schema import appearance, mention, signature
from onrecord.store.shapes import Key
from onrecord.store.signatures import Appearance, Signature, appearances

_AT_ONCE = 200  # articles entered together
_FACTS = tuple(field.name for field in fields(Signature))
_ACTOR_FIELDS = tuple(one.name for one in fields(Actor) if one.name not in {"extractor", "grounds"})


def enter(connection: Connection, record: Record) -> None:
    """Enter the actors of the latest version of an article, of which none are entered."""
    article = record.article
    key = article.article_id, article.version
    _insert(connection, [(key, one) for one in appearances(record.actors, record.mentions)])


def leave(connection: Connection, article_id: str) -> None:
    """Take out the actors of an article, of whatever version."""
    connection.execute(delete(appearance).where(appearance.c.article_id == article_id))


def enter_all(connection: Connection, advance: Callable[[], None]) -> None:
    """Enter the actors of all articles anew; `advance` is called after each article."""
    connection.execute(delete(appearance))
    newest = newest_versions()
    lines = connection.execute(select(newest.c.article_id, newest.c.version))
    keys: list[Key] = [(line.article_id, line.version) for line in lines]
    for start in range(0, len(keys), _AT_ONCE):
        chunk = keys[start : start + _AT_ONCE]
        _insert(connection, _stored(connection, chunk))
        for _ in chunk:
            advance()


def signature_from(line: RowMapping) -> Signature:
    """Return the signature in a line of its table."""
    return Signature(**{name: line[name] for name in _FACTS})


def _stored(connection: Connection, keys: Sequence[Key]) -> list[tuple[Key, Appearance]]:
    """Return the actors of stored articles, with what their mentions tell."""
    told: dict[tuple[Key, str], list[RowMapping]] = defaultdict(list)
    columns = (mention.c.article_id, mention.c.version, mention.c.actor_id)
    columns_told = (mention.c.form, mention.c.role)
    counted = (
        select(*columns, *columns_told, func.count().label("mentions"))
        .where(of_versions(mention, keys))
        .group_by(*columns, *columns_told)
    )
    for line in connection.execute(counted).mappings():
        told[(line["article_id"], line["version"]), line["actor_id"]].append(line)
    found = []
    query = select(actors).where(of_versions(actors, keys), actors.c.position.is_not(None))
    for line in connection.execute(query).mappings():
        key = line["article_id"], line["version"]
        own = told[key, line["actor_id"]]
        one = Appearance(
            actor=Actor(extractor="", **{name: line[name] for name in _ACTOR_FIELDS}),
            forms=frozenset(said["form"] for said in own),
            roles=frozenset(said["role"] for said in own if said["role"]),
            mentions=sum(said["mentions"] for said in own),
        )
        found.append((key, one))
    return found


def _insert(connection: Connection, entered: Iterable[tuple[Key, Appearance]]) -> None:
    signatures: dict[str, Signature] = {}
    lines = []
    for (article_id, version), one in entered:
        made = one.signature()
        signatures[made.signature_id] = made
        lines.append(appearance_values((article_id, version), one, made))
    if not lines:
        return
    known = select(signature.c.signature_id).where(among(signature.c.signature_id, signatures))
    there = set(connection.scalars(known))
    new = [signature_values(one) for key, one in signatures.items() if key not in there]
    insert_lines(connection, signature, new)
    insert_lines(connection, appearance, lines)


def appearance_values(key: Key, one: Appearance, made: Signature) -> dict[str, str | int]:
    """Return what is kept of an actor's appearance in an article version, by column."""
    return {
        "article_id": key[0],
        "version": key[1],
        "actor_id": one.actor.actor_id,
        "signature_id": made.signature_id,
        "own_id": one.own_id(key[0]),
        "mentions": one.mentions,
    }


def signature_values(one: Signature) -> dict[str, str | None]:
    """Return what is kept of a signature, by column."""
    values = {name: getattr(one, name) for name in _FACTS}
    words = " ".join(folded_words(one.name))
    return values | {"words": f" {words} "}
