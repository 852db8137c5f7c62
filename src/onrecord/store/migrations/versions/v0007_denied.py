"""Whether the words around a figure deny it."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Add the column; figures read before it stand as they were told."""
    op.add_column(
        "figure", sa.Column("denied", sa.Boolean(), nullable=False, server_default=sa.false())
    )
