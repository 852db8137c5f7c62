"""Many articles in worker processes: order, what is lost with a worker, and what is not."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

import pytest

from onrecord.parallel import batches, extract_many
from onrecord.pipeline import load_tools
from onrecord.reading import article_from_text
from onrecord.records import Article, Failure, Record

SOURCE = Path(__file__).parents[1] / "src"
LOST = Failure(source="lost.txt", reason="It is empty.", error="ReadError")
KILLS = "This text kills who reads it."


def articles() -> list[Article]:
    feed = (files("onrecord") / "samples" / "feed.jsonl").read_text("utf8")
    lines = map(json.loads, feed.splitlines())
    return [article_from_text(one["text"], published=one["published"]) for one in lines]


def short(count: int) -> Iterator[Article]:
    for number in range(count):
        yield article_from_text(f"Iran said that {number} men had been held.")


def test_batches_hold_about_the_same_number_of_characters() -> None:
    long = article_from_text("It rained. " * 2000)
    given: list[Article | Failure] = [*short(3), long, LOST, *short(40)]
    found = [*batches(given)]
    assert [one for batch in found for one in batch] == given
    assert [len(batch) for batch in found] == [4, 16, 16, 9]


@pytest.mark.parametrize("workers", [2, 3])
def test_workers_give_the_same_records_in_order(workers: int) -> None:
    given: list[Article | Failure] = [LOST, *articles(), *short(50), LOST, *articles()]
    alone = [*extract_many(given)]
    assert [*extract_many(given, workers=workers)] == alone
    assert alone[0] == alone[54] == LOST
    assert isinstance(alone[1], Record)


def test_only_so_many_articles_are_taken_ahead() -> None:
    taken = 0

    def counted() -> Iterator[Article]:
        nonlocal taken
        for article in short(1000):
            taken += 1
            yield article

    records = extract_many(counted(), workers=2)
    next(records)
    assert taken <= 16 * 3 * 2 + 16
    records.close()  # type: ignore[attr-defined]  # a generator, with two workers


@pytest.fixture
def deadly(monkeypatch: pytest.MonkeyPatch) -> None:
    """A tokenizer that ends its process on one text, as one that runs out of memory does."""
    tools = load_tools()
    parent, tokenizer = os.getpid(), tools.nlp.tokenizer

    def read(text: str) -> object:
        if KILLS in text and os.getpid() != parent:
            os.kill(os.getpid(), signal.SIGKILL)
        return tokenizer(text)

    monkeypatch.setattr(tools.nlp, "tokenizer", read)


@pytest.mark.skipif(sys.platform != "linux", reason="the workers are forked on Linux alone")
@pytest.mark.usefixtures("deadly")
def test_an_article_that_kills_its_process_costs_no_other() -> None:
    bad = article_from_text(f"Iran said that it rained. {KILLS}")
    given = [*short(40), bad, *short(70)]
    results = [*extract_many(given, workers=2)]
    assert len(results) == 111
    (lost,) = [one for one in results if isinstance(one, Failure)]
    assert results[40] is lost
    assert lost.source == bad.article_id
    assert "the process that read it was ended" in lost.reason


def running(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text("utf8").rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return False
    return state != "Z"


@pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
def test_workers_end_when_their_parent_is_killed() -> None:
    code = (
        "from multiprocessing import active_children\n"
        "from onrecord import article_from_text, extract_many\n"
        "text = 'Iran said that it rained. ' * 2000\n"
        "endless = (article_from_text(text) for _ in iter(int, 1))\n"
        "for _ in extract_many(endless, workers=2):\n"
        "    print(*[child.pid for child in active_children()], flush=True)\n"
    )
    parent = subprocess.Popen(
        [sys.executable, "-c", code],
        stdout=subprocess.PIPE,
        encoding="utf8",
        env={**os.environ, "PYTHONPATH": str(SOURCE)},
    )
    assert parent.stdout is not None
    children = [int(pid) for pid in parent.stdout.readline().split()]
    assert len(children) == 2
    assert all(map(running, children))
    parent.kill()
    parent.wait()
    parent.stdout.close()
    end = time.monotonic() + 20
    while any(map(running, children)) and time.monotonic() < end:
        time.sleep(0.1)
    assert not any(map(running, children))
