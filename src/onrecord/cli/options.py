"""Options and arguments that several commands share."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import click

from onrecord.cli.progress import Progress
from onrecord.errors import StoreError

if TYPE_CHECKING:
    from onrecord.store import ArticleSummary, Store

Command = TypeVar("Command", bound=Callable[..., object])

DEFAULT_STORE = "onrecord.db"

ANY_FILE = click.Path(path_type=Path, allow_dash=True)
STDOUT = Path("-")
UNIT_HEADERS = {"story": "stories", "article": "articles"}
"""What may count once, with the heading over how many there are."""

LISTED = 20  # articles that a message lists


def store_option(command: Command) -> Command:
    """Add `--store STORE`, which the variable ONRECORD_STORE sets as well."""
    return click.option(
        "--store",
        "store_path",
        default=DEFAULT_STORE,
        show_default=True,
        envvar="ONRECORD_STORE",
        show_envvar=True,
        metavar="STORE",
        help="The database with the record: a file, a folder of Parquet, or "
        "postgresql://ROLE@HOST/DATABASE.",
    )(command)


def per_option(command: Command) -> Command:
    """Add `--per article|story`, which says what counts once."""
    return click.option(
        "--per",
        type=click.Choice(list(UNIT_HEADERS)),
        default="story",
        show_default=True,
        help="Count copies of a story as one, or each article.",
    )(command)


def beside(place: str, what: str) -> Path:
    """Return where a file is kept that goes with a store.

    That of a store on a server is in the folder one works in, under the database's name.
    """
    from onrecord.store.opening import name_of

    return Path(f"{name_of(place)}-{what}")


def actors_option(command: Command) -> Command:
    """Add `--actors FILE`, a table of the user's own."""
    return click.option(
        "--actors",
        type=click.Path(exists=True, dir_okay=False, path_type=Path),
        metavar="FILE",
        help="A CSV or TOML table of actors of your own.",
    )(command)


def fetching_options(command: Command) -> Command:
    """Add `--delay` and `--allow-private`, which say how pages are fetched."""
    for option in (
        click.option(
            "--delay",
            type=click.FloatRange(min=0),
            default=1.0,
            show_default=True,
            help="Seconds between two requests to a host.",
        ),
        click.option(
            "--allow-private",
            is_flag=True,
            help="Fetch from this machine and private networks too.",
        ),
    ):
        command = option(command)
    return command


def opened(path: str, *, create: bool = False) -> Store:
    """Return the store in a file, with progress on stderr while it is brought up to date.

    Raises:
        StoreError: It cannot be opened, or there is none and none is to be made.
    """
    from onrecord.store import open_store  # here, so that help and wrong usage answer at once

    with Progress("articles brought up to date") as progress:
        return open_store(path, create=create, advance=progress.advance)


def article_argument(command: Command) -> Command:
    """Add the argument ARTICLE, which may be left out when the store holds one article."""
    return click.argument("article", required=False)(command)


def chosen_article(store: Store, article: str | None) -> str:
    """Return the id of the article meant; of the only one when none is named.

    Raises:
        StoreError: The store holds no or several such articles.
    """
    if article is not None:
        return store.resolve(article)
    held = store.summaries()
    if len(held) == 1:
        return held[0].article_id
    if not held:
        raise StoreError("The store is empty: add articles with `onrecord read PATHS`.")
    listing = "\n".join(f"  {_line(one)}" for one in held[:LISTED])
    more = f"\n  and {len(held) - LISTED} more" if len(held) > LISTED else ""
    raise StoreError(f"The store holds {len(held)} articles; name one of them:\n{listing}{more}")


def _line(article: ArticleSummary) -> str:
    named = article.title or article.url or article.source_path
    return "  ".join(filter(None, (article.article_id, article.published, named)))
