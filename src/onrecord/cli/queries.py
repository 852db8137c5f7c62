"""Commands that show what a store holds: `show`, `find` and `report`.

What takes long to load is imported in the bodies, so that help and wrong usage answer at once.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Unpack

import click

from onrecord.cli.filtering import Wanted, filter_options, filters_from, usage_errors
from onrecord.cli.options import (
    ANY_FILE,
    STDOUT,
    article_argument,
    chosen_article,
    opened,
    store_option,
)
from onrecord.cli.output import FORMATS, format_for, write_file, write_table
from onrecord.records import KINDS


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
    from onrecord.store import Filters

    with opened(store_path) as store:
        record = store.record(chosen_article(store, article))
        retold = store.happenings(Filters(article=record.article.article_id))
    print_page(record, retold)


@click.command()
@article_argument
@click.option("-o", "--output", type=ANY_FILE, default=STDOUT, help="The HTML file to write.")
@store_option
def report(article: str | None, output: Path, store_path: str) -> None:
    """Write ARTICLE with its record marked in it, as one HTML page.

    ARTICLE is named as for show.

    Example: onrecord report talks.txt -o talks.html
    """
    from onrecord.report import render_report

    if output == STDOUT and sys.stdout.isatty():
        raise click.UsageError("a page is not for the terminal: name a file with -o page.html")
    with opened(store_path) as store:
        page = render_report(store.record(chosen_article(store, article)))
    if output == STDOUT:
        click.echo(page)
        return
    write_file(output, page.encode())
    click.echo(f"Wrote {output}", err=True)


@click.command()
@click.argument("kind", type=click.Choice(KINDS), metavar="KIND")
@filter_options
@click.option("--limit", type=click.IntRange(min=1), help="At most so many rows.")
@click.option("--format", "form", type=click.Choice(FORMATS), help="By default a table.")
@click.option("-o", "--output", type=ANY_FILE, default=STDOUT, help="The file to write.")
@store_option
def find(
    kind: str,
    limit: int | None,
    form: str | None,
    output: Path,
    store_path: str,
    **wanted: Unpack[Wanted],
) -> None:
    """Find rows of a KIND in all articles.

    KIND is statements, events, figures, conditions, demands, terms, actors, mentions, times or
    places. All that is asked for must hold.

    Example: onrecord find statements --speaker Putin --since 2022-03
    """
    with opened(store_path) as store, usage_errors():
        rows = store.find(kind, filters_from(wanted, limit))
    write_table(rows, kind, format_for(form, output), output)
    click.echo(f"{rows.num_rows} {kind}", err=True)
