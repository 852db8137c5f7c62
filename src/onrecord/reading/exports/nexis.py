"""LexisNexis exports, of Nexis Uni and of LexisNexis Academic before it.

The older form parts documents by "2 of 250 DOCUMENTS" and has its fields in capitals, some after
the text; the newer one begins a text with "Body" and ends a document with "End of Document".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from onrecord.reading.exports.document import Document, date_on, paragraphs, require_parts

NUMBERED = re.compile(
    r"^[ \t]*(?:Document )?\d+ of \d+(?: DOCUMENTS?)?[ \t]*$", re.MULTILINE | re.IGNORECASE
)
COUNTED = re.compile(r"^[ \t]*\d+ of \d+ DOCUMENTS?[ \t]*$", re.MULTILINE)
END = re.compile(r"^[ \t]*End of Document[ \t]*$", re.MULTILINE)
BODY = re.compile(r"^[ \t]*Body[ \t]*$", re.MULTILINE)
LENGTH = re.compile(r"^[ \t]*Length:\s*[\d,]+ words", re.MULTILINE)
OLD_FIELD = re.compile(r"([A-Z][A-Z-]+(?: [A-Z]+)?):\s*(.*)", re.DOTALL)
NEW_FIELD = re.compile(r"([A-Z][a-z]+(?:-[A-Z][a-z]+)?):\s*(.*)", re.DOTALL)
BEFORE_TEXT = frozenset(
    "ABSTRACT BODY BYLINE DATELINE DISTRIBUTION EDITION HEADLINE HIGHLIGHT LENGTH SECTION SERIES "
    "TYPE".split()
)
AFTER_TEXT = frozenset(
    "CITY COMPANY CORRECTION-DATE COUNTRY DOCUMENT-TYPE GEOGRAPHIC GRAPHIC INDUSTRY ISSN "
    "JOURNAL-CODE LANGUAGE LOAD-DATE NOTES ORGANIZATION PERSON PHOTO PUB-TYPE PUBLICATION-TYPE "
    "STATE SUBJECT TICKER TRANSCRIPT URL".split()
)
AFTER_BODY = frozenset({"Graphic", "Classification", "Notes", "Correction", "Correction-Date"})
COPYRIGHT = re.compile(r"(?:Copyright|©|\(c\)|All Rights Reserved)", re.IGNORECASE)


def is_old(text: str) -> bool:
    """Whether a text is an export of the older form."""
    return COUNTED.search(text) is not None


def is_new(text: str) -> bool:
    """Whether a text is an export of the newer form."""
    return BODY.search(text) is not None and (
        END.search(text) is not None or LENGTH.search(text) is not None
    )


def old_documents(text: str) -> Iterator[str]:
    """Yield the text of each document of an older export."""
    starts = [match.end() for match in COUNTED.finditer(text)]
    ends = [match.start() for match in COUNTED.finditer(text)][1:]
    for start, end in zip(starts, [*ends, len(text)], strict=True):
        yield text[start:end]


def new_documents(text: str) -> Iterator[str]:
    """Yield the text of each document of a newer export, the last also where its end is lost."""
    for piece in END.split(text):
        if piece.strip():
            yield piece


def old_document(text: str) -> Document:
    """Return a document of an older export.

    Raises:
        ReadError: It lacks its text or its date.
    """
    blocks = paragraphs(text.splitlines())
    first = next((n for n, block in enumerate(blocks) if _is_field(block, BEFORE_TEXT)), None)
    if first is None:
        first = len(blocks)
    head = [block for block in blocks[:first] if not COPYRIGHT.match(block)]
    dated = next((n for n, block in enumerate(head) if _date(block)), None)
    fields: dict[str, str] = {}
    body_from = first
    for number in range(first, len(blocks)):
        if not _is_field(blocks[number], BEFORE_TEXT):
            break
        body_from = number + _add_field(blocks[number], fields)
    body = blocks[body_from:]
    ended = next((n for n, block in enumerate(body) if _ends_text(block)), len(body))
    for block in body[ended:]:
        _add_field(block, fields)
    if dated is None:
        title, publisher, published = None, None, None
    else:
        title = fields.get("HEADLINE") or " ".join(head[dated + 1 :]) or None
        publisher = head[dated - 1] if dated else None
        published = _date(head[dated])
    text = "\n\n".join([*_begun(fields), *body[:ended]])
    return Document(
        text=require_parts(text, date=published),
        title=title,
        byline=fields.get("BYLINE"),
        published=published,
        publisher=publisher,
        language=fields.get("LANGUAGE"),
        url=_web_address(fields.get("URL")),
    )


def _begun(fields: dict[str, str]) -> list[str]:
    """Return the text that stands right after its label, if it does."""
    return [fields["BODY"]] if fields.get("BODY") else []


def _is_field(block: str, names: frozenset[str]) -> bool:
    match = OLD_FIELD.fullmatch(block)
    return match is not None and match[1] in names


def _add_field(block: str, fields: dict[str, str]) -> int:
    """Keep what a block says if it is a field; return 1, so that the block counts as read."""
    if match := OLD_FIELD.fullmatch(block):
        value = match[2] if match[1] == "BODY" else " ".join(match[2].split())
        fields.setdefault(match[1], value)
    return 1


def _ends_text(block: str) -> bool:
    return _is_field(block, AFTER_TEXT) or re.match(r"Copyright \d{4}\b", block) is not None


def _date(block: str) -> str | None:
    """Return the date of a block whose first line is one; an edition may follow."""
    return date_on(block.split("\n")[0])


def _web_address(value: str | None) -> str | None:
    """Return a URL that leads to one page; exports often give only the site's."""
    from onrecord.reading.urls import canonical_url, names_one_page

    try:
        found = canonical_url(value or "")
    except ValueError:
        return None
    return found if found.startswith("http") and names_one_page(found) else None


def new_document(text: str) -> Document:
    """Return a document of a newer export.

    Raises:
        ReadError: It lacks its text or its date.
    """
    lines = [" ".join(line.split()) for line in text.splitlines()]
    begins = next((n for n, line in enumerate(lines) if line == "Body"), len(lines))
    body = lines[begins + 1 :]
    ends = next((n for n, line in enumerate(body) if line in AFTER_BODY), len(body))
    ends = min(ends, next((n for n, x in enumerate(body) if x.startswith("Load-Date:")), ends))
    head = [line for line in lines[:begins] if line]
    dated = next((n for n, line in enumerate(head) if date_on(line)), None)
    fields = _new_fields(head[dated or 0 :], body[ends:])
    return Document(
        text=require_parts(
            "\n\n".join(paragraphs(body[:ends])), date=(dated is not None and "found") or None
        ),
        title=_title_before(head, dated),
        byline=fields.get("Byline"),
        published=date_on(head[dated]) if dated is not None else None,
        publisher=head[dated - 1] if dated else None,
        language=fields.get("Language"),
        url=_web_address(fields.get("Url")),
    )


def _new_fields(*parts: Sequence[str]) -> dict[str, str]:
    fields: dict[str, str] = {}
    for line in (line for part in parts for line in part):
        if match := NEW_FIELD.fullmatch(line):
            fields.setdefault(match[1], match[2])
    return fields


def _title_before(head: Sequence[str], dated: int | None) -> str | None:
    """Return the line before the publisher's, which is that before the date's.

    What comes earlier is the cover of the whole export.
    """
    return head[dated - 2] if dated is not None and dated > 1 else None
