"""Datelines: the place, agency and date before a story's first sentence, and dates written out."""

from __future__ import annotations

import re

from onrecord.language.calendar import month_words

_MONTH = month_words(ignore_case=True)
_WEEKDAY = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\.?,? )?"
WRITTEN = (
    rf"{_WEEKDAY}(?:(?P<day>\d{{1,2}})(?:st|nd|rd|th)? (?P<month>{_MONTH}),? (?P<year>\d{{4}})"
    rf"|(?P<us_month>{_MONTH}) (?P<us_day>\d{{1,2}})(?:st|nd|rd|th)?,? (?P<us_year>\d{{4}})"
    r"|(?P<iso>\d{4}-\d\d-\d\d))"
)
"""A day with its year, in any case."""

DATED = re.compile(
    r"[A-Z][\w.'’/-]+(?: [A-Z][\w.'’/-]+)?(?:, [A-Z][\w.]+(?: [A-Z][\w.]+)?)?, (?i:"
    + WRITTEN
    + r")(?:,? ?(?:\([^)]{2,40}\) ?)?[-–—]+|:) "
)
"""A dateline with a date: "Kyiv, March 11, 2022 (Agency) - "."""

_CAPITALS = re.compile(
    r"[A-Z][A-Z'’.-]{2,}(?:\s[A-Z][A-Z'’.-]+)*(?:,\s[^\n—–]{1,40}?)?(?:\s\([^)\n]{1,30}\))?"
    r"\s(?:—|–|--|-)\s+(?=[A-Z“\"])"
)


def dateline_end(text: str, start: int, end: int) -> int | None:
    """Return where the dateline that a paragraph begins with ends, None without one.

    It has its place in capitals ("ISTANBUL, July 22 — "), or a date with its year.
    """
    found = _CAPITALS.match(text, start, end) or DATED.match(text, start, end)
    return found.end() if found and found.end() < end else None
