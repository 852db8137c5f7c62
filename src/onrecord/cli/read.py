"""The command `read`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from onrecord.cli.dataset import dataset_options, read_to, target_from
from onrecord.cli.options import (
    ANY_FILE,
    actors_option,
    beside,
    fetching_options,
    opened,
    store_option,
)
from onrecord.cli.output import write_file
from onrecord.cli.plain import plain
from onrecord.cli.progress import Progress
from onrecord.errors import ReadError
from onrecord.records import Article, Failure
from onrecord.settings import DEFAULTS, Settings

if TYPE_CHECKING:
    from onrecord.cli.intake import Intake, Outcome
    from onrecord.reading import Visits, Web

Command = TypeVar("Command", bound=Callable[..., object])

FIELDS = ("id", "text", "title", "byline", "published", "publisher", "url", "language")


def field_options(command: Command) -> Command:
    """Add an option for what each field of JSON lines and column of tables is called."""
    for name in reversed(FIELDS):
        command = click.option(
            f"--{name}-field",
            f"--{name}-column",
            metavar="NAME",
            help=f"What JSON lines and tables call the {name}; by default customary names.",
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
@click.option(
    "--failures",
    "failures_path",
    type=ANY_FILE,
    metavar="FILE",
    help="Keep what gave no article, and why, as JSON lines.",
)
@fetching_options
@click.option("--follow", is_flag=True, help="Read the page each entry of a feed links to.")
@field_options
@dataset_options
@click.pass_context
def read(
    ctx: click.Context,
    /,
    paths: tuple[str, ...],
    store_path: str,
    workers: int,
    terms: Path | None,
    language: str,
    actors: Path | None,
    failures_path: Path | None,
    **reading: Any,  # noqa: ANN401 - click's values of the options on reading
) -> None:
    """Read the articles in PATHS into a store.

    PATHS are files, folders, URLs, or - for standard input. What each is, is told by what it holds:
    text, web pages (HTML, MHTML), JSON lines, CSV, TSV, Parquet, RSS and Atom feeds, e-mail (.eml,
    mbox), RTF, Word documents, exports of LexisNexis and Factiva, WARC, lists of URLs, and zip and
    gzip of these.

    With --output DIR what is read becomes a folder of Parquet, which `find` and `load` take; an
    ended run goes on where it stopped. --engine ray has a cluster do it.

    Example: onrecord read talks.txt --published 2022-03-11
    """
    from onrecord.pipeline import load_own_codebook

    if reading["url"] is not None and len(paths) > 1:
        raise click.UsageError("--url names one article: read the others in a call of their own")
    settings = replace(DEFAULTS, terms=terms, actors=actors)
    target = target_from(ctx, reading, workers)
    load_own_codebook(settings)  # a table with a slip is named before a store is made or changed
    if target is not None:
        fetching = {name: reading.pop(name) for name in ("delay", "allow_private", "follow")}
        more = {"reading": _reading(reading), "fetching": fetching}
        outcome = read_to(target, paths, settings, only_english=language == "en", **more)
    else:
        outcome = _stored(paths, store_path, (settings, workers, language == "en"), reading)
    if failures_path is not None:
        write_file(failures_path, outcome.as_json_lines().encode())
    if outcome.failed:
        raise SystemExit(1)


def _stored(
    paths: tuple[str, ...],
    store_path: str,
    how: tuple[Settings, int, bool],
    reading: dict[str, Any],
) -> Outcome:
    """Read all paths into a store; `how` is by which settings and workers, and if English only."""
    from onrecord.reading import Visits, Web, in_english

    settings, workers, only_english = how
    visits = Visits.load(beside(store_path, "visits.jsonl"))
    web = Web(delay=reading.pop("delay"), allow_private=reading.pop("allow_private"), visits=visits)
    articles = _articles(paths, web, reading)
    if only_english:
        articles = in_english(articles)
    outcome = _kept(articles, store_path, settings, workers, visits)
    web.close()
    return outcome


def _kept(
    articles: Iterator[Article | Failure],
    place: str,
    settings: Settings,
    workers: int,
    visits: Visits,
) -> Outcome:
    """Store the articles' records; a store is made only where there is an article for it."""
    from onrecord.cli.intake import Intake, Outcome, begun, noted
    from onrecord.store.opening import may_exist

    is_any = may_exist(place)
    if not is_any:
        visits.forget(lambda _: True)
        is_any, articles = begun(articles)
    if not is_any:
        outcome = Outcome()
        return told(noted(articles, outcome), outcome)
    with opened(place, create=True) as store:
        store.require_writable()
        intake = Intake(store, settings, workers)
        visits.forget(intake.lacks)
        outcome = take_in(intake, articles)
        visits.keep(intake.lacks)
    return outcome


def _articles(
    paths: Iterable[str], web: Web, reading: dict[str, Any]
) -> Iterator[Article | Failure]:
    """Return the articles of all paths, one after another.

    Raises:
        click.UsageError: An option is malformed.
    """
    from onrecord.reading import Fetching
    from onrecord.reading import read as read_path

    fetching = Fetching(web=web, follow=reading.pop("follow"))
    told = _reading(reading)
    try:
        return chain.from_iterable([read_path(path, fetching=fetching, **told) for path in paths])
    except ReadError as error:
        raise click.UsageError(str(error)) from error


def _reading(options: dict[str, Any]) -> dict[str, Any]:
    """Return the options on reading as `onrecord.reading.read` takes them."""
    from onrecord.reading import FieldNames

    called = {name: options.pop(f"{name}_field") for name in FIELDS}
    fields = FieldNames(**called, published_format=options.pop("published_format"))
    return options | {"fields": fields}


def take_in(intake: Intake, articles: Iterable[Article | Failure]) -> Outcome:
    """Store the articles' records, with progress, each failure and the counts on stderr."""
    return told(intake.run(articles), intake.outcome)


def told(results: Iterable[object], outcome: Outcome) -> Outcome:
    """Go through results, with progress, each failure and the counts on stderr."""
    with Progress("articles read") as progress:
        for result in results:
            if isinstance(result, Failure) and result.outcome == "failed":
                click.echo(plain(str(result)), err=True)
            progress.advance()
    if table := outcome.table():
        click.echo(plain(table), err=True)
    click.echo(str(outcome), err=True)
    return outcome
