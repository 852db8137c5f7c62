"""What articles and rows are found by, whichever index has them: their words, and where each is.

Only the latest version of each article is entered, under its number: its title and
text, and for every row a statement's content and source, or the words of any other row.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from onrecord.records import KINDS, Actor, Article, Place, Record, Row, Statement, spans_of

MOST_ROWS = 1 << 16  # of one kind in an article; further ones are not entered

_GAP = " … "  # between the pieces of a row
_UNFIT = re.compile(r"[\x00-\x1f\ud800-\udfff]")  # what no query can hold
_PHRASE = re.compile(r"[\"“”]([^\"“”]*)[\"“”]|([^\s\"“”]+)")


@dataclass(frozen=True, slots=True)
class RowEntry:
    """What a row is found by."""

    kind: int  # its place in `KINDS`
    position: int
    content: str
    source: str


@dataclass(frozen=True, slots=True)
class Entry:
    """What an article and its rows are found by."""

    number: int  # of the article version
    title: str
    text: str
    rows: tuple[RowEntry, ...]


def entry_of(record: Record, number: int) -> Entry:
    """Return what a record is found by."""
    article = record.article
    rows = (
        RowEntry(at, position, *words_of_row(article, row))
        for at, kind in enumerate(KINDS)
        for position, row in enumerate(getattr(record, kind)[:MOST_ROWS])
    )
    return Entry(number, article.title or "", article.text, tuple(rows))


def phrases_of(wanted: str) -> list[str]:
    """Return the words to look for, and the phrases in quotation marks, without those.

    Raises:
        ValueError: `wanted` has no words.
    """
    phrases = (phrase or word for phrase, word in _PHRASE.findall(_UNFIT.sub(" ", wanted)))
    found = [phrase for phrase in phrases if any(map(str.isalnum, phrase))]
    if not found:
        raise ValueError(f"the text to look for has no words in it: {wanted!r}")
    return found


def words_of_row(version: Article, row: Row) -> tuple[str, str]:
    """Return what a row is found by: its own words and, for a statement, its source's."""
    if isinstance(row, Statement):
        content, source = (_GAP.join(map(version.cut, part)) for part in (row.content, row.source))
        return content, source
    return _GAP.join(_own_words(version, row)), ""


def _own_words(version: Article, row: Row) -> Iterator[str]:
    if isinstance(row, Actor):  # the words that its grounds rest on are those of others
        yield from filter(None, (row.name, row.known_as))
        return
    if isinstance(row, Place):
        yield row.name
    for span in dict.fromkeys(spans_of(row)):
        yield version.cut(span)
