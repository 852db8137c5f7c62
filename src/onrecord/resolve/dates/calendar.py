"""Arithmetic on dates known to a day, a month or a year."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

MONTHS = (
    "january february march april may june july august september october november december".split()
)
WEEKDAYS = "monday tuesday wednesday thursday friday saturday sunday".split()


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
    def as_date(self) -> date:
        """The first day it may mean."""
        return date(self.year, self.month or 1, self.day or 1)


def from_iso(text: str) -> Moment | None:
    """Return the moment an ISO date (its first ten characters) names, None when it names none."""
    parts = text[:10].split("-")
    if not all(part.isdigit() for part in parts) or len(parts[0]) != 4:
        return None
    return moment(*(int(part) for part in parts))


def moment(year: int, month: int | None = None, day: int | None = None) -> Moment | None:
    """Return a moment, None when there is no such date."""
    try:
        date(year, month or 1, day or 1)
    except ValueError:
        return None
    return Moment(year, month, day)


def of_day(day: date) -> Moment:
    """Return a date as a moment known to the day."""
    return Moment(day.year, day.month, day.day)


def weekday(anchor: date, name: str, *, ahead: bool) -> Moment:
    """Return the nearest day of that name: the anchor or before it, or ahead of it."""
    wanted = WEEKDAYS.index(name.lower())
    if ahead:
        return of_day(anchor + timedelta(days=(wanted - anchor.weekday() - 1) % 7 + 1))
    return of_day(anchor - timedelta(days=(anchor.weekday() - wanted) % 7))


def week(anchor: date, shift: int) -> str:
    """Return the week of the anchor, shifted, as an interval from Monday to Sunday."""
    monday = anchor - timedelta(days=anchor.weekday()) + timedelta(weeks=shift)
    return f"{monday.isoformat()}/{(monday + timedelta(days=6)).isoformat()}"


def shift_months(anchor: Moment, months: int) -> Moment:
    """Return the month that lies some months from the anchor's."""
    count = anchor.year * 12 + (anchor.month or 1) - 1 + months
    return Moment(count // 12, count % 12 + 1)


def nearest_month(anchor: Moment, number: int, *, ahead: bool) -> Moment:
    """Return the month of that number: the anchor's or before it, or ahead of it."""
    year = anchor.year
    here = anchor.month or 12
    if ahead:
        return Moment(year if number >= here else year + 1, number)
    return Moment(year if number <= here else year - 1, number)


def shifted(anchor: Moment, count: int, unit: str) -> Moment:
    """Return the moment some days, weeks, months or years away, as precise as the unit."""
    if unit == "year":
        return Moment(anchor.year + count)
    if unit == "month":
        return shift_months(anchor, count)
    days = count * (7 if unit == "week" else 1)
    return of_day(anchor.as_date + timedelta(days=days))
