"""The store: records kept in one file, or in a database on a server."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from types import TracebackType
from typing import Self

from sqlalchemy import Connection

from onrecord.answers import Rows
from onrecord.errors import StoreError
from onrecord.records import Article, Record
from onrecord.store import deciding, keeping
from onrecord.store.catalogue import (
    ArticleSummary,
    Kept,
    kept_of_version,
    latest_article,
    latest_keys,
    list_articles,
    resolve_article,
    stored_since,
)
from onrecord.store.checks import check_record
from onrecord.store.connecting import Opened, explained, taken_up_again
from onrecord.store.copies import CopyPair, Story, list_stories, pairs_of
from onrecord.store.counting import Counting, count_events, count_table
from onrecord.store.deciding import list_appearances
from onrecord.store.decisions import Decision, Signed, all_decisions
from onrecord.store.filters import Filters, check_filters
from onrecord.store.finding import Hit, find_rows
from onrecord.store.folder import rows_in_files
from onrecord.store.happenings import Happening, Listing, find_happening, list_happenings
from onrecord.store.identities import (
    Identity,
    IdentityAppearance,
    Who,
    find_identity,
    identity_of_actors,
    list_identities,
)
from onrecord.store.ids import DUCKDB
from onrecord.store.meaning import KEPT, ROLL
from onrecord.store.picking import load_found
from onrecord.store.relinking import changes_due, in_steps, keep_changes
from onrecord.store.retelling import happening_of_events
from onrecord.store.reviewing import Reviews
from onrecord.store.roll import Roll
from onrecord.store.saving import load_stored, now, save_record
from onrecord.store.selecting import selections
from onrecord.store.shapes import Key
from onrecord.store.transfer import digest_of
from onrecord.store.units import Unit
from onrecord.store.verifying import Fault, find_faults
from onrecord.store.views import Views
from onrecord.store.writing import map_values
from onrecord.tables import selected

_SAME = ("sha256", "title", "byline", "url", "publisher", "published", "published_from", "language")
"""What an article must share with the stored one not to be read again."""


class Store:
    """Records in one place; use it in a `with` statement, or `close` it.

    Every method raises `StoreError` when the place cannot be read or written, saying what is wrong
    and what to do about it; what was stored before stays as it was.
    """

    def __init__(self, opened: Opened) -> None:
        self._opened = opened
        self._meant = keeping.Kept()
        self._roll = Roll()

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
    def place(self) -> str:
        """The file, or the server's URL without its password."""
        return self._opened.place

    def require_writable(self) -> None:
        """Do nothing where records can be saved.

        Raises:
            StoreError: The place can only be read.
        """
        if self._opened.refusal is not None:
            raise StoreError(f"{self.place} {self._opened.refusal}")

    def close(self) -> None:
        """Let go of the place."""
        self._opened.engine.dispose()

    @taken_up_again
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

    @taken_up_again
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

    @taken_up_again
    def kept(self, article: Article) -> Kept | None:
        """Return what is kept under an article's id and version; None when nothing is."""
        with self._reading() as connection:
            return kept_of_version(connection, (article.article_id, article.version))

    @taken_up_again
    def made_by(self, article_id: str) -> str | None:
        """Return the extractor of an article's latest version, None when it is not stored."""
        with self._reading() as connection:
            stored = latest_article(connection, article_id)
        return None if stored is None else str(stored["extractor"])

    @taken_up_again
    def save(self, record: Record, extractor: str) -> None:
        """Store an article version and its rows, replacing the rows it had; one transaction.

        Reviews stay and attach by row id. Saving the same again changes nothing.

        Raises:
            StoreError: The record does not hold together, the version is stored with another
                text, or the store cannot be written to. Nothing of the record is stored.
        """
        check_record(record)
        with self._writing() as connection:
            save_record(connection, self.place, record, extractor)

    @taken_up_again
    def record(self, article_id: str, version: int | None = None) -> Record:
        """Return the record of an article version; by default the latest.

        Raises:
            StoreError: It is not in the store.
        """
        with self._reading() as connection:
            if version is None:
                stored = latest_article(connection, article_id)
                version = 1 if stored is None else stored["version"]
            found = load_stored(connection, self.place, [(article_id, version)])
        if not found:
            raise StoreError(
                f"{self.place} has no version {version} of an article {article_id!r}; "
                f"give an id it lists, or read the article into it"
            )
        return found[0]

    def records(self, articles: Iterable[str]) -> list[Record]:
        """Return the records of the latest versions of some articles, in the order of their ids.

        It takes far less time than one after another, and the memory for all of them.
        """
        with self._reading() as connection:
            return load_stored(connection, self.place, latest_keys(connection, articles))

    def resolve(self, ref: str) -> str:
        """Return the id of the article meant by an id, the beginning of one, a path, URL or title.

        A title is compared without regard to case; only latest versions are looked at.

        Raises:
            StoreError: No article is meant, or more than one.
        """
        with self._reading() as connection:
            return resolve_article(connection, self.place, ref)

    @taken_up_again
    def summaries(
        self, text: str | None = None, *, since: str | None = None, until: str | None = None
    ) -> tuple[ArticleSummary, ...]:
        """Return the latest version of each article, by publication, unknown dates last.

        Args:
            text: Words, and phrases in quotation marks, that must be in the title or text.
            since: An ISO 8601 year, month or day; only articles that may be of then or later.
            until: The same, of then or earlier.

        Raises:
            ValueError: `text` has no words, or a date is none.
        """
        period = Filters(since=since, until=until)
        with self._reading() as connection:
            return list_articles(connection, text, (period.first_day, period.last_day))

    @taken_up_again
    def stored_since(self, moment: str) -> dict[Key, str]:
        """Return when each latest version was stored, of those since a moment (ISO 8601, UTC)."""
        with self._reading() as connection:
            return stored_since(connection, moment)

    @taken_up_again
    def find(self, kind: str, filters: Filters | None = None) -> Rows:
        """Return the rows of one kind that meet the filters, with the columns of `tables.table`.

        They are in order of publication, unknown dates last, then as in their article. Only the
        latest version of an article is looked at.

        Raises:
            ValueError: There is no such kind, or a filter means nothing for it.
            StoreError: `filters.article` means no article, or more than one.
        """
        filters = filters or Filters()
        check_filters(kind, filters)
        article_id = None if filters.article is None else self.resolve(filters.article)
        with self._reading() as connection:
            hits = find_rows(connection, kind, filters, article_id)
            if connection.dialect.name == DUCKDB:
                return Rows(kind, rows_in_files(connection, kind, hits))
            records = load_found(connection, self.place, kind, hits)
            happenings = {}
            if kind == "events":
                happenings = happening_of_events(connection, {hit.key[0] for hit in hits})
            whose = [(hit.key[0], hit.row_id) for hit in hits] if kind == "actors" else []
            identities = identity_of_actors(connection, whose)
        found = selections(kind, hits, records, identities | happenings)
        return Rows(kind, selected(kind, found))

    @property
    def views(self) -> Views:
        """Queries for what shows a store to a reader: pages of rows, counts, what is there."""
        return Views(self.place, self._reading)

    @taken_up_again
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
        self,
        filters: Filters | None = None,
        *,
        fewest: int = 2,
        limit: int | None = None,
        unit: Unit = "article",
    ) -> tuple[Happening, ...]:
        """Return the happenings that the events asked for tell, those told most often first.

        All their tellings come with them, each with the reason why it is taken to be one.

        Args:
            filters: Which events; None means all.
            fewest: How often a happening must be told.
            limit: How many happenings at most; None is all.
            unit: What tells once: a story with all its copies, or each article.

        Raises:
            ValueError: A filter means nothing for events.
            StoreError: `filters.article` means no article, or more than one.
        """
        filters = filters or Filters()
        with self._reading() as connection:
            hits = self._hits(connection, filters)
            listing = Listing(fewest=fewest, limit=limit, unit=unit)
            return list_happenings(connection, hits, listing)

    def happening(self, ref: str) -> Happening:
        """Return the happening meant by its id, by that of an event, or by the beginning of one.

        The id of a happening may change when articles are added: it is that of its earliest
        telling. Those of its events lead to it as well.

        Raises:
            StoreError: None is meant, or more than one.
        """
        with self._reading() as connection:
            return find_happening(connection, self.place, ref)

    @taken_up_again
    def happening_ids(self, articles: Iterable[str]) -> dict[str, str]:
        """Return the happening that each event of some articles tells, by the event's id."""
        with self._reading() as connection:
            found = happening_of_events(connection, articles)
        return {event_id: happening_id for (_, event_id), happening_id in found.items()}

    def count(self, counting: Counting, filters: Filters | None = None) -> Rows:
        """Return how many happenings the events asked for tell, by time and pair of countries.

        The columns are `period` (None: the date is unknown or spans several periods),
        `actor_country`, `recipient_country`, `event_type`, `quad`, `happenings`,
        `by_publication`, how many of these have no date of their own and count by when they were
        told, `tellings`, `goldstein`, the mean over the happenings, and `unit`: whether copies of a
        story tell once.

        Raises:
            ValueError: A filter means nothing for events.
            StoreError: `filters.article` means no article, or more than one.
        """
        filters = filters or Filters()
        with self._reading() as connection:
            article_id = self._asked_article(connection, filters)
            counts = count_events(connection, filters, counting, article_id)
            return Rows("counts", count_table(counts))

    def _hits(self, connection: Connection, filters: Filters) -> list[Hit]:
        article_id = self._asked_article(connection, filters)
        return find_rows(connection, "events", filters, article_id)

    def _asked_article(self, connection: Connection, filters: Filters) -> str | None:
        check_filters("events", filters)
        if filters.article is None:
            return None
        return resolve_article(connection, self.place, filters.article)

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
            return pairs_of(connection, resolve_article(connection, self.place, ref))

    def identities(
        self,
        name: str | None = None,
        *,
        kind: str | None = None,
        country: str | None = None,
        limit: int | None = None,
        unit: Unit = "article",
    ) -> tuple[Identity, ...]:
        """Return who is in the latest versions of all articles, those in most articles first.

        An actor that is linked with none of another article is an identity of its own, and so are
        unnamed groups. With `name`, only those that have its words, in their order, in one of the
        names they go by. With `unit="story"` a story with all its copies is counted as one article.
        """
        who = Who(name=name, kind=kind, country=country, limit=limit, unit=unit)
        with self._reading() as connection:
            return tuple(found.identity for found in list_identities(connection, who))

    def identity(self, ref: str) -> Identity:
        """Return the identity meant by a name, an id or the beginning of an id.

        The id of an identity may change when articles are added; earlier ones still lead to it.

        Raises:
            StoreError: None is meant, or more than one; the message lists them.
        """
        with self._reading() as connection:
            return find_identity(connection, self.place, ref).identity

    def appearances(self, ref: str) -> tuple[IdentityAppearance, ...]:
        """Return the actors of articles that are an identity, by date of publication.

        Raises:
            StoreError: No identity is meant, or more than one.
        """
        with self._reading() as connection:
            return list_appearances(connection, find_identity(connection, self.place, ref))

    def merge(self, one: str, other: str, *, by: str, why: str | None = None) -> Decision:
        """Decide that two identities are one; return the decision, with its number.

        It holds for articles that are read later or again, until it is undone.

        Raises:
            StoreError: A name or id means no identity, or more than one, or both mean the same.
        """
        with self._writing() as connection:
            return deciding.merge(connection, self.place, one, other, _signed(by, why))

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
            return deciding.split(connection, self.place, ref, leaving, _signed(by, why))

    def undo(self, number: int, *, by: str, why: str | None = None) -> Decision:
        """Decide that a decision no longer holds; that of an undo brings back what it undid.

        Raises:
            StoreError: There is no decision of that number, or it is undone already.
        """
        with self._writing() as connection:
            return deciding.undo(connection, self.place, number, _signed(by, why))

    def decisions(self) -> tuple[Decision, ...]:
        """Return what was decided about identities, oldest first; undone ones say by which."""
        with self._reading() as connection:
            return all_decisions(connection)

    @property
    def reviews(self) -> Reviews:
        """What people decide about rows: all questions see the rows so."""
        return Reviews(self.place, self._reading, self._writing)

    def faults(self) -> tuple[Fault, ...]:
        """Return what is wrong with the store, () where all is well.

        Looked at are the file, every span and link, and every word in the search index.
        """
        with self._reading() as connection:
            return tuple(find_faults(connection))

    def digest(self) -> str:
        """Return what is the same for stores that hold the same, of whatever kind they are."""
        with self._reading() as connection:
            return digest_of(connection)

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        with explained(self._opened), self._opened.reading() as connection:
            yield connection.execution_options(**{KEPT: self._meant, ROLL: self._roll})

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        """Begin a transaction that is kept when the block ends, and undone when it raises."""
        self.require_writable()
        with explained(self._opened), self._opened.writing() as connection:
            yield connection


def _signed(by: str, why: str | None) -> Signed:
    return Signed(made_by=by, made_at=now(), why=why)
