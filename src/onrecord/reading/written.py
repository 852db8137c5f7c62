"""Dates as people and programs write them beside a text: in a field, in metadata, in a file name.

What could be two dates is none: 03/04/2022 is one day in London and another in New York, and only
a format that the user gives decides.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from onrecord.errors import ReadError
from onrecord.language.calendar import moment
from onrecord.reading.dates import iso_date, stated_date

NUMBER = re.compile(r"-?\d+(?:\.\d+)?", re.ASCII)
COMPACT = re.compile(r"(\d{4})(\d\d)(\d\d)(?:T?\d{4}(?:\d\d)?(?:\.\d+)?Z?)?", re.ASCII)
SECONDS_LENGTH, THOUSANDTHS_LENGTH = range(9, 11), range(12, 14)  # digits: 1973 to 2286
YEARS = frozenset(map(str, range(1800, 2101)))
YEAR_FIRST = re.compile(r"(\d{4})[/.](\d\d?)[/.](\d\d?)(?:[T ].*)?", re.ASCII)
DOTTED = re.compile(r"(\d\d?)\.(\d\d?)\.(\d{4})(?:,? .*)?", re.ASCII)  # always the day first
SLASHED = re.compile(r"(\d\d?)[/-](\d\d?)[/-](\d{4})(?:,? .*)?", re.ASCII)
NAMED_MONTH = re.compile(r"(\d\d?)[- ]([A-Za-z]{3,9})[- ](\d{4})(?:,? .*)?", re.ASCII)
MAILED = re.compile(r"(?:[A-Z][a-z]{2,8},? )?\d\d? [A-Z][a-z]{2} (?:\d\d){1,2} \d\d?:\d\d")
TWITTER = re.compile(r"[A-Z][a-z]{2} ([A-Z][a-z]{2} \d\d?) [\d:]{8} (?:[+-]\d{4} )?(\d{4})")
MONTHS_IN_YEAR = 12

# What each code of strptime looks like in a file name.
CODES = {
    "%Y": r"\d{4}",
    "%y": r"\d\d",
    "%m": r"\d\d?",
    "%d": r"\d\d?",
    "%H": r"\d\d",
    "%M": r"\d\d",
    "%S": r"\d\d",
    "%j": r"\d{3}",
    "%b": r"[A-Za-z]{3}",
    "%B": r"[A-Za-z]{3,9}",
    "%%": "%",
}
CODE = re.compile(r"%.|[^%]+|%$")


def written_date(value: object) -> str | None:
    """Return the ISO date that a value states, None where it states none or could be two.

    It may be ISO 8601, RFC 822 ("Tue, 10 May 2022 10:00 GMT"), written out ("May 10, 2022"),
    digits in a row (20220510) or seconds or milliseconds since 1970.
    """
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return None
    text = str(value).strip()
    return (
        _compact(text)
        or iso_date(text)
        or _counted(text)
        or stated_date(" ".join(text.split()))
        or _ordered(text)
        or _mailed(text)
    )


def date_in_format(value: object, form: str) -> str | None:
    """Return the ISO date that a value states in a strptime format, None where it does not fit."""
    try:
        return datetime.strptime(str(value).strip(), form).date().isoformat()
    except ValueError:
        return None


def require_format(form: str) -> str:
    """Return a strptime format that holds a year, a month and a day.

    Raises:
        ReadError: It does not, or has a code that no date has.
    """
    codes = {part for part in CODE.findall(form) if part.startswith("%")}
    day = "%j" in codes or ({"%d"} <= codes and not codes.isdisjoint({"%m", "%b", "%B"}))
    if not codes <= CODES.keys() or not day or codes.isdisjoint({"%Y", "%y"}):
        raise ReadError(
            f"{form!r} is not a format of dates: write it with %Y, %m and %d, as in '%d/%m/%Y'."
        )
    return form


def date_in_name(name: str, form: str) -> str | None:
    """Return the first date that stands in a file's name in a strptime format."""
    pattern = "".join(CODES.get(part, re.escape(part)) for part in CODE.findall(form))
    for match in re.finditer(rf"(?<!\d)(?={pattern}(?!\d))({pattern})", name):
        if found := date_in_format(match[1], form):
            return found
    return None


def _compact(text: str) -> str | None:
    match = COMPACT.fullmatch(text)
    return _day(*match.groups()) if match and match[1] in YEARS else None


def _counted(text: str) -> str | None:
    """Return the day of a number of seconds or milliseconds, in UTC."""
    if not NUMBER.fullmatch(text):
        return None
    seconds = float(text)
    digits = len(str(int(abs(seconds))))
    if digits in THOUSANDTHS_LENGTH:
        seconds /= 1000
    elif digits not in SECONDS_LENGTH:
        return None
    return datetime.fromtimestamp(seconds, UTC).date().isoformat()


def _ordered(text: str) -> str | None:
    """Return the day of numbers whose order is known."""
    if match := YEAR_FIRST.fullmatch(text):
        return _day(*match.groups())
    if match := DOTTED.fullmatch(text):
        return _day(*reversed(match.groups()))
    if match := SLASHED.fullmatch(text):
        first, second = int(match[1]), int(match[2])
        if first == second or second > MONTHS_IN_YEAR:
            return _day(match[3], match[1], match[2])
        return _day(match[3], match[2], match[1]) if first > MONTHS_IN_YEAR else None
    if match := NAMED_MONTH.fullmatch(text):
        return stated_date(" ".join(match.groups()))
    if match := TWITTER.fullmatch(text):
        return stated_date(", ".join(match.groups()))
    return None


def _mailed(text: str) -> str | None:
    if not MAILED.match(text):
        return None
    try:
        return parsedate_to_datetime(text).date().isoformat()
    except (ValueError, IndexError, TypeError, OverflowError):
        return None


def _day(year: str, month: str, day: str) -> str | None:
    found = moment(int(year), int(month), int(day))
    return found.iso if found else None
