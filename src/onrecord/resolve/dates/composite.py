"""Dates made of others: "the end of March", "two days after 24 February", "from May to July"."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from onrecord.language.calendar import (
    Moment,
    Period,
    days,
    of_day,
    period,
    shift_days,
    shift_months,
    week,
)
from onrecord.resolve.dates.deictic import shift, weekend
from onrecord.resolve.dates.forms import Words
from onrecord.resolve.dates.vocabulary import COUNT, ORDINALS, PARTS_OF_DAY, UNIT, after, number_of

_MONTHS_IN = {"half": 6, "quarter": 3, "month": 1}
_PARTS_OF_YEAR = {"half": 2, "quarter": 4, "month": 12}


@dataclass(frozen=True, slots=True)
class Prefix:
    """Words that make another date of the one that follows them."""

    pattern: re.Pattern[str]
    read: Callable[[Words, Period], Period | None]
    is_offset: bool = False  # the date that follows stays a date of its own, and is the anchor


def _one(found: Moment | None) -> Period | None:
    return Period(found, found) if found else None


def _as_it_is(words: Words, inner: Period) -> Period | None:
    return inner


def _last_day(words: Words, inner: Period) -> Period | None:
    return _one(of_day(inner.end.last_day))


def _part(words: Words, inner: Period) -> Period | None:
    """Read "the first half of 2014", "the last week of March"."""
    unit, place = words["unit"] or "", ORDINALS[(words["place"] or "").lower()]
    whole = inner.single
    if whole is None or whole.day or (unit not in {"week", "day"} and whole.month):
        return None
    if unit in _MONTHS_IN:
        number = place if place > 0 else _PARTS_OF_YEAR[unit]
        if number > _PARTS_OF_YEAR[unit]:
            return None
        first = shift_months(Moment(whole.year, 1), _MONTHS_IN[unit] * (number - 1))
        return period(first, shift_months(first, _MONTHS_IN[unit] - 1))
    length = 7 if unit == "week" else 1
    if place < 0:
        return days(shift_days(whole.last_day, 1 - length), whole.last_day)
    start = shift_days(whole.as_date, length * (place - 1))
    return days(start, shift_days(start, length - 1))


def _units_at_edge(words: Words, inner: Period) -> Period | None:
    """Read "the first four months of 2018", "the last ten days of March"."""
    unit, count = words["unit"] or "", number_of(words["count"])
    whole = inner.single
    if whole is None or whole.day or (unit == "month" and whole.month):
        return None
    is_first = ORDINALS[(words["edge"] or "").lower()] > 0
    if unit == "month":
        start = Moment(whole.year, 1 if is_first else _PARTS_OF_YEAR["month"] - count + 1)
        return period(start, shift_months(start, count - 1))
    length = count * (7 if unit == "week" else 1)
    if is_first:
        return days(whole.as_date, shift_days(whole.as_date, length - 1))
    return days(shift_days(whole.last_day, 1 - length), whole.last_day)


def _week_of(words: Words, inner: Period) -> Period | None:
    return week(inner.start.as_date) if inner.start.day else None


def _offset(words: Words, inner: Period) -> Period | None:
    """Read "two days after", "the week before", "the eve of" a date."""
    unit = (words.get("unit") or "day").lower()
    count = number_of(words.get("count") or "one")
    if (words.get("direction") or "before").lower() == "before":
        return _shifted(inner.start, -count, unit)
    return _shifted(inner.end, count, unit)


def _shifted(start: Moment, count: int, unit: str) -> Period | None:
    if unit == "weekend":
        return weekend(start.as_date, count) if start.day else None
    if unit in {"evening", "morning"}:
        unit = "day"
    return _one(shift(start, count, "century" if unit == "centurie" else unit))


def _prefix(
    pattern: str, read: Callable[[Words, Period], Period | None], *, is_offset: bool = False
) -> Prefix:
    return Prefix(re.compile(pattern), read, is_offset)


PREFIXES = (
    _prefix(rf"{after('by')}(?:[Tt]he\s+)?(?:end|close)\s+of\s+", _last_day),
    _prefix(r"\b(?:[Tt]he\s+)?(?:[Ee]nd|[Ss]tart|[Bb]eginning|[Cc]lose)\s+of\s+", _as_it_is),
    _prefix(
        rf"\b(?:[Tt]he\s+)?(?P<place>(?i:{'|'.join(ORDINALS)}))\s+"
        r"(?P<unit>half|quarter|week|month|day)\s+of\s+",
        _part,
    ),
    _prefix(
        rf"\b(?:[Tt]he\s+)?(?P<edge>[Ff]irst|[Ll]ast|[Ff]inal)\s+{COUNT}\s+(?P<unit>month|week|day)s\s+of\s+",
        _units_at_edge,
    ),
    _prefix(r"\b(?:[Tt]he\s+)?week\s+of\s+", _week_of),
    _prefix(
        rf"\b(?:[Tt]he\s+)?(?:early\s+hours|{PARTS_OF_DAY})\s+of\s+"
        r"|\b(?:[Tt]he\s+)?middle\s+of\s+|\b(?:[Ee]arly|[Mm]id|[Ll]ate)[\s-](?:on\s+|in\s+)?(?:the\s+)?",
        _as_it_is,
    ),
    _prefix(r"\b[Tt]he\s+eve\s+of\s+(?:the\s+)?", _offset, is_offset=True),
    _prefix(
        r"\b[Tt]he\s+(?P<unit>day|night|evening|week|weekend|month|year)\s+"
        r"(?P<direction>before|after)\s+(?:the\s+)?",
        _offset,
        is_offset=True,
    ),
    _prefix(
        rf"\b{COUNT}\s+{UNIT}s?\s+(?P<direction>before|after|from|on\s+from)\s+(?:the\s+)?",
        _offset,
        is_offset=True,
    ),
)

_TO = re.compile(r"\s*[–—-]\s*|\s+(?:to|through|until|till)\s+(?:the\s+)?")
_AND = re.compile(r"\s+and\s+(?:the\s+)?")
_BETWEEN = re.compile(r"\b[Bb]etween\s+(?:the\s+)?$")
_MOVED = re.compile(
    r"\b(?:mov|postpon|delay|push|bring|brought|shift|reschedul|chang|defer|switch|put)\w*\b[^.]*$"
)


def joins(before: str, between: str) -> bool:
    """Whether two dates are the ends of a range, by the words before and between them.

    "Moved from March to May" names two dates, not a range.
    """
    if _AND.fullmatch(between):
        return bool(_BETWEEN.search(before))
    return bool(_TO.fullmatch(between)) and not _MOVED.search(before)


def range_of(first: Period, last: Period) -> Period | None:
    """Return the range from one date to another, None where there is none."""
    start, end = first.single, last.single
    if start is None or end is None or start.as_date >= end.as_date:
        return None
    return period(start, end)
