"""What the commands under `score` share: options, records of texts, and how counts are printed."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from onrecord.cli.progress import Progress
from onrecord.records import Article, Failure, Record

if TYPE_CHECKING:
    from onrecord.evaluate import Interval, Tally

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)
OUTPUT = click.Path(path_type=Path)

as_json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON.")
bootstrap_option = click.option(
    "--bootstrap",
    type=click.IntRange(min=0),
    metavar="TIMES",
    default=0,
    help="Draw the texts anew so often, for 95% intervals; 1000 will do.",
)


def extracted(articles: Mapping[str, Article]) -> dict[str, Record]:
    """Return the records of articles under the same names, with progress on stderr."""
    from onrecord.pipeline import attempt, load_tools

    tools, records = load_tools(), {}
    with Progress("articles", len(articles)) as progress:
        for name, article in articles.items():
            record = attempt(article, tools)
            if isinstance(record, Failure):  # counts as a record with nothing in it
                click.echo(str(record), err=True)
                record = Record(article=article)
            records[name] = record
            progress.advance()
    return records


def print_tallies(
    tallies: tuple[Tally, ...], as_json: bool, intervals: Sequence[Interval] = ()
) -> None:
    """Print counts as a table or as JSON, with the intervals of those that have one."""
    from onrecord.evaluate import tally_lines

    if as_json:
        spread = {one.name: {"f1_95": [one.low, one.high]} for one in intervals}
        rows = [asdict(one) | spread.get(one.name, {}) for one in tallies]
        click.echo(json.dumps(rows, indent=1))
        return
    click.echo("\n".join(tally_lines(tallies, intervals)))
