"""Words as they are looked for where there is no search index: as SQLite's index would have them.

The index (FTS5, unicode61) takes letters and digits for words, in any case and without accents; so
does this. Of two words in a phrase the second must follow the first at once.
"""

from __future__ import annotations

import re
import unicodedata

from onrecord.records import Article, Row
from onrecord.store.search import phrases_in, words_of_row

FOUND_BY = "found_by"
"""The column with it, in the views of a dataset."""

_WORD = re.compile(r"[^\W_]+")
_BETWEEN_PARTS = "\n"  # no phrase goes on from a statement's content to its source


def found_by(article: Article, row: Row) -> str:
    """Return the words that a row is found by, with a blank before and after each."""
    return _BETWEEN_PARTS.join(_spaced(part) for part in words_of_row(article, row))


def phrases_of(wanted: str) -> list[str]:
    """Return what must all occur in what `found_by` gives, for a row to have the wanted words.

    Raises:
        ValueError: `wanted` has no words.
    """
    return [_spaced(phrase) for phrase in phrases_in(wanted)]


def _spaced(text: str) -> str:
    plain = "".join(
        char for char in unicodedata.normalize("NFD", text) if not unicodedata.combining(char)
    )
    words = _WORD.findall(plain.lower())
    return f" {' '.join(words)} " if words else ""
