"""Making an article of a text and what is known about it."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from dataclasses import dataclass

from onrecord.clean import storable
from onrecord.errors import ReadError
from onrecord.language.foreign import language_of
from onrecord.reading.dates import believable, date_in_text, date_in_url, iso_date
from onrecord.reading.mending import mend
from onrecord.reading.urls import canonical_url, names_one_page
from onrecord.records import Article, PublishedFrom

LANGUAGE = re.compile(r"([A-Za-z]{2})(?:[-_].*)?")
REPLACEMENT = "\ufffd"


@dataclass(frozen=True, slots=True, kw_only=True)
class Details:
    """What is known of an article besides its text; None or empty: not known."""

    title: str | None = None
    byline: str | None = None
    url: str | None = None
    publisher: str | None = None
    language: str | None = None  # as stated; what the words tell goes first: "en", "en-GB"
    given: str | None = None  # the date a user gave, ISO 8601
    stated: str | None = None  # the date that came with the text, ISO 8601
    local_id: str | None = None  # the id its publisher or file gives it
    source_path: str | None = None  # resolved
    fetched_at: str | None = None  # ISO 8601, UTC
    alone: bool = True  # whether it is all that its file holds


def article_from_text(
    text: str,
    *,
    title: str | None = None,
    published: str | None = None,
    url: str | None = None,
    publisher: str | None = None,
) -> Article:
    """Return the article of a text, cleaned.

    `published` is an ISO 8601 date or date and time. Without it the date comes from the URL, then
    from the text, and is None where neither states one.

    Raises:
        ReadError: The text holds nothing to read, or `published` or `url` is malformed.
    """
    details = Details(
        title=title,
        given=require_date(published) if published is not None else None,
        url=require_url(url) if url is not None else None,
        publisher=publisher,
    )
    return make_article(text, details)


def make_article(text: str, details: Details) -> Article:
    """Return the article of a text and what is known about it.

    Raises:
        ReadError: Nothing is left to read when the text is cleaned.
    """
    cleaned = mend(text)
    if not any(map(_shows, cleaned.text)):
        raise ReadError(_nothing_to_read(text))
    published, published_from = _publication(cleaned.text, details)
    sha256 = hashlib.sha256(cleaned.text.encode()).hexdigest()
    return Article(
        article_id=_article_id(details, sha256),
        text=cleaned.text,
        sha256=sha256,
        input_map=cleaned.input_map,
        url=details.url or None,
        publisher=_tidy(details.publisher),
        title=_tidy(details.title),
        byline=_tidy(details.byline),
        published=published,
        published_from=published_from,
        language=language_of(cleaned.text) or _language(details.language),
        source_path=details.source_path,
        fetched_at=details.fetched_at,
    )


def require_date(value: str) -> str:
    """Return the ISO date of a value.

    Raises:
        ReadError: It is not an ISO 8601 date.
    """
    found = iso_date(value)
    if found is None:
        raise ReadError(
            f"{value!r} is not a publication date: write it as YYYY-MM-DD, YYYY-MM or YYYY."
        )
    return found


def require_url(value: str) -> str:
    """Return the canonical form of a URL.

    Raises:
        ReadError: It cannot be taken apart as a URL.
    """
    try:
        return canonical_url(storable(value))
    except ValueError as error:
        raise ReadError(f"{value!r} is not a URL ({error}): write it as the site does.") from error


def _shows(char: str) -> bool:
    """Whether a character is more than blank space, an invisible mark or a lost character."""
    return char != REPLACEMENT and unicodedata.category(char)[0] not in "CZ"


def _nothing_to_read(text: str) -> str:
    if not text:
        return "It is empty: give it the text of an article, or leave it out."
    if any(map(_shows, storable(text))):
        return (
            "It holds only a page's own lines (sharing, comments, advertisements): "
            "give it the text of the article."
        )
    return "It holds only blank space: give it the text of an article, or leave it out."


def _publication(text: str, details: Details) -> tuple[str | None, PublishedFrom | None]:
    """Return the date of the best witness, and which witness that is."""
    if details.given:
        return details.given, "given"
    if details.stated and believable(details.stated):
        return details.stated, "metadata"
    if details.url and (found := date_in_url(details.url)) and believable(found):
        return found, "url"
    if (found := date_in_text(text)) and believable(found):
        return found, "text"
    return None, None


def id_of_url(url: str) -> str | None:
    """Return the id of the article at a canonical URL, None where that leads to no one page."""
    return _hash("url", url) if names_one_page(url) else None


def _article_id(details: Details, sha256: str) -> str:
    """Return a hash of the first of what can tell an article from every other."""
    key: tuple[str, ...]
    if details.url and (found := id_of_url(details.url)):
        return found
    if details.local_id:
        # Ids count within a publisher, and within a file where nobody names the publisher.
        key = ("id", details.publisher or details.source_path or "", details.local_id)
    elif details.source_path and details.alone:
        key = ("path", details.source_path)
    else:
        key = ("text", sha256)
    return _hash(*key)


def _hash(*key: str) -> str:
    return hashlib.sha256("\x1f".join(key).encode(errors="replace")).hexdigest()[:16]


def _language(stated: str | None) -> str | None:
    match = LANGUAGE.fullmatch((stated or "").strip())
    return match[1].lower() if match else None


def _tidy(value: str | None) -> str | None:
    """Return a name on one line in the text's own form, None when nothing is left of it."""
    words = unicodedata.normalize("NFC", storable(value or "")).split()
    return " ".join(words) or None
