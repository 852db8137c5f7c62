"""The command `demo`."""

from __future__ import annotations

import sys
from importlib.resources import as_file, files
from pathlib import Path
from shutil import which

import click

from onrecord.cli.output import make_folder, write_file
from onrecord.cli.read import take_in
from onrecord.cli.serve import searches_beside, serve_store
from onrecord.records import Article
from onrecord.room import RoomSettings, require_installed
from onrecord.settings import DEFAULTS

SHOWN = "talks.txt"  # the sample whose record is printed


@click.command()
@click.option(
    "--folder",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("onrecord-demo"),
    show_default=True,
    help="Where the store and the report are written.",
)
@click.option("--serve", is_flag=True, help="Open the reading room on them.")
def demo(folder: Path, serve: bool) -> None:
    """Read the sample articles and show what is found.

    They come with onrecord; their store and a report are written to a folder.

    Example: onrecord demo --folder /tmp/onrecord-demo
    """
    if serve:
        require_installed()  # before anything is read
    from onrecord.cli.intake import Intake
    from onrecord.cli.page import print_page
    from onrecord.reading import read
    from onrecord.report import render_report
    from onrecord.store import open_store

    make_folder(folder)
    store_path, page = folder / "onrecord.db", folder / "talks.html"
    with open_store(store_path) as store, as_file(files("onrecord") / "samples") as samples:
        articles = (one for one in read(samples) if isinstance(one, Article))
        take_in(Intake(store, DEFAULTS), articles)
        record = store.record(store.resolve(str((samples / SHOWN).resolve())))
    if not serve:
        print_page(record)
    write_file(page, render_report(record).encode())
    click.echo(f"\nStore:  {store_path}\nReport: {page}", err=True)
    program = "onrecord" if which("onrecord") else sys.argv[0]
    click.echo(f"Next:   {program} find statements --store {store_path}", err=True)
    if serve:
        serve_store(str(store_path), RoomSettings(searches=searches_beside(str(store_path))))
