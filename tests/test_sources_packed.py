"""Zip archives, gzip inside others, and what is passed over."""

from __future__ import annotations

import gzip
import io
import struct
import zipfile
from pathlib import Path

from onrecord.reading import read
from onrecord.records import Article
from sourcing import PAGE, SECOND, STORY, articles, failures, the_failure, written


def zipped(members: dict[str, bytes]) -> bytes:
    packed_members = io.BytesIO()
    with zipfile.ZipFile(packed_members, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return packed_members.getvalue()


def test_the_files_in_an_archive_are_read(tmp_path: Path) -> None:
    inner = zipped({"deep.txt": SECOND.encode()})
    members = {
        "b/page.html": PAGE.encode(),
        "a.txt": STORY.encode(),
        "c.csv.gz": gzip.compress(f'title,text\nQuay,"{STORY} Again."\n'.encode()),
        "d.zip": inner,
        "__MACOSX/._a.txt": b"\0\5\26\7",
        ".hidden.txt": STORY.encode(),
        "picture.jpg": b"\xff\xd8\xff\xe0",
        "e.txt": b"%PDF-1.7",
    }
    path = written(tmp_path / "corpus.zip", zipped(members))
    found = list(read(path))
    texts = [one.text for one in found if isinstance(one, Article)]
    assert texts[0] == STORY
    assert STORY in texts[1]
    assert texts[2:] == [f"{STORY} Again.", SECOND]
    assert {(one.outcome, one.source) for one in failures(found)} == {
        ("skipped", f"{path}, picture.jpg"),
        ("skipped", f"{path}, e.txt"),
    }
    paths = [one.source_path for one in found if isinstance(one, Article)]
    assert paths[0] == f"{path.resolve()}/a.txt"
    assert len({one.article_id for one in found if isinstance(one, Article)}) == 4


def test_an_archive_that_breaks_off_is_a_failure(tmp_path: Path) -> None:
    data = zipped({"a.txt": STORY.encode() * 50})
    bad = the_failure(read(written(tmp_path / "a.zip", data[:-30])))
    assert "zip archive is damaged" in bad.reason


def test_a_damaged_member_is_a_failure(tmp_path: Path) -> None:
    data = bytearray(zipped({"a.txt": STORY.encode() * 50}))
    data[50:60] = bytes(10)
    bad = the_failure(read(written(tmp_path / "a.zip", bytes(data))))
    assert "damaged" in bad.reason


def test_an_encrypted_archive_is_a_failure(tmp_path: Path) -> None:
    data = bytearray(zipped({"a.txt": STORY.encode()}))
    data[data.index(b"PK\x01\x02") + 8] |= 1
    bad = the_failure(read(written(tmp_path / "a.zip", bytes(data))))
    assert "password" in bad.reason


def with_size(data: bytes, size: int) -> bytes:
    """An archive of one member that claims to unpack to some size."""
    forged = bytearray(data)
    struct.pack_into("<I", forged, data.index(b"PK\x01\x02") + 24, size)
    return bytes(forged)


def test_an_archive_that_unpacks_to_gigabytes_is_refused_unread(tmp_path: Path) -> None:
    data = with_size(zipped({"a.txt": bytes(1_000_000)}), 3_000_000_000)
    bad = the_failure(read(written(tmp_path / "a.zip", data)))
    assert "would unpack to 3.0 GB" in bad.reason


def test_an_archive_that_unpacks_to_more_than_it_says_is_a_failure(tmp_path: Path) -> None:
    data = with_size(zipped({"a.txt": bytes(1_000_000)}), 1_000)
    assert "damaged" in the_failure(read(written(tmp_path / "a.zip", data))).reason


def test_archives_inside_one_another_come_to_an_end(tmp_path: Path) -> None:
    data = zipped({"a.txt": STORY.encode()})
    for _ in range(12):
        data = zipped({"a.zip": data})
    assert "packed too many times" in the_failure(read(written(tmp_path / "a.zip", data))).reason


def test_a_workbook_is_named(tmp_path: Path) -> None:
    data = zipped({"[Content_Types].xml": b"<Types/>", "xl/workbook.xml": b"<workbook/>"})
    bad = the_failure(read(written(tmp_path / "a.xlsx", data)))
    assert "an Excel workbook" in bad.reason
    assert bad.outcome == "failed"


def test_xml_that_is_no_feed_is_named(tmp_path: Path) -> None:
    text = f'<?xml version="1.0"?><nitf><body><p>{STORY}</p></body></nitf>'
    assert "It is XML" in the_failure(read(written(tmp_path / "a.xml", text))).reason


def test_a_text_of_an_archive_keeps_its_id(tmp_path: Path) -> None:
    path = written(tmp_path / "a.zip", zipped({"a.txt": STORY.encode()}))
    (first,) = articles(read(path))
    written(path, zipped({"a.txt": SECOND.encode()}))
    (second,) = articles(read(path))
    assert first.article_id == second.article_id
