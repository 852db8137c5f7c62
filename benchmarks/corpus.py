"""A corpus of 100,000 articles: memory, speed from start to end, a kill at half, and questions.

Sample articles are read, and, with `--of`, those of a folder; the other articles are made up from
their records (`variants.py`) and stored by a process of its own, which is killed (SIGKILL) at half
and started again. A part is read from its text, at the start and at the end. Then the store is
asked, and new articles are saved and linked.

The articles are of `DAYS` days in no order, so that a larger corpus has more of each day, and each
new one more to be compared with. With `--a-day` they come by day, as news does.

Example: python benchmarks/corpus.py --articles 5000 --of articles/
"""

from __future__ import annotations

import argparse
import json
import pickle
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import asdict, dataclass
from functools import partial
from importlib.resources import files
from pathlib import Path
from sqlite3 import connect
from statistics import median

from onrecord.records import KINDS, Record
from onrecord.store import Counting, Fault, Filters, Store, open_store, search
from onrecord.store.writing import insert_record, link_record
from variants import Variants, article_id_of

EXTRACTOR = "made up/1"
SAMPLES = Path(str(files("onrecord") / "samples"))
STORE, MADE, STEPS = "corpus.db", "made.pickle", "steps.jsonl"
MOST_SEEDS = 250  # articles that the others are made up from
PARTS = 50  # of the corpus; after each the speed and the memory are noted
SETTLED = 0.1  # of the corpus, from which memory must be flat
EDGE = 0.1  # of the corpus, that is its start or its end
READ = 0.002  # of the articles, that are read from their texts at the start and at the end
NEW = 100  # articles that are saved and linked in the whole store
REPEATS = 3  # of each question
LIMIT = 100  # rows of an answer

