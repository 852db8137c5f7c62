"""The store's tables: one for each kind of row, keyed by the article version it belongs to.

Inside, an article version goes by a number, and a row of it by its position; nobody outside the
store sees these.

Where a row's evidence stands in the text is in its `spans`; a place or a date that only a
statement, an event or a figure has is kept with the others and has a `position` below 0.
`first_day` and `last_day` are what a date of any precision comes to, for comparing.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    ColumnElement,
    Float,
    ForeignKeyConstraint,
    Index,
    Integer,
    MetaData,
    PrimaryKeyConstraint,
    Table,
    TextClause,
    UniqueConstraint,
    false,
)

from onrecord.store.ids import Id, Link, Words
from onrecord.store.official import ACTING
from onrecord.store.packed import Coded, PackedGrounds, PackedList, PackedText

REVISIONS = (
    *("0001", "0002", "0003", "0004", "0005", "0006", "0007", "0010", "0011", "0012", "0013"),
    *("0014", "0015", "0020", "0021", "0022", "0024", "0025", "0026", "0027", "0028"),
)
"""The schema's revisions, oldest first; each has its migration in `migrations/versions`."""

REVISION_TABLE = "onrecord_revision"
"""Where a store says which revision it has; it marks a database as a store of ours."""

UNFINISHED = f"copying {REVISIONS[-1]}"
"""What a store that is being copied into says in place of its revision, which its tables are of."""

metadata = MetaData()


def _only_where(condition: ColumnElement[bool] | TextClause) -> dict[str, Any]:
    """Return what has an index be of those lines only that meet a condition."""
    return {f"{name}_where": condition for name in ("sqlite", "postgresql")}


article = Table(
    "article",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("article_id", Id, nullable=False),
    Column("version", Integer, nullable=False),
    Column("sha256", Words, nullable=False),
    Column("url", Words),
    Column("publisher", Words),
    Column("title", Words),
    Column("byline", Words),
    Column("published", Words),
    Column("published_from", Words),
    Column("first_day", Words),
    Column("last_day", Words),
    Column("language", Words),
    Column("source_path", Words),
    Column("fetched_at", Words),
    Column("story_id", Id),
    Column("copy_of", Id),
    Column("extractor", Words, nullable=False),
    Column("stored_at", Words, nullable=False),
    # last, so that what is before them is read without them
    Column("input_map", JSON, nullable=False),
    Column("text", PackedText, nullable=False),
    UniqueConstraint("article_id", "version"),
    Index("ix_article_story", "story_id"),
    Index("ix_article_stored", "stored_at"),
)
Index("ix_article_day", article.c.first_day.is_(None), article.c.first_day, article.c.article_id)
Index(
    "ix_article_newest",
    article.c.first_day.is_(None),
    article.c.first_day.desc(),
    article.c.article_id,
)
PUBLISHED_IN_SOME_DAYS = article.c.first_day < article.c.last_day
"""Of articles whose day is not known, but a month or a year: few, and the rest need no look."""
Index("ix_article_days", article.c.first_day, **_only_where(PUBLISHED_IN_SOME_DAYS))


def _of_article(name: str) -> ForeignKeyConstraint:
    return ForeignKeyConstraint(
        ["number"],
        ["article.number"],
        name=f"fk_{name}_article",
        ondelete="CASCADE",
    )


def _link(name: str, column: str, target: str) -> ForeignKeyConstraint:
    """A link to a row of the same article; checked at commit, so that order does not matter."""
    return ForeignKeyConstraint(
        ["number", column],
        [f"{target}.number", f"{target}.position"],
        name=f"fk_{name}_{column}",
        deferrable=True,
        initially="DEFERRED",
    )


