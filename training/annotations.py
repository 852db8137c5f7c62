"""Annotated articles without their text: as they are published, and joined with the texts again.

`data/annotations.jsonl` has an annotated article a line, without the words of its text: spans are
offsets, and a name that stands in the text in the same words is an offset too. The texts are in a
folder of data that is no part of the repository.

Examples:
    python -m training.annotations join DATA OUT
    python -m training.annotations publish GOLD_DIR ARTICLES.jsonl training/data/annotations.jsonl
"""

import argparse
import hashlib
import json
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from onrecord.errors import GoldError
from onrecord.evaluate import part_of

PUBLISHED = Path(__file__).parent / "data" / "annotations.jsonl"
SAME_EVENT_DIGITS = 12  # of an article's id in same-event, which stand for it in paths

Json = dict[str, Any]

KINDS = (
    *("statements", "events", "figures", "conditions", "demands", "dates", "scare_quotes"),
    "speakers",
)
WORDS = {  # the field with the words of a field with spans
    "span": "text",
    "quote_span": "text",
    "content_spans": "content",
    "if_span": "if_text",
    "then_span": "then_text",
    "connective_span": "connective",
}
BETWEEN_PIECES = " … "
NAMES = frozenset({"speaker", "name", "by", "of", "on", "used_by", "voice"})
NO_NAMES = frozenset({"narration", "null"})
LABELS = frozenset(
    {"id", "type", "modality", "country", "kind", "measure", "value", "alt", "function"}
)
LEFT_OUT = frozenset({"mention_alt", "cue_alt"})  # words without an offset; no scorer reads them


# Texts


