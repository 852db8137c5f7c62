"""`show`, `find`, `report` and `export` on a store with the hand-made record."""

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner, Result

from factories import EXTRACTOR, TEXT, make_article, make_record
from onrecord.cli import main
from onrecord.export import gold_form
from onrecord.store import open_store

Run = Callable[..., Result]


@pytest.fixture
def store(tmp_path: Path) -> Path:
    path = tmp_path / "talks.db"
    with open_store(path) as opened:
        opened.save(make_record(), EXTRACTOR)
    return path


@pytest.fixture
def run(store: Path) -> Run:
    def invoke(*arguments: str) -> Result:
        return CliRunner(env={"ONRECORD_STORE": str(store)}).invoke(main, arguments)

    return invoke


def add_another(store: Path) -> None:
    article = make_article(article_id="77", title="Other talks", url=None, source_path=None)
    with open_store(store) as opened:
        opened.save(make_record(article), EXTRACTOR)


def test_show_prints_every_kind_of_row(run: Run) -> None:
    page = run("show").stdout
    assert "Leaders meet in Moscow" in page
    assert "The Example · 2022-03-11 (given) · A. Reporter" in page
    assert "  Dmitry Peskov  assert · direct · 2022-03-11 · at Moscow\n" in page
    assert "Our negotiators … report some progress" in page
    assert "CONSULT  Vladimir Putin and Alexander Lukashenko" in page
    assert "ASSAULT  Russian forces → Kharkiv, civilians" in page
    assert "killed 30 to 35  civilians" in page
    assert "refugees about 2,000,000 or more" in page
    assert "if the West lifted its sanctions: the fighting would stop" in page
    assert "Government of Ukraine  of Government of Russia · demanded" in page
    assert "invasion  for war · scare · avoided by Russian officials" in page
    assert "Vladimir Putin  person · RUS · GOV · President · 2 mentions" in page


def test_show_nests_a_statement_in_the_one_that_contains_it(run: Run) -> None:
    lines = run("show").stdout.splitlines()
    promise = next(line for line in lines if "promise · indirect" in line)
    assert promise.startswith("      Vladimir Putin")


def test_show_fits_the_terminal_and_a_pipe_gets_no_colours(run: Run) -> None:
    result = run("show")
    assert "\x1b" not in result.stdout
    assert all(len(line) <= 80 for line in result.stdout.splitlines())


@pytest.mark.parametrize("ref", ["0f3a", "Leaders meet in Moscow", "/articles/leaders-meet.txt"])
def test_an_article_is_meant_by_id_title_or_path(run: Run, store: Path, ref: str) -> None:
    add_another(store)
    assert "0f3a9c1d2b4e5f60, version 1" in run("show", ref).stdout


def test_with_several_articles_one_must_be_named(run: Run, store: Path) -> None:
    add_another(store)
    result = run("show")
    assert result.exit_code == 1
    assert "77  2022-03-11  Other talks" in result.stderr
    assert result.stdout == ""


def test_an_empty_store_says_how_to_fill_it(tmp_path: Path) -> None:
    open_store(tmp_path / "empty.db").close()
    result = CliRunner().invoke(main, ["show", "--store", str(tmp_path / "empty.db")])
    assert result.exit_code == 1
    assert "onrecord read" in result.stderr


def test_a_store_that_is_not_there_is_a_message_and_not_made(tmp_path: Path) -> None:
    path = tmp_path / "none.db"
    result = CliRunner().invoke(main, ["show", "--store", str(path)])
    assert result.exit_code == 1
    assert "none.db" in result.stderr
    assert "Traceback" not in result.stderr
    assert not path.exists()


def test_find_prints_a_table(run: Run) -> None:
    result = run("find", "statements", "--speaker", "Putin")
    assert "Vladimir Putin" in result.stdout
    assert "Ukraine" not in result.stdout
    assert "1 statement" in result.stderr


@pytest.mark.parametrize(
    ("arguments", "count"),
    [
        (["statements"], 7),
        (["statements", "--type", "demand"], 1),
        (["statements", "--text", "sanctions"], 2),
        (["statements", "--limit", "2"], 2),
        (["events", "--actor", "Lukashenko"], 1),
        (["events", "--recipient", "Putin"], 1),
        (["events", "--country", "BLR"], 1),
        (["events", "--modality", "negated"], 1),
        (["events", "--until", "2022-03-08"], 1),
        (["events", "--since", "2023"], 0),
        (["figures", "--type", "killed"], 1),
        (["conditions"], 1),
        (["demands"], 1),
        (["terms", "--type", "war"], 3),
        (["actors", "--country", "UKR"], 2),
        (["mentions"], 9),
        (["times"], 2),
        (["places", "--country", "RUS"], 1),
        (["figures", "--article", "Leaders meet in Moscow"], 2),
    ],
)
def test_filters_choose_rows(run: Run, arguments: list[str], count: int) -> None:
    result = run("find", *arguments, "--format", "jsonl")
    assert result.exit_code == 0
    assert len(result.stdout.splitlines()) == count
    for form in ("table", "csv"):
        assert run("find", *arguments, "--format", form).exit_code == 0


