"""Dates that stand by themselves: full dates, months, years, decades, seasons of a year."""

from __future__ import annotations

from onrecord.language.calendar import (
    Moment,
    Period,
    moment,
    month_number,
    month_words,
    period,
    shift_months,
    weekday_number,
)
from onrecord.resolve.dates.forms import Context, Reading, Words, absolute, form
from onrecord.resolve.dates.vocabulary import (
    COUNTED,
    DASH,
    DAY,
    DECADES,
    MONTH,
    NO_YEAR_AFTER,
    OF_NAME,
    OF_UNIT,
    OF_YEAR,
    ORDINALS,
    PART,
    ROUGH,
    SEASON,
    SEASONS,
    UNTIL_DAY,
    WEEKDAY,
    YEAR,
    YEAR_NUMBER,
    after,
)

_MONTHS_IN_SEASON = 3
_TWELVE = 12


def _number(words: Words, name: str) -> int:
    return int(words[name] or 0)


def full_date(words: Words, context: Context) -> Reading | None:
    """Read a day, or a month, of a year; none where a weekday beside it says otherwise."""
    month = month_number(words["month"] or "")
    day = _number(words, "day") if words.get("day") else None
    found = moment(_number(words, "year"), month, day)
    if found and (told := words.get("weekday")):
        found = found if found.as_date.weekday() == weekday_number(told) else None
    return absolute(found)


def _quarter(words: Words, context: Context) -> Reading | None:
    start = Moment(_number(words, "year"), 3 * _number(words, "quarter") - 2)
    return absolute(Period(start, shift_months(start, 2)))


def _iso(words: Words, context: Context) -> Reading | None:
    return absolute(moment(*(_number(words, name) for name in ("year", "m", "d"))))


def _numeric(words: Words, context: Context) -> Reading | None:
    """Read 13/03/2022 and 03/13/2022; of 10/03/2022 nobody can say which is the month."""
    first, second = _number(words, "first"), _number(words, "second")
    if first <= _TWELVE and second <= _TWELVE and first != second:
        return None
    day, month = max(first, second), min(first, second)
    return absolute(moment(_number(words, "year"), month, day))


def _days(words: Words, context: Context) -> Reading | None:
    year, month = _number(words, "year"), month_number(words["month"] or "")
    first = moment(year, month, _number(words, "day"))
    last = moment(year, month, _number(words, "untilday"))
    return absolute(period(first, last)) if first and last else None


def _year(words: Words, context: Context) -> Reading | None:
    return absolute(moment(_number(words, "year")))


def _years(words: Words, context: Context) -> Reading | None:
    """Read 2013-14: the years from one to the other."""
    year = words["year"] or ""
    last = moment(int(year[:2] + (words["until"] or "")))
    return absolute(period(Moment(int(year)), last)) if last else None


def _following_years(words: Words, context: Context) -> Reading | None:
    return absolute(Period(Moment(_number(words, "year")), Moment(_number(words, "until"))))


def _follow(words: Words) -> bool:
    """Whether years follow one another: "2014 and 2015" are one stretch, "2011 and 2015" not."""
    return _number(words, "until") == _number(words, "year") + 1


def days_follow(words: Words) -> bool:
    """Whether "7 and 8 March" are one stretch; "7 and 9 March" are not, but "between" them is."""
    step = _number(words, "untilday") - _number(words, "day")
    return step > 0 if words["between"] is not None or not words["joined"] else step == 1


def _decade(words: Words, context: Context) -> Reading | None:
    if year := words.get("year"):
        first = int(year)
    else:
        short = words["short"] or ""
        first = 1900 + (int(short) if short.isdecimal() else DECADES[short.lower()])
    return absolute(Period(Moment(first), Moment(first + 9)))


def _century(words: Words, context: Context) -> Reading | None:
    last = 100 * _number(words, "century")
    return absolute(Period(Moment(last - 100), Moment(last - 1)))


def season(name: str, year: int) -> Period:
    """Return the months of a northern season; winter is that which begins in the year."""
    start = Moment(year, SEASONS[name.lower()])
    return Period(start, shift_months(start, _MONTHS_IN_SEASON - 1))


def nth_weekday(month: Moment, place: int, weekday: int) -> Moment | None:
    """Return a month's first, second or, as -1, last day of a weekday; None where it has none."""
    found = [
        day
        for day in (moment(month.year, month.month, number) for number in range(1, 32))
        if day is not None and day.as_date.weekday() == weekday
    ]
    index = place - 1 if place > 0 else place
    return found[index] if index < len(found) else None


def _weekday_of_month(words: Words, context: Context) -> Reading | None:
    month = Moment(_number(words, "year"), month_number(words["month"] or ""))
    place = ORDINALS[(words["place"] or "").lower()]
    return absolute(nth_weekday(month, place, weekday_number(words["weekday"] or "")))


def _season(words: Words, context: Context) -> Reading | None:
    return absolute(season(words["season"] or "", _number(words, "year")))


def _terror(words: Words, context: Context) -> Reading | None:
    return absolute(Moment(2001, 9, 11))


_STAGE = r"(?:(?:[Ee]arly|[Mm]id|[Ll]ate)[\s-]+)?"
_JOINED_DAYS = rf"(?:{DASH}|\s+(?:to|through|until)\s+|\s+(?P<joined>and)\s+)"
_MAYBE_WEEKDAY = rf"(?:{WEEKDAY}{PART},?\s+(?:[Tt]he\s+)?)?"

