"""Lines cut to a width, as wires, e-mail and archives have them: which breaks end no paragraph.

A break is a wrapped line's where the next line's first word would not have fitted, in a stretch of
lines where a sentence runs on over a break; or where the line itself cannot be an end.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from onrecord.reading.edits import Edit

WIDEST = 100  # characters; a longer line was not cut to a width
# Words that nothing ends with.
RUNS_ON = re.compile(
    r"(?:,|\b(?:a|an|and|are|as|at|be|but|by|for|from|had|has|have|his|her|in|into|is|its|of|on|or"
    r"|over|said|that|the|their|this|to|was|were|when|which|who|will|with|would))$"
)
ITEM = re.compile(r"\s*(?:[-–—*•·‣>|]|\(?\w{1,2}[.)]\s)")
ENDS = re.compile(r"[.!?…:][”\"’')\]]*$")
HYPHENATED = re.compile(r"[a-z]-$")


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of a stretch and where it ends in the text."""

    text: str
    end: int

    @property
    def indent(self) -> int:
        """The blanks before its first word."""
        return len(self.text) - len(self.text.lstrip())


def wrapped_lines(text: str) -> Iterator[Edit]:
    """Yield a space, or nothing after a hyphen, for each break that a width made."""
    stretch: list[_Line] = []
    at = 0
    for one in text.split("\n"):
        at += len(one)
        if one.strip():
            stretch.append(_Line(one, at))
        else:
            yield from _joins(stretch)
            stretch = []
        at += 1
    yield from _joins(stretch)


def _joins(lines: list[_Line]) -> Iterator[Edit]:
    width = max((len(line.text.rstrip()) for line in lines), default=0)
    pairs = list(pairwise(lines))
    if width <= WIDEST and any(_runs_on(one.text, other.text) for one, other in pairs):
        # The indent of the first line may be gone, with the blanks that a text begins with.
        margin = min(line.indent for line in lines[1:])
        joined = [(one, other) for one, other in pairs if other.indent == margin]
        joined = [pair for pair in joined if _is_cut(*pair, width)]
    else:
        joined = []
    for one, other in joined:
        tight = one.text.endswith((" ", "\t")) or (
            HYPHENATED.search(one.text) is not None and other.text[:1].islower()
        )
        # Blanks before the next line's first word go with the break.
        yield Edit(one.end, one.end + 1 + other.indent, "" if tight else " ")


def _is_cut(one: _Line, other: _Line, width: int) -> bool:
    """Whether a width made the break between two lines."""
    if ITEM.match(other.text):
        return False
    if _runs_on(one.text, other.text):
        return True
    first = other.text.split(None, 1)[0]
    return len(one.text.rstrip()) + 1 + len(first) > width


def _runs_on(line: str, following: str) -> bool:
    """Whether a sentence goes on from one line to the next."""
    line, following = line.rstrip(), following.lstrip()
    if ENDS.search(line) or ITEM.match(following):
        return False
    return following[:1].islower() or RUNS_ON.search(line) is not None
