"""Commands that show what a store holds: `show`, `find` and `report`."""

from __future__ import annotations

from pathlib import Path
from typing import TypedDict, Unpack

import click

from onrecord.cli.options import (
    ANY_FILE,
    STDOUT,
    article_argument,
    chosen_article,
    store_option,
)
from onrecord.cli.output import FORMATS, SHOWN, format_for, write_file, write_table
from onrecord.store import Filters, open_store


@click.command()
@article_argument
@store_option
def show(article: str | None, store_path: str) -> None:
    """Print the record of ARTICLE.

    ARTICLE is an id or its beginning, a path, a URL or a title; it may be left out when the store
    holds one article.

    Example: onrecord show "Talks in Minsk"
    """
    from onrecord.cli.page import print_page

    with open_store(store_path, create=False) as store:
        print_page(store.record(chosen_article(store, article)))


@click.command()
@article_argument
@click.option("-o", "--output", type=ANY_FILE, default=STDOUT, help="The HTML file to write.")
@store_option
def report(article: str | None, output: Path, store_path: str) -> None:
    """Write ARTICLE with its record marked in it, as one HTML page.

    Example: onrecord report talks.txt -o talks.html
    """
    from onrecord.report import render_report

    with open_store(store_path, create=False) as store:
        page = render_report(store.record(chosen_article(store, article)))
    if output == STDOUT:
        click.echo(page)
        return
    write_file(output, page.encode())
    click.echo(f"Wrote {output}", err=True)


class Wanted(TypedDict):
    """The filters of `find`, as click passes them."""

    speaker: str | None
    actor: str | None
    recipient: str | None
    country: str | None
    type: str | None
    since: str | None
    until: str | None
    text: str | None
    limit: int | None


@click.command()
@click.argument("kind", type=click.Choice(list(SHOWN)))
@click.option("--speaker", help="Rows in the words of this speaker.")
@click.option("--actor", help="Rows with this actor.")
@click.option("--recipient", help="Events done to this actor.")
@click.option("--country", help="Rows with an actor of this country, as ISO 3166-1 alpha-3: UKR.")
@click.option("--type", help="An event type, act, measure, kind or concept, as the rows have it.")
@click.option("--since", metavar="DATE", help="Not before this date: 2022, 2022-03 or 2022-03-11.")
@click.option("--until", metavar="DATE", help="Not after this date.")
@click.option("--text", help="Rows whose words contain this.")
@click.option("--limit", type=click.IntRange(min=1), help="At most so many rows.")
@click.option("--format", "form", type=click.Choice(FORMATS), help="By default a table.")
@click.option("-o", "--output", type=ANY_FILE, default=STDOUT, help="The file to write.")
@store_option
def find(
    kind: str, form: str | None, output: Path, store_path: str, **wanted: Unpack[Wanted]
) -> None:
    """Find rows of a KIND in all articles.

    Example: onrecord find statements --speaker Putin --since 2022-03 --format csv -o putin.csv
    """
    with open_store(store_path, create=False) as store:
        rows = store.find(kind, Filters(**wanted))
    write_table(rows, kind, format_for(form, output), output)
    click.echo(f"{rows.num_rows} {kind}", err=True)
