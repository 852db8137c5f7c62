"""A date as event data want it: the first and last day, and how exact it is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from onrecord.language.days import days_of

_WEEK = 7


@dataclass(frozen=True, slots=True)
class When:
    """The days an event may have been on."""

    first: str  # ISO 8601
    last: str

    @property
    def length(self) -> int:
        """How many days there are between the two, both counted."""
        return (date.fromisoformat(self.last) - date.fromisoformat(self.first)).days + 1

    @property
    def day(self) -> str | None:
        """The day, None where there are several."""
        return self.first if self.first == self.last else None

    @property
    def month(self) -> str | None:
        """The year and month, None where the days are in several."""
        return self.first[:7] if self.first[:7] == self.last[:7] else None

    @property
    def year(self) -> str | None:
        """The year, None where the days are in several."""
        return self.first[:4] if self.first[:4] == self.last[:4] else None

    @property
    def is_within_a_week(self) -> bool:
        """Whether the days are no more than seven."""
        return self.length <= _WEEK


def when(value: str | None) -> When | None:
    """Return the days of an ISO 8601 date or interval, None when it is unknown or neither."""
    days = days_of(value)
    return When(days.first, days.last) if days else None
