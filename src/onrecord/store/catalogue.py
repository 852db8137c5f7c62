"""Which articles a store has."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Connection,
    FromClause,
    RowMapping,
    Select,
    and_,
    bindparam,
    exists,
    func,
    select,
    tuple_,
)

from onrecord.errors import StoreError
from onrecord.records import Article
from onrecord.store import search
from onrecord.store.links import is_listed
from onrecord.store.schema import TABLES, article, printing
from onrecord.store.shapes import Key

if TYPE_CHECKING:
    import pyarrow

_LISTED = 5  # how many articles a message about an unclear name lists


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleSummary:
    """The latest version of a stored article, and how many rows of each kind it has."""

    article_id: str
    version: int
    title: str | None
    publisher: str | None
    published: str | None
    url: str | None
    source_path: str | None
    extractor: str
    stored_at: str  # ISO 8601, UTC
    statements: int
    events: int
    figures: int
    conditions: int
    demands: int
    terms: int
    actors: int
    mentions: int
    times: int
    places: int


def same_article(one: FromClause, other: FromClause) -> ColumnElement[bool]:
    """Return the condition that two rows are of the same version of an article."""
    return one.c.number == other.c.number


def among(column: ColumnElement[str], values: Iterable[str]) -> ColumnElement[bool]:
    """Return the condition that a column has one of the values, of which there may be many."""
    listed = sorted(set(values))  # in the query itself, which may hold only so many parameters
    return column.in_(bindparam(None, listed, column.type, expanding=True, literal_execute=True))


def numbers_among(column: ColumnElement[int], values: Iterable[int]) -> ColumnElement[bool]:
    """Return the condition that a column has one of the numbers, of which there may be many."""
    listed = sorted(set(values))
    return column.in_(bindparam(None, listed, BigInteger, expanding=True, literal_execute=True))


def is_version(key: Key) -> ColumnElement[bool]:
    """Return the condition that a line of `article` is of a version."""
    return and_(article.c.article_id == key[0], article.c.version == key[1])


def of_versions(keys: Collection[Key]) -> ColumnElement[bool]:
    """Return the condition that a line of `article` is of one of some versions.

    SQLite finds no index for pairs of values: the articles alone lead it to the lines.
    """
    articles = among(article.c.article_id, (article_id for article_id, _ in keys))
    return and_(articles, tuple_(article.c.article_id, article.c.version).in_(keys))


def of_articles(rows: FromClause, articles: Iterable[str]) -> ColumnElement[bool]:
    """Return the condition that a line of a table is of some version of one of some articles."""
    return rows.c.number.in_(select(article.c.number).where(among(article.c.article_id, articles)))


def newest_versions() -> FromClause:
    """Return the latest version of every article: `number`, `article_id` and `version`."""
    later = article.alias("later")
    is_later = and_(later.c.article_id == article.c.article_id, later.c.version > article.c.version)
    columns = (article.c.number, article.c.article_id, article.c.version)
    return select(*columns).where(~exists().where(is_later)).subquery("newest")


def is_newest(rows: FromClause) -> ColumnElement[bool]:
    """Return the condition that a row is of the latest version of its article; quick for many."""
    entered = exists().where(printing.c.number == article.c.number)
    return rows.c.number.not_in(select(article.c.number).where(~entered))


def latest_keys(connection: Connection, articles: Iterable[str]) -> list[Key]:
    """Return the latest versions of those articles that are stored, in the order of their ids."""
    newest = newest_versions()
    query = select(newest.c.article_id, newest.c.version)
    lines = connection.execute(query.where(among(newest.c.article_id, articles)))
    return sorted((line.article_id, line.version) for line in lines)


def stored_article(connection: Connection, key: Key) -> RowMapping | None:
    """Return the line of an article version, None when it is not stored."""
    return connection.execute(select(article).where(is_version(key))).mappings().first()


class Kept(NamedTuple):
    """What tells whether an article version is stored as it would be saved."""

    sha256: str
    extractor: str


def kept_of_version(connection: Connection, key: Key) -> Kept | None:
    """Return what is kept under an article version; None when it is not stored."""
    stored = stored_article(connection, key)
    return None if stored is None else Kept(stored["sha256"], stored["extractor"])


def kept_versions(connection: Connection, article_id: str) -> dict[int, Kept]:
    """Return what is kept under each version of an article."""
    columns = (article.c.version, article.c.sha256, article.c.extractor)
    lines = connection.execute(select(*columns).where(article.c.article_id == article_id))
    return {version: Kept(sha256, extractor) for version, sha256, extractor in lines}


def latest_article(connection: Connection, article_id: str) -> RowMapping | None:
    """Return the line of an article's latest version, None when it is not stored."""
    query = select(article).where(article.c.article_id == article_id)
    return connection.execute(query.order_by(article.c.version.desc())).mappings().first()


