"""Ids of sixteen hexadecimal digits are kept as eight bytes."""

from __future__ import annotations

import re
from typing import Any

from alembic import op

revision = "0014"
down_revision = "0013"

_IDS = {
    "article": "article_id story_id copy_of",
    "signature": "signature_id",
    "time": "article_id time_id",
    "place": "article_id place_id",
    "actor": "article_id actor_id",
    "mention": "article_id mention_id actor_id",
    "statement": (
        "article_id statement_id speaker_id addressee_id said_on_id said_at_id parent_id"
    ),
    "event": "article_id event_id place_id statement_id happening_id",
    "participant": "article_id event_id actor_id",
    "figure": "article_id figure_id place_id cause_id statement_id",
    "condition": "article_id condition_id by_id on_id statement_id",
    "demand": "article_id demand_id by_id of_id statement_id",
    "term": "article_id term_id used_by_id statement_id",
}
_DERIVED = ("telling", "telling_key", "appearance", "printing", "copy_key", "copy_pair")
_HASH = re.compile(r"[0-9a-f]{16}")


def upgrade() -> None:
    """Change the ids where they are; what is derived is made anew when all migrations ran."""
    for table in _DERIVED:
        op.execute(f"DELETE FROM {table}")
    for index in ("article_words", "row_words"):
        op.execute(f"INSERT INTO {index} ({index}) VALUES ('delete-all')")
    driver: Any = op.get_bind().connection.driver_connection
    driver.create_function("kept_id", 1, _kept, deterministic=True)
    op.execute("PRAGMA defer_foreign_keys = on")  # until rows and links are changed alike
    for table, columns in _IDS.items():
        values = ", ".join(f"{column} = kept_id({column})" for column in columns.split())
        op.execute(f'UPDATE "{table}" SET {values}')


def _kept(value: str | None) -> bytes | str | None:
    return bytes.fromhex(value) if value is not None and _HASH.fullmatch(value) else value
