"""Full-text search, for SQLite: the entries, and FTS5 tables for articles and rows."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

_TOKENS = "tokenize = 'unicode61 remove_diacritics 2'"


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "search_entry",
        sa.Column("entry_id", sa.Integer(), nullable=False),
        sa.Column("article_id", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("row_id", sa.String()),
        sa.ForeignKeyConstraint(
            ["article_id", "version"],
            ["article.article_id", "article.version"],
            name="fk_search_entry_article",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("entry_id"),
    )
    op.create_index("ix_search_entry_row", "search_entry", ["article_id", "version", "row_id"])
    op.execute(f"CREATE VIRTUAL TABLE article_words USING fts5(title, text, {_TOKENS})")
    op.execute(f"CREATE VIRTUAL TABLE row_words USING fts5(content, source, {_TOKENS})")
