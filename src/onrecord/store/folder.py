"""A dataset as a store: its tables are views of the Parquet files, asked through DuckDB.

Nothing is copied. What links articles comes from the folders that the linking of a dataset writes;
in one that is not finished there are none yet, and no article is linked with another.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import Boolean, Column, Connection, Float, Integer, Table
from sqlalchemy.exc import DBAPIError

from onrecord.errors import DatasetError, StoreError
from onrecord.places import Folder
from onrecord.reading.extras import needed
from onrecord.reading.remote import is_remote
from onrecord.store.connecting import Opened
from onrecord.store.duck import engine_for
from onrecord.store.finding import Hit
from onrecord.store.folding import FOUND_BY
from onrecord.store.identities import identity_of_actors
from onrecord.store.manifest import MANIFEST, Manifest, read_manifest
from onrecord.store.parquet import (
    APPEARANCES,
    ARTICLES,
    INNER,
    KEPT,
    PARTICIPANTS,
    SIGNATURES,
    TELLINGS,
    WORDS,
    kept_of,
)
from onrecord.store.schema import (
    TABLES,
    appearance,
    article,
    copy_pair,
    maker,
    metadata,
    participant,
    printing,
    signature,
    telling,
)
from onrecord.store.shapes import SHAPES, Key
from onrecord.tables import column_types

if TYPE_CHECKING:
    import pyarrow

STORIES, HAPPENINGS, COPIES = "stories", "happenings", "copies"
"""The folders with what links articles: those that are one story, the happenings that several
articles tell, and the copies."""

_TYPES = ((Boolean, "BOOLEAN"), (Integer, "BIGINT"), (Float, "DOUBLE"))


def is_dataset(path: str | Path) -> bool:
    """Whether a path or URL is that of a dataset: a folder with a manifest."""
    return is_remote(str(path)) or os.path.isfile(os.path.join(path, MANIFEST))


class OpenedFolder(Opened):
    """A dataset, which nothing is written to."""

    made_whole = True
    errors = (DBAPIError,)

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Return a connection to the views of its files."""
        with self.engine.connect() as connection:
            yield connection

    def writing(self) -> AbstractContextManager[Connection]:
        """Refuse.

        Raises:
            StoreError: Always.
        """
        raise StoreError(f"{self.place} {self.refusal}")

    def reason(self, error: Exception) -> str | None:
        """Return what is wrong with the files; None for what is wrong with a query."""
        cause = error.orig if isinstance(error, DBAPIError) else error
        if type(cause).__name__ not in ("IOException", "HTTPException", "InvalidInputException"):
            return None
        return f"has files that are damaged or gone ({cause}); restore them, or read them again"

    def prepare(self) -> None:
        """Do nothing: any number of processes may read files."""

    def back_up(self, revision: str) -> None:
        """Do nothing: it is never brought up to date."""

    def shrink(self) -> None:
        """Do nothing: rows never move."""

    def is_lost(self, error: Exception) -> bool:
        """Files are not lost by asking again."""
        return False


def open_folder(url: str) -> OpenedFolder:
    """Return a dataset, ready for queries.

    Raises:
        StoreError: It cannot be read, or holds no articles.
    """
    folder = Folder(url)
    try:
        duckdb = needed("duckdb", extra="duckdb", kind="a folder of Parquet")
        manifest = read_manifest(folder)
    except DatasetError as error:
        raise StoreError(str(error)) from error
    if not manifest.parts:
        raise StoreError(f"{url} holds no articles yet: read some into it.")
    database = duckdb.connect()
    if folder.is_remote:
        database.register_filesystem(folder.fsspec)
    for statement in _Views(folder, manifest).statements():
        database.execute(statement)
    return OpenedFolder(url, engine_for(database), _REFUSAL)


_REFUSAL = (
    "is a folder of Parquet, which can only be read: bring it into a store with `onrecord load` "
    "and use that"
)


