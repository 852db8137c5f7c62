"""Dates of publication in fields, in bylines and in the names of files."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from onrecord.errors import ReadError
from onrecord.reading import FieldNames, article_from_text, read
from onrecord.reading.dates import believable, date_in_text
from onrecord.reading.written import date_in_name, require_format, written_date
from onrecord.records import Article, Failure


@pytest.mark.parametrize(
    "value",
    [
        "2021-04-15",
        " 2021-04-15T23:59:59-07:00 ",
        "2021-04-15 06:00:00+0000",
        "Thu, 15 Apr 2021 06:00:00 GMT",
        "Thu, 15 Apr 21 06:00 EST",
        "15 Apr 2021 06:00:00 +0200",
        "Thu Apr 15 06:00:00 +0000 2021",
        "April 15, 2021",
        "Apr. 15, 2021 6:00 AM",
        "Thursday, 15 April 2021",
        "15th April 2021",
        "15-Apr-2021",
        "20210415",
        20210415,
        "20210415T060000Z",
        "20210415060000",
        "2021/04/15",
        "2021/4/15 06:00",
        "2021.04.15",
        "15.04.2021",
        "15/04/2021",
        "04/15/2021",
        1618466400,
        1618466400.5,
        "1618466400",
        1618466400123,
        "1618466400123",
    ],
)
def test_dates_as_people_and_programs_write_them(value: object) -> None:
    assert written_date(value) == "2021-04-15"


@pytest.mark.parametrize(
    "value",
    [
        "03/04/2021",
        "3-4-2021",
        "31/31/2021",
        "yesterday",
        "15 April",
        "Thursday",
        "soon, 2021",
        "20211541",
        "99990101",
        "30 February 2021",
        12,
        "12345678901234567890",
        True,
        None,
        ["2021-04-15"],
        {"date": "2021-04-15"},
        float("nan"),
        "",
    ],
)
def test_what_is_no_date_or_could_be_two(value: object) -> None:
    assert written_date(value) is None


def test_dates_that_are_the_same_either_way_round() -> None:
    assert written_date("04/04/2021") == "2021-04-04"
    assert written_date("2021") == "2021"
    assert written_date("2021-04") == "2021-04"


def lines(folder: Path, *values: object) -> Path:
    path = folder / "a.jsonl"
    rows = ({"id": str(n), "text": "He left.", "published": one} for n, one in enumerate(values))
    path.write_text("".join(f"{json.dumps(row)}\n" for row in rows), "utf8")
    return path


def dates(path: Path, **options: object) -> list[str | None]:
    found = list(read(path, **options))  # type: ignore[arg-type]
    assert all(isinstance(one, Article) for one in found), found
    return [one.published for one in found if isinstance(one, Article)]


def test_json_lines_take_the_dates_people_have(tmp_path: Path) -> None:
    values = ["Thu, 15 Apr 2021 06:00:00 GMT", 20210415, 1618466400, "April 15, 2021"]
    assert dates(lines(tmp_path, *values)) == ["2021-04-15"] * 4


def test_a_date_that_could_be_two_is_named_with_what_decides(tmp_path: Path) -> None:
    path = lines(tmp_path, "03/04/2021")
    (bad,) = read(path)
    assert isinstance(bad, Failure)
    assert "'03/04/2021'" in bad.reason
    assert "--published-format" in bad.reason
    assert dates(path, fields=FieldNames(published_format="%d/%m/%Y")) == ["2021-04-03"]
    assert dates(path, fields=FieldNames(published_format="%m/%d/%Y")) == ["2021-03-04"]
    (worse,) = read(path, fields=FieldNames(published_format="%Y-%m-%d"))
    assert isinstance(worse, Failure)
    assert "'%Y-%m-%d'" in worse.reason


def test_empty_and_unbelievable_dates_in_lines_are_unknown(tmp_path: Path) -> None:
    assert dates(lines(tmp_path, None, "", " ", "1970-01-01", 2**31 - 1)) == [None] * 5


def test_dates_to_come_and_the_first_second_are_none() -> None:
    now = datetime.now(UTC).date()
    assert believable(now.isoformat())
    assert believable("1851-09-18")
    assert believable("2021")
    assert not believable((now + timedelta(days=2)).isoformat())
    assert not believable("1970-01-01")
    assert not believable("0001-01-01")
    url = "https://example.org/2098/05/05/a"
    assert article_from_text("He left.", url=url).published is None
    assert article_from_text("Published 5 May 2098\n\nHe left.").published is None
    assert article_from_text("He left.", published="2098-05-05").published == "2098-05-05"


@pytest.mark.parametrize(
    "line",
    [
        "Published 15 April 2021, updated 17 April 2021",
        "Published: 15 April 2021 | Updated: 17 April 2021 10:15 GMT",
        "First published on 15 Apr 2021 06.00 BST (last updated 17 Apr 2021)",
        "Updated 17 April 2021, first published 15 April 2021",
        "Posted April 15, 2021 6:00 am; modified April 17, 2021",
        "By Max Hale, published 15 April 2021",
        "By Max Hale, 15 April 2021",
        "By Max Hale and Kim Vale | April 15, 2021 6:00 a.m.",
        "by Max Hale in Oldport — 15 April 2021",
    ],
)
def test_bylines_state_the_date(line: str) -> None:
    assert date_in_text(f"Port closed\n{line}\n\nThe port was closed.") == "2021-04-15"


@pytest.mark.parametrize(
    "line",
    [
        "The report, published 15 April 2021, names nobody.",
        "A list was published on 15 April 2021 by the court.",
        "By Max Hale, updated 15 April 2021",
        "Updated 15 April 2021",
        "By the time of 15 April 2021 the port was open.",
        "Minutes of a meeting, 15 April 2021",
    ],
)
def test_sentences_with_dates_do_not(line: str) -> None:
    assert date_in_text(f"{line}\n\nThe port was closed.") is None


@pytest.mark.parametrize(
    ("name", "form", "expected"),
    [
        ("talks_20210415.txt", "%Y%m%d", "2021-04-15"),
        ("20210415-talks.html", "%Y%m%d", "2021-04-15"),
        ("talks 2021-04-15 final.txt", "%Y-%m-%d", "2021-04-15"),
        ("15.04.21_talks.txt", "%d.%m.%y", "2021-04-15"),
        ("talks-15Apr2021.txt", "%d%b%Y", "2021-04-15"),
        ("99999999_20210415.txt", "%Y%m%d", "2021-04-15"),
        ("talks.txt", "%Y%m%d", None),
        ("1202104151.txt", "%Y%m%d", None),
        ("talks_20211541.txt", "%Y%m%d", None),
    ],
)
def test_dates_in_names(name: str, form: str, expected: str | None) -> None:
    assert date_in_name(name, form) == expected


def test_a_folder_s_names_give_its_dates(tmp_path: Path) -> None:
    for day in ("14", "15"):
        (tmp_path / f"port_202104{day}.txt").write_text("Published 1 May 2021\n\nHe left.", "utf8")
    assert dates(tmp_path, published_from_name="%Y%m%d") == ["2021-04-14", "2021-04-15"]
    assert dates(tmp_path, published_from_name="%Y_%m_%d") == ["2021-05-01"] * 2
    given = dates(tmp_path, published_from_name="%Y%m%d", published="2021-04-16")
    assert given == ["2021-04-16"] * 2


@pytest.mark.parametrize("form", ["%Y", "%Y-%d", "%d/%m", "%Q%Y%m%d", "date", "", "%m%d%Y%"])
def test_formats_without_a_day_are_refused(form: str) -> None:
    with pytest.raises(ReadError, match="format of dates"):
        require_format(form)


@pytest.mark.parametrize("form", ["%Y%m%d", "%d/%m/%y", "%B %d, %Y", "%Y%j", "%Y-%m-%d_%H%M"])
def test_formats_with_a_day_are_taken(form: str) -> None:
    assert require_format(form) == form
