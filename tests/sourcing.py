"""What the tests of sources share: writing inputs, and looking at what is read from them."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from onrecord.records import Article, Failure

STORY = "The harbour minister, Mari Tamm, said on Friday that the quay would open again."
SECOND = "A spokesman for the ferry line said that no sailing had been cancelled."
PAGE = (
    "<!DOCTYPE html><html lang='en'><head><title>Quay to open again</title></head>"
    f"<body><article><h1>Quay to open again</h1>{f'<p>{STORY} {SECOND}</p>' * 3}</article></body>"
    "</html>"
)


def written(path: Path, content: str | bytes) -> Path:
    """Write a file and return its path."""
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def articles(results: Iterable[Article | Failure]) -> list[Article]:
    """Return the articles read; there must be no failures."""
    found = list(results)
    assert all(isinstance(one, Article) for one in found), found
    return [one for one in found if isinstance(one, Article)]


def failures(results: Iterable[Article | Failure]) -> list[Failure]:
    """Return what gave no article, whose reasons must be sentences."""
    found = [one for one in results if isinstance(one, Failure)]
    assert all(one.reason.endswith((".", ").")) for one in found), found
    return found


def the_failure(results: Iterable[Article | Failure]) -> Failure:
    """Return the only result, which must be a failure."""
    found = list(results)
    assert len(found) == 1, found
    (failure,) = failures(found)
    return failure


def warc_record(kind: str, url: str, block: bytes) -> bytes:
    """A record in a layout that crawlers write."""
    head = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {url}\r\n"
        "WARC-Date: 2022-03-12T09:00:00Z\r\n"
        "WARC-Record-ID: <urn:uuid:4f1b7b0e-0000-4000-8000-000000000001>\r\n"
        f"Content-Type: application/http; msgtype={kind}\r\nContent-Length: {len(block)}\r\n\r\n"
    )
    return head.encode() + block + b"\r\n\r\n"


def warc_response(
    content: bytes, *, kind: str = "text/html; charset=utf-8", status: int = 200
) -> bytes:
    head = f"HTTP/1.1 {status} OK\r\nContent-Type: {kind}\r\nContent-Length: {len(content)}\r\n\r\n"
    return head.encode() + content
