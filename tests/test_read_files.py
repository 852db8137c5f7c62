"""Files, folders and standard input, and each way in which they can be bad."""

import gzip
import io
import json
import os
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

import pytest

from onrecord.errors import ReadError
from onrecord.reading import read
from onrecord.reading.inputs import os_failure
from onrecord.records import Article, Failure

TEXT = "The minister said “we shall see” on Friday."
LINE = json.dumps({"id": "a1", "text": TEXT}) + "\n"
PAGE = f"<!DOCTYPE html><html><body><article>{f'<p>{TEXT}</p>' * 3}</article></body></html>"


def write(path: Path, data: str | bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return path


def texts(results: Iterable[Article | Failure]) -> list[str]:
    found = list(results)
    assert all(isinstance(result, Article) for result in found), found
    return [result.text for result in found if isinstance(result, Article)]


def failure(results: Iterable[Article | Failure]) -> Failure:
    (found,) = results
    assert isinstance(found, Failure)
    assert found.reason.endswith(".")
    assert ": " in str(found)
    return found


def test_a_text_file(tmp_path: Path) -> None:
    path = write(tmp_path / "talks.txt", f"\ufeff{TEXT}\r\n")
    (article,) = read(str(path), published="2022-03", publisher="P", url="https://example.org/a")
    assert isinstance(article, Article)
    assert article.text == TEXT
    assert (article.published, article.published_from) == ("2022-03", "given")
    assert (article.publisher, article.url) == ("P", "https://example.org/a")
    assert (article.source_path, article.fetched_at) == (str(path.resolve()), None)


def test_reading_again_gives_the_same(tmp_path: Path) -> None:
    path = write(tmp_path / "talks.txt", TEXT)
    assert list(read(path)) == list(read(path))


def test_the_id_of_a_file_is_that_of_its_path(tmp_path: Path) -> None:
    path = write(tmp_path / "talks.txt", TEXT)
    (first,) = read(path)
    write(path, "Another version.")
    (second,) = read(tmp_path / "." / "talks.txt")
    assert isinstance(first, Article)
    assert isinstance(second, Article)
    assert first.article_id == second.article_id


@pytest.mark.parametrize(
    ("name", "data"), [("a.txt", TEXT), ("a.jsonl", LINE), ("a.html", PAGE), ("a", LINE)]
)
def test_gzip_is_told_by_its_first_bytes(tmp_path: Path, name: str, data: str) -> None:
    packed = gzip.compress(data.encode())
    for packed_name in (f"{name}.gz", name):
        (found,) = texts(read(write(tmp_path / packed_name, packed)))
        assert TEXT in found


def test_a_folder_is_read_in_order_with_its_folders(tmp_path: Path) -> None:
    write(tmp_path / "b.txt", "Third.")
    write(tmp_path / "a" / "z.text", "Second.")
    write(tmp_path / "a" / "b" / "c.jsonl", '{"text": "First."}')
    write(tmp_path / "c.txt.gz", gzip.compress(b"Fourth."))
    write(tmp_path / "d.HTM", PAGE)
    write(tmp_path / "e.ndjson", LINE)
    write(tmp_path / "picture.png", b"\x89PNG\r\n\x1a\n")
    write(tmp_path / ".hidden.txt", "Not this.")
    write(tmp_path / ".hidden" / "a.txt", "Nor this.")
    results = list(read(tmp_path))
    skipped = [one for one in results if isinstance(one, Failure)]
    found = texts(one for one in results if isinstance(one, Article))
    assert [(one.outcome, one.source) for one in skipped] == [
        ("skipped", str(tmp_path / "picture.png"))
    ]
    assert found[:4] == ["First.", "Second.", "Third.", "Fourth."]
    assert len(found) == 6


def test_a_bad_file_in_a_folder_does_not_cost_the_others(tmp_path: Path) -> None:
    write(tmp_path / "a.txt", "First.")
    write(tmp_path / "b.txt", "")
    write(tmp_path / "c.txt", "Third.")
    kinds = [type(result) for result in read(tmp_path)]
    assert kinds == [Article, Failure, Article]


def test_a_name_that_is_not_utf_8_is_read(tmp_path: Path) -> None:
    path = os.fsencode(tmp_path) + b"/caf\xe9.txt"
    with open(path, "wb") as stream:
        stream.write(TEXT.encode())
    (article,) = read(tmp_path)
    assert isinstance(article, Article)
    assert article.source_path is not None
    assert article.source_path.endswith("caf\ufffd.txt")


@pytest.mark.parametrize(
    "data",
    [TEXT.encode(), LINE.encode(), PAGE.encode(), gzip.compress(TEXT.encode())],
    ids=["text", "lines", "page", "gzip"],
)
def test_standard_input(monkeypatch: pytest.MonkeyPatch, data: bytes) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))
    (article,) = read("-")
    assert isinstance(article, Article)
    assert TEXT in article.text
    assert article.source_path is None
    assert not sys.stdin.closed


