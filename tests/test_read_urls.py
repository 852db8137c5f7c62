"""One form for every URL."""

import pytest

from onrecord.reading import canonical_url
from onrecord.reading.urls import names_one_page


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://News.Example.ORG/World/A", "https://news.example.org/World/A"),
        ("HTTPS://example.org/a", "https://example.org/a"),
        ("https://example.org/a#comments", "https://example.org/a"),
        ("https://example.org/a?utm_source=x&UTM_medium=y", "https://example.org/a"),
        ("https://example.org/a?id=7&fbclid=zz&page=2", "https://example.org/a?id=7&page=2"),
        ("https://example.org:443/a", "https://example.org/a"),
        ("http://example.org:8080/a", "http://example.org:8080/a"),
        ("  https://example.org/a\n", "https://example.org/a"),
        ("https://Me@Example.org/a", "https://Me@example.org/a"),
        ("https://example.org/a?q=a%20b", "https://example.org/a?q=a%20b"),
    ],
)
def test_canonical_form(url: str, expected: str) -> None:
    assert canonical_url(url) == expected
    assert canonical_url(expected) == expected


def test_what_is_no_url_is_refused() -> None:
    with pytest.raises(ValueError, match="IPv6"):
        canonical_url("https://[example/a")


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://example.org/a", True),
        ("https://example.org/?p=7", True),
        ("https://example.org/", False),
        ("https://example.org", False),
    ],
)
def test_a_front_page_names_no_article(url: str, expected: bool) -> None:
    assert names_one_page(url) is expected
