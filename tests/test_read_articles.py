"""Articles from texts: their ids, dates and what is known of them."""

import hashlib

import pytest

from onrecord.errors import ReadError
from onrecord.reading import article_from_text
from onrecord.reading.articles import Details, make_article
from onrecord.records import Span

TEXT = "The minister said “we shall see” on Friday."
URL = "https://example.org/world/talks"


def test_the_article_of_a_text() -> None:
    article = article_from_text(
        f"\ufeff{TEXT}\r\n\r\nShare This:\r\n",
        title="Talks  begin\n",
        published="2022-03-11T09:05:00Z",
        url="https://Example.org/world/talks?utm_source=x",
        publisher="The Example",
    )
    assert article.text == TEXT
    assert article.sha256 == hashlib.sha256(TEXT.encode()).hexdigest()
    assert (article.title, article.publisher, article.url) == ("Talks begin", "The Example", URL)
    assert (article.published, article.published_from) == ("2022-03-11", "given")
    assert article.input_span(Span(0, 3)) == Span(1, 4)
    assert (article.version, article.fetched_at, article.source_path) == (1, None, None)


def test_nothing_known_is_none() -> None:
    article = article_from_text(TEXT)
    assert (article.title, article.published, article.published_from) == (None, None, None)
    assert (article.url, article.publisher, article.language) == (None, None, "en")


def test_the_date_of_the_best_witness_is_taken() -> None:
    text = f"Published: 9 March 2022\n\n{TEXT}"
    url = "https://example.org/2022/03/10/talks"
    details = Details(given="2022-03-12", stated="2022-03-11", url=url)
    witnesses = [
        make_article(text, details),
        make_article(text, Details(stated="2022-03-11", url=url)),
        article_from_text(text, url=url),
        article_from_text(text),
    ]
    assert [(article.published, article.published_from) for article in witnesses] == [
        ("2022-03-12", "given"),
        ("2022-03-11", "metadata"),
        ("2022-03-10", "url"),
        ("2022-03-09", "text"),
    ]


@pytest.mark.parametrize("published", ["yesterday", "11/03/2022", "2022-02-30", ""])
def test_a_date_that_is_not_iso_is_refused(published: str) -> None:
    with pytest.raises(ReadError, match="write it as YYYY-MM-DD"):
        article_from_text(TEXT, published=published)


def test_a_malformed_url_is_refused() -> None:
    with pytest.raises(ReadError, match="is not a URL"):
        article_from_text(TEXT, url="https://[example/a")


@pytest.mark.parametrize("text", ["", " \n\u00a0", "Share This:\n\nAdvertisement", "\0\0\u200b"])
def test_a_text_with_nothing_to_read_is_refused(text: str) -> None:
    with pytest.raises(ReadError, match=r"It (is|holds)"):
        article_from_text(text)


def test_the_id_is_that_of_the_url_however_it_was_linked_to() -> None:
    first = article_from_text(TEXT, url=URL)
    other = article_from_text(
        "Another version.", url="https://EXAMPLE.org/world/talks?fbclid=1#top"
    )
    assert first.article_id == other.article_id
    assert len(first.article_id) == 16
    assert int(first.article_id, 16) >= 0


def test_a_front_page_url_does_not_make_two_articles_one() -> None:
    first = article_from_text(TEXT, url="https://example.org/")
    other = article_from_text("Another article.", url="https://example.org/")
    assert first.article_id != other.article_id


def article_id(text: str = TEXT, **known: str) -> str:
    return make_article(text, Details(**known)).article_id  # type: ignore[arg-type]


def test_the_id_comes_from_the_best_that_is_known() -> None:
    by_url = article_id(url=URL, local_id="7", source_path="/a", publisher="P")
    by_id = article_id(local_id="7", source_path="/a", publisher="P")
    by_path = article_id(source_path="/a", publisher="P")
    by_text = article_id(publisher="P")
    assert by_url == article_id("Other.", url=URL)
    assert by_id == article_id("Other.", local_id="7", source_path="/b", publisher="P")
    assert by_path == article_id("Other.", source_path="/a")
    assert by_text == article_id()
    assert len({by_url, by_id, by_path, by_text, article_id("Other.")}) == 5


def test_ids_count_within_a_publisher_or_a_file() -> None:
    assert article_id(local_id="7", publisher="P") != article_id(local_id="7", publisher="Q")
    assert article_id(local_id="7", source_path="/a") != article_id(local_id="7", source_path="/b")


@pytest.mark.parametrize(
    ("stated", "expected"),
    [("en", "en"), ("en-GB", "en"), ("PL_pl", "pl"), ("English", None), ("fil", None), ("", None)],
)
def test_language_is_iso_639_1_or_unknown(stated: str, expected: str | None) -> None:
    assert make_article("Guten Tag!", Details(language=stated)).language == expected


def test_a_title_that_reads_like_furniture_stays() -> None:
    assert article_from_text(TEXT, title="Most read").title == "Most read"