def _rows(name: str, *columns: Column[object], links: dict[str, str] | None = None) -> Table:
    """A table for a kind of row; `links` says what its columns point to."""
    return Table(
        name,
        metadata,
        Column("number", Integer, nullable=False),
        Column(f"{name}_id", Id, nullable=False),
        Column("position", Integer, nullable=False),
        *columns,
        Column("spans", Words, nullable=False),  # as `onrecord.store.spans` writes them
        Column("maker", Integer, nullable=False),  # what made the row: of `maker`
        PrimaryKeyConstraint("number", "position"),
        _of_article(name),
        *(_link(name, column, target) for column, target in (links or {}).items()),
        sqlite_with_rowid=False,
    )


ROLES = Coded(("actors", "recipients"), "ar")
ACTOR_KINDS = Coded(
    ("person", "state", "government", "igo", "ngo", "armed_group", "bloc", "organisation", "group")
)
FORMS = Coded(("name", "title", "nominal", "pronoun", "metonym"))
STATEMENT_KINDS = Coded(("direct", "indirect", "mixed"))
ACTS = Coded(
    tuple(
        "assert deny accuse demand request offer promise threaten agree reject ask praise predict "
        "believe want perceive".split()
    )
)
EVENT_TYPES = Coded(
    tuple(
        "AGREE CONSULT SUPPORT CONCEDE COOPERATE AID RETREAT REQUEST ACCUSE REJECT THREATEN "
        "PROTEST SANCTION MOBILIZE COERCE ASSAULT".split()
    )
)
MODALITIES = Coded(("actual", "negated", "future", "conditional", "hypothetical"))


def _coded(name: str, type_: Coded) -> Column[object]:
    return Column(name, type_, nullable=False)


def _to(name: str) -> Column[object]:
    return Column(name, Link)


def _text(name: str, *, nullable: bool = True) -> Column[object]:
    return Column(name, Words, nullable=nullable)


actor = _rows(
    "actor",
    _text("name", nullable=False),
    _coded("kind", ACTOR_KINDS),
    _text("country"),
    _text("sector"),
    _text("wikidata"),
    _text("known_as"),
    # field, rule, start, end; the last two may be null
    Column("grounds", PackedGrounds, nullable=False),
)

mention = _rows(
    "mention",
    _to("actor_id"),
    _coded("form", FORMS),
    _text("role"),
    _text("role_country"),
    Column("candidates", PackedList, nullable=False),
    links={"actor_id": "actor"},
)
_with_role = _only_where(mention.c.role.is_not(None))
Index("ix_mention_role", mention.c.number, mention.c.actor_id, **_with_role)

time = _rows("time", _text("value"), _text("anchor"), _text("first_day"), _text("last_day"))

place = _rows(
    "place",
    _text("name", nullable=False),
    _text("country"),
    _text("admin"),
    Column("lat", Float),
    Column("lon", Float),
    Column("geonames_id", BigInteger),
    Column("candidates", PackedList, nullable=False),
)

statement = _rows(
    "statement",
    _coded("kind", STATEMENT_KINDS),
    _coded("act", ACTS),
    _to("speaker_id"),
    _to("addressee_id"),
    _to("said_on_id"),
    _to("said_at_id"),
    _to("parent_id"),
    Column("score", Float),
    _text("first_day"),
    _text("last_day"),
    links={
        "speaker_id": "actor",
        "addressee_id": "actor",
        "said_on_id": "time",
        "said_at_id": "place",
        "parent_id": "statement",
    },
)

event = _rows(
    "event",
    _coded("event_type", EVENT_TYPES),
    _text("mode"),
    Column("contexts", PackedList, nullable=False),
    _text("date"),
    _to("place_id"),
    Column("symmetric", Boolean, nullable=False),
    _coded("modality", MODALITIES),
    _to("statement_id"),
    Column("goldstein", Float),
    Column("quad", Integer),
    Column("happening_id", Id),
    Column("score", Float),
    _text("first_day"),
    _text("last_day"),
    links={"place_id": "place", "statement_id": "statement"},
)

for _dated in (statement, event):  # those with a date of their own are few
    Index(
        f"ix_{_dated.name}_days",
        _dated.c.first_day,
        _dated.c.last_day,
        **_only_where(_dated.c.first_day.is_not(None)),
    )

