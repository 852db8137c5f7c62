"""Calendar words and arithmetic: dates known to a day, a month or a year, and periods."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal, TypeAlias

from onrecord.language import lexicon

Precision: TypeAlias = Literal["year", "month", "day"]

MONTHS = lexicon.series("calendar.months")
WEEKDAYS = lexicon.series("calendar.weekdays")
SHORTEST = 3  # letters of a month's shortest abbreviation
_PRECISIONS: tuple[Precision, ...] = ("year", "month", "day")


@dataclass(frozen=True, slots=True)
class Moment:
    """A date as precisely as it is known."""

    year: int
    month: int | None = None
    day: int | None = None

    @property
    def iso(self) -> str:
        """The ISO 8601 form: 2022, 2022-03 or 2022-03-10."""
        text = f"{self.year:04d}"
        if self.month is not None:
            text += f"-{self.month:02d}"
        if self.day is not None:
            text += f"-{self.day:02d}"
        return text

    @property
    def precision(self) -> Precision:
        """The smallest unit that is known."""
        return "day" if self.day else "month" if self.month else "year"

    @property
    def as_date(self) -> date:
        """The first day it may mean."""
        return date(self.year, self.month or 1, self.day or 1)

    @property
    def last_day(self) -> date:
        """The last day it may mean."""
        month = self.month or 12
        return date(self.year, month, self.day or calendar.monthrange(self.year, month)[1])

    def cut(self, precision: Precision) -> Moment | None:
        """Return the moment known to a precision only, None when it is known less well."""
        if not self.reaches(precision):
            return None
        if precision == "day":
            return self
        return Moment(self.year, self.month if precision == "month" else None)

    def reaches(self, precision: Precision) -> bool:
        """Whether it is known at least that precisely."""
        return _PRECISIONS.index(self.precision) >= _PRECISIONS.index(precision)


@dataclass(frozen=True, slots=True)
class Period:
    """A stretch of time from the start of one moment to the end of another, or one moment."""

    start: Moment
    end: Moment

    def __post_init__(self) -> None:
        if self.start.as_date > self.end.last_day:
            raise ValueError(f"{self.start.iso} is after {self.end.iso}")

    @property
    def iso(self) -> str:
        """The ISO 8601 form: a date, or an interval such as 2022-03-07/2022-03-13."""
        return self.start.iso if self.start == self.end else f"{self.start.iso}/{self.end.iso}"

    @property
    def single(self) -> Moment | None:
        """The moment it is, None for a stretch from one to another."""
        return self.start if self.start == self.end else None


def from_iso(text: str) -> Moment | None:
    """Return the moment an ISO date (its first ten characters) names, None when it names none."""
    parts = text[:10].split("-")
    if not all(part.isdecimal() and part.isascii() for part in parts) or len(parts[0]) != 4:
        return None
    return moment(*(int(part) for part in parts)) if len(parts) <= len(_PRECISIONS) else None


def period_from_iso(text: str) -> Period | None:
    """Return the period that an ISO date or interval names, None when it names none."""
    first, _, last = text.partition("/")
    start, end = from_iso(first), from_iso(last or first)
    return period(start, end) if start and end else None


def moment(year: int, month: int | None = None, day: int | None = None) -> Moment | None:
    """Return a moment, None when there is no such date."""
    try:
        date(year, month or 1, day or 1)
    except ValueError:
        return None
    if month == 0 or day == 0:
        return None
    return Moment(year, month, day)


def period(start: Moment, end: Moment) -> Period | None:
    """Return the period between two moments, None when the first lies after the other."""
    return Period(start, end) if start.as_date <= end.last_day else None


def days(start: date, end: date) -> Period:
    """Return the period from a day to a day."""
    return Period(of_day(start), of_day(end))


def of_day(day: date) -> Moment:
    """Return a date as a moment known to the day."""
    return Moment(day.year, day.month, day.day)


def month_number(name: str) -> int:
    """Return the number of a month by its name or an abbreviation of three or more letters.

    Raises:
        ValueError: No month goes by that name.
    """
    short = name.lower().rstrip(".")[:SHORTEST]
    return [month[:SHORTEST] for month in MONTHS].index(short) + 1


def month_words(*, ignore_case: bool) -> str:
    """Return a pattern of the months' names and of their usual abbreviations, without groups.

    Where case tells, the names are capitalised, so that "may" and "march" are verbs.
    """
    full = [name if ignore_case else name.capitalize() for name in MONTHS]
    short = ["Sept", *(name[:SHORTEST].capitalize() for name in MONTHS if name != "may")]
    if ignore_case:
        short = [name.lower() for name in short]
    return "(?:" + "|".join([*full, *(rf"{name}\b\.?" for name in short)]) + r")(?!\w)"


_WORD = re.compile(r"[a-z]+")


def weekday_number(name: str) -> int:
    """Return the number of a weekday, 0 for Monday.

    Raises:
        ValueError: No weekday goes by that name.
    """
    found = _WORD.match(name.lower())
    return WEEKDAYS.index(found.group() if found else "")


def weekday(anchor: date, number: int, *, ahead: bool) -> date:
    """Return the nearest day of that number: the anchor or before it, or the anchor or ahead."""
    if ahead:
        return shift_days(anchor, (number - anchor.weekday()) % 7)
    return shift_days(anchor, -((anchor.weekday() - number) % 7))


def week(anchor: date, shift: int = 0) -> Period:
    """Return the week of the anchor, shifted, from Monday to Sunday."""
    monday = shift_days(anchor, 7 * shift - anchor.weekday())
    return days(monday, shift_days(monday, 6))


def shift_days(day: date, count: int) -> date:
    """Return the day some days away.

    Raises:
        OverflowError: The day lies outside the years 1 to 9999.
    """
    return day + timedelta(days=count)


def shift_months(anchor: Moment, months: int) -> Moment:
    """Return the month that lies some months from the anchor's.

    Raises:
        OverflowError: The month lies outside the years 1 to 9999.
    """
    count = anchor.year * 12 + (anchor.month or 1) - 1 + months
    return Moment(_year(count // 12), count % 12 + 1)


def shift_years(anchor: Moment, years: int) -> Moment:
    """Return the year that lies some years from the anchor's.

    Raises:
        OverflowError: The year lies outside the years 1 to 9999.
    """
    return Moment(_year(anchor.year + years))


def _year(number: int) -> int:
    if not date.min.year <= number <= date.max.year:
        raise OverflowError(f"no year {number}")
    return number


def nearest_month(anchor: Moment, number: int, *, ahead: bool) -> Moment:
    """Return the month of that number: the anchor's or before it, or the anchor's or ahead."""
    here = anchor.month or 12
    if ahead:
        return Moment(anchor.year + (number < here), number)
    return Moment(anchor.year - (number > here), number)


def nearest_day(anchor: date, month: int, day: int, *, ahead: bool) -> Moment | None:
    """Return the day of that month: the anchor or before it, or the anchor or ahead.

    None when the year it falls in has no such day.
    """
    number = (month, day)
    here = (anchor.month, anchor.day)
    if ahead:
        return moment(anchor.year + (number < here), month, day)
    return moment(anchor.year - (number > here), month, day)


def easter(year: int) -> date:
    """Return Easter Sunday in the Gregorian calendar, by the anonymous algorithm of 1876."""
    golden, century, rest = year % 19, year // 100, year % 100
    skipped = century - century // 4 - (century - (century + 8) // 25 + 1) // 3
    epact = (19 * golden + skipped + 15) % 30
    offset = (32 + 2 * (century % 4) + 2 * (rest // 4) - epact - rest % 4) % 7
    slip = (golden + 11 * epact + 22 * offset) // 451
    month, day = divmod(epact + offset - 7 * slip + 114, 31)
    return date(year, month, day + 1)
