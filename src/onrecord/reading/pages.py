"""Web pages: the article's text out of the markup, and what the page states about it.

trafilatura finds the text. The date is read from what states the publication date, with htmldate
for forms other than ISO 8601: a date that merely stands on the page belongs to something else.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from typing import Any

from onrecord.clean import storable
from onrecord.errors import ReadError
from onrecord.reading.dates import iso_date, stated_date
from onrecord.reading.urls import canonical_url, names_one_page

# They report through the failures made here; without a handler Python would print their warnings.
for _name in ("trafilatura", "htmldate", "courlan", "justext"):
    logging.getLogger(_name).addHandler(logging.NullHandler())

ENOUGH_WORDS = 40  # a text of so many is taken for an article whatever its marks
ENOUGH_CHARACTERS = 250  # the same where words are written without spaces
SENTENCE = re.compile(r"(?:\w+\W+){3,}\w+[.!?…][”\"’)]*(?:\s|$)")
NO_ARTICLE = "No article was found in the page: save the page of one article, or its text as .txt."
XML_DECLARATION = re.compile(r"\s*<\?xml[^>]*\?>")
JSON_PUBLISHED = re.compile(r'"datePublished"\s*:\s*"([^"]+)"')
PUBLISHED_KEYS = frozenset(
    {
        "article.published",
        "article:published",
        "article:published:time",
        "article:published_time",
        "article_date_original",
        "bt:pubdate",
        "citation_publication_date",
        "cxenseparse:recs:publishtime",
        "date",
        "datepublished",
        "dc.date",
        "dc.date.created",
        "dc.date.issued",
        "dcterms.created",
        "dcterms.date",
        "dcterms.issued",
        "og:article:published_time",
        "og:published_time",
        "og:pubdate",
        "originalpublicationdate",
        "parsely-pub-date",
        "pubdate",
        "publication-date",
        "publication_date",
        "publish-date",
        "publish_date",
        "publishdate",
        "rnews:datepublished",
        "sailthru.date",
    }
)
ELSEWHERE = "[not(ancestor::aside or ancestor::nav or ancestor::footer)]"
DATED = (
    "*[self::time or contains(@class, 'date') or contains(@class, 'publish')"
    " or contains(@class, 'posted')]"
)
# 03/04/2022 is one day in London and another in New York.
AMBIGUOUS = re.compile(r"\b(?:0?[1-9]|1[0-2])[/-](?:0?[1-9]|1[0-2])[/-]\d{4}\b")
# Archives go back further than htmldate's own 1995; a fixed end keeps reading repeatable.
EARLIEST, LATEST = "1800-01-01", "2100-01-01"


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A page's article as the extractor gives it, and what the page states about it."""

    text: str
    title: str | None
    byline: str | None
    url: str | None
    publisher: str | None
    language: str | None
    published: str | None  # ISO 8601 date


def read_page(markup: str) -> Page:
    """Return the article of a page.

    Raises:
        ReadError: The page has none.
    """
    # Half a second, paid only where a page is met.
    from trafilatura import bare_extraction, load_html
    from trafilatura.settings import Document

    tree = load_html(storable(XML_DECLARATION.sub("", markup, count=1)))
    if tree is None:
        raise ReadError(NO_ARTICLE)
    found = bare_extraction(tree, with_metadata=True, include_comments=False)
    if not isinstance(found, Document) or not found.text or not found.text.strip():
        raise ReadError(NO_ARTICLE)
    if not _is_prose(found.text):
        raise ReadError(NO_ARTICLE)
    return Page(
        text=found.text,
        title=found.title,
        byline=found.author,
        url=_own_url(found.url),
        publisher=_publisher(found.sitename, found.hostname),
        language=tree.get("lang") or tree.get("xml:lang"),
        published=_published(tree),
    )


def _is_prose(text: str) -> bool:
    """Whether a text has a sentence: what is left of a page of links has none."""
    long = len(text.split()) >= ENOUGH_WORDS or len(text) >= ENOUGH_CHARACTERS
    return long or SENTENCE.search(text) is not None


def page_text(markup: str) -> str:
    """Return the extractor's text of a page: the input that a page's offsets lead back to.

    Raises:
        ReadError: The page has no article.
    """
    return read_page(markup).text


def _own_url(url: str | None) -> str | None:
    """Return the page's URL, None where it states only its site's."""
    try:
        found = canonical_url(url or "")
    except ValueError:
        return None
    return found if found.startswith("http") and names_one_page(found) else None


def _publisher(name: str | None, host: str | None) -> str | None:
    """Return the site's name, its host where the page gives a link for a name."""
    return host if name and "://" in name else name


def _published(tree: Any) -> str | None:  # noqa: ANN401 - lxml has no types
    """Return the first publication date stated that can be read, as an ISO date."""
    for value in _stated_values(tree):
        if found := iso_date(value) or _read_date(value):
            return found
    return _shown_date(tree)


def _stated_values(tree: Any) -> Iterator[str]:  # noqa: ANN401
    """Yield what the page's metadata give as its publication date, best witness first."""
    for script in tree.xpath("//script[contains(@type, 'ld+json')]"):
        yield from JSON_PUBLISHED.findall(script.text or "")[:1]
    for meta in tree.iterfind(".//meta"):
        keys = (meta.get(name, "").lower() for name in ("property", "name", "itemprop"))
        if not PUBLISHED_KEYS.isdisjoint(keys):
            yield meta.get("content", "")
    for element in tree.xpath("//*[@itemprop='datePublished' or @pubdate]"):
        yield element.get("content") or element.get("datetime") or element.text_content()


def _shown_date(tree: Any) -> str | None:  # noqa: ANN401
    """Return the date shown with the article: the first inside it, or the page's only one."""
    inside = f"(//article | //main)//{DATED}{ELSEWHERE}"
    for element in tree.xpath(inside):
        if found := _element_date(element):
            return found
    dates = {_element_date(element) for element in tree.xpath(f"//{DATED}{ELSEWHERE}")} - {None}
    return dates.pop() if len(dates) == 1 else None


def _element_date(element: Any) -> str | None:  # noqa: ANN401
    """Return the publication date that an element is, None where it holds anything else."""
    if value := element.get("datetime"):
        return iso_date(value)
    words = " ".join(element.text_content().split())
    return stated_date(words)


def _read_date(value: str) -> str | None:
    """Return the ISO date of a date written another way; None where it could be two dates."""
    if AMBIGUOUS.search(value):
        return None
    from htmldate import find_date

    meta = f'<meta property="article:published_time" content="{escape(value)}">'
    found = find_date(
        f"<html><head>{meta}</head><body><p></p></body></html>",
        url="",
        original_date=True,
        extensive_search=False,
        min_date=EARLIEST,
        max_date=LATEST,
    )
    return iso_date(found) if found else None
