"""Web archives."""

from __future__ import annotations

import gzip
from pathlib import Path

from onrecord.reading import read
from onrecord.records import Article
from sourcing import (
    PAGE,
    STORY,
    articles,
    failures,
    the_failure,
    warc_record,
    warc_response,
    written,
)

PAGES = [
    warc_record("request", "https://post.example/quay", b"GET /quay HTTP/1.1\r\n\r\n"),
    warc_record("response", "https://post.example/quay", warc_response(PAGE.encode())),
    warc_record(
        "response", "https://post.example/a.png", warc_response(b"\x89PNG", kind="image/png")
    ),
    warc_record("response", "https://post.example/gone", warc_response(b"Gone", status=404)),
    warc_record(
        "response",
        "https://post.example/two?utm_source=x",
        warc_response(
            PAGE.replace("Quay", "Café").encode("cp1252"), kind="text/html; charset=ISO-8859-1"
        ),
    ),
]


def test_the_pages_of_an_archive_are_read(tmp_path: Path) -> None:
    for name, content in (
        ("a.warc", b"".join(PAGES)),
        ("a.warc.gz", b"".join(map(gzip.compress, PAGES))),
    ):
        found = list(read(written(tmp_path / name, content)))
        first, second = (one for one in found if isinstance(one, Article))
        assert STORY in first.text
        assert (first.url, first.title) == ("https://post.example/quay", "Quay to open again")
        assert (first.fetched_at, first.published) == ("2022-03-12T09:00:00Z", None)
        assert (second.url, second.title) == ("https://post.example/two", "Café to open again")
        assert [(one.outcome, one.reason) for one in failures(found)] == [
            ("skipped", "It is image/png, not a page."),
            ("skipped", "The server answered 404, not with a page."),
        ]


def test_a_page_packed_by_the_server_is_unpacked(tmp_path: Path) -> None:
    packed = gzip.compress(PAGE.encode())
    head = (
        "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip\r\n"
        f"Content-Length: {len(packed)}\r\n\r\n"
    )
    data = warc_record("response", "https://post.example/quay", head.encode() + packed)
    (article,) = articles(read(written(tmp_path / "a.warc", data)))
    assert STORY in article.text


def test_an_archive_that_breaks_off_says_so(tmp_path: Path) -> None:
    data = b"".join(PAGES[:2])
    for name, broken in (("a.warc", data[:-300]), ("b.warc", data + PAGES[4][:150])):
        bad = failures(read(written(tmp_path / name, broken)))
        assert [one.outcome for one in bad] == ["failed"], name
        assert "cut off" in bad[0].reason or "damaged" in bad[0].reason


def test_what_is_no_archive_is_a_failure(tmp_path: Path) -> None:
    assert "no WARC file" in the_failure(read(written(tmp_path / "a.warc", STORY))).reason
    empty = warc_record("warcinfo", "", b"software: crawler\r\n")
    assert "no responses" in the_failure(read(written(tmp_path / "b.warc", empty))).reason
