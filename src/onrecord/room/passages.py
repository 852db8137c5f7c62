"""The lines of an article with where each begins, so that words can be marked in them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from onrecord.records import Span, hull

AROUND = 1  # lines before and behind what is shown


@dataclass(frozen=True, slots=True)
class TextLine:
    """A line of an article's text."""

    start: int  # of its first character in the text, in code points
    text: str


def text_lines(text: str) -> list[TextLine]:
    """Return the lines of a text that are not blank."""
    return list(_lines(text))


def passage_around(text: str, spans: Sequence[Span]) -> list[TextLine]:
    """Return the lines that spans reach into and those next to them; without spans, all."""
    lines = text_lines(text)
    if not spans:
        return lines
    whole = hull(spans)
    inside = [
        at
        for at, line in enumerate(lines)
        if line.start < whole.end and whole.start < line.start + len(line.text)
    ]
    return lines[max(0, min(inside, default=0) - AROUND) : max(inside, default=0) + AROUND + 1]


def _lines(text: str) -> Iterator[TextLine]:
    start = 0
    for line in text.split("\n"):
        if line.strip():
            yield TextLine(start, line)
        start += len(line) + 1
