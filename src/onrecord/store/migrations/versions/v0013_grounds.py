"""Why actors have their values, and how the tables spell a name that a text spells otherwise."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    """Add the columns; actors read before have no grounds, and go by the tables' names."""
    op.add_column("actor", sa.Column("known_as", sa.String()))
    op.add_column("actor", sa.Column("grounds", sa.JSON(), nullable=False, server_default="[]"))
