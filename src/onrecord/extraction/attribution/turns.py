"""Transcripts: "MR. PESKOV: We will not leave." gives the words behind a name to their speaker."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TypeVar

from spacy.tokens import Doc

from onrecord.drafts import Attribution
from onrecord.extraction.attribution.trained import Proposal
from onrecord.language.syntax import head_in
from onrecord.records import Span, Spans

Read = TypeVar("Read", Attribution, Proposal)

_LINE = re.compile(r"[^\n]+")
_NAME = r"[^\W\d_][\w.’'\-]*"
_LABEL = re.compile(
    rf"[ \t]*(?P<name>{_NAME}(?:,? {_NAME}){{0,5}})"
    r"(?: ?\([^()\n]{1,40}\))?:[ \t]+(?=\S*\w)"  # "JANE DOE (CNN): "
)
_TITLES = frozenset(
    "mr mrs ms dr sir lord lady president chancellor secretary minister senator governor general "
    "ambassador chairman chairwoman speaker professor judge justice reporter moderator interviewer "
    "host presenter spokesman spokeswoman spokesperson q a question".split()
)
_SMALL = frozenset("of the for and de la von van der al bin".split())
_FURNITURE = frozenset(  # what stands before a colon on a page and is nobody
    "note notes photo photos photograph image images picture video watch listen audio graphic map "
    "caption credit source sources update updated correction corrections clarification related "
    "more read also see tags topics topic category categories contact contacts media email e-mail "
    "phone tel telephone fax mobile address website web date time place venue location when where "
    "what who why how from to cc re subject published posted by author editor editors copyright "
    "warning analysis opinion explainer live breaking exclusive summary background key highlights "
    "price result results score total embargo release headline subhead dateline ps nb fact claim "
    "verdict answer step part chapter section table figure box example share follow".split()
)
_LEAST_TURNS = 2  # lines that make a transcript, where no title or capitals tell one


@dataclass(frozen=True, slots=True)
class _Turn:
    """What one speaker says before the next one speaks."""

    name: Span
    label: Span  # the name and what follows it, the colon included
    content: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Turns:
    """The turns of a transcript: direct attributions without a cue, and where their labels are."""

    attributions: tuple[Attribution, ...]
    labels: Spans

    def without_labels(self, found: Iterable[Read]) -> list[Read]:
        """Return what was found but for what was read into a label."""
        return [one for one in found if not self._reads_label(one)]

    def _reads_label(self, one: Attribution | Proposal) -> bool:
        parts = (*one.cue, *one.content)
        return any(label.overlaps(part) for label in self.labels for part in parts)


def find_turns(doc: Doc, text: str) -> Turns:
    """Return the turns of a text; none for one that is no transcript."""
    turns = tuple(_turns(text))
    return Turns(
        tuple(_attribution(doc, text, turn) for turn in turns), tuple(t.label for t in turns)
    )


def _attribution(doc: Doc, text: str, turn: _Turn) -> Attribution:
    head = head_in(doc, turn.name)
    asks = text[: turn.content[-1].end].endswith("?")
    return Attribution(
        source=(turn.name,),
        cue=(),
        content=turn.content,
        kind="direct",
        act="ask" if asks else "assert",
        source_at=head.i if head is not None else None,
    )


def _turns(text: str) -> Iterator[_Turn]:
    """Yield the turns of a text; () for one that is no transcript."""
    lines = [Span(*match.span()) for match in _LINE.finditer(text) if match.group().strip()]
    found = ((number, _label(text, line)) for number, line in enumerate(lines))
    labels = {number: label for number, label in found if label is not None}
    names = Counter(text[name.start : name.end] for name, _ in labels.values())
    told = {n for n, (name, _) in labels.items() if _is_speaker(text[name.start : name.end])}
    if not told and not (len(labels) >= _LEAST_TURNS and max(names.values()) > 1):
        return
    starts = sorted(labels if len(labels) >= _LEAST_TURNS else told)
    ends = [*starts[1:], starts[-1] + 1]  # what follows the last turn may be the narrator's
    for at, following in zip(starts, ends, strict=True):
        name, label = labels[at]
        first = Span(label.end, lines[at].end)
        rest = [] if _is_heading(text, first) else lines[at + 1 : following]
        pieces = [piece for line in (first, *rest) if (piece := _spoken(text, line))]
        if pieces:
            yield _Turn(name, Span(label.start, label.end), tuple(pieces))


def _label(text: str, line: Span) -> tuple[Span, Span] | None:
    """Return the name a line begins with and its whole label, None where there is none."""
    match = _LABEL.match(text, line.start, line.end)
    if match is None or not _may_name(match["name"]):
        return None
    if match["name"].isupper() and text[match.end() : line.end].isupper():
        return None  # a headline in capitals
    return Span(*match.span("name")), Span(*match.span())


def _is_heading(text: str, line: Span) -> bool:
    """Whether a line ends in no mark: "Berg: the talks go on" above what tells more of it."""
    return text[line.start : line.end].rstrip()[-1:].isalnum()


def _may_name(label: str) -> bool:
    words = [word.strip(".,").lower() for word in label.split()]
    capitals = all(word[0].isupper() for word in label.split() if word.lower() not in _SMALL)
    return capitals and not any(word in _FURNITURE for word in words)


def _is_speaker(label: str) -> bool:
    """Whether a label alone tells that somebody speaks: by a title, or all in capitals."""
    first = label.split()[0].strip(".").lower()
    return first in _TITLES or (label.isupper() and len(label) > 1)


def _spoken(text: str, line: Span) -> Span | None:
    """Return a line's words without blanks; None for a stage direction: "(Applause.)"."""
    words = text[line.start : line.end]
    stripped = words.strip()
    if not stripped or (stripped[0] in "([" and stripped[-1] in ")]"):
        return None
    start = line.start + words.index(stripped)
    return Span(start, start + len(stripped))
