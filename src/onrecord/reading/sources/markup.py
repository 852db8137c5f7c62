"""The text of a piece of markup that is all article: no furniture to tell it from."""

from __future__ import annotations

import re

from onrecord.clean import storable

BLOCKS = frozenset(
    "address article aside blockquote center dd div dl dt figcaption figure footer form h1 h2 h3 "
    "h4 h5 h6 header hr li main ol p pre section table tbody thead tr ul".split()
)
PARAGRAPHS = frozenset("blockquote h1 h2 h3 h4 h5 h6 p pre table".split())
CELLS = frozenset({"td", "th"})
UNSHOWN = frozenset("head script style noscript template iframe object svg title".split())
BLANKS = re.compile(r"[ \t\r\n\f\u00a0]+")
XML_DECLARATION = re.compile(r"\s*<\?xml[^>]*\?>")


def shown_text(markup: str) -> str:
    """Return what a piece of HTML shows: a line a block, a tab between the cells of a table.

    Empty where it shows nothing. Paragraphs are parted by a blank line.
    """
    from lxml import etree, html

    try:
        tree = html.document_fromstring(storable(XML_DECLARATION.sub("", markup, count=1)))
    except (etree.ParserError, ValueError):
        return ""
    pieces: list[str] = []
    skipped = 0
    for event, node in etree.iterwalk(tree, events=("start", "end")):
        tag = node.tag if isinstance(node.tag, str) else ""
        if event == "start":
            skipped += tag in UNSHOWN
            if not skipped and tag:
                pieces += [_before(tag), BLANKS.sub(" ", node.text or "")]
        else:
            skipped -= tag in UNSHOWN
            if not skipped:
                pieces += [_after(tag), BLANKS.sub(" ", node.tail or "")]
    return _tidy("".join(pieces))


def _before(tag: str) -> str:
    return "\n" if tag in BLOCKS else ""


def _after(tag: str) -> str:
    if tag in CELLS:
        return "\t"
    if tag in PARAGRAPHS:
        return "\n\n"
    return "\n" if tag in BLOCKS or tag == "br" else ""


def _tidy(text: str) -> str:
    lines = (re.sub(r" *\t *", "\t", line).strip(" ").rstrip() for line in text.split("\n"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip("\n")
