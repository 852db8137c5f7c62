"""What the pictures share: days, rare values under one name, headings, colours."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, TypeAlias

from onrecord.language.days import days_of

if TYPE_CHECKING:
    import altair as alt

Point: TypeAlias = dict[str, Any]
Picture: TypeAlias = "alt.LayerChart | alt.FacetChart | alt.Chart"

WIDTH = 640  # pixels
FEW_DAYS = 14
COLOURS = (
    "#0072B2", "#D55E00", "#009E73", "#CC79A7", "#56B4E9", "#E69F00", "#6A3D9A", "#8C510A",
    "#7F7F7F",
)  # fmt: skip
"""Okabe and Ito's, which readers who see few colours can tell apart, and some more; grey is last,
for what goes under one name."""

MOST_NAMED = len(COLOURS) - 1
OTHERS = "all others"
OWN, PUBLISHED = "its own date", "the day of publication"


def when(row: Mapping[str, Any], own: str) -> Point | None:
    """Return the first and last day of a row, and which date that is; None where no day is known.

    Args:
        row: The row.
        own: The column of its own date.
    """
    for value, dated_by in ((row[own], OWN), (row["published"], PUBLISHED)):
        days = days_of(value)
        if days is not None:
            return {"first": days.first, "last": days.last, "when": value, "dated_by": dated_by}
    return None


def named(points: Iterable[Point], name: str, most: int = MOST_NAMED) -> list[str]:
    """Give the rarer values of points one name; return the values, the most frequent first."""
    known = list(points)
    counts = Counter(one[name] for one in known)
    kept = [value for value, _ in counts.most_common(most)]
    if len(counts) == len(kept):
        return kept
    for one in known:
        if one[name] not in kept:
            one[name] = OTHERS
    return [*kept, OTHERS]


def colours(values: Sequence[str]) -> alt.Scale:
    """Return the colours of some values, in their order."""
    import altair as alt

    range_ = [*COLOURS[: len(values) - 1], COLOURS[-1]] if OTHERS in values else [*COLOURS]
    return alt.Scale(domain=list(values), range=range_[: len(values)])


def days(name: str, points: Sequence[Point]) -> alt.X:
    """Return the axis of time for points; a few days have a tick each. Days are of no time zone."""
    import altair as alt

    ends = [date.fromisoformat(one[edge]) for one in points for edge in ("first", "last")]
    few = bool(ends) and (max(ends) - min(ends)).days <= FEW_DAYS
    each = alt.TimeIntervalStep(interval="day", step=1) if few else alt.Undefined
    axis = alt.Axis(format="%-d %b %Y", labelOverlap=True, tickCount=each)
    return alt.X(f"{name}:T", scale=alt.Scale(type="utc", nice=False), axis=axis, title=None)


def hollow(where: str = "datum.dated_by") -> Any:  # noqa: ANN401 - Altair's own conditions
    """Return how much a mark is filled: not at all without a date of its own."""
    import altair as alt

    return alt.condition(f"{where} === '{PUBLISHED}'", alt.value(0.0), alt.value(0.85))


def panel(name: str, values: Sequence[str]) -> alt.Row:
    """Return the panels for some values, one below the other."""
    import altair as alt

    header = alt.Header(labelAngle=0, labelAlign="left", labelLimit=160)
    return alt.Row(f"{name}:N", sort=list(values), title=None, header=header)


def heading(words: str, *notes: str) -> alt.TitleParams:
    """Return a heading, with what the picture does not show below it."""
    import altair as alt

    return alt.TitleParams(words, subtitle=[one for one in notes if one], anchor="start")


def left_out(count: int, what: str) -> str:
    """Return the words for what cannot be drawn, "" for nothing."""
    return f"{count:,} {what} not drawn" if count else ""


def told_by_publication(points: Iterable[Point], row_id: str) -> str:
    """Return the words for rows with hollow marks, "" for none; a row may have several marks."""
    count = len({one[row_id] for one in points if one["dated_by"] == PUBLISHED})
    return f"hollow: {count:,} without a date of their own, on the day of publication" * bool(count)
