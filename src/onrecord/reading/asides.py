"""What stands beside a page's story: boxes, comments, other stories, and prose against labels."""

from __future__ import annotations

import re
from typing import Any

Element = Any  # lxml has no types

BLOCKS = frozenset(
    "address article aside blockquote body br dd details div dl dt fieldset figcaption figure "
    "footer form h1 h2 h3 h4 h5 h6 header hr html li main nav ol p pre section table tbody td "
    "tfoot th thead tr ul".split()
)
BESIDE_TAGS = frozenset("a aside figcaption figure footer form nav template".split())
BESIDE_NAMES = frozenset(
    "comment comments disqus latest newsletter newsletters outbrain popular promo promos "
    "recommendation recommendations recommended related replies sidebar taboola teaser teasers "
    "ticker trending".split()
)
BESIDE_PAIRS = re.compile(r"(?:most[-_]?(?:read|viewed)|read[-_]?(?:also|next|more)|see[-_]?also)")
# "has-sidebar" says that there is one somewhere within.
TELLING_PARTS = frozenset("has is no not show with without".split())
NAME_PART = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")
WHOLE_PAGE = frozenset({"html", "body", "main"})

LABELS = frozenset(
    "a am and am at by correspondent corrected editor edited est edt first for from gmt hours in "
    "last min mins minute minutes modified of on originally pm posted published read reading "
    "reporter reporters staff time updated was writer writers".split()
)
LOWER_WORD = re.compile(r"(?<![\w’'])[a-z][a-z’']*(?!\w)")
FEWEST_WORDS = 2  # lower-case words that are no label's make a sentence


def is_sentence(text: str) -> bool:
    """Whether words are a sentence's, not those of a byline such as "Published on"."""
    words = [word for word in LOWER_WORD.findall(text) if word not in LABELS]
    return len(words) >= FEWEST_WORDS


def prose_around(element: Element) -> tuple[str, str]:
    """Return the text before and after an element on what would be its line."""
    before, after = "", ""
    while True:
        parent = element.getparent()
        before = _side(element, preceding=True) + before
        after += (element.tail or "") + _side(element, preceding=False)
        if parent is None or parent.tag in BLOCKS:
            return " ".join(before.split()), " ".join(after.split())
        element = parent


def _side(element: Element, *, preceding: bool) -> str:
    """Return the text on one side of an element within its parent, up to the next block."""
    text = ""
    for sibling in element.itersiblings(preceding=preceding):
        if preceding:
            text = (sibling.tail or "") + text
        if sibling.tag in BLOCKS:
            return text
        shown = sibling.text_content() if isinstance(sibling.tag, str) else ""
        text = shown + text if preceding else text + shown + (sibling.tail or "")
    parent = element.getparent()
    if preceding and parent is not None:
        text = (parent.text or "") + text
    return text


def main_article(tree: Element) -> Element | None:
    """Return the element that holds the page's story where it names one.

    Another story may stand below it and be longer: the page's own has the page's title.
    """
    found = tree.xpath("//article | //main")
    own = [element for element in found if _has_title(element, tree)]
    return max(own or found, key=_prose_length) if found else None


def other_stories(tree: Element) -> list[Element]:
    """Return the elements below or beside the page's story that hold one under its own headline."""
    story = main_article(tree)
    if story is None or not _has_title(story, tree):
        return []
    near = {*story.iter(), *story.iterancestors()}
    return [
        element
        for element in tree.xpath("//*[self::article or self::div or self::section][.//h1]")
        if element not in near and not _has_title(element, tree)
    ]


def _has_title(element: Element, tree: Element) -> bool:
    """Whether an element's headline is in what the page gives as its title."""
    titles = tree.xpath("//head/title//text() | //meta[@property='og:title']/@content")
    named = " ".join(" ".join(titles).split()).casefold()
    heads = (" ".join(head.text_content().split()) for head in element.iter("h1"))
    return any(head and head.casefold() in named for head in heads)


def _prose_length(element: Element) -> tuple[int, bool]:
    own = [p for p in element.iter("p") if next(p.iterancestors("article", "main")) is element]
    return sum(len(p.text_content()) for p in own), element.tag == "article"


def is_beside(element: Element) -> bool:
    """Whether an element is part of a box, a comment, a caption or a pointer to another story."""
    within = [element, *element.iterancestors()]
    return any(map(is_box, within)) or any(map(_is_card, within))


def is_box(element: Element) -> bool:
    """Whether an element by its tag or name holds what is no part of the story."""
    if element.tag in WHOLE_PAGE or not isinstance(element.tag, str):
        return False
    if element.tag in BESIDE_TAGS:
        return True
    if element.tag == "header":
        return element.find(".//h1") is None and (
            element.getparent().tag == "body" or element.find(".//nav") is not None
        )
    names = f"{element.get('class', '')} {element.get('id', '')}".split()
    return any(map(_names_box, names)) and element.find(".//h1") is None


def _is_card(element: Element) -> bool:
    """Whether an element is a teaser: an article inside or beside the page's own."""
    if element.tag != "article" or element.find(".//h1") is not None:
        return False
    return main_article(element.getroottree().getroot()) is not element


def _names_box(name: str) -> bool:
    parts = [part.lower() for part in NAME_PART.findall(name)]
    if not parts or parts[0] in TELLING_PARTS:
        return False
    return not BESIDE_NAMES.isdisjoint(parts) or BESIDE_PAIRS.search("-".join(parts)) is not None
