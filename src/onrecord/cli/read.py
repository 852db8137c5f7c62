"""The command `read`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
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
    from onrecord.cli.intake import Intake, Outcome, begun, in_english
    from onrecord.pipeline import load_own_codebook

    if url is not None and len(paths) > 1:
        raise click.UsageError("--url names one article: read the others in a call of their own")
    given = {
        "published": published,
        "published_from_name": published_from_name,
        "publisher": publisher,
        "url": url,
        "encoding": encoding,
    }
    called = {key.removesuffix("_field"): name for key, name in fields.items()}
    sources = _sources(paths, given, called, published_format)
    settings = replace(DEFAULTS, terms=terms, actors=actors)
    load_own_codebook(settings)  # a table with a slip is named before a store is made or changed
    found: Iterator[Article | Failure] = chain.from_iterable(sources)
    outcome = Outcome()
    if language == "en":
        found = in_english(found, outcome)
    is_any, found = begun(found)
    if is_any or Path(store_path).exists():
        with opened(store_path, create=True) as store:
            store.require_writable()
            take_in(Intake(store, settings, workers, outcome), found)
    else:
        _report(found, outcome)
    if outcome.failed:
        raise SystemExit(1)


def _sources(
    paths: Iterable[str],
    given: dict[str, str | None],
    called: dict[str, str],
    published_format: str | None,
) -> list[Iterator[Article | Failure]]:
    """Return what is read from each path.

    Raises:
        click.UsageError: An option is malformed.
    """
    from onrecord.reading import FieldNames
    from onrecord.reading import read as read_path

    names = FieldNames(**called, published_format=published_format)
    try:
        return [read_path(path, fields=names, **given) for path in paths]
    except ReadError as error:
        raise click.UsageError(str(error)) from error


def _report(failures: Iterable[Article | Failure], outcome: Outcome) -> None:
    """Say on stderr why nothing was read."""
    for failure in failures:
        outcome.failed += 1
        click.echo(plain(str(failure)), err=True)
    click.echo(str(outcome), err=True)


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
