"""The commands `copies` and `verify`, by what they print."""

import json
import sqlite3
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from factories import make_article, make_record
from onrecord.cli import main
from onrecord.records import Record
from onrecord.store import open_store


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A store with two copies of one text and another article."""
    with open_store(tmp_path / "store.db") as store:
        store.save(make_record(), "hand/1")
        later = make_article(article_id="later", title="Later", published="2022-03-12")
        store.save(make_record(later), "hand/1")
        other = make_article("Nothing of it.", article_id="other", url=None)
        store.save(Record(article=other), "hand/1")
    return tmp_path / "store.db"


def run(path: Path, *arguments: str) -> Result:
    return CliRunner().invoke(main, [*arguments, "--store", str(path)])


def test_list_shows_stories(path: Path) -> None:
    result = run(path, "copies", "list")
    assert "Leaders meet in Moscow" in result.stdout
    assert result.stderr == "1 story in 2 articles\n"
    (line,) = run(path, "copies", "list", "--json").stdout.splitlines()
    assert [one["article_id"] for one in json.loads(line)["printings"]] == [
        make_article().article_id,
        "later",
    ]


def test_show_says_of_what_an_article_is_a_copy(path: Path) -> None:
    result = run(path, "copies", "show", "later")
    assert f"copy of {make_article().article_id}" in result.stdout
    assert "exact" in result.stdout
    assert "no copies" in run(path, "copies", "show", "other").stdout


def test_diff_shows_the_words_that_differ(path: Path) -> None:
    result = run(path, "copies", "diff", "later", "other")
    assert "0% of 3 words" in result.stdout
    line = json.loads(run(path, "copies", "diff", "later", "other", "--json").stdout)
    assert line["shared_words"] == 0
    assert line["differences"]


def test_verify_finds_nothing_in_a_sound_store(path: Path) -> None:
    result = run(path, "verify")
    assert result.exit_code == 0
    assert result.stderr.startswith("3 articles, all is well; digest ")


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ("UPDATE mention SET spans = '0-90000' WHERE position = 1", "Span(start=0, end=90000)"),
        ("UPDATE term SET used_by_id = 'nobody'", "a row leads to no row of actor"),
        (
            "UPDATE article SET title = 'Unheard' WHERE article_id = 'later'",
            "lacks 1 words: unheard",
        ),
        ("INSERT INTO row_words (rowid, content, source) VALUES (99, 'stray', '')", "stray"),
        ("UPDATE article SET text = 'Nothing more.' WHERE article_id = 'other'", "input map"),
        ("UPDATE article SET text = x'00' WHERE article_id = 'other'", "cannot be unpacked"),
        (
            "DELETE FROM printing WHERE number = "
            "(SELECT number FROM article WHERE article_id = 'later')",
            "is not entered where copies",
        ),
    ],
)
def test_verify_says_what_is_wrong(path: Path, change: str, told: str) -> None:
    with sqlite3.connect(path) as connection:
        connection.execute(change)
    connection.close()
    result = run(path, "verify")
    assert result.exit_code == 1
    assert told in result.stdout
