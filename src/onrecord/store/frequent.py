"""Which signatures most articles have, in a store of so many that not all can be looked at."""

from __future__ import annotations

from sqlalchemy import Connection, func, select

from onrecord.store.schema import appearance, signature

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
    query = (
        select(appearance.c.signature_id)
        .join(signature, signature.c.signature_id == appearance.c.signature_id)
        .where(signature.c.block.is_not(None))
        .where(*(signature.c[name] == value for name, value in same.items() if value is not None))
        .group_by(appearance.c.signature_id)
        .order_by(func.count().desc(), appearance.c.signature_id)
        .limit(limit * FOR_EACH)
    )
    return set(connection.scalars(query))
