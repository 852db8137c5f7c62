"""The actors that a mention in doubt may refer to."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Add the column; mentions read before it have no candidates."""
    op.add_column(
        "mention", sa.Column("candidates", sa.JSON(), nullable=False, server_default="[]")
    )
