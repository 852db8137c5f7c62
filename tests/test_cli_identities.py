"""`onrecord identities` on a store with two articles by hand."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from casts import Part, cast, president
from onrecord.cli import main
from onrecord.store import open_store

Run = Callable[..., Result]


@pytest.fixture
def run(tmp_path: Path) -> Run:
    path = tmp_path / "store.db"
    selenski = Part(name="Vladimir Selenski", country="DEU")
    with open_store(path) as store:
        store.save(cast("first", president("Volodymyr Zelensky"), selenski), "hand/1")
        store.save(cast("second", president("Zelensky")), "hand/1")

    def invoke(*arguments: str) -> Result:
        environment = {"ONRECORD_STORE": str(path), "LOGNAME": "ada"}
        return CliRunner(env=environment).invoke(main, ["identities", *arguments])

    return invoke


def lines(result: Result) -> list[dict[str, object]]:
    assert result.exit_code == 0, result.stderr
    return [json.loads(line) for line in result.stdout.splitlines()]


def test_list_prints_a_table_or_lines_of_json(run: Run) -> None:
    page = run("list").stdout
    assert "Volodymyr Zelensky" in page
    assert "also" in page
    assert [one["articles"] for one in lines(run("list", "--json"))] == [2, 1]
    assert len(lines(run("list", "selenski", "--json"))) == 1
    assert len(lines(run("list", "--country", "ukr", "--json"))) == 1
    assert len(lines(run("list", "--kind", "state", "--json"))) == 0
    assert len(lines(run("list", "--limit", "1", "--json"))) == 1


def test_show_prints_the_articles(run: Run) -> None:
    page = run("show", "Volodymyr Zelensky").stdout
    assert "known as Volodymyr Zelensky; Zelensky" in page
    assert "first" in page
    assert "second" in page
    found = lines(run("show", "Zelensky", "--json"))
    assert [one["article_id"] for one in found] == ["first", "second"]


def test_decisions_are_made_listed_and_undone(run: Run) -> None:
    merged = run("merge", "Vladimir Selenski", "Volodymyr Zelensky", "--why", "spelling")
    assert merged.stdout == "1: Vladimir Selenski is Volodymyr Zelensky\n"
    assert "onrecord identities undo 1" in merged.stderr
    assert len(lines(run("list", "--json"))) == 1
    assert run("undo", "1", "--by", "Bob").stdout == "2: undo 1\n"
    assert len(lines(run("list", "--json"))) == 2
    parted = run("split", "Volodymyr Zelensky", "--article", "second")
    assert parted.stdout == "3: Volodymyr Zelensky is somebody else: second\n"
    named = run("split", "Volodymyr Zelensky", "--name", "Zelensky")
    assert named.exit_code == 1  # it does not go by that name any more
    assert "does not go by 'Zelensky'" in named.stderr
    made = lines(run("decisions", "--json"))
    assert [one["undone_by"] for one in made] == [2, None, None]
    signed = made[0]["signed"]
    assert isinstance(signed, dict)
    assert (signed["made_by"], signed["why"]) == ("ada", "spelling")
    assert "spelling" in run("decisions").stdout


@pytest.mark.parametrize(
    ("arguments", "status", "words"),
    [
        (["show", "Ada"], 1, "nobody called 'Ada'"),
        (["undo", "4"], 1, "no decision 4"),
        (["undo", "first"], 2, "first"),
        (["split", "Zelensky"], 2, "--article"),
        (["list", "--kind", "robot"], 2, "robot"),
        (["list", "--limit", "0"], 2, "limit"),
        (["merge", "Zelensky", "Volodymyr Zelensky"], 1, "one identity already"),
    ],
)
def test_what_cannot_be_done_says_why(
    run: Run, arguments: list[str], status: int, words: str
) -> None:
    result = run(*arguments)
    assert result.exit_code == status
    assert words in result.stderr
