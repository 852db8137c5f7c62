"""Datasets: what a run writes, how it goes on where it stopped, and what comes into a store."""

from __future__ import annotations

import json
import os
import signal
import sys
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import fsspec
import pytest

from datasets import contents, kill_one_in_work, made, part_files, pieces, plan_of, rows_in
from onrecord.dataset import LocalEngine, load, read_into
from onrecord.dataset.jobs import Job, Receipt
from onrecord.errors import DatasetError
from onrecord.parallel import extract_many
from onrecord.pipeline import Tools, load_tools
from onrecord.places import Folder
from onrecord.reading import read
from onrecord.records import KINDS, Article, Failure, Record
from onrecord.store import Filters, Store, open_store
from onrecord.store.copying import untold
from onrecord.store.manifest import Manifest, read_manifest
from onrecord.store.parquet import Extracted, records_of, tables_of


def test_a_record_goes_into_parquet_and_comes_back(dataset_store: Store) -> None:
    records = [dataset_store.record(one.article_id) for one in dataset_store.summaries()]
    tables = tables_of([Extracted(one, is_latest=True) for one in records], "maker/1", "2023-01-01")
    back = [record for record, _ in records_of(tables.__getitem__)]
    assert back == [untold(one) for one in records]
    assert {maker for _, maker in records_of(tables.__getitem__)} == {"maker/1"}


def test_the_manifest_says_what_was_made_and_of_what(
    dataset_manifest: tuple[Manifest, Path],
) -> None:
    said, folder = dataset_manifest
    texts = len(list(pieces()))
    assert said.finished
    assert len(said.parts) > 3
    assert said.counts["articles"] == texts + 2  # a changed text and a copy; the same again is none
    assert said.counts["unchanged"] == 1
    assert said.extractor == load_tools().extractor
    assert {outcome: sum(some.values()) for outcome, some in said.failures.items()} == {
        "failed": 1,
        "skipped": 1,
    }
    assert rows_in(folder, "failures") == 2
    for kind in ("articles", *KINDS):
        assert (
            said.counts[kind] == rows_in(folder, kind) == sum(p[kind] for p in said.parts.values())
        )
    assert not (folder / "work").exists()
    assert Manifest(**json.loads((folder / "manifest.json").read_text("utf8"))) == said


def test_workers_and_division_make_no_difference(
    dataset_inputs: Path, dataset: Path, tmp_path: Path
) -> None:
    made(tmp_path / "two", dataset_inputs, engine=LocalEngine(2))
    assert contents(tmp_path / "two") == contents(dataset)


@dataclass(frozen=True)
class Ends:
    """An engine that is ended after some tasks of a job."""

    job: str
    after: int
    workers: int = 1

    def run(self, job: Job, tasks: Sequence[str]) -> Iterator[tuple[str, Receipt]]:
        for done, found in enumerate(LocalEngine().run(job, tasks)):
            if job.name == self.job and done == self.after:
                raise KeyboardInterrupt
            yield found


