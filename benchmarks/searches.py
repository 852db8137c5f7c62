"""Searches by several clients at once: one store in a file, and the same copied to a server.

A store is made up from the sample articles (`variants.py`) and copied to an empty database. Then
clients, each a process of its own, ask what people ask, each in an order of its own, one question
after another without a pause.

Example: python benchmarks/searches.py postgresql://localhost/searches --articles 5000
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from functools import partial
from itertools import cycle, islice
from pathlib import Path
from statistics import median, quantiles

from corpus import seeds_of
from onrecord.store import Counting, Filters, Store, copy_store, open_store
from variants import Variants

EXTRACTOR = "made up/1"
LIMIT = 100  # rows of an answer


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("server", help="the URL of an empty database")
    parser.add_argument("--articles", type=int, default=5_000)
    parser.add_argument("--clients", type=int, default=8)
    parser.add_argument("--questions", type=int, default=100, help="of each client")
    parser.add_argument("--client", type=int, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.client is not None:
        ask(given.server, given.client, given.questions)
        return
    with tempfile.TemporaryDirectory() as folder:
        path = str(Path(folder) / "store.db")
        print(
            f"{given.articles:,} articles stored in {fill(path, given.articles):.0f} s", flush=True
        )
        start = time.perf_counter()
        copy_store(path, given.server)
        print(f"copied to the server in {time.perf_counter() - start:.0f} s", flush=True)
        print(f"{'':10}{'median':>12}{'95th percentile':>18}{'a second':>12}")
        for name, place in (("file", path), ("server", given.server)):
            print(line(name, asked(place, given.clients, given.questions)), flush=True)


def fill(path: str, articles: int) -> float:
    """Store made-up articles; return the seconds it took."""
    made = Variants(seeds_of(()))
    start = time.perf_counter()
    with open_store(path) as store:
        for number in range(articles):
            store.save(made.record(number), EXTRACTOR)
    return time.perf_counter() - start


def questions(store: Store) -> tuple[Callable[[], object], ...]:
    """Return what people ask."""
    find, month = store.find, Counting(by="month", dyad=("RUS", "UKR"))
    return (
        partial(find, "statements", Filters(speaker="Putin", limit=LIMIT)),
        partial(find, "statements", Filters(text="negotiations", limit=LIMIT)),
        partial(find, "statements", Filters(text='"peace talks"', since="2021", limit=LIMIT)),
        partial(find, "events", Filters(actor_country="RUS", type="ASSAULT", limit=LIMIT)),
        partial(find, "events", Filters(since="2020-03-01", until="2020-03-07", limit=LIMIT)),
        partial(find, "figures", Filters(text="civilians", limit=LIMIT)),
        partial(find, "terms", Filters(limit=LIMIT)),
        partial(store.count, month, Filters(since="2020-03", until="2020-03")),
    )


def ask(place: str, client: int, number: int) -> None:
    """Ask, and print the seconds each answer took."""
    with open_store(place, create=False) as store:
        asked = questions(store)
        for one in asked:
            one()  # so that all that is loaded once is loaded
        print("ready", flush=True)
        sys.stdin.readline()
        for question in islice(cycle(asked), client, client + number):
            start = time.perf_counter()
            question()
            print(time.perf_counter() - start)


def asked(place: str, clients: int, number: int) -> list[list[float]]:
    """Return the seconds of each answer, client by client; all begin at once."""
    own = [sys.executable, __file__, place, "--questions", str(number), "--client"]
    running = [
        subprocess.Popen([*own, str(at)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        for at in range(clients)
    ]
    for one in running:
        assert one.stdout is not None
        one.stdout.readline()
    for one in running:
        assert one.stdin is not None
        one.stdin.write("\n")
        one.stdin.flush()
    return [[float(said) for said in lines_of(one)] for one in running]


def lines_of(process: subprocess.Popen[str]) -> Iterator[str]:
    """Yield what a process says until it ends."""
    said, _ = process.communicate()
    if process.returncode:
        raise SystemExit(f"a client ended with status {process.returncode}")
    yield from said.split()


def line(name: str, answers: list[list[float]]) -> str:
    """Return a line of the table."""
    spent = [one for some in answers for one in some]
    rate = sum(len(some) / sum(some) for some in answers)
    late = quantiles(spent, n=20)[-1]
    return f"{name:10}{median(spent) * 1000:9.0f} ms{late * 1000:15.0f} ms{rate:12.0f}"


if __name__ == "__main__":
    main()
