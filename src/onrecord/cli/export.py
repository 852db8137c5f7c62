"""The commands `export` and `rejoin`."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

import click

from onrecord.cli.options import ANY_FILE, STDOUT, opened, store_option
from onrecord.cli.output import make_folder, write_file
from onrecord.cli.progress import Progress
from onrecord.records import KINDS

if TYPE_CHECKING:
    from onrecord.exports import Told
    from onrecord.store import Store

GOLD, JSONL, DATASETTE = "gold", "jsonl", "datasette"
FORMS = (
    *(GOLD, JSONL, "polecat", "plover", "acled", "ucdp", "gdelt", "w3c", "brat", "inception"),
    *("labelstudio", "ftm", "schemaorg", "geojson", "parquet", DATASETTE),
)
_FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)
_AT_ONCE = 50  # articles read together
_KEPT = 64  # texts in memory
_LISTED = 10  # texts that a message about missing ones names


@click.command()
@click.argument("articles", nargs=-1)
@click.option(
    "--form",
    type=click.Choice(FORMS),
    default=GOLD,
    show_default=True,
    help="What reads it: annotators' tools, event data, graphs, maps, tables; docs/exports.md.",
)
@click.option(
    "-o",
    "--output",
    type=ANY_FILE,
    default=STDOUT,
    help="A folder for gold, brat, inception and parquet; else a file.",
)
@click.option(
    "--without-text",
    is_flag=True,
    help="Places and hashes where the article's words would stand; see `rejoin`.",
)
@click.option(
    "--from",
    "folder",
    type=_FOLDER,
    help="Records from a folder that brat or INCEpTION worked on, not from the store.",
)
@store_option
def export(
    articles: tuple[str, ...],
    form: str,
    output: Path,
    without_text: bool,
    folder: Path | None,
    store_path: str,
) -> None:
    """Write the records of ARTICLES, or of all, in a form that another tool reads.

    "gold" is the form of annotated articles, with offsets into the input; "jsonl" is one line a row
    with all columns; docs/exports.md has the others, what each is for and what it loses.

    Example: onrecord export --form polecat -o events.tsv
    """
    wanted = _Wanted(form, output, without_text)
    if folder is not None:
        if articles or form == DATASETTE:
            raise click.UsageError("--from takes a whole folder, and has no store to describe")
        _write(wanted, _from_folder(folder))
        return
    with opened(store_path) as store:
        if form == DATASETTE:
            _describe(store, wanted)
            return
        ids = [store.resolve(article) for article in articles]
        ids = ids or [held.article_id for held in store.summaries()]
        _write(wanted, _from_store(store, ids), len(ids))


@dataclass(frozen=True, slots=True)
class _Wanted:
    """What is to be written, and where."""

    form: str
    output: Path
    without_text: bool


def _from_store(store: Store, ids: Iterable[str]) -> Iterator[Told]:
    """Yield records, some at a time, so that a store of any size can be exported."""
    from onrecord.exports import Told

    rest = iter(ids)
    while chunk := list(islice(rest, _AT_ONCE)):
        happenings = store.happening_ids(chunk)
        order = {article_id: place for place, article_id in enumerate(chunk)}
        for record in sorted(store.records(chunk), key=lambda one: order[one.article.article_id]):
            events = {row.event_id for row in record.events}
            yield Told(record, {one: happenings[one] for one in events & happenings.keys()})


def _from_folder(folder: Path) -> Iterator[Told]:
    from onrecord.exports import Told
    from onrecord.exports.held import read_folder

    return map(Told, read_folder(folder))


def _write(wanted: _Wanted, sources: Iterable[Told], total: int | None = None) -> None:
    from onrecord.exports import FORMS as OTHERS

    with Progress("articles exported", total) as progress:
        told = _counted(wanted, sources, progress)
        if wanted.form == GOLD:
            _write_gold(told, wanted.output, total)
        elif wanted.form == JSONL:
            _write_lines(_rows(told), wanted.output)
        else:
            form = OTHERS[wanted.form]
            lines = getattr(form, "lines", None)
            if lines is not None:
                _write_lines(lines(told), wanted.output)
            elif wanted.output == STDOUT:
                raise click.UsageError(f"{wanted.form} is a folder: name one with -o FOLDER")
            else:
                form.write(told, wanted.output)
    if wanted.output != STDOUT:
        click.echo(f"Wrote {progress.done} articles to {wanted.output}", err=True)


def _counted(wanted: _Wanted, sources: Iterable[Told], progress: Progress) -> Iterator[Told]:
    """Yield records as they are wanted, each counted when the next is asked for."""
    from dataclasses import replace

    from onrecord.exports import without_text

    for told in sources:
        if wanted.without_text:
            yield replace(told, record=without_text(told.record))
        else:
            yield told
        progress.advance()


def _write_gold(sources: Iterable[Told], output: Path, total: int | None) -> None:
    from onrecord.export import gold_form

    pages = (
        (
            told.article.article_id,
            json.dumps(gold_form(told.record), ensure_ascii=False, indent=1),
        )
        for told in sources
    )
    if output == STDOUT:
        if total != 1:
            raise click.UsageError("name one article, or a folder for all of them with -o FOLDER")
        for _, page in pages:
            click.echo(page)
        return
    make_folder(output)
    for article_id, page in pages:
        write_file(output / f"{article_id}.json", f"{page}\n".encode())


def _write_lines(lines: Iterable[str], output: Path) -> None:
    from onrecord.exports.writing import write_lines

    if output != STDOUT:
        write_lines(output, lines)
        return
    for line in lines:
        click.echo(line)


def _rows(sources: Iterable[Told]) -> Iterator[str]:
    """Yield the rows of articles as lines of JSON, article by article."""
    from onrecord.export import json_lines
    from onrecord.tables import Selection, selected

    for told in sources:
        for kind in KINDS:
            rows = Selection(told.record, getattr(told.record, kind), told.throughout)
            yield from json_lines(kind, selected(kind, [rows]))


def _describe(store: Store, wanted: _Wanted) -> None:
    """Write what Datasette is told of a store."""
    from onrecord.exports.datasette import metadata
    from onrecord.store.servers import is_url

    if is_url(store.place):
        raise click.UsageError("Datasette opens files, and this store is on a server")
    _write_lines(metadata(Path(store.place).stem), wanted.output)
    if wanted.output != STDOUT:
        click.echo(
            f"Wrote {wanted.output}; open the store with "
            f"`datasette {store.place} --metadata {wanted.output}`",
            err=True,
        )


@click.command()
@click.argument("exported", type=click.Path(exists=True, path_type=Path))
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    required=True,
    help="The new file, or a new folder where EXPORTED is one.",
)
@click.option(
    "--texts",
    type=_FOLDER,
    help="A folder with the texts as files, found by their SHA-256; else they are the store's.",
)
@store_option
def rejoin(exported: Path, output: Path, texts: Path | None, store_path: str) -> None:
    """Put the words back into an export that was made with `--without-text`.

    Each text is taken only if its SHA-256 is the one the export names; texts that are missing are
    named, and the places that need them stay as they are.

    Example: onrecord rejoin shared.jsonl -o full.jsonl --store mine.db
    """
    from onrecord.exports.references import Rejoiner
    from onrecord.exports.rejoining import rejoin as put_back
    from onrecord.exports.texts import texts_in

    if texts is not None:
        rejoiner = Rejoiner(texts_in(texts))
        put_back(exported, output, rejoiner)
    else:
        with opened(store_path) as store:
            rejoiner = Rejoiner(_texts_of(store))
            put_back(exported, output, rejoiner)
    _tell(rejoiner.missing, output)


def _texts_of(store: Store) -> Callable[[str], str | None]:
    """Return what gives the text of any version of an article by its SHA-256."""
    from functools import lru_cache

    views = store.views
    keys = views.keys_of_texts()

    @lru_cache(_KEPT)
    def text_of(sha256: str) -> str | None:
        key = keys.get(sha256)
        return None if key is None else views.text(key)

    return text_of


def _tell(missing: dict[str, int], output: Path) -> None:
    """Say what was written, and which texts are missing; exit status 1 where some are."""
    click.echo(f"Wrote {output}", err=True)
    if not missing:
        return
    listed: Sequence[str] = [f"  {one}: {missing[one]} places" for one in sorted(missing)]
    more = [f"  and {len(listed) - _LISTED} more"] if len(listed) > _LISTED else []
    named = "\n".join([*listed[:_LISTED], *more])
    raise click.ClickException(f"{len(listed)} texts are missing, by their SHA-256:\n{named}")
