"""Text as it comes, mended: markup and entities in it, damage done on its way, wrapped lines.

Each step is a list of edits, so that every character still leads back to the input.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from html import unescape

from onrecord.clean import Cleaned, clean
from onrecord.reading.edits import Edit, edited, then, unedited
from onrecord.reading.wrapping import wrapped_lines

LT, GT = r"(?:<|&(?:amp;)*(?:lt|#0*60|#x0*3c);)", r"(?:>|&(?:amp;)*(?:gt|#0*62|#x0*3e);)"
PARAGRAPHS = frozenset(
    "article aside blockquote div figure figcaption footer h1 h2 h3 h4 h5 h6 header ol p section "
    "table ul".split()
)
LINES = frozenset("br dd dt hr li td th tr".split())
INLINE = frozenset(
    "a abbr b big center cite code em font i img ins mark small span strong sub sup time tt "
    "u wbr".split()
)
QUOTES = frozenset({"q"})
LEFT_OUT = "del|iframe|noscript|script|strike|style|template"
NAMES = "|".join(sorted(PARAGRAPHS | LINES | INLINE | QUOTES, key=len, reverse=True))
TAG = rf"{LT}/?(?:{NAMES})(?:\s+[\w:-]+\s*=[^<>]{{0,500}}?|\s+hidden)?\s*/?{GT}"
TAG_NAME = re.compile(rf"{LT}(/?)({NAMES})", re.IGNORECASE)
ONE_TAG = re.compile(TAG, re.IGNORECASE)
ENTITY = r"&(?:amp;)*(?:#\d{1,7}|#x[0-9a-f]{1,6}|[a-z][a-z0-9]{1,30});"
MARKUP = re.compile(
    rf"{LT}(?:(?P<comment>!--)|(?P<out>{LEFT_OUT})\b[^<>]{{0,500}}?{GT})"
    rf"|(?P<tags>{TAG}(?:\s*{TAG})*)|(?P<entity>{ENTITY})",
    re.IGNORECASE,
)
COMMENT_END = re.compile(f"--{GT}", re.IGNORECASE)
ESCAPES = re.compile(r"&(?:amp;)+", re.IGNORECASE)

# UTF-8 that was read as Windows-1252 (or -1251): a first byte and what a second one looks like.
DAMAGED = re.compile(
    "[\u00c2-\u00f4][\u0080-\u00bf\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc"
    "\u2013\u2014\u2018-\u201e\u2020-\u2022\u2026\u2030\u2039\u203a\u20ac\u2122]|\u0432\u0402"
)
TOKEN = re.compile(r"[^ \t\r\n]+")
WINDOWS_MARKS = re.compile("[\u0080-\u009f]")  # controls that nobody writes: cp1252 read as Latin-1

SOFT_BREAK = "\u00ad\r?\n"
NOTHING = "[\u00ad\u200b\u2060\ufeff]+"
JOINERS = "(?<=[A-Za-z])[\u200c\u200d](?=[A-Za-z])"
DIRECTIONS = "[\u200e\u200f\u202a-\u202e\u2066-\u2069]+"
INVISIBLE = re.compile(f"{SOFT_BREAK}|{NOTHING}|{JOINERS}|{DIRECTIONS}")
INVISIBLE_BUT_DIRECTIONS = re.compile(f"{SOFT_BREAK}|{NOTHING}|{JOINERS}")
RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff]")

# "tomorrow.The", "home.”She", "tomorrow.“We"; not "Booking.Com".
GLUED = re.compile(
    r"""(?:(?<=[a-z][a-z])|(?<=[\d)%]))[.!?…](?=[A-Z][a-z]|[AI][ ’'])
    (?!(?:Ai|Co|Com|Edu|Gov|Info|Io|Js|Net|Org|Tv|Uk)\b)
    |(?<=[.!?,…])[”»](?=[A-Za-z])
    |(?<=\w)[.!?…:,](?=[“«]\w)
    |(?<=[.!?,…])"(?=[A-Za-z])
    |(?<=\w)[.!?…:,](?="\w)""",
    re.VERBOSE,
)
ADDRESS_REACH = 80
ADDRESS = re.compile(r"[/@\\]|www\.")


def mend(text: str) -> Cleaned:
    """Return a text as a reader would see it, cleaned, with the way back to what was read.

    Tags and entities are what they stand for, UTF-8 read as another encoding is itself again,
    marks that show nothing are gone, lines cut to a width are joined and sentences that ran
    together stand apart. The text is empty where nothing is left.
    """
    done = unedited(text)
    for step in (_markup, _damage, _invisible):
        done = _stepped(done, tuple(step(done.text)))
    done = then(done, clean(done.text))
    for step in (wrapped_lines, _glued):
        done = _stepped(done, tuple(step(done.text)))
    return done


def _stepped(done: Cleaned, edits: tuple[Edit, ...]) -> Cleaned:
    return then(done, edited(done.text, edits)) if edits else done


def _markup(text: str) -> Iterator[Edit]:
    """Yield what takes the place of tags, comments and entities."""
    unclosed: set[str] = set()  # what has no end further on, looked for once
    done = 0
    match = MARKUP.search(text) if "<" in text or "&" in text else None
    while match:
        end = match.end()
        if match["tags"]:
            for edit in _tags(text, match.start(), end, done):
                end = max(end, edit.end)
                yield edit
        elif match["entity"]:
            if (meant := _meant(match[0])) is not None:
                yield Edit(match.start(), end, meant)
        elif (name := (match["comment"] or match["out"]).lower()) not in unclosed:
            closing = _closing(name).search(text, end)
            if closing:
                end = closing.end()
                yield Edit(match.start(), end)
            else:
                unclosed.add(name)
        done = end
        match = MARKUP.search(text, end)


@cache
def _closing(name: str) -> re.Pattern[str]:
    """Return what ends a comment or an element."""
    if name == "!--":
        return COMMENT_END
    return re.compile(rf"{LT}/{name}\s*{GT}", re.IGNORECASE)


def _meant(entity: str) -> str | None:
    """Return what an entity stands for, escaped once or more; None where there is none such."""
    inner = ESCAPES.sub("&", entity)
    plain = inner if inner.endswith(";") else "&amp;"  # nothing but "amp;" was left
    meant = unescape(plain)
    return meant if meant != plain else None


def _tags(text: str, start: int, end: int, done: int) -> Iterator[Edit]:
    """Yield the edits of tags with only blanks between them: a break if one breaks, else cuts.

    A break takes the place of the blanks round it, of those before only from `done` on.
    """
    found = [
        (tag.start(), tag.end(), *TAG_NAME.match(tag[0]).groups())  # type: ignore[union-attr]
        for tag in ONE_TAG.finditer(text, start, end)
    ]
    names = {name.lower() for *_, name in found}
    if names & (PARAGRAPHS | LINES):
        while start > done and text[start - 1].isspace():
            start -= 1
        while end < len(text) and text[end].isspace():
            end += 1
        yield Edit(start, end, "\n\n" if names & PARAGRAPHS else "\n")
        return
    for first, last, closes, name in found:
        mark = ("”" if closes else "“") if name.lower() in QUOTES else ""
        yield Edit(first, last, mark)


def _damage(text: str) -> Iterator[Edit]:
    """Yield the words whose encoding was mistaken, mended."""
    if not DAMAGED.search(text) and not WINDOWS_MARKS.search(text):
        return
    from ftfy import fix_encoding  # a while to import, and seldom needed

    for token in TOKEN.finditer(text):
        if DAMAGED.search(token[0]) or WINDOWS_MARKS.search(token[0]):
            fixed = fix_encoding(token[0])
            if fixed != token[0]:
                yield _narrowed(token.start(), token[0], fixed)


def _narrowed(start: int, old: str, new: str) -> Edit:
    """Return the edit of a word without what stays the same at either end."""
    shorter = min(len(old), len(new))
    head = next((n for n in range(shorter) if old[n] != new[n]), shorter)
    tail = next((n for n in range(shorter - head) if old[-1 - n] != new[-1 - n]), shorter - head)
    return Edit(start + head, start + len(old) - tail, new[head : len(new) - tail])


def _invisible(text: str) -> Iterator[Edit]:
    """Yield the cuts of marks that show nothing; those of directions only where there is one."""
    marks = INVISIBLE_BUT_DIRECTIONS if RIGHT_TO_LEFT.search(text) else INVISIBLE
    return (Edit(match.start(), match.end()) for match in marks.finditer(text))


def _glued(text: str) -> Iterator[Edit]:
    """Yield the spaces that are missing between sentences."""
    at = 0
    for line in text.splitlines(keepends=True):
        end = at + len(line)
        marks, counted = 0, at
        for match in GLUED.finditer(text, at, end):
            marks += text.count('"', counted, match.start())
            counted = match.start()
            if _is_apart(text, match.start(), closes=marks % 2 == 1):
                yield Edit(match.start(), match.end(), f"{match[0]} ")
        at = end


def _is_apart(text: str, at: int, *, closes: bool) -> bool:
    """Whether what stands before and behind a sign is not one word; a `"` there opens or closes."""
    if (text[at] == '"' and not closes) or (text[at + 1 : at + 2] == '"' and closes):
        return False
    before, behind = text[max(0, at - ADDRESS_REACH) : at], text[at : at + ADDRESS_REACH]
    return not ADDRESS.search(before.split()[-1] + behind.split()[0])
