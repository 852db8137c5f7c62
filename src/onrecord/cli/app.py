"""The command `onrecord` and how it ends: exit status 0, 1 for a failure, 2 for wrong usage."""

from __future__ import annotations

import logging
import sys

import click

from onrecord.cli.actors import actors
from onrecord.cli.copies import copies
from onrecord.cli.copy import copy
from onrecord.cli.counts import count
from onrecord.cli.dataset import load
from onrecord.cli.demo import demo
from onrecord.cli.export import export, rejoin
from onrecord.cli.happenings import happenings
from onrecord.cli.identities import identities
from onrecord.cli.queries import find, report, show
from onrecord.cli.read import read
from onrecord.cli.review import review
from onrecord.cli.score import score
from onrecord.cli.serve import serve
from onrecord.cli.talks import talks
from onrecord.cli.verify import verify
from onrecord.cli.watch import watch
from onrecord.errors import OnrecordError


class Cli(click.Group):
    """A command group that reports errors a user can mend, without a traceback."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the commands in the order in which a user meets them."""
        return list(self.commands)

    def invoke(self, ctx: click.Context) -> object:
        """Run a command. The one place where an OnrecordError becomes exit status 1."""
        _show_any_character()
        try:
            return super().invoke(ctx)
        except OnrecordError as error:
            raise click.ClickException(str(error)) from error


def _show_any_character() -> None:
    """Escape what a terminal or file of another encoding cannot hold, rather than stop there."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="backslashreplace")


@click.group(cls=Cli, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="onrecord")
@click.option("-v", "--verbose", is_flag=True, help="Show errors of the program in full.")
def main(verbose: bool) -> None:
    """Read news articles and keep the record: who said what, who did what.

    Example: onrecord demo
    """
    handler = logging.StreamHandler() if verbose else logging.NullHandler()
    logging.getLogger("onrecord").handlers = [handler]


for command in (
    demo,
    read,
    load,
    watch,
    show,
    find,
    count,
    happenings,
    talks,
    copies,
    identities,
    review,
    report,
    serve,
    actors,
    export,
    rejoin,
    copy,
    verify,
    score,
):
    main.add_command(command)
