"""That all tellings were linked anew is noted, so that answers kept before are asked again."""

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"


def upgrade() -> None:
    """Make the table."""
    op.create_table("relinking", sa.Column("number", sa.Integer(), primary_key=True))
