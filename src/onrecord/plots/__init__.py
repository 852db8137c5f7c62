"""Rows as pictures for a notebook: claims of figures, words in use, events in time."""

from __future__ import annotations

from onrecord.answers import Rows
from onrecord.errors import ExtraError
from onrecord.plots.drawing import Picture
from onrecord.plots.figures import figures_chart
from onrecord.plots.terms import terms_chart
from onrecord.plots.timeline import timeline_chart

__all__ = ["plot"]

CHARTS = {"figures": figures_chart, "terms": terms_chart, "events": timeline_chart}
WAYS = {
    "figures": ("source", "place", "publisher"),
    "terms": ("month", "publisher", "speaker"),
    "events": ("actor", "pair", "type"),
}
"""What rows of each kind can be set apart by; the first is the usual one."""


def plot(rows: Rows, by: str | None = None) -> Picture:
    """Return a picture of figures, terms or events, as Altair has it.

    Figures are claims, never averaged: a mark at each number that is named, a line between the two
    bounds of a claim, an arrow where a bound is open, a cross for what is denied. Events stand on
    their day, in lanes. What has no date of its own stands, hollow, on the day its article was
    published; what has no day at all is counted in the heading. Terms are counted as they are used.

    Args:
        rows: What `Store.find` or `onrecord.table` gives.
        by: What colours figures ("source", "place", "publisher"), what terms are counted by
            ("month", "publisher", "speaker"), what the lanes of events are ("actor", "pair" of
            countries, "type"). None is the first of these.

    Raises:
        ExtraError: Altair is not installed.
        ValueError: There is no picture of rows of that kind, or not by that.
    """
    if rows.kind not in CHARTS:
        raise ValueError(f"there are plots of {', '.join(CHARTS)}, none of {rows.kind}")
    ways = WAYS[rows.kind]
    if by not in (None, *ways):
        raise ValueError(f"by must be one of {', '.join(ways)} for {rows.kind}, got {by!r}")
    try:
        import altair  # noqa: F401 - here, so that the message names what to install
    except ImportError as error:
        raise ExtraError(
            "Plots need more than the base install: pip install 'onrecord[plots]'"
        ) from error
    return CHARTS[rows.kind](rows, by or ways[0])
