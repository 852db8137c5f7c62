"""brat stand-off: a text, its annotations and the record beside them, and back into a record.

Rows with parts are events, whose trigger is where the row stands and whose arguments are its
parts; the others are entities. Each has a note with its row's id. brat keeps one annotation to a
line of text, so a part that runs over a line's end is in pieces, which the way back joins again.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import get_args, get_type_hints

from onrecord.exports.marks import Mark, marks_of, remarked
from onrecord.exports.parts import LAYOUTS, Part
from onrecord.exports.references import whole_text
from onrecord.exports.rows import ROW_TYPES, record_from, record_json
from onrecord.exports.told import Told
from onrecord.records import Article, Record, Span, Spans

MAKER = "brat"
TEXT, ANNOTATIONS, RECORD = ".txt", ".ann", ".record.json"
CONFIG = "annotation.conf"

_LINE = re.compile(
    r"[^\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]+"
)  # brat ends lines where Python does
Whole = Mapping[tuple[str | None, str, Spans], Spans]
"""The spans of parts as they were, by row, role and pieces."""

_KIND_OF = {layout.label: kind for kind, layout in LAYOUTS.items()}
_FIELD_OF = {
    (kind, role): name for kind, layout in LAYOUTS.items() for name, role in layout.parts.items()
}


def files(told: Told) -> Iterator[tuple[str, str]]:
    """Yield the name and the content of each file for one article."""
    name, record = told.article.article_id, told.record
    yield f"{name}{TEXT}", whole_text(told.article)
    yield f"{name}{ANNOTATIONS}", "".join(f"{line}\n" for line in stand_off(record))
    yield f"{name}{RECORD}", record_json(record)


def config() -> str:
    """Return `annotation.conf`, which tells brat what there is to mark."""
    plain = [one.label for one in LAYOUTS.values() if not one.parts]
    roles = dict.fromkeys(role for one in LAYOUTS.values() for role in one.parts.values())
    lines = ["[entities]", *plain, *roles, "", "[relations]", "", "[events]"]
    for layout in LAYOUTS.values():
        if layout.parts:
            arguments = ", ".join(f"{role}*:{role}" for role in layout.parts.values())
            lines.append(f"{layout.label}\t{arguments}")
    lines += ["", "[attributes]"]
    for kind, layout in LAYOUTS.items():
        hints = get_type_hints(ROW_TYPES[kind])
        for name, attribute in layout.shown.items():
            values = [value for value in get_args(hints[name]) if isinstance(value, str)]
            listed = f", Value:{'|'.join(values)}" if values else ""
            lines.append(f"{attribute}\tArg:{layout.label}{listed}")
    return "".join(f"{line}\n" for line in lines)


def stand_off(record: Record) -> Iterator[str]:
    """Yield the lines of an article's annotations."""
    counter: defaultdict[str, int] = defaultdict(int)

    def numbered(letter: str) -> str:
        counter[letter] += 1
        return f"{letter}{counter[letter]}"

    for mark in marks_of(record):
        triggers = []
        for part in mark.parts:
            key = numbered("T")
            triggers.append((part.role, key))
            yield _text_bound(record.article, key, part)
        target = triggers[0][1]
        if LAYOUTS[mark.kind].parts:
            target = numbered("E")
            yield f"{target}\t{' '.join(f'{role}:{key}' for role, key in _once(triggers))}"
        for name, value in mark.attributes.items():
            yield f"{numbered('A')}\t{name} {target} {value}"
        yield f"{numbered('#')}\tAnnotatorNotes {target}\t{mark.row_id}"


def _once(named: Sequence[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """Yield roles as brat wants them: Actor, Actor2, Actor3."""
    seen: defaultdict[str, int] = defaultdict(int)
    for role, key in named:
        seen[role] += 1
        yield (role if seen[role] == 1 else f"{role}{seen[role]}"), key


def _text_bound(article: Article, key: str, part: Part) -> str:
    pieces = _in_lines(article.text, part.spans)
    places = ";".join(f"{span.start} {span.end}" for span in pieces)
    return f"{key}\t{part.role} {places}\t{' '.join(article.cut(span) for span in pieces)}"


def _in_lines(text: str, spans: Spans) -> Spans:
    """Return spans cut at the ends of lines, without the ends."""
    return tuple(
        Span(match.start(), match.end())
        for span in spans
        for match in _LINE.finditer(text, span.start, span.end)
    )


def record_of(text: str, written: str, record: str) -> Record:
    """Return the record that a text, its annotations and the record beside them make.

    Raises:
        ValueError: A line is none that brat writes, or a mark lacks what its row needs.
    """
    before = record_from(record, text)
    found = _Annotations.read(written)
    return remarked(before, found.marks(_cut_before(before)), MAKER)


def _cut_before(record: Record) -> Whole:
    """Return every part that was cut at the ends of lines, by its row, role and pieces."""
    text = record.article.text
    return {
        (mark.row_id, part.role, _in_lines(text, part.spans)): part.spans
        for mark in marks_of(record)
        for part in mark.parts
    }


@dataclass(slots=True)
class _Annotations:
    """The lines of a file, by what they are."""

    bounds: dict[str, tuple[str, Spans]] = field(default_factory=dict)
    events: dict[str, list[tuple[str, str]]] = field(default_factory=dict)
    attributes: defaultdict[str, dict[str, str]] = field(default_factory=lambda: defaultdict(dict))
    notes: dict[str, str] = field(default_factory=dict)

    @classmethod
    def read(cls, written: str) -> _Annotations:
        found = cls()
        for number, line in enumerate(written.split("\n"), 1):
            if line:
                try:
                    found.add(line)
                except (ValueError, IndexError) as error:
                    raise ValueError(f"line {number} is none that brat writes: {line}") from error
        return found

    def add(self, line: str) -> None:
        key, _, rest = line.partition("\t")
        words = rest.split("\t")[0].split(" ")
        match key[0]:
            case "T":
                places = " ".join(words[1:]).split(";")
                spans = tuple(Span(*map(int, place.split(" "))) for place in places)
                self.bounds[key] = (words[0], spans)
            case "E":
                self.events[key] = [_argument(word) for word in words if word]
            case "A":
                self.attributes[words[1]][words[0]] = " ".join(words[2:])
            case "#":
                self.notes[words[1]] = rest.split("\t")[1].strip()

    def marks(self, whole: Whole) -> Iterator[Mark]:
        """Yield the marks in the order of the file; `whole` has the parts as they were."""
        inside = {key for arguments in self.events.values() for _, key in arguments}
        keys = [*self.events, *(key for key in self.bounds if key not in inside)]
        for key in keys:
            arguments = self.events.get(key) or [(self.bounds[key][0], key)]
            kind = _KIND_OF.get(arguments[0][0])
            if kind is not None:
                row_id, parts = self.notes.get(key), []
                for role, at in arguments:
                    spans = self.bounds[at][1]
                    name = _FIELD_OF.get((kind, role), LAYOUTS[kind].anchor)
                    parts.append(Part(name, role, whole.get((row_id, role, spans), spans)))
                yield Mark(kind, row_id, tuple(parts), self.attributes[key])


def _argument(word: str) -> tuple[str, str]:
    role, key = word.split(":")
    return role.rstrip("0123456789"), key
