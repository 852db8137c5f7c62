"""Identities: signatures of actors, where they appear, and what people decided about them."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Make the tables; what is derived from the actors is filled in when all migrations ran."""
    _create_signature()
    _create_appearance()
    _create_decision()


def _create_signature() -> None:
    op.create_table(
        "signature",
        sa.Column("signature_id", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("country", sa.String()),
        sa.Column("sector", sa.String()),
        sa.Column("office", sa.String()),
        sa.Column("wikidata", sa.String()),
        sa.Column("block", sa.String()),
        sa.Column("surname", sa.String()),
        sa.Column("middle", sa.String(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("signature_id"),
    )
    op.create_index("ix_signature_block", "signature", ["block"])
    op.create_index("ix_signature_surname", "signature", ["surname", "country"])
    op.create_index("ix_signature_wikidata", "signature", ["wikidata"])


def _create_appearance() -> None:
    op.create_table(
        "appearance",
        sa.Column("article_id", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("actor_id", sa.String(), nullable=False),
        sa.Column("signature_id", sa.String(), nullable=False),
        sa.Column("own_id", sa.String(), nullable=False),
        sa.Column("mentions", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["article_id", "version"],
            ["article.article_id", "article.version"],
            name="fk_appearance_article",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("article_id", "version", "actor_id"),
    )
    columns = ["signature_id", "article_id", "mentions"]
    op.create_index("ix_appearance_signature", "appearance", columns)
    op.create_index("ix_appearance_own", "appearance", ["own_id"])


def _create_decision() -> None:
    op.create_table(
        "decision",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("action", sa.String(), nullable=False),
        sa.Column("one", sa.JSON(), nullable=False),
        sa.Column("other", sa.JSON(), nullable=False),
        sa.Column("moved", sa.JSON(), nullable=False),
        sa.Column("names", sa.JSON(), nullable=False),
        sa.Column("undoes", sa.Integer()),
        sa.Column("made_by", sa.String(), nullable=False),
        sa.Column("made_at", sa.String(), nullable=False),
        sa.Column("why", sa.String()),
        sa.PrimaryKeyConstraint("number"),
    )
