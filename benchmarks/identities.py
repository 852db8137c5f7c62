"""Identities in a store of many actors: processor seconds and peak memory of each step.

The store is made up: articles of 20 actors each, of whom few are in very many articles and most in
one or two; people by full name, by surname and office, states, bodies and unnamed groups.

Example: python benchmarks/identities.py --rows 200000 2000000
"""

from __future__ import annotations

import argparse
import hashlib
import random
import resource
import sqlite3
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from itertools import accumulate
from pathlib import Path
from typing import NamedTuple

from onrecord.store import Filters, open_store
from onrecord.store.identifying import enter_all
from onrecord.store.store import Store

PER_ARTICLE = 20  # actors
PEOPLE_A_ROW = 0.15  # different people for each row of the store
LEANING = 0.8  # the frequency of the nth person is n to minus this
SYLLABLES = "ba ke li mo nu ra se ti vo za dri kha lov sky gren pol tar men".split()
COUNTRIES = "UKR RUS USA GBR FRA DEU CHN IND SYR TUR ISR IRN".split()
SECTORS = ("GOV", "MIL", "JRN", "BUS", None)
OFFICES = ("president", "foreign minister", "spokesman", "general", None)
GROUPS = ("officials", "residents", "rebels", "police")
BODIES = ("Ministry", "Institute", "Party", "Union", "Observatory")
ARTICLE = (
    "INSERT INTO article (article_id, version, text, sha256, input_map, extractor, stored_at,"
    " first_day) VALUES (?, 1, 'x', 'x', '[[0, 1, 0, 1]]', 'made up', '2022', '2022-01-01')"
)
ACTOR = (
    "INSERT INTO actor (article_id, version, actor_id, position, name, kind, country, sector,"
    " spans, maker) VALUES (?, 1, ?, ?, ?, ?, ?, ?, '', 1)"
)
MENTION = (
    "INSERT INTO mention (article_id, version, mention_id, position, actor_id, form, role,"
    " candidates, spans, maker) VALUES (?, 1, ?, ?, ?, ?, ?, '[]', '0-1', 1)"
)


class Part(NamedTuple):
    """An actor as an article tells of it."""

    name: str
    kind: str
    country: str | None
    sector: str | None
    office: str | None
    form: str


