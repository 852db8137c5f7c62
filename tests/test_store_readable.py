"""The views of a store, in a file and on a server; Datasette and DuckDB on them."""

import json
import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import pytest
import yaml
from click.testing import CliRunner
from sqlalchemy import create_engine, text

from exported import records
from factories import EXTRACTOR, make_article, make_record
from onrecord.cli import main
from onrecord.records import KINDS
from onrecord.store import TABLE_NAMES, VIEW_NAMES, open_store, words_of
from onrecord.tables import words

SRC = Path(__file__).parents[1] / "src"


@pytest.fixture(scope="module")
def filled(module_place: str) -> str:
    with open_store(module_place) as store:
        for record in records():
            store.save(record, EXTRACTOR)
    return module_place


@pytest.fixture(scope="module")
def answers(filled: str) -> Iterator[Any]:
    """What asks the store without onrecord."""
    server = filled.startswith("postgresql")
    url = filled.replace("postgresql", "postgresql+psycopg", 1) if server else f"sqlite:///{filled}"
    engine = create_engine(url)

    def ask(query: str) -> list[dict[str, Any]]:
        with engine.connect() as connection:
            return [dict(line) for line in connection.execute(text(query)).mappings()]

    yield ask
    engine.dispose()


def test_there_is_a_view_for_each_kind_with_its_rows(answers: Any) -> None:  # noqa: ANN401
    assert VIEW_NAMES[0] == "articles"
    assert set(VIEW_NAMES) == {"articles", *KINDS}
    assert len(answers("SELECT * FROM articles")) == len(records())
    for kind in KINDS:
        wanted = sum(len(getattr(one, kind)) for one in records())
        assert len(answers(f"SELECT * FROM {kind}")) == wanted, kind


def test_names_stand_in_place_of_links(answers: Any) -> None:  # noqa: ANN401
    said = answers("SELECT * FROM statements WHERE act = 'demand'")
    assert [(row["speaker"], row["addressee"]) for row in said] == [
        ("Government of Ukraine", "Government of Russia")
    ]
    (split,) = answers("SELECT * FROM statements WHERE kind = 'direct'")
    assert (split["speaker"], split["speaker_country"]) == ("Dmitry Peskov", "RUS")
    assert (split["said_on"], split["said_at"]) == ("2022-03-11", "Moscow")
    (demand,) = answers('SELECT "by", "of" FROM demands')
    assert set(demand.values()) == {"Government of Ukraine", "Government of Russia"}


def test_events_say_who_and_whom_and_on_whose_word(answers: Any) -> None:  # noqa: ANN401
    rows = {row["event_type"]: row for row in answers("SELECT * FROM events ORDER BY url")}
    assert (rows["CONSULT"]["actors"], rows["CONSULT"]["recipients"]) == (
        "Vladimir Putin",
        "Alexander Lukashenko",
    )
    assert rows["CONSULT"]["vouched_by"] == "narration"
    assert rows["CONCEDE"]["vouched_by"] == "Vladimir Putin"
    assert rows["RETREAT"]["recipients"] is None
    kharkiv = answers("SELECT * FROM events WHERE place = 'Kharkiv'")
    assert [(row["recipients"], row["vouched_by"]) for row in kharkiv] == [
        ("?; ?", "Ukrainian military")
    ]


def test_ids_are_those_that_onrecord_tells(answers: Any) -> None:  # noqa: ANN401
    ids = {row["event_id"] for row in answers("SELECT event_id FROM events")}
    assert ids == {event.event_id for one in records() for event in one.events}
    assert {row["article_id"] for row in answers("SELECT article_id FROM terms")} == {
        records()[0].article.article_id
    }
    assert {row["actor_id"] for row in answers("SELECT actor_id FROM actors")} >= {"putin"}


def test_only_the_latest_version_of_an_article_is_shown(place: str) -> None:
    if place.startswith("postgresql"):
        pytest.skip("the same query on the server")
    with open_store(place) as store:
        store.save(make_record(), EXTRACTOR)
        store.save(make_record(make_article(f"{make_article().text} ", version=2)), EXTRACTOR)
    with sqlite3.connect(place) as connection:
        assert connection.execute("SELECT DISTINCT version FROM events").fetchall() == [(2,)]
        assert connection.execute("SELECT version FROM articles").fetchall() == [(2,)]


def test_an_older_store_gets_its_views(tmp_path: Path) -> None:
    older = Path(__file__).parent / "stores" / "revision-0013.db"
    path = tmp_path / "older.db"
    path.write_bytes(older.read_bytes())
    open_store(path).close()
    with sqlite3.connect(path) as connection:
        for name in VIEW_NAMES:
            connection.execute(f"SELECT * FROM {name}").fetchall()
        assert connection.execute("SELECT count(*) FROM statements").fetchone()[0] > 0


