"""Names whole: entities that a model cut at a hyphen, a particle or the end of a line, mended."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from spacy.tokens import Doc, Token
from spacy.tokens import Span as Slice

from onrecord.language import dependencies as deps
from onrecord.language import lexicon
from onrecord.language.names import ARTICLES, COURTESIES, GROUND_BEFORE, SURNAME_PARTICLES

_HYPHENS = frozenset("-‐‑")
_SYLLABLE = 6  # letters of the last part of a given name: "Jae-in", "Chun-ying"
_SUFFIXES = lexicon.words("names.no_names_behind")
_NAMES = frozenset({"PERSON", "ORG", "GPE", "LOC", "FAC"})
_BEHIND = lexicon.words("places.ground")
_SIDES = lexicon.words("places.sides")
_OF = lexicon.words("places.ground_of")
_WRAPPED = re.compile(r"\n[a-z]")  # a line that goes on with a sentence


def whole_names(doc: Doc) -> tuple[Slice, ...]:
    """Return the entities of a parse in order, those that are parts of one name joined."""
    names = list(doc.ents)
    for mend in (_hyphenated, _particles, _halves, _waters, _titled):
        names = list(_joined(doc, names, mend(doc, names)))
    if _WRAPPED.search(doc.text):
        names = list(_joined(doc, names, _over_lines(doc, names)))
    return tuple(names)


def _joined(
    doc: Doc, names: list[Slice], wholes: Iterator[tuple[int, int, str]]
) -> Iterator[Slice]:
    """Yield names, those that a whole touches in its place and within its label."""
    spans = [(name.start, name.end, name.label_) for name in names]
    for start, end, label in wholes:
        within = [one for one in spans if one[0] < end and one[1] > start]
        first = min([start, *(one[0] for one in within)])
        last = max([end, *(one[1] for one in within)])
        spans = [one for one in spans if one not in within]
        spans.append((first, last, label))
    for start, end, label in sorted(spans):
        yield Slice(doc, start, end, label=label)


def _hyphenated(doc: Doc, names: list[Slice]) -> Iterator[tuple[int, int, str]]:
    """Yield names that go on behind a hyphen: "Moon Jae-in", "Deir al-Zor"."""
    at = {token.i: name for name in names for token in name}
    for hyphen in doc:
        if hyphen.text not in _HYPHENS or not 0 < hyphen.i < len(doc) - 1:
            continue
        left, right = doc[hyphen.i - 1], doc[hyphen.i + 1]
        if left.whitespace_ or hyphen.whitespace_:
            continue
        name, behind = at.get(left.i), at.get(right.i)
        if name is not None and name == behind:
            continue
        if left.lower_ in ARTICLES and right.text[0].isupper():
            if name is not None or behind is not None:
                yield left.i, right.i + 1, _label(name, behind)
        elif name is not None and name.start < left.i and _is_syllable(name, right, behind):
            yield left.i, right.i + 1, name.label_


def _is_syllable(name: Slice, right: Token, behind: Slice | None) -> bool:
    """Whether what follows a hyphen ends a person's given name."""
    if name.label_ != "PERSON" or not right.text.isalpha() or len(right) > _SYLLABLE:
        return False
    if right.text[0].isupper():
        return behind is not None and len(behind) == 1 and behind.label_ == "PERSON"
    return right.lower_ not in _SUFFIXES and right.tag_ != "VBN" and not right.lower_.endswith("ed")


def _label(*parts: Slice | None) -> str:
    """Return the label of a name from its parts': that of the part which is a name by itself."""
    found = [part for part in parts if part is not None]
    best = max(found, key=lambda part: (part.label_ in _NAMES, len(part.text)))
    return best.label_


def _particles(doc: Doc, names: list[Slice]) -> Iterator[tuple[int, int, str]]:
    """Yield people's names with the small words that belong to them: "Ursula von der Leyen"."""
    for name in names:
        start = name.start
        if name.label_ != "PERSON" or not name.root.text[0].isupper():
            continue
        while (
            start
            and doc[start - 1].lower_ in SURNAME_PARTICLES
            and _leads_to(doc[start - 1], name.end)
        ):
            start -= 1
        if start < name.start:
            yield start, name.end, "PERSON"


def _leads_to(word: Token, end: int) -> bool:
    """Whether a word hangs on a later one of the same name."""
    return word.dep_ == deps.COMPOUND and word.i < word.head.i < end


def _halves(doc: Doc, names: list[Slice]) -> Iterator[tuple[int, int, str]]:
    """Yield names that entities are the parts of: "Abu" and "Mohammed", "Deir" and "al-Zor"."""
    start = 0
    for at in range(1, len(names) + 1):
        if at < len(names) and _is_half(names[at - 1], names[at]):
            continue
        if at - start > 1:
            parts = names[start:at]
            yield parts[0].start, parts[-1].end, parts[0].label_
        start = at


def _is_half(name: Slice, other: Slice) -> bool:
    """Whether a name is the first part of the one right behind it."""
    if name.end != other.start or not _leads_to(name[-1], other.end):
        return False
    if not name[-1].text[0].isalpha() or not other[0].text[0].isalpha():
        return False
    if other[0].lower_ in ARTICLES | SURNAME_PARTICLES and len(other) > 1:
        return {name.label_, other.label_} <= _NAMES and len(name) <= 2
    are_people = name.label_ == other.label_ == "PERSON"
    return are_people and (len(name) == 1 or len(other) == 1)


def _waters(doc: Doc, names: list[Slice]) -> Iterator[tuple[int, int, str]]:
    """Yield names of waters and lands with their noun: "Lake Chad", "Sea of Japan"."""
    for name in names:
        start = name.start + (name[0].lower_ == "the")
        if name.label_ not in _NAMES or start == name.end:
            continue
        before = doc[start - 1] if start else None
        after = doc[name.end] if name.end < len(doc) else None
        if before is not None and before.lower_ in GROUND_BEFORE and before.text[0].isupper():
            yield before.i, name.end, "LOC"
        elif after is not None and after.text[0].isupper() and _is_ground(name, after):
            yield start, after.i + 1, "LOC"
        elif start > 1 and before is not None and before.lower_ in {"of", "the"}:
            noun = doc[start - (2 if before.lower_ == "of" else 3)]
            if noun.lower_ in _OF and noun.text[0].isupper() and noun.nbor().lower_ == "of":
                yield noun.i, name.end, "LOC"


def _is_ground(name: Slice, after: Token) -> bool:
    if after.lower_ == "bank":
        return name[-1].lower_ in _SIDES
    return after.lower_ in _BEHIND and name.label_ != "PERSON"


def _titled(doc: Doc, names: list[Slice]) -> Iterator[tuple[int, int, str]]:
    """Yield people called like a place or body, by the title before: "Ms London"."""
    for name in names:
        title = doc[name.start - 1].lower_.rstrip(".") if name.start else ""
        if title in COURTESIES and name.label_ in _NAMES and name[0].text[0].isupper():
            yield name.start, name.end, "PERSON"


def _over_lines(doc: Doc, names: list[Slice]) -> Iterator[tuple[int, int, str]]:
    """Yield people's names that the end of a line breaks, in a text of broken lines."""
    for name, other in pairwise(names):
        between = doc[name.end : other.start].text
        if between != "\n" or not name.label_ == other.label_ == "PERSON":
            continue
        begins_line = name.start == 0 or doc[name.start - 1].text.startswith("\n")
        is_cut = len(name) == 1 or name[-1].lower_ in SURNAME_PARTICLES or len(other) == 1
        if is_cut and not begins_line and name.text != other.text:
            yield name.start, other.end, "PERSON"
