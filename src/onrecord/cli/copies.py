"""The commands `copies list`, `show` and `diff`."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from onrecord.cli.listing import print_lines
from onrecord.cli.numbers import counted
from onrecord.cli.options import opened, store_option
from onrecord.cli.shown import ID_LENGTH

if TYPE_CHECKING:
    from onrecord.records import Article, Span
    from onrecord.store import CopyPair, Printing, Story

LISTED = 50  # stories, unless more are asked for
FEWEST = 2  # articles

HEADER = ("story", "articles", "agency", "published", "first in", "title", "alike")
PAIR_HEADER = ("article", "kind", "alike", "of this", "of that", "published", "publisher", "credit")
DIFF_HEADER = ("in the first", "in the second")

as_json_option = click.option("--json", "as_json", is_flag=True, help="Print a line of JSON each.")


@click.group()
def copies() -> None:
    """Show which articles are one text printed again, in whole or in part.

    Articles that are copies of each other are one story. An article with a good part of another's
    words is shown with it, but may tell something else and is a story of its own.

    Example: onrecord copies list
    """


@copies.command("list")
@click.option(
    "--fewest",
    type=click.IntRange(min=2),
    default=FEWEST,
    show_default=True,
    help="Only stories with at least so many articles.",
)
@click.option(
    "--limit",
    type=click.IntRange(min=1),
    default=LISTED,
    show_default=True,
    help="At most so many, the largest.",
)
@as_json_option
@store_option
def list_(fewest: int, limit: int, as_json: bool, store_path: str) -> None:
    """List the stories that several articles print, with the earliest and whose text it is.

    Example: onrecord copies list --fewest 3
    """
    with opened(store_path) as store:
        found = store.stories(fewest=fewest, limit=limit)
    if as_json:
        for one in found:
            click.echo(json.dumps(asdict(one), ensure_ascii=False))
    else:
        print_lines(HEADER, [_story_line(one) for one in found])
    articles = sum(len(one.printings) for one in found)
    click.echo(
        f"{counted(len(found), 'story', 'stories')} in {counted(articles, 'article')}", err=True
    )


@copies.command("show")
@click.argument("article")
@as_json_option
@store_option
def show_(article: str, as_json: bool, store_path: str) -> None:
    """Print the copies of ARTICLE, and what has a good part of its words.

    Shares are of the runs of five words that both have: of those in either, in ARTICLE, in
    the other.

    Example: onrecord copies show 3f2a9c1d
    """
    with opened(store_path) as store:
        found = store.copies(article)
        meant = store.record(store.resolve(article)).article
    if as_json:
        for one in found:
            click.echo(json.dumps(asdict(one), ensure_ascii=False))
        return
    story = f"story {meant.story_id}" if meant.story_id else "no copies"
    of = f"copy of {meant.copy_of}" if meant.copy_of else ""
    click.echo("  ".join(filter(None, (meant.article_id, meant.title, story, of))))
    print_lines(PAIR_HEADER, [_pair_line(one) for one in found])


@copies.command("diff")
@click.argument("one")
@click.argument("other")
@as_json_option
@store_option
def diff_(one: str, other: str, as_json: bool, store_path: str) -> None:
    """Print where the texts of ONE and OTHER differ, and how many words both have.

    Example: onrecord copies diff 3f2a9c1d 8b71e0aa
    """
    from onrecord.copies import differences, shared_runs, words_of

    with opened(store_path) as store:
        first, second = (store.record(store.resolve(ref)).article for ref in (one, other))
    shared = sum(run.words for run in shared_runs(first.text, second.text))
    found = differences(first.text, second.text)
    if as_json:
        lines = [
            {"one": _cut(first, each.one), "other": _cut(second, each.other)} for each in found
        ]
        words = [len(words_of(article.text)) for article in (first, second)]
        told = {"shared_words": shared, "words": words, "differences": lines}
        click.echo(json.dumps(told, ensure_ascii=False))
        return
    for article in (first, second):
        total = len(words_of(article.text))
        share = shared / total if total else 0
        named = article.title or article.publisher or ""
        click.echo(f"{article.article_id[:ID_LENGTH]}  {share:.0%} of {total} words  {named}")
    print_lines(
        DIFF_HEADER,
        [[_cut(first, each.one) or "", _cut(second, each.other) or ""] for each in found],
    )


def _cut(article: Article, span: Span | None) -> str | None:
    return None if span is None else " ".join(article.cut(span).split())


def _story_line(one: Story) -> list[str]:
    first = one.printings[0]
    alike = min((pair.alike for pair in one.pairs), default=1.0)
    facts = (one.agency, first.published, first.publisher, first.title)
    counted = str(len(one.printings))
    return [one.story_id[:ID_LENGTH], counted, *(fact or "" for fact in facts), f"{alike:.2f}"]


def _pair_line(pair: CopyPair) -> list[str]:
    other = pair.other
    shares = (f"{share:.2f}" for share in (pair.alike, pair.of_one, pair.of_other))
    facts = other.published or "", other.publisher or "", _credit(other)
    return [other.article_id[:ID_LENGTH], pair.kind, *shares, *facts]


def _credit(one: Printing) -> str:
    return f"{one.agency} ({one.credited_by})" if one.agency else ""
