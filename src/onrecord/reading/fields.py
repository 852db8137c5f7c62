"""What people call the fields and columns that hold an article and what is known of it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

SEPARATORS = re.compile(r"[\s_.-]+")

# What each field is called where nobody says: the first of these that is there and holds text.
CUSTOMARY: dict[str, tuple[str, ...]] = {
    "text": (
        *("text", "body", "content", "article", "full text", "article text", "article body"),
        *("body text", "main text", "plain text", "clean text", "story", "story text", "document"),
    ),
    "id": ("id", "article id", "doc id", "document id", "guid", "uuid", "uid", "accession number"),
    "title": ("title", "headline", "heading", "article title", "hd"),
    "byline": ("byline", "author", "authors", "writer", "reporter", "journalist"),
    "url": ("url", "link", "article url", "web url", "source url", "permalink", "uri"),
    "published": (
        *("published", "date", "published at", "publication date", "published date"),
        *("publish date", "date published", "date publish", "pub date", "article date"),
    ),
    "publisher": (
        *("publisher", "outlet", "newspaper", "publication", "source", "source name", "media"),
        *("news outlet", "site", "site name", "source domain", "domain"),
    ),
    "language": ("language", "lang", "language code"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldNames:
    """What the fields of JSON lines and the columns of tables are called; None: as is customary.

    Only the text's must be there.
    """

    text: str | None = None
    id: str | None = None
    title: str | None = None
    byline: str | None = None
    url: str | None = None
    published: str | None = None
    publisher: str | None = None
    language: str | None = None
    published_format: str | None = None  # of strptime; without it, dates are told as they come

    def named_in(self, row: Mapping[str, object]) -> NamedFields:
        """Return the names that the fields of a row have: those given, else the customary ones."""
        held = {_key(name): name for name in reversed(list(row)) if _holds_text(row[name])}
        found = {}
        for field, customs in CUSTOMARY.items():
            customary = (held[name] for name in map(_key, customs) if name in held)
            found[field] = getattr(self, field) or next(customary, field)
        return NamedFields(**found)

    def knows(self, name: str) -> bool:
        """Whether a column's name is given or customary."""
        given = {getattr(self, field) for field in CUSTOMARY}
        return name in given or _key(name) in CUSTOMARY_KEYS

    def has_text(self, names: Iterable[str]) -> bool:
        """Whether one of some columns is called what the text's is, by name or custom."""
        if self.text is not None:
            return self.text in names
        return not TEXT_KEYS.isdisjoint(map(_key, names))


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedFields:
    """What the fields of one row are called, whether it has them or not."""

    text: str
    id: str
    title: str
    byline: str
    url: str
    published: str
    publisher: str
    language: str


def _key(name: str) -> str:
    """Return a name as it is compared: "Full_Text", "fullText" and "full text" are one."""
    return SEPARATORS.sub("", name).casefold()


def _holds_text(value: object) -> bool:
    """Whether a value can stand for a field that nobody named."""
    if isinstance(value, list):
        return bool(value) and all(isinstance(one, str) for one in value)
    return isinstance(value, int) or (isinstance(value, str) and bool(value.strip()))


CUSTOMARY_KEYS = frozenset(_key(name) for names in CUSTOMARY.values() for name in names)
TEXT_KEYS = frozenset(map(_key, CUSTOMARY["text"]))
DEFAULT_FIELDS = FieldNames()
