"""Commands that show what a store holds: `show`, `find` and `report`.

What takes long to load is imported in the bodies, so that help and wrong usage answer at once.
"""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path
from textwrap import shorten
from typing import TYPE_CHECKING, Unpack

import click

from onrecord.cli.filtering import Wanted, filter_options, filters_from, usage_errors
from onrecord.cli.numbers import counted
from onrecord.cli.options import (
    ANY_FILE,
    STDOUT,
    article_argument,
    chosen_article,
    opened,
    store_option,
)
from onrecord.cli.output import FORMATS, TABLE, format_for, write_file, write_table
from onrecord.cli.sorting import in_order, without_nested
from onrecord.records import KINDS

if TYPE_CHECKING:
    import pyarrow as pa

    from onrecord.store import ArticleSummary, Store

ARTICLES = "articles"
FIRST_LINE = 90  # characters of it, where there is no title
OF_ARTICLES = ("text", "since", "until")


@click.command()
@article_argument
@store_option
def show(article: str | None, store_path: str) -> None:
    """Print the record of ARTICLE.

    ARTICLE is an id or its beginning, a path, a URL, or part of a title or of a file name; it may
    be left out when the store holds one article.

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
@click.argument("kind", type=click.Choice((*KINDS, ARTICLES)), metavar="KIND")
@filter_options
@click.option("--limit", type=click.IntRange(min=1), help="At most so many rows.")
@click.option(
    "--sort",
    metavar="COLUMN",
    help="By a column, such as score; -score has the highest first. By default as published.",
)
@click.option("--sentence", is_flag=True, help="With the sentence that each row stands in.")
@click.option(
    "--nested", is_flag=True, help="In a table, show statements within those it shows, too."
)
@click.option("--format", "form", type=click.Choice(FORMATS), help="By default a table.")
@click.option("-o", "--output", type=ANY_FILE, default=STDOUT, help="The file to write.")
@store_option
def find(
    kind: str,
    limit: int | None,
    sort: str | None,
    sentence: bool,
    nested: bool,
    form: str | None,
    output: Path,
    store_path: str,
    **wanted: Unpack[Wanted],
) -> None:
    """Find rows of a KIND in all articles.

    KIND is statements, events, figures, conditions, demands, terms, actors, mentions, times, places
    or articles. All that is asked for must hold. A date in brackets is that of publication.

    Example: onrecord find statements --speaker Putin --since 2022-03 --sentence
    """
    how, folded = format_for(form, output), 0
    strangers: tuple[str, ...] = ()
    with opened(store_path) as store, usage_errors():
        if kind == ARTICLES:
            rows = in_order(_articles(store, wanted, how), sort)[:limit]
        else:
            filters = filters_from(wanted, limit if sort is None else None)
            rows = in_order(store.find(kind, filters).to_arrow(), sort)[:limit]
            strangers = () if rows.num_rows else _strangers(store, wanted)
        if kind == "statements" and how == TABLE and not nested:
            rows, folded = without_nested(rows)
        if sentence:
            rows = _with_sentences(store, rows, kind)
    write_table(rows, kind, how, output)
    click.echo(f"{counted(rows.num_rows, kind.removesuffix('s'))}{_inside(folded)}", err=True)
    for name in strangers:
        click.echo(f"Nobody goes by {name!r} here: `onrecord identities list` has all", err=True)


def _strangers(store: Store, wanted: Wanted) -> tuple[str, ...]:
    """Return the names asked for that nobody in the store goes by."""
    names = (wanted["speaker"], wanted["actor"], wanted["recipient"])
    return tuple(name for name in names if name and not store.identities(name, limit=1))


def _with_sentences(store: Store, rows: pa.Table, kind: str) -> pa.Table:
    """Return rows with the sentence of each.

    Raises:
        ValueError: They are articles.
    """
    from onrecord.report.sentences import with_sentences

    if kind == ARTICLES:
        raise ValueError("an article stands in no sentence: leave --sentence out")
    return with_sentences(rows, kind, lambda *key: store.views.text(key))


def _articles(store: Store, wanted: Wanted, how: str) -> pa.Table:
    """Return the articles asked for; in a table one without a title goes by its first line.

    Raises:
        ValueError: Something is asked that an article has not.
    """
    from onrecord.store import article_table

    unknown = next((name for name in wanted if wanted.get(name) and name not in OF_ARTICLES), None)
    if unknown is not None:
        raise ValueError(f"articles have no {unknown} to find them by; give text, since or until")
    found = store.summaries(wanted["text"], since=wanted["since"], until=wanted["until"])
    if how == TABLE:
        found = tuple(one if one.title else _by_its_first_line(store, one) for one in found)
    return article_table(found)


def _by_its_first_line(store: Store, article: ArticleSummary) -> ArticleSummary:
    text = store.views.text((article.article_id, article.version)) or ""
    return replace(article, title=shorten(text.split("\n", 1)[0], FIRST_LINE, placeholder=" …"))


def _inside(folded: int) -> str:
    return f", and {folded} within them: --nested shows these" if folded else ""
