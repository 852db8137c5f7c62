"""The command `export`."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click

from onrecord.cli.options import ANY_FILE, STDOUT, opened, store_option
from onrecord.cli.output import make_folder, write_file
from onrecord.records import KINDS, Record

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
        records = _records(store, articles)
        if form == "gold":
            _write_gold(records, output)
        else:
            ids = [record.article.article_id for record in records]
            _write_lines(records, store.happening_ids(ids), output)


def _records(store: Store, articles: Iterable[str]) -> list[Record]:
    ids = [store.resolve(article) for article in articles]
    return [store.record(one) for one in ids or [held.article_id for held in store.summaries()]]


def _write_gold(records: list[Record], output: Path) -> None:
    from onrecord.export import gold_form

    pages = {
        record.article.article_id: json.dumps(gold_form(record), ensure_ascii=False, indent=1)
        for record in records
    }
    if output == STDOUT:
        if len(pages) > 1:
            raise click.UsageError("name one article, or a folder for all of them with -o FOLDER")
        for page in pages.values():
            click.echo(page)
        return
    make_folder(output)
    for article_id, page in pages.items():
        write_file(output / f"{article_id}.json", f"{page}\n".encode())
    click.echo(f"Wrote {len(pages)} files to {output}", err=True)


def _write_lines(records: list[Record], happenings: Mapping[str, str], output: Path) -> None:
    from onrecord.export import json_lines
    from onrecord.tables import Selection, selected

    lines = [
        line
        for record in records
        for kind in KINDS
        for line in json_lines(
            kind, selected(kind, [Selection(record, getattr(record, kind), happenings)])
        )
    ]
    content = "".join(f"{line}\n" for line in lines)
    if output == STDOUT:
        click.echo(content, nl=False)
        return
    write_file(output, content.encode())
    click.echo(f"Wrote {len(lines)} rows to {output}", err=True)
