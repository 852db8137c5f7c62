"""Annotated articles beside their annotations, and whom these name."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from onrecord.records import Span
from training.onepass.texts import is_check

Json = Mapping[str, Any]


def annotated(articles: Iterable[Path], golds: Iterable[Path]) -> Iterator[tuple[Json, Json]]:
    """Yield the articles that are not for checking alone, with their annotations."""
    known = {row["id"]: row for path in articles for row in map(json.loads, path.open())}
    for folder in golds:
        for path in sorted(folder.glob("*.gold.json")):
            gold = json.loads(path.read_text("utf8"))
            if not is_check(gold["id"]) and gold["id"] in known:
                yield known[gold["id"]], gold


def named_in(gold: Json) -> Iterator[tuple[Span, str]]:
    """Yield the sources and the parties of an annotation with the name of whom each is."""
    for row in gold["statements"]:
        if isinstance(row.get("source"), dict) and isinstance(row.get("speaker"), str):
            yield Span(*row["source"]["span"]), row["speaker"]
    for event in gold["events"]:
        for party in (*event["actors"], *event["recipients"]):
            if party.get("name"):
                yield Span(*party["span"]), party["name"]
