"""Commands that show what a store holds: `show`, `find` and `report`.

What takes long to load is imported in the bodies, so that help and wrong usage answer at once.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TypedDict, Unpack

import click

from onrecord.cli.options import (
    ANY_FILE,
    STDOUT,
    article_argument,
    chosen_article,
    opened,
    store_option,
)
from onrecord.cli.output import FORMATS, SHOWN, format_for, write_file, write_table


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

    with opened(store_path) as store:
        print_page(store.record(chosen_article(store, article)))


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
    modality: str | None
    article: str | None
    limit: int | None


def _canonical(wanted: Wanted) -> Wanted:
    """Return the filters with names as the record has them: "EU" finds the European Union."""
    from onrecord.codebook import load_codebook

    canonical = load_codebook().parties.canonical
    speaker, actor, recipient = wanted["speaker"], wanted["actor"], wanted["recipient"]
    wanted["speaker"] = canonical(speaker) if speaker else None
    wanted["actor"] = canonical(actor) if actor else None
    wanted["recipient"] = canonical(recipient) if recipient else None
    return wanted


@click.command()
@click.argument("kind", type=click.Choice(list(SHOWN)), metavar="KIND")
@click.option("--speaker", help="By who said it, or vouches for it: a name, an identity's id.")
@click.option("--actor", help="By who did it.")
@click.option("--recipient", help="By whom it was done, said or asked of.")
@click.option("--country", metavar="CODE", help="By the country of any actor: UKR.")
@click.option("--type", help="By event type, act, measure, kind or concept.")
@click.option("--modality", help="Of events: actual, negated, future, conditional, hypothetical.")
@click.option("--since", metavar="DATE", help="Not before 2022, 2022-03 or 2022-03-11.")
@click.option("--until", metavar="DATE", help="Not after that date.")
@click.option("--text", help='With these words, and "phrases in quotation marks".')
@click.option("--article", help="In one article: its id, path, URL or title.")
@click.option("--limit", type=click.IntRange(min=1), help="At most so many rows.")
@click.option("--format", "form", type=click.Choice(FORMATS), help="By default a table.")
@click.option("-o", "--output", type=ANY_FILE, default=STDOUT, help="The file to write.")
@store_option
def find(
    kind: str, form: str | None, output: Path, store_path: str, **wanted: Unpack[Wanted]
) -> None:
    """Find rows of a KIND in all articles.

    KIND is statements, events, figures, conditions, demands, terms, actors, mentions, times or
    places. All that is asked for must hold.

    Example: onrecord find statements --speaker Putin --since 2022-03
    """
    from onrecord.store import Filters

    with opened(store_path) as store:
        try:
            rows = store.find(kind, Filters(**_canonical(wanted)))
        except ValueError as error:
            raise click.UsageError(str(error)) from error
    write_table(rows, kind, format_for(form, output), output)
    click.echo(f"{rows.num_rows} {kind}", err=True)
