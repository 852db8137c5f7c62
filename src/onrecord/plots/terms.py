"""Words in use: how often each is chosen, by month, outlet or speaker."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from onrecord.answers import Rows
from onrecord.plots.drawing import WIDTH, Picture, Point, colours, heading, named, panel
from onrecord.tables import NARRATION

if TYPE_CHECKING:
    import altair as alt

MOST_GROUPS = 14
MOST_PANELS = 6
MOST_TICKS = 8
GROUP = 24  # pixels
HEIGHT = 160
UNKNOWN = {
    "month": "month not known",
    "publisher": "outlet not known",
    "speaker": "speaker not known",
}
ITSELF = "the articles themselves"
COUNTED = "uses, as they are counted"
VOICES = ("own", "quoted", "scare", "avoided")
"""How words are used; the colour of each is fainter than that of the one before."""

FAINTEST = 0.25

_MONTH = len("2022-03")


def terms_chart(rows: Rows, by: str) -> Picture:
    """Return the picture of terms: a bar for each word, paler at arm's length or where avoided."""
    import altair as alt

    uses = [_use(row, by) for row in rows]
    panels = named(uses, "concept", MOST_PANELS)
    words = named(uses, "term")
    groups = _in_order(uses, by)
    most = max(Counter((one["concept"], one["group"]) for one in uses).values(), default=1)
    chart: alt.Chart = (
        alt.Chart(alt.InlineData(values=_counted(uses)))
        .mark_bar()
        .encode(
            **_axes(by, groups, most),
            color=alt.Color("term:N", scale=colours(words), legend=alt.Legend(title="word")),
            opacity=alt.Opacity(
                "voice:N",
                scale=alt.Scale(domain=list(VOICES), range=[1.0, FAINTEST]),
                legend=alt.Legend(title="voice"),
            ),
            tooltip=[alt.Tooltip(f"{one}:N") for one in ("concept", "term", "voice", "group")]
            + [alt.Tooltip("uses:Q")],
        )
    )
    height = HEIGHT if by == "month" else GROUP * max(len(groups), 1)
    chart = chart.properties(width=WIDTH, height=height)
    if len(panels) <= 1:
        chart.title = heading(panels[0] if panels else "no terms", COUNTED)
        return chart
    faceted: alt.FacetChart = chart.facet(row=panel("concept", panels))
    faceted.title = heading("terms", COUNTED)
    return faceted


def _axes(by: str, groups: list[str], most: int) -> dict[str, Any]:
    import altair as alt

    whole = alt.Axis(tickCount=min(most, MOST_TICKS), format=",d")
    if by == "month":
        axis = alt.X("group:O", sort=groups, title=None, scale=alt.Scale(domain=groups))
        return {"x": axis, "y": alt.Y("uses:Q", title="uses", axis=whole)}
    return {
        "x": alt.X("uses:Q", title="uses", axis=whole),
        "y": alt.Y("group:N", sort=groups, title=None),
    }


def _use(row: Mapping[str, Any], by: str) -> Point:
    return {
        "concept": row["concept"],
        "term": row["term"],
        "voice": "avoided" if row["avoided"] else row["term_voice"],
        "group": _group(row, by) or UNKNOWN[by],
    }


def _group(row: Mapping[str, Any], by: str) -> str | None:
    if by == "month":
        published: str = row["published"] or ""
        return published[:_MONTH] if len(published) >= _MONTH else None
    if by == "publisher":
        return row["publisher"] or None
    speaker: str | None = row["used_by"]
    return ITSELF if speaker is None and row["voice"] == NARRATION else speaker


def _in_order(uses: list[Point], by: str) -> list[str]:
    """Return the groups: months in order, others by how much they use; what is unknown last."""
    if by == "month":
        groups = sorted({one["group"] for one in uses})
    else:
        groups = named(uses, "group", MOST_GROUPS)
    return sorted(groups, key=lambda one: one == UNKNOWN[by])


def _counted(uses: list[Point]) -> list[Point]:
    counts = Counter((one["concept"], one["term"], one["voice"], one["group"]) for one in uses)
    names = ("concept", "term", "voice", "group")
    return [dict(zip(names, key, strict=True)) | {"uses": uses} for key, uses in counts.items()]
