"""Who acts for a country is found by the country, and offices by who holds them."""

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"

_ACTING = (
    "country IS NOT NULL AND (kind IN ('state', 'government') "
    "OR sector IN ('GOV', 'MIL', 'COP', 'LEG', 'JUD', 'SPY'))"
)


def upgrade() -> None:
    """Make the indexes."""
    _index("signature", "acting", ["country"], _ACTING)
    _index("mention", "role", ["number", "actor_id"], "role IS NOT NULL")


def _index(table: str, name: str, columns: list[str], where: str) -> None:
    these = sa.text(where)
    op.create_index(
        f"ix_{table}_{name}", table, columns, sqlite_where=these, postgresql_where=these
    )
