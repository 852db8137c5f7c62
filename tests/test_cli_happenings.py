"""`happenings` and `count` on stores of two articles that tell the same."""

import csv
import io
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from factories import EXTRACTOR, make_article, make_record
from onrecord.cli import main
from onrecord.store import open_store

Run = Callable[..., Result]


@pytest.fixture
def store(tmp_path: Path) -> Path:
    path = tmp_path / "talks.db"
    other = make_article(article_id="77", title="Other talks", url=None, source_path=None)
    with open_store(path) as opened:
        opened.save(make_record(), EXTRACTOR)
        opened.save(make_record(other), EXTRACTOR)
    return path


@pytest.fixture
def run(store: Path) -> Run:
    def invoke(*arguments: str) -> Result:
        return CliRunner(env={"ONRECORD_STORE": str(store)}).invoke(main, arguments)

    return invoke


def test_list_shows_what_is_told_twice(run: Run) -> None:
    result = run("happenings", "list", "--type", "ASSAULT", "--per", "article")
    assert result.exit_code == 0
    assert "ASSAULT  Russian forces" in result.stdout
    assert result.stderr == "1 happening; told per article\n"


def test_show_tells_why_as_json_and_as_a_table(run: Run) -> None:
    listed = run("happenings", "list", "--type", "ASSAULT", "--per", "article", "--json")
    (line,) = listed.stdout.splitlines()
    found = json.loads(line)
    assert len(found["tellings"]) == 2
    assert "words" in found["tellings"][1]["reason"]["same"]
    shown = run("happenings", "show", found["tellings"][1]["event_id"])
    assert "told first" in shown.stdout
    assert "same type, actors" in " ".join(shown.stdout.split())
    again = run("happenings", "show", found["happening_id"], "--json").stdout
    assert json.loads(again) == found


def test_show_of_an_article_says_where_else_its_events_are_told(run: Run) -> None:
    page = " ".join(run("show", "77").stdout.split())
    assert "also told in Leaders meet in Moscow" in page
    assert "also told in Other talks" not in page


def test_an_unknown_happening_is_an_error(run: Run) -> None:
    result = run("happenings", "show", "abcdabcd")
    assert result.exit_code == 1
    assert "has no happening 'abcdabcd'; give an id" in result.stderr


def test_counts_in_every_format(run: Run, tmp_path: Path) -> None:
    arguments = ("count", "events", "--by", "month", "--country", "BLR", "--per", "type")
    result = run(*arguments, "--format", "csv")
    (row,) = csv.DictReader(io.StringIO(result.stdout))
    assert (row["period"], row["actor_country"], row["recipient_country"]) == (
        "2022-03",
        "BLR",
        "RUS",
    )
    assert (row["event_type"], row["happenings"], row["tellings"]) == ("CONSULT", "1", "1")
    assert row["unit"] == "story"  # both articles print one text
    each = run(*arguments, "--per", "article", "--format", "csv")
    (row,) = csv.DictReader(io.StringIO(each.stdout))
    assert (row["happenings"], row["tellings"], row["unit"]) == ("1", "2", "article")
    (line,) = run(*arguments, "--format", "jsonl").stdout.splitlines()
    assert json.loads(line)["row"] == "counts"
    table = run(*arguments)
    assert "2022-03  BLR" in table.stdout
    told = (
        "1 happenings, 0 of them by the date of publication, 0 with no date within one period; "
        "told per story\n"
    )
    assert table.stderr == told
    run(*arguments, "-o", str(tmp_path / "counts.parquet"))
    assert (tmp_path / "counts.parquet").read_bytes().startswith(b"PAR1")


@pytest.mark.parametrize("two", [("type", "quad"), ("story", "article")])
def test_what_excludes_each_other_is_wrong_usage(run: Run, two: tuple[str, str]) -> None:
    options = [word for one in two for word in ("--per", one)]
    result = run("count", "events", "--by", "month", *options)
    assert result.exit_code == 2
    assert "exclude each other" in result.stderr


def test_happenings_without_a_date_are_counted_and_announced(run: Run) -> None:
    result = run("count", "events", "--by", "day", "--type", "RETREAT")
    assert "1 of them by the date of publication" in result.stderr
    assert "2022-03-11" in result.stdout
    undated = run("count", "events", "--by", "day", "--type", "RETREAT", "--date", "event")
    assert "0 of them by the date of publication, 1 with no date" in undated.stderr


@pytest.mark.parametrize("dyad", ["RUS", "RUS,UKR,BLR", "Russia,Ukraine", ","])
def test_a_wrong_dyad_is_wrong_usage(run: Run, dyad: str) -> None:
    result = run("count", "events", "--by", "day", "--dyad", dyad)
    assert result.exit_code == 2
    assert "a dyad is two countries, such as RUS,UKR" in result.stderr


def test_find_takes_the_new_filters(run: Run) -> None:
    def kinds(*arguments: str) -> list[str]:
        lines = run("find", "events", "--format", "jsonl", "--article", "77", *arguments)
        return [json.loads(line)["event_type"] for line in lines.stdout.splitlines()]

    assert kinds("--actor-country", "BLR") == ["CONSULT"]
    assert kinds("--recipient-country", "rus", "--actor-country", "blr") == ["CONSULT"]
    assert kinds("--voice", "statement") == ["ASSAULT", "CONCEDE"]
    assert kinds("--voice", "narration") == ["CONSULT", "RETREAT"]
    assert kinds("--voice", "Peskov") == ["CONCEDE"]
    assert kinds("--mode", "heavy-weapons") == ["ASSAULT"]
    assert kinds("--context", "military") == ["CONSULT"]
    assert kinds("--from", "2022-03-08", "--quad", "1") == ["CONSULT"]
    assert run("find", "events", "--voice", "Peskov", "--speaker", "Putin").exit_code == 2
    assert run("find", "figures", "--quad", "4").exit_code == 2


def test_exported_lines_have_the_happening_of_the_store(run: Run) -> None:
    lines = [json.loads(line) for line in run("export", "--form", "jsonl").stdout.splitlines()]
    attacks = [one for one in lines if one.get("event_type") == "ASSAULT"]
    assert len(attacks) == 2
    assert len({one["happening_id"] for one in attacks}) == 1


def test_reading_links_in_a_process_of_its_own(tmp_path: Path) -> None:
    text = (
        "Gunmen attacked the town hall of Gao on 7 March 2022 and set fire to the archive. "
        "The {} wrote on it."
    )
    for name in ("Herald", "Courier"):
        (tmp_path / f"{name}.txt").write_text(text.format(name), "utf8")
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}

    def onrecord(*arguments: str) -> str:
        command = [sys.executable, "-m", "onrecord", *arguments, "--store", "gao.db"]
        done = subprocess.run(
            command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=True
        )
        return done.stdout

    onrecord("read", "Herald.txt", "Courier.txt", "--published", "2022-03-08")
    shown = onrecord("count", "events", "--by", "day", "--type", "ASSAULT", "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(shown)))
    assert [(row["period"], row["tellings"]) for row in rows] == [("2022-03-07", "2")]
