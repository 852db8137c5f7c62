"""A lean store: spans in their rows, extractors by number, no words twice, no keys twice."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"

_ROWS: dict[str, tuple[str, dict[str, str], tuple[str, ...]]] = {
    # table: its columns, its links, and the parts of a row that have spans, in their order
    "time": ("value anchor first_day last_day", {}, ("span",)),
    "place": ("name! country admin lat# lon# geonames_id% candidates*", {}, ("span",)),
    "actor": ("name! kind! country sector wikidata", {}, ()),
    "mention": ("actor_id form! role role_country candidates*", {"actor_id": "actor"}, ("span",)),
    "statement": (
        "kind! act! speaker_id addressee_id said_on_id said_at_id parent_id score# first_day "
        "last_day",
        {
            "speaker_id": "actor",
            "addressee_id": "actor",
            "said_on_id": "time",
            "said_at_id": "place",
            "parent_id": "statement",
        },
        ("source", "cue", "content", "occasion"),
    ),
    "event": (
        "event_type! mode contexts* date place_id symmetric? modality! statement_id goldstein# "
        "quad+ happening_id score# first_day last_day",
        {"place_id": "place", "statement_id": "statement"},
        ("trigger", "date_span"),
    ),
    "figure": (
        "measure! low# high# approx? denied? unit place_id as_of cause_id statement_id score# "
        "first_day last_day",
        {"place_id": "place", "cause_id": "actor", "statement_id": "statement"},
        ("span", "whom"),
    ),
    "condition": (
        "kind! by_id on_id statement_id score#",
        {"by_id": "actor", "on_id": "actor", "statement_id": "statement"},
        ("if_", "then", "connective"),
    ),
    "demand": (
        "by_id of_id statement_id score#",
        {"by_id": "actor", "of_id": "actor", "statement_id": "statement"},
        ("cue", "asks"),
    ),
    "term": (
        "concept! term! voice! avoided? used_by_id statement_id score#",
        {"used_by_id": "actor", "statement_id": "statement"},
        ("span",),
    ),
}
_TYPES: dict[str, tuple[type[sa.types.TypeEngine[Any]], bool]] = {
    "!": (sa.String, False),
    "#": (sa.Float, True),
    "%": (sa.BigInteger, True),
    "+": (sa.Integer, True),
    "*": (sa.JSON, False),
    "?": (sa.Boolean, False),
}
_NEW = "lean_"
_TOKENS = "tokenize = 'unicode61 remove_diacritics 2', columnsize = 0, content_rowid = 'number'"
_VIEWS = (
    # What an index has words of, as far as a file can tell without cutting them out of the texts:
    # a dump of the file looks through it.
    "CREATE VIEW article_content AS SELECT printing.number, article.title, article.text "
    "FROM printing JOIN article USING (article_id, version)",
    "CREATE VIEW row_content AS SELECT number, NULL AS content, NULL AS source FROM printing "
    "WHERE false",
)


def upgrade() -> None:
    """Move the rows; what is derived from them is made anew when all migrations ran."""
    _make_makers()
    for name in _ROWS:
        _make_rows(name)
        _move_rows(name)
    _make_participant()
    for name in ("evidence", "search_entry", "article_words", "row_words", "participant"):
        op.drop_table(name)
    for name in reversed(_ROWS):
        op.drop_table(name)
    for name in (*_ROWS, "participant"):
        op.rename_table(_NEW + name, name)
    _make_derived()
    for view in _VIEWS:
        op.execute(view)
    for kind, fields in (("article", "title, text"), ("row", "content, source")):
        options = f"{_TOKENS}, content = '{kind}_content'"
        op.execute(f"CREATE VIRTUAL TABLE {kind}_words USING fts5({fields}, {options})")


def _make_makers() -> None:
    op.create_table(
        "maker",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False, unique=True),
        sa.PrimaryKeyConstraint("number"),
    )
    named = " UNION ".join(f"SELECT extractor FROM {_quoted(name)}" for name in _ROWS)
    op.execute(f"INSERT INTO maker (name) {named} ORDER BY 1")


def _quoted(name: str) -> str:
    return f'"{name}"'


def _columns(name: str) -> list[sa.Column[object]]:
    found = []
    for word in _ROWS[name][0].split():
        kind, nullable = _TYPES.get(word[-1], (sa.String, True))
        found.append(sa.Column(word.rstrip("!#%+*?"), kind(), nullable=nullable))
    return found


def _of_article(name: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["article_id", "version"],
        ["article.article_id", "article.version"],
        name=f"fk_{name}_article",
        ondelete="CASCADE",
    )


def _link(name: str, column: str, target: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["article_id", "version", column],
        [f"{_NEW}{target}.{one}" for one in ("article_id", "version", f"{target}_id")],
        name=f"fk_{name}_{column}",
        deferrable=True,
        initially="DEFERRED",
    )


def _make_rows(name: str) -> None:
    op.create_table(
        _NEW + name,
        sa.Column("article_id", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column(f"{name}_id", sa.String(), nullable=False),
        sa.Column("position", sa.Integer()),
        *_columns(name),
        sa.Column("spans", sa.String(), nullable=False),
        sa.Column("maker", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("article_id", "version", f"{name}_id"),
        _of_article(name),
        *(_link(name, column, target) for column, target in _ROWS[name][1].items()),
        sqlite_with_rowid=False,
    )


def _move_rows(name: str) -> None:
    kept = ["article_id", "version", f"{name}_id", "position"]
    kept += [column.name for column in _columns(name)]
    listed = ", ".join(map(_quoted, kept))
    spans = " || '|' || ".join(_spans(name, part) for part in _ROWS[name][2]) or "''"
    maker = "(SELECT number FROM maker WHERE maker.name = r.extractor)"
    op.execute(
        f"INSERT INTO {_NEW}{name} ({listed}, spans, maker) "
        f"SELECT {listed}, {spans}, {maker} FROM {_quoted(name)} AS r"
    )


def _spans(name: str, part: str) -> str:
    """Return SQL for the spans of a part of a row: "3-9,11-15"."""
    mine = (
        "e.article_id = r.article_id AND e.version = r.version "
        f"AND e.kind = '{name}s' AND e.row_id = r.{name}_id AND e.role = '{part}'"
    )
    ordered = f'SELECT start, "end" FROM evidence AS e WHERE {mine} ORDER BY e.position'
    joined = "group_concat(start || '-' || \"end\", ',')"
    return f"coalesce((SELECT {joined} FROM ({ordered})), '')"


def _make_participant() -> None:
    op.create_table(
        _NEW + "participant",
        sa.Column("article_id", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("actor_id", sa.String()),
        sa.PrimaryKeyConstraint("article_id", "version", "event_id", "role", "position"),
        _of_article("participant"),
        _link("participant", "event_id", "event"),
        _link("participant", "actor_id", "actor"),
        sqlite_with_rowid=False,
    )
    kept = 'article_id, version, event_id, role, position, start, "end", actor_id'
    op.execute(f"INSERT INTO {_NEW}participant ({kept}) SELECT {kept} FROM participant")


def _make_derived() -> None:
    """Make anew the tables that are filled from the rows."""
    op.drop_table("appearance")
    op.create_table(
        "appearance",
        sa.Column("article_id", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("actor_id", sa.String(), nullable=False),
        sa.Column("signature_id", sa.String(), nullable=False),
        sa.Column("own_id", sa.String(), nullable=False),
        sa.Column("mentions", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("article_id", "version", "actor_id"),
        _of_article("appearance"),
        sqlite_with_rowid=False,
    )
    op.create_index(
        "ix_appearance_signature", "appearance", ["signature_id", "article_id", "mentions"]
    )
    op.create_index("ix_appearance_own", "appearance", ["own_id"])
    op.drop_table("telling")
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
        sa.Column("unit", sa.Integer(), nullable=False, server_default="0"),
        sa.PrimaryKeyConstraint("article_id", "version", "event_id"),
        _of_article("telling"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_telling_happening", "telling", ["happening_id"])
    op.create_index("ix_telling_unit", "telling", ["unit"])
