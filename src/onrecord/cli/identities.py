"""The commands `identities list`, `show`, `merge`, `split`, `undo` and `decisions`."""

from __future__ import annotations

import getpass
import json
from collections.abc import Callable, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, TypeVar, get_args

import click

from onrecord.cli.listing import print_lines
from onrecord.cli.numbers import counted
from onrecord.cli.options import UNIT_HEADERS, opened, per_option, store_option
from onrecord.cli.shown import ID_LENGTH
from onrecord.records import ActorKind

if TYPE_CHECKING:
    from onrecord.store import Decision, Identity, IdentityAppearance
    from onrecord.store.units import Unit

Command = TypeVar("Command", bound=Callable[..., object])

LISTED = 50  # identities, unless more are asked for
JOINED = "; "

IDENTITY_HEADER = ("id", "name", "kind", "country", "{}", "mentions", "also", "wikidata")
APPEARANCE_HEADER = ("article", "published", "name", "mentions", "title")
DECISION_HEADER = ("number", "decision", "by", "when", "why", "undone by")


def signing_options(command: Command) -> Command:
    """Add who decides and why."""
    command = click.option("--why", help="For what reason.")(command)
    return click.option("--by", metavar="NAME", help="Who decides; by default, the user.")(command)


as_json_option = click.option("--json", "as_json", is_flag=True, help="Print a line of JSON each.")


@click.group()
def identities() -> None:
    """Say who is the same in all articles of a store, and change it.

    People are linked by name, office and country, states and bodies by name, kind and country. An
    identity is named by a name or its id, of which the beginning will do.

    Example: onrecord identities list Zelensky
    """


@identities.command("list")
@click.argument("name", required=False)
@click.option("--kind", type=click.Choice(get_args(ActorKind)), help="Only of that kind.")
@click.option("--country", metavar="CODE", help="Only of that country: UKR.")
@click.option(
    "--limit",
    type=click.IntRange(min=1),
    default=LISTED,
    show_default=True,
    help="At most so many, those in most articles.",
)
@per_option
@as_json_option
@store_option
def list_(
    name: str | None,
    kind: str | None,
    country: str | None,
    limit: int,
    per: Unit,
    as_json: bool,
    store_path: str,
) -> None:
    """List who is in the store: all, or who goes by NAME.

    Example: onrecord identities list --kind person --country UKR
    """
    country = country and country.upper()
    with opened(store_path) as store:
        found = store.identities(name, kind=kind, country=country, limit=limit, unit=per)
    header = tuple(one.format(UNIT_HEADERS[per]) for one in IDENTITY_HEADER)
    _print(found, header, [_identity_line(one) for one in found], as_json)
    click.echo(f"{counted(len(found), 'identity', 'identities')}; counted per {per}", err=True)


@identities.command("show")
@click.argument("identity")
@as_json_option
@store_option
def show_(identity: str, as_json: bool, store_path: str) -> None:
    """Print who IDENTITY is, and in which articles.

    Example: onrecord identities show "Volodymyr Zelensky"
    """
    with opened(store_path) as store:
        found = store.identity(identity)
        appearances = store.appearances(found.identity_id)
    if not as_json:
        facts = (found.name, found.kind, found.country, found.wikidata, found.identity_id)
        click.echo("  ".join(filter(None, facts)))
        click.echo(f"known as {JOINED.join(found.names)}")
    lines = [_appearance_line(one) for one in appearances]
    _print(appearances, APPEARANCE_HEADER, lines, as_json)


@identities.command("merge")
@click.argument("one")
@click.argument("other")
@signing_options
@store_option
def merge_(one: str, other: str, by: str | None, why: str | None, store_path: str) -> None:
    """Decide that ONE and OTHER are the same.

    Example: onrecord identities merge "Vladimir Zelensky" "Volodymyr Zelensky" --why spelling
    """
    with opened(store_path) as store:
        made = store.merge(one, other, by=signature(by), why=why)
    _print_made(made)


@identities.command("split")
@click.argument("identity")
@click.option("--article", "articles", multiple=True, help="Where it is somebody else.")
@click.option("--name", "names", multiple=True, help="A name it goes by that is somebody else's.")
@signing_options
@store_option
def split_(
    identity: str,
    articles: tuple[str, ...],
    names: tuple[str, ...],
    by: str | None,
    why: str | None,
    store_path: str,
) -> None:
    """Decide that IDENTITY is somebody else in some articles, or by some of its names.

    Both options can be given several times: all that is given is one new identity.

    Example: onrecord identities split "John Smith" --article match-report.txt
    """
    if not articles and not names:
        raise click.UsageError("say where with --article ID, or which names with --name NAME")
    with opened(store_path) as store:
        made = store.split(identity, articles=articles, names=names, by=signature(by), why=why)
    _print_made(made)


@identities.command("undo")
@click.argument("number", type=int)
@signing_options
@store_option
def undo_(number: int, by: str | None, why: str | None, store_path: str) -> None:
    """Undo the decision of that NUMBER; an undo can be undone itself.

    Example: onrecord identities undo 3
    """
    with opened(store_path) as store:
        made = store.undo(number, by=signature(by), why=why)
    _print_made(made)


@identities.command("decisions")
@as_json_option
@store_option
def decisions_(as_json: bool, store_path: str) -> None:
    """List all that was decided, with who, when and why.

    Example: onrecord identities decisions
    """
    with opened(store_path) as store:
        made = store.decisions()
    _print(made, DECISION_HEADER, [_decision_line(one) for one in made], as_json)


def signature(by: str | None) -> str:
    """Return who decides: as given, else the user's name."""
    if by:
        return by
    try:
        return getpass.getuser()
    except (KeyError, OSError) as error:  # a user the system has no name for
        raise click.UsageError("say who decides with --by NAME") from error


def _identity_line(one: Identity) -> list[str]:
    also = JOINED.join(name for name in one.names if name != one.name)
    counts = f"{one.articles:,}", f"{one.mentions:,}"
    facts = one.country or "", *counts, also, one.wikidata or ""
    return [one.identity_id[:ID_LENGTH], one.name, one.kind, *facts]


def _appearance_line(one: IdentityAppearance) -> list[str]:
    facts = one.published or "", one.name, str(one.mentions), one.title or ""
    return [one.article_id[:ID_LENGTH], *facts]


def _decision_line(made: Decision) -> list[str]:
    signed = made.signed
    undone = "" if made.undone_by is None else str(made.undone_by)
    return [str(made.number), _told(made), signed.made_by, signed.made_at, signed.why or "", undone]


def _told(made: Decision) -> str:
    """Return a decision in words."""
    if made.one is None:
        return f"undo {made.undoes}"
    if made.other is not None:
        return f"{made.one.name} is {made.other.name}"
    ids = (anchor.article_id for anchor in made.moved)
    articles = dict.fromkeys(one[:ID_LENGTH] for one in ids if one)
    return f"{made.one.name} is somebody else: {JOINED.join((*articles, *made.names))}"


def _print_made(made: Decision) -> None:
    click.echo(f"{made.number}: {_told(made)}")
    click.echo(f"To undo it: onrecord identities undo {made.number}", err=True)


def _print(
    rows: Sequence[Identity] | Sequence[IdentityAppearance] | Sequence[Decision],
    header: Sequence[str],
    lines: Sequence[Sequence[str]],
    as_json: bool,
) -> None:
    """Write rows as lines of JSON, or as a table."""
    if not as_json:
        print_lines(header, lines)
        return
    for row in rows:
        click.echo(json.dumps(asdict(row), ensure_ascii=False))
