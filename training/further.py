"""Statements and events of annotated articles behind the openings that were annotated first.

`data/further.jsonl` has an article a line: how far its statements and events are annotated now, and
those that came with it, without the words of the text (as in `annotations.py`). They belong to
articles of `data/annotations.jsonl` and of other folders of annotated articles alike.

Examples:
    python -m training.further extend GOLD_DIR ARTICLES.jsonl OUT
    python -m training.further publish FURTHER.jsonl training/data/further.jsonl --articles A.jsonl
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from onrecord.errors import GoldError
from training.annotations import with_words, without_words

PUBLISHED = Path(__file__).parent / "data" / "further.jsonl"
ROWS = ("statements", "events")

Json = dict[str, Any]


def extended(gold: Json, further: Mapping[str, Any], text: str) -> Json:
    """Return an annotated article with its further rows.

    Raises:
        GoldError: They were annotated on another text, or do not lie behind the first ones.
    """
    name = gold["id"]
    if hashlib.sha256(text.encode()).hexdigest() != further["sha256"]:
        raise GoldError(f"{name} was annotated further on another text: its SHA-256 differs")
    if further["events_until"] <= gold["events_until"]:
        raise GoldError(f"{name} is annotated up to {gold['events_until']} already")
    rows = {kind: [*gold[kind], *_with_words(further[kind], text)] for kind in ROWS}
    return gold | rows | {"events_until": further["events_until"]}


def _with_words(rows: Iterable[Any], text: str) -> list[Json]:
    return [with_words(row, text) for row in rows]  # type: ignore[misc]  # a row stays one


def published(further: Mapping[str, Any], text: str) -> Json:
    """Return an article's further rows as they are published, without the words of its text.

    Raises:
        GoldError: The words beside a span are not what it cuts.
    """
    head = {name: further[name] for name in ("id", "sha256", "events_until")}
    rows = {kind: [without_words(row, text) for row in further[kind]] for kind in ROWS}
    if any(_with_words(rows[kind], text) != further[kind] for kind in ROWS):
        raise GoldError(f"{further['id']}: the words beside some span are not what it cuts")
    return head | rows


def _lines(path: Path) -> list[Json]:
    return [json.loads(line) for line in path.read_text("utf8").splitlines()]


def extend(gold_dir: Path, articles: Path, output: Path, further: Path = PUBLISHED) -> int:
    """Write a folder of annotated articles anew, with their further rows; return how many got some.

    Raises:
        GoldError: As in `extended`.
    """
    texts = {row["id"]: row["text"] for row in _lines(articles)}
    known = {row["id"]: row for row in _lines(further)}
    output.mkdir(parents=True, exist_ok=True)
    found = 0
    for path in sorted(gold_dir.glob("*.gold.json")):
        gold = json.loads(path.read_text("utf8"))
        if (more := known.get(gold["id"])) is not None:
            gold = extended(gold, more, texts[gold["id"]])
            found += 1
        (output / path.name).write_text(json.dumps(gold, ensure_ascii=False), "utf8")
    return found


def publish(further: Path, articles: Iterable[Path], output: Path) -> None:
    """Write further rows without words, an article a line, in order of ids."""
    texts = {row["id"]: row["text"] for path in articles for row in _lines(path)}
    rows = sorted(_lines(further), key=lambda row: row["id"])
    lines = [
        json.dumps(published(row, texts[row["id"]]), ensure_ascii=False, separators=(",", ":"))
        for row in rows
    ]
    output.write_text("".join(f"{line}\n" for line in lines), "utf8")


def main() -> None:
    """Parse the command line; extend a folder, or publish."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    commands = parser.add_subparsers(dest="command", required=True)
    to_extend = commands.add_parser("extend", help="a folder of annotated articles, with more rows")
    to_extend.add_argument("gold_dir", type=Path, help="with ID.gold.json")
    to_extend.add_argument("articles", type=Path, help="JSON lines with id, text")
    to_extend.add_argument("output", type=Path, help="a folder")
    to_extend.add_argument("--further", type=Path, default=PUBLISHED, help="JSON lines")
    to_publish = commands.add_parser("publish", help="further rows without the words of their text")
    to_publish.add_argument("further", type=Path, help="JSON lines")
    to_publish.add_argument("output", type=Path, help="JSON lines")
    to_publish.add_argument("--articles", type=Path, nargs="+", required=True, help="JSON lines")
    asked = parser.parse_args()
    try:
        if asked.command == "extend":
            found = extend(asked.gold_dir, asked.articles, asked.output, asked.further)
            sys.stdout.write(f"{found} articles have further rows\n")
        else:
            publish(asked.further, asked.articles, asked.output)
    except GoldError as error:
        sys.exit(str(error))


if __name__ == "__main__":
    main()
