"""Grounds are packed in a file, and the keys that happenings are found by are shorter."""

from __future__ import annotations

import json
from typing import Any

from alembic import op

from onrecord.store.packed import packed_grounds

revision = "0022"
down_revision = "0021"

_DERIVED = ("telling", "telling_key", "appearance", "printing", "copy_key", "copy_pair")


def upgrade() -> None:
    """Change what is kept; what is derived is made anew when all migrations ran."""
    for table in _DERIVED:
        op.execute(f"DELETE FROM {table}")
    if op.get_bind().dialect.name != "sqlite":
        for words in ("article_words", "row_words"):
            op.execute(f"DELETE FROM {words}")
        return
    for index in ("article_words", "row_words"):
        op.execute(f"INSERT INTO {index} ({index}) VALUES ('delete-all')")
    driver: Any = op.get_bind().connection.driver_connection
    driver.create_function("packed_grounds", 1, _packed_grounds, deterministic=True)
    op.execute("UPDATE actor SET grounds = packed_grounds(grounds)")


def _packed_grounds(kept: str) -> str:
    return packed_grounds(json.loads(kept))
