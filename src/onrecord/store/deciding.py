"""Merging and splitting identities, and undoing that."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, func, select

from onrecord.errors import StoreError
from onrecord.store.catalogue import among, resolve_article, same_article
from onrecord.store.decisions import Anchor, Decision, Signed, all_decisions, append
from onrecord.store.identifying import signature_from
from onrecord.store.identities import Found, IdentityAppearance, find_identity, is_actor
from onrecord.store.meaning import belongs
from onrecord.store.partition import plain
from onrecord.store.schema import actor, appearance, article, signature


def list_appearances(connection: Connection, found: Found) -> tuple[IdentityAppearance, ...]:
    """Return the actors of articles that are an identity, by date of publication."""
    day = article.c.first_day
    query = (
        select(
            article.c.article_id,
            article.c.version,
            actor.c.actor_id,
            signature.c.name,
            appearance.c.mentions,
            article.c.title,
            article.c.published,
        )
        .join(signature, signature.c.signature_id == appearance.c.signature_id)
        .join(article, same_article(article, appearance))
        .join(actor, is_actor(appearance))
        .where(belongs(found.members))
        .order_by(day.is_(None), day, article.c.article_id, actor.c.actor_id)
    )
    return tuple(IdentityAppearance(**line) for line in connection.execute(query).mappings())


def merge(connection: Connection, place: str, one: str, other: str, signed: Signed) -> Decision:
    """Keep that two identities are one.

    Raises:
        StoreError: A name or id means no identity, or several, or both mean the same.
    """
    first, second = find_identity(connection, place, one), find_identity(connection, place, other)
    if first.identity.identity_id == second.identity.identity_id:
        raise StoreError(
            f"{one!r} and {other!r} are one identity already, {first.identity.name}; "
            f"name two different ones"
        )
    anchors = _anchor(connection, first), _anchor(connection, second)
    made = Decision(number=0, action="merge", one=anchors[0], other=anchors[1], signed=signed)
    return append(connection, made)


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaving:
    """Which part of an identity is somebody else: its actors in articles, or with names."""

    articles: tuple[str, ...] = ()  # as `Store.resolve` takes them
    names: tuple[str, ...] = ()


def split(
    connection: Connection, place: str, ref: str, leaving: Leaving, signed: Signed
) -> Decision:
    """Keep that a part of an identity is somebody else.

    Raises:
        StoreError: A name or id means no identity, or several; it is not in one of the articles or
            has none of the names; or all of it would leave.
    """
    found = find_identity(connection, place, ref)
    identity = found.identity
    articles = {one: resolve_article(connection, place, one) for one in leaving.articles}
    moved = _anchors_in(connection, found, set(articles.values()))
    there = {anchor.article_id for anchor in moved}
    for given, article_id in articles.items():
        if article_id not in there:
            raise StoreError(f"{identity.name} does not appear in {given!r}; name an article where")
    known = {plain(name) for name in identity.names}
    for name in leaving.names:
        if plain(name) not in known:
            raise StoreError(
                f"{identity.name} does not go by {name!r}; it goes by {', '.join(identity.names)}"
            )
    if known == {plain(name) for name in leaving.names} or len(there) == identity.articles:
        raise StoreError(f"that would be all of {identity.name}; leave a part where it is")
    return append(
        connection,
        Decision(
            number=0,
            action="split",
            one=_anchor(connection, found, there, leaving.names),
            moved=moved,
            names=leaving.names,
            signed=signed,
        ),
    )


def undo(connection: Connection, place: str, number: int, signed: Signed) -> Decision:
    """Keep that a decision no longer holds; an undo can be undone itself.

    Raises:
        StoreError: There is no decision of that number, or it is undone already.
    """
    made = {one.number: one for one in all_decisions(connection)}
    if number not in made:
        raise StoreError(
            f"{place} has no decision {number}; `onrecord identities decisions` lists them"
        )
    if (by := made[number].undone_by) is not None:
        raise StoreError(f"decision {number} is undone already; to have it again undo {by}")
    return append(connection, Decision(number=0, action="undo", undoes=number, signed=signed))


def _anchor(
    connection: Connection,
    found: Found,
    but_not_in: Collection[str | None] = (),
    but_not: Sequence[str] = (),
) -> Anchor:
    """Return what an identity is best known by: a name in full, in most articles.

    It is a signature where one of it is linked, else an actor of an article.
    """
    leaving = {plain(name) for name in but_not}
    count = func.count()
    query = (
        select(signature, count.label("articles"))
        .join(appearance, signature.c.signature_id == appearance.c.signature_id)
        .where(among(signature.c.signature_id, found.members.signatures), belongs(found.members))
        .group_by(*signature.c)
        .order_by(count.desc(), signature.c.signature_id)
    )
    known = [signature_from(line) for line in connection.execute(query).mappings()]
    known = [one for one in known if plain(one.name) not in leaving]
    if known:
        best = max(known, key=lambda one: one.is_full)
        return Anchor(atom=best.signature_id, kind=best.kind, name=best.name)
    everywhere = _anchors_in(connection, found, None)
    return next(one for one in everywhere if one.article_id not in but_not_in)


def _anchors_in(
    connection: Connection, found: Found, articles: Collection[str] | None
) -> tuple[Anchor, ...]:
    """Return the actors that are an identity, in some articles or in all."""
    query = (
        select(appearance.c.own_id, signature.c.kind, signature.c.name, article.c.article_id)
        .join(article, same_article(article, appearance))
        .join(signature, signature.c.signature_id == appearance.c.signature_id)
        .where(belongs(found.members))
        .order_by(article.c.article_id, appearance.c.own_id)
    )
    if articles is not None:
        query = query.where(among(article.c.article_id, articles))
    return tuple(
        Anchor(atom=line.own_id, kind=line.kind, name=line.name, article_id=line.article_id)
        for line in connection.execute(query)
    )
