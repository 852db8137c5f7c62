"""Words as they are looked for where there is no search index: as SQLite's index would have them.

The index (FTS5, unicode61) takes letters and digits for words, in any case and without accents; so
does this. Of two words in a phrase the second must follow the first at once. A row of a dataset has
its words ready; those of an article's text are made when they are asked for.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from sqlalchemy import ColumnElement, String, Table, and_, func, literal_column

from onrecord.records import Article, Row
from onrecord.store.entries import Entry, words_of_row

FOUND_BY = "found_by"
"""The column with the words of a row, in the views of a dataset."""

_WORD = re.compile(r"[^\W_]+")
_BETWEEN_PARTS = "\n"  # no phrase goes on from a statement's content to its source
_NO_WORD = r"[^\p{L}\p{N}]+"


def found_by(article: Article, row: Row) -> str:
    """Return the words that a row is found by, with a blank before and after each."""
    return _BETWEEN_PARTS.join(map(_spaced, words_of_row(article, row)))


def row_has(rows: Table, phrases: Iterable[str]) -> ColumnElement[bool]:
    """Return the condition that a row of a dataset has all the phrases."""
    words = literal_column(f'"{rows.name}".{FOUND_BY}', String)
    return and_(*(func.contains(words, _spaced(phrase)) for phrase in phrases))


def text_has(columns: Iterable[ColumnElement[str]], phrases: Iterable[str]) -> ColumnElement[bool]:
    """Return the condition that one of some texts in a dataset has each of the phrases."""
    texts = [
        func.concat(
            " ", func.regexp_replace(func.lower(func.strip_accents(one)), _NO_WORD, " ", "g"), " "
        )
        for one in columns
    ]
    whole = func.concat_ws(_BETWEEN_PARTS, *texts)
    return and_(*(func.contains(whole, _spaced(phrase)) for phrase in phrases))


class NoIndex:
    """What there is to look through in a dataset: rows have their words themselves."""

    def enter(self, entry: Entry) -> None:
        """Do nothing."""

    def missing(self) -> Iterable[tuple[int, str]]:
        """Return nothing."""
        return ()

    def surplus(self) -> Iterable[tuple[int, str]]:
        """Return nothing."""
        return ()


def _spaced(text: str) -> str:
    plain = "".join(
        char for char in unicodedata.normalize("NFD", text) if not unicodedata.combining(char)
    )
    words = _WORD.findall(plain.lower())
    return f" {' '.join(words)} " if words else ""
