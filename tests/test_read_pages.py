"""Web pages: the article out of the markup, and the date that the page states."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from onrecord.errors import ReadError
from onrecord.reading import page_text, read
from onrecord.reading.pages import read_page
from onrecord.records import Article, Failure, Span

PARAGRAPHS = (
    "The foreign minister said on Friday that the talks with the delegation would go on.",
    "“We shall see what they bring to the table,” he told reporters after the cafe\u0301 meeting.",
    "A spokeswoman for the delegation said that nothing had been agreed, and denied the report.",
)
BODY = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)
FOOTER = "<footer><p>© 2019 Example Media. Printed 2018-07-06.</p></footer>"


def page(head: str = "", body: str = BODY, *, lang: str = ' lang="en-GB"') -> str:
    return (
        f"<!DOCTYPE html><html{lang}><head><title>Talks begin</title>{head}</head>"
        f"<body><nav><a href='/'>Home</a></nav><article>{body}</article>{FOOTER}</body></html>"
    )


def article_of(folder: Path, markup: str, *, name: str = "talks.html") -> Article:
    path = folder / name
    path.write_text(markup, encoding="utf-8")
    (result,) = read(path)
    assert isinstance(result, Article), result
    return result


def test_the_article_of_a_page(tmp_path: Path) -> None:
    head = """
        <link rel="canonical" href="https://Example.org/world/talks?utm_source=x">
        <meta property="og:title" content="Talks begin in Geneva">
        <meta property="og:site_name" content="The Example">
        <meta name="author" content="Jo Writer">
        <meta property="article:published_time" content="2022-03-11T23:30:00-05:00">
        <meta property="article:modified_time" content="2022-05-01T10:00:00Z">
    """
    article = article_of(tmp_path, page(head))
    assert "The foreign minister said" in article.text
    assert "café meeting" in article.text
    assert "Example Media" not in article.text
    assert (article.title, article.byline) == ("Talks begin in Geneva", "Jo Writer")
    assert (article.publisher, article.language) == ("The Example", "en")
    assert article.url == "https://example.org/world/talks"
    assert (article.published, article.published_from) == ("2022-03-11", "metadata")


def test_offsets_lead_back_to_the_extractor_s_text(tmp_path: Path) -> None:
    markup = page()
    article = article_of(tmp_path, markup)
    start = article.text.index("café meeting")
    span = article.input_span(Span(start, start + len("café meeting")))
    assert page_text(markup)[span.start : span.end] == "cafe\u0301 meeting"


@pytest.mark.parametrize(
    ("stated", "expected"),
    [
        ('<meta name="date" content="2022-03-11">', "2022-03-11"),
        ('<meta name="date" content="2022-03">', "2022-03"),
        ('<meta name="pubdate" content="Fri, 11 Mar 2022 23:30:00 GMT">', "2022-03-11"),
        ('<meta name="DC.date" content="11.03.2022">', "2022-03-11"),
        (
            '<script type="application/ld+json">{"@type": "NewsArticle", "dateModified":'
            ' "2022-05-01", "datePublished": "2022-03-11T09:00Z"}</script>',
            "2022-03-11",
        ),
        ('<meta name="date" content="soon"><meta name="pubdate" content="2022">', "2022"),
    ],
)
def test_dates_that_metadata_state(stated: str, expected: str) -> None:
    assert read_page(page(stated)).published == expected


@pytest.mark.parametrize(
    "shown",
    [
        '<time datetime="2022-03-11T08:00Z">today</time>',
        "<time>11 March 2022</time>",
        '<p class="article-date">Published 11 March 2022</p>',
        '<span itemprop="datePublished">2022-03-11</span>',
    ],
)
def test_dates_shown_with_the_article(shown: str) -> None:
    aside = '<aside><time datetime="2015-01-02">2 January 2015</time></aside>'
    assert read_page(page(body=shown + BODY + aside)).published == "2022-03-11"


def test_the_only_date_outside_an_article_element_is_its_date() -> None:
    markup = f'<html><body><div><span class="date">11 March 2022</span>{BODY}</div></body></html>'
    assert read_page(markup).published == "2022-03-11"


def test_of_several_dates_outside_an_article_element_none_is_taken() -> None:
    dates = '<i class="date">11 March 2022</i><i class="date">9 March 2021</i>'
    assert read_page(f"<html><body>{dates}{BODY}</body></html>").published is None


@pytest.mark.parametrize(
    ("head", "body"),
    [
        ("", BODY),  # the footer has a year and a date
        ("", f"{BODY}<p>The law of 2014-03-18 says so, and that of 24 February 2022.</p>"),
        ("", f"<h1>What happened on 24 February 2022</h1>{BODY}"),
        ('<meta property="article:modified_time" content="2022-05-01">', BODY),
        ('<meta property="og:image" content="https://example.org/2018/07/08/x.jpg">', BODY),
        ('<meta name="date" content="03/04/2022">', BODY),
        ("", f'<p class="date">Updated 3 May 2022</p>{BODY}'),
    ],
)
def test_dates_of_something_else_are_not_taken(head: str, body: str) -> None:
    assert read_page(page(head, body)).published is None


def test_the_url_gives_the_date_where_metadata_do_not(tmp_path: Path) -> None:
    link = '<link rel="canonical" href="https://example.org/2022/mar/11/talks">'
    article = article_of(tmp_path, page(link))
    assert (article.published, article.published_from) == ("2022-03-11", "url")


def test_a_site_s_front_page_is_not_the_page_s_url() -> None:
    assert read_page(page('<link rel="canonical" href="https://example.org/">')).url is None


def test_options_outrank_the_page(tmp_path: Path) -> None:
    path = tmp_path / "talks.html"
    path.write_text(page('<meta name="date" content="2022-03-11">'), encoding="utf-8")
    options = {"published": "2022-03-10", "publisher": "P", "url": "https://example.org/a"}
    (article,) = read(path, **options)  # type: ignore[arg-type]
    assert isinstance(article, Article)
    assert (article.published, article.published_from) == ("2022-03-10", "given")
    assert (article.publisher, article.url) == ("P", "https://example.org/a")


def test_a_page_without_a_language_has_none() -> None:
    assert read_page(page(lang="")).language is None


@pytest.mark.parametrize("name", ["talks.txt", "talks"])
def test_a_page_is_told_by_its_markup(tmp_path: Path, name: str) -> None:
    assert article_of(tmp_path, f"<!-- saved -->\n{page()}", name=name).title == "Talks begin"


def test_text_in_a_file_named_like_a_page_is_text(tmp_path: Path) -> None:
    assert article_of(tmp_path, "He said 2 < 3 and 5 > 4.").text == "He said 2 < 3 and 5 > 4."


def test_json_in_a_file_named_like_a_page_is_json_lines(tmp_path: Path) -> None:
    assert article_of(tmp_path, '{"text": "He said no."}').text == "He said no."


def test_xhtml_with_a_declared_encoding_is_read(tmp_path: Path) -> None:
    path = tmp_path / "talks.xhtml"
    markup = page('<meta charset="windows-1251">', f"{BODY}<p>Она сказала «нет» в пятницу.</p>")
    markup = markup.replace("cafe\u0301", "cafe")
    path.write_bytes(f'<?xml version="1.0" encoding="windows-1251"?>{markup}'.encode("cp1251"))
    (article,) = read(path)
    assert isinstance(article, Article)
    assert "Она сказала «нет»" in article.text


def test_nul_and_surrogates_in_a_page_do_not_end_it() -> None:
    text = page_text(page(body=f"<p>Before\0 it.</p>{BODY}<p>After\ud800 it.</p>"))
    assert "Before\ufffd it." in text
    assert "After\ufffd it." in text


@pytest.mark.parametrize(
    "markup",
    [
        "<html><body></body></html>",
        "<html><body><script>let a = 1;</script></body></html>",
        "<html></html>",
        f"<html><body>{'<div>' * 5_000}deep",
    ],
    ids=["empty", "script", "nothing", "nested"],
)
def test_a_page_without_an_article_is_a_failure(tmp_path: Path, markup: str) -> None:
    path = tmp_path / "talks.html"
    path.write_text(markup, encoding="utf-8")
    (bad,) = read(path)
    assert isinstance(bad, Failure)
    assert "No article was found" in bad.reason
    with pytest.raises(ReadError, match="No article was found"):
        page_text(markup)


def test_nothing_is_printed_about_a_page_without_an_article(tmp_path: Path) -> None:
    path = tmp_path / "talks.html"
    path.write_text("<html><body></body></html>", encoding="utf-8")
    script = f"from onrecord.reading import read; list(read({str(path)!r}))"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, check=True)
    assert done.stdout + done.stderr == b""


def test_texts_are_read_without_the_libraries_for_pages(tmp_path: Path) -> None:
    path = tmp_path / "talks.txt"
    path.write_text("He said no.", encoding="utf-8")
    script = (
        f"import sys; from onrecord.reading import read; list(read({str(path)!r}));"
        "print(sys.modules.keys() & {'trafilatura', 'htmldate', 'lxml', 'charset_normalizer'})"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, check=True, env=dict(os.environ)
    )
    assert done.stdout.strip() == b"set()"
