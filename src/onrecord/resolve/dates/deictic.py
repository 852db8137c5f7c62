"""Dates told from now: weekdays, days of a month without a year, "last week", "two days ago"."""

from __future__ import annotations

import re
from datetime import date

from onrecord.language.calendar import (
    MONTHS,
    Moment,
    Period,
    Precision,
    days,
    easter,
    moment,
    month_number,
    nearest_day,
    nearest_month,
    of_day,
    period,
    shift_days,
    shift_months,
    shift_years,
    week,
    weekday,
    weekday_number,
)
from onrecord.resolve.dates.absolute import (
    DAY_FIRST,
    DAY_FIRST_RANGE,
    MONTH_FIRST,
    MONTH_FIRST_RANGE,
    SMALL_DAY_FIRST,
    WEEKDAY_OF_MONTH,
    days_follow,
    nth_weekday,
    season,
)
from onrecord.resolve.dates.forms import Context, RangeEnd, Reading, Tense, Words, form, from_now
from onrecord.resolve.dates.vocabulary import (
    AND_A_HALF,
    COUNT,
    COUNTED,
    DAYS_IN,
    MONTH,
    OF_MONTH,
    OF_NAME,
    OF_SMALL_MONTH,
    OF_UNIT,
    OF_WEEKDAY,
    ONCE,
    ORDINALS,
    PART,
    PARTS_OF_DAY,
    ROUGH,
    SEASON,
    UNIT,
    WEEKDAY,
    YEARS_IN,
    after,
    not_after,
    number_of,
)

_SHIFTS = {"last": -1, "this": 0, "next": 1, "previous": -1, "coming": 1}
# Days to the date that the tense asks for, beyond which the other side of now is likelier.
_FAR: dict[Tense, int] = {"future": 305, "open": 245, "past": 335, "pluperfect": 335}
_FAR_BACK_MONTHS = 8
_SATURDAY = 5
_DAYS_IN_WEEK = 7
_MONTHS_IN_YEAR = 12
_HOURS_IN_DAY = 24
_NEAR_DAYS = {"today": 0, "tonight": 0, "yesterday": -1, "tomorrow": 1, "last night": -1}
_FIXED_DAYS = {
    "new year’s day": (1, 1),
    "valentine’s day": (2, 14),
    "fourth of july": (7, 4),
    "halloween": (10, 31),
    "christmas eve": (12, 24),
    "christmas day": (12, 25),
    "christmas": (12, 25),
    "boxing day": (12, 26),
    "new year’s eve": (12, 31),
}
_FROM_EASTER = {"good friday": -2, "easter sunday": 0, "easter monday": 1, "easter": 0}


def shift(start: Moment, count: int, unit: str) -> Moment | None:
    """Return the moment some units away, as precise as the unit; None where the start is less so.

    Raises:
        OverflowError: It lies outside the years 1 to 9999.
    """
    if unit in YEARS_IN:
        return shift_years(start, count * YEARS_IN[unit])
    if unit == "month":
        return shift_months(start, count) if start.month else None
    if start.day is None:
        return None
    return of_day(shift_days(start.as_date, count * DAYS_IN[unit]))


def unit_around(start: Moment, unit: str) -> Moment | Period | None:
    """Return the day, week, weekend, month, year, decade or century that a moment lies in."""
    if unit in YEARS_IN:
        first = start.year - start.year % YEARS_IN[unit]
        return period(Moment(first or 1), Moment(first + YEARS_IN[unit] - 1))
    if unit == "month":
        return start.cut("month")
    if start.day is None:
        return None
    if unit == "week":
        return week(start.as_date)
    return weekend(start.as_date) if unit == "weekend" else start


def weekend(anchor: date, count: int = 0) -> Period:
    """Return the Saturday and Sunday of the anchor's week, or of one some weeks away."""
    saturday = shift_days(anchor, _SATURDAY - anchor.weekday() + count * _DAYS_IN_WEEK)
    return days(saturday, shift_days(saturday, 1))


# Days and months without a year


def _near_year(context: Context, words: Words) -> Reading | None:
    """Read a day of a month in the year that the clause's tense, or a range's other end, asks."""
    month, day = month_number(words["month"] or ""), int(words["day"] or 0)
    if context.within is not None:
        return _within_range(context.within, month, day)
    today = context.today
    if today is None:
        return None
    return from_now(context, _likely_day(today, month, day, context.tense))


