"""The tables for articles, rows of every kind, their evidence and reviews."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make the tables."""
    _create_article()
    _create_review()
    _create_actor()
    _create_evidence()
    _create_place()
    _create_time()
    _create_mention()
    _create_statement()
    _create_condition()
    _create_demand()
    _create_event()
    _create_figure()
    _create_term()
    _create_participant()


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
        [f"{target}.article_id", f"{target}.version", f"{target}.{target}_id"],
        name=f"fk_{name}_{column}",
        deferrable=True,
        initially="DEFERRED",
    )


def _create_article() -> None:
    op.create_table(
        "article",
        sa.Column("article_id", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("input_map", sa.JSON(), nullable=False),
        sa.Column("url", sa.String()),
        sa.Column("publisher", sa.String()),
        sa.Column("title", sa.String()),
        sa.Column("byline", sa.String()),
        sa.Column("published", sa.String()),
        sa.Column("published_from", sa.String()),
        sa.Column("first_day", sa.String()),
        sa.Column("last_day", sa.String()),
        sa.Column("language", sa.String()),
        sa.Column("source_path", sa.String()),
        sa.Column("fetched_at", sa.String()),
        sa.Column("story_id", sa.String()),
        sa.Column("copy_of", sa.String()),
        sa.Column("extractor", sa.String(), nullable=False),
        sa.Column("stored_at", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("article_id", "version"),
    )


def _create_review() -> None:
    op.create_table(
        "review",
        sa.Column("review_id", sa.Integer(), nullable=False),
        sa.Column("row_id", sa.String(), nullable=False),
        sa.Column("verdict", sa.String(), nullable=False),
        sa.Column("reviewer", sa.String(), nullable=False),
        sa.Column("made_at", sa.String(), nullable=False),
        sa.Column("why", sa.String()),
        sa.Column("corrected", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("review_id"),
    )
    op.create_index("ix_review_row_id", "review", ["row_id"])


def _create_actor() -> None:
    op.create_table(
        "actor",
        sa.Column("article_id", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("actor_id", sa.String(), nullable=False),
        sa.Column("position", sa.Integer()),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("country", sa.String()),
        sa.Column("sector", sa.String()),
        sa.Column("wikidata", sa.String()),
        sa.Column("extractor", sa.String(), nullable=False),
        _of_article("actor"),
        sa.PrimaryKeyConstraint("article_id", "version", "actor_id"),
    )


def _create_evidence() -> None:
    op.create_table(
        "evidence",
        sa.Column("article_id", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("row_id", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        _of_article("evidence"),
        sa.PrimaryKeyConstraint("article_id", "version", "kind", "row_id", "role", "position"),
    )
    op.create_index("ix_evidence_row_id", "evidence", ["row_id"])


def _create_place() -> None:
    op.create_table(
        "place",
        sa.Column("article_id", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("place_id", sa.String(), nullable=False),
        sa.Column("position", sa.Integer()),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("country", sa.String()),
        sa.Column("lat", sa.Float()),
        sa.Column("lon", sa.Float()),
        sa.Column("geonames_id", sa.BigInteger()),
        sa.Column("candidates", sa.JSON(), nullable=False),
        sa.Column("extractor", sa.String(), nullable=False),
        _of_article("place"),
        sa.PrimaryKeyConstraint("article_id", "version", "place_id"),
    )


def _create_time() -> None:
    op.create_table(
        "time",
        sa.Column("article_id", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("time_id", sa.String(), nullable=False),
        sa.Column("position", sa.Integer()),
        sa.Column("value", sa.String()),
        sa.Column("anchor", sa.String()),
        sa.Column("first_day", sa.String()),
        sa.Column("last_day", sa.String()),
        sa.Column("extractor", sa.String(), nullable=False),
        _of_article("time"),
        sa.PrimaryKeyConstraint("article_id", "version", "time_id"),
    )


def _create_mention() -> None:
    op.create_table(
        "mention",
        sa.Column("article_id", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("mention_id", sa.String(), nullable=False),
        sa.Column("position", sa.Integer()),
        sa.Column("actor_id", sa.String()),
        sa.Column("form", sa.String(), nullable=False),
        sa.Column("role", sa.String()),
        sa.Column("role_country", sa.String()),
        sa.Column("extractor", sa.String(), nullable=False),
        _link("mention", "actor_id", "actor"),
        _of_article("mention"),
        sa.PrimaryKeyConstraint("article_id", "version", "mention_id"),
    )


def _create_statement() -> None:
    op.create_table(
        "statement",
        sa.Column("article_id", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("statement_id", sa.String(), nullable=False),
        sa.Column("position", sa.Integer()),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("act", sa.String(), nullable=False),
        sa.Column("speaker_id", sa.String()),
        sa.Column("addressee_id", sa.String()),
        sa.Column("said_on_id", sa.String()),
        sa.Column("said_at_id", sa.String()),
        sa.Column("parent_id", sa.String()),
        sa.Column("score", sa.Float()),
        sa.Column("first_day", sa.String()),
        sa.Column("last_day", sa.String()),
        sa.Column("extractor", sa.String(), nullable=False),
        _link("statement", "addressee_id", "actor"),
        _link("statement", "parent_id", "statement"),
        _link("statement", "said_at_id", "place"),
        _link("statement", "said_on_id", "time"),
        _link("statement", "speaker_id", "actor"),
        _of_article("statement"),
        sa.PrimaryKeyConstraint("article_id", "version", "statement_id"),
    )


def _create_condition() -> None:
    op.create_table(
        "condition",
        sa.Column("article_id", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("condition_id", sa.String(), nullable=False),
        sa.Column("position", sa.Integer()),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("by_id", sa.String()),
        sa.Column("on_id", sa.String()),
        sa.Column("statement_id", sa.String()),
        sa.Column("score", sa.Float()),
        sa.Column("extractor", sa.String(), nullable=False),
        _link("condition", "by_id", "actor"),
        _link("condition", "on_id", "actor"),
        _link("condition", "statement_id", "statement"),
        _of_article("condition"),
        sa.PrimaryKeyConstraint("article_id", "version", "condition_id"),
    )


def _create_demand() -> None:
    op.create_table(
        "demand",
        sa.Column("article_id", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("demand_id", sa.String(), nullable=False),
        sa.Column("position", sa.Integer()),
        sa.Column("by_id", sa.String()),
        sa.Column("of_id", sa.String()),
        sa.Column("statement_id", sa.String()),
        sa.Column("score", sa.Float()),
        sa.Column("extractor", sa.String(), nullable=False),
        _link("demand", "by_id", "actor"),
        _link("demand", "of_id", "actor"),
        _link("demand", "statement_id", "statement"),
        _of_article("demand"),
        sa.PrimaryKeyConstraint("article_id", "version", "demand_id"),
    )


def _create_event() -> None:
    op.create_table(
        "event",
        sa.Column("article_id", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.String(), nullable=False),
        sa.Column("position", sa.Integer()),
        sa.Column("event_type", sa.String(), nullable=False),
        sa.Column("mode", sa.String()),
        sa.Column("contexts", sa.JSON(), nullable=False),
        sa.Column("date", sa.String()),
        sa.Column("place_id", sa.String()),
        sa.Column("symmetric", sa.Boolean(), nullable=False),
        sa.Column("modality", sa.String(), nullable=False),
        sa.Column("statement_id", sa.String()),
        sa.Column("goldstein", sa.Float()),
        sa.Column("quad", sa.Integer()),
        sa.Column("happening_id", sa.String()),
        sa.Column("score", sa.Float()),
        sa.Column("first_day", sa.String()),
        sa.Column("last_day", sa.String()),
        sa.Column("extractor", sa.String(), nullable=False),
        _link("event", "place_id", "place"),
        _link("event", "statement_id", "statement"),
        _of_article("event"),
        sa.PrimaryKeyConstraint("article_id", "version", "event_id"),
    )


def _create_figure() -> None:
    op.create_table(
        "figure",
        sa.Column("article_id", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("figure_id", sa.String(), nullable=False),
        sa.Column("position", sa.Integer()),
        sa.Column("measure", sa.String(), nullable=False),
        sa.Column("low", sa.Float()),
        sa.Column("high", sa.Float()),
        sa.Column("approx", sa.Boolean(), nullable=False),
        sa.Column("unit", sa.String()),
        sa.Column("place_id", sa.String()),
        sa.Column("as_of", sa.String()),
        sa.Column("cause_id", sa.String()),
        sa.Column("statement_id", sa.String()),
        sa.Column("score", sa.Float()),
        sa.Column("first_day", sa.String()),
        sa.Column("last_day", sa.String()),
        sa.Column("extractor", sa.String(), nullable=False),
        _link("figure", "cause_id", "actor"),
        _link("figure", "place_id", "place"),
        _link("figure", "statement_id", "statement"),
        _of_article("figure"),
        sa.PrimaryKeyConstraint("article_id", "version", "figure_id"),
    )


def _create_term() -> None:
    op.create_table(
        "term",
        sa.Column("article_id", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("term_id", sa.String(), nullable=False),
        sa.Column("position", sa.Integer()),
        sa.Column("concept", sa.String(), nullable=False),
        sa.Column("term", sa.String(), nullable=False),
        sa.Column("voice", sa.String(), nullable=False),
        sa.Column("avoided", sa.Boolean(), nullable=False),
        sa.Column("used_by_id", sa.String()),
        sa.Column("statement_id", sa.String()),
        sa.Column("score", sa.Float()),
        sa.Column("extractor", sa.String(), nullable=False),
        _link("term", "statement_id", "statement"),
        _link("term", "used_by_id", "actor"),
        _of_article("term"),
        sa.PrimaryKeyConstraint("article_id", "version", "term_id"),
    )


def _create_participant() -> None:
    op.create_table(
        "participant",
        sa.Column("article_id", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("actor_id", sa.String()),
        _link("participant", "actor_id", "actor"),
        _link("participant", "event_id", "event"),
        _of_article("participant"),
        sa.PrimaryKeyConstraint("article_id", "version", "event_id", "role", "position"),
    )
