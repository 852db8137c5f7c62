"""What people decide about rows is seen through by every question, and is kept with the row."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0015"

_KINDS = {
    "statement": "statements",
    "event": "events",
    "figure": "figures",
    "condition": "conditions",
    "demand": "demands",
    "term": "terms",
    "actor": "actors",
}


def upgrade() -> None:
    """Make the tables; verdicts that were kept before hold for the rows they were about."""
    op.create_table(
        "correction",
        sa.Column("number", sa.Integer(), primary_key=True),
        sa.Column("article_id", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("row_id", sa.String(), nullable=False),
        sa.Column("verdict", sa.String(), nullable=False),
        sa.Column("reviewer", sa.String(), nullable=False),
        sa.Column("made_at", sa.String(), nullable=False),
        sa.Column("why", sa.String()),
        sa.Column("changes", sa.JSON(), nullable=False),
        sa.Column("seen", sa.JSON(), nullable=False),
        sa.Column("undone", sa.Integer()),
    )
    op.create_index("ix_correction_article", "correction", ["article_id"])
    op.create_index("ix_correction_row", "correction", ["row_id"])
    op.create_table(
        "machine_row",
        sa.Column("article_id", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("row_id", sa.String(), nullable=False),
        sa.Column("position", sa.Integer()),
        sa.Column("row", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("article_id", "version", "kind", "row_id"),
        sa.ForeignKeyConstraint(
            ["article_id", "version"],
            ["article.article_id", "article.version"],
            name="fk_machine_row_article",
            ondelete="CASCADE",
        ),
    )
    _keep_verdicts()
    op.drop_table("review")


def _keep_verdicts() -> None:
    """Enter each verdict with the article of its row; of a row that is gone there is none."""
    driver: Any = op.get_bind().connection.driver_connection
    driver.create_function("kept_id", 1, _kept, deterministic=True)
    for table, kind in _KINDS.items():
        op.execute(
            "INSERT INTO correction (number, article_id, version, kind, row_id, verdict, reviewer,"
            " made_at, why, changes, seen)"
            f" SELECT review_id, a.article_id, max(a.version), '{kind}', a.{table}_id, verdict,"
            " reviewer, made_at, why, '{}', '{}'"
            f' FROM review JOIN "{table}" a ON a.{table}_id = kept_id(review.row_id)'
            " GROUP BY review_id"
        )


def _kept(value: str) -> bytes | str:
    try:
        return bytes.fromhex(value) if len(value) == 16 else value
    except ValueError:
        return value
