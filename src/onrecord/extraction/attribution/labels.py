"""Labels of transcripts: what a line begins with that tells who speaks, and what only looks so."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from spacy.tokens import Doc

from onrecord.language import lexicon
from onrecord.records import Span

_WORD = r"[^\W\d_][\w.’'\-]*"
_TIME = r"[\[(]?\d{1,2}:\d\d(?::\d\d)?(?: ?[AaPp]\.?[Mm]\.?)?[\])]?"
_ASIDE = r" ?(?:\([^()\n]{1,60}\)|\[[^\[\]\n]{1,60}\])"  # a channel, a seat, a party, a time
_NAME = rf"(?P<name>{_WORD}(?:,? (?:{_WORD}|\d{{1,2}})){{0,7}})"
_COLON = re.compile(  # "[00:12] JANE DOE (CNN): ", "**Jane Doe:** "
    rf"[ \t]*(?:{_TIME}[ \t]*[-–—]?[ \t]*)?\*{{0,2}}{_NAME}(?P<asides>(?:{_ASIDE}){{0,3}})"
    r"(?::\*\*|\*{0,2}:)[ \t]+(?=\S*\w|\()"
)
_DOT = re.compile(  # as the Congressional Record has it: "Mr. HARLAN of Ohio. "
    r"[ \t]*(?P<name>(?:(?:Mr|Mrs|Ms|Miss|Dr)\.? (?:Mc|Mac|De|Di|La|Le|Van )?[A-Z][A-Z'’\-]+"
    r"(?: [A-Z][A-Z'’\-]+)*(?: of [A-Z]\w+(?: [A-Z]\w+)?)?"
    r"|The (?:Acting |Vice )?(?:SPEAKER|PRESIDENT|PRESIDING OFFICER|CHAIR(?:MAN|WOMAN)?|CLERK)"
    r"(?: pro tempore)?))\.(?:—|[ \t]+)(?=\S*\w)"
)
_QUESTION = re.compile(r"[ \t]*(?P<name>Q)(?P<gap>\.?[ \t]+)(?=[^\W\d_a-z]|[“\"(\[])")
_ANSWER = re.compile(r"[ \t]*(?P<name>A)(?P<gap>\.[ \t]+|[ \t]{2,}|\t)(?=\S*\w)")
_TIMED = re.compile(rf"[ \t]*{_NAME}[ \t]+{_TIME}[ \t]*$", re.MULTILINE)  # the words stand below
_TITLES = lexicon.words("speech.labels")
_SMALL = lexicon.words("names.small")
_FURNITURE = lexicon.words("speech.furniture")
_PLACES = frozenset({"GPE", "LOC", "FAC"})
_QUOTED = re.compile(r"[“\"«][^”\"»\n]*[”\"»]?")
_ADDRESSES = re.compile(r"\b(?:I|[Ww]e|[Yy]ou|[Mm]y|[Oo]ur|[Yy]our|[Mm]e|[Uu]s)\b(?!\.)|\?")
_LEAST_TURNS = 2  # lines that make a transcript, where no title or capitals tell one


@dataclass(frozen=True, slots=True)
class Label:
    """What a line of a transcript begins with."""

    name: Span
    whole: Span  # the name and what stands around it, up to the first word said
    told: bool  # alone it tells that somebody speaks: by its form, a title or capitals


def labels_of(
    doc: Doc, text: str, lines: Sequence[Span]
) -> tuple[dict[int, Label], tuple[Span, ...]]:
    """Return the labels of a transcript by the numbers of their lines, and the datelines beside.

    There are no labels in a text that is no transcript.
    """
    labels = _candidates(text, lines)
    places = [labels.pop(number).whole for number in [*_datelines(doc, text, lines, labels)]]
    return _speaking(text, labels), tuple(places)


def _speaking(text: str, labels: dict[int, Label]) -> dict[int, Label]:
    names = Counter(_cut(text, label.name) for label in labels.values())
    told = {number for number, label in labels.items() if label.told}
    if not told and not (len(labels) >= _LEAST_TURNS and max(names.values()) > 1):
        return {}
    return labels if len(labels) >= _LEAST_TURNS else {n: labels[n] for n in told}


def _candidates(text: str, lines: Sequence[Span]) -> dict[int, Label]:
    found = {n: label for n, line in enumerate(lines) if (label := _label(text, line))}
    asked = {n: match for n, line in enumerate(lines) if (match := _in(_QUESTION, text, line))}
    if len(asked) + len(found) < _LEAST_TURNS:
        return found
    found |= {number: _made(match, told=True) for number, match in asked.items()}
    dots = {match["gap"].startswith(".") for match in asked.values()}
    for number, line in enumerate(lines):  # an A answers a Q that is printed as it is
        match = _in(_ANSWER, text, line)
        if match is not None and match["gap"].startswith(".") in dots:
            found[number] = _made(match, told=True)
    return dict(sorted(found.items()))


def _in(pattern: re.Pattern[str], text: str, line: Span) -> re.Match[str] | None:
    return pattern.match(text, line.start, line.end)


def _made(match: re.Match[str], *, told: bool) -> Label:
    return Label(Span(*match.span("name")), Span(*match.span()), told)


def _label(text: str, line: Span) -> Label | None:
    """Return the label a line begins with, None where there is none."""
    if match := _in(_DOT, text, line):
        return _made(match, told=True)
    match = _in(_COLON, text, line) or _in(_TIMED, text, line)
    if match is None or not may_name(match["name"]):
        return None
    if match["name"].isupper() and text[match.end() : line.end].isupper():
        return None  # a headline in capitals
    seat_and_party = (match.groupdict().get("asides") or "").count("(") > 1
    return _made(match, told=seat_and_party or _is_speaker(match["name"]))


def may_name(label: str) -> bool:
    """Whether words with capitals may be somebody's name: no field or furniture of a page."""
    words = [word.strip(".,").lower() for word in label.split()]
    capitals = all(not word[0].islower() for word in label.split() if word.lower() not in _SMALL)
    if words[0] in _TITLES:
        return capitals  # "MR PRICE" is no price
    return capitals and not any(word in _FURNITURE for word in words)