def test_json_lines_have_every_column_and_say_what_they_are(run: Run) -> None:
    row = json.loads(run("find", "figures", "--format", "jsonl").stdout.splitlines()[0])
    assert (row["row"], row["measure"], row["low"], row["high"]) == ("figures", "killed", 30, 35)
    assert TEXT[row["start"] : row["end"]] == row["words"]


def test_csv_has_a_header_and_a_line_a_row(run: Run) -> None:
    rows = list(csv.DictReader(io.StringIO(run("find", "events", "--format", "csv").stdout)))
    assert [row["event_type"] for row in rows] == ["CONSULT", "ASSAULT", "CONCEDE", "RETREAT"]


@pytest.mark.parametrize("name", ["out.parquet", "out.csv", "out.jsonl"])
def test_a_files_name_tells_its_format(run: Run, tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    result = run("find", "figures", "-o", str(path))
    assert result.stdout == ""
    if path.suffix == ".parquet":
        assert pq.read_table(path).column("measure").to_pylist() == ["killed", "refugees"]
    else:
        assert "killed" in path.read_text("utf8")


def test_parquet_goes_through_a_pipe(run: Run) -> None:
    content = run("find", "figures", "--format", "parquet").stdout_bytes
    assert pq.read_table(io.BytesIO(content)).num_rows == 2


@pytest.mark.parametrize(
    ("arguments", "word"),
    [
        (["find", "nothing"], "nothing"),
        (["find", "statements", "--type", "shout"], "assert"),
        (["find", "events", "--since", "yesterday"], "yesterday"),
        (["find", "times", "--actor", "Putin"], "actor"),
        (["find", "events", "--limit", "0"], "limit"),
        (["export", "--form", "xml"], "xml"),
        (["sing"], "sing"),
    ],
)
def test_wrong_usage_is_status_2_and_named(run: Run, arguments: list[str], word: str) -> None:
    result = run(*arguments)
    assert result.exit_code == 2
    assert word in result.stderr


def test_report_writes_a_page(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "talks.html"
    result = run("report", "-o", str(path))
    assert "Leaders meet in Moscow" in path.read_text("utf8")
    assert str(path) in result.stderr
    assert run("report").stdout.startswith("<!")


def test_a_file_that_cannot_be_written_is_named(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "no" / "such" / "talks.html"
    result = run("report", "-o", str(path))
    assert result.exit_code == 1
    assert "talks.html" in result.stderr


def test_export_writes_the_gold_form(run: Run, store: Path, tmp_path: Path) -> None:
    with open_store(store) as opened:
        wanted = gold_form(opened.record("0f3a9c1d2b4e5f60"))
    assert json.loads(run("export").stdout) == wanted
    run("export", "-o", str(tmp_path / "records"))
    (path,) = (tmp_path / "records").iterdir()
    assert path.name == "0f3a9c1d2b4e5f60.json"
    assert json.loads(path.read_text("utf8")) == wanted


def test_export_of_several_records_needs_a_folder(run: Run, store: Path, tmp_path: Path) -> None:
    add_another(store)
    result = run("export")
    assert result.exit_code == 2
    assert "-o FOLDER" in result.stderr
    assert run("export", "-o", str(tmp_path / "records")).exit_code == 0
    assert len(list((tmp_path / "records").iterdir())) == 2
    assert json.loads(run("export", "77").stdout)["id"] == "77"


def test_export_of_json_lines_has_every_row(run: Run, tmp_path: Path) -> None:
    rows = [json.loads(line) for line in run("export", "--form", "jsonl").stdout.splitlines()]
    assert len(rows) == len(list(make_record().rows()))
    path = tmp_path / "rows.jsonl"
    run("export", "--form", "jsonl", "-o", str(path))
    assert [json.loads(line) for line in path.read_text("utf8").splitlines()] == rows


def test_a_name_that_nobody_goes_by_is_told(run: Run) -> None:
    assert (
        "Nobody goes by 'Nobody Known'" in run("find", "events", "--actor", "Nobody Known").stderr
    )
    assert "Nobody goes by" not in run("find", "terms", "--speaker", "Putin").stderr
