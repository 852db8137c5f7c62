"""Stores of older versions: brought up to date whole, and backed up before.

The stores in stores/ were made by the versions that ended with those revisions: two articles, the
second in two versions, a decision and a review.
"""

import shutil
import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine

from factories import TEXT, make_article, make_record, make_statements
from onrecord.errors import StoreError
from onrecord.records import Record
from onrecord.store import Filters, open_store
from onrecord.store.migrating import MIGRATIONS
from onrecord.store.schema import REVISIONS

STORES = Path(__file__).parent / "stores"
SECOND = make_article(article_id="second", title="Second", published="2022-03-12")
CHANGED = make_article(
    f"{TEXT} The talks ended.",
    article_id="second",
    title="Second",
    published="2022-03-12",
    version=2,
)


@pytest.fixture(params=["0007", "0013"])
def revision(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def path(tmp_path: Path, revision: str) -> Path:
    shutil.copy(STORES / f"revision-{revision}.db", tmp_path / "store.db")
    return tmp_path / "store.db"


def told(record: Record) -> Record:
    return replace(record, article=replace(record.article, story_id=None, copy_of=None))


def groundless(record: Record) -> Record:
    """Return a record as it was before actors had grounds."""
    return replace(record, actors=tuple(replace(one, grounds=()) for one in record.actors))


def test_every_row_is_as_it_was(path: Path) -> None:
    first = make_article()
    with open_store(path, create=False) as store:
        assert told(store.record(first.article_id)) == groundless(make_record())
        assert store.record("second", 1) == groundless(make_record(SECOND))
        assert told(store.record("second")) == groundless(make_record(CHANGED))
        assert store.faults() == ()


def test_what_people_decided_is_as_it_was(path: Path) -> None:
    with open_store(path, create=False) as store:
        (decision,) = store.decisions()
        assert (decision.action, decision.signed.made_by) == ("merge", "A. Reader")
        assert store.identity("Lukashenko").name == "Vladimir Putin"
        (outcome,) = store.reviews.all()
        assert outcome.state == "applied"
        assert outcome.row_id == make_statements(make_article())[0].statement_id
        assert outcome.correction.verdict == "accept"


def test_what_is_derived_is_made_anew(path: Path) -> None:
    with open_store(path, create=False) as store:
        (story,) = store.stories()
        assert [one.article_id for one in story.printings] == [make_article().article_id, "second"]
        assert store.find("terms", Filters(text="invasion")).num_rows == 2
        assert len(store.summaries("talks ended")) == 1
        found = store.happenings(Filters(type="ASSAULT"))
        assert [one.articles for one in found] == [2]


def test_the_backup_can_be_put_back(path: Path, revision: str) -> None:
    before = list(sqlite3.connect(path).iterdump())
    open_store(path).close()
    backup = path.with_name(f"store.db.{revision}.bak")
    assert list(sqlite3.connect(backup).iterdump()) == before
    shutil.copy(backup, path)
    with open_store(path) as store:
        assert len(store.summaries()) == 2


def test_a_store_stays_as_it_was_when_the_backup_cannot_be_written(
    path: Path, revision: str
) -> None:
    before = list(sqlite3.connect(path).iterdump())
    path.with_name(f"store.db.{revision}.bak").mkdir()
    with pytest.raises(StoreError, match=rf"store\.db\.{revision}\.bak cannot be opened"):
        open_store(path)
    assert list(sqlite3.connect(path).iterdump()) == before


def test_a_new_store_and_one_that_is_up_to_date_get_no_backup(tmp_path: Path) -> None:
    for _ in range(2):
        open_store(tmp_path / "new.db").close()
    assert [one.name for one in tmp_path.iterdir()] == ["new.db"]


def test_the_first_revision_is_brought_up_to_date(tmp_path: Path) -> None:
    path = tmp_path / "store.db"
    engine = create_engine(f"sqlite:///{path}")
    with engine.begin() as connection:
        config = Config()
        config.set_main_option("script_location", str(MIGRATIONS))
        config.attributes["connection"] = connection
        command.upgrade(config, "0001")
        for statement in FIRST_REVISION:
            connection.exec_driver_sql(statement)
    engine.dispose()
    with open_store(path) as store:
        record = store.record("a")
        assert [record.article.cut(span) for span in record.statements[0].content] == ["no", "more"]
        assert record.statements[0].extractor == "hand/1"
        assert record.mentions[0].candidates == ()
        assert store.find("statements", Filters(text="more", speaker="Ada")).num_rows == 1
        assert store.faults() == ()


FIRST_REVISION = (
    "INSERT INTO article (article_id, version, text, sha256, input_map, extractor, stored_at) "
    "VALUES ('a', 1, 'Ada said no and more.', "
    "'9ced633e652887ffa3cbf32577a2e96870adc42cfe4f7cded8a6ec3b395c651e', "
    "'[[0, 21, 0, 21]]', 'hand/1', '2022')",
    "INSERT INTO actor (article_id, version, actor_id, position, name, kind, extractor) "
    "VALUES ('a', 1, 'ada', 0, 'Ada', 'person', 'hand/1')",
    "INSERT INTO mention (article_id, version, mention_id, position, actor_id, form, extractor) "
    "VALUES ('a', 1, 'm', 0, 'ada', 'name', 'hand/1')",
    "INSERT INTO statement (article_id, version, statement_id, position, kind, act, speaker_id, "
    "extractor) VALUES ('a', 1, 's', 0, 'direct', 'assert', 'ada', 'hand/1')",
    'INSERT INTO evidence (article_id, version, kind, row_id, role, position, start, "end") '
    "VALUES ('a', 1, 'mentions', 'm', 'span', 0, 0, 3)",
    'INSERT INTO evidence (article_id, version, kind, row_id, role, position, start, "end") '
    "VALUES ('a', 1, 'statements', 's', 'content', 1, 16, 20)",
    'INSERT INTO evidence (article_id, version, kind, row_id, role, position, start, "end") '
    "VALUES ('a', 1, 'statements', 's', 'content', 0, 9, 11)",
)


def test_the_revisions_are_in_one_line() -> None:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    line = [one.revision for one in ScriptDirectory.from_config(config).walk_revisions()]
    assert tuple(reversed(line)) == REVISIONS


def test_a_revision_that_adds_what_is_found_by_derives_nothing_anew(tmp_path: Path) -> None:
    path = tmp_path / "store.db"
    with open_store(path) as store:
        store.save(make_record(), "hand/1")
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("DROP INDEX ix_signature_acting")
        connection.execute("DROP INDEX ix_mention_role")
        connection.execute("DROP TABLE relinking")
        kept = connection.execute("SELECT once, countries FROM telling").fetchall()
        connection.execute("DROP INDEX ix_telling_countries")
        connection.execute("ALTER TABLE telling DROP COLUMN once")
        connection.execute("UPDATE telling SET countries = 'AAA BBB' WHERE countries IS NOT NULL")
        connection.execute(
            "CREATE INDEX ix_telling_countries ON telling (countries) WHERE countries IS NOT NULL"
        )
        connection.execute("UPDATE telling SET own_id = 'kept'")
        connection.execute("UPDATE onrecord_revision SET version_num = '0025'")
        connection.commit()
    with open_store(path) as store:
        assert store.record(make_article().article_id) == make_record()
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("SELECT DISTINCT own_id FROM telling").fetchall() == [("kept",)]
        assert connection.execute("SELECT once, countries FROM telling").fetchall() == kept
        made = connection.execute("SELECT name FROM sqlite_master WHERE type = 'index'").fetchall()
    assert {("ix_signature_acting",), ("ix_mention_role",)} <= {*made}
