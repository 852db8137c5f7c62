"""Corpora as Parquet: two workers of Ray beside two processes, and how cost grows with size.

Examples:
    python benchmarks/scale.py engines --articles 200
    python benchmarks/scale.py growth --articles 1000 10000
"""

from __future__ import annotations

import argparse
import hashlib
import json
import random
import re
import resource
import string
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import fields, is_dataclass, replace
from datetime import date, timedelta
from importlib.resources import files
from pathlib import Path
from typing import Any

from onrecord.dataset import Engine, LocalEngine, RayEngine, plan_for
from onrecord.dataset.extracting import ExtractPart
from onrecord.dataset.keys import leave_keys
from onrecord.dataset.plan import Plan
from onrecord.dataset.running import Run
from onrecord.dataset.staging import ReadFiles
from onrecord.pipeline import attempt, load_tools
from onrecord.places import Folder
from onrecord.reading import read
from onrecord.records import Article, Record
from onrecord.store import Counting, Filters, open_store
from onrecord.store.parquet import FOLDERS, Extracted, tables_of

SAMPLES = files("onrecord") / "samples"
PART = 500  # articles of a part, where sizes are compared
_ID = re.compile(r"[0-9a-f]{16}")


def given() -> list[Article]:
    """Return the sample articles."""
    return [one for one in read(str(SAMPLES)) if isinstance(one, Article)]


# Two workers


def copies(count: int, folder: Path) -> Path:
    """Write so many articles made of the samples, each with another beginning, as JSON lines."""
    texts = [one.text for one in given()]
    with (folder / "in.jsonl").open("w", encoding="utf8") as stream:
        for at in range(count):
            row = {"text": f"Report number {at}.\n\n{texts[at % len(texts)]}", "id": str(at)}
            stream.write(f"{json.dumps(row)}\n")
    return folder / "in.jsonl"


def throughput(engine: Engine, plan: Plan, folder: Path) -> float:
    """Return the articles a second, from the first worker's beginning to the last one's end."""
    place = Folder(str(folder))
    lengths: dict[str, int] = {}
    for _, receipt in LocalEngine().run(ReadFiles(place, plan), ["000000"]):
        lengths |= receipt["parts"]
    begun, ended = float("inf"), 0.0
    for _, receipt in engine.run(ExtractPart(place, plan), list(lengths)):
        ended = time.monotonic()
        begun = min(begun, ended - receipt["seconds"])
    return sum(lengths.values()) / (ended - begun)


def engines(count: int, rounds: int) -> None:
    """Print the throughput of two processes and of two workers of Ray, in turn."""
    import ray

    ray.init(num_cpus=2, include_dashboard=False, log_to_driver=False)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        source = copies(count, folder)
        plan = replace(
            plan_for([str(source)], workers=2, reading={}), characters=source.stat().st_size // 16
        )
        for turn in range(rounds):
            local = throughput(LocalEngine(2), plan, folder / f"local{turn}")
            by_ray = throughput(RayEngine(), plan, folder / f"ray{turn}")
            shares = f"{by_ray / local:.2f} of it"
            print(f"two processes {local:.2f} articles/s, Ray's {by_ray:.2f}: {shares}")


# Growth


def renamed(value: Any, number: int, letters: dict[int, int]) -> Any:  # noqa: ANN401
    """Return a row, or a part of one, as that of another article: other ids, other names."""
    if is_dataclass(value) and not isinstance(value, type):
        held = {one.name: getattr(value, one.name) for one in fields(value) if one.init}
        changed = {name: renamed(one, number, letters) for name, one in held.items()}
        for name in ("name", "known_as"):
            if held.get(name):
                changed[name] = held[name].translate(letters)
        return replace(value, **changed)
    if isinstance(value, tuple):
        return tuple(renamed(one, number, letters) for one in value)
    if isinstance(value, str) and _ID.fullmatch(value):
        return hashlib.sha256(f"{value} {number}".encode()).hexdigest()[:16]
    return value


