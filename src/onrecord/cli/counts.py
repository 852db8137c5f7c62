"""The command `count events`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Unpack

import click

from onrecord.cli.filtering import Wanted, filter_options, filters_from, usage_errors
from onrecord.cli.options import ANY_FILE, STDOUT, opened, store_option
from onrecord.cli.output import FORMATS, format_for, write_table

if TYPE_CHECKING:
    import pyarrow as pa

    from onrecord.store.counting import DatedBy, Per, Period

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
@click.option("--per", type=click.Choice(["type", "quad"]), help="Count each type or class apart.")
@click.option(
    "--date",
    "dated_by",
    type=click.Choice(["event", "published"]),
    default="event",
    show_default=True,
    help="Which date counts: the event's own alone, or else that of publication.",
)
@filter_options
@click.option("--format", "form", type=click.Choice(FORMATS), help="By default a table.")
@click.option("-o", "--output", type=ANY_FILE, default=STDOUT, help="The file to write.")
@store_option
def events(
    by: Period,
    dyad: str | None,
    directed: bool,
    per: Per | None,
    dated_by: DatedBy,
    form: str | None,
    output: Path,
    store_path: str,
    **wanted: Unpack[Wanted],
) -> None:
    """Count happenings by period and by pair of countries, each once however often it is told.

    Those whose date is unknown, or wider than a period, are counted in a line of their own. One
    that involves several pairs of countries counts for each.

    Example: onrecord count events --by month --dyad RUS,UKR --modality actual
    """
    from onrecord.store import Counting

    with opened(store_path) as store, usage_errors():
        pair = tuple(dyad.split(",")) if dyad else None
        counting = Counting(by=by, dyad=pair, directed=directed, per=per, dated_by=dated_by)
        counts = store.count(counting, filters_from(wanted))
    write_table(counts, "counts", format_for(form, output), output)
    click.echo(_summary(counts), err=True)


def _summary(counts: pa.Table) -> str:
    rows = counts.select(["period", "happenings"]).to_pylist()
    undated = sum(row["happenings"] for row in rows if row["period"] is None)
    total = sum(row["happenings"] for row in rows)
    return f"{total} happenings, {undated} of them with no date within one period"
