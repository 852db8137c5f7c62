"""The command `export`."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from onrecord.cli.options import ANY_FILE, STDOUT, opened, store_option
from onrecord.cli.output import make_folder, write_file, write_lines
from onrecord.records import KINDS

if TYPE_CHECKING:
    from onrecord.store import Store

FORMS = ("gold", "jsonl")


@click.command()
@click.argument("articles", nargs=-1)
@click.option(
    "--form",
    type=click.Choice(FORMS),
    default="gold",
    show_default=True,
    help="Whole records as annotators write them, or a line for each row.",
)
@click.option(
    "-o",
    "--output",
    type=ANY_FILE,
    default=STDOUT,
    help="A folder for gold (one ID.json an article), a file for jsonl.",
)
@store_option
def export(articles: tuple[str, ...], form: str, output: Path, store_path: str) -> None:
    """Write the records of ARTICLES, or of all, as JSON.

    "gold" is the form of annotated articles, with offsets into the input; "jsonl" is one line a row
    with all columns.

    Example: onrecord export --form gold -o records
    """
    with opened(store_path) as store:
        ids = [store.resolve(article) for article in articles]
        ids = ids or [held.article_id for held in store.summaries()]
        if form == "gold":
            _write_gold(store, ids, output)
        else:
            _write_lines(store, ids, output)


def _write_gold(store: Store, ids: Sequence[str], output: Path) -> None:
    """Write the records one after another, so that a store of any size can be exported."""
    from onrecord.export import gold_form

    pages = (
        (one, json.dumps(gold_form(store.record(one)), ensure_ascii=False, indent=1)) for one in ids
    )
    if output == STDOUT:
        if len(ids) > 1:
            raise click.UsageError("name one article, or a folder for all of them with -o FOLDER")
        for _, page in pages:
            click.echo(page)
        return
    make_folder(output)
    for article_id, page in pages:
        write_file(output / f"{article_id}.json", f"{page}\n".encode())
    click.echo(f"Wrote {len(ids)} files to {output}", err=True)


def _write_lines(store: Store, ids: Iterable[str], output: Path) -> None:
    if output == STDOUT:
        for line in _lines(store, ids):
            click.echo(line)
        return
    written = write_lines(output, _lines(store, ids))
    click.echo(f"Wrote {written} rows to {output}", err=True)


def _lines(store: Store, ids: Iterable[str]) -> Iterator[str]:
    """Yield the rows of articles as lines of JSON, article by article."""
    from onrecord.export import json_lines
    from onrecord.tables import Selection, selected

    for article_id in ids:
        record, happenings = store.record(article_id), store.happening_ids([article_id])
        for kind in KINDS:
            rows = Selection(record, getattr(record, kind), happenings)
            yield from json_lines(kind, selected(kind, [rows]))
