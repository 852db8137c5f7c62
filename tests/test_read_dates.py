"""Publication dates from what users, URLs and texts state."""

import pytest

from onrecord.reading.dates import date_in_text, date_in_url, iso_date


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("2022", "2022"),
        ("2022-03", "2022-03"),
        ("2022-03-11", "2022-03-11"),
        (" 2022-03-11 ", "2022-03-11"),
        ("2022-03-11T23:30:00-05:00", "2022-03-11"),
        ("2022-03-11T09:05:00.123Z", "2022-03-11"),
        ("2022-03-11 09:05", "2022-03-11"),
        ("2022-02-30", None),
        ("2022-13", None),
        ("0000", None),
        ("11 March 2022", None),
        ("2022-03-11T99:99", None),
        ("20220311", None),
        ("2022-W10-5", None),
        ("", None),
    ],
)
def test_iso_dates(value: str, expected: str | None) -> None:
    assert iso_date(value) == expected


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/2022/03/11/talks", "2022-03-11"),
        ("/world/2022/3/1/talks", "2022-03-01"),
        ("/world/2022/mar/11/talks", "2022-03-11"),
        ("/2022/03/talks", "2022-03"),
        ("/talks-2022-03-11", "2022-03-11"),
        ("/20220311/talks.html", "2022-03-11"),
        ("/2022/13/41/talks", None),
        ("/2022/talks", None),
        ("/article/120220311", None),
        ("/1812/06/24/war", None),
        ("/talks?date=2022-03-11", None),
        ("/world/article-2022-03-115", None),
    ],
)
def test_dates_in_urls(path: str, expected: str | None) -> None:
    assert date_in_url(f"https://example.org{path}") == expected


@pytest.mark.parametrize(
    "line",
    [
        "Published: 11 March 2022",
        "Published 11th March 2022",
        "First published on Fri 11 Mar 2022 09.05 GMT",
        "Posted on March 11, 2022 at 9:05 a.m.",
        "March 11, 2022",
        "Friday, 11 March 2022",
        "Date: 2022-03-11",
        "2022-03-11 09:05",
        "KYIV, March 11, 2022 (Agency) - Talks began on Friday.",
        "KYIV, Ukraine, 11 March 2022 — Talks began on Friday.",
    ],
)
def test_dates_that_texts_state(line: str) -> None:
    assert date_in_text(f"Talks begin\nBy Jo Writer\n\n{line}\n\nTalks began.") == "2022-03-11"


@pytest.mark.parametrize(
    "text",
    [
        "On 11 March 2022 talks began.",
        "Talks began on March 11, 2022",
        "Updated: 11 March 2022",
        "KYIV, March 11 (Agency) - Talks began.",
        "Published: 03/04/2022",
        "31 February 2022",
        "War of 11 March 2022",
        "One.\nTwo.\nThree.\nFour.\nFive.\nSix.\n11 March 2022",
    ],
)
def test_dates_that_are_not_the_text_s_own(text: str) -> None:
    assert date_in_text(text) is None
