"""Days listed under one month: "May 3, 4 and 5", "on 3 and 6 May 2021"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from onrecord.records import Span
from onrecord.resolve.dates.forms import Words
from onrecord.resolve.dates.vocabulary import AT_END, MONTH, YEAR

_DAY = r"(?:[0-2]?\d|3[01])(?:st|nd|rd|th)?(?!\d)"
_FURTHER = rf"(?:,\s+{_DAY})*,?\s+(?P<link>and|or|&)\s+(?:the\s+)?{_DAY}"
_MONTH_FIRST = re.compile(rf"(?P<days>\b{MONTH}\s+{_DAY}{_FURTHER})(?:,?\s+{YEAR}\b|{AT_END})")
_DAY_FIRST = re.compile(
    rf"(?<![\d.,:/$£€-])\b(?P<days>{_DAY}{_FURTHER})\s+(?:of\s+)?{MONTH}(?:,?\s+{YEAR}\b)?(?![’'\w])"
)
_NUMBER = re.compile(r"\d+(?:st|nd|rd|th)?")
_BETWEEN = re.compile(r"\b[Bb]etween\s+(?:the\s+)?$")
_FEW = 2


def listed_days(text: str) -> Iterator[tuple[Span, Words]]:
    """Yield each day of the lists of a text with its `month`, `day` and, if told, `year`.

    The month's name belongs to the day beside it. "Between 7 and 9 March" is a range; so are two
    days that follow one another, "7 and 8 March".
    """
    for pattern in (_MONTH_FIRST, _DAY_FIRST):
        for match in pattern.finditer(text):
            yield from _days(text, match)


def _days(text: str, match: re.Match[str]) -> Iterator[tuple[Span, Words]]:
    found = list(_NUMBER.finditer(text, *match.span("days")))
    numbers = [int(re.sub(r"\D", "", one.group())) for one in found]
    if len(found) == _FEW and (_follow(numbers) or _BETWEEN.search(text, 0, match.start())):
        return
    for one, number in zip(found, numbers, strict=True):
        start = match.start() if one is found[0] else one.start()
        end = match.end() if one is found[-1] else one.end()
        words = {"month": match["month"], "day": str(number), "year": match["year"]}
        yield Span(start, end), words


def _follow(numbers: list[int]) -> bool:
    first, last = numbers
    return last - first == 1
