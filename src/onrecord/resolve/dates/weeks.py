"""Weekdays told by their week: "Tuesday next week", "Monday week", "a week last Tuesday"."""

from __future__ import annotations

from datetime import date

from onrecord.language.calendar import of_day, shift_days, week, weekday, weekday_number
from onrecord.resolve.dates.forms import Context, Reading, Words, form, from_now
from onrecord.resolve.dates.vocabulary import (
    COUNT,
    OF_UNIT,
    OF_WEEKDAY,
    PART,
    WEEKDAY,
    not_after,
    number_of,
)

_DAYS_IN_WEEK = 7
_SHIFTS = {"last": -1, "this": 0, "next": 1}


def _of_week(words: Words, context: Context) -> Reading | None:
    if context.today is None:
        return None
    monday = week(context.today, _SHIFTS[words["of"] or ""]).start.as_date
    return from_now(context, of_day(shift_days(monday, weekday_number(words["weekday"] or ""))))


def _coming(words: Words, context: Context) -> Reading | None:
    """Read "Monday week", "a week on Thursday", "tomorrow week"; none in a clause of the past."""
    today = context.today
    if today is None or context.tense in {"past", "pluperfect"}:
        return None
    if words.get("weekday"):
        start = weekday(shift_days(today, 1), weekday_number(words["weekday"] or ""), ahead=True)
    else:
        start = shift_days(today, (words["near"] or "").lower() == "tomorrow")
    count = number_of(words.get("count") or "one")
    return from_now(context, of_day(shift_days(start, count * _DAYS_IN_WEEK)))


def _back(words: Words, context: Context) -> Reading | None:
    """Read "a week last Tuesday", "two weeks ago on Monday"."""
    today = context.today
    if today is None:
        return None
    start = _last(today, weekday_number(words["weekday"] or ""), words["last"] is not None)
    count = number_of(words.get("count") or "one")
    return from_now(context, of_day(shift_days(start, -count * _DAYS_IN_WEEK)))


def _last(today: date, number: int, is_before: bool) -> date:
    return weekday(shift_days(today, -1) if is_before else today, number, ahead=False)


_NO_NAME = r"\b(?!\s+[A-Z]|[’'])"  # "Thursday Island"

WEEKS = (
    form(
        OF_WEEKDAY,
        rf"\b{WEEKDAY}{PART}\s+(?:of\s+)?(?P<of>last|this|next)\s+week\b",
        _of_week,
    ),
    form(OF_WEEKDAY, rf"\b(?P<last>[Ll]ast\s+){WEEKDAY}\s+week\b", _back),
    form(
        OF_WEEKDAY,
        rf"{not_after('a', 'this', 'next', 'every', 'each')}\b{WEEKDAY}\s+week(?![\w’'-])",
        _coming,
    ),
    form(OF_UNIT, r"\b(?P<near>[Tt]oday|[Tt]omorrow)\s+week(?![\w’'-])", _coming),
    form(
        OF_WEEKDAY,
        rf"\b{COUNT}\s+weeks?\s+(?:ago\s+)?(?P<last>last\s+){WEEKDAY}{_NO_NAME}",
        _back,
    ),
    form(
        OF_WEEKDAY, rf"\b{COUNT}\s+weeks?\s+ago\s+(?P<last>)?(?:on\s+)?{WEEKDAY}{_NO_NAME}", _back
    ),
    form(
        OF_WEEKDAY,
        rf"{not_after('after', 'in', 'of', 'times', 'once', 'twice', 'days', 'hours')}"
        rf"\b{COUNT}\s+weeks?\s+on\s+{WEEKDAY}{_NO_NAME}",
        _coming,
    ),
)
"""Tried in this order, before the weekdays and weeks that they are made of."""
