"""The options that say which rows are meant, for all commands that look for some."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, TypedDict, TypeVar

import click

if TYPE_CHECKING:
    from onrecord.store import Filters

Command = TypeVar("Command", bound=Callable[..., object])

_OPTIONS = (
    click.option("--speaker", help="By who said it, or vouches for it: a name, an identity's id."),
    click.option("--actor", help="By who did it."),
    click.option("--recipient", help="By whom it was done, said or asked of."),
    click.option("--country", metavar="CODE", help="By the country of any actor: UKR."),
    click.option("--actor-country", metavar="CODE", help="By the country of who did it."),
    click.option("--recipient-country", metavar="CODE", help="By that of whom it was done to."),
    click.option("--type", help="By event type, act, measure, kind or concept."),
    click.option(
        "--modality", help="Of events: actual, negated, future, conditional, hypothetical."
    ),
    click.option("--place", help="Of events and figures: the whole name of the place."),
    click.option("--mode", help="Of events: how it was done, such as aerial or arrest."),
    click.option("--context", help="Of events: what it is about, such as military."),
    click.option(
        "--quad",
        type=click.IntRange(1, 4),
        help="Of events: 1 and 2 verbal and material cooperation, 3 and 4 conflict.",
    ),
    click.option(
        "--min-score",
        type=click.FloatRange(0, 1),
        help="At least that sure, of rows with a score; those that rules made stay.",
    ),
    click.option(
        "--voice", metavar="VOICE", help="narration, statement, or by who vouches for it: a name."
    ),
    click.option(
        "--since", "--from", "since", metavar="DATE", help="Not before 2022, 2022-03, 2022-03-11."
    ),
    click.option("--until", "--to", "until", metavar="DATE", help="Not after that date."),
    click.option("--text", help='With these words, and "phrases in quotation marks".'),
    click.option("--publisher", help="By the outlet: its whole name, in any case."),
    click.option("--article", help="In one article: its id, path, URL or title."),
)


class Wanted(TypedDict):
    """The filters, as click passes them."""

    speaker: str | None
    actor: str | None
    recipient: str | None
    country: str | None
    actor_country: str | None
    recipient_country: str | None
    type: str | None
    modality: str | None
    place: str | None
    mode: str | None
    context: str | None
    quad: int | None
    min_score: float | None
    voice: str | None
    since: str | None
    until: str | None
    text: str | None
    publisher: str | None
    article: str | None


def filter_options(command: Command) -> Command:
    """Add the options of `Wanted`."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


def filters_from(wanted: Wanted, limit: int | None = None) -> Filters:
    """Return the filters with names as the record has them: "EU" finds the European Union.

    Raises:
        ValueError: A value that nothing could match.
    """
    from onrecord.codebook import load_codebook
    from onrecord.store import Filters

    canonical = load_codebook().parties.canonical
    for name in ("speaker", "actor", "recipient", "voice"):
        value = wanted[name]
        wanted[name] = canonical(value) if value else None
    return Filters(limit=limit, **wanted)


@contextmanager
def usage_errors() -> Iterator[None]:
    """Turn values that mean nothing into wrong usage."""
    try:
        yield
    except ValueError as error:
        raise click.UsageError(str(error)) from error
