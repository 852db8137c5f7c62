"""The commands `review queue`, `show`, `accept`, `reject`, `correct`, `add`, `undo` and others."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Unpack, get_args

import click

from onrecord.cli.filtering import Wanted, filter_options, filters_from, usage_errors
from onrecord.cli.identities import signature, signing_options
from onrecord.cli.listing import print_lines
from onrecord.cli.numbers import counted
from onrecord.cli.options import opened, store_option
from onrecord.cli.output import make_folder, write_file, write_lines, write_table
from onrecord.cli.progress import Progress
from onrecord.cli.shown import ID_LENGTH, TO_REVIEW
from onrecord.records import ActorKind
from onrecord.reviews.corrections import TYPES

if TYPE_CHECKING:
    from onrecord.records import Record
    from onrecord.reviews import Outcome
    from onrecord.reviews.values import Value
    from onrecord.store import Store

LISTED = 20  # rows of a queue, unless more are asked for
LOG_HEADER = ("number", "verdict", "kind", "row", "changes", "by", "when", "why", "state")
AGREEMENT_HEADER = ("kind", "rows", "agree", "alpha")
TABLE = "table"

kind_argument = click.argument("kind", type=click.Choice([*TYPES]), metavar="KIND")
set_option = click.option(
    "--set",
    "values",
    multiple=True,
    metavar="FIELD=VALUE",
    help='speaker="Olga Berg", low=30, trigger=120-127, act=deny; nothing behind = is unknown.',
)
new_kind_option = click.option(
    "--new-actor",
    type=click.Choice(get_args(ActorKind)),
    help="What an actor is whom the article has not.",
)


@click.group()
def review() -> None:
    """Say which rows are right, and mend those that are not.

    Every question sees a row as it was corrected, also when its article is read again; nothing is
    overwritten, and all can be undone. A row is named by its id, which `review queue` lists.

    Example: onrecord review queue events
    """


@review.command("queue")
@kind_argument
@filter_options
@click.option(
    "--limit",
    type=click.IntRange(min=1),
    default=LISTED,
    show_default=True,
    help="At most so many.",
)
@store_option
def queue_(kind: str, limit: int, store_path: str, **wanted: Unpack[Wanted]) -> None:
    """List rows of KIND that nobody has looked at, the least sure first.

    KIND is statements, events, figures, conditions, demands, terms or actors.

    Example: onrecord review queue statements --speaker Putin
    """
    from onrecord.cli.queue import waiting

    with opened(store_path) as store, usage_errors():
        rows = waiting(store.find(kind, filters_from(wanted)).to_arrow(), limit)
    write_table(rows, f"{kind}{TO_REVIEW}", TABLE, Path("-"))
    click.echo(f"{counted(rows.num_rows, kind.removesuffix('s'))} to look at", err=True)


@review.command("show")
@click.argument("row_id")
@store_option
def show_(row_id: str, store_path: str) -> None:
    """Print the row ROW_ID, its sentence and what was decided about it.

    Example: onrecord review show 4f1c2d3e4f5a6b7c
    """
    from onrecord.cli.queue import row_lines

    with opened(store_path) as store:
        record, kind, row = store.reviews.find(row_id)
        decided = store.reviews.all(record.article.article_id)
    for line in row_lines(record, kind, row):
        click.echo(line)
    _print_log(one for one in decided if row_id in (one.row_id, one.correction.row_id))


@review.command("accept")
@click.argument("row_ids", nargs=-1, required=True)
@signing_options
@store_option
def accept_(row_ids: tuple[str, ...], by: str | None, why: str | None, store_path: str) -> None:
    """Say that rows are right.

    Example: onrecord review accept 4f1c2d3e4f5a6b7c
    """
    with opened(store_path) as store:
        for row_id in row_ids:
            _print_made(store.reviews.give(row_id, "accept", by=signature(by), why=why))


@review.command("reject")
@click.argument("row_ids", nargs=-1, required=True)
@signing_options
@store_option
def reject_(row_ids: tuple[str, ...], by: str | None, why: str | None, store_path: str) -> None:
    """Say that rows should not be there: nothing finds or counts them any more.

    Example: onrecord review reject 4f1c2d3e4f5a6b7c --why "a drill"
    """
    with opened(store_path) as store:
        for row_id in row_ids:
            _print_made(store.reviews.give(row_id, "reject", by=signature(by), why=why))


@review.command("correct")
@click.argument("row_id")
@set_option
@new_kind_option
@signing_options
@store_option
def correct_(
    row_id: str,
    values: tuple[str, ...],
    new_actor: str | None,
    by: str | None,
    why: str | None,
    store_path: str,
) -> None:
    """Give the right values of a row.

    A part of the text is START-END, in characters of the article's text; several are separated by
    commas. A party is NAME@START-END, several are separated by semicolons.

    Example: onrecord review correct 4f1c2d3e4f5a6b7c --set speaker="Olga Berg" --set act=deny
    """
    with opened(store_path) as store:
        record, kind, _ = store.reviews.find(row_id)
        changes = _assigned(kind, values, record, new_actor)
        if not changes:
            raise click.UsageError("say what is right with --set FIELD=VALUE")
        made = store.reviews.give(row_id, "correct", by=signature(by), why=why, changes=changes)
    _print_made(made)


@review.command("add")
@kind_argument
@click.argument("article")
@set_option
@new_kind_option
@signing_options
@store_option
def add_(
    kind: str,
    article: str,
    values: tuple[str, ...],
    new_actor: str | None,
    by: str | None,
    why: str | None,
    store_path: str,
) -> None:
    """Add a row of KIND that ARTICLE lacks.

    Values are given as for `review correct`.

    Example: onrecord review add figures talks.txt --set span=210-218 --set measure=other
    """
    with opened(store_path) as store:
        record = store.record(store.resolve(article))
        given = _assigned(kind, values, record, new_actor)
        made = store.reviews.add(record.article.article_id, kind, given, by=signature(by), why=why)
    _print_made(made)


@review.command("undo")
@click.argument("number", type=int)
@signing_options
@store_option
def undo_(number: int, by: str | None, why: str | None, store_path: str) -> None:
    """Undo the decision of that NUMBER.

    Example: onrecord review undo 3
    """
    with opened(store_path) as store:
        store.reviews.take_back(number, by=signature(by), why=why)
    click.echo(f"{number} is undone")


@review.command("log")
@click.argument("article", required=False)
@click.option("--orphans", is_flag=True, help="Only what is about no row any more.")
@click.option("--json", "as_json", is_flag=True, help="Print a line of JSON each.")
@store_option
def log_(article: str | None, orphans: bool, as_json: bool, store_path: str) -> None:
    """List what was decided, in ARTICLE or in all, and what has become of it.

    An orphan is a decision about a row that an article that was read again has no more, or not
    clearly: it changes nothing until somebody decides anew.

    Example: onrecord review log --orphans
    """
    with opened(store_path) as store:
        found = store.reviews.all(article)
    chosen = [one for one in found if one.state == "orphan" or not orphans]
    if as_json:
        for one in chosen:
            click.echo(json.dumps(_values(one), ensure_ascii=False))
        return
    _print_log(chosen)


@review.command("agreement")
@click.option("--disagreements", is_flag=True, help="List what reviewers decided differently.")
@store_option
def agreement_(disagreements: bool, store_path: str) -> None:
    """Say how far reviewers agree, by kind: percent and Krippendorff's alpha.

    What counts is each one's last verdict on a row that at least two looked at; corrections agree
    when they say the same.

    Example: onrecord review agreement --disagreements
    """
    from onrecord.reviews.comparing import agreement_by_kind
    from onrecord.reviews.comparing import disagreements as apart_in

    with opened(store_path) as store:
        outcomes = store.reviews.all()
    lines = []
    for kind, found in agreement_by_kind(outcomes).items():
        alpha = "" if found.alpha is None else f"{found.alpha:.2f}"
        lines.append([kind, str(found.units), f"{found.agreeing:.0%}", alpha])
    print_lines(AGREEMENT_HEADER, lines)
    if disagreements:
        apart = apart_in(outcomes)
        _print_log(one for one in outcomes if one.correction.row_id in apart)


@review.command("export")
@click.argument("articles", nargs=-1)
@click.option(
    "-o",
    "--output",
    type=click.Path(file_okay=False, path_type=Path),
    required=True,
    help="The folder to write into.",
)
@click.option(
    "--form",
    type=click.Choice(["training"]),
    default="training",
    show_default=True,
    expose_value=False,  # there is one
    help="What the training scripts read.",
)
@store_option
def export_(articles: tuple[str, ...], output: Path, store_path: str) -> None:
    """Write ARTICLES, or all that were corrected, as the training scripts read them.

    The folder gets `articles.jsonl`, the texts, and `gold/ID.gold.json`, the records as they were
    corrected: `--articles FILE --gold FOLDER` of training.onepass.train. In `polnear` are their
    statements as PolNeAR has them: `text/ID.txt` and `attributions/ID_corrected.ann`, which
    `onrecord score attribution` reads too.

    Example: onrecord review export --form training -o corrected
    """
    with opened(store_path) as store:
        ids = [store.resolve(article) for article in articles] or _reviewed(store)
        if not ids:
            raise click.UsageError("nothing was corrected yet: see `onrecord review queue`")
        _write_training(store, ids, output)
    click.echo(f"Wrote {len(ids)} articles to {output}", err=True)


def _assigned(
    kind: str, values: Iterable[str], record: Record, new_actor: str | None
) -> dict[str, Value]:
    """Return right values by field from FIELD=VALUE."""
    from onrecord.reviews.assigning import assigned

    pairs = {}
    for one in values:
        name, sign, text = one.partition("=")
        if not sign:
            raise click.UsageError(f"{one!r} is not FIELD=VALUE")
        pairs[name] = text
    try:
        return assigned(kind, pairs, record, new_actor)
    except ValueError as error:
        raise click.UsageError(f"{error} (--set FIELD=VALUE, --new-actor KIND)") from error


def _reviewed(store: Store) -> list[str]:
    return list(dict.fromkeys(one.correction.article_id for one in store.reviews.all()))


def _write_training(store: Store, ids: Sequence[str], output: Path) -> None:
    from onrecord.exports.polnear import polnear_form
    from onrecord.exports.training import training_form

    gold, polnear = output / "gold", output / "polnear"
    for folder in (gold, polnear / "text", polnear / "attributions"):
        make_folder(folder)
    lines = []
    with Progress("articles written", len(ids)) as progress:
        for article_id in ids:
            record = store.record(article_id)
            article, annotated = training_form(record)
            lines.append(json.dumps(article, ensure_ascii=False))
            content = json.dumps(annotated, ensure_ascii=False, indent=1)
            write_file(gold / f"{article_id}.gold.json", content.encode())
            write_file(polnear / "text" / f"{article_id}.txt", record.article.text.encode())
            marked = polnear / "attributions" / f"{article_id}_corrected.ann"
            write_file(marked, polnear_form(record).encode())
            progress.advance()
    write_lines(output / "articles.jsonl", lines)


def _print_made(made: Outcome) -> None:
    correction = made.correction
    click.echo(f"{correction.number}: {correction.verdict} {correction.kind} {made.row_id}")
    click.echo(f"To undo it: onrecord review undo {correction.number}", err=True)


def _print_log(outcomes: Iterable[Outcome]) -> None:
    print_lines(LOG_HEADER, [_log_line(one) for one in outcomes])


def _log_line(one: Outcome) -> list[str]:
    made = one.correction
    changes = ", ".join(f"{name}: {_short(value)}" for name, value in made.changes.items())
    facts = (made.reviewer, made.made_at[: ID_LENGTH + 2], made.why or "", one.state)
    return [str(made.number), made.verdict, made.kind, made.row_id, changes, *facts]


def _short(value: object) -> str:
    return str(value["name"]) if isinstance(value, dict) and "name" in value else json.dumps(value)


def _values(one: Outcome) -> dict[str, object]:
    made = one.correction
    names = ("number", "article_id", "version", "kind", "row_id", "verdict", "changes")
    signed = ("reviewer", "made_at", "why")
    values = {name: getattr(made, name) for name in (*names, *signed)}
    return values | {"state": one.state, "holds_for": one.row_id, "undone_by": one.undone_by}
