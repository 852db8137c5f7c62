"""Sentences with one event each: who did something to whom, and its type."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, TypedDict, get_args

from onrecord.evaluate import read_party_sentences, root_of
from onrecord.extraction.events.trained import YIELD, YIELDED
from onrecord.records import EventType, Span

TYPES: tuple[str, ...] = get_args(EventType)
ROOTS = (*(name for name in TYPES if name not in YIELDED), YIELD)
UNKNOWN = -100
HELD = 5  # of the marked sentences one in so many is held back when asked for
# What PLOVER's manual makes of an event that is to come; other types stay what they are.
_TO_COME = dict.fromkeys(("CONSULT", "SUPPORT", "COOPERATE", "AID"), "AGREE") | {
    "RETREAT": "CONCEDE"
}
_IN_WORDS = frozenset({"AGREE", "REQUEST", "THREATEN"})  # done by what is said of the future


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """A sentence with one event; what an annotation does not say is UNKNOWN or None."""

    text: str
    actor: Span | None = None
    recipient: Span | None = None
    trigger: Span | None = None
    root: int = UNKNOWN  # in ROOTS
    yielded: int = UNKNOWN  # in YIELDED

    @property
    def key(self) -> str:
        """The sentence without signs and capitals: copies of one sentence have one key."""
        return re.sub(r"\W+", "", self.text.lower())


class Labels(TypedDict):
    """The targets that follow from an event's type."""

    root: int
    yielded: int


def labels_of(event_type: str) -> Labels:
    """Return the targets of an event of one of the types, or of the root YIELD."""
    return {
        "root": ROOTS.index(root_of(event_type)),
        "yielded": YIELDED.index(event_type) if event_type in YIELDED else UNKNOWN,
    }


def read_marked(path: Path) -> list[Item]:
    """Return the items of JSON lines with `marked_sentence` and `root`."""
    return [
        Item(text=one.text, actor=one.actor, recipient=one.recipient, **labels_of(one.root))
        for one in read_party_sentences(path)
    ]


def read_own(path: Path) -> list[Item]:
    """Return this project's own sentences that hold an event, typed as PLOVER's manual says.

    They are annotated by what would be done, whether or not it is. What the manual has no type
    for, such as a visit that is denied, is left out.
    """
    rows = (json.loads(line) for line in path.read_text("utf8").splitlines())
    found = ((row, _manual_type(row)) for row in rows if row["type"])
    return [_own(row, event_type) for row, event_type in found if event_type]


def _manual_type(row: dict[str, Any]) -> str | None:
    event_type, modality = str(row["type"]), row["modality"]
    if modality == "actual":
        return event_type
    if modality == "future" and event_type in _TO_COME:
        return _TO_COME[event_type]
    if event_type in _IN_WORDS and modality != "negated":
        return event_type
    return event_type if event_type == "CONCEDE" and modality == "future" else None


def _own(row: dict[str, Any], event_type: str) -> Item:
    def first(name: str) -> Span | None:
        return Span(*row[name][0]["span"]) if row[name] else None

    trigger = Span(*row["trigger"][0])
    item = Item(text=row["text"], trigger=trigger, **labels_of(event_type))
    return replace(item, actor=first("actors"), recipient=first("recipients"))


def taught(items: Sequence[Item]) -> list[Item]:
    """Return the items that are learnt from when some are held back."""
    return [item for number, item in enumerate(items) if number % HELD]


def held_back(items: Sequence[Item]) -> list[Item]:
    """Return the items that are held back, without those whose sentence is learnt as well."""
    known = {item.key for item in taught(items)}
    return [item for item in items[::HELD] if item.key not in known]
