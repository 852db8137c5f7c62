"""Dates whose year has two digits: "16 May 17", "May 4, '21"."""

from __future__ import annotations

from onrecord.language.calendar import moment, month_number
from onrecord.resolve.dates.absolute import DAY_FIRST, MONTH_FIRST
from onrecord.resolve.dates.forms import Context, Reading, Words, form, from_now
from onrecord.resolve.dates.vocabulary import AT_END, OF_MONTH

_CENTURY = 100
_AHEAD = 10  # years that such a year may lie ahead of now

_MARKED = r"[’'‘](?P<short>\d\d)(?!\d|[’'‘\w])"
_BARE = rf"(?P<short>\d\d)(?!\d){AT_END}"  # not in "on 4 May 22 people died"


def _with_short_year(words: Words, context: Context) -> Reading | None:
    """Read a year of two digits as the last one that ends so, or one soon to come."""
    if context.now is None:
        return None
    last = context.now.moment.year + _AHEAD
    year = last - (last - int(words["short"] or 0)) % _CENTURY
    month = month_number(words["month"] or "")
    return from_now(context, moment(year, month, int(words["day"] or 0)))


ABBREVIATED = (
    form(OF_MONTH, rf"{DAY_FIRST},?\s+{_MARKED}", _with_short_year),
    form(OF_MONTH, rf"{MONTH_FIRST},?\s+{_MARKED}", _with_short_year),
    form(OF_MONTH, rf"{DAY_FIRST}\s+{_BARE}", _with_short_year),
)
"""Tried in this order, before the same dates without a year."""
