"""The command `count events`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Unpack

import click

from onrecord.cli.filtering import Wanted, filter_options, filters_from, usage_errors
from onrecord.cli.options import ANY_FILE, STDOUT, opened, store_option
from onrecord.cli.output import FORMATS, format_for, write_table

if TYPE_CHECKING:
    import pyarrow as pa

    from onrecord.store.counting import DatedBy, Period

PERIODS = ("day", "week", "month", "year")


@click.group()
def count() -> None:
    """Count what a store holds.

    Example: onrecord count events --by month --dyad RUS,UKR
    """


@count.command("events")
@click.option("--by", type=click.Choice(PERIODS), required=True, help="The periods to count by.")
@click.option("--dyad", metavar="A,B", help="Only between two countries: RUS,UKR.")
@click.option("--directed", is_flag=True, help="Tell apart who did it to whom: A to B.")
@click.option(
    "--per",
    type=click.Choice(["type", "quad", "story", "article"]),
    multiple=True,
    help="Count each type or class apart; copies of a story as one (the default), or each article.",
)
@click.option(
    "--date",
    "dated_by",
    type=click.Choice(["event", "published"]),
    default="published",
    show_default=True,
    help="Which date counts: the event's own, else that of publication; or its own alone.",
)
@filter_options
@click.option("--format", "form", type=click.Choice(FORMATS), help="By default a table.")
@click.option("-o", "--output", type=ANY_FILE, default=STDOUT, help="The file to write.")
@store_option
def events(
    by: Period,
    dyad: str | None,
    directed: bool,
    per: tuple[str, ...],
    dated_by: DatedBy,
    form: str | None,
    output: Path,
    store_path: str,
    **wanted: Unpack[Wanted],
) -> None:
    """Count happenings by period and by pair of countries, each once however often it is told.

    One without a date of its own counts by the day it was published; by_publication says how many
    of a line do. Those whose date is unknown still, or wider than a period, are counted in a line
    of their own. One that involves several pairs of countries counts for each.

    Example: onrecord count events --by month --dyad RUS,UKR --modality actual
    """
    from onrecord.store import Counting

    with opened(store_path) as store, usage_errors():
        pair = tuple(dyad.split(",")) if dyad else None
        apart, unit = _chosen(per, ("type", "quad")), _chosen(per, ("story", "article")) or "story"
        how = {"directed": directed, "per": apart, "unit": unit, "dated_by": dated_by}
        counting = Counting(by=by, dyad=pair, **how)
        counts = store.count(counting, filters_from(wanted)).to_arrow()
    write_table(counts, "counts", format_for(form, output), output)
    click.echo(f"{_summary(counts)}; told per {unit}", err=True)


def _chosen(given: tuple[str, ...], choices: tuple[str, str]) -> Any:  # noqa: ANN401 - a Literal
    """Return which of two that exclude each other is given, None when neither is."""
    chosen = [one for one in given if one in choices]
    if len(set(chosen)) > 1:
        raise click.UsageError(f"--per {choices[0]} and --per {choices[1]} exclude each other")
    return chosen[0] if chosen else None


def _summary(counts: pa.Table) -> str:
    rows = counts.select(["period", "happenings", "by_publication"]).to_pylist()
    undated = sum(row["happenings"] for row in rows if row["period"] is None)
    total, told = (sum(row[name] for row in rows) for name in ("happenings", "by_publication"))
    return (
        f"{total} happenings, {told} of them by the date of publication, {undated} with no date "
        "within one period"
    )