def many(records: Sequence[Record], count: int) -> Iterator[Record]:
    """Yield so many records: those given with other letters in place of the consonants."""
    for at in range(count):
        record = records[at % len(records)]
        letters = ciphers(at // len(records) if at % 10 else 0)
        text = record.article.text.translate(letters)
        day = date(2022, 1, 1) + timedelta(days=at % 365)
        article = replace(
            record.article,
            text=text,
            title=(record.article.title or "").translate(letters),
            article_id=hashlib.sha256(f"article {at}".encode()).hexdigest()[:16],
            sha256=hashlib.sha256(text.encode()).hexdigest(),
            url=f"https://news.example/{at}",
            published=day.isoformat(),
            published_from="given",
        )
        rows = {
            one.name: renamed(getattr(record, one.name), at, letters)
            for one in fields(record)
            if one.name != "article"
        }
        yield Record(article=article, **rows)


def ciphers(number: int) -> dict[int, int]:
    """Return a substitution of consonants; 0 is none."""
    plain = [letter for letter in string.ascii_lowercase if letter not in "aeiou"]
    mixed = list(plain)
    if number:
        random.Random(number).shuffle(mixed)
    before, after = "".join(plain), "".join(mixed)
    return str.maketrans(before + before.upper(), after + after.upper())


def growth(counts: Sequence[int]) -> None:
    """Print what datasets of some sizes take: to write, to link, on the disk, to be asked."""
    tools = load_tools()
    records = [one for one in (attempt(a, tools) for a in given()) if isinstance(one, Record)]
    for count in counts:
        with tempfile.TemporaryDirectory() as name:
            print(f"{count} articles: {measured(records, count, Path(name))}")


def measured(records: Sequence[Record], count: int, folder: Path) -> str:
    """Return what a dataset of so many articles takes."""
    plan = replace(plan_for([], workers=1, reading={}), buckets=max(1, count // 5_000))
    place, tools = Folder(str(folder / "out")), load_tools()
    run = Run(place, plan, LocalEngine(), lambda what, total: lambda done: None, tools.extractor)
    began, batch = time.monotonic(), []
    for at, record in enumerate(many(records, count), start=1):
        batch.append(Extracted(record, is_latest=True))
        if len(batch) == PART or at == count:
            part = f"{at:09}"
            tables = tables_of(batch, tools.extractor, "2022-01-01T00:00:00+00:00")
            leave_keys(place, part, batch, tables, plan.buckets)
            for inside in FOLDERS:
                place.write_table(f"{inside}/{part}.parquet", tables[inside])
            run.parts[part] = {"articles": len(batch)}
            run.makers |= {row.extractor for one in batch for row in one.record.rows()}
            batch = []
    wrote = time.monotonic() - began
    began = time.monotonic()
    run.link(list(run.parts))
    linked = time.monotonic() - began
    run.keep_manifest(finished=True)
    place.empty("work")
    size = sum(one.stat().st_size for one in (folder / "out").rglob("*") if one.is_file())
    told = [f"written in {wrote:.1f} s", f"linked in {linked:.1f} s", f"{size / 1e6:.1f} MB"]
    told += [f"{run.counts['stories']} stories", *asked(folder / "out")]
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return ", ".join([*told, f"peak {peak:.0f} MB"])


def asked(folder: Path) -> Iterator[str]:
    """Yield how long a dataset takes to answer."""
    with open_store(folder) as store:
        for name, filters in (
            ("a name", Filters(speaker="Erdogan", limit=100)),
            ("words", Filters(text="food crisis", limit=100)),
            ("a country and a month", Filters(country="TUR", since="2022-03", until="2022-03")),
        ):
            began = time.monotonic()
            rows = store.find("statements", filters).num_rows
            yield f"find by {name} {time.monotonic() - began:.2f} s ({rows} rows)"
        began = time.monotonic()
        store.count(Counting(by="month"), Filters(country="RUS"))
        yield f"count {time.monotonic() - began:.2f} s"


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("what", choices=["engines", "growth"])
    parser.add_argument("--articles", type=int, nargs="+", default=[200])
    parser.add_argument("--rounds", type=int, default=2)
    arguments = parser.parse_args()
    if arguments.what == "engines":
        engines(arguments.articles[0], arguments.rounds)
    else:
        growth(arguments.articles)
