"""The commands that make a folder of Parquet and bring it into a store."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from onrecord.cli import main

STORIES = (
    "Russia said on Friday that it would leave the talks.",
    "Turkey asked Russia on Monday to open the ports.",
)


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, [str(one) for one in arguments])


@pytest.fixture(scope="module")
def feed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("feed") / "feed.jsonl"
    rows = [
        {"url": f"https://post.example/{at}", "text": text, "published": "2022-03-11"}
        for at, text in enumerate(STORIES)
    ]
    path.write_text("".join(f"{json.dumps(row)}\n" for row in [*rows, {"text": ""}]), "utf8")
    return path


@pytest.fixture(scope="module")
def folder(feed: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("cli") / "out"
    failures = folder.with_name("failures.jsonl")
    done = run("read", feed, "--output", folder, "--failures", failures)
    assert done.exit_code == 1  # one failed, the rest is done
    assert f"2 read, 0 unchanged, 1 failed into {folder}" in done.stderr
    (failed,) = map(json.loads, failures.read_text("utf8").splitlines())
    assert failed["outcome"] == "failed"
    return folder


def test_what_is_found_in_the_folder_and_after_loading_is_the_same(
    folder: Path, tmp_path: Path
) -> None:
    store = tmp_path / "loaded.db"
    assert "2 loaded, 0 there already, 0 failed" in run("load", folder, "--store", store).stderr
    assert "0 loaded, 2 there already, 0 failed" in run("load", folder, "--store", store).stderr
    for question in (
        ("find", "statements", "--speaker", "Russia", "--format", "jsonl"),
        ("find", "events", "--format", "jsonl"),
        ("count", "events", "--by", "month", "--format", "jsonl"),
        ("show", "https://post.example/1"),
    ):
        there, here = (run(*question, "--store", where) for where in (folder, store))
        assert there.exit_code == here.exit_code == 0, there.output
        assert there.stdout == here.stdout != ""


def test_the_same_command_again_does_nothing_more(feed: Path, folder: Path) -> None:
    before = (folder / "manifest.json").stat().st_mtime_ns
    assert "2 read, 0 unchanged, 1 failed" in run("read", feed, "--output", folder).stderr
    assert (folder / "manifest.json").stat().st_mtime_ns == before


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--engine", "ray"], "name a folder with --output"),
        (["--address", "auto", "--output", "out"], "give --engine ray too"),
        (["--output", "out", "--store", "one.db"], "give one of them"),
    ],
)
def test_options_that_do_not_go_together_are_refused(
    feed: Path, options: list[str], said: str
) -> None:
    done = run("read", feed, *options)
    assert done.exit_code == 2
    assert said in " ".join(done.stderr.split())


def test_standard_input_cannot_be_divided(tmp_path: Path) -> None:
    done = run("read", "-", "--output", tmp_path / "out")
    assert (done.exit_code, "write it to a file" in done.stderr) == (1, True)


def test_what_is_no_dataset_is_not_loaded(tmp_path: Path) -> None:
    done = run("load", tmp_path, "--store", tmp_path / "x.db")
    assert (done.exit_code, "has no manifest.json" in done.stderr) == (1, True)
    assert not (tmp_path / "x.db").exists()


def test_a_folder_takes_no_articles_as_a_store_does(feed: Path, folder: Path) -> None:
    done = run("read", feed, "--store", folder)
    assert (done.exit_code, "can only be read" in done.stderr) == (1, True)
