"""The command `read`."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import click

from onrecord.cli.options import actors_option, opened, store_option
from onrecord.cli.plain import plain
from onrecord.cli.progress import Progress
from onrecord.errors import ReadError
from onrecord.records import Article, Failure
from onrecord.settings import DEFAULTS

if TYPE_CHECKING:
    from onrecord.cli.intake import Intake, Outcome

Command = TypeVar("Command", bound=Callable[..., object])

FIELDS = ("id", "text", "title", "byline", "published", "publisher", "url", "language")


def field_options(command: Command) -> Command:
    """Add an option for what each field of JSON lines is called."""
    for name in reversed(FIELDS):
        command = click.option(
            f"--{name}-field",
            default=name,
            show_default=True,
            metavar="NAME",
            help="What JSON lines call it.",
        )(command)
    return command


@click.command()
@click.argument("paths", nargs=-1, required=True)
@store_option
@click.option("--published", metavar="DATE", help="When the articles appeared: 2022-03-11.")
@click.option(
    "--published-format",
    metavar="FORMAT",
    help="How JSON lines write their dates: '%d/%m/%Y'. By default told where it can be.",
)
@click.option(
    "--published-from-name",
    metavar="FORMAT",
    help="How file names write the date: '%Y%m%d'.",
)
@click.option("--publisher", help="Who published the articles.")
@click.option("--url", help="Where the article appeared.")
@click.option("--encoding", help="By default told from each file.")
@click.option(
    "--workers",
    type=click.IntRange(min=1),
    default=1,
    show_default=True,
    help="How many processes extract.",
)
@click.option(
    "--terms",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="A TOML file with contested terms of your own.",
)
@click.option(
    "--language",
    type=click.Choice(["en", "any"]),
    default="en",
    show_default=True,
    help="Whether articles in other languages are read too, as well as it goes.",
)
@actors_option
@field_options
def read(
    paths: tuple[str, ...],
    store_path: str,
    published: str | None,
    published_format: str | None,
    published_from_name: str | None,
    publisher: str | None,
    url: str | None,
    encoding: str | None,
    workers: int,
    terms: Path | None,
    language: str,
    actors: Path | None,
    **fields: str,
) -> None:
    """Read the articles in PATHS into a store.

    PATHS are texts, saved web pages, JSON lines, folders of such, or - for standard input.

    Example: onrecord read talks.txt --published 2022-03-11
    """
    from onrecord.cli.intake import Intake, in_english
    from onrecord.pipeline import load_own_codebook
    from onrecord.reading import FieldNames
    from onrecord.reading import read as read_path

    if url is not None and len(paths) > 1:
        raise click.UsageError("--url names one article: read the others in a call of their own")
    called = {key.removesuffix("_field"): name for key, name in fields.items()}
    names = FieldNames(**called, published_format=published_format)
    given = {
        "published": published,
        "published_from_name": published_from_name,
        "publisher": publisher,
        "url": url,
        "encoding": encoding,
    }
    try:
        sources = [read_path(path, fields=names, **given) for path in paths]
    except ReadError as error:
        raise click.UsageError(str(error)) from error
    settings = replace(DEFAULTS, terms=terms, actors=actors)
    load_own_codebook(settings)  # a table with a slip is named before a store is made or changed
    with opened(store_path, create=True) as store:
        store.require_writable()
        intake, found = Intake(store, settings, workers), chain.from_iterable(sources)
        outcome = take_in(intake, in_english(found, intake.outcome) if language == "en" else found)
    if outcome.failed:
        raise SystemExit(1)


def take_in(intake: Intake, articles: Iterable[Article | Failure]) -> Outcome:
    """Store the articles' records, with progress, each failure and the counts on stderr."""
    with Progress("articles read") as progress:
        for result in intake.run(articles):
            if isinstance(result, Failure):
                click.echo(plain(str(result)), err=True)
            progress.advance()
    intake.store.link()
    click.echo(str(intake.outcome), err=True)
    return intake.outcome