@dataclass(frozen=True, slots=True)
class _Views:
    """The statements that make the tables of a store of a dataset's files."""

    folder: Folder
    manifest: Manifest

    def statements(self) -> list[str]:
        """Return all of them, in an order in which they can be run."""
        views = {article: self._articles(), maker: self._makers()}
        views |= {TABLES[kind]: self._rows(kind) for kind in TABLES}
        views |= {
            participant: self._plain(participant, PARTICIPANTS),
            appearance: self._plain(appearance, APPEARANCES),
            signature: f"SELECT * FROM {self._linked(SIGNATURES, signature)}",
            telling: self._tellings(),
            printing: self._printings(),
            copy_pair: self._pairs(),
        }
        flat = [
            f"CREATE VIEW {_flat(kind)} AS SELECT {_listed(column_types(kind))} "
            f"FROM {self._files(kind)}"
            for kind in TABLES
        ]
        flat.append(f"CREATE VIEW linked_happenings AS {self._happenings()}")
        made = [f"CREATE VIEW {_named(table.name)} AS {query}" for table, query in views.items()]
        rest = [table for table in metadata.sorted_tables if table not in views]
        return [*flat, *made, *map(_empty, rest)]

    def _files(self, inside: str) -> str:
        """Return the reading of the files of all finished parts in a folder."""
        names = [self.folder.path(f"{inside}/{part}.parquet") for part in self.manifest.parts]
        return f"read_parquet([{', '.join(map(_text, names))}])"

    def _linked(self, inside: str, like: Table, *more: str) -> str:
        """Return the reading of a folder that linking writes, or of nothing where there is none."""
        if names := self.folder.tables(inside):
            paths = ", ".join(_text(self.folder.path(name)) for name in names)
            return f"read_parquet([{paths}])"
        columns = [f"NULL::{_type(one)} AS {_named(one.name)}" for one in like.c]
        columns += [f"NULL::VARCHAR AS {name}" for name in more]
        return f"(SELECT {', '.join(columns)} LIMIT 0)"

    def _articles(self) -> str:
        told = [one.name for one in article.c if one.name not in ("number", *_OF_STORY)]
        own = [f"{_number_of('a.article_id', 'a.version')} AS number"]
        own += [f"a.{_named(name)}" for name in told]
        stories = self._linked(STORIES, article)
        linked = ", ".join(f"s.{name}" for name in _OF_STORY)
        return (
            f"SELECT {', '.join(own)}, {linked} FROM {self._files(ARTICLES)} a LEFT JOIN {stories} "
            "s ON a.article_id = s.article_id AND a.version = s.version"
        )

    def _makers(self) -> str:
        made = ", ".join(
            f"({number}, {_text(name)})" for number, name in enumerate(self.manifest.makers, 1)
        )
        return f"SELECT * FROM (VALUES {made}) AS made(number, name)"

    def _rows(self, kind: str) -> str:
        kept = kept_of(kind)
        columns = [
            f"{KEPT}.{_named(one.name)} AS {_named(one.name)}"
            if one.name in kept
            else _named(one.name)
            for one in TABLES[kind].c
            if one.name not in ("number", "position", "maker")
        ]
        columns.append(f"coalesce({KEPT}.position, -1) AS position")
        columns.append(f"{_number_of('article_id', 'version')} AS number")
        makers = ", ".join(map(_text, self.manifest.makers))
        columns.append(f"list_position([{makers}], extractor) AS maker")
        columns.append(f"{KEPT}.{WORDS} AS {FOUND_BY}")
        folders = [kind, INNER[kind]] if kind in INNER else [kind]
        selects = [f"SELECT {', '.join(columns)} FROM {self._files(one)}" for one in folders]
        return " UNION ALL ".join(selects)

    def _plain(self, table: Table, inside: str) -> str:
        told = _listed(one.name for one in table.c if one.name != "number")
        number = _number_of("article_id", "version")
        return f"SELECT {number} AS number, {told} FROM {self._files(inside)}"

    def _happenings(self) -> str:
        linked = self._linked(HAPPENINGS, telling)
        return f"SELECT own_id, happening_id FROM {linked}"

    def _tellings(self) -> str:
        own = [f"{_number_of('t.article_id', 't.version')} AS number"]
        own += [f"t.{_named(one.name)}" for one in telling.c if one.name not in _LINKED]
        return (
            f"SELECT {', '.join(own)}, {_number_of('t.own_id')} AS unit, "
            "false AS once, NULL::VARCHAR AS countries, "
            f"coalesce(h.happening_id, t.own_id) AS happening_id FROM {self._files(TELLINGS)} t "
            "LEFT JOIN linked_happenings h ON t.own_id = h.own_id"
        )

    def _printings(self) -> str:
        return (
            f"SELECT {_number_of('article_id', 'version')} AS number, agency, credited_by, "
            "NULL::BIGINT AS words "
            f"FROM {self._files(ARTICLES)} "
            "QUALIFY version = max(version) OVER (PARTITION BY article_id)"
        )

    def _pairs(self) -> str:
        told = _listed(one.name for one in copy_pair.c if one.name not in ("one", "other"))
        sides = ("one", "other")
        keys = [f"{side}_{part}" for side in sides for part in ("id", "version")]
        numbers = [f"{_number_of(f'{one}_id', f'{one}_version')} AS {one}" for one in sides]
        pairs = self._linked(COPIES, copy_pair, *keys)
        return f"SELECT {', '.join(numbers)}, {told} FROM {pairs}"