class Crowd:
    """Made-up actors, the same for the same number."""

    def __init__(self, people: int) -> None:
        self._random = random.Random(1)
        given = [self._word() for _ in range(800)]
        family = [self._word() for _ in range(9_000)]
        pick = self._random.choice
        self._people = [
            (pick(given), pick(family), pick(COUNTRIES), pick(SECTORS), pick(OFFICES))
            for _ in range(people)
        ]
        self._weights = list(accumulate(1 / (n + 1) ** LEANING for n in range(people)))
        self._bodies = [f"{self._word()} {pick(BODIES)}" for _ in range(max(1, people // 20))]

    def _word(self) -> str:
        syllables = self._random.choices(SYLLABLES, k=self._random.randint(2, 3))
        return "".join(syllables).capitalize()

    def article(self) -> Iterator[Part]:
        """Yield the actors of one article."""
        draw = self._random
        for given, family, country, sector, office in draw.choices(
            self._people, cum_weights=self._weights, k=PER_ARTICLE - 8
        ):
            full = draw.random() < 0.75
            yield Part(
                f"{given} {family}" if full else family,
                "person",
                country if draw.random() < 0.7 else None,
                sector if draw.random() < 0.7 else None,
                office if draw.random() < 0.5 else None,
                "name",
            )
        for country in draw.sample(COUNTRIES, 3):
            yield Part(f"{country.title()}land", "state", country, "GOV", None, "name")
        for body in draw.choices(self._bodies, k=2):
            yield Part(body, "organisation", None, None, None, "name")
        for group in draw.choices(GROUPS, k=3):
            yield Part(group, "group", None, None, None, "nominal")


def fill(path: Path, rows: int) -> None:
    """Put articles with so many actors, each mentioned once, into a store."""
    open_store(path).close()
    crowd = Crowd(max(1, int(rows * PEOPLE_A_ROW)))
    with sqlite3.connect(path) as database:
        database.execute("INSERT INTO maker (number, name) VALUES (1, 'made up')")
        for number in range(rows // PER_ARTICLE):
            key = hashlib.sha256(str(number).encode()).digest()[:8]  # as ids are kept
            parts = [
                (key[:5] + at.to_bytes(3), at, part) for at, part in enumerate(crowd.article())
            ]
            database.execute(ARTICLE, (key,))
            database.executemany(ACTOR, ((key, own, at, *one[:4]) for own, at, one in parts))
            mentions = [
                (key, f"m{own.hex()}", at, own, one.form, one.office) for own, at, one in parts
            ]
            database.executemany(MENTION, mentions)
    database.close()


def steps(store: Store) -> Iterator[tuple[str, Callable[[], object]]]:
    """Yield what is done with the store, by name, in this order."""
    with store._writing() as connection:
        yield "link all anew", lambda: enter_all(connection, lambda: None)
    yield "list 50", lambda: len(store.identities(limit=50))
    yield "list 50 people", lambda: len(store.identities(kind="person", limit=50))
    yield "list all", lambda: len(store.identities())
    first, second, third = store.identities(kind="person", limit=3)
    surname = first.name.split()[-1]
    yield "one by id", lambda: store.identity(first.identity_id).articles
    yield "all of a surname", lambda: len(store.identities(surname))
    yield "its articles", lambda: len(store.appearances(first.identity_id))
    yield (
        "find actors by id, 100",
        lambda: store.find("actors", Filters(actor=first.identity_id, limit=100)).num_rows,
    )
    yield "merge", lambda: store.merge(second.identity_id, third.identity_id, by="A").number
    there = store.appearances(first.identity_id)[0].article_id
    yield "split", lambda: store.split(first.identity_id, articles=[there], by="A").number
    yield "list 50, with decisions", lambda: len(store.identities(limit=50))
    yield "undo", lambda: store.undo(1, by="A").number


def measure(rows: int) -> dict[str, tuple[float, float, object]]:
    """Return the processor seconds, peak megabytes and result of each step."""
    found: dict[str, tuple[float, float, object]] = {}
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "identities.db"
        found["fill"] = measured(lambda: fill(path, rows))
        with open_store(path) as store:
            for name, step in steps(store):
                found[name] = measured(step)
    return found


def measured(step: Callable[[], object]) -> tuple[float, float, object]:
    """Return the processor seconds, the peak megabytes and the result of a step."""
    _forget_peak()
    start = time.process_time()
    result = step()
    return time.process_time() - start, _peak(), result


def _forget_peak() -> None:
    """Have the peak memory counted from now on, where the system (Linux) can do that."""
    forget = Path("/proc/self/clear_refs")
    if forget.exists():
        forget.write_text("5")


def _peak() -> float:
    """Return the peak memory in megabytes, of the step on Linux, elsewhere so far."""
    status = Path("/proc/self/status")
    if status.exists():
        line = next(one for one in status.read_text().splitlines() if one.startswith("VmHWM"))
        return int(line.split()[1]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def report(sizes: Sequence[int]) -> Iterator[str]:
    """Yield the lines of the table: each step at each size, and how it grows from one to the next.

    Growth 1 is in step with the rows; 2 would be with their square.
    """
    before: dict[str, tuple[float, float, object]] = {}
    for rows in sizes:
        found = measure(rows)
        yield f"{rows:,} actors{'seconds':>28}{'peak MB':>10}   result"
        for name, (seconds, peak, result) in found.items():
            line = f"  {name:26}{seconds:>14.2f}{peak:>12,.0f}   {result}"
            if name in before and before[name][0] > 0:
                line += f"   seconds times {seconds / before[name][0]:.1f}"
            yield line
        before = found


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, nargs="+", default=[200_000], help="actors in a store")
    for line in report(parser.parse_args().rows):
        print(line, flush=True)


if __name__ == "__main__":
    main()
