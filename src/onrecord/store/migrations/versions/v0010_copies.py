"""Copies: what articles are found by that may be copies, and which are."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0007"


def upgrade() -> None:
    """Make the tables; what is derived from the texts is filled in when all migrations ran."""
    op.create_table(
        "printing",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("article_id", sa.String(), nullable=False, unique=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("agency", sa.String()),
        sa.Column("credited_by", sa.String()),
        sa.PrimaryKeyConstraint("number"),
    )
    op.create_table(
        "copy_key",
        sa.Column("key", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("weight", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("key", "number"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "copy_pair",
        sa.Column("one", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("other", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("alike", sa.Float(), nullable=False),
        sa.Column("of_one", sa.Float(), nullable=False),
        sa.Column("of_other", sa.Float(), nullable=False),
        sa.PrimaryKeyConstraint("one", "other"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_copy_pair_other", "copy_pair", ["other"])
    op.create_index("ix_article_story", "article", ["story_id"])
