"""Every page of the reading room with several readers at once: how long each takes, and memory.

`serve` is started on loopback. Each reader goes through all pages, in an order of its own, and so
that no two ask the same thing first; then once more. A page counts from the request to its last
byte, waiting for other readers' pages included.

Example: python benchmarks/room.py corpus.db --readers 8
"""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from random import Random
from statistics import median, quantiles

import httpx

from onrecord.store import open_store

MEDIAN, SLOWEST = 0.100, 0.400  # seconds that half, and 19 of 20 pages, may take
ANSWERED = 60  # seconds that are waited for a page
EACH = 3  # articles, actors and stretches of time that are looked at by each reader
KINDS = "statements events figures conditions demands terms actors mentions articles".split()


@dataclass(frozen=True, slots=True)
class Taken:
    """What a page took."""

    page: str  # what kind of page
    address: str
    seconds: float
    status: int


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("store", type=Path)
    parser.add_argument("--readers", type=int, default=8)
    parser.add_argument("--slowest", type=int, default=10, help="addresses to name")
    given = parser.parse_args()
    with served(given.store) as (address, process):
        asked = [list(pages(given.store, reader)) for reader in range(given.readers)]
        for turn in ("first", "again"):
            with ThreadPoolExecutor(given.readers) as pool:
                read = partial(reading, address)
                taken = [one for some in pool.map(read, asked, range(len(asked))) for one in some]
            for line in told(turn, taken, given.slowest):
                print(line, flush=True)
        print(f"memory of the room: {memory(process.pid):.0f} MB")


@contextmanager
def served(store: Path) -> Iterator[tuple[str, subprocess.Popen[str]]]:
    """Serve a store; yield the address and the process."""
    command = [sys.executable, "-m", "onrecord", "serve", "--read-only", "--port", "0"]
    process = subprocess.Popen(
        [*command, "--store", str(store)],
        stderr=subprocess.STDOUT,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        yield _opened(process), process
    finally:
        process.terminate()
        process.wait()


def _opened(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    for line in process.stdout:
        if found := re.search(r"http://\S+?(?=/?\s|/?$)", line):
            return found[0].rstrip("/")
    raise SystemExit("the room did not open")


def pages(store: Path, reader: int) -> Iterator[tuple[str, str]]:
    """Yield the pages one reader looks at, with their addresses."""
    draw = Random(reader)
    with open_store(store) as opened:
        ids = sorted(key for key, _ in opened.stored_since(""))
        people = [one.identity_id for one in opened.identities(limit=40)]
        concepts = [one.name for one in opened.views.concepts()[:12]]
    yield from (("overview", "/"), ("overview drawn", "/data/days"), ("saved", "/saved"))
    for article_id in draw.sample(ids, EACH):
        yield "article", f"/articles/{article_id}"
    for one in draw.sample(people, EACH):
        yield "actor", f"/actors/{one}"
        yield "search by actor", f"/search?kind=statements&speaker={one}"
        yield "timeline", f"/timeline?actor={one}"
        yield "timeline drawn", f"/data/timeline?actor={one}"
    for kind in KINDS:
        year, month = draw.randint(2019, 2022), draw.randint(1, 12)
        yield "search", f"/search?kind={kind}"
        yield (
            "search by days",
            f"/search?kind={kind}&since={year}-{month:02}&until={year}-{month:02}",
        )
        yield "counts", f"/search/counts?kind={kind}"
    word = draw.choice("negotiations ceasefire sanctions border troops election grain".split())
    yield "search by words", f"/search?kind=statements&text={word}"
    yield "search by words", f"/search?kind=articles&text={word}"
    yield from (("actors", "/actors"), ("actors by name", f"/actors?name={draw.choice(NAMES)}"))
    measure = draw.choice(("killed", "wounded", "money", "displaced"))
    yield from (("figures", "/figures"), ("figures of one", f"/figures?measure={measure}"))
    yield "figures drawn", f"/data/figures?measure={measure}"
    yield from (("timeline", "/timeline"), ("timeline drawn", "/data/timeline"))
    between = draw.choice(("RUS,UKR", "USA,CHN", "ISR,IRN", "TUR,SYR", "FRA,DEU"))
    yield from (("talks", "/talks"), ("talks of two", f"/talks?between={between}"))
    yield "terms", "/terms"
    for concept in draw.sample(concepts, min(1, len(concepts))):
        yield "terms of one", str(httpx.URL("/terms", params={"concept": concept}))
        yield "terms drawn", str(httpx.URL("/data/terms", params={"concept": concept}))
    yield from (("map", "/map"), ("map drawn", "/data/map"), ("map", "/map?kind=figures"))
    yield from (("review", "/review"), ("log", "/review/log"))


NAMES = ("Putin", "Biden", "Macron", "Smith", "Ministry", "Lavrov")


def reading(address: str, asked: Sequence[tuple[str, str]], reader: int) -> list[Taken]:
    """Return what the pages took that one reader looks at, in an order of its own."""
    shuffled = [*asked]
    Random(f"order {reader}").shuffle(shuffled)
    found = []
    with httpx.Client(base_url=address, timeout=ANSWERED, follow_redirects=True) as client:
        for name, where in shuffled:
            start = time.perf_counter()
            try:
                status = client.get(where).status_code
            except httpx.TimeoutException:
                status = 0
            found.append(Taken(name, where, time.perf_counter() - start, status))
    return found


def told(turn: str, taken: Sequence[Taken], slowest: int) -> Iterator[str]:
    """Yield what the pages took, by kind, and which were the slowest."""
    seconds = [one.seconds for one in taken]
    half, most = median(seconds), quantiles(seconds, n=20)[-1]
    failed = [one for one in taken if one.status != httpx.codes.OK]
    yield f"{turn}: {len(taken)} pages, {len(failed)} not answered"
    yield from (f"  {one.status} {one.address}" for one in failed[:slowest])
    for name, value, bound in (("median", half, MEDIAN), ("95th percentile", most, SLOWEST)):
        holds = "ok" if value <= bound else "NOT MET"
        yield f"  {name:17}{value * 1000:7.0f} ms  at most {bound * 1000:.0f}  {holds}"
    by_page: dict[str, list[float]] = defaultdict(list)
    for one in taken:
        by_page[one.page].append(one.seconds)
    for name, some in sorted(by_page.items(), key=lambda pair: -median(pair[1])):
        yield f"    {name:18}{median(some) * 1000:7.0f} ms, at most {max(some) * 1000:.0f}"
    for one in sorted(taken, key=lambda one: -one.seconds)[:slowest]:
        yield f"      {one.seconds * 1000:.0f} ms {one.address}"


def memory(pid: int) -> float:
    """Return the memory of a process in megabytes (Linux); its most so far."""
    status = Path(f"/proc/{pid}/status").read_text()
    line = next(one for one in status.splitlines() if one.startswith("VmHWM"))
    return int(line.split()[1]) / 1024


if __name__ == "__main__":
    main()
