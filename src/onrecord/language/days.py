"""What a date of any precision comes to in days."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date

_DATE = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d)(?:[T ].*)?)?)?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Days:
    """The first and the last day of a date or an interval, as ISO 8601 dates."""

    first: str
    last: str


def days_of(value: str | None) -> Days | None:
    """Return the days that an ISO 8601 year, month, day or interval covers.

    A time of day is left out of account. None when the value is unknown or is none of these.
    """
    start, slash, end = (value or "").partition("/")
    first = _one_date(start)
    last = _one_date(end) if slash else first
    if first is None or last is None or first.first > last.last:
        return None
    return Days(first.first, last.last)


def days_between(first: str | None, last: str | None) -> Days | None:
    """Return the days between two that are ISO 8601 dates, None where one is unknown."""
    return None if first is None or last is None else Days(first, last)


def _one_date(value: str) -> Days | None:
    match = _DATE.fullmatch(value.strip())
    if match is None:
        return None
    year, month, day = match.groups()
    try:
        first = date(int(year), int(month or "1"), int(day or "1"))
    except ValueError:  # there is no such day
        return None
    if day:
        last = first
    elif month:
        last = first.replace(day=monthrange(first.year, first.month)[1])
    else:
        last = first.replace(month=12, day=31)
    return Days(first.isoformat(), last.isoformat())