def _likely_day(today: date, month: int, day: int, tense: Tense) -> Moment | None:
    """Return the day that a clause's tense asks, or that on the other side if it is far nearer.

    Who means a day most of a year away says which year.
    """
    ahead = tense == "future"
    asked = nearest_day(today, month, day, ahead=ahead)
    other = nearest_day(today, month, day, ahead=not ahead)
    if asked is None or other is None:
        return asked
    return other if abs((asked.as_date - today).days) > _FAR[tense] else asked


def _within_range(end: RangeEnd, month: int, day: int | None) -> Reading | None:
    """Read the day or month next to the other end of its range, on its side of it."""
    found = moment(end.other.year, month, day)
    if found is None:
        return None
    if end.is_last and found.as_date > end.other.last_day:
        found = moment(end.other.year - 1, month, day)
    elif not end.is_last and found.last_day < end.other.as_date:
        found = moment(end.other.year + 1, month, day)
    return Reading(Period(found, found), end.anchor) if found else None


def day_of_month(words: Words, context: Context) -> Reading | None:
    """Read a day of a month, the weekday beside it telling its year."""
    reading = _near_year(context, words)
    if reading is None or not words.get("weekday"):
        return reading
    # "Friday 13 November" tells its year: a neighbouring one where the nearest has another weekday.
    wanted, found = weekday_number(words["weekday"] or ""), reading.value.start
    years = (found.year, found.year + 1 if context.ahead else found.year - 1)
    for one in (moment(year, found.month, found.day) for year in years):
        if one is not None and one.as_date.weekday() == wanted:
            return from_now(context, one)
    return None


def _days_of_month(words: Words, context: Context) -> Reading | None:
    today, month = context.today, month_number(words["month"] or "")
    if today is None:
        return None
    start, end = int(words["day"] or 0), int(words["untilday"] or 0)
    near = _likely_day(today, month, end if context.ahead else start, context.tense)
    first, last = (moment(near.year, month, day) if near else None for day in (start, end))
    return from_now(context, period(first, last)) if first and last else None


def _of_year(words: Words, context: Context) -> Reading | None:
    """Read "March last year", "10 March this year"."""
    if context.now is None:
        return None
    year = context.now.moment.year + _SHIFTS[(words["of"] or "").lower()]
    day = words.get("day")
    return from_now(
        context, moment(year, month_number(words["month"] or ""), int(day) if day else None)
    )


def _month(words: Words, context: Context) -> Reading | None:
    number = month_number(words["month"] or "")
    if context.within is not None:
        return _within_range(context.within, number, None)
    if context.now is None or context.now.moment.month is None:
        return None
    now, which = context.now.moment, (words.get("which") or "").lower()
    near = nearest_month(now, number, ahead=which == "next" or (context.ahead and which != "last"))
    if not which and context.tense == "open" and _months_back(near, now) > _FAR_BACK_MONTHS:
        near = nearest_month(now, number, ahead=True)
    if which and near == now.cut("month"):
        near = Moment(shift_years(near, _SHIFTS[which]).year, number)
    return from_now(context, near)


def _months_back(then: Moment, now: Moment) -> int:
    return _MONTHS_IN_YEAR * (now.year - then.year) + (now.month or 1) - (then.month or 1)


def _weekday(words: Words, context: Context) -> Reading | None:
    today, which = context.today, (words.get("which") or "").lower()
    if today is None:
        return None
    number = weekday_number(words["weekday"] or "")
    ahead = which in {"next", "this coming"} or (
        context.ahead and which not in {"last", "this past"}
    )
    found = weekday(today, number, ahead=ahead)
    if (end := context.within) is not None and end.other.day and not _is_on_side(found, end):
        found = weekday(end.other.as_date, number, ahead=not end.is_last)
    elif which in {"last", "next"} and found == today:
        found = shift_days(found, _SHIFTS[which] * _DAYS_IN_WEEK)
    return from_now(context, of_day(found))


def _is_on_side(day: date, end: RangeEnd) -> bool:
    """Whether a day lies on its side of the other end of the range."""
    return day < end.other.as_date if end.is_last else day > end.other.as_date


