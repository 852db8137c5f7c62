"""Happenings: what the events of articles tell, and which of them tell the same."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Make the tables; what is derived from the events is filled in when all migrations ran."""
    op.create_table(
        "telling",
        sa.Column("article_id", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.String(), nullable=False),
        sa.Column("own_id", sa.String(), nullable=False),
        sa.Column("actors", sa.JSON(), nullable=False),
        sa.Column("recipients", sa.JSON(), nullable=False),
        sa.Column("site", sa.JSON(), nullable=False),
        sa.Column("trigger", sa.String(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("sentence", sa.Integer(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("happening_id", sa.String()),
        sa.ForeignKeyConstraint(
            ["article_id", "version"],
            ["article.article_id", "article.version"],
            name="fk_telling_article",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("article_id", "version", "event_id"),
    )
    op.create_index("ix_telling_happening", "telling", ["happening_id"])
    op.create_table(
        "upkeep",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("done", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("name"),
    )