participant = Table(
    "participant",
    metadata,
    Column("number", Integer, nullable=False),
    Column("event_id", Link, nullable=False),
    Column("role", ROLES, nullable=False),
    Column("position", Integer, nullable=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("actor_id", Link),
    PrimaryKeyConstraint("number", "event_id", "role", "position"),
    _of_article("participant"),
    _link("participant", "event_id", "event"),
    _link("participant", "actor_id", "actor"),
    sqlite_with_rowid=False,
)

figure = _rows(
    "figure",
    _text("measure", nullable=False),
    Column("low", Float),
    Column("high", Float),
    Column("approx", Boolean, nullable=False),
    Column("denied", Boolean, nullable=False),
    _text("unit"),
    _to("place_id"),
    _text("as_of"),
    _to("cause_id"),
    _to("statement_id"),
    Column("score", Float),
    _text("first_day"),
    _text("last_day"),
    links={"place_id": "place", "cause_id": "actor", "statement_id": "statement"},
)

condition = _rows(
    "condition",
    _text("kind", nullable=False),
    _to("by_id"),
    _to("on_id"),
    _to("statement_id"),
    Column("score", Float),
    links={"by_id": "actor", "on_id": "actor", "statement_id": "statement"},
)

demand = _rows(
    "demand",
    _to("by_id"),
    _to("of_id"),
    _to("statement_id"),
    Column("score", Float),
    links={"by_id": "actor", "of_id": "actor", "statement_id": "statement"},
)

term = _rows(
    "term",
    _text("concept", nullable=False),
    _text("term", nullable=False),
    _text("voice", nullable=False),
    Column("avoided", Boolean, nullable=False),
    _to("used_by_id"),
    _to("statement_id"),
    Column("score", Float),
    links={"used_by_id": "actor", "statement_id": "statement"},
)

maker = Table(
    "maker",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("name", Words, nullable=False, unique=True),
)
"""The extractors that made rows, each once."""

correction = Table(
    "correction",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("article_id", Id, nullable=False),  # no foreign key: it outlives what it is about
    Column("version", Integer, nullable=False),
    Column("kind", Words, nullable=False),
    Column("row_id", Id, nullable=False),
    Column("verdict", Words, nullable=False),  # accept, reject, correct, add or undo
    Column("reviewer", Words, nullable=False),
    Column("made_at", Words, nullable=False),
    Column("why", Words),
    Column("changes", JSON, nullable=False),
    Column("seen", JSON, nullable=False),  # the row as the reviewer saw it; {}: not kept
    Column("undone", Integer),  # the number of what an undo takes back
    Index("ix_correction_article", "article_id"),
    Index("ix_correction_row", "row_id"),
)
"""What people decided about rows: appended, never changed."""

machine_row = Table(
    "machine_row",
    metadata,
    Column("number", Integer, nullable=False),
    Column("kind", Words, nullable=False),
    Column("row_id", Id, nullable=False),
    Column("position", Integer),  # null: only people have that row
    Column("row", JSON, nullable=False),  # {} likewise
    PrimaryKeyConstraint("number", "kind", "row_id"),
    _of_article("machine_row"),
    sqlite_with_rowid=False,
)
"""Rows as the machine made them, of those that people changed, left out or added."""

signature = Table(
    "signature",
    metadata,
    Column("signature_id", Id, primary_key=True),
    Column("kind", Words, nullable=False),
    Column("name", Words, nullable=False),
    Column("country", Words),
    Column("sector", Words),
    Column("office", Words),
    Column("wikidata", Words),
    Column("block", Words),  # null: never linked
    Column("surname", Words),
    Column("middle", Words, nullable=False),
    Column("words", Words, nullable=False),  # the folded name with a blank around each word
    Index("ix_signature_block", "block"),
    Index("ix_signature_surname", "surname", "country"),
    Index("ix_signature_wikidata", "wikidata"),
)
"""What articles say of actors, each once; stays when no article says it any more."""

Index("ix_signature_acting", signature.c.country, **_only_where(ACTING))

appearance = Table(
    "appearance",
    metadata,
    Column("number", Integer, nullable=False),
    Column("actor_id", Link, nullable=False),
    Column("signature_id", Id, nullable=False),
    Column("own_id", Id, nullable=False),
    Column("mentions", Integer, nullable=False),
    PrimaryKeyConstraint("number", "actor_id"),
    _of_article("appearance"),
    Index("ix_appearance_signature", "signature_id", "number", "mentions"),
    Index("ix_appearance_own", "own_id"),
    sqlite_with_rowid=False,
)
"""The actors of the latest version of each article; made from `actor` and `mention` alone."""

telling = Table(
    "telling",
    metadata,
    Column("number", Integer, nullable=False),
    Column("event_id", Link, nullable=False),
    Column("own_id", Id, nullable=False),  # of the happening, as the article alone tells it
    Column("happening_id", Id),  # throughout the store
    Column("unit", Integer, nullable=False, server_default="0"),  # number of the `own_id`
    Column("once", Boolean, nullable=False, server_default=false()),  # true: nothing else tells it
    Column("countries", Words),  # who did it to whom: see `onrecord.store.sides`
    PrimaryKeyConstraint("number", "event_id"),
    _of_article("telling"),
    Index("ix_telling_happening", "happening_id"),
    Index("ix_telling_unit", "unit"),
    sqlite_with_rowid=False,
)
"""The events of the latest version of each article, and what they tell; made from the records."""
_of_several = _only_where(telling.c.countries.is_not(None))
Index("ix_telling_countries", telling.c.countries, telling.c.once, **_of_several)

printing = Table(
    "printing",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("agency", Words),  # whose text it is said to be; null: nobody is credited
    Column("credited_by", Words),
    Column("words", Integer),  # of its text
)
"""The latest version of each article, as it is compared with others for copies.

No foreign keys: what is entered of a version stays while its rows are replaced.
"""

copy_key = Table(
    "copy_key",
    metadata,
    Column("key", BigInteger, primary_key=True, autoincrement=False),
    Column("number", Integer, primary_key=True, autoincrement=False),  # of a printing
    Column("weight", Integer, nullable=False),
    sqlite_with_rowid=False,
)
"""What articles are found by that may be copies; made from the text alone."""

copy_pair = Table(
    "copy_pair",
    metadata,
    Column("one", Integer, primary_key=True, autoincrement=False),  # of a printing
    Column("other", Integer, primary_key=True, autoincrement=False),
    Column("kind", Words, nullable=False),
    Column("alike", Float, nullable=False),
    Column("of_one", Float, nullable=False),
    Column("of_other", Float, nullable=False),
    Index("ix_copy_pair_other", "other"),
    sqlite_with_rowid=False,
)
"""Articles of which one is a copy of the other, or of a part of it."""

telling_key = Table(
    "telling_key",
    metadata,
    Column("key", BigInteger, primary_key=True, autoincrement=False),
    Column("unit", Integer, primary_key=True, autoincrement=False),
    Column("weight", Integer, nullable=False),
    sqlite_with_rowid=False,
)
"""What tellings are found by that may be of one happening; made from `telling` alone."""

relinking = Table("relinking", metadata, Column("number", Integer, primary_key=True))
"""Each time that linking all tellings anew changed some: appended, so that others notice."""

decision = Table(
    "decision",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("action", Words, nullable=False),
    Column("one", JSON, nullable=False),  # no foreign keys: a decision outlives the rows
    Column("other", JSON, nullable=False),
    Column("moved", JSON, nullable=False),
    Column("names", JSON, nullable=False),
    Column("undoes", Integer),
    Column("made_by", Words, nullable=False),
    Column("made_at", Words, nullable=False),
    Column("why", Words),
)
"""What people decided about identities; appended, never changed."""

TABLES = {
    "statements": statement,
    "events": event,
    "figures": figure,
    "conditions": condition,
    "demands": demand,
    "terms": term,
    "actors": actor,
    "mentions": mention,
    "times": time,
    "places": place,
}
"""The table of each kind of row."""
