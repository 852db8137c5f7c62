"""Examples of events for training: sentences with who did something to whom, and its type."""

import csv
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TypedDict, get_args

from onrecord.codebook.plover import load_plover
from onrecord.records import EventType, Modality

TYPES: tuple[str, ...] = get_args(EventType)
ROOTS = (*(name for name in TYPES if name not in ("CONCEDE", "RETREAT")), "YIELD")
MODALITIES: tuple[str, ...] = get_args(Modality)
QUAD_OF = {name: info.quad for name, info in load_plover().types.items()} | {"YIELD": 2}
STORY_WEIGHT = 0.2  # of a machine-written sentence
STORY_CHARS = (40, 300)  # a first sentence outside these is a heading or no sentence
UNKNOWN = -100
_MARK = re.compile(r"</?[st]>")
_SENTENCE_END = re.compile(r"(?<=[a-z0-9\"”][.!?])\s+(?=[\"“A-Z])")

Span = tuple[int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """A sentence with one event; what an annotation does not say is UNKNOWN or None."""

    text: str
    actor: Span | None = None
    recipient: Span | None = None
    trigger: Span | None = None
    root: int = UNKNOWN  # in ROOTS
    yielded: int = UNKNOWN  # 0 CONCEDE, 1 RETREAT
    quad: int = UNKNOWN  # 0 to 3
    modality: int = UNKNOWN  # in MODALITIES
    weight: float = 1.0


class Labels(TypedDict):
    """The targets that follow from an event's type."""

    root: int
    yielded: int
    quad: int


def labels_of(event_type: str) -> Labels:
    """Return the targets of an event of one of the types, or of the root YIELD."""
    root = "YIELD" if event_type in ("CONCEDE", "RETREAT") else event_type
    return {
        "root": ROOTS.index(root),
        "yielded": {"CONCEDE": 0, "RETREAT": 1}.get(event_type, UNKNOWN),
        "quad": QUAD_OF[root] - 1,
    }


def read_marked(path: Path) -> list[Item]:
    """Return the items of JSON lines with `marked_sentence` and `root`."""
    return [_marked(json.loads(line)) for line in path.read_text("utf8").splitlines()]


def _marked(row: dict[str, str]) -> Item:
    places: dict[str, int] = {}
    marked, removed = row["marked_sentence"], 0
    for mark in _MARK.finditer(marked):
        places[mark[0]] = mark.start() - removed
        removed += len(mark[0])
    return Item(
        text=_MARK.sub("", marked),
        actor=(places["<s>"], places["</s>"]) if "<s>" in places else None,
        recipient=(places["<t>"], places["</t>"]) if "<t>" in places else None,
        **labels_of(row["root"]),
    )


def read_own(path: Path) -> list[Item]:
    """Return this project's own sentences that hold an event."""
    rows = [json.loads(line) for line in path.read_text("utf8").splitlines()]
    return [
        Item(
            text=row["text"],
            actor=tuple(row["actors"][0]["span"]) if row["actors"] else None,
            recipient=tuple(row["recipients"][0]["span"]) if row["recipients"] else None,
            trigger=tuple(row["trigger"][0]),
            modality=MODALITIES.index(row["modality"]),
            **labels_of(row["type"]),
        )
        for row in rows
        if row["type"]
    ]


def read_stories(path: Path, every: int = 1) -> list[Item]:
    """Return the first sentences of machine-written stories, every so many of those that serve."""
    csv.field_size_limit(10**7)
    with path.open(encoding="utf8", newline="") as file:
        found = list(_first_sentences(csv.DictReader(file)))
    return found[::every]


def _first_sentences(rows: Iterator[dict[str, str]]) -> Iterator[Item]:
    seen = set()
    for row in rows:
        text = _SENTENCE_END.split(row["text"].strip().split("\n")[0])[0]
        if STORY_CHARS[0] < len(text) < STORY_CHARS[1] and text not in seen:
            seen.add(text)
            yield Item(text=text, weight=STORY_WEIGHT, **labels_of(row["label"]))


def read_classes(path: Path) -> list[Item]:
    """Return sentences of a table of sentence and quad class, those without an event left out."""
    rows = [line.split("\t") for line in path.read_text("utf8").splitlines()]
    return [
        Item(text=row[0], quad=int(row[1]) - 1, weight=0.5)
        for row in rows
        if len(row) == 2 and row[1] in "1234"
    ]
