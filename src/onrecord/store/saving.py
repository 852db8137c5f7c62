"""Saving a record in place of what the store had of its article version."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime

from sqlalchemy import Connection

from onrecord.errors import StoreError
from onrecord.records import KINDS, Record
from onrecord.store import search
from onrecord.store.catalogue import kept_versions
from onrecord.store.copying import untold
from onrecord.store.correcting import seen_through
from onrecord.store.corrections import keep_machine_rows
from onrecord.store.reading import load_records
from onrecord.store.shapes import Key
from onrecord.store.writing import delete_record, insert_record, link_record


def save_record(connection: Connection, place: str, record: Record, extractor: str) -> None:
    """Store an article version and its rows, unless just these are stored already.

    What people decided about its rows holds on: they are stored as people see them.

    Raises:
        StoreError: The version is stored with another text.
    """
    article = record.article
    known = kept_versions(connection, article.article_id)
    stored = known.get(article.version)
    seen = seen_through(connection, record).record
    number = None
    if stored is not None:
        if stored.sha256 != article.sha256:
            raise StoreError(
                f"{place} has version {article.version} of {article.article_id} with "
                f"another text; get the article's version from versioned() first"
            )
        (kept,) = load_stored(connection, place, [(article.article_id, article.version)])
        if stored.extractor == extractor and untold(kept) == untold(seen):
            return
        number = delete_record(connection, kept)
    elif known and max(known) < article.version:
        _make_way(connection, place, (article.article_id, max(known)))
    number = insert_record(connection, seen, extractor, now(), number)
    keep_machine_rows(connection, record, seen)
    link_record(connection, seen, number, is_first=not known)
    search.add(connection, seen)


def _make_way(connection: Connection, place: str, key: Key) -> None:
    """Take the version that an article replaces out of the search index."""
    for record in load_stored(connection, place, [key]):
        search.remove(connection, record)


def load_stored(
    connection: Connection, place: str, keys: Iterable[Key], kinds: Sequence[str] = KINDS
) -> list[Record]:
    """Return the records of those article versions, as `load_records` does.

    Raises:
        StoreError: Something else than onrecord changed a row to what no record can hold.
    """
    with held_together(place):
        return load_records(connection, keys, kinds)


@contextmanager
def held_together(place: str) -> Iterator[None]:
    """Say what to do where reading rows fails.

    Raises:
        StoreError: Something else than onrecord changed a row to what no record can hold.
    """
    try:
        yield
    except ValueError as error:
        raise StoreError(
            f"{place} has a row that was changed to what no record can hold ({error}); "
            f"mend it, or restore the file from a copy"
        ) from error


def now() -> str:
    """Return this moment as stores have it: ISO 8601, UTC, to the second."""
    return datetime.now(UTC).isoformat(timespec="seconds")
