"""The command `verify`."""

from __future__ import annotations

import click

from onrecord.cli.options import opened, store_option


@click.command()
@store_option
def verify(store_path: str) -> None:
    """Look a store through, and print what is wrong with it.

    Every span must lie in its text, every link lead to a row, and the search index have the words
    that the articles have. Exit status 1 if anything is wrong. The digest is the same for stores
    that hold the same, in a file or on a server.

    Example: onrecord verify --store onrecord.db
    """
    with opened(store_path) as store:
        faults = store.faults()
        articles = len(store.summaries()) if not faults else None
        digest = store.digest() if not faults else None
    for fault in faults:
        click.echo(str(fault))
    if faults:
        click.echo(f"{len(faults)} faults: restore the file, or read the articles anew", err=True)
        raise SystemExit(1)
    click.echo(f"{articles} articles, all is well; digest {digest}", err=True)