_NO_DAY_BEFORE = r"(?<!\b\d\s)(?<!\b\d\d\s)"  # "4 May 22 people died" has no "May 22"
_MAYBE_BETWEEN = r"\b(?P<between>(?<=\b[Bb]etween\s))?"
WEEKDAY_OF_MONTH = (
    rf"\b(?:[Tt]he\s+)?(?P<place>(?i:{'|'.join(ORDINALS)}))\s+{WEEKDAY}\s+(?:of|in)\s+{MONTH}"
)
DAY_FIRST_RANGE = (
    rf"{_MAYBE_BETWEEN}(?:[Tt]he\s+)?{DAY}{_JOINED_DAYS}(?:the\s+)?{UNTIL_DAY}\s+(?:of\s+)?{MONTH}"
)
MONTH_FIRST_RANGE = rf"{_MAYBE_BETWEEN}{MONTH}\s+{DAY}{_JOINED_DAYS}{UNTIL_DAY}\b"
DAY_FIRST = rf"\b{_MAYBE_WEEKDAY}{DAY}\s+(?:of\s+)?{MONTH}"
MONTH_FIRST = rf"\b{_NO_DAY_BEFORE}{_MAYBE_WEEKDAY}{MONTH}\s+(?:the\s+)?{DAY}\b"

# Agencies that write months small do so behind a day: "on 6 may", not "6 may have died".
_SMALL_DAY_FIRST = (
    rf"{after('on', 'since', 'until', 'from', 'before', 'after', 'of')}{DAY}\s+"
    rf"(?P<month>{month_words(ignore_case=True)})"
)
SMALL_DAY_FIRST = rf"{_SMALL_DAY_FIRST}(?!\s+(?:have|has|be|not)\b)"

ABSOLUTE = (
    form(
        OF_YEAR,
        rf"\b(?P<year>{YEAR_NUMBER})([-/])(?P<m>0[1-9]|1[0-2])\2(?P<d>0[1-9]|[12]\d|3[01])(?!\d)",
        _iso,
    ),
    form(
        OF_YEAR,
        rf"(?<![\d/.-])(?P<first>\d\d?)([/.])(?P<second>\d\d?)\2(?P<year>{YEAR_NUMBER})(?![\d/])",
        _numeric,
    ),
    form(OF_YEAR, rf"{DAY_FIRST_RANGE},?\s+{YEAR}\b", _days, days_follow),
    form(OF_YEAR, rf"{MONTH_FIRST_RANGE},?\s+{YEAR}\b", _days, days_follow),
    form(OF_YEAR, rf"{DAY_FIRST},?\s+{YEAR}\b", full_date),
    form(OF_YEAR, rf"{MONTH_FIRST},?\s*{YEAR}\b", full_date),
    form(OF_YEAR, rf"{_SMALL_DAY_FIRST},?\s+{YEAR}\b", full_date),
    form(OF_YEAR, rf"{WEEKDAY_OF_MONTH},?\s+{YEAR}\b", _weekday_of_month),
    form(OF_YEAR, rf"\b{ROUGH}{MONTH},?\s+(?:of\s+)?{YEAR}\b", full_date),
    form(OF_YEAR, rf"\bQ(?P<quarter>[1-4])\s+(?:of\s+|in\s+)?{YEAR}\b", _quarter),
    form(
        OF_NAME,
        r"(?<!\d)(?<!/)9/11(?![\d/])|\bSeptember\s+11(?:th)?(?=\s+(?:terror|attack|hijack))",
        _terror,
    ),
    form(
        OF_YEAR,
        rf"\b{ROUGH}(?:[Tt]he\s+)?{SEASON}\s+(?:of\s+)?{YEAR}(?:[–/-](?:{YEAR_NUMBER}|\d\d))?\b",
        _season,
    ),
    form(OF_YEAR, rf"\b(?:[Tt]he\s+)?{_STAGE}(?P<year>1[5-9]\d0|20\d0)s\b", _decade),
    form(
        OF_NAME,
        rf"\b[Tt]he\s+{_STAGE}[’'‘]?(?P<short>[3-9]0(?=s\b)|(?i:{'|'.join(DECADES)}))s?\b",
        _decade,
    ),
    form(OF_UNIT, rf"\b[Tt]he\s+{_STAGE}(?P<century>1\d|2[01])(?:th|st)\s+century\b", _century),
    form(
        OF_YEAR,
        rf"{NO_YEAR_AFTER}\b{ROUGH}(?P<year>{YEAR_NUMBER})[–/-](?P<until>\d\d)\b(?![\d,%–/-]|\.\d)",
        _years,
    ),
    form(
        OF_YEAR,
        rf"{NO_YEAR_AFTER}\b(?P<year>{YEAR_NUMBER})\s+and\s+(?P<until>{YEAR_NUMBER})\b(?![\d,]*\d|%)",
        _following_years,
        _follow,
    ),
    form(
        OF_YEAR,
        rf"{NO_YEAR_AFTER}\b{ROUGH}(?P<year>{YEAR_NUMBER})\b(?![\d,]*\d|\.\d|%|-[a-z]){COUNTED}",
        _year,
    ),
    form(
        OF_YEAR,
        r"(?<=\b[Ii]n\s)(?P<year>1[0-7]\d\d)\b(?![\d,]*\d|\.\d|%)(?=[,.;)]|\s+[a-z])" + COUNTED,
        _year,
    ),
)
"""Tried in this order; of two that overlap the earlier form stands."""
