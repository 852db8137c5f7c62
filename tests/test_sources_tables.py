"""CSV, TSV and Parquet: an article a row."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from onrecord.reading import FieldNames, read
from onrecord.records import Article
from sourcing import SECOND, STORY, articles, failures, the_failure, written

HEADER = "id,headline,author,date,outlet,url,body"


def test_csv_with_customary_names(tmp_path: Path) -> None:
    rows = [
        f'7,"Quay, open",Jo Writer,2022-03-11,The Post,https://post.example/quay,"{STORY}"',
        f'8,Ferries,,2022-03,The Post,,"{SECOND}\n\nA “second” ""paragraph"", he said."',
    ]
    path = written(tmp_path / "news.csv", "\ufeff" + "\r\n".join([HEADER, *rows, ""]))
    first, second = articles(read(path))
    assert (first.title, first.byline, first.publisher) == ("Quay, open", "Jo Writer", "The Post")
    assert (first.published, first.published_from) == ("2022-03-11", "metadata")
    assert (first.text, first.url) == (STORY, "https://post.example/quay")
    assert second.text == f'{SECOND}\n\nA “second” "paragraph", he said.'
    assert (second.byline, second.url, second.published) == (None, None, "2022-03")
    assert first.article_id != second.article_id


@pytest.mark.parametrize(("name", "delimiter"), [("a.tsv", "\t"), ("a.csv", ";"), ("a", ",")])
def test_the_delimiter_is_told(tmp_path: Path, name: str, delimiter: str) -> None:
    rows = [["Title", "Published_At", "Full Text"], ["Quay", "2022-03-11", f'"{STORY}"']]
    path = written(tmp_path / name, "\n".join(delimiter.join(row) for row in rows))
    (article,) = articles(read(path))
    assert (article.title, article.published, article.text) == ("Quay", "2022-03-11", STORY)


def test_columns_that_a_user_names(tmp_path: Path) -> None:
    path = written(tmp_path / "a.csv", f'wording,text,when\n"{STORY}",other,2022-03-11\n')
    names = FieldNames(text="wording", published="when")
    (article,) = articles(read(path, fields=names))
    assert (article.text, article.published) == (STORY, "2022-03-11")


def test_a_table_without_a_known_text_names_its_columns(tmp_path: Path) -> None:
    bad = the_failure(read(written(tmp_path / "a.csv", "year,deaths\n2022,5\n")))
    assert "'year', 'deaths'" in bad.reason
    assert "--text-column" in bad.reason


def test_a_bad_row_costs_no_other(tmp_path: Path) -> None:
    rows = [f'1,"{STORY}"', "2,one,two", "3,", f'4,"{SECOND}"']
    found = list(read(written(tmp_path / "a.csv", "\n".join(["id,text", *rows]))))
    assert [isinstance(one, Article) for one in found] == [True, False, False, True]
    wide, empty = failures(found)
    assert wide.source.endswith("a.csv, row 3")
    assert "3 fields where the header has 2" in wide.reason
    assert "no text in the field 'text'" in empty.reason


def test_a_quotation_mark_that_is_not_closed_is_a_failure(tmp_path: Path) -> None:
    found = list(read(written(tmp_path / "a.csv", f'id,text\n1,"{STORY}\n2,"{SECOND}"\n')))
    assert failures(found)
    assert all("mend" in one.reason for one in failures(found))


def test_a_table_without_rows_is_a_failure(tmp_path: Path) -> None:
    assert "no rows" in the_failure(read(written(tmp_path / "a.csv", "id,text\n"))).reason
    assert "empty" in the_failure(read(written(tmp_path / "b.csv", ""))).reason


def test_csv_in_windows_encoding(tmp_path: Path) -> None:
    path = written(tmp_path / "a.csv", "title,text\nCafé,“Non”, said he\n".encode("cp1252"))
    path.write_bytes(path.read_bytes().replace(b", said", b" said"))
    (article,) = articles(read(path))
    assert (article.title, article.text) == ("Café", "“Non” said he")


def test_an_article_longer_than_the_csv_module_takes_by_default(tmp_path: Path) -> None:
    long = "He said so. " * 20_000
    (article,) = articles(read(written(tmp_path / "a.csv", f"id,text\n1,{long}\n")))
    assert len(article.text) > 200_000


def test_prose_with_commas_is_no_table(tmp_path: Path) -> None:
    text = "Title, text and date were missing, he said.\nThe body, the author and the rest too."
    (article,) = articles(read(written(tmp_path / "a.txt", text)))
    assert article.text == text


def test_parquet(tmp_path: Path) -> None:
    table = pa.table(
        {
            "content": [STORY, SECOND, None],
            "date": [date(2022, 3, 11), None, date(2022, 3, 12)],
            "source": ["The Post", "The Post", "The Post"],
            "embedding": [[0.1], [0.2], [0.3]],
        }
    )
    pq.write_table(table, tmp_path / "a.parquet")
    found = list(read(tmp_path / "a.parquet"))
    first, second = (one for one in found if isinstance(one, Article))
    assert (first.text, first.published, first.publisher) == (STORY, "2022-03-11", "The Post")
    assert (second.text, second.published) == (SECOND, None)
    (bad,) = failures(found)
    assert bad.source.endswith("a.parquet, row 3")


def test_parquet_that_breaks_off_is_a_failure(tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    pq.write_table(pa.table({"text": [STORY] * 1000}), path)
    path.write_bytes(path.read_bytes()[:-20])
    assert "Parquet file is damaged" in the_failure(read(path)).reason


def test_parquet_without_a_known_text(tmp_path: Path) -> None:
    pq.write_table(pa.table({"year": [2022]}), tmp_path / "a.parquet")
    assert "--text-column" in the_failure(read(tmp_path / "a.parquet")).reason


def test_json_lines_take_customary_names_too(tmp_path: Path) -> None:
    row = {"content": STORY, "headline": "Quay", "authors": ["Jo", "Al"], "source": {"id": 1}}
    (article,) = articles(read(written(tmp_path / "a.jsonl", json.dumps(row))))
    assert (article.text, article.title, article.byline) == (STORY, "Quay", "Jo, Al")
    assert article.publisher is None
