"""Pictures of rows: what is drawn is what the rows say, and what is unknown stays so."""

from __future__ import annotations

import sys
from dataclasses import replace
from typing import Any

import pytest

import onrecord
from factories import make_article, make_record
from onrecord.answers import Rows
from onrecord.errors import ExtraError
from onrecord.plots.drawing import MOST_NAMED, OTHERS, OWN, PUBLISHED
from onrecord.plots.figures import ABOVE, BELOW, MOST_PANELS
from onrecord.plots.timeline import NOBODY, STANDINGS
from onrecord.records import Record
from onrecord.tables import Selection, selected


def drawn(rows: Rows, by: str | None = None) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """Return a picture as Vega-Lite has it, and the points in it."""
    made = onrecord.plot(rows, by).to_dict()  # checked against Vega-Lite's own schema
    (points,) = made.get("datasets", {}).values() or [made["data"]["values"]]
    return made, points


def layers_of(made: dict[str, Any]) -> list[dict[str, Any]]:
    layers: list[dict[str, Any]] = made.get("spec", made)["layer"]
    return layers


def notes_of(made: dict[str, Any]) -> list[str]:
    notes: list[str] = made["title"]["subtitle"]
    return notes


def rows_of(kind: str, *records: Record) -> Rows:
    return Rows(kind, selected(kind, [Selection(one, getattr(one, kind)) for one in records]))


# Figures


def with_figures(**changes: Any) -> Record:  # noqa: ANN401 - any field
    record = make_record()
    return replace(record, figures=tuple(replace(one, **changes) for one in record.figures[:1]))


def test_a_claim_stands_at_its_bounds_and_no_average_is_made() -> None:
    made, points = drawn(rows_of("figures", make_record()))
    both, more = sorted(points, key=lambda one: one["at"])
    assert (both["low"], both["high"], both["open"]) == (30, 35, None)
    assert (more["low"], more["high"], more["open"]) == (2_000_000, None, ABOVE)
    named = {30, 35, 2_000_000, None}
    assert {one[name] for one in points for name in ("low", "high", "at")} == named
    fields = {
        axis["field"]
        for layer in layers_of(made)
        for name, axis in layer["encoding"].items()
        if name in ("y", "y2")
    }
    assert fields == {"low", "high", "at"}
    assert "aggregate" not in str(made)


@pytest.mark.parametrize(
    ("bounds", "which", "shape"),
    [({"high": None}, ABOVE, "triangle-up"), ({"low": None}, BELOW, "triangle-down")],
)
def test_an_open_bound_has_an_arrow_that_way(
    bounds: dict[str, None], which: str, shape: str
) -> None:
    made, (point,) = drawn(rows_of("figures", with_figures(**bounds)))
    assert point["open"] == which
    (arrow,) = (one for one in layers_of(made) if which in str(one.get("transform")))
    assert arrow["mark"]["shape"] == shape
    assert (arrow["mark"]["yOffset"] < 0) == (which == ABOVE)


def test_a_figure_without_a_date_of_its_own_is_hollow_and_counted() -> None:
    made, points = drawn(rows_of("figures", with_figures(as_of=None), with_figures(as_of="2022")))
    assert [one["dated_by"] for one in points] == [PUBLISHED, OWN]
    assert [(one["first"], one["last"]) for one in points] == [
        ("2022-03-11", "2022-03-11"),
        ("2022-01-01", "2022-12-31"),
    ]
    marks = [one for one in layers_of(made) if "fillOpacity" in one["encoding"]]
    assert len(marks) == 2
    for one in marks:
        condition = one["encoding"]["fillOpacity"]["condition"]
        assert PUBLISHED in condition["test"]
        assert condition["value"] == 0
    assert "hollow: 1 " in notes_of(made)[0]


def test_what_has_no_number_or_no_day_is_counted_and_not_drawn() -> None:
    undated = make_record(make_article(published=None, published_from=None))
    none = with_figures(low=None, high=None)
    rows = rows_of("figures", none, replace(undated, figures=undated.figures[1:]))
    made, points = drawn(rows)
    assert points == []
    assert notes_of(made) == ["2 without a number or any day not drawn"]


def test_a_denied_figure_is_a_cross() -> None:
    made, (point,) = drawn(rows_of("figures", with_figures(denied=True)))
    assert point["denied"] is True
    shapes = [one["encoding"]["shape"] for one in layers_of(made) if "shape" in one["encoding"]]
    assert shapes
    assert all(one["scale"]["range"][1] == "cross" for one in shapes)
    assert all(one["scale"]["domain"][1] is True for one in shapes)


