"""Plain text: what has no other form."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from onrecord.errors import NotReadError, ReadError
from onrecord.reading.articles import make_article
from onrecord.reading.decoding import refuse_binary
from onrecord.reading.sources.source import Found, Input, Options, Source

XML = re.compile(r"<(?:\?xml\b|!DOCTYPE\b|[\w:]+[^<>]*\sxmlns(?::\w+)?=)", re.IGNORECASE)


def read_text(found: Input, options: Options) -> Iterator[Found]:
    """Yield the one article that a text is."""
    if found.encoding is None and options.encoding is None:
        refuse_binary(found.head)
    if XML.match(found.beginning(options)):
        raise NotReadError("It is XML, but neither a feed nor a page: save its articles as text.")
    text = found.text(options)
    if text.lstrip()[:1] in ("{", "[") and _is_json(text):
        raise ReadError(
            "It is one JSON document: write each article as an object on a line of its own."
        )
    yield make_article(text, found.known)


def _is_json(text: str) -> bool:
    try:
        json.loads(text)
    except (ValueError, RecursionError):
        return False
    return True


SOURCE = Source(
    name="text",
    suffixes=frozenset({".txt", ".text"}),
    recognises=lambda _found, _options: True,
    read=read_text,
    is_many=False,
)
