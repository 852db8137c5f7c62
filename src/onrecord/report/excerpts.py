"""The sentence that words stand in, to show them in."""

from __future__ import annotations

import re
from bisect import bisect_right

from onrecord.records import Span

LONGEST = 420  # code points of a sentence that is shown whole; of a longer one, the part around
MARGIN = 150  # code points shown on each side of words in a longer one

_ENDS = re.compile(r"\n+|[.!?…]{1,5}[”\"’'»)\]]{0,3}\s+(?=[“\"‘'«(\[]?[A-Z0-9])")
_SHORT = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|St|Gen|Col|Lt|Maj|Capt|Sgt|Sen|Rep|Gov|Prof|Rev|Hon|Jr|Sr|No|vs|Jan|Feb"
    r"|Mar|Apr|Aug|Sept|Sep|Oct|Nov|Dec)|\b[A-Z])\.\s+$"
)
_BLANK = re.compile(r"\s")


def sentence_of(text: str, span: Span) -> Span:
    """Return the sentence around some words, or the part of it near them where it is long.

    It holds the words whole, and begins and ends with no blank.
    """
    start, end = _line_of(text, span)
    for mark in _ENDS.finditer(text, start, end):
        if mark.end() <= span.start and not _SHORT.search(text, start, mark.end()):
            start = mark.end()
        elif mark.end() >= span.end and not _SHORT.search(text, start, mark.end()):
            end = mark.end()
            break
    if end - start > LONGEST:
        start, end = _near(text, span, (start, end))
    return _bare(text, span, (start, end))


def _line_of(text: str, span: Span) -> tuple[int, int]:
    start = text.rfind("\n", 0, span.start) + 1
    end = text.find("\n", span.end)
    return start, len(text) if end < 0 else end


def _near(text: str, span: Span, within: tuple[int, int]) -> tuple[int, int]:
    """Return a part around words that begins and ends between words."""
    start, end = within
    blanks = [at.start() for at in _BLANK.finditer(text, start, end)]
    if span.start - MARGIN > start:
        at = bisect_right(blanks, span.start - MARGIN)
        start = min(blanks[at] + 1 if at < len(blanks) else span.start, span.start)
    if span.end + MARGIN < end:
        at = bisect_right(blanks, span.end + MARGIN) - 1
        end = max(blanks[at] if at >= 0 else span.end, span.end)
    return start, end


def _bare(text: str, span: Span, within: tuple[int, int]) -> Span:
    start, end = within
    while start < span.start and text[start].isspace():
        start += 1
    while end > span.end and text[end - 1].isspace():
        end -= 1
    return Span(start, end)