def test_a_run_that_was_ended_goes_on_where_it_stopped(
    dataset_inputs: Path, dataset: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "out"
    for job, after in (
        ("read", 0),
        ("parts", 2),
        ("copies-comparing", 1),
        ("happenings-grouping", 1),
    ):
        with pytest.raises(KeyboardInterrupt):
            made(folder, dataset_inputs, engine=Ends(job, after))
        before = part_files(folder)
    made(folder, dataset_inputs)
    assert part_files(folder) == before  # nothing was done twice
    assert contents(folder) == contents(dataset)
    finished = part_files(folder)
    made(folder, dataset_inputs)
    assert part_files(folder) == finished


def test_parts_that_are_finished_are_read_before_the_run_is(
    dataset_inputs: Path, tmp_path: Path
) -> None:
    with pytest.raises(KeyboardInterrupt):
        made(tmp_path / "out", dataset_inputs, engine=Ends("copies-sharing", 0))
    assert not read_manifest(Folder(str(tmp_path / "out"))).finished
    with open_store(tmp_path / "out") as found:
        assert len(found.summaries()) == len(list(pieces())) + 1
    with (
        open_store(tmp_path / "other.db") as other,
        pytest.raises(DatasetError, match="not finished"),
    ):
        next(load(Folder(str(tmp_path / "out")), other))


def test_a_worker_that_is_killed_loses_and_repeats_nothing(
    dataset_inputs: Path, dataset: Path, tmp_path: Path
) -> None:
    killer = threading.Thread(target=kill_one_in_work, args=[tmp_path / "out"])
    killer.start()
    made(tmp_path / "out", dataset_inputs, engine=LocalEngine(2))
    killer.join()
    assert contents(tmp_path / "out") == contents(dataset)
    assert not list((tmp_path / "out").rglob(".unfinished-*"))


KILLS = "This text kills who reads it."


@pytest.fixture
def deadly(tools: Tools, monkeypatch: pytest.MonkeyPatch) -> None:
    """A worker, forked with this, dies of that text."""
    parent, tokenizer = os.getpid(), tools.nlp.tokenizer

    def read(text: str) -> object:
        if KILLS in text and os.getpid() != parent:
            os.kill(os.getpid(), signal.SIGKILL)
        return tokenizer(text)

    monkeypatch.setattr(tools.nlp, "tokenizer", read)


@pytest.mark.usefixtures("deadly")
@pytest.mark.skipif(sys.platform != "linux", reason="the workers are forked on Linux alone")
def test_what_kills_every_worker_is_a_failure(tmp_path: Path) -> None:
    texts = ["Iran said on Friday that it was ready.", KILLS, "France agreed, Iran said."]
    lines = "".join(f"{json.dumps({'text': text})}\n" for text in texts)
    (tmp_path / "in.jsonl").write_text(lines, "utf8")
    said = made(tmp_path / "out", tmp_path / "in.jsonl", engine=LocalEngine(2))
    assert said.counts["articles"] == 2
    ((reason, count),) = said.failures["failed"].items()
    assert (count, "was ended" in reason) == (1, True)


def test_another_run_is_not_mixed_in(dataset_inputs: Path, dataset: Path, tmp_path: Path) -> None:
    with pytest.raises(DatasetError, match="is finished, with other inputs"):
        made(dataset, dataset_inputs / "a.jsonl")
    with pytest.raises(KeyboardInterrupt):
        made(tmp_path / "out", dataset_inputs, engine=Ends("read", 0))
    with pytest.raises(DatasetError, match="with other inputs"):
        made(tmp_path / "out", dataset_inputs / "a.jsonl")


def test_other_places_are_read_and_written_by_their_urls(
    dataset_inputs: Path, dataset: Path
) -> None:
    system = fsspec.filesystem("memory")
    for path in dataset_inputs.iterdir():
        system.pipe(f"/news/{path.name}", path.read_bytes())
    said = read_into(Folder("memory://kept"), plan_of("memory://news"), LocalEngine())
    assert said.counts == read_manifest(Folder(str(dataset))).counts
    with open_store("memory://kept") as there, open_store(dataset) as here:
        found = there.find("events", Filters(country="TUR"))
        assert found.num_rows == here.find("events", Filters(country="TUR")).num_rows > 0


def test_a_dataset_is_loaded_into_a_store_of_either_kind(
    dataset: Path, dataset_store: Store, place: str
) -> None:
    with open_store(place) as loaded:
        count = len(list(load(Folder(str(dataset)), loaded)))
        assert count == read_manifest(Folder(str(dataset))).counts["articles"]
        assert list(load(Folder(str(dataset)), loaded)) == []
        for one in dataset_store.summaries():
            kept = loaded.record(one.article_id)
            assert untold(kept) == untold(dataset_store.record(one.article_id))
            assert kept.article.story_id == dataset_store.record(one.article_id).article.story_id
        assert loaded.faults() == ()


def test_what_a_store_has_as_another_text_is_not_loaded(dataset: Path, tmp_path: Path) -> None:
    with open_store(tmp_path / "other.db") as other:
        (article,) = read(write(tmp_path, "Oman said on Friday that it would pay."))
        assert isinstance(article, Article)
        (record,) = extract_many([article])
        assert isinstance(record, Record)
        other.save(record, "earlier")
        results = list(load(Folder(str(dataset)), other))
        refused = [one for one in results if isinstance(one, Failure)]
        assert [one.source for one in refused] == ["https://news.example/0"]
        assert other.record(article.article_id).article.text == article.text


def write(folder: Path, text: str) -> Path:
    path = folder / "one.jsonl"
    path.write_text(json.dumps({"text": text, "url": "https://news.example/0"}), "utf8")
    return path
