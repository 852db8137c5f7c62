"""The commands `happenings list` and `show`."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING, Unpack

import click

from onrecord.cli.filtering import Wanted, filter_options, filters_from, usage_errors
from onrecord.cli.listing import print_lines
from onrecord.cli.numbers import counted
from onrecord.cli.options import UNIT_HEADERS, opened, per_option, store_option
from onrecord.cli.shown import ID_LENGTH

if TYPE_CHECKING:
    from onrecord.store import Happening, Retelling
    from onrecord.store.units import Unit

LISTED = 50  # happenings, unless more are asked for
FEWEST = 2  # tellings: what is told once needs no explanation

HEADER = ("id", "type", "actors", "recipients", "date", "place", "modality", "tellings")
TELLING_HEADER = ("event", "published", "words", "voice", "date", "place", "why", "article")
GOING = ("place", "modality")
TELLINGS_GOING = ("place", "date", "voice")
"""What may go where the terminal is narrow."""

as_json_option = click.option("--json", "as_json", is_flag=True, help="Print a line of JSON each.")


@click.group()
def happenings() -> None:
    """Show which events are one happening told again, in an article or in several.

    Tellings are one by type, parties, date, place and words; what contradicts stays apart, and so
    does what is in doubt.

    Example: onrecord happenings list --type CONSULT
    """


@happenings.command("list")
@click.option(
    "--fewest",
    type=click.IntRange(min=1),
    default=FEWEST,
    show_default=True,
    help="Only those told at least so often.",
)
@filter_options
@click.option(
    "--limit",
    type=click.IntRange(min=1),
    default=LISTED,
    show_default=True,
    help="At most so many, those told most often.",
)
@per_option
@as_json_option
@store_option
def list_(
    fewest: int,
    limit: int,
    per: Unit,
    as_json: bool,
    store_path: str,
    **wanted: Unpack[Wanted],
) -> None:
    """List the happenings that the events asked for tell, with how often each is told.

    Example: onrecord happenings list --type ASSAULT --country SYR
    """
    with opened(store_path) as store, usage_errors():
        found = store.happenings(filters_from(wanted), fewest=fewest, limit=limit, unit=per)
    if as_json:
        _print_json(found)
    else:
        print_lines((*HEADER, UNIT_HEADERS[per]), [_line(one) for one in found], going=GOING)
    click.echo(f"{counted(len(found), 'happening')}; told per {per}", err=True)


@happenings.command("show")
@click.argument("happening")
@as_json_option
@store_option
def show_(happening: str, as_json: bool, store_path: str) -> None:
    """Print every telling of HAPPENING, and why it is taken to be one.

    HAPPENING is its id or the id of an event that tells it; the beginning will do.

    Example: onrecord happenings show 3f2a9c1d
    """
    with opened(store_path) as store:
        found = store.happening(happening)
    if as_json:
        _print_json([found])
        return
    facts = (found.event_type, found.actors, found.recipients, found.date, found.place)
    click.echo("  ".join(filter(None, (*facts, found.modality, found.happening_id))))
    lines = [_telling_line(one) for one in found.tellings]
    print_lines(TELLING_HEADER, lines, going=TELLINGS_GOING, prose=("why",))


def _line(one: Happening) -> list[str]:
    told = (str(one.times), str(one.stories if one.unit == "story" else one.articles))
    facts = (one.actors, one.recipients, one.date, one.place, one.modality)
    return [one.happening_id[:ID_LENGTH], one.event_type, *(fact or "" for fact in facts), *told]


def _telling_line(one: Retelling) -> list[str]:
    why = f"as {one.reason.earlier_id[:ID_LENGTH]}: {one.reason}" if one.reason else "told first"
    facts = (one.published, one.trigger, one.voice, one.date, one.place)
    ids = one.event_id[:ID_LENGTH], one.article_id[:ID_LENGTH]
    return [ids[0], *(fact or "" for fact in facts), why, ids[1]]


def _print_json(found: list[Happening] | tuple[Happening, ...]) -> None:
    for one in found:
        click.echo(json.dumps(asdict(one), ensure_ascii=False))
