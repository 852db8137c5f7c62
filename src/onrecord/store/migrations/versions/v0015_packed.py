"""Texts are compressed, tellings keep no words of theirs, and articles are walked by their day."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

from onrecord.store.packed import packed_text

revision = "0015"
down_revision = "0014"


def upgrade() -> None:
    """Change the tables; what is derived is made anew when all migrations ran."""
    for table in ("telling_key", "telling", "appearance", "printing", "copy_key", "copy_pair"):
        op.execute(f"DELETE FROM {table}")
    for name in ("actors", "recipients", "site", "trigger", "start", "sentence", "words"):
        op.execute(f'ALTER TABLE telling DROP COLUMN "{name}"')
    day = sa.text("(first_day IS NULL)")
    op.create_index("ix_article_day", "article", [day, "first_day", "article_id"])
    if op.get_bind().dialect.name == "sqlite":
        _change_file()
    else:
        for words in ("article_words", "row_words"):
            op.execute(f"DELETE FROM {words}")


def _change_file() -> None:
    """Change what a file alone has."""
    for index in ("article_words", "row_words"):
        op.execute(f"INSERT INTO {index} ({index}) VALUES ('delete-all')")
    driver: Any = op.get_bind().connection.driver_connection
    driver.create_function("packed", 1, packed_text, deterministic=True)
    op.execute("UPDATE article SET text = packed(text)")
