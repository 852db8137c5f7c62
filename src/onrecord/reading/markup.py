"""A page's markup before its story is looked for: what no reader sees goes, what is said stays.

The extractor takes `<time>`, `<q>` and `<ins>` for blocks or leaves their words out, and would read
what a page hides or has struck out.
"""

from __future__ import annotations

import re
from collections import defaultdict

from onrecord.reading.asides import (
    BLOCKS,
    Element,
    is_beside,
    is_box,
    is_sentence,
    main_article,
    other_stories,
    prose_around,
)

UNSEEN = "//*[@hidden or self::template or self::del or self::s or self::strike]"
HIDDEN_STYLE = re.compile(r"(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.IGNORECASE)
PLAIN = "//abbr | //bdi | //data | //dfn | //ins | //mark | //small[ancestor::p] | //wbr"
QUOTE_MARKS = tuple("“”\"„«‘'")
POINTERS = "(//article | //main)//p[a or strong/a or b/a or em/a]"
SENTENCE_ENDS = tuple('.!…。”"’:')
CARDS = frozenset({"article", "li"})
LISTS = frozenset({"ul", "ol", "dl"})
# What pages call the part that holds their paragraphs: "article__body", "entry-content".
BODY_NAME = re.compile(
    r"(?:article|story|post|entry|body)[-_]{0,2}(?:body|text|content)(?:[-_]{1,2}inner)?",
    re.IGNORECASE,
)


def prepare(tree: Element) -> None:
    """Change a page's tree, in place, to what a reader sees of it."""
    _take_out(tree)
    for element in reversed(tree.xpath("//q")):  # the inner ones while they have their outer
        _quote(element)
    for element in tree.xpath("//time"):
        if is_sentence(" ".join(prose_around(element))):
            element.drop_tag()
    for element in tree.xpath(PLAIN):
        if not any(child.tag in BLOCKS for child in element.iter()):
            element.drop_tag()
    _join_parts(tree)
    _name_story(tree)


def _take_out(tree: Element) -> None:
    for element in tree.xpath(UNSEEN):
        _remove(element)
    for element in tree.xpath("//*[contains(@style, ':')]"):
        if HIDDEN_STYLE.search(element.get("style", "")):
            _remove(element)
    for element in tree.xpath(POINTERS):
        if _is_pointer(element):
            _remove(element)
    for element in other_stories(tree):
        _remove(element)


def _is_pointer(element: Element) -> bool:
    """Whether a paragraph is another story's headline: a link and no sentence."""
    words = " ".join(element.text_content().split())
    linked = " ".join(" ".join(link.text_content() for link in element.iter("a")).split())
    return words == linked and not words.endswith(SENTENCE_ENDS)


def _remove(element: Element) -> None:
    if element.getparent() is not None:
        element.drop_tree()


def _quote(element: Element) -> None:
    """Put marks in place of a `<q>`, which brings its own when it is shown."""
    said = element.text_content().strip()
    if said and not said.startswith(QUOTE_MARKS):
        inner = next(element.iterancestors("q"), None) is not None
        opening, closing = ("‘", "’") if inner else ("“", "”")
        element.text = opening + (element.text or "").lstrip()
        if len(element):
            element[-1].tail = (element[-1].tail or "").rstrip() + closing
        else:
            element.text = element.text.rstrip() + closing
    element.drop_tag()


def _join_parts(tree: Element) -> None:
    """Put together the parts of a story that advertisements or teasers stand between.

    The extractor takes the first of them for the whole.
    """
    named: dict[str, list[Element]] = defaultdict(list)
    for element in tree.xpath("//div[@class] | //section[@class]"):
        for name in filter(BODY_NAME.fullmatch, set(element.get("class").split())):
            named[name].append(element)
    for parts in named.values():
        first, *rest = [part for part in parts if _is_part(part)] or [None]
        for part in rest:
            if _same_story(first, part):
                first.extend(list(part))


def _is_part(element: Element) -> bool:
    """Whether an element holds paragraphs of a story, not a teaser's."""
    said = sum(len(one.text_content()) for one in element.iter("p"))
    linked = sum(len(link.text_content()) for one in element.iter("p") for link in one.iter("a"))
    return said > 2 * linked and not is_beside(element)


def _same_story(first: Element, part: Element) -> bool:
    """Whether a part goes on with what the first one began: no headline is its own."""
    above = [first, *first.iterancestors()]
    if part in above or first in part.iterancestors():
        return False
    own = [part, *(one for one in part.iterancestors() if one not in above)]
    return all(one.tag not in CARDS and one.find(".//h1") is None for one in own)


def _name_story(tree: Element) -> None:
    """Name what holds the story an article where the page does not and the story has a list.

    Without a name the extractor takes nothing but the paragraphs.
    """
    if main_article(tree) is not None:
        return
    parents = {paragraph.getparent() for paragraph in tree.iter("p")} - {None}
    story = max(parents, key=_prose_length, default=None)
    if story is None or not any(map(_is_told, story)):
        return
    if story.tag != "body":
        story.tag = "article"
        return
    within = story.makeelement("article")
    within.extend([child for child in story if not is_box(child)])
    story.append(within)


def _prose_length(element: Element) -> int:
    return sum(len(child.text_content()) for child in element.iterchildren("p"))


def _is_told(element: Element) -> bool:
    """Whether a list holds words that lead nowhere else."""
    if element.tag not in LISTS:
        return False
    linked = sum(len(link.text_content()) for link in element.iter("a"))
    return len(element.text_content().strip()) > 2 * linked
