"""Dates told from an earlier date of the text: "two days later", "the following year"."""

from __future__ import annotations

from onrecord.language import lexicon
from onrecord.language.calendar import (
    Moment,
    Period,
    Precision,
    moment,
    month_number,
    nearest_month,
    of_day,
    shift_days,
    shift_months,
    shift_years,
    week,
    weekday,
    weekday_number,
)
from onrecord.resolve.dates.absolute import season
from onrecord.resolve.dates.deictic import shift, stretch, unit_around, weekend
from onrecord.resolve.dates.forms import (
    Context,
    Reading,
    Words,
    form,
    from_earlier,
    from_now,
)
from onrecord.resolve.dates.vocabulary import (
    COUNT,
    DAY,
    MONTH,
    OF_DAY_OR_MONTH,
    OF_MONTH,
    OF_UNIT,
    PARTS_OF_DAY,
    SEASONS,
    UNIT,
    WEEKDAY,
    YEARS_IN,
    after,
    number_of,
)

_BACKWARDS = lexicon.words("calendar.backwards")
_END_OF_PHRASE = r"(?=\s*(?:$|[,.;:!?)–—’”\"]|when\b|while\b|and\b|but\b|that\b(?!\s+\w+ed\b)))"
_PARTS = frozenset({*PARTS_OF_DAY.split("|"), "afternoon"})


def _unit(words: Words) -> str:
    unit = (words["unit"] or "").lower()
    if unit in _PARTS or unit == "date":
        return "day"
    return "century" if unit == "centurie" else unit


def _precision(unit: str) -> Precision:
    return "year" if unit in YEARS_IN or unit in SEASONS else "month" if unit == "month" else "day"


def _later(words: Words, context: Context) -> Reading | None:
    unit, count = _unit(words), number_of(words["count"])
    backwards = (words["direction"] or "").lower().split()[0] in _BACKWARDS

    def tell(told: Period) -> Moment | None:
        return shift(told.start, -count, unit) if backwards else shift(told.end, count, unit)

    return from_earlier(context, _precision(unit), tell)


def _same(words: Words, context: Context) -> Reading | None:
    unit = _unit(words)
    return from_earlier(context, _precision(unit), lambda told: _around(told.start, unit))


def _around(start: Moment, unit: str) -> Moment | Period | None:
    return season(unit, start.year) if unit in SEASONS else unit_around(start, unit)


def _adjacent(words: Words, context: Context) -> Reading | None:
    unit = _unit(words)
    backwards = (words["which"] or "").lower().split()[-1] in _BACKWARDS

    def tell(told: Period) -> Moment | Period | None:
        return _beside(told.start, -1, unit) if backwards else _beside(told.end, 1, unit)

    return from_earlier(context, _precision(unit), tell)


def _beside(start: Moment, step: int, unit: str) -> Moment | Period | None:
    if unit == "week":
        return week(start.as_date, step)
    if unit == "weekend":
        begun = weekend(start.as_date)
        here = step > 0 and begun.start.as_date > start.as_date
        return begun if here else weekend(start.as_date, step)
    if unit in SEASONS:
        return season(unit, shift_years(start, step).year)
    return shift(start, step, unit)


def _adjacent_named(words: Words, context: Context) -> Reading | None:
    """Read "the following Monday", "the previous August"."""
    backwards = (words["which"] or "").lower() in _BACKWARDS
    if words["weekday"]:
        wanted = weekday_number(words["weekday"])
        return from_earlier(context, "day", lambda told: _beside_weekday(told, wanted, backwards))
    number = month_number(words["month"] or "")
    return from_earlier(context, "month", lambda told: _beside_month(told, number, backwards))


def _beside_weekday(told: Period, wanted: int, backwards: bool) -> Moment:
    start = told.start.as_date if backwards else told.end.as_date
    return of_day(weekday(shift_days(start, -1 if backwards else 1), wanted, ahead=not backwards))


def _beside_month(told: Period, number: int, backwards: bool) -> Moment:
    here = shift_months(told.start, -1 if backwards else 1)
    return nearest_month(here, number, ahead=not backwards)


def _named_of_same(words: Words, context: Context) -> Reading | None:
    """Read "that Friday", "that August", and "one August morning" of a story told before."""
    if words.get("weekday"):
        wanted = weekday_number(words["weekday"] or "")
        return from_earlier(context, "day", lambda told: _weekday_in(told.start, wanted))
    number = month_number(words["month"] or "")
    return from_earlier(context, "year", lambda told: Moment(told.start.year, number))


def _weekday_in(start: Moment, wanted: int) -> Moment:
    return of_day(shift_days(week(start.as_date).start.as_date, wanted))


def _of_told_year(words: Words, context: Context) -> Reading | None:
    """Read "May the following year", "10 August that year"."""
    step = {"following": 1, "next": 1, "previous": -1}.get((words["which"] or "").lower(), 0)
    month, day = month_number(words["month"] or ""), words.get("day")

    def tell(told: Period) -> Moment | None:
        return moment(told.start.year + step, month, int(day) if day else None)

    return from_earlier(context, "year", tell)


