"""Figures as claims: each at the numbers it names, never averaged."""

from __future__ import annotations

from typing import TYPE_CHECKING

from onrecord.answers import Rows
from onrecord.plots.drawing import (
    OTHERS,
    WIDTH,
    Picture,
    Point,
    colours,
    days,
    heading,
    hollow,
    left_out,
    named,
    panel,
    told_by_publication,
    when,
)

if TYPE_CHECKING:
    import altair as alt

UNLIKE = frozenset({"money", "other", "joined", "affected"})  # compared in one unit only
MOST_PANELS = 8
HEIGHT = 240  # pixels
_READ = {"source": "voice", "place": "place", "publisher": "publisher"}
_TOLD = ("when", "dated_by", "claim", "voice", "unit", "place", "title", "publisher")
ABOVE, BELOW = "open above", "open below"


def figures_chart(rows: Rows, by: str) -> Picture:
    """Return the picture of figures, a panel for each measure; what names no number is left out."""
    import altair as alt

    points, without = _points(rows, by)
    panels = named(points, "what", MOST_PANELS)
    drawn = [one for one in points if one["what"] != OTHERS]  # on one scale they mean nothing
    panels = [one for one in panels if one != OTHERS]
    scale = colours(named(drawn, "by"))
    base = alt.Chart().encode(
        x=days("first", drawn),
        color=alt.Color("by:N", scale=scale, legend=alt.Legend(title=by, labelLimit=240)),
        tooltip=[alt.Tooltip(f"{name}:N") for name in _TOLD],
    )
    notes = (
        told_by_publication(drawn, "figure_id"),
        left_out(without, "without a number or any day"),
        left_out(len(points) - len(drawn), "of rarer measures"),
    )
    layers = alt.layer(
        _bounds(base),
        _spans(base),
        *_numbers(base.encode(shape=_crosses(drawn), fill=alt.Fill("by:N", scale=scale))),
        *_open(base),
        data=alt.InlineData(values=drawn),
    )
    if len(panels) <= 1:
        title = heading(panels[0] if panels else "no figures", *notes)
        return layers.properties(width=WIDTH, height=HEIGHT, title=title)
    faceted: alt.FacetChart = (
        layers.properties(width=WIDTH, height=HEIGHT // 2)
        .facet(row=panel("what", panels))
        .resolve_scale(y="independent")
        .properties(title=heading("figures", *notes))
    )
    return faceted


def _points(rows: Rows, by: str) -> tuple[list[Point], int]:
    """Return the claims that can be drawn, and how many cannot."""
    points = []
    for row in rows:
        low, high, dated = row["low"], row["high"], when(row, "as_of")
        if dated is None or (low is None and high is None):
            continue
        unit = f" ({row['unit']})" if row["measure"] in UNLIKE and row["unit"] else ""
        points.append(
            dated
            | {name: row[name] for name in ("low", "high", "denied", "approx", "unit", "place")}
            | {name: row[name] for name in ("voice", "title", "publisher", "figure_id")}
            | {
                "what": f"{row['measure']}{unit}",
                "by": row[_READ[by]] or "not known",
                "claim": row["words"],
                "at": low if low is not None else high,
                "open": ABOVE if high is None else BELOW if low is None else None,
            }
        )
    return points, rows.num_rows - len(points)


def _bounds(base: alt.Chart) -> alt.Chart:
    """Return the lines between two bounds of a claim."""
    both = "datum.low !== null && datum.high !== null && datum.low !== datum.high"
    lines: alt.Chart = base.mark_rule(strokeWidth=2).encode(y=_height("low"), y2="high:Q")
    return lines.transform_filter(both)


def _spans(base: alt.Chart) -> alt.Chart:
    """Return the lines over the days of a claim whose day is not known."""
    several = "datum.first !== datum.last"
    lines: alt.Chart = base.mark_rule(strokeDash=[2, 2]).encode(x2="last:T", y=_height("at"))
    return lines.transform_filter(several)


def _numbers(base: alt.Chart) -> list[alt.Chart]:
    """Return the marks at the numbers that are named."""
    return [
        base.mark_point(size=60)
        .encode(y=_height(bound), fillOpacity=hollow())
        .transform_filter(f"datum.{bound} !== null")
        for bound in ("low", "high")
    ]


def _crosses(points: list[Point]) -> alt.Shape:
    """Return the shapes of marks: a cross for what is denied, which is said where there is any."""
    import altair as alt

    return alt.Shape(
        "denied:N",
        scale=alt.Scale(domain=[False, True], range=["circle", "cross"]),
        legend=alt.Legend(title="denied") if any(one["denied"] for one in points) else None,
    )


def _open(base: alt.Chart) -> list[alt.Chart]:
    """Return the arrows that leave the bound that is named where the other is open."""
    return [
        base.mark_point(shape=shape, filled=True, size=55, yOffset=away)
        .encode(y=_height("at"))
        .transform_filter(f"datum.open === '{which}'")
        for which, shape, away in ((ABOVE, "triangle-up", -10), (BELOW, "triangle-down", 10))
    ]


def _height(name: str) -> alt.Y:
    import altair as alt

    return alt.Y(f"{name}:Q", title=None, scale=alt.Scale(zero=False))
