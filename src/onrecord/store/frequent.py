"""In how many articles, or stories, signatures are, and which are in most of a large store."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, Select, func, select

from onrecord.store.catalogue import among, same_article
from onrecord.store.schema import appearance, article, signature
from onrecord.store.units import unit_id

MOST_LOOKED_AT = 20_000  # signatures; of more only the most frequent are, where few are asked for
FOR_EACH = 4  # signatures looked at for an identity that is asked for


def frequent(connection: Connection, limit: int | None, **same: str | None) -> set[str] | None:
    """Return the signatures of most articles; None where all can be looked at, or have to be.

    An identity that is in as many articles has one of them.

    Args:
        connection: To the store.
        limit: How many identities are asked for; None is all.
        same: What the signatures must have, by column; None asks for nothing.
    """
    if limit is None:
        return None
    beyond = select(signature.c.signature_id).offset(MOST_LOOKED_AT).limit(1)
    if connection.scalar(beyond) is None:
        return None
    for fewest in (2, 1):  # most signatures are of one actor, and few are asked for
        found = set(connection.scalars(_most(limit * FOR_EACH, fewest, same)).all())
        if len(found) == limit * FOR_EACH:
            break
    return found


def _most(limit: int, fewest: int, same: Mapping[str, str | None]) -> Select[Any]:
    """Return the query for the signatures that most actors have, of those that some have."""
    each = (
        select(appearance.c.signature_id, func.count().label("actors"))
        .group_by(appearance.c.signature_id)
        .having(func.count() >= fewest)
        .subquery("each")
    )
    return (
        select(each.c.signature_id)
        .join(signature, signature.c.signature_id == each.c.signature_id)
        .where(signature.c.block.is_not(None))
        .where(*(signature.c[name] == value for name, value in same.items() if value is not None))
        .order_by(each.c.actors.desc(), each.c.signature_id)
        .limit(limit)
    )


def counted_by_story(signatures: set[str] | None) -> Select[Any]:
    """Return the query for how many stories, and mentions in these, each signature has."""
    told = (
        select(
            appearance.c.signature_id,
            func.max(appearance.c.mentions).label("mentions"),
        )
        .join(article, same_article(article, appearance))
        .group_by(appearance.c.signature_id, unit_id("story"))
    )
    if signatures is not None:
        told = told.where(among(appearance.c.signature_id, signatures))
    each = told.subquery()
    return select(
        each.c.signature_id,
        func.count().label("articles"),
        func.sum(each.c.mentions).label("mentions"),
    ).group_by(each.c.signature_id)
