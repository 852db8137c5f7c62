"""The command `talks`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from onrecord.cli.filtering import usage_errors
from onrecord.cli.layout import Column
from onrecord.cli.listing import columns_text, print_columns
from onrecord.cli.numbers import counted
from onrecord.cli.options import ANY_FILE, STDOUT, opened, store_option
from onrecord.cli.output import FORMATS, TABLE, format_for, write_file, write_table
from onrecord.cli.shown import ID_LENGTH

if TYPE_CHECKING:
    from onrecord.talks import Item

COLUMNS = (
    "date", "by_publication", "kind", "by", "to", "words", "told", "standing", "answer",
    "answer_date", "answer_id", "score", "because", "row_id", "article_id",
)  # fmt: skip
"""The columns of a file of moves."""

_TEXTS = (
    "date", "kind", "by", "to", "words", "standing", "answer", "answer_date", "answer_id",
    "because", "row_id", "article_id",
)  # fmt: skip


@click.command()
@click.option(
    "--between",
    required=True,
    metavar="A,B",
    help="The parties, countries by their codes and others by name: RUS,UKR; one alone: with all.",
)
@click.option("--since", metavar="DATE", help="Not before 2022, 2022-03, 2022-03-11.")
@click.option("--until", metavar="DATE", help="Not after that date.")
@click.option("--format", "form", type=click.Choice(FORMATS), help="By default a table.")
@click.option("-o", "--output", type=ANY_FILE, default=STDOUT, help="The file to write.")
@store_option
def talks(
    between: str,
    since: str | None,
    until: str | None,
    form: str | None,
    output: Path,
    store_path: str,
) -> None:
    """List meetings, offers, conditions and demands between parties, and the answers to them.

    Of one party alone, all that it asks of anybody or is asked, also where the text names nobody.

    An answer is proposed: its score comes from rules, and the reasons stand beside it. A date in
    brackets is only that of publication.

    Example: onrecord talks --between RUS,UKR --since 2022-03
    """
    with opened(store_path) as store, usage_errors():
        found = store.views.talks(between, since, until)
    chosen = format_for(form, output)
    lines = [_line(item) for item in found.items]
    if chosen != TABLE:
        write_table(_table(lines), "talks", chosen, output)
    elif output == STDOUT:
        print_columns(_columns(lines))
    else:
        write_file(output, columns_text(_columns(lines)).encode())
    older = "; there are older ones" if found.more else ""
    click.echo(
        f"{counted(len(lines), 'move')} in {counted(found.read, 'article')}{older}", err=True
    )


def _line(item: Item) -> dict[str, Any]:
    move, answer = item.move, item.answers[0] if item.answers else None
    return {
        "date": move.date,
        "by_publication": move.by_publication,
        "kind": move.kind,
        "by": "; ".join(sorted(move.by)),
        "to": "; ".join(sorted(move.to)) or None,
        "words": move.words,
        "told": item.told,
        "standing": item.standing,
        "answer": answer.move.words if answer else None,
        "answer_date": answer.move.date if answer else None,
        "answer_id": answer.move.row_id if answer else None,
        "score": answer.score if answer else None,
        "because": "; ".join(answer.because) if answer else None,
        "row_id": move.row_id,
        "article_id": move.article_id,
    }


def _table(lines: list[dict[str, Any]]) -> Any:  # noqa: ANN401 - pyarrow comes later
    import pyarrow as pa  # here, since it takes longer to load than all the rest

    types = dict.fromkeys(_TEXTS, pa.string())
    types |= {"by_publication": pa.bool_(), "told": pa.int64(), "score": pa.float64()}
    schema = pa.schema([(name, types[name]) for name in COLUMNS])
    return pa.Table.from_pylist(lines, schema=schema)


def _day(date: str | None, *, by_publication: bool) -> str:
    if date is None:
        return ""
    return f"({date})" if by_publication else date


def _columns(lines: list[dict[str, Any]]) -> list[Column]:
    """Return what a terminal shows of the moves."""

    def cells(name: str) -> tuple[str, ...]:
        return tuple("" if line[name] is None else str(line[name]) for line in lines)

    dates = (_day(line["date"], by_publication=line["by_publication"]) for line in lines)
    sides = (f"{line['by']} > {line['to']}" if line["to"] else line["by"] for line in lines)
    return [
        Column("date", tuple(dates)),
        Column("move", cells("kind")),
        Column("parties", tuple(sides)),
        Column("words", cells("words"), is_prose=True),
        Column("standing", cells("standing")),
        Column("answer", cells("answer"), goes=2, is_prose=True),
        Column("score", cells("score"), goes=1),
        Column("because", cells("because"), goes=0, is_prose=True),
        Column("article", tuple(line["article_id"][:ID_LENGTH] for line in lines), goes=3),
    ]
