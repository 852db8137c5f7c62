"""When a page was published: what it states of its own story, best witness first.

JSON-LD is read as a graph and metadata as it is; then come dates shown with the story. A date in a
sentence, in a box of other stories, under a comment or on a picture belongs to something else.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from html import escape
from typing import Any

from onrecord.reading.asides import is_beside, is_sentence, main_article, prose_around
from onrecord.reading.dates import believable, iso_date, stated_date
from onrecord.reading.urls import canonical_url
from onrecord.reading.written import written_date

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
DATED = (
    "descendant::*[self::time or contains(@class, 'date') or contains(@class, 'publish')"
    " or contains(@class, 'posted')]"
)
# 03/04/2022 is one day in London and another in New York.
AMBIGUOUS = re.compile(r"\b(?:0?[1-9]|1[0-2])[/-](?:0?[1-9]|1[0-2])[/-]\d{4}\b")
# Archives go back further than htmldate's own 1995; a fixed end keeps reading repeatable.
EARLIEST, LATEST = "1800-01-01", "2100-01-01"
CHANGED = r"(?:last )?(?:updated?|modified|edited|corrected|revised|amended)\b(?: on| at)?"
AFTER_CHANGED = re.compile(CHANGED + r"\W*$", re.IGNORECASE)
BEGINS_CHANGED = re.compile(CHANGED, re.IGNORECASE)
CHANGED_CLASS = re.compile("updat|modif|revis", re.IGNORECASE)
DEEPEST = 8  # levels of a graph; further down is no description of a page

STORY = re.compile(r"(?:.*Article|BlogPosting|Report|.*LiveBlog.*|SocialMediaPosting)$")
# What leads from a node to more about the same page; all else leads to other things.
WITHIN = ("@graph", "mainEntity", "mainEntityOfPage")
COMMENT = re.compile(r"^\s*(?:<!--|//\s*<!\[CDATA\[|<!\[CDATA\[)|(?://\s*)?(?:-->|\]\]>)\s*$")
LOOSE = re.compile(r'"(@type|datePublished)"\s*:\s*"([^"]+)"')


def published_on(tree: Any) -> str | None:  # noqa: ANN401 - lxml has no types
    """Return the first publication date stated that can be read, as an ISO date."""
    for value in _stated_values(tree):
        if found := _read_date(value):
            return found
    return _shown_date(tree)


def _stated_values(tree: Any) -> Iterator[object]:  # noqa: ANN401
    """Yield what the page's metadata give as its publication date, best witness first."""
    yield from _graph_values(tree)
    for meta in tree.iterfind(".//meta"):
        keys = (meta.get(name, "").lower() for name in ("property", "name", "itemprop"))
        if not PUBLISHED_KEYS.isdisjoint(keys) and not is_beside(meta):
            yield meta.get("content", "")
    for element in tree.xpath("//*[@itemprop='datePublished' or @pubdate]"):
        if not is_beside(element):
            yield element.get("content") or element.get("datetime") or element.text_content()


def _graph_values(tree: Any) -> Iterator[object]:  # noqa: ANN401
    """Yield the dates of the page's own story in its JSON-LD, then those of the page itself."""
    nodes: list[Mapping[str, object]] = []
    for script in tree.xpath("//script[contains(@type, 'ld+json')]"):
        nodes += _nodes(script.text or "")
    dated = [node for node in nodes if node.get("datePublished")]
    stories = [node for node in dated if any(map(STORY.match, _types(node)))]
    pages = [node for node in dated if {"WebPage", "ItemPage"}.intersection(_types(node))]
    plain = [node for node in dated if not _types(node)]
    for group in (stories, pages, plain):
        yield from (_first(node["datePublished"]) for node in _own(group, tree))


