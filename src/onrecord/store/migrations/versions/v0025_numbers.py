"""Inside a store an article version goes by a number, in place of its id and version.

Rows come in by ascending numbers, so that they fill their pages, and links within an article are
the positions of rows. In a file words of a few that can be are letters, and grounds are shorter.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import TEXT

from onrecord.store.packed import regrouped
from onrecord.store.schema import (
    ACTOR_KINDS,
    ACTS,
    EVENT_TYPES,
    FORMS,
    MODALITIES,
    ROLES,
    STATEMENT_KINDS,
)

revision = "0025"
down_revision = "0024"

_LINKS: dict[str, dict[str, str]] = {
    "actor": {},
    "mention": {"actor_id": "actor"},
    "time": {},
    "place": {},
    "statement": {
        "speaker_id": "actor",
        "addressee_id": "actor",
        "said_on_id": "time",
        "said_at_id": "place",
        "parent_id": "statement",
    },
    "event": {"place_id": "place", "statement_id": "statement"},
    "figure": {"place_id": "place", "cause_id": "actor", "statement_id": "statement"},
    "condition": {"by_id": "actor", "on_id": "actor", "statement_id": "statement"},
    "demand": {"by_id": "actor", "of_id": "actor", "statement_id": "statement"},
    "term": {"used_by_id": "actor", "statement_id": "statement"},
    "participant": {"event_id": "event", "actor_id": "actor"},
    "machine_row": {},
}
"""The tables of rows, those that others lead to first, and what links in their columns lead to."""

_KEYS = {
    "participant": ("event_id", "role", "position"),
    "machine_row": ("kind", "row_id"),
}
"""What tells the lines of an article apart, where it is not their position."""

_BUT_EMPTY = "replace({}, '[]', '')".format
_SHORT: dict[tuple[str, str], Callable[[str], str]] = {
    ("actor", "kind"): ACTOR_KINDS.kept_in_sql,
    ("actor", "grounds"): "regrouped({})".format,
    ("mention", "form"): FORMS.kept_in_sql,
    ("statement", "kind"): STATEMENT_KINDS.kept_in_sql,
    ("statement", "act"): ACTS.kept_in_sql,
    ("event", "event_type"): EVENT_TYPES.kept_in_sql,
    ("event", "modality"): MODALITIES.kept_in_sql,
    ("participant", "role"): ROLES.kept_in_sql,
    ("mention", "candidates"): _BUT_EMPTY,
    ("place", "candidates"): _BUT_EMPTY,
    ("event", "contexts"): _BUT_EMPTY,
}
"""What a file keeps in fewer letters from now on, and how SQL makes that of what it kept."""

_DERIVED = ("copy_pair", "copy_key", "printing", "telling_key", "telling", "appearance")
_NEW = "numbered_"
_LAST = ("input_map", "text")  # of an article's columns, so that others are read without them

_VIEWS = {
    "article_content": "SELECT number, title, text FROM article JOIN printing USING (number)",
    "row_content": "SELECT number, NULL AS content, NULL AS source FROM printing WHERE false",
}
"""What the indexes of a file have words of, which a dump of it looks through."""

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
    ("participant", "participant"): (46 * _ARTICLES, 46, 2, 2, 1),
    ("appearance", "appearance"): (24 * _ARTICLES, 24, 1),
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
}
"""How many lines there are, and how many share the first column of an index, the first two ..."""


def upgrade() -> None:
    """Move the rows; what is derived from them is made anew when all migrations ran."""
    is_file = op.get_bind().dialect.name == "sqlite"
    for view in _VIEWS if is_file else ():
        op.execute(f"DROP VIEW {view}")
    if is_file:
        driver: Any = op.get_bind().connection.driver_connection
        driver.create_function("regrouped", 1, regrouped, deterministic=True)
    for name in _DERIVED:
        op.drop_table(name)
    _move(is_file)
    _index_rows()
    _make_derived()
    for words in ("article_words", "row_words"):
        emptied = f"INSERT INTO {words} ({words}) VALUES ('delete-all')"
        op.execute(emptied if is_file else f"DELETE FROM {words}")
    if is_file:
        for view, query in _VIEWS.items():
            op.execute(f"CREATE VIEW {view} AS {query}")
        for words in ("article_words", "row_words"):
            op.execute(f"INSERT INTO {words} ({words}, rank) VALUES ('automerge', 2)")
        _tell_what_it_is_like()


def _move(is_file: bool) -> None:
    _move_articles()
    for name in _LINKS:
        _move_rows(name)
    if not is_file:
        op.execute("SET CONSTRAINTS ALL IMMEDIATE")  # which have to be checked before a table moves
    for name in (*reversed(_LINKS), "article"):
        op.drop_table(name)
    for name in ("article", *_LINKS):
        op.rename_table(_NEW + name, name)
    if not is_file:
        _name_indexes()


def _columns(name: str, but: Iterable[str]) -> list[sa.Column[Any]]:
    """Return the columns of a table as they are, but for some."""
    there = sa.inspect(op.get_bind()).get_columns(name)
    return [
        sa.Column(one["name"], one["type"], nullable=one["nullable"])
        for one in there
        if one["name"] not in but
    ]


def _move_articles() -> None:
    """Number the articles in the order in which they were stored."""
    columns = _columns("article", ())
    columns.sort(key=lambda one: one.name in _LAST)
    op.create_table(
        f"{_NEW}article",
        sa.Column("number", sa.Integer(), primary_key=True),
        *columns,
        sa.UniqueConstraint("article_id", "version"),
    )
    listed = _listed(one.name for one in columns)
    op.execute(
        f"INSERT INTO {_NEW}article ({listed}) SELECT {listed} FROM article "
        "ORDER BY stored_at, article_id, version"
    )


def _listed(names: Iterable[str]) -> str:
    return ", ".join(f'"{name}"' for name in names)


def _of_article(name: str) -> sa.ForeignKeyConstraint:
    target = f"{_NEW}article.number" if name in _LINKS else "article.number"
    return sa.ForeignKeyConstraint(
        ["number"], [target], name=f"fk_{name}_article", ondelete="CASCADE"
    )


def _link(name: str, column: str, target: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["number", column],
        [f"{_NEW}{target}.number", f"{_NEW}{target}.position"],
        name=f"fk_{name}_{column}",
        deferrable=True,
        initially="DEFERRED",
    )


def _move_rows(name: str) -> None:
    """Move the lines of a table, with the position of the row that each link leads to."""
    columns = _columns(name, ("article_id", "version"))
    moved = {column.name: f'r."{column.name}"' for column in columns}
    is_file = op.get_bind().dialect.name == "sqlite"
    for column in columns:
        if is_file and (name, column.name) in _SHORT:
            moved[column.name] = _SHORT[name, column.name](moved[column.name])
        elif column.name in _LINKS[name]:
            column.type = sa.Integer()
            moved[column.name] = _position_of(name, column.name)
        elif column.name == "position" and name not in _KEYS:
            column.nullable = False
            moved["position"] = (
                "coalesce(r.position, -row_number() OVER "
                f"(PARTITION BY a.number, r.position IS NULL ORDER BY r.{name}_id))"
            )
    op.create_table(
        _NEW + name,
        sa.Column("number", sa.Integer(), nullable=False),
        *columns,
        sa.PrimaryKeyConstraint("number", *_KEYS.get(name, ("position",))),
        _of_article(name),
        *(_link(name, column, target) for column, target in _LINKS[name].items()),
        sqlite_with_rowid=name == "machine_row",
    )
    op.execute(
        f"INSERT INTO {_NEW}{name} (number, {_listed(moved)}) "
        f'SELECT a.number, {", ".join(moved.values())} FROM "{name}" AS r JOIN {_NEW}article AS a '
        "ON a.article_id = r.article_id AND a.version = r.version ORDER BY a.number"
    )


def _position_of(name: str, column: str) -> str:
    """Return SQL for the position of the row that a link leads to."""
    target = _LINKS[name][column]
    known = f't.{target}_id = r."{column}"'
    if target == name:  # which has not moved yet; all of its rows have a position
        same = "t.article_id = r.article_id AND t.version = r.version"
        return f'(SELECT t.position FROM "{target}" AS t WHERE {same} AND {known})'
    return f"(SELECT t.position FROM {_NEW}{target} AS t WHERE t.number = a.number AND {known})"


def _name_indexes() -> None:
    """Name what a server made for new tables as it would for those of a new store."""
    for name in ("article", *_LINKS):
        op.execute(f'ALTER INDEX "{_NEW}{name}_pkey" RENAME TO "{name}_pkey"')
    unique = "article_article_id_version_key"
    op.execute(f'ALTER INDEX "{_NEW}{unique}" RENAME TO "{unique}"')
    op.execute(f"ALTER SEQUENCE {_NEW}article_number_seq RENAME TO article_number_seq")


def _index_rows() -> None:
    """Make the indexes of the tables that moved."""
    op.create_index("ix_article_story", "article", ["story_id"])
    unknown, newest = sa.text("(first_day IS NULL)"), sa.text("first_day DESC")
    op.create_index("ix_article_day", "article", [unknown, "first_day", "article_id"])
    op.create_index("ix_article_newest", "article", [unknown, newest, "article_id"])
    op.create_index("ix_article_stored", "article", ["stored_at"])
    _index_some("article", "days", ["first_day"], "first_day < last_day")
    for table in ("statement", "event"):
        _index_some(table, "days", ["first_day", "last_day"], "first_day IS NOT NULL")


def _index_some(table: str, name: str, columns: list[str], where: str) -> None:
    these = sa.text(where)
    op.create_index(
        f"ix_{table}_{name}", table, columns, sqlite_where=these, postgresql_where=these
    )


def _make_derived() -> None:
    """Make anew the tables that are filled from the rows."""
    words = sa.String().with_variant(TEXT(collation="C"), "postgresql")
    op.create_table(
        "appearance",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("actor_id", sa.Integer(), nullable=False),
        sa.Column("signature_id", words, nullable=False),
        sa.Column("own_id", words, nullable=False),
        sa.Column("mentions", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("number", "actor_id"),
        _of_article("appearance"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_appearance_signature", "appearance", ["signature_id", "number", "mentions"])
    op.create_index("ix_appearance_own", "appearance", ["own_id"])
    op.create_table(
        "telling",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("own_id", words, nullable=False),
        sa.Column("happening_id", words),
        sa.Column("unit", sa.Integer(), nullable=False, server_default="0"),
        sa.Column("countries", words),
        sa.PrimaryKeyConstraint("number", "event_id"),
        _of_article("telling"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_telling_happening", "telling", ["happening_id"])
    op.create_index("ix_telling_unit", "telling", ["unit"])
    _index_some("telling", "countries", ["countries"], "countries IS NOT NULL")
    op.create_table(
        "printing",
        sa.Column("number", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("agency", words),
        sa.Column("credited_by", words),
        sa.Column("words", sa.Integer()),
    )
    for name, holder in (("copy_key", "number"), ("telling_key", "unit")):
        op.create_table(
            name,
            sa.Column("key", sa.BigInteger(), primary_key=True, autoincrement=False),
            sa.Column(holder, sa.Integer(), primary_key=True, autoincrement=False),
            sa.Column("weight", sa.Integer(), nullable=False),
            sqlite_with_rowid=False,
        )
    op.create_table(
        "copy_pair",
        sa.Column("one", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("other", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("kind", words, nullable=False),
        *(sa.Column(name, sa.Float(), nullable=False) for name in ("alike", "of_one", "of_other")),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_copy_pair_other", "copy_pair", ["other"])


def _tell_what_it_is_like() -> None:
    """Tell SQLite what a store is like.

    It plans a query by that, and a new store has nothing it could be seen from.
    """
    op.execute("ANALYZE")
    op.execute("DELETE FROM sqlite_stat1")
    known = {(name, name): (each * _ARTICLES, each, 1) for name, each in _ROWS.items()}
    for (table, index), numbers in (known | _OTHERS).items():
        listed = " ".join(map(str, numbers))
        op.execute(f"INSERT INTO sqlite_stat1 VALUES ('{table}', '{index}', '{listed}')")
