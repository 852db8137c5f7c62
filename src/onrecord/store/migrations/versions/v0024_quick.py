"""Rows are found by their own days, and events by the countries of their parties."""

import sqlalchemy as sa
from alembic import op

from onrecord.store.ids import Words

revision = "0024"
down_revision = "0022"


def upgrade() -> None:
    """Make the indexes; the tellings are entered anew when all migrations ran."""
    op.execute("DELETE FROM telling")
    op.add_column("telling", sa.Column("countries", Words))
    op.execute("DELETE FROM printing")
    op.add_column("printing", sa.Column("words", sa.Integer()))
    op.create_index("ix_article_stored", "article", ["stored_at"])
    unknown, day = sa.text("(first_day IS NULL)"), sa.text("first_day DESC")
    op.create_index("ix_article_newest", "article", [unknown, day, "article_id"])
    _index("telling", "countries", ["countries"], "countries IS NOT NULL")
    _index("article", "days", ["first_day"], "first_day < last_day")
    for table in ("statement", "event"):
        _index(table, "days", ["first_day", "last_day"], "first_day IS NOT NULL")


def _index(table: str, name: str, columns: list[str], where: str) -> None:
    these = sa.text(where)
    op.create_index(
        f"ix_{table}_{name}", table, columns, sqlite_where=these, postgresql_where=these
    )
