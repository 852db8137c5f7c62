"""Events in time, in lanes of who did it, of pairs of countries, or of types."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

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
    told_by_publication,
    when,
)
from onrecord.tables import NARRATION, SEVERAL

MOST_LANES = 14
LANE = 26  # pixels
NOBODY, NO_PAIR = "nobody named", "no two countries named"
STANDINGS = (
    "told as having happened",
    "somebody says it happened",
    "denied",
    "planned",
    "possible",
)
_BY_MODALITY = {"negated": 2, "future": 3, "conditional": 4, "hypothetical": 4}
_TOLD = ("when", "dated_by", "event_type", "trigger", "who", "standing", "voice", "title")


def timeline_chart(rows: Rows, by: str) -> Picture:
    """Return the picture of events; one with several parties stands in the lane of each."""
    import altair as alt

    points, without = _points(rows, by)
    lanes = [one for one in named(points, "lane", MOST_LANES) if one != OTHERS]
    last = [one for one in (OTHERS, NOBODY, NO_PAIR) if any(at["lane"] == one for at in points)]
    order = [one for one in lanes if one not in last] + last
    base = alt.Chart().encode(
        x=days("first", points),
        y=alt.Y("lane:N", sort=order, title=None, axis=alt.Axis(labelLimit=220)),
        color=alt.Color(
            "standing:N",
            scale=colours(STANDINGS),
            legend=alt.Legend(title=None, orient="top", columns=3, labelLimit=240),
        ),
        tooltip=[alt.Tooltip(f"{name}:N") for name in _TOLD],
    )
    spans = base.mark_rule(strokeWidth=2, opacity=0.6).encode(x2="last:T")
    marks = base.mark_point(size=70, shape="circle").encode(
        fill=alt.Fill("standing:N", scale=colours(STANDINGS), legend=None),
        fillOpacity=hollow(),
    )
    notes = (told_by_publication(points, "event_id"), left_out(without, "without any day"))
    return alt.layer(
        spans.transform_filter("datum.first !== datum.last"),
        marks,
        data=alt.InlineData(values=points),
    ).properties(width=WIDTH, height=LANE * max(len(order), 1), title=heading("events", *notes))


def _points(rows: Rows, by: str) -> tuple[list[Point], int]:
    """Return a point for each event and lane, and how many events have no day."""
    points, without = [], 0
    for row in rows:
        dated = when(row, "date")
        if dated is None:
            without += 1
            continue
        told = {name: row[name] for name in ("event_id", "event_type", "trigger", "voice", "title")}
        mark = dated | told | {"standing": standing_of(row), "who": _who(row)}
        points += [mark | {"lane": lane} for lane in lanes_of(row, by)]
    return points, without


def standing_of(row: Mapping[str, Any]) -> str:
    """Return how an event stands, in words."""
    at = _BY_MODALITY.get(row["modality"])
    if at is None:
        at = 0 if row["voice"] == NARRATION else 1
    return STANDINGS[at]


def lanes_of(row: Mapping[str, Any], by: str) -> list[str]:
    """Return the lanes an event is in, each once."""
    if by == "type":
        return [row["event_type"]]
    if by == "pair":
        return _pairs(row)
    sides = (row["actors"], row["recipients"] if row["symmetric"] else None)
    parties = [one for side in sides for one in _several(side)]
    return list(dict.fromkeys(parties)) or [NOBODY]


def _pairs(row: Mapping[str, Any]) -> list[str]:
    actors, recipients = _several(row["actor_countries"]), _several(row["recipient_countries"])
    if row["symmetric"]:
        everybody = sorted({*actors, *recipients})
        pairs = [f"{one} ⇄ {two}" for n, one in enumerate(everybody) for two in everybody[n + 1 :]]
    else:
        pairs = [f"{one} → {two}" for one in actors for two in recipients if one != two]
    return list(dict.fromkeys(pairs)) or [NO_PAIR]


def _several(joined: str | None) -> list[str]:
    return [one for one in (joined or "").split(SEVERAL) if one]


def _who(row: Mapping[str, Any]) -> str:
    arrow = " ⇄ " if row["symmetric"] else " → "
    return arrow.join((row["actors"] or "?", row["recipients"] or "?"))
