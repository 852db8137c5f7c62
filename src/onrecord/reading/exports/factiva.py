"""Factiva exports: with a code before each field ("HD", "PD", "TD"), or fields in their order."""

from __future__ import annotations

import re
from collections.abc import Iterator

from onrecord.reading.exports.document import Document, date_on, paragraphs, require_parts

CODES = frozenset(
    "SE HD BY CR WC PD ET SN SC NGC GC ED PG VOL LA CY LP TD CLM ART CT RF CO IN NS RE IPC IPD PUB "
    "AN DLN".split()
)
CODED = re.compile(r"^[ \t|]*([A-Z]{2,3})(?:[ \t]*[\t|][ \t|]*|[ \t]{2,}|[ \t]*$)(.*)$")
HEADLINE = re.compile(r"^[ \t|]*HD(?:[ \t]*[\t|]|[ \t]{2,}|[ \t]*$)", re.MULTILINE)
PUBLISHED = re.compile(r"^[ \t|]*PD(?:[ \t]*[\t|]|[ \t]{2,}|[ \t]*$)", re.MULTILINE)
NUMBER = re.compile(
    r"^[ \t|]*(?:AN[ \t|]+)?Document ([A-Z][A-Z0-9]{5,}[0-9][a-z0-9]{5,})[ \t|]*$", re.MULTILINE
)
WORDS = re.compile(r"[\d,.]+ words?", re.IGNORECASE)
COPYRIGHT = re.compile(r"(?:\(?c\)|©|\(?copyright|all rights reserved|used with)", re.IGNORECASE)
CLOCK = re.compile(r"\d{1,2}:\d\d(?: [A-Z]{2,5})?")
LANGUAGE = re.compile(r"(?:English|French|German|Spanish|Italian|Russian|Arabic|Chinese)\b.{0,25}")
LONGEST_IMPRINT = 12  # lines from the number of words to the text


def is_coded(text: str) -> bool:
    """Whether a text is an export with codes before its fields."""
    return HEADLINE.search(text) is not None and PUBLISHED.search(text) is not None


def is_ordered(text: str) -> bool:
    """Whether a text is an export whose fields stand in their order, without codes."""
    return NUMBER.search(text) is not None and any(
        WORDS.fullmatch(line.strip()) for line in text.splitlines()
    )


def documents(text: str) -> Iterator[str]:
    """Yield the text of each document with the number it ends with, the last also without."""
    position = 0
    for match in NUMBER.finditer(text):
        yield text[position : match.end()]
        position = match.end()
    if _is_rest(text[position:]):
        yield text[position:]


def _is_rest(text: str) -> bool:
    """Whether what follows the last number is a document that breaks off, not a summary."""
    return is_coded(text) or any(WORDS.fullmatch(line.strip()) for line in text.splitlines())


def coded_document(text: str) -> Document:
    """Return a document of an export with codes.

    Raises:
        ReadError: It lacks its text or its date.
    """
    fields: dict[str, list[str]] = {}
    code = None
    text, number = _numbered(text)
    for line in text.splitlines():
        match = CODED.match(line)
        if match and match[1] in CODES and match[1] not in fields:
            code = match[1]
            fields[code] = [match[2].strip(" \t|")]
        elif code:
            fields[code].append(line.strip(" \t|"))
    body = [block for code in ("LP", "TD") for block in paragraphs(fields.get(code, []))]
    published = date_on(_joined(fields, "PD") or "")
    return Document(
        text=require_parts("\n\n".join(body), date=published),
        title=_joined(fields, "HD"),
        byline=_joined(fields, "BY"),
        published=published,
        publisher=_joined(fields, "SN"),
        language=_joined(fields, "LA"),
        local_id=number,
    )


def _numbered(text: str) -> tuple[str, str | None]:
    """Return a document's text without its number, and the number."""
    match = NUMBER.search(text)
    return (text[: match.start()], match[1]) if match else (text, None)


def _joined(fields: dict[str, list[str]], code: str) -> str | None:
    return " ".join(" ".join(fields.get(code, [])).split()) or None


def ordered_document(text: str) -> Document:
    """Return a document of an export without codes.

    Raises:
        ReadError: It lacks its text or its date.
    """
    text, number = _numbered(text)
    lines = [line.strip(" \t|") for line in text.splitlines()]
    counted = next((n for n, line in enumerate(lines) if WORDS.fullmatch(line)), len(lines))
    imprint_end = _imprint_end(lines, counted)
    imprint = [line for line in lines[counted:imprint_end] if line]
    dated = next((n for n, line in enumerate(imprint) if date_on(line)), None)
    after = [one for one in imprint[(dated or 0) + 1 :] if not CLOCK.fullmatch(one)]
    head = [line for line in lines[:counted] if line]
    byline = next((line for line in reversed(head) if re.match(r"[Bb]y\s", line)), None)
    titles = [line for line in head if line != byline]
    return Document(
        text=require_parts(
            "\n\n".join(paragraphs(lines[imprint_end:])),
            date=date_on(imprint[dated]) if dated is not None else None,
        ),
        # The name of a section or column may stand before the headline: it is shorter.
        title=max(titles, key=len, default=None),
        byline=byline,
        published=date_on(imprint[dated]) if dated is not None else None,
        publisher=after[0] if dated is not None and after else None,
        language=next((one for one in after if LANGUAGE.fullmatch(one)), None),
        local_id=number,
    )


def _imprint_end(lines: list[str], counted: int) -> int:
    """Return where the lines between headline and text end: after the copyright, or language."""
    window, left = [], LONGEST_IMPRINT
    for number in range(counted, len(lines)):
        if lines[number]:
            window.append(number)
            left -= 1
        if not left:
            break
    for mark in (COPYRIGHT.match, LANGUAGE.fullmatch):
        found = next((number for number in window if mark(lines[number])), None)
        if found is not None:
            return found + 1
    return window[-1] + 1 if window else len(lines)
