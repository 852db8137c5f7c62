"""Web pages: the article's text out of the markup, and what the page states about it.

trafilatura finds the text in the markup that is left when what no reader sees has been taken out.
"""

from __future__ import annotations

import logging
import re
from dataclasses import dataclass

from onrecord.clean import storable
from onrecord.errors import ReadError
from onrecord.reading.markup import prepare
from onrecord.reading.published import published_on
from onrecord.reading.urls import canonical_url, names_one_page

# They report through the failures made here; without a handler Python would print their warnings.
for _name in ("trafilatura", "htmldate", "courlan", "justext"):
    logging.getLogger(_name).addHandler(logging.NullHandler())

ENOUGH_WORDS = 40  # a text of so many is taken for an article whatever its marks
ENOUGH_CHARACTERS = 250  # the same where words are written without spaces
SENTENCE = re.compile(r"(?:\w+\W+){3,}\w+[.!?…][”\"’)]*(?:\s|$)")
# The largest of the pages of 60 papers has 3 million characters, of which 100,000 are shown.
LARGEST_PAGE, MOST_SHOWN = 10_000_000, 1_000_000
TOO_LARGE = "It is too large for the page of one article ({:,} characters): save its text as .txt."
NO_ARTICLE = "No article was found in the page: save the page of one article, or its text as .txt."
BROKEN_OFF = re.compile(r"(.{30,}?\w)\W{0,3}(?:…|\.\.\.)")
XML_DECLARATION = re.compile(r"\s*<\?xml[^>]*\?>")


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
        ReadError: The page has none, or is too large to be that of one.
    """
    if len(markup) > LARGEST_PAGE:
        raise ReadError(TOO_LARGE.format(len(markup)))
    # Half a second, paid only where a page is met.
    from trafilatura import bare_extraction, load_html
    from trafilatura.settings import Document

    tree = load_html(storable(XML_DECLARATION.sub("", markup, count=1)))
    if tree is None:
        raise ReadError(NO_ARTICLE)
    shown = sum(len(text) for text in tree.xpath("//text()[not(parent::script or parent::style)]"))
    if shown > MOST_SHOWN:
        raise ReadError(TOO_LARGE.format(shown))
    published = published_on(tree)
    prepare(tree)
    found = bare_extraction(tree, with_metadata=True, include_comments=False)
    if not isinstance(found, Document) or not found.text or not found.text.strip():
        raise ReadError(NO_ARTICLE)
    if not _is_prose(found.text):
        raise ReadError(NO_ARTICLE)
    return Page(
        text=_without_teaser(found.text),
        title=found.title,
        byline=found.author,
        url=_own_url(found.url),
        publisher=_publisher(found.sitename, found.hostname),
        language=tree.get("lang") or tree.get("xml:lang"),
        published=published,
    )


def _without_teaser(text: str) -> str:
    """Return a text without the lines that break off and are told in full further down."""
    lines = text.split("\n")
    kept = []
    for number, line in enumerate(lines):
        begun = BROKEN_OFF.fullmatch(line)
        if not begun or not any(rest.startswith(begun[1]) for rest in lines[number + 1 :]):
            kept.append(line)
    return "\n".join(kept)


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
