"""Happenings are kept at each save: what each is found by, and no more whether they are."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    """Make the table of keys; the tellings are entered anew when all migrations ran."""
    op.execute("DELETE FROM telling")
    op.add_column("telling", sa.Column("unit", sa.Integer(), nullable=False, server_default="0"))
    op.create_index("ix_telling_unit", "telling", ["unit"])
    op.create_table(
        "telling_key",
        sa.Column("key", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("unit", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("weight", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("key", "unit"),
        sqlite_with_rowid=False,
    )
    op.drop_table("upkeep")