def test_measures_have_a_panel_and_a_scale_each() -> None:
    made, points = drawn(rows_of("figures", make_record()))
    assert made["facet"]["row"]["sort"] == [one["what"] for one in points]
    assert made["resolve"]["scale"]["y"] == "independent"
    units = [with_figures(measure="other", unit=f"things {n}") for n in range(MOST_PANELS + 2)]
    made, points = drawn(rows_of("figures", *units))
    assert len({one["what"] for one in points}) == MOST_PANELS
    assert "2 of rarer measures not drawn" in notes_of(made)


def test_rare_sources_go_under_one_name() -> None:
    records = [
        make_record(make_article(publisher=f"Paper {n}", article_id=str(n))) for n in range(12)
    ]
    _, points = drawn(rows_of("figures", *records), "publisher")
    named = {one["by"] for one in points}
    assert len(named) == MOST_NAMED + 1
    assert OTHERS in named


# Events


def test_events_stand_on_their_day_in_the_lane_of_who_did_it() -> None:
    record = make_record()
    made, points = drawn(rows_of("events", record))
    assert {one["event_id"] for one in points} == {one.event_id for one in record.events}
    for event in record.events:
        (day,) = {one["first"] for one in points if one["event_id"] == event.event_id}
        assert day == (event.date or "2022-03-11")
    met = [one["lane"] for one in points if one["trigger"] == "met"]
    assert met == ["Vladimir Putin", "Alexander Lukashenko"]  # of a meeting, all parties
    assert {one["standing"] for one in points} <= set(STANDINGS)
    undated = sum(event.date is None for event in record.events)
    assert f"hollow: {undated} " in " ".join([*notes_of(made), "hollow: 0 "])


def test_lanes_may_be_pairs_or_types() -> None:
    rows = rows_of("events", make_record())
    _, pairs = drawn(rows, "pair")
    assert "BLR ⇄ RUS" in {one["lane"] for one in pairs}
    _, types = drawn(rows, "type")
    assert {one["lane"] for one in types} == {row["event_type"] for row in rows}


def test_nobody_is_guessed_for_an_event_without_parties() -> None:
    record = make_record()
    bare = replace(record, events=(replace(record.events[0], actors=(), recipients=()),))
    _, (point,) = drawn(rows_of("events", bare))
    assert (point["lane"], point["who"].count("?")) == (NOBODY, 2)


# Terms


def test_terms_are_counted_as_they_are_used() -> None:
    later = make_record(make_article(published="2022-04", article_id="other"))
    rows = rows_of("terms", make_record(), later)
    _, points = drawn(rows)
    assert sum(one["uses"] for one in points) == len(rows)
    assert {one["group"] for one in points} == {"2022-03", "2022-04"}
    avoided = [row["term"] for row in rows if row["avoided"]]
    counted = [one for one in points if one["voice"] == "avoided"]
    assert sum(one["uses"] for one in counted) == len(avoided) > 0


@pytest.mark.parametrize(
    ("by", "unknown"), [("month", "month not known"), ("publisher", "outlet not known")]
)
def test_what_is_not_known_is_last_and_says_so(by: str, unknown: str) -> None:
    bare = make_article(published=None, published_from=None, publisher=None, article_id="b")
    made, points = drawn(rows_of("terms", make_record(), make_record(bare)), by)
    assert sum(one["uses"] for one in points if one["group"] == unknown) == 3
    spec = made.get("spec", made)
    axis = spec["encoding"]["x" if by == "month" else "y"]
    assert axis["sort"][-1] == unknown


# What cannot be drawn


def test_no_rows_make_an_empty_picture() -> None:
    for kind in ("figures", "terms", "events"):
        _, points = drawn(rows_of(kind))
        assert points == []


def test_other_kinds_and_ways_are_refused() -> None:
    with pytest.raises(ValueError, match="figures, terms, events, none of statements"):
        onrecord.plot(rows_of("statements", make_record()))
    with pytest.raises(ValueError, match="by must be one of month, publisher, speaker"):
        onrecord.plot(rows_of("terms", make_record()), "actor")


def test_without_altair_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "altair", None)
    with pytest.raises(ExtraError, match=r"onrecord\[plots\]"):
        onrecord.plot(rows_of("figures", make_record()))