def is_latest(connection: Connection, version: Article) -> bool:
    """Whether no later version of an article is stored."""
    mine = article.c.article_id == version.article_id
    return bool(
        connection.scalar(select(func.max(article.c.version)).where(mine)) == version.version
    )


def stored_since(connection: Connection, moment: str) -> dict[Key, str]:
    """Return when each latest version was stored, of those stored at or after a moment."""
    newest = newest_versions()
    query = (
        select(article.c.article_id, article.c.version, article.c.stored_at)
        .join(newest, same_article(newest, article))
        .where(article.c.stored_at >= moment)
        .order_by(article.c.stored_at, article.c.article_id)
    )
    return {(line.article_id, line.version): line.stored_at for line in connection.execute(query)}


def list_articles(
    connection: Connection,
    text: str | None = None,
    between: tuple[str | None, str | None] = (None, None),
) -> tuple[ArticleSummary, ...]:
    """Return the latest versions by date of publication, those with the words and between two days.

    None asks for nothing. A date of publication that is less precise than a day is between two days
    if it could be; one that is not known is not.
    """
    newest = newest_versions()
    day = article.c.first_day
    query = _summaries().join(newest, same_article(newest, article))
    query = query.order_by(day.is_(None), day, article.c.article_id)
    if text is not None:
        query = query.where(search.article_has(connection, text))
    since, until = between
    if since is not None:
        query = query.where(article.c.last_day >= since)
    if until is not None:
        query = query.where(day <= until)
    return tuple(ArticleSummary(**line) for line in connection.execute(query).mappings())


def summaries_of(connection: Connection, keys: Collection[Key]) -> tuple[ArticleSummary, ...]:
    """Return the summaries of some article versions, in that order."""
    lines = connection.execute(_summaries().where(of_versions(keys))).mappings()
    found = {(line["article_id"], line["version"]): ArticleSummary(**line) for line in lines}
    return tuple(found[key] for key in keys if key in found)


def _summaries() -> Select[Any]:
    names = [field.name for field in fields(ArticleSummary) if field.name not in TABLES]
    counts = [
        select(func.count())
        .where(same_article(rows, article), is_listed(rows))
        .scalar_subquery()
        .label(kind)
        for kind, rows in TABLES.items()
    ]
    return select(*(article.c[name] for name in names), *counts)


def article_table(articles: Iterable[ArticleSummary]) -> pyarrow.Table:
    """Return articles as a table with a column for each field, in their order."""
    import pyarrow as pa  # here, since it takes longer to load than all the rest

    counted = {"version", *TABLES}
    schema = pa.schema(
        [
            pa.field(one.name, pa.int64() if one.name in counted else pa.string())
            for one in fields(ArticleSummary)
        ]
    )
    return pa.Table.from_pylist([asdict(one) for one in articles], schema=schema)


def resolve_article(connection: Connection, place: str, ref: str) -> str:
    """Return the id of the article that `ref` means in the store at `place`.

    Raises:
        StoreError: No article is meant, or more than one.
    """
    if "\0" not in ref and latest_article(connection, ref) is not None:
        return ref  # an id goes before all other names, and needs no look at these
    newest = newest_versions()
    names = (article.c.article_id, article.c.url, article.c.source_path, article.c.title)
    known = connection.execute(select(*names).join(newest, same_article(newest, article))).all()
    title, paths = _plain(ref), (ref, *_full_paths(ref))
    meant = (
        [line.article_id for line in known if line.url == ref],
        [line.article_id for line in known if line.source_path in paths],
        [line.article_id for line in known if _plain(line.title or "") == title],
        [line.article_id for line in known if line.article_id.startswith(ref)],
        [line.article_id for line in known if Path(line.source_path or "").name == ref],
        [line.article_id for line in known if title in _plain(line.title or "")],
        [line.article_id for line in known if title in _plain(Path(line.source_path or "").name)],
    )
    found = next((ids for ids in meant if ids), []) if title else []
    if len(found) == 1:
        return str(found[0])
    if found:
        listed = sorted((line.article_id, line.title or "") for line in known
                        if line.article_id in found)  # fmt: skip
        some = ", ".join(" ".join(filter(None, one)) for one in listed[:_LISTED])
        more = ", …" if len(found) > _LISTED else ""
        raise StoreError(
            f"{ref!r} means {len(found)} articles in {place}: {some}{more}; give one id"
        )
    raise StoreError(f"{place} has no article {ref!r}; `onrecord find articles` lists them")


def _plain(title: str) -> str:
    """Return a title without regard to case and spacing."""
    return " ".join(title.casefold().split())


def _full_paths(ref: str) -> tuple[str, ...]:
    """Return the paths a name may have been read from: as given, and with its links followed."""
    if "\0" in ref:
        return ()
    path = Path(ref).absolute()
    return str(path), os.path.realpath(path)
