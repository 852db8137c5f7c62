"""Texts are compressed, tellings keep no words of theirs, and articles are walked by their day."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

from onrecord.store.packed import packed_text

revision = "0015"
down_revision = "0014"

_ARTICLES = 10_000  # of a store such as the figures below are of
_ROWS = {
    "actor": 24,
    "mention": 66,
    "time": 5,
    "place": 9,
    "statement": 18,
    "event": 26,
    "figure": 2,
    "condition": 1,
    "demand": 2,
    "term": 8,
    "telling": 26,
}
"""How many rows an article has, about."""

_OTHERS = {
    ("article", "sqlite_autoindex_article_1"): (_ARTICLES, 1, 1),
    ("article", "ix_article_day"): (_ARTICLES, _ARTICLES, 7, 1),
    ("article", "ix_article_story"): (_ARTICLES, 5),
    ("participant", "participant"): (46 * _ARTICLES, 46, 46, 2, 2, 1),
    ("appearance", "appearance"): (24 * _ARTICLES, 24, 24, 1),
    ("appearance", "ix_appearance_signature"): (24 * _ARTICLES, 3, 1, 1),
    ("appearance", "ix_appearance_own"): (24 * _ARTICLES, 1),
    ("signature", "sqlite_autoindex_signature_1"): (12 * _ARTICLES, 1),
    ("signature", "ix_signature_block"): (12 * _ARTICLES, 2),
    ("signature", "ix_signature_surname"): (12 * _ARTICLES, 3, 2),
    ("signature", "ix_signature_wikidata"): (12 * _ARTICLES, 10),
    ("telling", "ix_telling_happening"): (26 * _ARTICLES, 2),
    ("telling", "ix_telling_unit"): (26 * _ARTICLES, 1),
    ("telling_key", "telling_key"): (180 * _ARTICLES, 10, 1),
    ("copy_key", "copy_key"): (60 * _ARTICLES, 4, 1),
    ("printing", "sqlite_autoindex_printing_1"): (_ARTICLES, 1),
}
"""How many lines there are, and how many share the first column of an index, the first two ..."""


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
    """Change what a file alone has.

    SQLite is told what a store is like, since it plans a query by that and a new store has nothing
    it could be seen from.
    """
    for index in ("article_words", "row_words"):
        op.execute(f"INSERT INTO {index} ({index}) VALUES ('delete-all')")
    driver: Any = op.get_bind().connection.driver_connection
    driver.create_function("packed", 1, packed_text, deterministic=True)
    op.execute("UPDATE article SET text = packed(text)")
    _tell_what_it_is_like()


def _tell_what_it_is_like() -> None:
    op.execute("ANALYZE")
    op.execute("DELETE FROM sqlite_stat1")
    known = {(name, name): (each * _ARTICLES, each, each, 1) for name, each in _ROWS.items()}
    for (table, index), numbers in (known | _OTHERS).items():
        listed = " ".join(map(str, numbers))
        op.execute(f"INSERT INTO sqlite_stat1 VALUES ('{table}', '{index}', '{listed}')")