class Texts:
    """The texts and titles of a folder of data by the paths that annotations name them by."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._rows: dict[str, dict[str, Json]] = {}

    def find(self, path: str) -> tuple[str, str | None]:
        """Return the text and, where the set has one, the title of an article.

        Raises:
            GoldError: The folder does not have it.
        """
        source, _, name = path.partition("/")
        try:
            match source:
                case "conflict-news":
                    row = self._lines(source, "articles.jsonl")[name]
                case "same-event":
                    row = self._lines(source, "articles-dev.jsonl", SAME_EVENT_DIGITS)[name]
                case "re3d":
                    folder, _, name = name.partition("/")
                    row = self._lines(f"{source}/{folder}", "documents.json", key="_id")[name]
                case _:
                    row = {"text": (self._folder / f"{path}.txt").read_bytes().decode()}
        except (KeyError, FileNotFoundError) as error:
            raise GoldError(f"{self._folder} does not have the text {path}") from error
        return row["text"], row.get("title")

    def _lines(
        self, source: str, name: str, digits: int | None = None, key: str = "id"
    ) -> dict[str, Json]:
        if source not in self._rows:
            rows = _read_lines(self._folder / source / name)
            self._rows[source] = {row[key][:digits]: row for row in rows}
        return self._rows[source]


def _read_lines(path: Path) -> Iterator[Json]:
    with path.open(encoding="utf8") as file:
        for line in file:
            yield json.loads(line)


# Words out, words in


def without_words(value: object, text: str, field: str = "") -> object:
    """Return what a field of an annotation holds without the words of the text.

    Raises:
        GoldError: A field that is for no label holds words.
    """
    if isinstance(value, dict):
        cut = {WORDS[name] for name in value if name in WORDS}
        kept = {name: one for name, one in value.items() if name not in cut | LEFT_OUT}
        return {name: without_words(one, text, _plain(name)) for name, one in kept.items()}
    if isinstance(value, list):
        return [without_words(one, text, field) for one in value]
    if isinstance(value, str) and field in NAMES and value not in NO_NAMES and value in text:
        start = text.index(value)
        return [start, start + len(value)]
    if isinstance(value, str) and field not in NAMES | LABELS:
        raise GoldError(f"the field {field} holds words: {value}")
    return value


def with_words(value: object, text: str, field: str = "") -> object:
    """Return what a field of a published annotation holds with the words of the text."""
    if isinstance(value, dict):
        row = {name: with_words(one, text, _plain(name)) for name, one in value.items()}
        return row | {WORDS[name]: _cut(one, text) for name, one in row.items() if name in WORDS}
    match value:
        case [int(), int()] if field in NAMES:
            return _cut(value, text)
        case list():
            return [with_words(one, text, field) for one in value]
        case _:
            return value


def _plain(field: str) -> str:
    return field.removesuffix("_alt")


def _cut(spans: Any, text: str) -> str | None:  # noqa: ANN401 - a span or several, from JSON
    match spans:
        case None:
            return None
        case [int(start), int(end)]:
            return text[start:end]
        case _:
            return BETWEEN_PIECES.join(text[start:end] for start, end in spans)


# Whole articles


def published(gold: Json, article: Json) -> Json:
    """Return an annotated article as it is published.

    Raises:
        GoldError: It was annotated on another text, or its words are not what its spans cut.
    """
    _require_text(gold, article["text"])
    head = {"id": gold["id"], "path": article["path"]}
    head |= {name: gold[name] for name in ("published", "sha256", "events_until")}
    rows = {kind: without_words(gold[kind], article["text"]) for kind in KINDS}
    again = {kind: with_words(rows[kind], article["text"]) for kind in KINDS}
    if again != {kind: _without_left_out(gold[kind]) for kind in KINDS}:
        raise GoldError(f"{gold['id']}: the words beside some span are not what it cuts")
    return head | rows


def _without_left_out(rows: list[Json]) -> list[Json]:
    return [{name: row[name] for name in row if name not in LEFT_OUT} for row in rows]


def joined(row: Json, texts: Texts) -> tuple[Json, Json]:
    """Return a published line as an article with its text and as its annotation.

    Raises:
        GoldError: The text is not there, or is another one than was annotated.
    """
    text, title = texts.find(row["path"])
    _require_text(row, text)
    article = {
        "id": row["id"],
        "part": part_of(row["id"]),
        "path": row["path"],
        "published": row["published"],
        "title": title,
        "text": text,
    }
    head = {name: row[name] for name in ("published", "sha256", "events_until")}
    gold = {"id": row["id"], "part": article["part"], **head}
    return article, gold | {kind: with_words(row[kind], text) for kind in KINDS}


def _require_text(row: Mapping[str, Any], text: str) -> None:
    if hashlib.sha256(text.encode()).hexdigest() != row["sha256"]:
        raise GoldError(f"{row['id']} was annotated on another text: its SHA-256 differs")


# Commands


def publish(gold_dir: Path, articles: Path, output: Path) -> None:
    """Write the annotations of a folder without words, an article a line."""
    texts = {row["id"]: row for row in _read_lines(articles)}
    lines = []
    for path in sorted(gold_dir.glob("*.gold.json")):
        gold = json.loads(path.read_text("utf8"))
        row = published(gold, texts[gold["id"]])
        lines.append(json.dumps(row, ensure_ascii=False, separators=(",", ":")))
    output.write_text("".join(f"{line}\n" for line in lines), "utf8")


def join(data: Path, output: Path, annotations: Path = PUBLISHED) -> None:
    """Write articles.jsonl and gold/ID.gold.json, texts and words included."""
    texts = Texts(data)
    (output / "gold").mkdir(parents=True, exist_ok=True)
    articles = []
    for row in _read_lines(annotations):
        article, gold = joined(row, texts)
        articles.append(json.dumps(article, ensure_ascii=False))
        page = json.dumps(gold, ensure_ascii=False)
        (output / "gold" / f"{row['id']}.gold.json").write_text(page, "utf8")
    (output / "articles.jsonl").write_text("".join(f"{line}\n" for line in articles), "utf8")


def main() -> None:
    """Parse the command line and publish or join."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    commands = parser.add_subparsers(dest="command", required=True)
    to_join = commands.add_parser("join", help="annotations with the texts of a folder of data")
    to_join.add_argument("data", type=Path, help="with conflict-news, same-event, ukraine-news")
    to_join.add_argument("output", type=Path, help="a folder")
    to_join.add_argument("--annotations", type=Path, default=PUBLISHED, help="JSON lines")
    to_publish = commands.add_parser("publish", help="annotations without the words of their text")
    to_publish.add_argument("gold_dir", type=Path, help="with ID.gold.json")
    to_publish.add_argument("articles", type=Path, help="JSON lines with id, path, text")
    to_publish.add_argument("output", type=Path, help="JSON lines")
    asked = parser.parse_args()
    try:
        if asked.command == "join":
            join(asked.data, asked.output, asked.annotations)
        else:
            publish(asked.gold_dir, asked.articles, asked.output)
    except GoldError as error:
        sys.exit(str(error))


if __name__ == "__main__":
    main()