_OF_STORY = ("story_id", "copy_of")
_LINKED = ("number", "happening_id", "unit", "once", "countries")  # of a telling, not in files


def rows_in_files(connection: Connection, kind: str, hits: Sequence[Hit]) -> pyarrow.Table:
    """Return the rows of a dataset that were found, in that order, with the usual columns."""
    rows = _flat_rows(connection, kind, [(hit.key, hit.row_id) for hit in hits])
    if kind != "actors":
        return rows
    whose = [(hit.key[0], hit.row_id) for hit in hits]
    return _with_identities(rows, identity_of_actors(connection, whose))


def _flat_rows(
    connection: Connection, kind: str, found: Sequence[tuple[Key, str]]
) -> pyarrow.Table:
    """Return the rows with some keys and ids as they stand in the files, in that order."""
    import pyarrow as pa

    raw: Any = connection.connection.dbapi_connection
    wanted = {
        "at": pa.array(range(len(found)), pa.int64()),
        "article_id": pa.array([key[0] for key, _ in found], pa.string()),
        "version": pa.array([key[1] for key, _ in found], pa.int64()),
        "row_id": pa.array([row_id for _, row_id in found], pa.string()),
    }
    row_id, columns, joined = _named(SHAPES[kind].id_field), column_types(kind), ""
    shown = {name: f"f.{_named(name)}" for name in columns}
    if kind == "events":
        shown["happening_id"] = "coalesce(h.happening_id, f.happening_id)"
        joined = "LEFT JOIN linked_happenings h ON f.happening_id = h.own_id"
    raw.register("wanted", pa.table(wanted))
    query = (
        f"SELECT {', '.join(f'{what} AS {_named(name)}' for name, what in shown.items())} "
        f"FROM {_flat(kind)} f JOIN wanted w ON f.article_id = w.article_id "
        f"AND f.version = w.version AND f.{row_id} = w.row_id {joined} ORDER BY w.at"
    )
    try:
        return raw.sql(query).to_arrow_table()
    finally:
        raw.unregister("wanted")


def _with_identities(
    rows: pyarrow.Table, identities: Mapping[tuple[str, str], str]
) -> pyarrow.Table:
    """Return actors with who they are throughout the dataset, by article and actor id."""
    import pyarrow as pa

    keys = zip(rows["article_id"].to_pylist(), rows["actor_id"].to_pylist(), strict=True)
    found = pa.array([identities.get(key) for key in keys], pa.string())
    at = rows.schema.get_field_index("identity")
    return rows.set_column(at, "identity", found)


def _flat(kind: str) -> str:
    return f"flat_{kind}"


def _number_of(of: str, version: str | None = None) -> str:
    """Return a number that stands for an id, or an article version, as the tables have them."""
    told = of if version is None else f"{of}, {version}::BIGINT"
    return f"(hash({told}) >> 1)::BIGINT"


def _empty(table: Table) -> str:
    columns = ", ".join(f"{_named(one.name)} {_type(one)}" for one in table.c)
    return f"CREATE TABLE {_named(table.name)} ({columns})"


def _type(column: Column[Any]) -> str:
    return next((name for kind, name in _TYPES if isinstance(column.type, kind)), "VARCHAR")


def _listed(names: Iterable[str]) -> str:
    return ", ".join(map(_named, names))


def _named(name: str) -> str:
    return '"{}"'.format(name.replace('"', '""'))


def _text(value: str) -> str:
    return "'{}'".format(value.replace("'", "''"))
