"""Words by reference: where they stand in a text of known hash, for texts not to be passed on.

A reference is `sha256:HASH#char=START,END`: the SHA-256 of the article's text in UTF-8, and the
place in it as RFC 5147 writes places in plain text (code points from 0, the end not included).
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field, fields, replace

from onrecord.records import Article, Record, Span

_REFERENCE = re.compile(r"sha256:([0-9a-f]{64})#char=(\d+),(\d+)")

TextOf = Callable[[str], str | None]
"""Gives the text with a SHA-256, None for one that is not at hand."""


def reference(sha256: str, start: int, end: int) -> str:
    """Return the reference to a stretch of the text with that hash."""
    return f"sha256:{sha256}#char={start},{end}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Withheld(Article):
    """An article whose words are given by reference, wherever they are cut from it."""

    def cut(self, span: Span) -> str:
        """Return the reference to the words of a span."""
        return reference(self.sha256, span.start, span.end)


def without_text(record: Record) -> Record:
    """Return the record of an article whose words are given by reference."""
    values = {one.name: getattr(record.article, one.name) for one in fields(Article)}
    return replace(record, article=Withheld(**values))


def is_withheld(article: Article) -> bool:
    """Whether the words of an article are given by reference."""
    return isinstance(article, Withheld)


def whole_text(article: Article) -> str:
    """Return an article's text, or the reference to it; "" for an empty one."""
    return article.cut(Span(0, len(article.text))) if article.text else ""


@dataclass(frozen=True)
class Rejoiner:
    """Puts words back in place of references; counts those it cannot."""

    text_of: TextOf
    missing: Counter[str] = field(default_factory=Counter)
    """How many references were left, by the hash of the text they point into."""

    def words(self, value: str, quote: Callable[[str], str] = str) -> str:
        """Return a value with the words in place of each reference whose text is at hand.

        Args:
            value: What may hold references.
            quote: How words are written where the value stands.
        """

        def put_back(match: re.Match[str]) -> str:
            found = self.cut(match[1], int(match[2]), int(match[3]))
            return match[0] if found is None else quote(found)

        return _REFERENCE.sub(put_back, value)

    def cut(self, sha256: str, start: int, end: int) -> str | None:
        """Return a stretch of the text with that hash; None, and it is counted, when it is missing.

        A text that does not have the hash it is asked for by, or is too short, is missing as well.
        """
        text = self.text(sha256)
        if text is None or end > len(text):
            self.missing[sha256] += 1
            return None
        return text[start:end]

    def text(self, sha256: str) -> str | None:
        """Return the text with that hash, None when it is not at hand."""
        text = self.text_of(sha256)
        return text if text is not None and sha256_of(text) == sha256 else None


def sha256_of(text: str) -> str:
    """Return the SHA-256 of a text in UTF-8, in hexadecimal digits."""
    return hashlib.sha256(text.encode()).hexdigest()
