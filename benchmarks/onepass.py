"""Words a second of the one pass and of the whole pipeline with store, beside bare spaCy.

Each number of threads is measured in a process of its own that may use as many processors and no
more (where the system can bind a process to processors). A run reads all texts by every way in
turn, so that ratios compare the same minutes.

Example: python benchmarks/onepass.py --runs 5 --texts polnear/dev/text
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
from collections.abc import Callable, Sequence
from dataclasses import replace
from importlib.resources import files
from pathlib import Path

from bare import load_bare
from onrecord import article_from_text, open_store
from onrecord.onepass import OnePass
from onrecord.onepass.windows import windows_of, words_of
from onrecord.pipeline import Tools, extract, load_tools
from onrecord.settings import DEFAULTS

SAMPLES = Path(str(files("onrecord") / "samples"))
COPIES = 10  # of the sample texts
MODEL, WHOLE, BARE = "one pass alone", "whole pipeline with store", "bare spaCy"
GRAPH = "model's graph alone"  # without cutting words and decoding

Reader = Callable[[], object]


def texts_in(folder: Path | None) -> list[str]:
    """Return the texts of a folder, or the package's samples several times over."""
    found = [path.read_text("utf8") for path in sorted((folder or SAMPLES).glob("*.txt"))]
    return found if folder else found * COPIES


def readers(texts: Sequence[str], threads: int) -> dict[str, Reader]:
    """Return the ways to read the texts, all that they need loaded."""
    tools = load_tools(replace(DEFAULTS, threads=threads))
    bare = load_bare()
    return {
        GRAPH: _graph(tools.onepass, texts),
        MODEL: lambda: [tools.onepass.read(text) for text in texts],
        WHOLE: lambda: _stored(texts, tools),
        BARE: lambda: [bare(text) for text in texts],
    }


def _graph(model: OnePass, texts: Sequence[str]) -> Reader:
    windows = [
        window
        for text in texts
        for window in windows_of(words_of(text, model.split), text, model.split)
    ]
    return lambda: [model.read_window(window) for window in windows]


def _stored(texts: Sequence[str], tools: Tools) -> None:
    with tempfile.TemporaryDirectory() as home, open_store(Path(home) / "s.db") as store:
        for number, text in enumerate(texts):
            article = article_from_text(text, url=f"https://news.example/{number}")
            store.save(extract(article, tools=tools), tools.extractor)


def measure(folder: Path | None, threads: int, runs: int) -> None:
    """Print as JSON the words a second of each run by every way, after one run to warm up."""
    texts = texts_in(folder)
    words = sum(len(text.split()) for text in texts)
    ways = readers(texts, threads)
    speeds: dict[str, list[float]] = {name: [] for name in ways}
    for _ in range(runs + 1):
        for name, read in ways.items():
            start = time.perf_counter()
            read()
            speeds[name].append(words / (time.perf_counter() - start))
    print(json.dumps({name: found[1:] for name, found in speeds.items()}))


def measured(folder: Path | None, threads: int, runs: int) -> dict[str, list[float]]:
    """Return what `measure` prints in a process bound to as many processors as threads."""

    def bind() -> None:
        if sys.platform == "linux":
            os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[:threads])

    command = [sys.executable, __file__, "--threads", str(threads), "--runs", str(runs)]
    command += ["--texts", str(folder)] if folder else []
    limits = {name: str(threads) for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS")}
    done = subprocess.run(
        command, check=True, capture_output=True, text=True, env=os.environ | limits,
        preexec_fn=bind,
    )  # fmt: skip
    found: dict[str, list[float]] = json.loads(done.stdout)
    return found


def main() -> None:
    """Measure with one and with two threads and print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=3, help="counted runs; medians are printed")
    parser.add_argument("--texts", type=Path, help="a folder of .txt; else the package's samples")
    parser.add_argument("--threads", type=int, help=argparse.SUPPRESS)  # in a process of its own
    asked = parser.parse_args()
    if asked.threads:
        measure(asked.texts, asked.threads, asked.runs)
        return
    for threads in (1, 2):
        speeds = measured(asked.texts, threads, asked.runs)
        for name, found in speeds.items():
            ratio = statistics.median(
                own / bare for own, bare in zip(found, speeds[BARE], strict=True)
            )
            label = f"{name}, {threads} thread{'s' * (threads > 1)}"
            speed = statistics.median(found)
            print(f"{label:34}{speed:>10,.0f} words a second   bare spaCy times {ratio:.2f}")


if __name__ == "__main__":
    main()