def test_empty_standard_input_is_a_failure(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO()))
    bad = failure(read("-"))
    assert bad.source == "standard input"
    assert "empty" in bad.reason


def test_a_pipe_is_read(tmp_path: Path) -> None:
    path = tmp_path / "pipe"
    os.mkfifo(path)
    with subprocess.Popen(["sh", "-c", 'printf "%s" "$1" > "$2"', "sh", LINE, path]):
        assert texts(read(path)) == [TEXT]


def test_nothing_is_opened_before_it_is_asked_for(tmp_path: Path) -> None:
    path = tmp_path / "talks.txt"
    results = read(path)
    write(path, TEXT)
    assert texts(results) == [TEXT]


def test_a_missing_file_is_a_failure(tmp_path: Path) -> None:
    bad = failure(read(tmp_path / "none.txt"))
    assert bad.source == str(tmp_path / "none.txt")
    assert bad.error == "FileNotFoundError"
    assert "check the path" in bad.reason


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read every file")
def test_a_file_that_may_not_be_read_is_a_failure(tmp_path: Path) -> None:
    path = write(tmp_path / "talks.txt", TEXT)
    path.chmod(0)
    bad = failure(read(path))
    assert bad.error == "PermissionError"
    assert "permissions" in bad.reason


@pytest.mark.skipif(os.geteuid() == 0, reason="root may open every folder")
def test_a_folder_that_may_not_be_opened_is_a_failure(tmp_path: Path) -> None:
    write(tmp_path / "a.txt", TEXT)
    write(tmp_path / "shut" / "b.txt", TEXT)
    (tmp_path / "shut").chmod(0)
    bad, article = read(tmp_path)
    (tmp_path / "shut").chmod(0o700)
    assert isinstance(bad, Failure)
    assert "permissions" in bad.reason
    assert isinstance(article, Article)


def test_the_failure_of_a_file_that_may_not_be_read_says_what_to_do() -> None:
    bad = os_failure("talks.txt", PermissionError(13, "Permission denied", "talks.txt"))
    assert bad.error == "PermissionError"
    assert "change its permissions" in bad.reason


def test_a_link_to_itself_is_a_failure(tmp_path: Path) -> None:
    path = tmp_path / "talks.txt"
    path.symlink_to(path)
    assert "cannot be read" in failure(read(path)).reason


def test_an_empty_file_is_a_failure(tmp_path: Path) -> None:
    assert "It is empty" in failure(read(write(tmp_path / "a.txt", ""))).reason


def test_a_file_of_blank_space_is_a_failure(tmp_path: Path) -> None:
    bad = failure(read(write(tmp_path / "a.txt", " \n\u00a0\u200b\r\n")))
    assert "only blank space" in bad.reason


def test_a_file_of_furniture_is_a_failure(tmp_path: Path) -> None:
    bad = failure(read(write(tmp_path / "a.txt", "Share This:\n\nLeave a Comment\n")))
    assert "page's own lines" in bad.reason