def _weekday_of_month(words: Words, context: Context) -> Reading | None:
    """Read "the first Thursday of February" as that nearest to now on the clause's side."""
    today = context.today
    if today is None:
        return None
    number, wanted = month_number(words["month"] or ""), weekday_number(words["weekday"] or "")
    place = ORDINALS[(words["place"] or "").lower()]
    around = [
        day.as_date
        for year in (today.year - 1, today.year, today.year + 1)
        if (day := nth_weekday(Moment(year, number), place, wanted))
    ]
    if context.ahead:
        found = min((day for day in around if day >= today), default=None)
    elif context.tense == "open":
        found = min(around, key=lambda day: abs((day - today).days), default=None)
    else:
        found = max((day for day in around if day <= today), default=None)
    return from_now(context, of_day(found)) if found else None


def _near_day(words: Words, context: Context) -> Reading | None:
    if context.today is None:
        return None
    named = " ".join((words["named"] or "").lower().split())
    if named == "overnight":
        night = days(shift_days(context.today, -1), context.today)
        return None if context.ahead else from_now(context, night)  # "could change overnight"
    count = 0 if named.startswith("this") else _NEAR_DAYS[named]
    return from_now(context, of_day(shift_days(context.today, count)))


# Units


def _unit(words: Words) -> str:
    unit = (words["unit"] or "").lower()
    return "century" if unit == "centurie" else unit


def _period(words: Words, context: Context) -> Reading | None:
    if context.now is None:
        return None
    unit, which = _unit(words), " ".join((words["which"] or "").lower().split())
    if unit == "weekend":
        return _weekend(which, context)
    count = -1 if which == "this past" else _SHIFTS[which.split()[-1]]
    precision: Precision = "year" if unit in YEARS_IN else "month" if unit == "month" else "day"
    now = context.now.moment.cut(precision)
    shifted = shift(now, count, unit) if now else None
    return from_now(context, unit_around(shifted, unit)) if shifted else None


def _weekend(which: str, context: Context) -> Reading | None:
    """Read a weekend: "last" and "next" by the week, else by the clause's tense."""
    today = context.today
    if today is None:
        return None
    if which in {"last", "next"}:
        return from_now(context, weekend(today, _SHIFTS[which]))
    begun = today.weekday() >= _SATURDAY
    ahead = context.ahead or which == "this coming"
    return from_now(context, weekend(today, 0 if begun or ahead else -1))


def _part_of_period(words: Words, context: Context) -> Reading | None:
    """Read "earlier this month": the month, since such talk says no better when."""
    now = context.now.moment if context.now else None
    around = unit_around(now, _unit(words)) if now else None
    return from_now(context, around) if around else None


def _ago(words: Words, context: Context) -> Reading | None:
    if context.now is None:
        return None
    count, unit, sign = number_of(words["count"]), _unit(words), 1 if words.get("on") else -1
    if words.get("half"):
        if unit != "year":
            return None
        count, unit = _months_and_half(count), "month"
    return from_now(context, shift(context.now.moment, sign * count, unit))


def _months_and_half(years: int) -> int:
    """Return the months of "a year and a half", "seven-and-a-half years"."""
    return _MONTHS_IN_YEAR * years + _MONTHS_IN_YEAR // 2


def stretch(start: Moment, count: int, unit: str) -> Period | None:
    """Return the stretch of some units from or, where the count is negative, up to a moment.

    It is as precise as such talk: days for weeks, months for years where the month is known.

    Raises:
        OverflowError: It leaves the years 1 to 9999.
    """
    if unit in YEARS_IN and start.month is None:
        there: Moment | None = shift(start, count, unit)
    elif unit in YEARS_IN or unit == "month":
        months = count * _MONTHS_IN_YEAR * YEARS_IN[unit] if unit in YEARS_IN else count
        here = start.cut("month")
        there = shift_months(here, months) if here else None
        start = here or start
    else:
        there = shift(start, count, unit)
    if there is None:
        return None
    return period(there, start) if count < 0 else period(start, there)


