"""Score the types of events in sentences whose parties are marked.

Each sentence stands in `marked_sentence`, with <s> around its actor and <t> around its recipient;
`root` is the type of its event. YIELD is the root that CONCEDE and RETREAT share.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import get_args

from onrecord.codebook.plover import Plover
from onrecord.errors import GoldError
from onrecord.evaluate.gold import read_marked_lines
from onrecord.evaluate.tally import Tally, tally_lines
from onrecord.extraction.events.trained import YIELD, YIELDED
from onrecord.records import EventType, Span

_MARK = re.compile(r"</?[st]>")


@dataclass(frozen=True, slots=True)
class PartySentence:
    """A sentence with its parties' places and the root type of its event."""

    text: str
    actor: Span | None
    recipient: Span | None
    root: str


@dataclass(frozen=True, slots=True)
class TypeScore:
    """How the types found compare: by root type, and by the quad class that follows from it."""

    roots: tuple[Tally, ...]
    quads: tuple[Tally, ...]


def read_party_sentences(path: Path) -> Iterator[PartySentence]:
    """Yield the sentences of a file of JSON lines.

    Raises:
        GoldError: The file cannot be read, a line lacks its sentence, or its root is unknown.
    """
    for number, line in enumerate(read_marked_lines(path), start=1):
        marked, root = line.text("marked_sentence"), line.text("root")
        if marked is None or root is None or root not in {YIELD, *get_args(EventType)}:
            raise GoldError(
                f"{path}, sentence {number}: need marked_sentence and, as root, {YIELD} or one of "
                f"PLOVER's types, not {root!r}"
            )
        yield unmarked(marked, root_of(root))


def unmarked(marked: str, root: str) -> PartySentence:
    """Return a sentence without its marks, and what they stood around."""
    places: dict[str, int] = {}
    removed = 0
    for mark in _MARK.finditer(marked):
        places[mark[0]] = mark.start() - removed
        removed += len(mark[0])
    return PartySentence(_MARK.sub("", marked), _between(places, "s"), _between(places, "t"), root)


def _between(places: Mapping[str, int], name: str) -> Span | None:
    start, end = places.get(f"<{name}>"), places.get(f"</{name}>")
    return Span(start, end) if start is not None and end is not None and start < end else None


def root_of(event_type: str) -> str:
    """Return the root of a type: YIELD for CONCEDE and RETREAT, else the type itself."""
    return YIELD if event_type in YIELDED else event_type


def quad_of(root: str, plover: Plover) -> int:
    """Return the quad class of a root; YIELD is material cooperation, 2, as RETREAT is."""
    quads = {str(name): info.quad for name, info in plover.types.items()}
    return quads["RETREAT" if root == YIELD else root]


def score_types(wanted: Sequence[str], found: Sequence[str], plover: Plover) -> TypeScore:
    """Return the tallies of found root types against the wanted ones."""
    pairs = list(zip(wanted, found, strict=True))
    quads = [(f"quad {quad_of(a, plover)}", f"quad {quad_of(b, plover)}") for a, b in pairs]
    return TypeScore(_tallies(pairs), _tallies(quads))


def _tallies(pairs: Sequence[tuple[str, str]]) -> tuple[Tally, ...]:
    return tuple(
        Tally(
            name,
            sum(a == b == name for a, b in pairs),
            sum(b == name for _, b in pairs),
            sum(a == name for a, _ in pairs),
        )
        for name in sorted({name for pair in pairs for name in pair})
    )


def macro_f1(tallies: Sequence[Tally]) -> float:
    """Return the mean F1 of classes, 0 without any."""
    return sum(tally.f1 for tally in tallies) / len(tallies) if tallies else 0.0


def type_lines(score: TypeScore) -> list[str]:
    """Return a table of every root and quad, and their macro F1."""
    return [
        *tally_lines((*score.roots, *score.quads)),
        f"macro F1: roots {macro_f1(score.roots):.3f}, quads {macro_f1(score.quads):.3f}",
    ]
