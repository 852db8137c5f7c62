"""`export` and `rejoin` by command: each form from a store, from a folder, words put back."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from exported import contents, records, texts
from factories import EXTRACTOR, make_article, make_record
from onrecord.cli import main
from onrecord.cli.export import DATASETTE, FORMS, GOLD, JSONL
from onrecord.exports import FORMS as OTHERS
from onrecord.exports.held import read_folder
from onrecord.store import open_store

Run = Callable[..., Result]
FOLDERS = {"brat", "inception", "parquet"}


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("store") / "talks.db"
    with open_store(path) as opened:
        for record in records():
            opened.save(record, EXTRACTOR)
    return path


@pytest.fixture
def run(store: Path) -> Run:
    def invoke(*arguments: object) -> Result:
        runner = CliRunner(env={"ONRECORD_STORE": str(store)})
        return runner.invoke(main, [str(argument) for argument in arguments])

    return invoke


def test_the_command_knows_every_form() -> None:
    assert set(FORMS) == {GOLD, JSONL, DATASETTE, *OTHERS}


@pytest.mark.parametrize("form", FORMS)
def test_every_form_is_explained(form: str) -> None:
    page = Path(__file__).parents[1] / "docs" / "exports.md"
    lines = [
        line for line in page.read_text("utf8").splitlines() if line.startswith(f"| `{form}` |")
    ]
    assert [line.count(" | ") for line in lines] == [3]


@pytest.mark.parametrize("form", sorted(set(OTHERS) - FOLDERS))
def test_a_form_of_lines_goes_to_a_file_or_to_stdout(form: str, run: Run, tmp_path: Path) -> None:
    path = tmp_path / "out"
    result = run("export", "--form", form, "-o", path)
    assert result.exit_code == 0, result.output
    assert "Wrote 2 articles" in result.stderr
    written = path.read_text("utf8")
    assert written == run("export", "--form", form).stdout
    assert written.count("\n") > 1
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("form", sorted(FOLDERS))
def test_a_form_of_files_needs_a_new_folder(form: str, run: Run, tmp_path: Path) -> None:
    assert "-o FOLDER" in run("export", "--form", form).stderr
    path = tmp_path / "out"
    assert run("export", "--form", form, "-o", path).exit_code == 0
    before = list(contents(path))
    again = run("export", "--form", form, "-o", path)
    assert again.exit_code == 1
    assert "is there already" in again.stderr
    assert list(contents(path)) == before


def test_one_article_can_be_exported_alone(run: Run) -> None:
    lines = run("export", "b" * 16, "--form", "plover").stdout.splitlines()
    assert [json.loads(line)["event"] for line in lines] == [["ASSAULT"]]


@pytest.mark.parametrize("form", sorted(OTHERS))
def test_words_are_put_back_from_the_store(form: str, run: Run, tmp_path: Path) -> None:
    whole, hidden, again = (tmp_path / name for name in ("whole", "hidden", "again"))
    run("export", "--form", form, "-o", whole)
    run("export", "--form", form, "--without-text", "-o", hidden)
    result = run("rejoin", hidden, "-o", again)
    assert result.exit_code == 0, result.output
    assert list(contents(again)) == list(contents(whole))


@pytest.mark.parametrize("form", [GOLD, JSONL])
def test_rows_without_text_come_back_as_well(form: str, run: Run, tmp_path: Path) -> None:
    whole, hidden, again = (tmp_path / name for name in ("whole", "hidden", "again"))
    run("export", "--form", form, "-o", whole)
    run("export", "--form", form, "--without-text", "-o", hidden)
    assert "Our negotiators" not in " ".join(contents(hidden))
    assert run("rejoin", hidden, "-o", again).exit_code == 0
    assert list(map(loaded, contents(again))) == list(map(loaded, contents(whole)))


def loaded(content: str) -> object:
    """JSON, in which the names of somebody are in no order and one may be there twice."""
    documents = content.strip().split("\n") if content.startswith('{"row"') else [content]
    return [unordered(json.loads(one)) for one in documents]


def unordered(value: object) -> object:
    if isinstance(value, dict):
        return {
            name: set(item) if name.endswith("names") else unordered(item)
            for name, item in value.items()
        }
    return [unordered(item) for item in value] if isinstance(value, list) else value


def test_words_are_put_back_from_a_folder_and_missing_texts_named(run: Run, tmp_path: Path) -> None:
    hidden, folder = tmp_path / "hidden", tmp_path / "texts" / "deep"
    run("export", "--form", "plover", "--without-text", "-o", hidden)
    folder.mkdir(parents=True)
    (first, second), held = texts(), texts()
    (folder / "one.txt").write_bytes(held[first].encode())
    (folder / "picture.jpg").write_bytes(b"\xff\xd8\xff")
    result = run("rejoin", hidden, "-o", tmp_path / "some", "--texts", folder.parent)
    assert result.exit_code == 1
    assert second in result.stderr
    assert first not in result.stderr
    (folder / "two.txt").write_bytes(held[second].encode())
    result = run("rejoin", hidden, "-o", tmp_path / "all", "--texts", folder.parent)
    assert result.exit_code == 0
    assert (tmp_path / "all").read_text("utf8") == run("export", "--form", "plover").stdout


def test_an_older_version_of_a_text_is_found_in_the_store(tmp_path: Path) -> None:
    runner = CliRunner(env={"ONRECORD_STORE": str(tmp_path / "two.db")})
    with open_store(tmp_path / "two.db") as opened:
        opened.save(make_record(), EXTRACTOR)
        out = tmp_path / "hidden"
        runner.invoke(main, ["export", "--form", "plover", "--without-text", "-o", str(out)])
        opened.save(make_record(make_article(version=2, text=f"{make_article().text} ")), EXTRACTOR)
    result = runner.invoke(main, ["rejoin", str(out), "-o", str(tmp_path / "again")])
    assert result.exit_code == 0, result.output
    assert "Mr Putin did not call off" in (tmp_path / "again").read_text("utf8")


@pytest.mark.parametrize("form", ["brat", "inception"])
def test_what_was_marked_elsewhere_goes_on_to_other_forms(
    form: str, run: Run, tmp_path: Path
) -> None:
    folder = tmp_path / form
    run("export", "--form", form, "-o", folder)
    assert {one.article.article_id for one in read_folder(folder)} == {"0f3a9c1d2b4e5f60", "b" * 16}
    result = run("export", "--from", folder, "--form", "jsonl")
    assert result.exit_code == 0, result.output
    wanted = run("export", "--form", "jsonl").stdout.splitlines()
    assert len(result.stdout.splitlines()) == len(wanted)


def test_a_folder_and_articles_of_the_store_exclude_each_other(run: Run, tmp_path: Path) -> None:
    assert run("export", "b" * 16, "--from", tmp_path).exit_code == 2
    assert run("export", "--form", "datasette", "--from", tmp_path).exit_code == 2


def test_a_folder_that_cannot_be_written_is_named(run: Run, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    for form in ("plover", "brat", "parquet"):
        result = run("export", "--form", form, "-o", tmp_path / "file" / "out")
        assert result.exit_code == 1
        assert "file" in result.stderr


def test_what_is_no_export_is_said_so(run: Run, tmp_path: Path) -> None:
    (tmp_path / "picture.jpg").write_bytes(b"\xff\xd8\xff")
    result = run("rejoin", tmp_path / "picture.jpg", "-o", tmp_path / "out")
    assert result.exit_code == 1
    assert "is no text" in result.stderr
    assert not (tmp_path / "out").exists()
