"""E-mail: one message (.eml) or a mailbox of them (mbox)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import parseaddr, parsedate_to_datetime
from io import BytesIO
from typing import IO

from onrecord.errors import ReadError
from onrecord.reading.articles import Details, make_article
from onrecord.reading.sources.headers import beginning_headers
from onrecord.reading.sources.markup import shown_text
from onrecord.reading.sources.pages import text_of
from onrecord.reading.sources.source import LARGEST_WHOLE, Found, Input, Options, Source
from onrecord.records import Failure

EML_SUFFIXES = frozenset({".eml"})
MBOX_SUFFIXES = frozenset({".mbox"})
# Headers that only a message has; a memo that begins with "From:" and "Date:" has none of them.
MAIL_ONLY = frozenset({"message-id", "mime-version", "received", "return-path", "delivered-to"})
MBOX_START = re.compile(rb"From \S+ .*\d\d:\d\d.*\r?\n[A-Za-z-]+:")
SEPARATOR = re.compile(rb"From \S+ .*\d\d:\d\d")
QUOTED_FROM = re.compile(rb"^>(>*From )", re.MULTILINE)


def is_message(found: Input, options: Options) -> bool:
    """Whether an input is an e-mail message."""
    headers = beginning_headers(found.beginning(options)).keys()
    is_mail = "from" in headers and not MAIL_ONLY.isdisjoint(headers)
    return (found.suffix in EML_SUFFIXES and bool(found.head)) or is_mail


def read_message(found: Input, _options: Options) -> Iterator[Found]:
    """Yield the article in a message, and its attachments as inputs."""
    yield from _message(found.whole(), found, found.known)


def is_mailbox(found: Input, _options: Options) -> bool:
    """Whether an input is a mailbox."""
    named = found.suffix in MBOX_SUFFIXES and bool(found.head)
    return named or MBOX_START.match(found.head) is not None


def read_mailbox(found: Input, _options: Options) -> Iterator[Found]:
    """Yield the article of each message in a mailbox, or the failure of one that holds none."""
    if not found.head.startswith(b"From "):
        raise ReadError("It is no mailbox: its first line does not begin with 'From '.")
    for number, data in enumerate(_messages(found.stream), start=1):
        part = replace(found, name=f"{found.name}, message {number}", is_part=True)
        try:
            yield from _message(data, part, replace(found.known, alone=False))
        except ReadError as error:
            yield Failure(source=part.name, reason=str(error), error=type(error).__name__)


def _messages(stream: IO[bytes]) -> Iterator[bytes]:
    """Yield the messages of a mailbox, one in memory at a time."""
    lines: list[bytes] = []
    size, blank = 0, True
    while line := stream.readline(LARGEST_WHOLE):
        if blank and SEPARATOR.match(line):
            if lines:
                yield QUOTED_FROM.sub(rb"\1", b"".join(lines))
            lines, size = [], 0
        else:
            lines.append(line)
            size += len(line)
        if size > LARGEST_WHOLE:
            raise ReadError(f"A message in it is larger than {LARGEST_WHOLE // 1_000_000} MB.")
        blank = not line.strip()
    if lines:
        yield QUOTED_FROM.sub(rb"\1", b"".join(lines))


def _message(data: bytes, found: Input, known: Details) -> Iterator[Found]:
    message = message_from_bytes(data, policy=policy.default)
    if "from" not in message and "subject" not in message:
        raise ReadError("It has no headers of a message (From, Subject): export it again.")
    details = _details(message, known)
    attachments = [part for part in message.iter_attachments() if part.get_filename()]
    body = message.get_body(("plain", "html"))
    text = _body_text(body)
    if text.strip() or not attachments:
        yield make_article(text, details)
    for part in attachments:
        content = part.get_payload(decode=True)
        if isinstance(content, bytes):
            inside = replace(known, publisher=details.publisher, stated=details.stated)
            yield found.part(BytesIO(content), str(part.get_filename()), inside)


def _body_text(body: object) -> str:
    if not isinstance(body, EmailMessage):
        return ""
    text = text_of(body)
    return shown_text(text) if body.get_content_type() == "text/html" else text


def _details(message: EmailMessage, known: Details) -> Details:
    """Return what the headers of a message say of an article."""
    name, address = parseaddr(_header(message, "From"))
    return replace(
        known,
        title=_header(message, "Subject") or None,
        byline=name or address or None,
        stated=_date(_header(message, "Date")) or known.stated,
        local_id=_header(message, "Message-ID").strip() or None,
    )


def _header(message: EmailMessage, name: str) -> str:
    """Return a header of a message, empty where it is missing or broken."""
    try:
        return str(message.get(name, ""))
    except (AttributeError, IndexError, TypeError, ValueError):  # what email's parser stumbles over
        return ""


def _date(value: str) -> str | None:
    try:
        return parsedate_to_datetime(value).date().isoformat()
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


MESSAGE = Source(
    name="e-mail", suffixes=EML_SUFFIXES, recognises=is_message, read=read_message, is_many=False
)
MAILBOX = Source(name="mailbox", suffixes=MBOX_SUFFIXES, recognises=is_mailbox, read=read_mailbox)
