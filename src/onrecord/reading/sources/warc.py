"""WARC: what web archives and crawlers keep. Its pages are read, with the URL each came from."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from typing import Any

from onrecord.errors import ReadError
from onrecord.reading.extras import needed
from onrecord.reading.sources.pages import PAGE_TYPES, server_charset
from onrecord.reading.sources.source import Found, Input, Options, Source
from onrecord.reading.urls import canonical_url
from onrecord.records import Failure

MAGIC = b"WARC/"
SUFFIXES = frozenset({".warc"})
LARGEST_PAGE = 50_000_000  # bytes
FOUND = 200  # the HTTP status of a page that is there


def is_warc(found: Input, _options: Options) -> bool:
    """Whether an input is a web archive, or claims to be by its name."""
    return found.head.startswith(MAGIC) or (found.suffix in SUFFIXES and bool(found.head))


def read_warc(found: Input, _options: Options) -> Iterator[Found]:
    """Yield the pages among the responses as inputs; other responses as passed over."""
    warc = needed("fastwarc.warc", extra="warc", kind="WARC files")
    if not found.head.startswith(MAGIC):
        raise ReadError("Its name ends in .warc, but it is no WARC file: fetch it again.")
    responses = warc.ArchiveIterator(
        found.stream,
        record_types=warc.WarcRecordType.response | warc.WarcRecordType.resource,
        parse_http=True,
        auto_decode="all",
    )
    read_any = False
    try:
        for record in responses:
            read_any = True
            yield _page(record, found)
    except OSError as error:
        raise ReadError(f"The WARC file is damaged ({error}): fetch it again.") from error
    if not read_any:
        raise ReadError("It holds no responses of web servers: give a WARC file that does.")


def _page(record: Any, found: Input) -> Found:  # noqa: ANN401 - fastwarc is an extra
    """Return the page in a record, or why there is none."""
    url = record.headers.get("WARC-Target-URI") or ""
    name = f"{found.name}, {url or record.record_id}"
    if record.http_headers is None and not record.content_length:
        return Failure(source=name, reason="It is cut off: fetch it again.", error="ReadError")
    if reason := _unread(record):
        return Failure(source=name, reason=reason, error="NotReadError", outcome="skipped")
    page = record.reader.read(LARGEST_PAGE + 1)
    if len(page) > LARGEST_PAGE or _is_cut(record, page):
        what = "is cut off" if _is_cut(record, page) else f"is over {LARGEST_PAGE:,} bytes"
        return Failure(source=name, reason=f"The page {what}: fetch it again.", error="ReadError")
    try:
        known = replace(found.known, url=canonical_url(url) or None, alone=False)
    except ValueError:
        known = replace(found.known, alone=False)
    if record.record_date:
        known = replace(known, fetched_at=record.record_date.strftime("%Y-%m-%dT%H:%M:%SZ"))
    charset = record.http_charset if record.http_headers is not None else None
    part = found.part(BytesIO(page), url, known)
    return replace(part, suffix=".html", encoding=server_charset(page, charset))


def _unread(record: Any) -> str | None:  # noqa: ANN401
    """Return why a record's content is not read, None where it is."""
    headers = record.http_headers
    if headers is not None and headers.status_code != FOUND:
        return f"The server answered {headers.status_code}, not with a page."
    kind = record.http_content_type if headers is not None else record.headers.get("Content-Type")
    kind = (kind or "of no stated type").partition(";")[0].strip().lower()
    return None if kind in PAGE_TYPES else f"It is {kind}, not a page."


def _is_cut(record: Any, page: bytes) -> bool:  # noqa: ANN401
    """Whether less of a page is there than its record says, where that can be told."""
    headers = record.http_headers
    recoded = headers is not None and (
        headers.get("Content-Encoding") or headers.get("Transfer-Encoding")
    )
    return not page or (not recoded and len(page) < min(record.content_length, LARGEST_PAGE))


SOURCE = Source(name="WARC", suffixes=SUFFIXES, recognises=is_warc, read=read_warc)