FLAT, STEADY, QUICK, LINKED, READS = 1.10, 0.90, 0.300, 0.050, 0.90
"""What must hold: growth of memory, end over start, seconds of an answer and of a new article."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """What storing a part of the articles took."""

    stored: int  # so far
    articles: int  # in this step
    seconds: float
    processor_seconds: float
    peak: float  # megabytes of the process
    run: int  # 0: before it was killed; 1: after


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=100_000)
    parser.add_argument("--of", type=Path, nargs="*", default=[], help="folders of articles")
    parser.add_argument("--a-day", type=int, help="articles of a day, in order (default: mixed)")
    parser.add_argument("--folder", type=Path, help="where all stays (default: it goes)")
    parser.add_argument("--verify", action="store_true", help="look the store through")
    parser.add_argument("--store-in", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--run", type=int, default=0, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.store_in:
        store_all(given.store_in, given.articles, given.run)
        return
    folder = given.folder or Path(tempfile.mkdtemp())
    folder.mkdir(parents=True, exist_ok=True)
    if not (folder / MADE).exists():
        (folder / MADE).write_bytes(pickle.dumps(Variants(seeds_of(given.of), a_day=given.a_day)))
    elif given.of or given.a_day:
        parser.error(f"{folder} has its articles already: leave --of and --a-day out")
    try:
        for line in report(folder, given.articles, verify=given.verify):
            print(line, flush=True)
    finally:
        if given.folder is None:
            shutil.rmtree(folder)


def report(folder: Path, articles: int, *, verify: bool) -> Iterator[str]:
    """Yield the lines of the report."""
    made: Variants = pickle.loads((folder / MADE).read_bytes())
    yield f"{articles:,} articles, made up from {len(made.seeds)}"
    number = max(3, int(articles * READ))
    texts = [made.record(at).article for at in range(articles, articles + number)]
    yield from growing(folder, articles, texts)
    path = folder / STORE
    yield from sizes(path, articles)
    with open_store(path) as store:
        yield from asked(store)
        yield from new_articles(store, made, articles + number)
        if verify:
            faults: list[Fault] = []
            seconds, _ = timed(lambda: faults.extend(store.faults()))
            yield f"verify: {len(faults)} faults, {seconds:.0f} s"


def seeds_of(folders: Sequence[Path]) -> list[Record]:
    """Return the records of the samples and of the articles of folders, as they are read."""
    from onrecord import extract_many, read

    articles = (one for path in (SAMPLES, *folders) for one in read(path))
    found = (one for one in extract_many(articles) if isinstance(one, Record))
    seeds = [one for one, _ in zip(found, range(MOST_SEEDS), strict=False)]
    return [one for one in seeds if one.events]


def timed(run: Callable[[], object]) -> tuple[float, object]:
    """Return the seconds a call takes, and its result."""
    start = time.perf_counter()
    result = run()
    return time.perf_counter() - start, result


# Storing


def store_all(folder: Path, articles: int, run: int) -> None:
    """Store the articles that are not stored yet; write a line after each part."""
    made: Variants = pickle.loads((folder / MADE).read_bytes())
    part = max(1, articles // PARTS)
    with open_store(folder / STORE) as store, (folder / STEPS).open("a") as steps:
        done, spent, used = 0, 0.0, 0.0
        for number in range(articles):
            if store.made_by(article_id_of(number)) is None:
                record = made.record(number)
                start, started = time.perf_counter(), time.process_time()
                store.save(record, EXTRACTOR)
                spent += time.perf_counter() - start
                used += time.process_time() - started
                done += 1
            if done and (number + 1) % part == 0:
                step = Step(
                    stored=number + 1,
                    articles=done,
                    seconds=spent,
                    processor_seconds=used,
                    peak=peak(),
                    run=run,
                )
                steps.write(json.dumps(asdict(step)) + "\n")
                steps.flush()
                done, spent, used = 0, 0.0, 0.0
                forget_peak()


def growing(folder: Path, articles: int, texts: Sequence[object]) -> Iterator[str]:
    """Fill the store, killing the process at half; yield what is to be said of it."""
    half = len(texts) // 2
    first = reading_speed(folder / STORE, texts[:half])
    process = started(folder, articles, 0)
    while process.poll() is None and not any(s.stored * 2 >= articles for s in steps_in(folder)):
        time.sleep(0.2)
    process.send_signal(signal.SIGKILL)
    process.wait()
    there = count_in(folder / STORE)
    yield f"killed with {there:,} articles in the store"
    done = started(folder, articles, 1).wait()
    if done != 0:
        raise SystemExit(f"storing ended with status {done}")
    steps = steps_in(folder)
    twice, lost = twice_and_lost(folder / STORE, articles)
    again = sum(s.articles for s in steps if s.run == 1) - (articles - there + half)
    yield f"started again: {lost} lost, {twice} twice, {max(0, again)} done again"
    yield from steadiness(steps, articles)
    last = reading_speed(folder / STORE, texts[half:])
    if first and last:
        yield verdict("read from text, articles a second, end / start", last / first, READS)
        yield f"  start {first:.2f}, end {last:.2f} a second"


def started(folder: Path, articles: int, run: int) -> subprocess.Popen[bytes]:
    """Start the process that stores the articles."""
    own = [sys.executable, __file__, "--store-in", str(folder), "--run", str(run)]
    return subprocess.Popen([*own, "--articles", str(articles)])


def steps_in(folder: Path) -> list[Step]:
    """Return what the process has noted so far."""
    path = folder / STEPS
    lines = path.read_text().splitlines() if path.exists() else []
    return [Step(**json.loads(line)) for line in lines if line.endswith("}")]


def steadiness(steps: Sequence[Step], articles: int) -> Iterator[str]:
    """Yield how the end of the corpus compares with its start."""
    edge = articles * EDGE
    start = [one for one in steps if one.stored <= edge]
    end = [one for one in steps if one.stored > articles - edge]
    for what, seconds in (
        ("stored, articles a second, end / start", "seconds"),
        ("the same by processor time", "processor_seconds"),
    ):
        speeds = [
            sum(one.articles for one in some) / sum(getattr(one, seconds) for one in some)
            for some in (start, end)
        ]
        yield verdict(what, speeds[1] / speeds[0], STEADY)
        yield f"  start {speeds[0]:.1f}, end {speeds[1]:.1f} a second"
    settled = [one for one in steps if one.stored >= articles * SETTLED]
    for run in (0, 1):
        peaks = [one.peak for one in settled if one.run == run]
        growth = max(peaks) / peaks[0]
        yield verdict(f"memory, most / at first, run {run + 1}", growth, FLAT, most=True)
        yield f"  {peaks[0]:.0f} to {peaks[-1]:.0f} MB"


def reading_speed(path: Path, articles: Sequence[object]) -> float:
    """Return how many articles a second are read from their texts and stored, by processor time."""
    from onrecord.pipeline import extract, load_tools
    from onrecord.records import Article

    tools = load_tools()
    with open_store(path) as store:
        start = time.process_time()
        for article in articles:
            if isinstance(article, Article):
                store.save(extract(article, tools=tools), EXTRACTOR)
        return len(articles) / (time.process_time() - start)


def count_in(path: Path) -> int:
    """Return how many articles a store has."""
    with open_store(path) as store:
        return len(store.stored_since(""))


def twice_and_lost(path: Path, articles: int) -> tuple[int, int]:
    """Return how many articles have more than one version, and how many are missing."""
    with open_store(path) as store:
        versions = store.stored_since("")
    wanted = {article_id_of(number) for number in range(articles)}
    there = {article_id for article_id, _ in versions}
    return sum(version > 1 for _, version in versions), len(wanted - there)


# Asking


def sizes(path: Path, articles: int) -> Iterator[str]:
    """Yield the size of the store, and how much of it is text."""
    with closing(connect(path)) as database:
        (kept,) = database.execute("SELECT sum(length(text)) FROM article").fetchone()
    size = path.stat().st_size
    yield f"store: {size / 1e9:.2f} GB, {size / articles / 1e3:.1f} kB an article"
    yield f"  text, compressed: {kept / articles / 1e3:.1f} kB an article"


def asked(store: Store) -> Iterator[str]:
    """Yield how long answers take, by kind."""
    for kind in KINDS:
        spent = {
            what: median(timed(partial(store.find, kind, f))[0] for _ in range(REPEATS))
            for what, f in questions(kind)
        }
        yield verdict(f"find {kind}, seconds", median(spent.values()), QUICK, most=True)
        yield "  " + ", ".join(f"{what} {one * 1000:.0f} ms" for what, one in spent.items())
    spent = {
        what: median(timed(partial(store.count, c, f))[0] for _ in range(REPEATS))
        for what, c, f in countings()
    }
    yield verdict("count, seconds", median(spent.values()), QUICK, most=True)
    yield "  " + ", ".join(f"{what} {one * 1000:.0f} ms" for what, one in spent.items())


def questions(kind: str) -> Iterator[tuple[str, Filters]]:
    """Yield what people ask for a kind, by what it is asked by."""
    yield "all", Filters(limit=LIMIT)
    yield "days", Filters(since="2020-03-01", until="2020-03-07", limit=LIMIT)
    if kind != "times":
        yield "words", Filters(text="negotiations", limit=LIMIT)
        yield "a rare word", Filters(text="ceasefire corridor", limit=LIMIT)
    if kind not in {"times", "places"}:
        yield "actor", Filters(actor="Putin", limit=LIMIT)
        yield "actor and days", Filters(actor="Putin", since="2021", until="2021", limit=LIMIT)
    if kind != "times":
        yield "country", Filters(country="FRA", limit=LIMIT)
    if kind == "events":
        yield "type", Filters(type="SANCTION", limit=LIMIT)
        yield "two countries", Filters(actor_country="RUS", recipient_country="UKR", limit=LIMIT)


def countings() -> Iterator[tuple[str, Counting, Filters]]:
    """Yield what is counted."""
    month, day = Counting(by="month", dyad=("RUS", "UKR")), Counting(by="day")
    yield "two countries, a year", month, Filters(since="2020", until="2020")
    yield "a week", day, Filters(since="2020-03-01", until="2020-03-07")
    yield "a person", Counting(by="month"), Filters(actor="Biden")
    yield "a type, a month", day, Filters(type="SANCTION", since="2020-03", until="2020-03")
    yield "two countries, always", month, Filters()


def new_articles(store: Store, made: Variants, first: int) -> Iterator[str]:
    """Yield how long it takes to link, and to save, an article that is new."""
    saving, linking = [], []
    for number in range(first, first + NEW):
        record = made.record(number)
        saving.append(timed(partial(store.save, record, EXTRACTOR))[0])
    for number in range(first + NEW, first + 2 * NEW):
        record = made.record(number)
        with store._writing() as connection:
            kept = insert_record(connection, record, EXTRACTOR, "2022-01-01T00:00:00+00:00")
            link = partial(link_record, connection, record, kept, is_first=True)
            linking.append(timed(link)[0])
            search.add(connection, record)
    yield verdict("linking a new article, seconds", median(linking), LINKED, most=True)
    yield f"  9 of 10 below {sorted(linking)[NEW * 9 // 10] * 1000:.0f} ms"
    yield f"  saving it as a whole {median(saving) * 1000:.0f} ms"


def verdict(what: str, value: float, bound: float, *, most: bool = False) -> str:
    """Return a line that says whether a value is within its bound."""
    holds = value <= bound if most else value >= bound
    sign = "at most" if most else "at least"
    return f"{what:50}{value:8.3f}  {sign} {bound:.2f}  {'ok' if holds else 'NOT MET'}"


# Memory


def forget_peak() -> None:
    """Have the peak memory counted from now on, where the system (Linux) can do that."""
    forget = Path("/proc/self/clear_refs")
    if forget.exists():
        forget.write_text("5")


def peak() -> float:
    """Return the peak memory in megabytes, since it was forgotten on Linux, elsewhere so far."""
    status = Path("/proc/self/status")
    if status.exists():
        line = next(one for one in status.read_text().splitlines() if one.startswith("VmHWM"))
        return int(line.split()[1]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main()
