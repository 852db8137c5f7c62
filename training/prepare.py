"""Turn a PolNeAR compartment (brat stand-off) into JSON lines, one per document and annotator.

Example: python -m training.prepare polnear/train prepared/train.jsonl
"""

import argparse
import json
import re
from collections.abc import Iterator
from dataclasses import asdict, dataclass
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
    annotator: str | None  # None: nobody read it
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


def read_plain(path: Path) -> Iterator[Document]:
    """Yield texts without gold: a folder of text files, or JSON lines with "text" in each."""
    if path.is_dir():
        for file in sorted(path.glob("*.txt")):
            yield Document(file.stem, None, file.read_text("utf8"), ())
        return
    with path.open(encoding="utf8") as lines:
        for number, line in enumerate(lines):
            row = json.loads(line)
            name = str(row.get("id", f"{path.stem}-{number}"))
            yield Document(name, None, row["text"], ())


def read_prepared(path: Path) -> list[Document]:
    """Read what `main` wrote."""
    documents = []
    with path.open(encoding="utf8") as file:
        for line in file:
            row = json.loads(line)
            attributions = tuple(
                Attribution(*(tuple((a, b) for a, b in item[role]) for role in ROLES))
                for item in row["attributions"]
            )
            documents.append(Document(row["doc"], row["annotator"], row["text"], attributions))
    return documents


def main() -> None:
    """Parse the command line and write the documents."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, help="with text/ and attributions/, or see --plain")
    parser.add_argument("output", type=Path, help="JSON lines")
    parser.add_argument("--plain", action="store_true", help="texts without gold")
    parser.add_argument("--without", nargs="*", default=[], help="names of texts to leave out")
    options = parser.parse_args()
    read = read_plain if options.plain else read_compartment
    options.output.parent.mkdir(parents=True, exist_ok=True)
    with options.output.open("w", encoding="utf8") as file:
        for document in read(options.folder):
            if document.doc in options.without:
                continue
            file.write(json.dumps(asdict(document), ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