def _is_speaker(label: str) -> bool:
    """Whether a label alone tells that somebody speaks: by a title, or all in capitals."""
    return _is_titled(label) or (label.isupper() and len(label) > 1)


def _is_titled(label: str) -> bool:
    words = [word.strip(".,").lower() for word in label.split()]
    if words[0] == "the" and len(words) > 1:  # "The Prime Minister", "The Minister for Ports"
        return words[1] in _TITLES or words[-1] in _TITLES
    return words[0] in _TITLES


def _datelines(
    doc: Doc, text: str, lines: Sequence[Span], labels: Mapping[int, Label]
) -> Iterator[int]:
    """Yield the lines whose labels are where a story is from, "KYIV: The army withdrew", no name.

    A place under which somebody asks, or says I or you, may be a person's name. Once one label is
    a dateline, others without a title under which nobody speaks are as well.
    """
    ends = dict(pairwise([*labels, len(lines)]))
    untitled = {n: one for n, one in labels.items() if not _is_titled(_cut(text, one.name))}
    spoken = {
        _cut(text, label.name)
        for number, label in untitled.items()
        if _is_addressed(text, Span(label.whole.start, lines[ends[number] - 1].end))
    }
    silent = {n: one for n, one in untitled.items() if _cut(text, one.name) not in spoken}
    places = {n for n, one in silent.items() if _is_place(doc, one.name)}
    yield from silent if places and not spoken else places


def _is_addressed(text: str, said: Span) -> bool:
    """Whether words ask, or speak of I, we or you, outside quotation marks."""
    return _ADDRESSES.search(_QUOTED.sub("", _cut(text, said))) is not None


def _is_place(doc: Doc, name: Span) -> bool:
    tokens = doc.char_span(name.start, name.end, alignment_mode="expand") or ()
    kinds = [token.ent_type_ for token in tokens if token.is_alpha and token.ent_type_]
    return bool(kinds) and all(kind in _PLACES for kind in kinds)


def _cut(text: str, span: Span) -> str:
    return text[span.start : span.end]
