"""Exports of LexisNexis and Factiva, in each form they are given in."""

from __future__ import annotations

from pathlib import Path

import docx
import pytest

from onrecord.reading import read
from onrecord.records import Article
from sourcing import PAGE, articles, failures, the_failure, written

OLD_NEXIS = """



Download Request: Selected Items: 1-2
Time Of Request: Friday, March 18, 2022  16:51:31

Terms: (quay and harbour)

                               1 of 2 DOCUMENTS



                               The Harbour Post

                             March 11, 2022 Friday
                             Late Edition - Final

Ministers meet over
the quay

BYLINE: By JO WRITER; Al Stringer contributed reporting from Narva.

SECTION: Section A; Column 0; Foreign Desk; Pg. 1

LENGTH: 27 words

DATELINE: TALLINN


The harbour minister, Mari Tamm, said on Friday that the quay
would open again.

"We shall see," she said. SOURCE: the harbour office.

URL: http://www.post.example

LOAD-DATE: March 12, 2022

LANGUAGE: ENGLISH

GRAPHIC: PHOTO: The quay.

PUBLICATION-TYPE: Newspaper


                     Copyright 2022 The Harbour Post Company
                              All Rights Reserved

                               2 of 2 DOCUMENTS



                              Ferry News (London)

                             12 March 2022 Saturday

HEADLINE: Ferries sail

BYLINE: Ann Other

LENGTH: 9 words

BODY:
No sailing had been cancelled, a spokesman said.

LOAD-DATE: March 12, 2022


                            Copyright 2022 Ferry News
                              All Rights Reserved
"""

NEW_NEXIS = """User Name: Reader
Date and Time: Friday, March 18, 2022 4:51:00 PM CET
Job Number: 123456789
Documents (2)
1. Ministers meet over the quay
Client/Matter: -None-
Search Terms: quay
2. Ferries sail
Client/Matter: -None-


Ministers meet over the quay
The Harbour Post
March 11, 2022 Friday
Late Edition - Final

Copyright 2022 The Harbour Post Company
Section: Section A; Column 0; Foreign Desk; Pg. 1
Length: 27 words
Byline: By Jo Writer
Dateline: TALLINN

Body


The harbour minister, Mari Tamm, said on Friday that the quay would open again.

"We shall see," she said. SOURCE: the harbour office.

Graphic

PHOTO: The quay.

Classification

Language: ENGLISH
Publication-Type: Newspaper
Load-Date: March 12, 2022

End of Document

Ferries sail
Ferry News
12 March 2022 Saturday 10:02 AM GMT

Copyright 2022 Ferry News
Length: 9 words
Byline: Ann Other

Body

No sailing had been cancelled, a spokesman said.

Load-Date: March 12, 2022

End of Document
"""

CODED_FACTIVA = [
    [
        ("SE", "Foreign"),
        ("HD", "Ministers meet over the quay"),
        ("BY", "By Jo Writer"),
        ("WC", "27 words"),
        ("PD", "11 March 2022"),
        ("ET", "10:02"),
        ("SN", "The Harbour Post"),
        ("SC", "HARP"),
        ("LA", "English"),
        ("CY", "Copyright 2022 The Harbour Post"),
        (
            "LP",
            "The harbour minister, Mari Tamm, said on Friday that the quay would open again.",
        ),
        ("TD", '"We shall see," she said. SOURCE: the harbour office.'),
        ("CO", "hrbr : Harbour Ltd"),
        ("NS", "gpol : Politics"),
        ("AN", "Document HARP000020220311ei3b0012x"),
    ],
    [
        ("HD", "Ferries sail"),
        ("WC", "9 words"),
        ("PD", "12 March 2022"),
        ("SN", "Ferry News"),
        ("LA", "English"),
        ("LP", "No sailing had been cancelled, a spokesman said."),
        ("AN", "Document FERN000020220312ei3c0000a"),
    ],
]

ORDERED_FACTIVA = """Foreign
Ministers meet over the quay
By Jo Writer
27 words
11 March 2022
10:02
The Harbour Post
HARP
1
English
Copyright 2022 The Harbour Post

The harbour minister, Mari Tamm, said on Friday that the quay would open again.

"We shall see," she said. SOURCE: the harbour office.

Document HARP000020220311ei3b0012x

Ferries sail
9 words
12 March 2022
Ferry News
FERN
English
(c) 2022 Ferry News

No sailing had been cancelled, a spokesman said.

Document FERN000020220312ei3c0000a

Search Summary
Text: quay
Date: All Dates
"""


def coded_text(separator: str) -> str:
    documents = [
        "\n".join(f"{code}{separator}{value}" for code, value in document)
        for document in CODED_FACTIVA
    ]
    return "\n\n".join(documents)


def coded_page() -> str:
    tables = []
    for document in CODED_FACTIVA:
        rows = "".join(
            f'<tr><td class="index"><b>{code}</b>&nbsp;</td><td><p class="articleParagraph '
            f'enarticleParagraph">{value}</p></td></tr>'
            for code, value in document
        )
        tables.append(f'<div class="article enArticle"><table>{rows}</table></div>')
    return f"<html><head><title>Factiva</title></head><body>{''.join(tables)}</body></html>"