def _past(words: Words, context: Context) -> Reading | None:
    if context.now is None:
        return None
    if words.get("hours"):
        count, unit = -(-int(words["hours"] or 0) // _HOURS_IN_DAY), "day"
    else:
        count, unit = number_of(words["count"]) if words["count"] else 1, _unit(words)
    if words.get("half"):
        if unit != "year":
            return None
        count, unit = _months_and_half(count), "month"
    return from_now(context, stretch(context.now.moment, -count, unit))


# Seasons and holidays


def _season(words: Words, context: Context) -> Reading | None:
    """Read a season: the last that began, or the next that ends; "last summer" has ended."""
    now, which = context.now, (words["which"] or "").lower()
    if now is None or now.moment.month is None:
        return None
    name, here = words["season"] or "", now.moment
    if which == "this" and name != "winter":
        return from_now(context, season(name, here.year))
    ahead = which in {"next", "this coming"} or (
        context.ahead and which not in {"last", "this past"}
    )
    found = next(
        one
        for year in ((-1, 0, 1) if ahead else (1, 0, -1, -2))
        if (one := season(name, max(here.year + year, 2)))
        and (one.end.last_day >= here.as_date if ahead else one.start.as_date <= here.last_day)
    )
    under_way = found.start.as_date <= here.as_date <= found.end.last_day
    if which in {"last", "next"} and under_way:
        found = season(name, found.start.year + _SHIFTS[which])
    return from_now(context, found)


def _holiday(words: Words, context: Context) -> Reading | None:
    today = context.today
    if today is None:
        return None
    name = re.sub(r"\b(year|valentine)[’']?s\b", r"\1’s", (words["holiday"] or "").lower())
    if name not in _FROM_EASTER:
        return from_now(context, _likely_day(today, *_FIXED_DAYS[name], context.tense))
    found = [shift_days(easter(today.year + n), _FROM_EASTER[name]) for n in (-1, 0, 1)]
    if context.ahead:
        return from_now(context, of_day(next(day for day in found if day >= today)))
    return from_now(context, of_day(next(day for day in reversed(found) if day <= today)))


_OF_YEAR = r"\s+(?:of\s+)?(?P<of>last|this|next)\s+year\b"
_NAMES_OF_DAYS = "|".join(
    name.title().replace("’S", "[’']?s").replace("Of July", "of July")
    for name in (*_FIXED_DAYS, *_FROM_EASTER)
    if name not in {"christmas", "easter"}
)
_THIS_OR_THAT = r"(?P<which>[Ll]ast|[Nn]ext|[Tt]his(?:\s+(?:past|coming))?)"
_BARE_MONTH = (  # neither the verbs "may" and "march" nor a person's name
    r"(?!May\b)(?!Jan\b|Feb\b|Mar\b|Apr\b|Aug\b|Sept?\b|Oct\b|Nov\b|Dec\b)"
    rf"{MONTH}(?!\s*\d)(?!(?<=April|.June|ugust)\s+[A-Z])"
)
_MAY_AFTER = after(
    *"in since until late early between during throughout".split(),
    *(f"{edge} of" for edge in "end start beginning middle close days half week month".split()),
    *(f"{name}\\s{link}" for name in MONTHS for link in ("and", "to", "or")),
)
_THESE_DAYS = r"(?:(?<=\bof\s)today(?![’']s)|[Tt]oday[’']s\s+[A-Z]\w+(?=\s+(?:is|was|has|can)\b))"
_NEAR_DAY = (
    rf"{not_after('USA')}(?!{_THESE_DAYS})(?:today|Today(?!\s+(?:programme|show)\b))|[Tt]onight|[Yy]esterday"
    r"|[Tt]omorrow|[Ll]ast\s+night|[Oo]vernight|[Tt]his\s+(?:morning|afternoon|evening)"
)
_SINCE_WHEN = after(*"in over during since by until throughout through".split())
_HOLIDAY_AFTER = after(*"by at over before after since until for".split())
_WEEKEND_AFTER = after(*"in over at during throughout for".split())
_NO_CLAUSE = r"(?!\s+(?:before|after|of|when|that)\b)"
_NO_RELATIVE = _NO_CLAUSE + r"(?!\s+(?:(?:he|she|it|we|they|you)\b|[A-Z]))"  # "the weekend he left"

DEICTIC = (
    form(OF_NAME, rf"\b(?P<holiday>{_NAMES_OF_DAYS})\b", _holiday),
    form(OF_MONTH, rf"{DAY_FIRST_RANGE}", _days_of_month, days_follow),
    form(OF_MONTH, rf"{MONTH_FIRST_RANGE}(?!,?\s*\d){COUNTED}", _days_of_month, days_follow),
    form(OF_MONTH, rf"{DAY_FIRST}{_OF_YEAR}", _of_year),
    form(OF_MONTH, rf"{MONTH_FIRST}{_OF_YEAR}", _of_year),
    form(OF_MONTH, rf"{ONCE}{MONTH_FIRST}(?!,?\s*\d{{3}}){COUNTED}", day_of_month),
    form(OF_MONTH, rf"{ONCE}{DAY_FIRST}(?![’']?\w)", day_of_month),
    form(OF_SMALL_MONTH, rf"{SMALL_DAY_FIRST}(?![’']?\w)", day_of_month),
    form(OF_MONTH, rf"\b{ROUGH}{MONTH}{_OF_YEAR}", _of_year),
    form(OF_MONTH, WEEKDAY_OF_MONTH, _weekday_of_month),
    form(
        OF_WEEKDAY,
        rf"{ONCE}\b(?:{_THIS_OR_THAT}\s+)?{WEEKDAY}{PART}\b",
        _weekday,
    ),
    form(
        OF_UNIT,
        r"\b(?:[Ee]arlier|[Ll]ater)\s+(?:this|in\s+the)\s+(?P<unit>week|month|year)\b",
        _part_of_period,
    ),
    form(
        OF_UNIT,
        r"\b(?<![Tt]he\s)(?P<which>[Ll]ast|[Tt]his|[Nn]ext|[Tt]his\s+(?:past|coming))\s+"
        r"(?P<unit>weekend|week|month|year|decade|century)\b",
        _period,
    ),
    form(
        OF_UNIT, rf"(?P<which>)\b{_WEEKEND_AFTER}[Tt]he\s+(?P<unit>weekend)\b{_NO_CLAUSE}", _period
    ),
    form(
        OF_UNIT,
        rf"(?P<which>)\b{not_after('of')}[Tt]he\s+(?P<unit>weekend)\b{_NO_RELATIVE}",
        _period,
    ),
    form(OF_UNIT, rf"\b{COUNT}\s+{UNIT}s?{AND_A_HALF}?\s+ago\b", _ago),
    form(OF_UNIT, rf"\b{COUNT}{AND_A_HALF}\s+{UNIT}s\s+ago\b", _ago),
    form(
        OF_UNIT,
        rf"\b{COUNT}\s+{UNIT}s?(?P<on>\s+from\s+(?:now|today|tonight)|[’']s?\s+time)\b",
        _ago,
    ),
    form(
        OF_UNIT,
        r"\b(?:[Tt]he\s+|[Tt]hese\s+)?(?:[Pp]ast|[Ll]ast)\s+"
        rf"(?:(?P<hours>24|36|48|72)\s+hours|{COUNT}{AND_A_HALF}?\s+{UNIT}s?)\b(?!\s+of\b)",
        _past,
    ),
    form(OF_UNIT, rf"\b[Tt]he\s+(?P<count>)(?:past|last(?!\s+\w+\s+of\b))\s+{UNIT}\b", _past),
    form(OF_NAME, rf"\b(?P<named>{_NEAR_DAY})\b(?:(?<=y|w)\s+(?:{PARTS_OF_DAY})\b)?", _near_day),
    form(OF_UNIT, rf"\b{_THIS_OR_THAT}\s+{SEASON}\b", _season),
    form(OF_UNIT, rf"{_SINCE_WHEN}(?P<which>)[Tt]he\s+{SEASON}\b(?!\s+of\b)", _season),
    form(
        OF_NAME,
        rf"{_HOLIDAY_AFTER}(?P<holiday>Christmas|Easter)(?=\s*(?:[,.;:)]|$)|\s+[a-z])",
        _holiday,
    ),
    form(
        OF_MONTH, rf"{ONCE}\b(?:(?P<which>[Ll]ast|[Nn]ext|[Tt]his)\s+)?{ROUGH}{_BARE_MONTH}", _month
    ),
    form(
        OF_MONTH,
        rf"\b(?:(?:[Tt]he\s+)?[Mm]id-|(?=May\b){_MAY_AFTER})(?P<month>May)\b(?!\s+[A-Z])",
        _month,
    ),
    form(OF_MONTH, r"\b(?P<month>May)(?=(?:\s+to\s+|[–-])(?:June|July)\b)", _month),
    form(OF_MONTH, r"\b(?P<which>[Ll]ast|[Nn]ext|[Tt]his)\s+(?P<month>May)\b", _month),
)
"""Tried in this order, after those that stand by themselves."""
