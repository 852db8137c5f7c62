"""Seconds of each stage of the pipeline, and what resolution and events add to the rest.

One thread, processor time, so that other programs on the machine change little. A run reads all
texts once, stores them, and parses them once more with spaCy alone; medians over runs are printed.
Resolution (actors, pronouns, offices, dates, places, metonymy) is held against the one pass of the
model and the parse made of it, which it rests on.

Example: python benchmarks/stages.py --runs 5 --texts articles
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from importlib import import_module
from importlib.resources import files
from pathlib import Path
from typing import Any

from bare import load_bare
from onrecord import article_from_text, open_store
from onrecord.onepass import OnePass
from onrecord.pipeline import extract, load_tools

SAMPLES = Path(str(files("onrecord") / "samples"))
COPIES = 10  # of the sample texts
PUBLISHED = "2022-03-11"
BARE = "bare spaCy"
PARSE, ENCODER, STORE = "parse from the pass", "one pass", "store"
EVENTS, HAPPENINGS = "events", "happenings"
RESOLUTION = (
    "dates",
    "names of parties",
    "metonymy",
    "places",
    "actors and offices",
    "pronouns and speakers",
)
REST = "the rest"  # what no stage below is about

STAGES = (
    (PARSE, "onrecord.pipeline:annotate"),
    ("statements decoded", "onrecord.pipeline:proposals_of"),
    ("statements decoded", "onrecord.pipeline:inner_proposals"),
    ("attribution rules", "onrecord.pipeline:extract_attributions"),
    ("dates", "onrecord.pipeline:resolve_times"),
    ("names of parties", "onrecord.pipeline:find_named"),
    ("metonymy", "onrecord.pipeline:find_place_names"),
    ("places", "onrecord.pipeline:resolve_places"),
    ("places", "onrecord.pipeline:with_countries"),
    ("actors and offices", "onrecord.pipeline:resolve_actors"),
    ("pronouns and speakers", "onrecord.resolve.actors.cast:Speaking"),
    ("statements", "onrecord.pipeline:build_statements"),
    (EVENTS, "onrecord.pipeline:extract_events"),
    (HAPPENINGS, "onrecord.pipeline:wording_of"),
    (HAPPENINGS, "onrecord.pipeline:with_happenings"),
    ("figures", "onrecord.pipeline:extract_figures"),
    ("conditions", "onrecord.pipeline:extract_conditions"),
    ("demands", "onrecord.pipeline:extract_demands"),
    ("terms", "onrecord.pipeline:extract_terms"),
)
"""Each stage and the functions that it is, where the pipeline looks them up."""

Seconds = dict[str, float]


class Stopwatch:
    """Seconds by stage; what runs inside another stage counts for itself alone."""

    def __init__(self) -> None:
        self.seconds: Seconds = defaultdict(float)
        self._inside = [0.0]  # of the stages under way, seconds of those within them

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Count what is done in the block for a stage."""
        start = time.process_time()
        self._inside.append(0.0)
        try:
            yield
        finally:
            whole = time.process_time() - start
            self.seconds[name] += whole - self._inside.pop()
            self._inside[-1] += whole

    def timed(self, name: str, call: Callable[..., Any]) -> Callable[..., Any]:
        """Return a function that does the same and counts for a stage."""

        def counted(*given: Any, **named: Any) -> Any:  # noqa: ANN401 - any function's
            with self.stage(name):
                return call(*given, **named)

        return counted


def put_under(watch: Stopwatch) -> None:
    """Have every stage of the pipeline counted from now on."""
    for name, where in STAGES:
        module, _, function = where.partition(":")
        home = import_module(module)
        setattr(home, function, watch.timed(name, getattr(home, function)))
    read = watch.timed(ENCODER, OnePass.read)
    setattr(OnePass, "read", read)  # noqa: B010 - mypy: a method is not assignable


def texts_in(folder: Path | None) -> list[str]:
    """Return the texts of a folder, or the package's samples several times over."""
    found = [path.read_text("utf8") for path in sorted((folder or SAMPLES).glob("*.txt"))]
    return found if folder else found * COPIES


def measure(folder: Path | None, runs: int) -> None:
    """Print as JSON the number of words, and the seconds by stage of each run after a first one."""
    tools, texts, watch = load_tools(), texts_in(folder), Stopwatch()
    put_under(watch)
    bare, found = load_bare(), []
    for _ in range(runs + 1):
        watch.seconds.clear()
        with tempfile.TemporaryDirectory() as home, open_store(Path(home) / "s.db") as store:
            for number, text in enumerate(texts):
                with watch.stage(REST):
                    article = article_from_text(
                        text, published=PUBLISHED, url=f"https://news.example/{number}"
                    )
                    record = extract(article, tools=tools)
                with watch.stage(STORE):
                    store.save(record, tools.extractor)
        with watch.stage(BARE):
            for text in texts:
                bare(text)
        found.append(dict(watch.seconds))
    print(json.dumps({"words": sum(len(text.split()) for text in texts), "runs": found[1:]}))


def measured(folder: Path | None, runs: int) -> tuple[int, list[Seconds]]:
    """Return what `measure` prints in a process that may use one thread."""
    command = [sys.executable, __file__, "--child", "--runs", str(runs)]
    command += ["--texts", str(folder)] if folder else []
    limits = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")
    done = subprocess.run(
        command, check=True, stdout=subprocess.PIPE, text=True, env=os.environ | limits
    )
    told = json.loads(done.stdout)
    return told["words"], told["runs"]


def report(words: int, runs: list[Seconds]) -> Iterator[str]:
    """Yield the lines of the table: each stage, the whole, and the two sums."""
    median = {name: statistics.median(run.get(name, 0.0) for run in runs) for name in runs[0]}
    whole = sum(seconds for name, seconds in median.items() if name != BARE)
    yield f"{'':30}{'seconds':>10}{'share':>9}{'of bare spaCy':>15}"
    stages = list(dict.fromkeys([*dict(STAGES), *median]))
    for name in stages:
        if name in median and name != BARE:
            yield _row(name, median[name], whole, median[BARE])
    yield _row("whole", whole, whole, median[BARE])
    yield _row(BARE, median[BARE], whole, median[BARE])
    base = median[PARSE] + median[ENCODER]
    added = statistics.median(_resolution(run) / (run[PARSE] + run[ENCODER]) for run in runs)
    yield (
        f"resolution adds {added:.1%} to parse and one pass of the encoder "
        f"({sum(median[name] for name in RESOLUTION):.2f} s to {base:.2f} s)"
    )
    without = whole - median[EVENTS] - median[HAPPENINGS]
    for label, seconds in (("with events", whole), ("without events", without)):
        speed = words / seconds
        ratio = median[BARE] / seconds
        yield f"{label}: {speed:,.0f} words a second, bare spaCy times {ratio:.2f}"


def _resolution(run: Mapping[str, float]) -> float:
    return sum(run[name] for name in RESOLUTION)


def _row(name: str, seconds: float, whole: float, bare: float) -> str:
    return f"{name:30}{seconds:>10.2f}{seconds / whole:>9.1%}{seconds / bare:>15.2f}"


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=3, help="counted runs; medians are printed")
    parser.add_argument("--texts", type=Path, help="a folder of .txt; else the package's samples")
    parser.add_argument("--child", action="store_true", help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.child:
        measure(asked.texts, asked.runs)
        return
    print("\n".join(report(*measured(asked.texts, asked.runs))))


if __name__ == "__main__":
    main()
