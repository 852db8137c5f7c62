"""Web pages, as saved by a browser or fetched, also in one MHTML file with their pictures."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from email import message_from_bytes, policy
from email.message import EmailMessage

from onrecord.errors import ReadError
from onrecord.reading.articles import make_article
from onrecord.reading.decoding import decode, refuse_binary
from onrecord.reading.sources.headers import beginning_headers
from onrecord.reading.sources.source import Found, Input, Options, Source

PAGE_SUFFIXES = frozenset({".html", ".htm", ".xhtml"})
MHTML_SUFFIXES = frozenset({".mht", ".mhtml"})
PAGE_START = re.compile(
    r"(?:<\?xml[^>]*\?>\s*|(?><!--.*?-->)\s*)*+"
    r"<(?:!doctype\s+html|html|head|body|title|meta|article|main|section|div|h1|p)\b",
    re.IGNORECASE | re.DOTALL,
)
ANY_TAG = re.compile(r"</?[a-z][a-z0-9]*(?:\s[^<>]*)?>", re.IGNORECASE)
# As browsers do: a server that says Latin-1 means Windows' own superset of it.
WHATWG = {"iso-8859-1": "cp1252", "latin-1": "cp1252", "latin1": "cp1252", "us-ascii": "cp1252"}
PAGE_TYPES = frozenset({"text/html", "application/xhtml+xml"})


def is_page(found: Input, options: Options) -> bool:
    """Whether an input is HTML: it begins like a page, or is named like one and has a tag."""
    beginning = found.beginning(options)
    if PAGE_START.match(beginning):
        return True
    return found.suffix in PAGE_SUFFIXES and ANY_TAG.search(beginning) is not None


def read_page(found: Input, options: Options) -> Iterator[Found]:
    """Yield the one article of a page."""
    from onrecord.reading.pages import read_page as page_of

    if found.encoding is None and options.encoding is None:
        refuse_binary(found.head)
    page, known = page_of(found.text(options, is_page=True)), found.known
    details = replace(
        known,
        title=known.title or page.title,
        byline=known.byline or page.byline,
        url=known.url or page.url,
        publisher=known.publisher or page.publisher,
        language=known.language or page.language,
        stated=page.published or known.stated,
    )
    yield make_article(page.text, details)


def is_mhtml(found: Input, options: Options) -> bool:
    """Whether an input is a page saved with its pictures: headers, then parts."""
    headers = beginning_headers(found.beginning(options))
    related = headers.get("content-type", "").startswith("multipart/related")
    saved = "snapshot-content-location" in headers or "saved by" in headers.get("from", "").lower()
    return found.suffix in MHTML_SUFFIXES or (related and saved)


def read_mhtml(found: Input, options: Options) -> Iterator[Found]:
    """Yield the page in an MHTML file as an input, with the URL it was saved from."""
    message = message_from_bytes(found.whole(), policy=policy.default)
    page = next((part for part in message.walk() if part.get_content_type() in PAGE_TYPES), None)
    if not isinstance(page, EmailMessage):
        raise ReadError("It holds no page: save the page again, or as .html.")
    url = found.known.url or saved_url(message) or saved_url(page)
    yield found.recast(text_of(page), ".html", replace(found.known, url=url))


def saved_url(message: EmailMessage) -> str | None:
    """Return the web address that a part's headers say it was saved from, or None."""
    for name in ("Snapshot-Content-Location", "Content-Location"):
        value = str(message.get(name, "")).strip()
        if value.startswith(("http://", "https://")):
            return value
    return None


def text_of(part: EmailMessage) -> str:
    """Return the text of a part of a message, whatever its transfer encoding and character set.

    Raises:
        ReadError: It cannot be decoded.
    """
    data = part.get_payload(decode=True)
    if not isinstance(data, bytes):
        raise ReadError("A part of it has no content: save or export it again.")
    charset = part.get_content_charset()
    try:
        return data.decode(charset or "utf-8")
    except (LookupError, UnicodeDecodeError):
        return decode(data, is_page=part.get_content_type() in PAGE_TYPES)


def server_charset(page: bytes, stated: str | None) -> str | None:
    """Return the character set that a server states where a page needs and fits it, else None."""
    for charset in ("utf-8", stated):
        try:
            page.decode(charset or "utf-8")
        except (LookupError, UnicodeDecodeError):
            continue
        return None if charset == "utf-8" else WHATWG.get((charset or "").lower(), charset)
    return None


PAGE = Source(
    name="web page", suffixes=PAGE_SUFFIXES, recognises=is_page, read=read_page, is_many=False
)
MHTML = Source(
    name="web page saved as MHTML",
    suffixes=MHTML_SUFFIXES,
    recognises=is_mhtml,
    read=read_mhtml,
    is_many=False,
)
