"""Speed and memory: a cold start, many articles and one long line, each beside bare spaCy.

Example: python benchmarks/speed.py --runs 5
"""

from __future__ import annotations

import argparse
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from importlib.resources import files
from pathlib import Path

from bare import load_bare

SAMPLE = str(files("onrecord") / "samples" / "talks.txt")
COPIES = 40  # of the sample, for the speed over many articles
HERE = str(Path(__file__).parent)
LOAD_BARE = f"import sys; sys.path.insert(0, {HERE!r}); import bare; nlp = bare.load_bare()"
BARE_START = f"{LOAD_BARE}; nlp(open({SAMPLE!r}).read())"
LONG_LINE = """
import resource, sys, time
sample = open(sys.argv[1]).read().replace("\\n", " ")
line = (sample * (1_000_000 // len(sample) + 1))[:1_000_000]
{setup}
start = time.perf_counter()
{run}
print(time.perf_counter() - start, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
"""
LONG_ONRECORD = LONG_LINE.format(
    setup="import onrecord; from onrecord.pipeline import load_tools; tools = load_tools()",
    run="onrecord.extract(onrecord.article_from_text(line), tools=tools)",
)
LONG_SPACY = LONG_LINE.format(
    setup=LOAD_BARE,
    run="for at in range(0, len(line), 20_000): nlp(line[at : at + 20_000])",
)


def timed(run: Callable[[], object]) -> float:
    """Return the seconds a call takes."""
    start = time.perf_counter()
    run()
    return time.perf_counter() - start


def cold_start() -> tuple[float, float]:
    """Return the seconds `onrecord read` takes from a new process, and bare spaCy the same."""
    with tempfile.TemporaryDirectory() as folder:
        store = str(Path(folder) / "cold.db")
        command = [sys.executable, "-m", "onrecord", "read", SAMPLE, "--store", store]
        ours = timed(lambda: subprocess.run(command, check=True, capture_output=True))
    bare = timed(lambda: subprocess.run([sys.executable, "-c", BARE_START], check=True))
    return ours, bare


def many_articles() -> tuple[float, float]:
    """Return the words a second of the whole pipeline and of the bare parse, in this process."""
    from onrecord import article_from_text
    from onrecord.pipeline import extract, load_tools

    tools = load_tools()
    text = Path(SAMPLE).read_text("utf-8")
    article = article_from_text(text, published="2022-07-22")
    words = len(text.split()) * COPIES
    extract(article, tools=tools)
    ours = timed(lambda: [extract(article, tools=tools) for _ in range(COPIES)])
    nlp = load_bare()
    bare = timed(lambda: [nlp(text) for _ in range(COPIES)])
    return words / ours, words / bare


def long_line(code: str) -> tuple[float, float]:
    """Return the seconds and the peak megabytes of one line of 1 MB in a new process."""
    done = subprocess.run(
        [sys.executable, "-c", code, SAMPLE], check=True, capture_output=True, text=True
    )
    seconds, megabytes = (float(word) for word in done.stdout.split())
    return seconds, megabytes


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=3, help="counted runs; the median is printed")
    parser.add_argument("--skip-long-line", action="store_true")
    asked = parser.parse_args()
    starts = [cold_start() for _ in range(asked.runs + 1)][1:]
    speeds = [many_articles() for _ in range(asked.runs)]
    _row("cold start, one article (s)", starts)
    _row("words a second", speeds)
    if not asked.skip_long_line:
        ours, bare = long_line(LONG_ONRECORD), long_line(LONG_SPACY)
        _row("one line of 1 MB (s)", [(ours[0], bare[0])])
        _row("one line of 1 MB (peak MB)", [(ours[1], bare[1])])
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{'peak memory, many articles (MB)':34}{own:>12,.0f}")


def _row(name: str, pairs: list[tuple[float, float]]) -> None:
    ours = statistics.median(pair[0] for pair in pairs)
    bare = statistics.median(pair[1] for pair in pairs)
    ratio = statistics.median(pair[0] / pair[1] for pair in pairs)
    print(f"{name:34}{ours:>12,.2f}  bare spaCy {bare:>10,.2f}  ratio {ratio:.2f}")


if __name__ == "__main__":
    main()
