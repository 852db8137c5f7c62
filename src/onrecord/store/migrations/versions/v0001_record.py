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
        sa.ForeignKeyConstraint(
            ["article_id", "version"],
            ["article.article_id", "article.version"],
            name="fk_actor_article",
            ondelete="CASCADE",
        ),
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
        sa.ForeignKeyConstraint(
            ["article_id", "version"],
            ["article.article_id", "article.version"],
            name="fk_evidence_article",
            ondelete="CASCADE",
        ),
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
        sa.ForeignKeyConstraint(
            ["article_id", "version"],
            ["article.article_id", "article.version"],
            name="fk_place_article",
            ondelete="CASCADE",
        ),
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
        sa.ForeignKeyConstraint(
            ["article_id", "version"],
            ["article.article_id", "article.version"],
            name="fk_time_article",
            ondelete="CASCADE",
        ),
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
        sa.ForeignKeyConstraint(
            ["article_id", "version", "actor_id"],
            ["actor.article_id", "actor.version", "actor.actor_id"],
            name="fk_mention_actor_id",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["article_id", "version"],
            ["article.article_id", "article.version"],
            name="fk_mention_article",
            ondelete="CASCADE",
        ),
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
        sa.ForeignKeyConstraint(
            ["article_id", "version", "addressee_id"],
            ["actor.article_id", "actor.version", "actor.actor_id"],
            name="fk_statement_addressee_id",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["article_id", "version", "parent_id"],
            ["statement.article_id", "statement.version", "statement.statement_id"],
            name="fk_statement_parent_id",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["article_id", "version", "said_at_id"],
            ["place.article_id", "place.version", "place.place_id"],
            name="fk_statement_said_at_id",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["article_id", "version", "said_on_id"],
            ["time.article_id", "time.version", "time.time_id"],
            name="fk_statement_said_on_id",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["article_id", "version", "speaker_id"],
            ["actor.article_id", "actor.version", "actor.actor_id"],
            name="fk_statement_speaker_id",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["article_id", "version"],
            ["article.article_id", "article.version"],
            name="fk_statement_article",
            ondelete="CASCADE",
        ),
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
        sa.ForeignKeyConstraint(
            ["article_id", "version", "by_id"],
            ["actor.article_id", "actor.version", "actor.actor_id"],
            name="fk_condition_by_id",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["article_id", "version", "on_id"],
            ["actor.article_id", "actor.version", "actor.actor_id"],
            name="fk_condition_on_id",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["article_id", "version", "statement_id"],
            ["statement.article_id", "statement.version", "statement.statement_id"],
            name="fk_condition_statement_id",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["article_id", "version"],
            ["article.article_id", "article.version"],
            name="fk_condition_article",
            ondelete="CASCADE",
        ),
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
        sa.ForeignKeyConstraint(
            ["article_id", "version", "by_id"],
            ["actor.article_id", "actor.version", "actor.actor_id"],
            name="fk_demand_by_id",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["article_id", "version", "of_id"],
            ["actor.article_id", "actor.version", "actor.actor_id"],
            name="fk_demand_of_id",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["article_id", "version", "statement_id"],
            ["statement.article_id", "statement.version", "statement.statement_id"],
            name="fk_demand_statement_id",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["article_id", "version"],
            ["article.article_id", "article.version"],
            name="fk_demand_article",
            ondelete="CASCADE",
        ),
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
        sa.ForeignKeyConstraint(
            ["article_id", "version", "place_id"],
            ["place.article_id", "place.version", "place.place_id"],
            name="fk_event_place_id",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["article_id", "version", "statement_id"],
            ["statement.article_id", "statement.version", "statement.statement_id"],
            name="fk_event_statement_id",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["article_id", "version"],
            ["article.article_id", "article.version"],
            name="fk_event_article",
            ondelete="CASCADE",
        ),
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
        sa.ForeignKeyConstraint(
            ["article_id", "version", "cause_id"],
            ["actor.article_id", "actor.version", "actor.actor_id"],
            name="fk_figure_cause_id",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["article_id", "version", "place_id"],
            ["place.article_id", "place.version", "place.place_id"],
            name="fk_figure_place_id",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["article_id", "version", "statement_id"],
            ["statement.article_id", "statement.version", "statement.statement_id"],
            name="fk_figure_statement_id",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["article_id", "version"],
            ["article.article_id", "article.version"],
            name="fk_figure_article",
            ondelete="CASCADE",
        ),
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
        sa.ForeignKeyConstraint(
            ["article_id", "version", "statement_id"],
            ["statement.article_id", "statement.version", "statement.statement_id"],
            name="fk_term_statement_id",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["article_id", "version", "used_by_id"],
            ["actor.article_id", "actor.version", "actor.actor_id"],
            name="fk_term_used_by_id",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["article_id", "version"],
            ["article.article_id", "article.version"],
            name="fk_term_article",
            ondelete="CASCADE",
        ),
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
        sa.ForeignKeyConstraint(
            ["article_id", "version", "actor_id"],
            ["actor.article_id", "actor.version", "actor.actor_id"],
            name="fk_participant_actor_id",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["article_id", "version", "event_id"],
            ["event.article_id", "event.version", "event.event_id"],
            name="fk_participant_event_id",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["article_id", "version"],
            ["article.article_id", "article.version"],
            name="fk_participant_article",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("article_id", "version", "event_id", "role", "position"),
    )
