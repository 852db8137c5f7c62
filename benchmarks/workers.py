"""Two workers beside one, and reading with a store beside reading without, in the same minutes.

Articles are made up from the samples, and with `--of` from those of a folder. Every round reads
all of them by every way in turn; the medians over rounds are held against each other.

Example: python benchmarks/workers.py --articles 500 --rounds 3
"""

from __future__ import annotations

import argparse
import json
import tempfile
import time
from collections.abc import Iterable
from pathlib import Path
from statistics import median

from corpus import seeds_of, verdict
from onrecord import extract_many, open_store, read
from onrecord.pipeline import load_tools
from onrecord.records import Article, Failure, Record
from variants import Variants

TWICE, STORED = 1.8, 0.95
"""What must hold: of two workers over one, of words a second with a store over those without."""


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=500)
    parser.add_argument("--rounds", type=int, default=1)
    parser.add_argument("--of", type=Path, nargs="*", default=[], help="folders of articles")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        words = write_corpus(folder / "corpus.jsonl", given.articles, given.of)
        ways = {"one worker, no store": (1, False), "one worker": (1, True), "two": (2, True)}
        spent: dict[str, list[float]] = {way: [] for way in ways}
        for turn in range(given.rounds):
            for way, (workers, keeps) in ways.items():
                store = folder / f"{turn}-{workers}.db" if keeps else None
                spent[way].append(reading(folder / "corpus.jsonl", workers, store))
        speeds = {way: words / median(seconds) for way, seconds in spent.items()}
    for way, speed in speeds.items():
        print(f"{way:25}{speed:8.0f} words a second")
    print(verdict("two workers / one", speeds["two"] / speeds["one worker"], TWICE))
    share = speeds["one worker"] / speeds["one worker, no store"]
    print(verdict("with a store / without", share, STORED))


def write_corpus(path: Path, count: int, folders: Iterable[Path]) -> int:
    """Write made-up articles as JSON lines; return how many words they have."""
    made = Variants(seeds_of(list(folders)))
    words = 0
    with path.open("w", encoding="utf8") as lines:
        for number in range(count):
            article = made.record(number).article
            words += len(article.text.split())
            row = {"id": article.article_id, "text": article.text, "published": article.published}
            lines.write(f"{json.dumps(row)}\n")
    return words


def reading(path: Path, workers: int, store: Path | None) -> float:
    """Return the seconds it takes to read all articles of a file, and to store them if so."""
    tools = load_tools()
    start = time.perf_counter()
    results = extract_many(articles_of(path), workers=workers, tools=tools)
    if store is None:
        for _ in results:
            pass
        return time.perf_counter() - start
    with open_store(store) as kept:
        for result in results:
            if isinstance(result, Record):
                kept.save(result, tools.extractor)
    return time.perf_counter() - start


def articles_of(path: Path) -> Iterable[Article | Failure]:
    """Yield the articles of a file."""
    return read(path)


if __name__ == "__main__":
    main()
