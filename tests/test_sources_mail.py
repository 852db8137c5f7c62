"""E-mail messages, mailboxes and pages saved as MHTML."""

from __future__ import annotations

import quopri
from email.message import EmailMessage
from pathlib import Path

from onrecord.reading import read
from onrecord.records import Article
from sourcing import PAGE, SECOND, STORY, articles, failures, the_failure, written


def message(subject: str = "Quay to open again", text: str = STORY) -> EmailMessage:
    made = EmailMessage()
    made["Return-Path"] = "<press@harbour.example>"
    made["From"] = "Harbour Press Office <press@harbour.example>"
    made["To"] = "desk@post.example"
    made["Subject"] = subject
    made["Date"] = "Fri, 11 Mar 2022 09:30:00 +0200"
    made["Message-ID"] = f"<{len(subject)}.{len(text)}@harbour.example>"
    made.set_content(text)
    return made


def test_a_message(tmp_path: Path) -> None:
    made = message("Quay – “open” again")
    (article,) = articles(read(written(tmp_path / "a.eml", made.as_bytes())))
    assert (article.text, article.title) == (STORY, "Quay – “open” again")
    assert (article.byline, article.published) == ("Harbour Press Office", "2022-03-11")
    (same,) = articles(read(written(tmp_path / "b.txt", made.as_bytes())))
    assert same.text == STORY


def test_a_message_in_html_with_an_attachment(tmp_path: Path) -> None:
    made = message()
    made.set_content(f"<html><body><p>{STORY}</p><br><div>{SECOND}</div></body></html>", "html")
    made.add_attachment(f"{SECOND} Attached.".encode(), "text", "plain", filename="more.txt")
    made.add_attachment(b"%PDF-1.7", "application", "pdf", filename="plan.pdf")
    found = list(read(written(tmp_path / "a.eml", made.as_bytes())))
    body, attached = (one for one in found if isinstance(one, Article))
    assert body.text == f"{STORY}\n\n{SECOND}"
    assert attached.text == f"{SECOND} Attached."
    assert attached.published == "2022-03-11"
    (skipped,) = failures(found)
    assert (skipped.outcome, "a PDF" in skipped.reason) == ("skipped", True)


def test_a_mailbox(tmp_path: Path) -> None:
    box = b"".join(
        b"From press@harbour.example Fri Mar 11 09:30:00 2022\n" + one.as_bytes() + b"\n"
        for one in (
            message(),
            message("Ferries", f"{SECOND}\n\n>From here on, he said."),
            message("x", " "),
        )
    )
    found = list(read(written(tmp_path / "box.mbox", box)))
    first, second = (one for one in found if isinstance(one, Article))
    assert (first.text, first.title) == (STORY, "Quay to open again")
    assert second.text == f"{SECOND}\n\nFrom here on, he said."
    (bad,) = failures(found)
    assert bad.source.endswith("box.mbox, message 3")


def test_what_is_no_message_is_a_failure(tmp_path: Path) -> None:
    assert "no headers" in the_failure(read(written(tmp_path / "a.eml", STORY))).reason
    assert "no mailbox" in the_failure(read(written(tmp_path / "a.mbox", STORY))).reason


def test_a_memo_is_a_text(tmp_path: Path) -> None:
    memo = f"From: the harbour office\nTo: all staff\n\n{STORY}"
    (article,) = articles(read(written(tmp_path / "a.txt", memo)))
    assert article.text == memo


def mhtml(page: str) -> str:
    encoded = quopri.encodestring(page.encode()).decode()
    return (
        "From: <Saved by Blink>\r\nSnapshot-Content-Location: https://post.example/quay\r\n"
        "Subject: Quay to open again\r\nDate: Sat, 12 Mar 2022 10:00:00 -0000\r\n"
        'MIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\ttype="text/html";\r\n'
        '\tboundary="----Part----"\r\n\r\n\r\n------Part----\r\n'
        "Content-Type: text/html\r\nContent-ID: <frame-1@mhtml.blink>\r\n"
        "Content-Transfer-Encoding: quoted-printable\r\n"
        f"Content-Location: https://post.example/quay\r\n\r\n{encoded}\r\n------Part----\r\n"
        "Content-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n"
        "Content-Location: https://post.example/a.png\r\n\r\niVBORw0KGgo=\r\n------Part------\r\n"
    )


def test_a_page_saved_as_mhtml(tmp_path: Path) -> None:
    for name in ("a.mhtml", "a.mht", "a"):
        (article,) = articles(read(written(tmp_path / name, mhtml(PAGE))))
        assert STORY in article.text
        assert "Part" not in article.text
        assert (article.url, article.language) == ("https://post.example/quay", "en")
        assert article.published is None  # the day it was saved is not the day it appeared


def test_mhtml_without_a_page_is_a_failure(tmp_path: Path) -> None:
    text = mhtml(PAGE).replace("text/html\r\n", "image/gif\r\n")
    assert "holds no page" in the_failure(read(written(tmp_path / "a.mhtml", text))).reason