def _nodes(script: str) -> list[Mapping[str, object]]:
    """Return the nodes of a script that may stand for the page or its story."""
    try:
        found = json.loads(COMMENT.sub("", script), strict=False)
    except (ValueError, RecursionError):
        # Damaged JSON still says it where it has one type and one date.
        loose: dict[str, set[str]] = {"@type": set(), "datePublished": set()}
        for key, value in LOOSE.findall(script):
            loose[key].add(value)
        dates = loose["datePublished"]
        types = sorted(kind for kind in loose["@type"] if STORY.match(kind))
        return [{"@type": types, "datePublished": min(dates)}] if types and len(dates) == 1 else []
    return list(_walk(found, 0))


def _walk(value: object, depth: int) -> Iterator[Mapping[str, object]]:
    if depth > DEEPEST:
        return
    if isinstance(value, list):
        for one in value:
            yield from _walk(one, depth + 1)
    elif isinstance(value, dict):
        yield value
        for key in WITHIN:
            yield from _walk(value.get(key), depth + 1)


def _types(node: Mapping[str, object]) -> list[str]:
    kinds = node.get("@type")
    listed = kinds if isinstance(kinds, list) else [kinds]
    return [kind.rpartition("/")[2] for kind in listed if isinstance(kind, str)]


def _first(value: object) -> object:
    while isinstance(value, list):
        value = value[0] if value else None
    return value.get("@value") if isinstance(value, dict) else value


def _own(nodes: list[Mapping[str, object]], tree: Any) -> list[Mapping[str, object]]:  # noqa: ANN401
    """Return the nodes that stand for this page; none where several could and nothing tells."""
    if len({str(_first(node["datePublished"]))[:10] for node in nodes}) <= 1:
        return nodes
    names = _names(tree)
    return [node for node in nodes if not names.isdisjoint(_named(node))]


def _names(tree: Any) -> set[str]:  # noqa: ANN401
    """Return the URLs and headlines by which a page knows itself."""
    links = tree.xpath("//link[@rel='canonical']/@href | //meta[@property='og:url']/@content")
    titles = tree.xpath("//meta[@property='og:title']/@content")
    shown = [one.text_content() for one in tree.xpath("//h1 | //head/title")]
    return {_url(link) for link in links} | {_folded(title) for title in [*titles, *shown]} - {""}


def _named(node: Mapping[str, object]) -> set[str]:
    """Return the URLs and headlines that a node gives itself."""
    page = node.get("mainEntityOfPage")
    links = [node.get("url"), node.get("@id"), page.get("@id") if isinstance(page, dict) else page]
    titles = [node.get("headline"), node.get("name")]
    return {_url(link) for link in links if isinstance(link, str)} | {
        _folded(title) for title in titles if isinstance(title, str)
    } - {""}


def _url(value: str) -> str:
    try:
        return canonical_url(value).rstrip("/")
    except ValueError:
        return ""


def _folded(title: str) -> str:
    return " ".join(title.split()).casefold()


def _shown_date(tree: Any) -> str | None:  # noqa: ANN401
    """Return the date shown with the story: the first inside it, or the page's only one."""
    story = main_article(tree)
    if story is not None:
        for element in story.xpath(DATED):
            if found := _element_date(element):
                return found
    dates = {_element_date(element) for element in tree.xpath(DATED)} - {None}
    return dates.pop() if len(dates) == 1 else None


def _element_date(element: Any) -> str | None:  # noqa: ANN401
    """Return the publication date that an element is, None where it holds anything else."""
    if is_beside(element) or CHANGED_CLASS.search(element.get("class", "")):
        return None
    words = " ".join(element.text_content().split())
    value = element.get("datetime")
    if element.tag == "time":
        before, after = prose_around(element)
        if AFTER_CHANGED.search(before) or is_sentence(f"{before} {after}"):
            return None
        if value and BEGINS_CHANGED.match(words):
            return None
    found = iso_date(value) if value else stated_date(words)
    return found if found and believable(found) else None


def _read_date(value: object) -> str | None:
    """Return the ISO date of a date written in whatever way; None where it could be two dates."""
    found = written_date(value) or _found_date(value)
    return found if found and believable(found) else None


def _found_date(value: object) -> str | None:
    if not isinstance(value, str) or AMBIGUOUS.search(value):
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
