"""JSON lines: an article a line, a failure a bad line."""

import json
from collections.abc import Iterable
from pathlib import Path

import pytest

from onrecord.reading import FieldNames, read
from onrecord.records import Article, Failure

TEXT = "The minister said “we shall see” on Friday."
GOOD = json.dumps({"id": "a1", "text": TEXT})


def write(folder: Path, *lines: str, name: str = "news.jsonl") -> Path:
    path = folder / name
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def articles(results: Iterable[Article | Failure]) -> list[Article]:
    found = list(results)
    assert all(isinstance(result, Article) for result in found), found
    return [result for result in found if isinstance(result, Article)]


def failure_of(folder: Path, line: str) -> Failure:
    """Read a bad line between two good ones, which must be read, and return its failure."""
    first, bad, last = read(write(folder, GOOD, line, GOOD))
    assert isinstance(first, Article)
    assert isinstance(last, Article)
    assert isinstance(bad, Failure)
    assert bad.source == f"{folder / 'news.jsonl'}, line 2"
    assert bad.reason.endswith(".")
    return bad


def test_all_fields_are_read(tmp_path: Path) -> None:
    row = {
        "id": 7,
        "text": f"{TEXT}\r\n",
        "title": "Talks begin",
        "byline": "Jo Writer",
        "url": "https://example.org/talks#top",
        "published": "2022-03-11T09:00:00Z",
        "publisher": "The Example",
        "language": "en-GB",
    }
    (article,) = articles(read(write(tmp_path, json.dumps(row))))
    assert article.text == TEXT
    assert (article.title, article.byline) == ("Talks begin", "Jo Writer")
    assert (article.url, article.publisher) == ("https://example.org/talks", "The Example")
    assert (article.published, article.published_from) == ("2022-03-11", "metadata")
    assert article.language == "en"
    assert article.source_path == str((tmp_path / "news.jsonl").resolve())


def test_only_the_text_is_needed(tmp_path: Path) -> None:
    row = {"text": TEXT, "title": None, "published": "", "url": None}
    (article,) = articles(read(write(tmp_path, json.dumps(row))))
    assert (article.title, article.published, article.url) == (None, None, None)


def test_fields_may_have_other_names(tmp_path: Path) -> None:
    path = write(tmp_path, json.dumps({"body": TEXT, "date": "2022-03", "headline": "Talks"}))
    names = FieldNames(text="body", published="date", title="headline")
    (article,) = articles(read(path, fields=names))
    assert (article.text, article.published, article.title) == (TEXT, "2022-03", "Talks")


def test_options_outrank_the_line(tmp_path: Path) -> None:
    path = write(tmp_path, json.dumps({"text": TEXT, "published": "2022", "publisher": "P"}))
    (article,) = articles(read(path, published="2021-01-02", publisher="Q"))
    assert (article.published, article.published_from) == ("2021-01-02", "given")
    assert article.publisher == "Q"


def test_lines_without_ids_are_told_apart_by_their_text(tmp_path: Path) -> None:
    rows = [json.dumps({"text": text}) for text in ("One story.", "Another story.", "One story.")]
    first, second, third = articles(read(write(tmp_path, *rows)))
    assert first.article_id == third.article_id != second.article_id


def test_an_escaped_lone_surrogate_can_be_stored(tmp_path: Path) -> None:
    (article,) = articles(read(write(tmp_path, '{"text": "He said \\ud83d no \\u0000."}')))
    assert article.text == "He said \ufffd no \ufffd."


def test_blank_lines_are_passed_over_and_counted(tmp_path: Path) -> None:
    _, bad = read(write(tmp_path, "", GOOD, "  ", "oops"))
    assert isinstance(bad, Failure)
    assert bad.source.endswith("line 4")


def test_the_first_line_tells_json_lines_without_their_suffix(tmp_path: Path) -> None:
    assert len(articles(read(write(tmp_path, "", GOOD, GOOD, name="news.txt")))) == 2


def test_a_line_longer_than_what_is_looked_at_first_is_still_told(tmp_path: Path) -> None:
    long = json.dumps({"text": "He said so. " * 20_000})
    assert len(articles(read(write(tmp_path, long, GOOD, name="news")))) == 2


def test_utf_16_with_its_mark_is_read(tmp_path: Path) -> None:
    path = tmp_path / "news.jsonl"
    path.write_text(f"{GOOD}\n{GOOD}\n", encoding="utf-16")
    assert [article.text for article in articles(read(path))] == [TEXT, TEXT]


