"""PolNeAR's compartments: texts, and in brat stand-off who attributes what to whom in them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROLES = ("source", "cue", "content")

Piece = tuple[int, int]  # start and end, code points, end exclusive


@dataclass(frozen=True, slots=True)
class Attribution:
    """One attribution; each role in pieces, empty when the text names none."""

    source: tuple[Piece, ...]
    cue: tuple[Piece, ...]
    content: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Document:
    """One annotator's reading of one document."""

    doc: str
    annotator: str
    text: str
    attributions: tuple[Attribution, ...]


def read_spans(lines: list[str]) -> dict[str, tuple[Piece, ...]]:
    """Return the text-bound annotations of a brat file: pieces by id."""
    spans = {}
    for line in lines:
        if re.match(r"T\d+\t", line):
            name, where = line.split("\t")[:2]
            offsets = where.partition(" ")[2].split(";")
            pieces = [(int(a), int(b)) for a, b in (offset.split() for offset in offsets)]
            spans[name] = tuple(sorted(pieces))
    return spans


def read_attributions(path: Path) -> tuple[Attribution, ...]:
    """Return the attributions of a brat file, in its order."""
    lines = path.read_text("utf8").splitlines()
    spans = read_spans(lines)
    found = []
    for line in lines:
        if not re.match(r"E\d+\t", line):
            continue
        kind, *arguments = line.split("\t")[1].split()
        if not kind.startswith("Attribution"):
            continue
        roles: dict[str, list[Piece]] = {role: [] for role in ROLES}
        for argument in arguments:
            role, _, name = argument.partition(":")
            role = re.sub(r"\d+$", "", role).lower()  # Content2: a further piece of the content
            if role in roles and name in spans:
                roles[role].extend(spans[name])
        found.append(Attribution(*(tuple(sorted(roles[role])) for role in ROLES)))
    return tuple(found)


def read_compartment(folder: Path) -> Iterator[Document]:
    """Yield every document once per annotator; names and annotators in alphabetical order."""
    for path in sorted((folder / "text").glob("*.txt")):
        with path.open(encoding="utf8", newline="") as file:  # offsets count each \r
            text = file.read()
        for found in sorted((folder / "attributions").glob(f"{path.stem}_*.ann")):
            annotator = found.stem.removeprefix(f"{path.stem}_")
            if "_" not in annotator:
                yield Document(path.stem, annotator, text, read_attributions(found))
