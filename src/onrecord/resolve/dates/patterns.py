"""The forms dates take in news prose, and how each is read."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from onrecord.resolve.dates.calendar import (
    MONTHS,
    WEEKDAYS,
    Moment,
    moment,
    nearest_month,
    of_day,
    shift_months,
    shifted,
    week,
    weekday,
)

Words = dict[str, str | None]  # the named groups of a match
Reading = str | None  # an ISO date or interval


@dataclass(frozen=True, slots=True)
class Context:
    """What a date is read against."""

    published: Moment | None
    earlier: Moment | None  # the last date resolved before in the text
    ahead: bool  # the sentence speaks of the future


@dataclass(frozen=True, slots=True)
class Form:
    """One form of date: its pattern, how it is read, and what it needs to be read against."""

    pattern: re.Pattern[str]
    read: Callable[[Words, Context], Reading]
    needs: str | None = None  # "published", "earlier", or nothing


_COUNTS = {
    word: number
    for number, word in enumerate(
        "one two three four five six seven eight nine ten eleven twelve".split(), 1
    )
} | {"a": 1, "an": 1, "a couple of": 2, "couple of": 2}
_MONTH = (
    "(?P<month>"
    + "|".join(
        [
            *(name.capitalize() for name in MONTHS),
            *(f"{short}\\b\\.?" for short in "Jan Feb Mar Apr Aug Sept Sep Oct Nov Dec".split()),
        ]
    )
    + r")(?!\w)"
)
_DAY = r"(?P<day>[0-2]?\d|3[01])(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>(?:1[89]|20)\d\d)"
_WEEKDAY = "(?P<weekday>" + "|".join(name.capitalize() for name in WEEKDAYS) + ")"
_PART = r"(?:\s+(?:morning|afternoon|evening|night))?"
_COUNT = (
    r"(?P<count>(?i:\d+|an?|(?:a )?couple of|" + "|".join(k for k in _COUNTS if len(k) > 2) + "))"
)
_UNIT = r"(?P<unit>day|week|month|year)"
_ROUGH = r"(?:(?:[Ee]arly|[Mm]id|[Ll]ate)[\s-])?"


def _month_number(words: Words) -> int:
    name = (words["month"] or "").rstrip(".").lower()
    return next(i for i, full in enumerate(MONTHS, 1) if full.startswith(name[:3]))


def _iso(found: Moment | None) -> Reading:
    return found.iso if found else None


def _full(words: Words, context: Context) -> Reading:
    day = words.get("day")
    return _iso(moment(int(words["year"] or 0), _month_number(words), int(day) if day else None))


def _day_of_month(words: Words, context: Context) -> Reading:
    assert context.published is not None
    month = _month_number(words)
    near = nearest_month(context.published, month, ahead=context.ahead)
    found = moment(near.year, month, int(words["day"] or 0))
    if found and not context.ahead and found.as_date > context.published.as_date:
        found = moment(near.year - 1, month, int(words["day"] or 0))
    return _iso(found)


def _month_of(words: Words, context: Context) -> Reading:
    assert context.published is not None
    which = (words.get("which") or "").lower()
    month = _month_number(words)
    if words.get("lastyear"):
        return Moment(context.published.year - 1, month).iso
    near = nearest_month(context.published, month, ahead=context.ahead or which == "next")
    if which == "last" and (near.year, near.month) == (
        context.published.year,
        context.published.month,
    ):
        near = Moment(near.year - 1, month)
    return near.iso


def _year(words: Words, context: Context) -> Reading:
    until = words.get("until")
    year = words["year"] or ""
    if not until:
        return year
    last = until if len(until) == 4 else year[:2] + until
    return f"{year}/{last}" if last > year else year


def _weekday(words: Words, context: Context) -> Reading:
    assert context.published is not None
    which = (words.get("which") or "").lower()
    ahead = which == "next" or (context.ahead and which != "last")
    found = weekday(context.published.as_date, words["weekday"] or "", ahead=ahead)
    if which == "last" and found == context.published:
        found = shifted(found, -1, "week")
    return found.iso


_DAYS = {"today": 0, "tonight": 0, "yesterday": -1, "tomorrow": 1, "last night": -1}


def _near_day(words: Words, context: Context) -> Reading:
    assert context.published is not None
    named = (words["named"] or "").lower()
    offset = 0 if named.startswith("this") else _DAYS[named]
    return shifted(context.published, offset, "day").iso


def _period(words: Words, context: Context) -> Reading:
    assert context.published is not None
    shift = {"last": -1, "this": 0, "next": 1}[(words["which"] or "").lower()]
    unit = words["unit"] or ""
    if unit == "week":
        return week(context.published.as_date, shift)
    if unit == "month":
        return shift_months(context.published, shift).iso
    return Moment(context.published.year + shift).iso


def _count(words: Words) -> int:
    text = (words["count"] or "").lower()
    return int(text) if text.isdigit() else _COUNTS[text]


def _ago(words: Words, context: Context) -> Reading:
    assert context.published is not None
    count = _count(words)
    if count > context.published.year:
        return None
    return shifted(context.published, -count, words["unit"] or "").iso


def _past(words: Words, context: Context) -> Reading:
    assert context.published is not None
    unit, count = words["one"] or words["unit"] or "", _count(words) if words["count"] else 1
    if count >= context.published.year:
        return None
    if unit in {"day", "week"}:
        return f"{shifted(context.published, -count, unit).iso}/{context.published.iso}"
    months = count * (12 if unit == "year" else 1)
    end = Moment(context.published.year, context.published.month)
    return f"{shift_months(end, -months).iso}/{end.iso}"


def _later(words: Words, context: Context) -> Reading:
    assert context.earlier is not None
    unit, count = words["unit"] or "", _count(words)
    if count > 500 or (context.earlier.day is None and unit in {"day", "week"}):
        return None
    sign = -1 if words["direction"] in {"before", "earlier"} else 1
    return shifted(context.earlier, sign * count, unit).iso


def _same(words: Words, context: Context) -> Reading:
    assert context.earlier is not None
    unit = words["unit"] or ""
    if unit == "day":
        return context.earlier.iso if context.earlier.day else None
    if unit == "month":
        return (
            Moment(context.earlier.year, context.earlier.month).iso
            if context.earlier.month
            else None
        )
    return Moment(context.earlier.year).iso


def _adjacent(words: Words, context: Context) -> Reading:
    assert context.earlier is not None
    unit = words["unit"] or ""
    if unit in {"day", "week"} and context.earlier.day is None:
        return None
    step = -1 if (words["which"] or "").lower() in {"previous", "preceding"} else 1
    if unit == "week":
        return week(context.earlier.as_date, step)
    return shifted(context.earlier, step, unit).iso


def _decade(words: Words, context: Context) -> Reading:
    first = int(words["year"] or 0)
    return f"{first}/{first + 9}"


def _form(
    pattern: str, read: Callable[[Words, Context], Reading], needs: str | None = None
) -> Form:
    return Form(re.compile(pattern), read, needs)


FORMS = (
    _form(
        rf"\b{_YEAR}-(?P<m>0[1-9]|1[0-2])-(?P<d>0[1-9]|[12]\d|3[01])\b",
        lambda w, c: _iso(moment(int(w["year"] or 0), int(w["m"] or 0), int(w["d"] or 0))),
    ),
    _form(rf"\b{_DAY}\s+(?:of\s+)?{_MONTH},?\s+{_YEAR}\b", _full),
    _form(rf"\b{_MONTH}\s+{_DAY},\s*{_YEAR}\b", _full),
    _form(rf"\b{_ROUGH}{_MONTH},?\s+(?:of\s+)?{_YEAR}\b", _full),
    _form(
        rf"\b{_MONTH}\s+{_DAY}\b(?!,?\s*\d|\s+(?:percent|per cent|people))",
        _day_of_month,
        "published",
    ),
    _form(rf"\b{_DAY}\s+(?:of\s+)?{_MONTH}", _day_of_month, "published"),
    _form(rf"\b{_MONTH}\s+(?P<lastyear>last year)\b", _month_of, "published"),
    _form(rf"\b(?:(?P<which>[Ll]ast|[Nn]ext)\s+)?{_WEEKDAY}{_PART}\b", _weekday, "published"),
    _form(
        r"\b(?<![Tt]he\s)(?P<which>[Ll]ast|[Tt]his|[Nn]ext)\s+(?P<unit>week|month|year)\b",
        _period,
        "published",
    ),
    _form(rf"\b{_COUNT}\s+{_UNIT}s?\s+ago\b", _ago, "published"),
    _form(
        rf"\b(?:[Oo]ver\s+|[Ii]n\s+)?(?P<span>[Tt]he\s+(?:past|last)\s+(?:{_COUNT}\s+{_UNIT}s?|(?P<one>week|month|year)))\b(?!\s+of\b)",
        _past,
        "published",
    ),
    _form(
        r"\b(?:[Ll]ater\s+|[Ee]arlier\s+)?(?:[Tt]hat|[Tt]he\s+same)\s+(?P<unit>day|month|year)\b",
        _same,
        "earlier",
    ),
    _form(
        rf"\b[Tt]he\s+(?P<which>next|following|previous|preceding)\s+{_UNIT}\b",
        _adjacent,
        "earlier",
    ),
    _form(
        rf"\b{_COUNT}\s+{_UNIT}s?\s+(?P<direction>later|earlier|after\s+that)\b", _later, "earlier"
    ),
    _form(
        r"\b(?P<named>[Tt]oday|[Tt]onight|[Yy]esterday|[Tt]omorrow|[Ll]ast\snight|[Tt]his\s(?:morning|afternoon|evening))\b",
        _near_day,
        "published",
    ),
    _form(r"\b[Tt]he\s+(?:early\s+|late\s+)?(?P<year>(?:1[89]|20)\d0)s\b", _decade),
    _form(
        rf"(?<![\d,.$£€])\b{_ROUGH}{_YEAR}(?:\s*[–/-]\s*(?=\d)|\s+(?:and|to)\s+(?=\d{{4}}))(?P<until>(?:1[89]|20)?\d\d)\b(?![\d,%])",
        _year,
    ),
    _form(
        rf"(?<![\d,.$£€-])\b{_ROUGH}{_YEAR}\b(?![\d,]*\d|\.\d|%|-\w|\s+(?:people|troops|soldiers|fighters|civilians|men|women|children|miles|feet))",
        _year,
    ),
    _form(
        rf"\b(?:(?P<which>[Ll]ast|[Nn]ext)\s+)?{_ROUGH}(?!May\b){_MONTH}(?!\s*\d)(?![’']?\w)",
        _month_of,
        "published",
    ),
    _form(
        r"(?<=\b[Ii]n\s)(?P<month>May)\b|(?<=\b[Ss]ince\s)(?P<m2>May)\b",
        lambda w, c: _month_of({**w, "month": "May"}, c),
        "published",
    ),
)
"""Tried in this order; of two that overlap the earlier form stands."""

__all__ = ["FORMS", "Context", "Form", "of_day"]
