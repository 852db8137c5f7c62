"""What a form of date is: its pattern, what it is read against, and what the reading gives."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import MAXYEAR, MINYEAR, date
from typing import Literal, TypeAlias

from onrecord.language.calendar import Moment, Period, Precision
from onrecord.records import Span

PUBLISHED: Literal["published"] = "published"
Anchor: TypeAlias = Span | Literal["published"]  # another date's words, or the publication
Tense: TypeAlias = Literal["future", "past", "pluperfect", "open"]
Words: TypeAlias = Mapping[str, str | None]  # the named groups of a match


@dataclass(frozen=True, slots=True)
class Now:
    """The time that "today" speaks of: the publication's, or that of what is quoted."""

    moment: Moment
    anchor: Anchor = PUBLISHED


@dataclass(frozen=True, slots=True)
class Earlier:
    """A date resolved before in the text."""

    span: Span
    period: Period
    tense: Tense = "open"  # of its clause


@dataclass(frozen=True, slots=True)
class RangeEnd:
    """The other end of the range that a date begins or ends."""

    other: Moment
    anchor: Anchor | None  # what the other was read against
    is_last: bool  # the other is the last of the two


@dataclass(frozen=True, slots=True)
class Context:
    """What a date is read against."""

    now: Now | None
    earlier: tuple[Earlier, ...] = ()  # within reach, nearest first
    tense: Tense = "open"  # of the clause
    within: RangeEnd | None = None  # a range whose other end is known

    @property
    def ahead(self) -> bool:
        """Whether the clause speaks of the future."""
        return self.tense == "future"

    @property
    def today(self) -> date | None:
        """The day that is now, None when it is not known to the day."""
        return self.now.moment.as_date if self.now and self.now.moment.day else None

    def candidates(self, precision: Precision) -> list[Earlier]:
        """Return the earlier dates that are known to a precision, likeliest first.

        What the past perfect tells lies behind the story and does not move it on: such a date is
        less likely than any other, unless the clause is in the same tense.
        """
        known = [one for one in self.earlier if one.period.start.reaches(precision)]
        return sorted(
            known, key=lambda one: one.tense == "pluperfect" and self.tense != "pluperfect"
        )


@dataclass(frozen=True, slots=True)
class Reading:
    """What a date means, and what that was read against."""

    value: Period
    anchor: Anchor | None = None


Read: TypeAlias = Callable[[Words, Context], Reading | None]


@dataclass(frozen=True, slots=True)
class Form:
    """One form of date: its pattern, how it is read, and which of its matches are dates at all.

    Every match starts with a word, and the key matches in it: so the pattern is tried only where
    the key is near.
    """

    key: re.Pattern[str]
    pattern: re.Pattern[str]
    read: Read
    accepts: Callable[[Words], bool]


def form(
    key: re.Pattern[str],
    pattern: str,
    read: Read,
    accepts: Callable[[Words], bool] = lambda words: True,
) -> Form:
    """Return the form with that key and pattern."""
    return Form(key, re.compile(pattern), read, accepts)


def absolute(value: Moment | Period | None) -> Reading | None:
    """Return the reading of a date that stands by itself."""
    found = _period(value)
    return Reading(found) if found else None


def from_now(context: Context, value: Moment | Period | None) -> Reading | None:
    """Return the reading of a date told from now."""
    found = _period(value)
    return Reading(found, context.now.anchor) if found and context.now else None


def from_earlier(
    context: Context, precision: Precision, tell: Callable[[Period], Moment | Period | None]
) -> Reading | None:
    """Return the reading of a date told from the likeliest earlier one that is precise enough.

    A clause in the past tells of no time after now.
    """
    for earlier in context.candidates(precision):
        found = _period(tell(earlier.period))
        if found is not None and not _is_too_late(found, context):
            return Reading(found, earlier.span)
    return None


def _is_too_late(found: Period, context: Context) -> bool:
    if context.now is None or context.tense not in {"past", "pluperfect"}:
        return False
    return found.start.as_date > context.now.moment.last_day


def _period(value: Moment | Period | None) -> Period | None:
    if isinstance(value, Moment):
        return Period(value, value) if MINYEAR <= value.year <= MAXYEAR else None
    return value
