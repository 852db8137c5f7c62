"""The store: records kept in one file."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, NamedTuple, Self

from sqlalchemy import Connection

from onrecord.errors import StoreError
from onrecord.records import Article, Record, Review
from onrecord.store import deciding
from onrecord.store.catalogue import (
    ArticleSummary,
    latest_article,
    list_articles,
    resolve_article,
    stored_article,
    stored_since,
)
from onrecord.store.checks import check_record
from onrecord.store.connecting import BUSY_SECONDS, Opened, connect, explained
from onrecord.store.copies import CopyPair, Story, list_stories, pairs_of
from onrecord.store.counting import Counting, count_happenings, count_table
from onrecord.store.deciding import list_appearances
from onrecord.store.decisions import Decision, Signed, all_decisions
from onrecord.store.filters import Filters, check_filters
from onrecord.store.finding import Hit, find_rows
from onrecord.store.folder import flat_rows, is_dataset, open_folder, with_identities
from onrecord.store.happenings import Happening, find_happening, list_happenings
from onrecord.store.identities import (
    Identity,
    IdentityAppearance,
    Who,
    find_identity,
    identity_of_actors,
    list_identities,
)
from onrecord.store.ids import DUCKDB
from onrecord.store.migrating import migrate
from onrecord.store.relinking import changes_due, in_steps, keep_changes
from onrecord.store.retelling import happening_of_events
from onrecord.store.reviewing import append_review, reviews_of
from onrecord.store.saving import load_stored, now, save_record
from onrecord.store.selecting import selections, shown_with
from onrecord.store.shapes import Key
from onrecord.store.verifying import Fault, find_faults
from onrecord.store.writing import map_values
from onrecord.tables import selected

if TYPE_CHECKING:
    import pyarrow

_SAME = ("sha256", "title", "byline", "url", "publisher", "published", "published_from", "language")
"""What an article must share with the stored one not to be read again."""


def open_store(
    path: str | Path,
    *,
    create: bool = True,
    busy_seconds: float = BUSY_SECONDS,
    advance: Callable[[], None] = lambda: None,
) -> Store:
    """Return the store in a file, made or brought up to date first if need be.

    A store that cannot be written to is opened for reading.

    Args:
        path: The file, or the folder or URL of a dataset, which can only be read.
        create: Make the file if there is none.
        busy_seconds: How long to wait while another process is writing.
        advance: Called after each article of a store that has to be brought up to date.

    Raises:
        StoreError: The file cannot be made, opened or read, is not a store, or was written by a
            newer version of onrecord.
    """
    if is_dataset(path):
        return Store(open_folder(str(path)))
    opened = connect(Path(path), create=create, busy_seconds=busy_seconds)
    try:
        migrate(opened, advance)
    except BaseException:
        opened.engine.dispose()
        raise
    return Store(opened)


class Kept(NamedTuple):
    """What tells whether an article version is stored as it would be saved."""

    sha256: str
    extractor: str


class Store:
    """Records in a file; use it in a `with` statement, or `close` it.

    Every method raises `StoreError` when the file cannot be read or written, saying what is wrong
    and what to do about it; what was stored before stays as it was.
    """

    def __init__(self, opened: Opened) -> None:
        self._opened = opened

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    @property
    def path(self) -> Path:
        """The file."""
        return self._opened.path

    def require_writable(self) -> None:
        """Do nothing where records can be saved.

        Raises:
            StoreError: The file or its folder can only be read.
        """
        if not self._opened.writable:
            raise StoreError(f"{self.path} {self._opened.refusal}")

    def close(self) -> None:
        """Let go of the file."""
        self._opened.engine.dispose()

    def versioned(self, article: Article) -> Article:
        """Return the article with the version it has, or will have once saved, in this store.

        That is the latest version if its text is the same, else the next one; 1 if it is new.
        """
        with self._reading() as connection:
            stored = latest_article(connection, article.article_id)
        if stored is None:
            return replace(article, version=1)
        same = stored["sha256"] == article.sha256
        return replace(article, version=stored["version"] + (0 if same else 1))

    def holds(self, article: Article, extractor: str) -> bool:
        """Whether the latest version has this text, metadata and input, by the same extractor."""
        with self._reading() as connection:
            stored = latest_article(connection, article.article_id)
        return (
            stored is not None
            and stored["extractor"] == extractor
            and all(stored[name] == getattr(article, name) for name in _SAME)
            and stored["input_map"] == map_values(article.input_map)
        )

    def kept(self, article: Article) -> Kept | None:
        """Return what is kept under an article's id and version; None when nothing is."""
        with self._reading() as connection:
            stored = stored_article(connection, (article.article_id, article.version))
        return None if stored is None else Kept(stored["sha256"], stored["extractor"])

    def made_by(self, article_id: str) -> str | None:
        """Return the extractor of an article's latest version, None when it is not stored."""
        with self._reading() as connection:
            stored = latest_article(connection, article_id)
        return None if stored is None else str(stored["extractor"])

    def save(self, record: Record, extractor: str) -> None:
        """Store an article version and its rows, replacing the rows it had; one transaction.

        Reviews stay and attach by row id. Saving the same again changes nothing.

        Raises:
            StoreError: The record does not hold together, the version is stored with another
                text, or the store cannot be written to. Nothing of the record is stored.
        """
        check_record(record)
        with self._writing() as connection:
            save_record(connection, self.path, record, extractor)

    def record(self, article_id: str, version: int | None = None) -> Record:
        """Return the record of an article version; by default the latest.

        Raises:
            StoreError: It is not in the store.
        """
        with self._reading() as connection:
            if version is None:
                stored = latest_article(connection, article_id)
                version = 1 if stored is None else stored["version"]
            found = load_stored(connection, self.path, [(article_id, version)])
        if not found:
            raise StoreError(
                f"{self.path} has no version {version} of an article {article_id!r}; "
                f"give an id it lists, or read the article into it"
            )
        return found[0]

    def resolve(self, ref: str) -> str:
        """Return the id of the article meant by an id, the beginning of one, a path, URL or title.

        A title is compared without regard to case; only latest versions are looked at.

        Raises:
            StoreError: No article is meant, or more than one.
        """
        with self._reading() as connection:
            return resolve_article(connection, self.path, ref)

    def summaries(self, text: str | None = None) -> tuple[ArticleSummary, ...]:
        """Return the latest version of every article, by date of publication, unknown ones last.

        With `text`, only articles that have those words, and phrases in quotation marks, in their
        title or text.

        Raises:
            ValueError: `text` has no words.
        """
        with self._reading() as connection:
            return list_articles(connection, text)

    def stored_since(self, moment: str) -> dict[Key, str]:
        """Return when each latest version was stored, of those since a moment (ISO 8601, UTC)."""
        with self._reading() as connection:
            return stored_since(connection, moment)

    def find(self, kind: str, filters: Filters) -> pyarrow.Table:
        """Return the rows of one kind that meet the filters, with the columns of `tables.table`.

        They are in order of publication, unknown dates last, then as in their article. Only the
        latest version of an article is looked at.

        Raises:
            ValueError: There is no such kind, or a filter means nothing for it.
            StoreError: `filters.article` means no article, or more than one.
        """
        check_filters(kind, filters)
        article_id = None if filters.article is None else self.resolve(filters.article)
        with self._reading() as connection:
            hits = find_rows(connection, kind, filters, article_id)
            if connection.dialect.name == DUCKDB:
                return self._rows_in_files(connection, kind, hits)
            keys = dict.fromkeys(hit.key for hit in hits)
            records = load_stored(connection, self.path, keys, shown_with(kind))
            happenings = {}
            if kind == "events":
                happenings = happening_of_events(connection, {hit.key[0] for hit in hits})
            whose = [(hit.key[0], hit.row_id) for hit in hits] if kind == "actors" else []
            identities = identity_of_actors(connection, whose)
        return selected(kind, selections(kind, hits, records, identities | happenings))

    def _rows_in_files(self, connection: Connection, kind: str, hits: list[Hit]) -> pyarrow.Table:
        """Return the rows of a dataset that were found, as they stand there."""
        rows = flat_rows(connection, kind, [(hit.key, hit.row_id) for hit in hits])
        if kind != "actors":
            return rows
        whose = [(hit.key[0], hit.row_id) for hit in hits]
        return with_identities(rows, identity_of_actors(connection, whose))

    def link(self) -> None:
        """Work out anew which events of all articles are one happening, and keep it.

        Every save does so for the happenings that its article may belong to; what that leaves
        apart, or together, in a store of any size is seldom different. Others can save meanwhile:
        what they save stays as that save linked it.
        """
        with self._reading() as connection:
            changes = changes_due(connection)
        for step in in_steps(changes):
            with self._writing() as connection:
                keep_changes(connection, step)

    def happenings(
        self, filters: Filters | None = None, *, fewest: int = 2, limit: int | None = None
    ) -> tuple[Happening, ...]:
        """Return the happenings that the events asked for tell, those told most often first.

        All their tellings come with them, each with the reason why it is taken to be one.

        Args:
            filters: Which events; None means all.
            fewest: How many tellings a happening must have.
            limit: How many happenings at most; None is all.

        Raises:
            ValueError: A filter means nothing for events.
            StoreError: `filters.article` means no article, or more than one.
        """
        filters = filters or Filters()
        with self._reading() as connection:
            hits = self._hits(connection, filters)
            return list_happenings(connection, hits, fewest=fewest, limit=limit)

    def happening(self, ref: str) -> Happening:
        """Return the happening meant by its id, by that of an event, or by the beginning of one.

        The id of a happening may change when articles are added: it is that of its earliest
        telling. Those of its events lead to it as well.

        Raises:
            StoreError: None is meant, or more than one.
        """
        with self._reading() as connection:
            return find_happening(connection, self.path, ref)

    def happening_ids(self, articles: Iterable[str]) -> dict[str, str]:
        """Return the happening that each event of some articles tells, by the event's id."""
        with self._reading() as connection:
            found = happening_of_events(connection, articles)
        return {event_id: happening_id for (_, event_id), happening_id in found.items()}

    def count(self, counting: Counting, filters: Filters | None = None) -> pyarrow.Table:
        """Return how many happenings the events asked for tell, by time and pair of countries.

        The columns are `period` (None: the date is unknown or spans several periods),
        `actor_country`, `recipient_country`, `event_type`, `quad`, `happenings`, `tellings`,
        `goldstein`, the mean over the happenings, and `unit`: whether copies of a story tell once.

        Raises:
            ValueError: A filter means nothing for events.
            StoreError: `filters.article` means no article, or more than one.
        """
        with self._reading() as connection:
            hits = self._hits(connection, filters or Filters())
            return count_table(count_happenings(connection, hits, counting))

    def _hits(self, connection: Connection, filters: Filters) -> list[Hit]:
        check_filters("events", filters)
        article_id = None
        if filters.article is not None:
            article_id = resolve_article(connection, self.path, filters.article)
        return find_rows(connection, "events", filters, article_id)

    def stories(self, *, fewest: int = 2, limit: int | None = None) -> tuple[Story, ...]:
        """Return the articles that are copies of each other, the largest stories first.

        Args:
            fewest: How many articles a story must have, at least 2.
            limit: How many stories at most; None is all.
        """
        with self._reading() as connection:
            return list_stories(connection, fewest=fewest, limit=limit)

    def copies(self, ref: str) -> tuple[CopyPair, ...]:
        """Return the copies of an article, and articles with a good part of it; most alike first.

        Raises:
            StoreError: No article is meant by `ref`, as for `resolve`, or more than one.
        """
        with self._reading() as connection:
            return pairs_of(connection, resolve_article(connection, self.path, ref))

    def identities(
        self,
        name: str | None = None,
        *,
        kind: str | None = None,
        country: str | None = None,
        limit: int | None = None,
    ) -> tuple[Identity, ...]:
        """Return who is in the latest versions of all articles, those in most articles first.

        An actor that is linked with none of another article is an identity of its own, and so are
        unnamed groups. With `name`, only those that have its words, in their order, in one of the
        names they go by.
        """
        who = Who(name=name, kind=kind, country=country, limit=limit)
        with self._reading() as connection:
            return tuple(found.identity for found in list_identities(connection, who))

    def identity(self, ref: str) -> Identity:
        """Return the identity meant by a name, an id or the beginning of an id.

        The id of an identity may change when articles are added; earlier ones still lead to it.

        Raises:
            StoreError: None is meant, or more than one; the message lists them.
        """
        with self._reading() as connection:
            return find_identity(connection, self.path, ref).identity

    def appearances(self, ref: str) -> tuple[IdentityAppearance, ...]:
        """Return the actors of articles that are an identity, by date of publication.

        Raises:
            StoreError: No identity is meant, or more than one.
        """
        with self._reading() as connection:
            return list_appearances(connection, find_identity(connection, self.path, ref))

    def merge(self, one: str, other: str, *, by: str, why: str | None = None) -> Decision:
        """Decide that two identities are one; return the decision, with its number.

        It holds for articles that are read later or again, until it is undone.

        Raises:
            StoreError: A name or id means no identity, or more than one, or both mean the same.
        """
        with self._writing() as connection:
            return deciding.merge(connection, self.path, one, other, _signed(by, why))

    def split(
        self,
        ref: str,
        *,
        articles: Iterable[str] = (),
        names: Iterable[str] = (),
        by: str,
        why: str | None = None,
    ) -> Decision:
        """Decide that what is taken for an identity in some articles, or by some names, is another.

        Args:
            ref: The identity: a name, an id or the beginning of one.
            articles: Where it is somebody else, the same one in all of them: as for `resolve`.
            names: Which of the names it goes by are somebody else's.
            by: Who decides.
            why: For what reason.

        Raises:
            StoreError: No identity is meant, or more than one; it is not in an article, does not go
                by a name, or all of it would leave.
            ValueError: Neither articles nor names are given.
        """
        leaving = deciding.Leaving(articles=tuple(articles), names=tuple(names))
        if not leaving.articles and not leaving.names:
            raise ValueError("a split needs articles, or names, that are somebody else's")
        with self._writing() as connection:
            return deciding.split(connection, self.path, ref, leaving, _signed(by, why))

    def undo(self, number: int, *, by: str, why: str | None = None) -> Decision:
        """Decide that a decision no longer holds; that of an undo brings back what it undid.

        Raises:
            StoreError: There is no decision of that number, or it is undone already.
        """
        with self._writing() as connection:
            return deciding.undo(connection, self.path, number, _signed(by, why))

    def decisions(self) -> tuple[Decision, ...]:
        """Return what was decided about identities, oldest first; undone ones say by which."""
        with self._reading() as connection:
            return all_decisions(connection)

    def add_review(self, review: Review) -> None:
        """Append a person's verdict on a row.

        Raises:
            StoreError: No row has that id.
        """
        with self._writing() as connection:
            append_review(connection, self.path, review)

    def reviews(self, row_id: str) -> tuple[Review, ...]:
        """Return the verdicts on a row, oldest first; () when there are none."""
        with self._reading() as connection:
            return reviews_of(connection, row_id)

    def faults(self) -> tuple[Fault, ...]:
        """Return what is wrong with the store, () where all is well.

        Looked at are the file, every span and link, and every word in the search index.
        """
        with self._reading() as connection:
            return tuple(find_faults(connection))

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        with explained(self.path), self._opened.engine.connect() as connection:
            yield connection

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        """Begin a transaction that is kept when the block ends, and undone when it raises."""
        self.require_writable()
        engine = self._opened.engine.execution_options(writes=True)
        with explained(self.path), engine.begin() as connection:
            yield connection


def _signed(by: str, why: str | None) -> Signed:
    return Signed(made_by=by, made_at=now(), why=why)