def _next_stretch(words: Words, context: Context) -> Reading | None:
    """Read "the next two years": from an earlier date, or from now where the clause looks ahead."""
    count, unit = number_of(words["count"]) if words["count"] else 1, _unit(words)
    is_from_now = context.ahead or words["which"] == "coming"
    if is_from_now and context.now is not None:
        return from_now(context, stretch(context.now.moment, count, unit))
    return from_earlier(context, _precision(unit), lambda told: stretch(told.end, count, unit))


def _previous_stretch(words: Words, context: Context) -> Reading | None:
    count, unit = number_of(words["count"]) if words["count"] else 1, _unit(words)
    return from_earlier(context, _precision(unit), lambda told: stretch(told.start, -count, unit))


def _edge(words: Words, context: Context) -> Reading | None:
    """Read "the end of the year": of this one, or in a past clause of the one told of.

    It is the year, since that is all that is known, and its last day in a time limit.
    """
    unit, is_limit = _unit(words), words["limit"] is not None

    def tell(start: Moment) -> Moment | Period | None:
        around = unit_around(start, unit)
        return _last_day(around) if is_limit and around is not None else around

    told_back = context.tense in {"past", "pluperfect"} or context.now is None
    if told_back and (words.get("which") or "").lower() != "this":
        told = from_earlier(context, _precision(unit), lambda told: tell(told.start))
        if told is not None:
            return told
    return from_now(context, tell(context.now.moment)) if context.now else None


def _last_day(around: Moment | Period) -> Moment:
    return of_day((around.end if isinstance(around, Period) else around).last_day)


_UNITS = f"day|week|weekend|month|year|decade|century|{PARTS_OF_DAY}|{'|'.join(SEASONS)}"

ANAPHORIC = (
    form(
        OF_MONTH,
        rf"\b(?:{DAY}\s+)?{MONTH}(?:\s+of)?\s+(?:that|the\s+(?:same|(?P<which>following|next|previous)))"
        r"\s+year\b",
        _of_told_year,
    ),
    form(
        OF_UNIT,
        rf"\b(?P<limit>{after('by')})?(?:[Tt]he\s+)?(?:end|start|beginning|close)\s+of\s+(?P<which>the|this|that)\s+(?P<unit>week|month|year|decade)\b",
        _edge,
    ),
    form(
        OF_UNIT,
        rf"(?:(?P<limit>{after('by')})|{after('at')})"
        r"(?:[Tt]he\s+)?(?P<unit>year|month)(?:[’']s)?[ -]end\b",
        _edge,
    ),
    form(
        OF_UNIT,
        rf"\b(?:[Ll]ater\s+|[Ee]arlier\s+)?(?:[Tt]hat(?:\s+(?:very\s+)?same)?|[Tt]he\s+(?:very\s+)?same)\s+(?P<unit>{_UNITS}|date)\b(?!\s*(?:’s|'s)?\s+(?:when|after)\b)",
        _same,
    ),
    form(OF_UNIT, r"\b(?:[Ll]ater|[Ee]arlier)\s+(?:in|on)\s+the\s+(?P<unit>day)\b", _same),
    form(
        OF_UNIT,
        rf"\b[Tt]he\s+(?P<which>(?:very\s+)?next|following|previous|preceding)\s+(?P<unit>{_UNITS})\b(?!\s+of\b)",
        _adjacent,
    ),
    form(
        OF_UNIT,
        rf"\b[Tt]he\s+(?P<unit>day|night|evening|week|month|year)\s+(?P<which>before|after|previously|earlier){_END_OF_PHRASE}",
        _adjacent,
    ),
    form(
        OF_DAY_OR_MONTH,
        rf"\b[Tt]he\s+(?P<which>following|previous|preceding)\s+(?:{WEEKDAY}|{MONTH})\b",
        _adjacent_named,
    ),
    form(
        OF_DAY_OR_MONTH, rf"\b(?:[Tt]hat|[Tt]he\s+same)\s+(?:{WEEKDAY}|{MONTH})\b", _named_of_same
    ),
    form(OF_MONTH, rf"\b[Oo]ne\s+{MONTH}\s+(?:day|{PARTS_OF_DAY})\b", _named_of_same),
    form(
        OF_UNIT,
        rf"\b{COUNT}\s+{UNIT}s?\s+(?P<direction>later\b|earlier\b(?!\s+than)|previously\b|afterwards?\b|after\s+that\b|before\s+that\b|before{_END_OF_PHRASE}|after{_END_OF_PHRASE})",
        _later,
    ),
    form(
        OF_UNIT,
        rf"\b[Tt]he\s+(?P<which>next|coming|following|ensuing)\s+(?:{COUNT}\s+{UNIT}s?)\b",
        _next_stretch,
    ),
    form(
        OF_UNIT,
        r"\b[Tt]he\s+(?P<count>)(?P<which>coming)\s+(?P<unit>week|month|year|decade)\b",
        _next_stretch,
    ),
    form(OF_UNIT, rf"\b[Tt]he\s+(?:previous|preceding)\s+{COUNT}\s+{UNIT}s?\b", _previous_stretch),
)
"""Tried in this order, before those told from now."""
