"""Transcripts: "MR. PESKOV: We will not leave." gives the words behind a name to their speaker."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from spacy.tokens import Doc

from onrecord.drafts import Attribution
from onrecord.extraction.attribution.labels import Label, labels_of
from onrecord.extraction.attribution.trained import Proposal
from onrecord.language.syntax import head_in
from onrecord.records import Span, Spans

Read = TypeVar("Read", Attribution, Proposal)

_LINE = re.compile(r"[^\n]+")
_DIRECTION = re.compile(r"\s*[(\[][^()\[\]\n]*[)\]]\s*(?=\S)")  # "(Laughing.)" before the words


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
    datelines: Spans = ()  # they look like labels, and nobody speaks

    def without_labels(self, found: Iterable[Read]) -> list[Read]:
        """Return what was found but for what was read into a label."""
        return [one for one in found if not self._reads_label(one)]

    def _reads_label(self, one: Attribution | Proposal) -> bool:
        parts = (*one.cue, *one.content)
        return any(label.overlaps(part) for label in self.labels for part in parts) or any(
            dateline.overlaps(part) for dateline in self.datelines for part in one.cue
        )


def find_turns(doc: Doc, text: str) -> Turns:
    """Return the turns of a text; none for one that is no transcript."""
    lines = [Span(*match.span()) for match in _LINE.finditer(text) if match.group().strip()]
    labels, datelines = labels_of(doc, text, lines)
    turns = tuple(_turns(text, lines, labels))
    return Turns(
        tuple(_attribution(doc, text, turn) for turn in turns),
        tuple(turn.label for turn in turns),
        datelines,
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


def _turns(text: str, lines: Sequence[Span], labels: Mapping[int, Label]) -> Iterator[_Turn]:
    """Yield what stands under each label, given by the numbers of their lines."""
    starts = sorted(labels)
    ends = [*starts[1:], *(last + 1 for last in starts[-1:])]  # the narrator may follow the last
    for at, following in zip(starts, ends, strict=True):
        label = labels[at]
        first = Span(label.whole.end, lines[at].end) if label.whole.end < lines[at].end else None
        if first is None:  # the words stand below the name
            said = lines[at + 1 : max(following, at + 2)]
        else:
            said = [first, *([] if _is_heading(text, first) else lines[at + 1 : following])]
        pieces = [piece for line in said if (piece := _spoken(text, line))]
        if pieces:
            yield _Turn(label.name, label.whole, tuple(pieces))


def _is_heading(text: str, line: Span) -> bool:
    """Whether a line ends in no mark: "Berg: the talks go on" above what tells more of it."""
    return text[line.start : line.end].rstrip()[-1:].isalnum()


def _spoken(text: str, line: Span) -> Span | None:
    """Return a line's words without blanks; None for a stage direction: "(Applause.)"."""
    words = text[line.start : line.end]
    stripped = words.strip()
    if not stripped or (stripped[0] in "([" and stripped[-1] in ")]"):
        return None
    start = line.start + words.index(stripped)
    direction = _DIRECTION.match(text, start, line.end)
    return Span(direction.end() if direction else start, start + len(stripped))
