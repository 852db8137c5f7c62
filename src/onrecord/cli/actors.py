"""The command `actors`: whom phrases or an article's mentions name, and what decided."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from onrecord.cli.options import actors_option, chosen_article, store_option

if TYPE_CHECKING:
    from onrecord.records import Actor, Record
    from onrecord.resolve.offices import Resolution

_UNTOLD = ("pronoun",)
_FIELDS = ("name", "kind", "country", "sector", "wikidata")


@click.command()
@click.argument("phrases", nargs=-1)
@click.option("--date", metavar="DATE", help="When it has to be true: 2022, 2022-03, 2022-03-11.")
@click.option("--article", help="Explain the mentions of an article in the store instead.")
@actors_option
@store_option
@click.option("--json", "as_json", is_flag=True, help="Print a line of JSON for each.")
def actors(
    phrases: tuple[str, ...],
    date: str | None,
    article: str | None,
    actors: Path | None,
    store_path: str,
    as_json: bool,
) -> None:
    """Show country and sector of PHRASES, and why.

    Why: the words and tables that decided. With --article, each name and description in that
    article is explained by itself, on the day it appeared, and then each actor of its record with
    the rules and words that decided there.

    Example: onrecord actors "German defence minister" Merkel --date 2017-05-01
    """
    from onrecord.codebook import codebook_with, load_codebook
    from onrecord.reading.dates import iso_date
    from onrecord.resolve.offices import explain_actor

    if date is not None and iso_date(date) is None:
        raise click.UsageError(f"--date {date}: give a date such as 2022, 2022-03 or 2022-03-11")
    if bool(phrases) == (article is not None):
        raise click.UsageError("give phrases, or an article of the store with --article")
    record = _record(article, store_path) if article is not None else None
    if record is not None:
        phrases, date = _mentioned(record), date or record.article.published
    book = codebook_with(actors) if actors else load_codebook()
    for phrase in phrases:
        found = explain_actor(phrase, date=date, codebook=book)
        click.echo(_json(phrase, found) if as_json else "\n".join(_lines(phrase, found)))
    if record is not None:
        for actor in record.actors:
            lines = (_actor_json(actor),) if as_json else _actor_lines(record, actor)
            click.echo("\n".join(lines))


def _record(article: str, store_path: str) -> Record:
    from onrecord.cli.options import opened

    with opened(store_path) as store:
        return store.record(chosen_article(store, article))


def _mentioned(record: Record) -> tuple[str, ...]:
    """Return the words of an article's mentions, each once."""
    told = [mention for mention in record.mentions if mention.form not in _UNTOLD]
    words = (" ".join(record.article.cut(mention.span).split()) for mention in told)
    return tuple(dict.fromkeys(words))


def _actor_lines(record: Record, actor: Actor) -> Iterator[str]:
    from onrecord.tables import ground_words

    yield f"In the article: {_codes(actor)}"
    yield from (f"  {words}" for words in ground_words(record.article, actor))


def _codes(actor: Actor) -> str:
    codes = f"{actor.country or 'no country'}, {actor.sector or 'no sector'}"
    item = f", {actor.wikidata}" if actor.wikidata else ""
    return f"{actor.name} ({actor.kind}): {codes}{item}"


def _lines(phrase: str, found: Resolution) -> Iterator[str]:
    actor = found.actor
    if actor is None:
        yield f"{phrase}: nobody that the words or the tables know"
    else:
        yield f"{phrase}: {_codes(actor)}"
    for one in found.evidence:
        yield f"  {one.words!r}: {one.meaning}, {one.source}"


def _json(phrase: str, found: Resolution) -> str:
    told = _fields(found.actor) if found.actor is not None else None
    because = [{"words": e.words, "meaning": e.meaning, "source": e.source} for e in found.evidence]
    line = {"phrase": phrase, "actor": told, "because": because}
    return json.dumps(line, ensure_ascii=False)


def _actor_json(actor: Actor) -> str:
    because = [
        {
            "field": one.field,
            "rule": one.rule,
            "start": one.span.start if one.span else None,
            "end": one.span.end if one.span else None,
        }
        for one in actor.grounds
    ]
    return json.dumps({"actor": _fields(actor), "because": because}, ensure_ascii=False)


def _fields(actor: Actor) -> dict[str, str | None]:
    return {name: getattr(actor, name) for name in _FIELDS}
