"""What the tests of datasets share: a small corpus, and datasets told apart by their rows."""

from __future__ import annotations

import json
import os
import signal
import time
from collections.abc import Iterator
from dataclasses import replace
from importlib.resources import files
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from onrecord.dataset import Engine, LocalEngine, Plan, plan_for, read_into
from onrecord.dataset.staging import FAILURES
from onrecord.places import Folder, rows_of
from onrecord.store import Store, open_store
from onrecord.store.folder import COPIES, HAPPENINGS, STORIES
from onrecord.store.manifest import Manifest
from onrecord.store.parquet import FOLDERS, SIGNATURES

SAMPLES = files("onrecord") / "samples"
LENGTH = 700  # characters of an article, about
DAYS = ("2023-02-06", "2023-02-07", "2023-02-08")


def pieces() -> Iterator[str]:
    """The samples' texts, cut into short articles at the ends of paragraphs."""
    feed = [json.loads(line) for line in (SAMPLES / "feed.jsonl").read_text("utf8").splitlines()]
    for text in (SAMPLES.joinpath("talks.txt").read_text("utf8"), *(one["text"] for one in feed)):
        piece = ""
        for paragraph in text.split("\n\n"):
            piece = f"{piece}\n\n{paragraph}".strip()
            if len(piece) >= LENGTH:
                yield piece
                piece = ""


def corpus(folder: Path) -> Path:
    """A folder of JSON lines: short articles, one twice, one changed later, one that is empty."""
    rows = [
        {"url": f"https://news.example/{at}", "title": f"Story {at}", "text": text}
        | {"published": DAYS[at % 3], "publisher": "The Example"}
        for at, text in enumerate(pieces())
    ]
    again = rows[2] | {"text": rows[2]["text"].replace("Monday", "Tuesday") + " It was late."}
    printed = rows[4] | {"url": "https://other.example/4", "publisher": "The Other"}
    half = len(rows) // 2
    folder.mkdir()
    for name, some in (
        ("a.jsonl", rows[:half]),
        ("b.jsonl", [*rows[half:], rows[1], again, printed, {"title": "Nothing", "text": " "}]),
    ):
        lines = "".join(f"{json.dumps(row)}\n" for row in some)
        (folder / name).write_text(lines, "utf8")
    (folder / "photo.jpg").write_bytes(b"\xff\xd8\xff")
    return folder


def plan_of(*paths: Path | str) -> Plan:
    """A plan that makes several small parts, and divides what is linked."""
    plan = plan_for([str(path) for path in paths], workers=2, reading={})
    return replace(plan, characters=3_000, buckets=3)


def made(folder: Path, *paths: Path | str, engine: Engine | None = None) -> Manifest:
    """Read paths into a dataset, in this process unless an engine is given."""
    return read_into(Folder(str(folder)), plan_of(*paths), engine or LocalEngine())


def opened(folder: Path) -> Store:
    return open_store(folder)


def contents(folder: Path) -> dict[str, list[str]]:
    """All rows of a dataset, however they are divided into parts."""
    place = Folder(str(folder))
    found = {}
    for inside in (*FOLDERS, SIGNATURES, FAILURES, COPIES, STORIES, HAPPENINGS):
        rows = rows_of(place.read_table(place.tables(inside)))
        found[inside] = sorted(_line(row) for row in rows)
    return found


def _line(row: dict[str, Any]) -> str:
    row.pop("stored_at", None)
    return json.dumps(row, sort_keys=True)


def part_files(folder: Path) -> dict[str, int]:
    """When each file of a part was last written."""
    return {str(path.relative_to(folder)): path.stat().st_mtime_ns for path in _parts(folder)}


def _parts(folder: Path) -> Iterator[Path]:
    for inside in FOLDERS:
        yield from (folder / inside).glob("*.parquet")


def rows_in(folder: Path, inside: str) -> int:
    """How many rows the files in a folder have."""
    return sum(pq.read_metadata(path).num_rows for path in (folder / inside).glob("*.parquet"))


def kill_one_in_work(folder: Path) -> None:
    """Kill a worker as soon as it has its second article in hand."""
    ended = time.monotonic() + 60
    while time.monotonic() < ended:
        for path in (folder / "work" / "in-hand").glob("[0-9]*.json"):
            hand = json.loads(path.read_text("utf8"))
            if hand["at"] and hand["process"] != os.getpid():
                os.kill(hand["process"], signal.SIGKILL)
                return
        time.sleep(0.01)
