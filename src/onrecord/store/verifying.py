"""Looking a store through: the file, the links, every span, and every word in the search index."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, select

from onrecord.errors import StoreError
from onrecord.records import Record
from onrecord.store import search
from onrecord.store.catalogue import newest_versions, same_article
from onrecord.store.checks import check_record
from onrecord.store.entries import entry_of
from onrecord.store.reading import load_records
from onrecord.store.schema import article as articles
from onrecord.store.schema import printing
from onrecord.store.shapes import Key
from onrecord.store.soundness import broken_links, damage_of

_AT_ONCE = 50  # articles read at once
_LISTED = 5  # words of an article that a fault of the search index names


@dataclass(frozen=True, slots=True)
class Fault:
    """Something in a store that is not as it should be."""

    where: str  # the file, a table, or an article and its version
    what: str

    def __str__(self) -> str:
        return f"{self.where}: {self.what}"


def find_faults(connection: Connection) -> Iterator[Fault]:
    """Yield what is wrong with a store, nothing where all is well.

    Every span must lie in its text, every link lead to a row, and the search index have the words
    of every article and row where they are, and no others.
    """
    damage = [Fault(where, what) for where, what in damage_of(connection)]
    yield from damage
    if damage:
        return
    yield from (Fault(where, what) for where, what in broken_links(connection))
    newest = newest_versions()
    latest = {(line.article_id, line.version) for line in connection.execute(select(newest))}
    numbers = _numbers(connection)
    for key in latest - numbers.keys():
        yield Fault(_named(key), "is not entered where copies are found")
    for key in numbers.keys() - latest:
        yield Fault(_named(key), "is entered where copies are found, and not there")
    query = select(articles.c.article_id, articles.c.version).order_by(articles.c.number)
    keys = [(line.article_id, line.version) for line in connection.execute(query)]
    with search.looked_through(connection) as looking:
        for key, record in _loaded(connection, keys):
            if isinstance(record, Fault):
                yield record
                continue
            yield from _wrong(key, record)
            if key in numbers:
                looking.enter(entry_of(record, numbers[key]))
        yield from _of_search(looking, {number: key for key, number in numbers.items()})


def _named(key: Key) -> str:
    return f"{key[0]} version {key[1]}"


def _numbers(connection: Connection) -> dict[Key, int]:
    query = select(articles.c.number, articles.c.article_id, articles.c.version)
    lines = connection.execute(query.join(printing, same_article(printing, articles)))
    return {(line.article_id, line.version): line.number for line in lines}


def _loaded(connection: Connection, keys: Sequence[Key]) -> Iterator[tuple[Key, Record | Fault]]:
    """Yield article versions, some read at once, or what is wrong where no record can be read."""
    for start in range(0, len(keys), _AT_ONCE):
        some = keys[start : start + _AT_ONCE]
        try:
            yield from zip(some, load_records(connection, some), strict=True)
        except (ValueError, KeyError):  # in one of them
            yield from ((key, _loaded_alone(connection, key)) for key in some)


def _loaded_alone(connection: Connection, key: Key) -> Record | Fault:
    try:
        (record,) = load_records(connection, [key])
    except (ValueError, KeyError) as error:
        return Fault(_named(key), f"has a row that no record can hold: {error}")
    return record


def _wrong(key: Key, record: Record) -> Iterator[Fault]:
    """Yield what is wrong with a record's text, its spans or its links."""
    try:
        check_record(record)
    except StoreError as error:
        yield Fault(_named(key), str(error))


def _of_search(looking: search.Lookthrough, keys: dict[int, Key]) -> Iterator[Fault]:
    for what, found in (("lacks", looking.missing), ("should not have", looking.surplus)):
        words: dict[int, list[str]] = {}
        for number, word in found():
            words.setdefault(number, []).append(word)
        for number, some in sorted(words.items()):
            where = _named(keys[number]) if number in keys else f"number {number}"
            listed = ", ".join(sorted(set(some))[:_LISTED])
            yield Fault(where, f"the search index {what} {len(some)} words: {listed}")