def ordered_page() -> str:
    divs = "".join(f"<div>{line}</div>" for line in ORDERED_FACTIVA.splitlines() if line)
    return f"<html><head><title>Factiva</title></head><body>{divs}</body></html>"


def nexis_page(text: str) -> str:
    paragraphs = "".join(
        f"<p>{'<br>'.join(block.splitlines())}</p>" for block in text.split("\n\n") if block.strip()
    )
    return f"<html><body>{paragraphs}</body></html>"


def as_rtf(text: str) -> str:
    return "{\\rtf1\\ansi " + "\\par\n".join(text.splitlines()) + "}"


def is_the_export(found: list[Article]) -> None:
    """Whether the two documents are there, with their fields and nothing of them in the text."""
    first, second = found
    assert first.title == "Ministers meet over the quay"
    assert first.byline is not None
    assert first.byline.casefold().startswith("jo writer")
    assert (first.publisher, first.published) == ("The Harbour Post", "2022-03-11")
    assert (first.published_from, first.language) == ("metadata", "en")
    assert " ".join(first.text.split()) == (
        "The harbour minister, Mari Tamm, said on Friday that the quay would open again. "
        '"We shall see," she said. SOURCE: the harbour office.'
    )
    assert (second.title, second.published) == ("Ferries sail", "2022-03-12")
    assert second.publisher is not None
    assert second.publisher.startswith("Ferry News")
    assert second.text == "No sailing had been cancelled, a spokesman said."


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("old.txt", OLD_NEXIS),
        ("old.rtf", as_rtf(OLD_NEXIS)),
        ("old.html", nexis_page(OLD_NEXIS)),
        ("new.txt", NEW_NEXIS),
        ("new.rtf", as_rtf(NEW_NEXIS)),
        ("coded.txt", coded_text("   ")),
        ("coded.rtf", as_rtf(coded_text("\\tab "))),
        ("coded-lines.txt", coded_text("\n")),
        ("coded.html", coded_page()),
        ("ordered.txt", ORDERED_FACTIVA),
        ("ordered.html", ordered_page()),
        ("ordered.rtf", as_rtf(ORDERED_FACTIVA)),
    ],
)
def test_an_export_is_parted_into_its_documents(tmp_path: Path, name: str, content: str) -> None:
    is_the_export(articles(read(written(tmp_path / name, content))))


def test_an_export_as_a_word_document(tmp_path: Path) -> None:
    document = docx.Document()
    for line in NEW_NEXIS.splitlines():
        document.add_paragraph(line)
    document.save(str(tmp_path / "new.docx"))
    is_the_export(articles(read(tmp_path / "new.docx")))


def test_ids_of_factiva_tell_its_documents_apart(tmp_path: Path) -> None:
    first = articles(read(written(tmp_path / "a.txt", coded_text("  "))))
    moved = articles(read(written(tmp_path / "b.html", coded_page())))
    assert [one.article_id for one in first] == [one.article_id for one in moved]


def test_what_the_user_says_goes_first(tmp_path: Path) -> None:
    path = written(tmp_path / "a.txt", NEW_NEXIS)
    for article in articles(read(path, publisher="P", published="2020")):
        assert (article.publisher, article.published) == ("P", "2020")


@pytest.mark.parametrize("text", [OLD_NEXIS, NEW_NEXIS], ids=["old", "new"])
def test_a_document_without_its_date_is_a_failure(tmp_path: Path, text: str) -> None:
    found = list(read(written(tmp_path / "a.txt", text.replace("March 11, 2022 Friday\n", "\n"))))
    assert [type(one) for one in found[1:]] == [Article]
    (bad,) = failures(found)
    assert bad.source.endswith("a.txt, document 1")
    assert "date cannot be found" in bad.reason


def test_an_export_that_breaks_off_loses_only_its_last_document(tmp_path: Path) -> None:
    text = coded_text("  ")
    found = list(read(written(tmp_path / "a.txt", text[: text.index("LP  No sailing")])))
    assert isinstance(found[0], Article)
    (bad,) = failures(found)
    assert "text cannot be found" in bad.reason


def test_one_url_for_an_export_is_a_failure(tmp_path: Path) -> None:
    for name, content in (("a.txt", NEW_NEXIS), ("a.html", coded_page())):
        path = written(tmp_path / name, content)
        assert "one article's" in the_failure(read(path, url="https://post.example/a")).reason


def test_a_page_whose_article_has_a_class_is_a_page(tmp_path: Path) -> None:
    page = PAGE.replace("<article>", '<article class="newsArticle">')
    (article,) = articles(read(written(tmp_path / "a.html", page), url="https://post.example/a"))
    assert article.url == "https://post.example/a"


def test_a_story_about_a_body_is_a_text(tmp_path: Path) -> None:
    text = "The inquest opened.\n\nBody\n\nIt was found on Friday, 1 of 3 documents says."
    (article,) = articles(read(written(tmp_path / "a.txt", text)))
    assert article.text == text