def test_a_pdf_is_a_failure_that_says_so(tmp_path: Path) -> None:
    bad = failure(read(write(tmp_path / "a.txt", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3")))
    assert "It seems to be a PDF" in bad.reason


def test_a_picture_named_like_a_page_is_a_failure(tmp_path: Path) -> None:
    bad = failure(read(write(tmp_path / "a.html", b"\x89PNG\r\n\x1a\n" + bytes(100))))
    assert "It seems to be a PNG image" in bad.reason


def test_a_packed_pdf_is_a_failure_that_says_so(tmp_path: Path) -> None:
    bad = failure(read(write(tmp_path / "a.gz", gzip.compress(b"%PDF-1.7\n"))))
    assert "It seems to be a PDF" in bad.reason


def test_binary_data_are_a_failure(tmp_path: Path) -> None:
    bad = failure(read(write(tmp_path / "a.txt", bytes(range(32)) * 64)))
    assert "binary data" in bad.reason


def test_a_text_with_a_few_nuls_is_a_text(tmp_path: Path) -> None:
    path = write(tmp_path / "a.txt", "He said\0 no,\0 and left.")
    assert texts(read(path)) == ["He said\ufffd no,\ufffd and left."]


def test_truncated_gzip_is_a_failure(tmp_path: Path) -> None:
    packed = gzip.compress(os.urandom(5_000))
    bad = failure(read(write(tmp_path / "a.gz", packed[:2_000])))
    assert bad.error == "EOFError"
    assert "damaged" in bad.reason


def test_truncated_gzip_of_json_lines_gives_its_first_lines(tmp_path: Path) -> None:
    lines = "".join(
        json.dumps({"id": str(n), "text": f"{TEXT} {os.urandom(40).hex()}"}) + "\n"
        for n in range(3_000)
    )
    packed = gzip.compress(lines.encode())
    path = write(tmp_path / "a.jsonl.gz", packed[: len(packed) * 3 // 4])
    *good, last = read(path)
    assert len(good) > 1_000
    assert all(isinstance(result, Article) for result in good)
    assert isinstance(last, Failure)
    assert "damaged" in last.reason


def test_corrupt_gzip_is_a_failure(tmp_path: Path) -> None:
    packed = bytearray(gzip.compress(TEXT.encode() * 100))
    packed[20:40] = bytes(20)
    assert "damaged" in failure(read(write(tmp_path / "a.gz", bytes(packed)))).reason


def test_gzip_with_a_wrong_checksum_is_a_failure(tmp_path: Path) -> None:
    packed = bytearray(gzip.compress(TEXT.encode()))
    packed[-6] ^= 0xFF
    bad = failure(read(write(tmp_path / "a.gz", bytes(packed))))
    assert bad.error == "BadGzipFile"


def test_gzip_of_nothing_is_a_failure(tmp_path: Path) -> None:
    assert "It is empty" in failure(read(write(tmp_path / "a.gz", gzip.compress(b"")))).reason


def test_an_encoding_that_does_not_fit_is_a_failure(tmp_path: Path) -> None:
    bad = failure(read(write(tmp_path / "a.txt", TEXT), encoding="ascii"))
    assert bad.error == "UnicodeDecodeError"
    assert "name its encoding" in bad.reason


def test_bytes_in_no_known_encoding_are_a_failure(tmp_path: Path) -> None:
    noise = bytes(index for index in (n * 73 % 256 for n in range(3_000)) if index > 31)
    bad = failure(read(write(tmp_path / "a.txt", noise)))
    assert "encoding" in bad.reason


def test_an_empty_folder_is_a_failure(tmp_path: Path) -> None:
    bad = failure(read(tmp_path))
    assert bad.source == str(tmp_path)
    assert "no files of a kind that is read" in bad.reason


def test_a_folder_of_other_files_is_a_failure(tmp_path: Path) -> None:
    write(tmp_path / "picture.png", b"\x89PNG\r\n\x1a\n")
    skipped, bad = read(tmp_path)
    assert isinstance(skipped, Failure)
    assert (skipped.outcome, skipped.error) == ("skipped", "NotReadError")
    assert "ends in .png" in skipped.reason
    assert isinstance(bad, Failure)
    assert "no files of a kind that is read" in bad.reason


def test_a_malformed_date_is_refused_at_once(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match="write it as YYYY-MM-DD"):
        read(tmp_path / "none.txt", published="11/03/2022")


def test_a_malformed_url_is_refused_at_once(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match="is not a URL"):
        read(tmp_path / "none.txt", url="https://[example/")


def test_an_unknown_encoding_is_refused_at_once(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match="is not an encoding"):
        read(tmp_path / "none.txt", encoding="klingon")


def test_one_url_for_a_folder_is_refused_at_once(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match="is a folder"):
        read(tmp_path, url="https://example.org/a")
