"""Queries for what shows a store to a reader; what a page of the room asks for has a method here.

Only the latest version of each article is looked at. Every method raises `StoreError` when the
store cannot be read.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING

from sqlalchemy import Connection

from onrecord.records import Record
from onrecord.store import overview, portraits
from onrecord.store.browsing import ArticlePage, find_articles, spread_of_articles
from onrecord.store.catalogue import article_table, resolve_article
from onrecord.store.claims import Subject, subjects
from onrecord.store.dealing import Pair, Talks, days_asked, pairs, parties_of, talks
from onrecord.store.disagreeing import Disagreement, disagreements
from onrecord.store.facets import Spread
from onrecord.store.filters import Filters, check_filters
from onrecord.store.finding import matching
from onrecord.store.happenings import Happening
from onrecord.store.identities import identity_of_actors
from onrecord.store.meaning import hold_names
from onrecord.store.naming import Concept, Length, Usage, concepts, lengths, usage, words_said
from onrecord.store.overview import Heard, Tally
from onrecord.store.paging import Match, RowPage, Slice, find_page, spread_of_rows
from onrecord.store.placing import Placed, placed
from onrecord.store.portraits import NameSeen, OfficeSeen
from onrecord.store.queueing import find_waiting
from onrecord.store.shapes import Key
from onrecord.store.stamping import stamp_of
from onrecord.store.texts import keys_of_texts, text_at, texts_of
from onrecord.tables import Selection

if TYPE_CHECKING:
    import pyarrow


class Views:
    """Queries about a store."""

    def __init__(
        self, place: str, reading: Callable[[], AbstractContextManager[Connection]]
    ) -> None:
        self._place = place
        self._reading = reading

    def stamp(self) -> str:
        """Return what is another after each change to articles, decisions, reviews, happenings."""
        with self._reading() as connection:
            return stamp_of(connection)

    def page(self, kind: str, filters: Filters, chosen: Slice) -> RowPage:
        """Return some of the rows of one kind that meet the filters, and how many there are.

        Each comes with the record of its article: those rows, the statements that
        vouch for them, and the actors and mentions that these lead to. The limit of the filters is
        not looked at.

        Raises:
            ValueError: There is no such kind, or a filter means nothing for it.
            StoreError: `filters.article` means no article, or more than one.
        """
        with self._reading() as connection:
            match = self._match(connection, kind, filters)
            return find_page(connection, self._place, kind, match, chosen)

    def waiting(self, kind: str, filters: Filters, chosen: Slice) -> RowPage:
        """Return some of such rows that nobody decided about, the least sure first, and how many.

        Raises:
            ValueError: There is no such kind, or a filter means nothing for it.
            StoreError: `filters.article` means no article, or more than one.
        """
        with self._reading() as connection:
            query = self._match(connection, kind, filters)(False)
            return find_waiting(connection, self._place, kind, query, chosen)

    def spread(self, kind: str, filters: Filters) -> Spread:
        """Return over what outlets, speakers, countries, types and periods such rows are spread.

        The newest 500 of them are counted; `kind` may be "articles" as well.

        Raises:
            ValueError: There is no such kind, or a filter means nothing for it.
            StoreError: `filters.article` means no article, or more than one.
        """
        with self._reading() as connection:
            if kind == "articles":
                return spread_of_articles(connection, filters)
            return spread_of_rows(connection, kind, self._match(connection, kind, filters))

    def articles(self, filters: Filters, chosen: Slice) -> ArticlePage:
        """Return some of the articles with a text, of an outlet and of a time, and how many.

        Other filters are not looked at.
        """
        with self._reading() as connection:
            return find_articles(connection, filters, chosen)

    def find_articles(self, filters: Filters, limit: int) -> pyarrow.Table:
        """Return such articles as a table, by date of publication, with their counts of rows."""
        chosen = Slice(size=limit, order="oldest")
        return article_table(self.articles(filters, chosen).articles)

    def keys_of_texts(self) -> dict[str, Key]:
        """Return the id and version of an article that has each text, by its SHA-256."""
        with self._reading() as connection:
            return keys_of_texts(connection)

    def text(self, key: Key) -> str | None:
        """Return the text of an article version, None when it is not stored."""
        with self._reading() as connection:
            return text_at(connection, key)

    def texts(self, articles: Iterable[str]) -> dict[str, str]:
        """Return the texts of the latest versions of some articles, by their ids."""
        with self._reading() as connection:
            return texts_of(connection, articles)

    def tally(self) -> Tally:
        """Return how much the store holds."""
        with self._reading() as connection:
            return overview.count_all(connection)

    def days(self) -> dict[str, int]:
        """Return how many articles were published on each day, of those whose day is known."""
        with self._reading() as connection:
            return overview.days_of_articles(connection)

    def publishers(self) -> dict[str, int]:
        """Return how many articles each outlet has, the most first."""
        with self._reading() as connection:
            return overview.publishers(connection)

    def most_heard(self, limit: int) -> tuple[Heard, ...]:
        """Return who is heard in most statements; unnamed groups are left out."""
        with self._reading() as connection:
            return overview.most_heard(connection, limit)

    def most_told(self, limit: int) -> tuple[Happening, ...]:
        """Return the happenings that most articles tell, of those that several tell."""
        with self._reading() as connection:
            return overview.most_told(connection, limit)

    def disagreements(self, limit: int) -> tuple[Disagreement, ...]:
        """Return figures that disagree, those of a named place in most articles first."""
        with self._reading() as connection:
            return disagreements(connection, limit)

    def subjects(self, limit: int) -> tuple[Subject, ...]:
        """Return what figures are claimed of, a measure in a place, those in most articles first.

        The newest 20,000 figures are looked at.
        """
        with self._reading() as connection:
            return subjects(connection, limit)

    def talks(self, between: str, since: str | None = None, until: str | None = None) -> Talks:
        """Return what parties are on record to have said and done to each other, by date.

        The newest 200 articles with two of them are read.

        Args:
            between: The parties, countries by their codes and others by name: RUS,UKR.
            since: An ISO 8601 year, month or day.
            until: Likewise; both are inclusive.

        Raises:
            ValueError: Fewer than two parties, or a date that is none.
        """
        parties, days = parties_of(between), days_asked(since, until)
        with self._reading() as connection:
            return talks(connection, self._place, parties, days)

    def pairs(self, limit: int) -> tuple[Pair, ...]:
        """Return the countries between which most meetings, deals, requests and refusals are told.

        The newest 5,000 such events are looked at.
        """
        with self._reading() as connection:
            return pairs(connection, limit)

    def concepts(self) -> tuple[Concept, ...]:
        """Return what is named by contested words, that with rival names first."""
        with self._reading() as connection:
            return concepts(connection)

    def usage(self, concept: str, *, identified: bool = True) -> Usage:
        """Return the uses of the words for a concept in the newest 5,000 articles.

        Args:
            concept: The concept.
            identified: Whether speakers are told by who they are throughout the store; else each
                is who an article has it be, which takes far less time.
        """
        with self._reading() as connection:
            return usage(connection, concept, identified=identified)

    def words_said(self, speakers: Mapping[str, str]) -> dict[str, int]:
        """Return how many words some speakers say in the newest 5,000 articles.

        Args:
            speakers: What a speaker goes by, for each signature of theirs: of `Usage.speakers`.
        """
        with self._reading() as connection:
            return words_said(connection, speakers)

    def lengths(self) -> tuple[Length, ...]:
        """Return how many words the newest 5,000 articles have."""
        with self._reading() as connection:
            return lengths(connection)

    def placed(self, kind: str, filters: Filters) -> Placed:
        """Return where the events or figures are set that meet the filters.

        Raises:
            ValueError: A filter means nothing for the kind, or the kind has no places.
            StoreError: `filters.article` means no article, or more than one.
        """
        if kind not in ("events", "figures"):
            raise ValueError(f"kind must be events or figures, got {kind!r}")
        with self._reading() as connection:
            return placed(connection, kind, self._match(connection, kind, filters)(False))

    def hold_names(self) -> None:
        """Have the names of all actors at hand, where a process is asked for many by their names.

        That takes half a megabyte for a thousand articles, and nothing of a server's store.
        """
        with self._reading() as connection:
            hold_names(connection)

    def names_of(self, identity_id: str) -> tuple[NameSeen, ...]:
        """Return the names that an identity goes by, those in most articles first."""
        with self._reading() as connection:
            return portraits.names_of(connection, identity_id)

    def offices_of(self, identity_id: str) -> tuple[OfficeSeen, ...]:
        """Return the offices that an identity is given, in the words of the text, latest first."""
        with self._reading() as connection:
            return portraits.offices_of(connection, identity_id)

    def said_of(self, identity_id: str, limit: int) -> tuple[Selection, ...]:
        """Return what others say of an identity: the newest statements with it in their content.

        The newest 20 articles it appears in are looked through.
        """
        with self._reading() as connection:
            return portraits.said_of(connection, self._place, identity_id, limit)

    def identities_in(self, record: Record) -> dict[str, str]:
        """Return who the actors of a record are throughout the store: identities by actor ids."""
        article_id = record.article.article_id
        keys = [(article_id, one.actor_id) for one in record.actors]
        with self._reading() as connection:
            found = identity_of_actors(connection, keys)
        return {actor_id: identity_id for (_, actor_id), identity_id in found.items()}

    def identities_of(self, records: Iterable[Record]) -> dict[tuple[str, str], str]:
        """Return who the actors of some records are: identities, by article and actor ids."""
        return self.identities_among(
            (one.article.article_id, who.actor_id) for one in records for who in one.actors
        )

    def identities_among(self, actors: Iterable[tuple[str, str]]) -> dict[tuple[str, str], str]:
        """Return who some actors are: identities, by article and actor ids, as they are given."""
        with self._reading() as connection:
            return identity_of_actors(connection, actors)

    def _match(self, connection: Connection, kind: str, filters: Filters) -> Match:
        check_filters(kind, filters)
        article_id = None
        if filters.article is not None:
            article_id = resolve_article(connection, self._place, filters.article)
        return lambda walked: matching(connection, kind, filters, article_id, walked=walked)
