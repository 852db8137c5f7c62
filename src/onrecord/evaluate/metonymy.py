"""Score place names against ReLocaR: does a name locate something, or act?

References:
    Gritta et al. (2017), "Vancouver Welcomes You! Minimalist Location Metonymy Resolution":
    https://aclanthology.org/P17-1115/
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from html import unescape
from pathlib import Path
from typing import Literal

from onrecord.errors import GoldError
from onrecord.evaluate.tally import Tally, add_tallies
from onrecord.records import Record, Span

Sense = Literal["literal", "metonymic"]

_SAMPLE = re.compile(r"<sample\b[^>]*>(.*?)</sample>", re.DOTALL)
_NAME = re.compile(r'<loc\b[^>]*?reading="(\w+)"[^>]*>(.*?)</loc>', re.DOTALL)
_LITERAL = frozenset({"lit", "literal"})
_PARTIES = frozenset({"state", "bloc", "government"})  # kinds of actor that a place name stands for
_AROUND = 60  # characters shown on either side of a name


@dataclass(frozen=True, slots=True)
class MarkedName:
    """A sentence with one place name marked."""

    text: str
    span: Span
    sense: Sense


@dataclass(frozen=True, slots=True)
class NameScore:
    """How one marked name was read; None: it has no row of either kind."""

    marked: MarkedName
    read_as: Sense | None

    @property
    def is_right(self) -> bool:
        """Whether it was read as it is marked."""
        return self.read_as == self.marked.sense


def read_relocar(path: Path) -> Iterator[MarkedName]:
    """Yield the sentences of a file in ReLocaR's form; names marked as mixed are metonymic.

    Raises:
        GoldError: The file cannot be read, or has no sentence with a marked name.
    """
    try:
        samples = _SAMPLE.findall(path.read_text("utf8"))
    except (OSError, UnicodeDecodeError) as error:
        raise GoldError(f"{path} cannot be read: {error}") from error
    marked = [(sample, found) for sample in samples if (found := _NAME.search(sample))]
    if not marked:
        raise GoldError(
            f'{path} has no <sample> with a <loc reading="...">: not in ReLocaR\'s form'
        )
    for sample, found in marked:
        before = unescape(sample[: found.start()]).lstrip()
        name, after = unescape(found[2]), unescape(sample[found.end() :]).rstrip()
        span = Span(len(before), len(before) + len(name))
        sense: Sense = "literal" if found[1] in _LITERAL else "metonymic"
        yield MarkedName(before + name + after, span, sense)


def sense_at(record: Record, span: Span) -> Sense | None:
    """Return how a record reads the name at an input span, None when no row has it.

    A mention of form metonym makes it metonymic, a place literal; failing both, a mention of a
    state by name is metonymic. A row has a name when it shares at least half its characters.
    """

    def has(row: Span) -> bool:
        own = record.article.input_span(row)
        return 2 * (min(own.end, span.end) - max(own.start, span.start)) >= len(span)

    mentions = [mention for mention in record.mentions if has(mention.span)]
    if any(mention.form == "metonym" for mention in mentions):
        return "metonymic"
    if any(has(place.span) for place in record.places):
        return "literal"
    parties = {actor.actor_id for actor in record.actors if actor.kind in _PARTIES}
    named = (mention for mention in mentions if mention.form == "name")
    return "metonymic" if any(mention.actor_id in parties for mention in named) else None


def score_name(marked: MarkedName, record: Record) -> NameScore:
    """Return how a record of a marked sentence reads its name."""
    return NameScore(marked, sense_at(record, marked.span))


def sense_tallies(scores: Iterable[NameScore]) -> tuple[Tally, ...]:
    """Return the tallies of all names and of those of each sense."""
    return add_tallies(_tallies(score) for score in scores)


def _tallies(score: NameScore) -> Iterator[Tally]:
    wanted, found = score.marked.sense, score.read_as
    yield Tally("names", score.is_right, found is not None, 1)
    for sense in ("literal", "metonymic"):
        yield Tally(sense, score.is_right and wanted == sense, found == sense, wanted == sense)


def sense_lines(scores: Sequence[NameScore], *, detail: bool) -> list[str]:
    """Return accuracy and coverage as lines; with `detail`, each wrong or unread name too."""
    count = max(1, len(scores))
    right = sum(score.is_right for score in scores)
    rows = sum(score.read_as is not None for score in scores)
    lines = [
        f"accuracy {100 * right / count:.2f} (of all {len(scores)} names), "
        f"coverage {100 * rows / count:.2f}"
    ]
    wrong = [score for score in scores if not score.is_right] if detail else []
    return lines + [_line(score) for score in wrong]


def _line(score: NameScore) -> str:
    text, span = score.marked.text, score.marked.span
    before, after = text[max(0, span.start - _AROUND) : span.start], text[span.end :][:_AROUND]
    name = text[span.start : span.end]
    return f"{score.marked.sense}, read as {score.read_as or 'neither'}: {before}[{name}]{after}"
