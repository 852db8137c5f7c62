"""Views for whoever opens a store with another tool: a row a line, with names in place of ids.

They show the latest version of each article. They are made from the tables as `schema` has them,
anew whenever a store is brought up to date, and hold nothing themselves.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    FromClause,
    Label,
    Select,
    String,
    Table,
    case,
    column,
    func,
    inspect,
    literal,
    select,
)
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import GenericFunction

from onrecord.store.ids import Id
from onrecord.store.links import is_listed, links_of, place_of
from onrecord.store.packed import Coded, PackedList
from onrecord.store.schema import (
    TABLES,
    actor,
    article,
    maker,
    participant,
    place,
    printing,
    statement,
    telling,
    time,
)

NARRATION, UNNAMED, UNKNOWN = "narration", "unnamed", "?"
SEVERAL = "; "

_ABOUT = ("title", "publisher", "published", "url")
_HIDDEN = {"number", "position", "maker", "first_day", "last_day"}
_TOLD = {actor: "name", place: "name", time: "value"}
"""What a link shows of the row that it leads to; of a statement its id."""

_VOUCHING = statement.alias("vouching")
_MORE = {actor: ("country", "sector"), place: ("country", "lat", "lon"), time: ()}


class Readable(GenericFunction[str]):
    """What a file keeps in short as it is told: an id in sixteen digits, a word in letters."""

    type = String()
    inherit_cache = True


@compiles(Readable)
def _as_it_is(element: Readable, compiler: SQLCompiler, **options: Any) -> str:  # noqa: ANN401
    return compiler.process(element.clauses, **options)


@compiles(Readable, "sqlite")
def _at_length(element: Readable, compiler: SQLCompiler, **options: Any) -> str:  # noqa: ANN401
    kept = compiler.process(element.clauses, **options)
    (held,) = element.clauses
    if isinstance(held.type, Coded):
        return held.type.told_in_sql(kept)
    if isinstance(held.type, PackedList):
        return f"coalesce(nullif({kept}, ''), '[]')"
    # DuckDB runs the view by itself and calls every type of these columns VARCHAR: there an id that
    # is no hash is shown in digits as well
    return (
        f"CASE WHEN {kept} IS NULL THEN NULL WHEN typeof({kept}) = 'text' THEN {kept} "
        f"ELSE lower(hex({kept})) END"
    )


def make_views(connection: Connection) -> None:
    """Make the views of a store that has none."""
    for name, query in views().items():
        made = query.compile(connection, compile_kwargs={"literal_binds": True})
        connection.exec_driver_sql(f"CREATE VIEW {name} AS {made}")


def drop_views(connection: Connection) -> None:
    """Take away the views, which would stand in the way of changes to the tables."""
    there = set(inspect(connection).get_view_names())
    for name in NAMES:
        if name in there:
            connection.exec_driver_sql(f"DROP VIEW {name}")


def views() -> Mapping[str, Select[Any]]:
    """Return the query behind each view, by its name."""
    return {"articles": _articles()} | {kind: _rows(kind, rows) for kind, rows in TABLES.items()}


NAMES = ("articles", *TABLES)
"""The names of the views."""


def _shown(held: ColumnElement[Any], name: str | None = None) -> Label[Any]:
    """Return a column under its name, as it is told."""
    label = name or str(held.name)
    return (Readable(held) if isinstance(held.type, Id | Coded | PackedList) else held).label(label)


def _articles() -> Select[Any]:
    names = (
        *("article_id", "version", *_ABOUT, "byline", "published_from", "language", "story_id"),
        *("copy_of", "sha256", "source_path", "fetched_at", "stored_at", "extractor"),
    )
    shown = [_shown(article.c[name]) for name in names]
    return select(*shown).join(printing, _linked(printing, article))


def _rows(kind: str, rows: Table) -> Select[Any]:
    """Return the query for a kind of row: its article, its own columns and what they link to."""
    shown = [_shown(article.c.article_id), _shown(article.c.version)]
    shown += [*(_shown(article.c[name]) for name in _ABOUT)]
    source: FromClause = rows.join(article, _linked(rows, article))
    source = source.join(printing, _linked(printing, rows))
    for held in rows.c:
        if held.name in _HIDDEN or (kind == "events" and held.name == "happening_id"):
            continue
        if held.name in links_of(rows):
            found, source = _followed(rows, held, source)
            shown += found
        else:
            shown.append(_shown(held))
    if kind == "events":
        shown += [_parties(rows, "actors"), _parties(rows, "recipients")]
        source = source.outerjoin(
            telling, _linked(rows, telling) & (telling.c.event_id == place_of(rows))
        )
        shown.append(_shown(telling.c.happening_id))
    if "statement_id" in rows.c and kind != "statements":
        speaker = actor.alias("vouching_speaker")
        source = source.outerjoin(
            speaker, _linked(_VOUCHING, speaker) & (place_of(speaker) == _VOUCHING.c.speaker_id)
        )
        nobody = func.coalesce(speaker.c.name, literal(UNNAMED))
        own_voice = case((rows.c.statement_id.is_(None), literal(NARRATION)), else_=nobody)
        shown.append(own_voice.label("vouched_by"))
    source = source.join(maker, maker.c.number == rows.c.maker)
    query = select(*shown, maker.c.name.label("extractor")).select_from(source)
    return query.where(is_listed(rows))


def _followed(
    rows: Table, held: Column[Any], source: FromClause
) -> tuple[list[Label[Any]], FromClause]:
    """Return what is shown of the row that a link leads to, and how it is found."""
    target, name = links_of(rows)[held.name], held.name.removesuffix("_id")
    other = _VOUCHING if held.name == "statement_id" else target.alias(name)
    source = source.outerjoin(other, _linked(rows, other) & (place_of(other) == held))
    if target is statement:
        return [_shown(other.c.statement_id, held.name)], source
    more = (other.c[field].label(f"{name}_{field}") for field in _MORE[target])
    return [other.c[_TOLD[target]].label(name), *more], source


def _linked(one: FromClause, other: FromClause) -> ColumnElement[bool]:
    return one.c.number == other.c.number


def _parties(rows: Table, role: str) -> Label[Any]:
    """Return the names of an event's actors or recipients, "?" for one that nobody is known by."""
    party, who = participant.alias(f"{role}_parties"), actor.alias(f"{role}_who")
    same = _linked(party, who) & (place_of(who) == party.c.actor_id)
    ordered = (
        select(func.coalesce(who.c.name, literal(UNKNOWN)).label("name"))
        .select_from(party.outerjoin(who, same))
        .where(_linked(party, rows), party.c.event_id == place_of(rows), party.c.role == role)
        .order_by(party.c.position)
        .correlate(rows)
        .subquery()
    )
    names = func.aggregate_strings(column("name"), SEVERAL)
    return select(names).select_from(ordered).scalar_subquery().label(role)
