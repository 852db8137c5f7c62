"""The command `copy`."""

from __future__ import annotations

import click

from onrecord.cli.options import opened
from onrecord.cli.progress import Progress


@click.command()
@click.argument("source", metavar="FROM")
@click.argument("target", metavar="TO")
def copy(source: str, target: str) -> None:
    """Copy the store FROM into TO, which is made or holds nothing yet.

    Each is a file or the URL of a PostgreSQL database. All is copied: articles and rows, reviews
    and decisions, happenings and copies. A copy that was interrupted goes on where it stopped, and
    cannot be opened until it is whole.

    Example: onrecord copy onrecord.db postgresql://desk@db.example/news
    """
    from onrecord.store import copy_store

    with Progress("lines copied") as progress:
        copy_store(source, target, advance=progress.advance)
    with opened(target) as store:
        articles, digest = len(store.summaries()), store.digest()
    click.echo(f"{articles} articles copied; digest {digest}", err=True)
