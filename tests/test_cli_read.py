"""`read` and `demo`, with the real pipeline on small texts."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from onrecord.cli import main
from onrecord.store import open_store

TALKS = (
    "Russian Foreign Minister Sergei Lavrov met Ukrainian Foreign Minister Dmytro Kuleba in "
    "Turkey on Thursday.\n\n“We will not give up,” Mr Kuleba said. He said that more than "
    "2 million people had been displaced.\n"
)


def run(store: Path, *arguments: str, stdin: bytes | None = None) -> Result:
    return CliRunner(env={"ONRECORD_STORE": str(store)}).invoke(main, arguments, input=stdin)


@pytest.fixture
def talks(tmp_path: Path) -> Path:
    path = tmp_path / "talks.txt"
    path.write_text(TALKS, "utf8")
    return path


def test_reading_stores_and_reading_again_changes_nothing(talks: Path, tmp_path: Path) -> None:
    store = tmp_path / "a.db"
    first = run(store, "read", str(talks), "--published", "2022-03-11", "--publisher", "The Post")
    assert (first.exit_code, first.stdout) == (0, "")
    assert "1 read, 0 unchanged, 0 failed" in first.stderr
    again = run(store, "read", str(talks), "--published", "2022-03-11", "--publisher", "The Post")
    assert again.exit_code == 0
    assert "0 read, 1 unchanged, 0 failed" in again.stderr
    page = run(store, "show").stdout
    assert "The Post · 2022-03-11 (given)" in page
    assert "Dmytro Kuleba  assert · direct" in page
    assert "CONSULT  Sergei Lavrov and Dmytro Kuleba" in page
    assert "displaced 2,000,000 or more" in page


def test_a_changed_text_is_a_new_version(talks: Path, tmp_path: Path) -> None:
    store = tmp_path / "a.db"
    run(store, "read", str(talks))
    talks.write_text(TALKS + "\nChina has urged restraint.\n", "utf8")
    assert "1 read" in run(store, "read", str(talks)).stderr
    assert ", version 2" in run(store, "show").stdout


def test_failures_are_named_and_the_rest_is_read(talks: Path, tmp_path: Path) -> None:
    empty, store = tmp_path / "empty.txt", tmp_path / "a.db"
    empty.write_text("")
    missing = tmp_path / "missing.txt"
    result = run(store, "read", str(empty), str(missing), str(talks))
    assert result.exit_code == 1
    assert "1 read, 0 unchanged, 2 failed" in result.stderr
    assert "empty.txt: " in result.stderr
    assert "missing.txt: " in result.stderr
    with open_store(store) as opened:
        assert len(opened.summaries()) == 1


def test_json_lines_with_fields_of_other_names_from_standard_input(tmp_path: Path) -> None:
    lines = [{"key": str(n), "body": TALKS, "headline": f"Talks {n}"} for n in range(2)]
    stdin = "".join(f"{json.dumps(line)}\n" for line in lines).encode()
    arguments = ["--id-field", "key", "--text-field", "body", "--title-field", "headline"]
    store = tmp_path / "a.db"
    result = run(store, "read", "-", "--publisher", "The Post", *arguments, stdin=stdin)
    assert "2 read" in result.stderr
    with open_store(store) as opened:
        assert {one.title for one in opened.summaries()} == {"Talks 0", "Talks 1"}


def test_workers_do_not_change_the_record(talks: Path, tmp_path: Path) -> None:
    found = []
    for workers in ("1", "2"):
        store = tmp_path / f"{workers}.db"
        assert run(store, "read", str(talks), "--workers", workers).exit_code == 0
        found.append(run(store, "export", "--form", "jsonl").stdout)
    assert found[0] == found[1]


def test_what_was_not_read_is_counted_by_its_reason_and_kept(talks: Path, tmp_path: Path) -> None:
    folder, kept = tmp_path / "corpus", tmp_path / "failures.jsonl"
    folder.mkdir()
    talks.rename(folder / "talks.txt")
    for name, content in (("a.png", b"1"), ("b.png", b"2"), ("c.txt", b"%PDF-"), ("d.txt", b" ")):
        (folder / name).write_bytes(content)
    (folder / "table.csv").write_text("year\n2022\n")
    result = run(tmp_path / "a.db", "read", str(folder), "--failures", str(kept))
    assert result.exit_code == 1
    assert "1 read, 0 unchanged, 2 failed, 3 skipped" in result.stderr
    lines = result.stderr.splitlines()
    counted = [line.split()[:2] for line in lines if line.startswith(("failed ", "skipped "))]
    assert sorted(counted) == [["failed", "1"], ["failed", "1"], ["skipped", "1"], ["skipped", "2"]]
    assert any("ends in .png" in line and " 2 " in line for line in lines)
    assert "a.png: " not in result.stderr  # passed over: counted, not listed
    rows = [json.loads(line) for line in kept.read_text("utf8").splitlines()]
    assert [(row["outcome"], Path(row["source"]).name) for row in rows] == [
        ("skipped", "a.png"),
        ("skipped", "b.png"),
        ("skipped", "c.txt"),
        ("failed", "d.txt"),
        ("failed", "table.csv"),
    ]
    assert all(row["reason"] and row["error"] for row in rows)


def test_a_run_without_failures_keeps_none(talks: Path, tmp_path: Path) -> None:
    kept = tmp_path / "failures.jsonl"
    assert run(tmp_path / "a.db", "read", str(talks), "--failures", str(kept)).exit_code == 0
    assert kept.read_text() == ""


def test_columns_may_be_named(tmp_path: Path) -> None:
    table, store = tmp_path / "a.csv", tmp_path / "a.db"
    flat = " ".join(TALKS.split())
    table.write_text(f'wording,head,day\n"{flat}",Talks,2022-03-11\n', "utf8")
    columns = ["--text-column", "wording", "--title-column", "head", "--published-column", "day"]
    assert "1 read" in run(store, "read", str(table), *columns).stderr
    with open_store(store) as opened:
        (only,) = opened.summaries()
        assert (only.title, only.published) == ("Talks", "2022-03-11")


@pytest.mark.parametrize(
    ("arguments", "status", "word"),
    [
        ([], 2, "PATHS"),
        (["talks.txt", "--published", "yesterday"], 2, "yesterday"),
        (["talks.txt", "--encoding", "utf-99"], 2, "utf-99"),
        (["talks.txt", "--workers", "0"], 2, "workers"),
    ],
)
def test_wrong_usage_is_named(tmp_path: Path, arguments: list[str], status: int, word: str) -> None:
    result = run(tmp_path / "a.db", "read", *arguments)
    assert result.exit_code == status
    assert word in result.stderr


def test_the_demo_shows_a_record_and_names_its_files(tmp_path: Path) -> None:
    result = CliRunner().invoke(main, ["demo", "--folder", str(tmp_path / "demo")])
    assert result.exit_code == 0
    assert "Statements (" in result.stdout
    for name in ("onrecord.db", "talks.html"):
        assert (tmp_path / "demo" / name).is_file()
        assert name in result.stderr
