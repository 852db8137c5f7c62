"""RSS and Atom feeds: an article an entry."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

from onrecord.errors import ReadError
from onrecord.reading.articles import Details, make_article
from onrecord.reading.sources.links import fetched_pages
from onrecord.reading.sources.markup import shown_text
from onrecord.reading.sources.source import Found, Input, Options, Source
from onrecord.reading.urls import canonical_url
from onrecord.records import Failure

FEED_START = re.compile(
    r"(?:<\?xml[^>]*\?>\s*|<\?xml-stylesheet[^>]*\?>\s*|(?><!--.*?-->)\s*|<!DOCTYPE[^>]*>\s*)*+"
    r"<(?:rss|feed|rdf:RDF)\b",
    re.IGNORECASE | re.DOTALL,
)
SUFFIXES = frozenset({".rss", ".atom"})


def is_feed(found: Input, options: Options) -> bool:
    """Whether an input is a feed: its name says so, or its first element."""
    return found.suffix in SUFFIXES or FEED_START.match(found.beginning(options)) is not None


def read_feed(found: Input, options: Options) -> Iterator[Found]:
    """Yield the article of each entry: its text in the feed, or the page that it links to.

    The pages are fetched where the user asks for it.
    """
    import feedparser

    data = found.whole()
    if not data.strip():
        raise ReadError("It is empty: fetch or save the feed again.")
    try:
        parsed = feedparser.parse(data, sanitize_html=False, resolve_relative_uris=False)
    except ValueError as error:  # that it meets in names and addresses that are no UTF-8
        raise ReadError(f"The feed is damaged ({error}): fetch or save it again.") from error
    damage = _damage(parsed)
    if not parsed.version:
        raise ReadError("It is not a feed in RSS or Atom: check the file.")
    if not parsed.entries:
        raise ReadError("The feed has no entries: read it again when it has.")
    # The entry in which a feed breaks off is cut short.
    entries = parsed.entries[:-1] if damage else parsed.entries
    for number, entry in enumerate(entries, start=1):
        details = entry_details(entry, parsed.feed, found.known)
        name = f"{found.name}, entry {number}"
        if options.fetching.follow and details.url:
            if not options.fetching.is_known(details.url):
                yield from fetched_pages([details.url], found, options, known=details)
            continue
        try:
            yield make_article(entry_text(entry), details)
        except ReadError as error:
            yield Failure(source=name, reason=str(error), error=type(error).__name__)
    if damage:
        raise ReadError(
            f"The feed is damaged ({damage}), and only read up to there: fetch or save it again."
        )


def entry_details(entry: Any, feed: Any, known: Details) -> Details:  # noqa: ANN401
    """Return what an entry and its feed say of an article."""
    written = entry.get("published_parsed") or entry.get("updated_parsed")
    source = entry.get("source") or {}
    return replace(
        known,
        title=shown_text(entry.get("title") or "").replace("\n", " ") or None,
        byline=entry.get("author") or None,
        url=_url(entry.get("link")),
        publisher=known.publisher or source.get("title") or feed.get("title") or None,
        language=(entry.get("content") or [{}])[0].get("language") or feed.get("language"),
        stated=date(*written[:3]).isoformat() if written else None,
        local_id=entry.get("id") or None,
        alone=False,
    )


def entry_text(entry: Any) -> str:  # noqa: ANN401 - feedparser's own dictionaries
    """Return the text of an entry: its content, else its summary.

    Raises:
        ReadError: It has neither.
    """
    contents = [one.get("value") or "" for one in entry.get("content", [])]
    markup = max([*contents, entry.get("summary") or ""], key=len)
    text = shown_text(markup)
    if not text:
        raise ReadError("The entry has no text in the feed: read the page it links to (--follow).")
    return text


def _damage(parsed: Any) -> BaseException | None:  # noqa: ANN401
    """Return what is wrong with a feed's XML, None where that costs no entry."""
    import feedparser

    error: BaseException | None = parsed.get("bozo_exception") if parsed.bozo else None
    harmless = isinstance(
        error,
        feedparser.exceptions.CharacterEncodingOverride | feedparser.exceptions.NonXMLContentType,
    )
    return None if harmless or "undefined entity" in str(error) else error


def _url(link: str | None) -> str | None:
    try:
        found = canonical_url(link or "")
    except ValueError:
        return None
    return found if found.startswith(("http://", "https://")) else None


SOURCE = Source(name="feed", suffixes=SUFFIXES, recognises=is_feed, read=read_feed)
