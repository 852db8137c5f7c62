"""Full-text search on a server: two tables with PostgreSQL's own index of words.

They are `article_words` and `row_words`, and keep words as `folded` gives them, which are those of
SQLite's `unicode61 remove_diacritics 2`: a search finds the same in a file and on a server.
PostgreSQL's parser would divide them otherwise (a hyphen, an address, a number), and its positions
end at 16,383 words and at the 256th of one word: the index says which texts have all the words, and
where those of a phrase stand is looked up in the text.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    Integer,
    MetaData,
    SmallInteger,
    Table,
    Text,
    and_,
    cast,
    delete,
    func,
    literal,
    literal_column,
    select,
    text,
    tuple_,
)
from sqlalchemy.dialects.postgresql import TSQUERY

from onrecord.store.bulk import insert_lines
from onrecord.store.entries import Entry

_metadata = MetaData()

_ARTICLE_WORDS = Table(
    "article_words",
    _metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("words", Text, nullable=False),
)
_ROW_WORDS = Table(
    "row_words",
    _metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("kind", SmallInteger, primary_key=True, autoincrement=False),
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("words", Text, nullable=False),
)
_TABLES = (_ARTICLE_WORDS, _ROW_WORDS)

_BETWEEN = "|"  # a title and a text, a content and a source: no phrase goes from one to the other
_LONGEST = 500  # characters of a word; PostgreSQL takes no more than 2,046 bytes
_MARKS = "".join(chr(768 + at) for at in range(50) if 0x000361F8_08029FDF >> at & 1)
_WORD = re.compile(rf"(?:[^\W_]|[\ue000-\uf8ff])(?:[^\W_]|[\ue000-\uf8ff{_MARKS}])*")


class _Folds(dict[int, str]):
    """What each character is compared as, found out when it first occurs."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        found = next((one for one in (char.casefold(), char.lower()) if len(one) == 1), char)
        base = unicodedata.normalize("NFD", found)[0]
        self[code] = "" if char in _MARKS else base.lower() if base.isascii() else found
        return self[code]


_FOLDS = _Folds()


def folded(words: str) -> list[str]:
    """Return the words of a text as they are compared: in lower case, without accents."""
    return [one[:_LONGEST].translate(_FOLDS) for one in _WORD.findall(words)]


def make(connection: Connection) -> None:
    """Make the tables and their indexes."""
    _metadata.create_all(connection)
    for table in _TABLES:
        name = table.name
        connection.execute(text(f"CREATE INDEX ix_{name} ON {name} USING gin ({_vector(table)})"))


def _vector(table: Table) -> str:
    return f"array_to_tsvector(string_to_array({table.name}.words, ' '))"


def clear(connection: Connection) -> None:
    """Take everything out."""
    for table in _TABLES:
        connection.execute(delete(table))


def add(connection: Connection, entry: Entry) -> None:
    """Enter an article and its rows."""
    own = {"number": entry.number, "words": _joined(entry.title, entry.text)}
    insert_lines(connection, _ARTICLE_WORDS, [own])
    rows = [
        {"number": entry.number, "kind": kind, "position": position, "words": words}
        for (kind, position), words in _row_words(entry).items()
    ]
    insert_lines(connection, _ROW_WORDS, rows)


def _joined(first: str, second: str) -> str:
    return " ".join((*folded(first), _BETWEEN, *folded(second)))


def _row_words(entry: Entry) -> dict[tuple[int, int], str]:
    return {(row.kind, row.position): _joined(row.content, row.source) for row in entry.rows}


def remove(connection: Connection, entry: Entry) -> None:
    """Take an article and its rows out."""
    for table in _TABLES:
        connection.execute(delete(table).where(table.c.number == entry.number))


def row_has(
    number: ColumnElement[int], kind: int, position: ColumnElement[int], phrases: Sequence[str]
) -> ColumnElement[bool]:
    """Return the condition that a row of an article has those phrases."""
    places = select(_ROW_WORDS.c.number, _ROW_WORDS.c.position)
    return tuple_(number, position).in_(places.where(*_in_kind(kind, phrases)))


def any_row_has(
    number: ColumnElement[int], kind: int, phrases: Sequence[str]
) -> ColumnElement[bool]:
    """Return the condition that an article has a row of a kind with the phrases."""
    numbers = select(_ROW_WORDS.c.number)
    return number.in_(numbers.where(*_in_kind(kind, phrases)))


def _in_kind(kind: int, phrases: Sequence[str]) -> tuple[ColumnElement[bool], ...]:
    return _ROW_WORDS.c.kind == kind, _has(_ROW_WORDS, phrases)


def article_has(number: ColumnElement[int], phrases: Sequence[str]) -> ColumnElement[bool]:
    """Return the condition that an article has those phrases."""
    numbers = select(_ARTICLE_WORDS.c.number).where(_has(_ARTICLE_WORDS, phrases))
    return number.in_(numbers)


def _has(table: Table, phrases: Sequence[str]) -> ColumnElement[bool]:
    """Return the condition that a line has all words, and those of each phrase in their order."""
    wanted = [folded(phrase) for phrase in phrases]
    words = dict.fromkeys(word for phrase in wanted for word in phrase)
    query = cast(literal(" & ".join(f"'{word}'" for word in words)), TSQUERY)
    whole = func.concat(" ", table.c.words, " ")
    return and_(
        literal_column(_vector(table)).bool_op("@@")(query),
        *(func.strpos(whole, f" {' '.join(phrase)} ") > 0 for phrase in wanted if len(phrase) > 1),
    )


class Lookthrough:
    """Compares the index with what it should have."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._entered: set[int] = set()
        self._missing: list[tuple[int, str]] = []
        self._surplus: list[tuple[int, str]] = []

    def enter(self, entry: Entry) -> None:
        """Say that an article and its rows should be there."""
        number = entry.number
        self._entered.add(number)
        whole = select(_ARTICLE_WORDS.c.words).where(_ARTICLE_WORDS.c.number == number)
        there = list(self._connection.scalars(whole))
        self._compare(number, [_joined(entry.title, entry.text)], there)
        rows = select(_ROW_WORDS).where(_ROW_WORDS.c.number == number)
        found = {(one.kind, one.position): one.words for one in self._connection.execute(rows)}
        due = _row_words(entry)
        for key in due.keys() | found.keys():
            there = [found[key]] if key in found else []
            self._compare(number, [due[key]] if key in due else [], there)

    def _compare(self, number: int, due: list[str], there: list[str]) -> None:
        if due == there:
            return
        words, others = ({word for one in some for word in one.split()} for some in (due, there))
        either = words - others or words  # the same words in another order: all are named
        self._missing += ((number, word) for word in sorted(either) if word != _BETWEEN)
        self._surplus += ((number, word) for word in sorted(others - words) if word != _BETWEEN)

    def missing(self) -> Iterator[tuple[int, str]]:
        """Yield the words that the index lacks, each with the number of its article."""
        yield from self._missing

    def surplus(self) -> Iterator[tuple[int, str]]:
        """Yield the words that it has and should not, each with the number of its article."""
        yield from self._surplus
        for table in _TABLES:
            other = table.c.number.not_in(self._entered)
            for line in self._connection.execute(select(table).where(other)):
                yield from ((line.number, word) for word in line.words.split() if word != _BETWEEN)


@contextmanager
def looked_through(connection: Connection) -> Iterator[Lookthrough]:
    """Return what compares the index with the entries that are entered."""
    yield Lookthrough(connection)
