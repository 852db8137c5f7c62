"""A crawl of news as Common Crawl lays it out: files of many hosts' pages, by the time of fetching.

The layout is that of CC-NEWS: `crawl-data/CC-NEWS/2022/03/CC-NEWS-20220311090000-00001.warc.gz`,
every record a gzip member of its own, a `warcinfo` first, then a request and a response for each
page, with pages in any language and what is no page among them.
"""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from datasets import made
from onrecord.places import Folder, rows_of
from onrecord.store import Filters, open_store
from onrecord.store.manifest import Manifest
from sourcing import warc_record, warc_response

STORY = (
    "<p>The harbour minister, Mari Tamm, said on Friday that the quay would open again.</p>"
    "<p>“We will not wait for the winter,” she told reporters in Tallinn. A spokesman for the "
    "ferry line said that no sailing had been cancelled and that 1,200 people had crossed.</p>"
    "<p>Estonia and Finland agreed in March to share the cost of the repairs, which officials put "
    "at about 40 million euros. The opposition demanded that the contract be published.</p>"
)
GERMAN = (
    "<p>Der Minister sagte am Freitag, dass der Hafen wieder geöffnet werde, und dankte allen, die "
    "daran gearbeitet hatten. Die Fähren fahren nach seinen Worten ab Montag wieder.</p>"
    "<p>Die Opposition verlangte, dass der Vertrag veröffentlicht wird. Die Kosten sind nicht "
    "bekannt, und auch die Behörden wollten am Abend nichts dazu sagen.</p>"
)


def page(title: str, body: str, language: str = "en") -> bytes:
    furniture = "<nav><a href='/'>Home</a> <a href='/sport'>Sport</a></nav>"
    foot = "<div class='share'>Share This: Facebook</div><footer>All rights reserved</footer>"
    return (
        f"<!DOCTYPE html><html lang='{language}'><head><title>{title}</title>"
        f"<meta charset='utf-8'></head><body>{furniture}<article><h1>{title}</h1>{body}</article>"
        f"{foot}</body></html>"
    ).encode()


def fetched(url: str, response: bytes) -> list[bytes]:
    return [
        warc_record("request", url, b"GET / HTTP/1.1\r\nUser-Agent: CCBot\r\n\r\n"),
        warc_record("response", url, response),
    ]


@pytest.fixture(scope="module")
def crawl(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("crawl") / "crawl-data" / "CC-NEWS" / "2022" / "03"
    folder.mkdir(parents=True)
    info = warc_record("warcinfo", "", b"software: a crawler of our own\r\nformat: WARC File\r\n")
    first = [
        info,
        *fetched("https://post.example/quay", warc_response(page("Quay to open", STORY))),
        *fetched("https://post.example/a.png", warc_response(b"\x89PNG", kind="image/png")),
        *fetched("https://zeitung.example/hafen", warc_response(page("Hafen", GERMAN, "de"))),
    ]
    second = [
        info,
        *fetched("https://herald.example/quay", warc_response(page("The quay opens", STORY))),
        *fetched("https://post.example/gone", warc_response(b"Gone", status=404)),
        *fetched("https://post.example/quay", warc_response(page("Quay to open", STORY))),
    ]
    for number, records in enumerate((first, second)):
        name = f"CC-NEWS-202203{11 + number}090000-{number:05}.warc.gz"
        (folder / name).write_bytes(b"".join(map(gzip.compress, records)))
    return folder.parents[3]


@pytest.fixture(scope="module")
def month(crawl: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Manifest, Path]:
    folder = tmp_path_factory.mktemp("month") / "out"
    return made(folder, crawl / "crawl-data" / "CC-NEWS" / "2022" / "03"), folder


def test_a_month_is_read_with_what_is_left_out_counted(month: tuple[Manifest, Path]) -> None:
    said, _ = month
    assert said.counts["articles"] == 2
    assert said.counts["unchanged"] == 1  # fetched twice
    assert said.failures == {
        "skipped": {
            "It is image/png, not a page.": 1,
            "It is not in English (de): --language any reads it.": 1,
            "The server answered 404, not with a page.": 1,
        }
    }


def test_its_pages_lose_their_furniture_and_keep_where_they_were(
    month: tuple[Manifest, Path],
) -> None:
    place = Folder(str(month[1]))
    rows = list(rows_of(place.read_table(place.tables("articles"))))
    assert sorted(row["url"] for row in rows) == [
        "https://herald.example/quay",
        "https://post.example/quay",
    ]
    for row in rows:
        assert "The harbour minister, Mari Tamm, said" in row["text"]
        assert not any(word in row["text"] for word in ("Share", "Sport", "rights reserved"))
        assert (row["fetched_at"], row["language"]) == ("2022-03-12T09:00:00Z", "en")


def test_its_copies_are_one_story(month: tuple[Manifest, Path]) -> None:
    with open_store(month[1]) as store:
        (story,) = store.stories()
        assert len(story.printings) == 2
        figures = store.find("figures", Filters(type="money")).to_pylist()
        assert {row["low"] for row in figures} == {40_000_000}