# Datasette and DuckDB: a store in a file, as it is.


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("opened") / "talks.db"
    with open_store(path) as store:
        for record in records():
            store.save(record, EXTRACTOR)
    return path


@pytest.fixture(scope="module")
def described(file: Path) -> Path:
    path = file.with_name("metadata.yaml")
    arguments = ["export", "--form", "datasette", "--store", str(file), "-o", str(path)]
    result = CliRunner().invoke(main, arguments)
    assert result.exit_code == 0, result.output
    assert f"datasette {file} --metadata {path}" in result.stderr
    plugins = path.with_name("plugins")  # as an installed package's entry point would load it
    plugins.mkdir()
    name = "onrecord.exports.datasette_plugin"
    (plugins / "words.py").write_text(f"from {name} import prepare_connection\n")
    return path


def datasette(file: Path, described: Path, path: str) -> Any:  # noqa: ANN401 - any JSON
    plugins = str(described.with_name("plugins"))
    options = ["--metadata", str(described), "--plugins-dir", plugins, "--get", path]
    done = subprocess.run(
        [sys.executable, "-m", "datasette", str(file), *options],
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": str(SRC)},
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_the_metadata_is_yaml_about_every_view_and_hides_every_table(described: Path) -> None:
    (database,) = yaml.safe_load(described.read_text("utf8"))["databases"].values()
    tables = database["tables"]
    for name in VIEW_NAMES:
        assert tables[name]["description"]
    assert all(tables[name]["hidden"] for name in TABLE_NAMES)


def test_datasette_shows_the_views_and_hides_the_tables(file: Path, described: Path) -> None:
    shown = datasette(file, described, "/talks.json")
    assert [one["name"] for one in shown["tables"] if not one["hidden"]] == []
    assert set(VIEW_NAMES) <= {one["name"] for one in shown["views"]}


def test_datasette_counts_rows_by_speaker(file: Path, described: Path) -> None:
    page = datasette(file, described, "/talks/statements.json")
    facets = page["facet_results"]
    speakers = {one["value"]: one["count"] for one in facets["speaker"]["results"]}
    assert speakers["Dmitry Peskov"] == 2
    assert page["filtered_table_rows_count"] == sum(len(one.statements) for one in records())


def test_datasette_has_the_words_where_onrecord_is_installed(file: Path, described: Path) -> None:
    path = "/talks/statements_in_words.json?title=&_shape=array"
    rows = datasette(file, described, path)
    wanted = {
        row.statement_id: words(one.article, row.content)
        for one in records()
        for row in one.statements
    }
    assert {row["statement_id"]: row["words"] for row in rows} == wanted


def test_every_query_with_words_runs(file: Path, described: Path) -> None:
    (database,) = yaml.safe_load(described.read_text("utf8"))["databases"].values()
    with sqlite3.connect(file) as connection:
        from onrecord.exports.datasette_plugin import prepare_connection

        prepare_connection(connection)
        for query in database["queries"].values():
            found = connection.execute(query["sql"], {"title": "Leaders"}).fetchall()
            assert found
            assert all(row[0] for row in found)


def test_words_of_a_part_it_does_not_have_are_none() -> None:
    assert words_of("statements", "cue", b"", "||0-1|") is None
    with pytest.raises(KeyError):
        words_of("statements", "hat", b"", "||0-1|")


def test_a_store_on_a_server_is_nothing_for_datasette(kind_of_store: str, place: str) -> None:
    if kind_of_store == "file":
        pytest.skip("a file is")
    open_store(place).close()
    result = CliRunner().invoke(main, ["export", "--form", "datasette", "--store", place])
    assert result.exit_code == 2
    assert "on a server" in result.stderr


def test_duckdb_asks_the_views_of_a_store(file: Path) -> None:
    with duckdb.connect() as connection:
        try:
            connection.execute("INSTALL sqlite; LOAD sqlite")
        except duckdb.Error as error:
            pytest.skip(f"DuckDB's own extension for SQLite is not to be had: {error}")
        connection.execute(f"ATTACH '{file}' AS talks (TYPE sqlite, READ_ONLY)")
        for kind in KINDS:
            wanted = sum(len(getattr(one, kind)) for one in records())
            query = f"SELECT * FROM sqlite_query('talks', 'SELECT * FROM {kind}')"
            assert len(connection.execute(query).fetchall()) == wanted