def test_a_byte_order_mark_is_no_part_of_the_first_line(tmp_path: Path) -> None:
    path = tmp_path / "news.jsonl"
    path.write_text(GOOD, encoding="utf-8-sig")
    assert len(articles(read(path))) == 1


def test_a_given_encoding_is_used(tmp_path: Path) -> None:
    path = tmp_path / "news.jsonl"
    path.write_text(json.dumps({"text": TEXT}, ensure_ascii=False), encoding="cp1252")
    (article,) = articles(read(path, encoding="cp1252"))
    assert article.text == TEXT


def test_lines_are_read_one_at_a_time(tmp_path: Path) -> None:
    path = write(tmp_path, GOOD)
    with path.open("a", encoding="utf-8") as stream:
        stream.write("not JSON\n" * 200_000)
    results = read(path)
    assert isinstance(next(results), Article)
    results.close()  # type: ignore[attr-defined]


def test_a_line_that_is_not_json_is_a_failure(tmp_path: Path) -> None:
    bad = failure_of(tmp_path, '{"text": "He said')
    assert bad.error == "JSONDecodeError"
    assert "mend the line" in bad.reason


def test_a_line_that_is_not_an_object_is_a_failure(tmp_path: Path) -> None:
    assert "not a JSON object" in failure_of(tmp_path, '["text"]').reason


def test_a_line_without_text_is_a_failure(tmp_path: Path) -> None:
    assert "no text in the field 'text'" in failure_of(tmp_path, '{"id": "a2"}').reason


def test_a_line_with_empty_text_is_a_failure(tmp_path: Path) -> None:
    assert "no text in the field 'text'" in failure_of(tmp_path, '{"text": " "}').reason


def test_a_line_whose_text_is_a_number_is_a_failure(tmp_path: Path) -> None:
    assert "'text' is not text" in failure_of(tmp_path, '{"text": 5}').reason


def test_a_line_of_furniture_is_a_failure(tmp_path: Path) -> None:
    assert "page's own lines" in failure_of(tmp_path, '{"text": "Share This:"}').reason


def test_a_line_with_a_malformed_date_is_a_failure(tmp_path: Path) -> None:
    bad = failure_of(tmp_path, '{"text": "He spoke.", "published": "11/03/2022"}')
    assert "write it as YYYY-MM-DD" in bad.reason


def test_a_line_whose_date_is_no_date_is_a_failure(tmp_path: Path) -> None:
    bad = failure_of(tmp_path, '{"text": "He spoke.", "published": 12}')
    assert "'published' has 12" in bad.reason


def test_a_line_with_a_malformed_url_is_a_failure(tmp_path: Path) -> None:
    bad = failure_of(tmp_path, '{"text": "He spoke.", "url": "https://[example/"}')
    assert "is not a URL" in bad.reason


def test_a_line_nested_too_deeply_is_a_failure(tmp_path: Path) -> None:
    assert "nested too deeply" in failure_of(tmp_path, "[" * 200_000).reason


def test_a_line_with_an_endless_number_is_a_failure(tmp_path: Path) -> None:
    assert failure_of(tmp_path, f'{{"text": "He spoke.", "id": {"1" * 9_000}}}').error


def test_a_line_that_is_not_utf_8_is_a_failure(tmp_path: Path) -> None:
    path = tmp_path / "news.jsonl"
    path.write_bytes(GOOD.encode() + b'\n{"text": "caf\xe9"}\n' + GOOD.encode())
    first, bad, last = read(path)
    assert isinstance(first, Article)
    assert isinstance(last, Article)
    assert isinstance(bad, Failure)
    assert "not UTF-8" in bad.reason


def test_a_file_of_blank_lines_is_a_failure(tmp_path: Path) -> None:
    (bad,) = read(write(tmp_path, "", ""))
    assert isinstance(bad, Failure)
    assert "holds no lines" in bad.reason


def test_one_url_for_many_lines_is_a_failure(tmp_path: Path) -> None:
    (bad,) = read(write(tmp_path, GOOD), url="https://example.org/talks")
    assert isinstance(bad, Failure)
    assert "one article's" in bad.reason


def test_a_json_document_over_several_lines_is_a_failure(tmp_path: Path) -> None:
    (bad,) = read(write(tmp_path, json.dumps({"text": TEXT}, indent=1), name="news.txt"))
    assert isinstance(bad, Failure)
    assert "one JSON document" in bad.reason


@pytest.mark.parametrize("text", ["{curly} beginnings are prose.", "[1] A note, he said."])
def test_prose_that_begins_like_json_is_a_text(tmp_path: Path, text: str) -> None:
    (article,) = articles(read(write(tmp_path, text, name="news.txt")))
    assert article.text == text
