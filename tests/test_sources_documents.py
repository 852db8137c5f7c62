"""RTF and Word documents."""

from __future__ import annotations

from pathlib import Path

import docx
import pytest

from onrecord.errors import ReadError
from onrecord.reading import extras, read
from sourcing import SECOND, STORY, articles, the_failure, written

RTF = (
    r"{\rtf1\ansi\ansicpg1252\deff0{\fonttbl{\f0 Times New Roman;}}{\info{\title x}}"
    "\n"
    r"\pard\f0\fs24 \b Quay to open again\b0\par\par The minister said \ldblquote we shall see"
    r"\rdblquote  in the caf\'e9, \u8212?and left.\par\par "
    f"{SECOND}"
    r"\par}"
)


def test_rtf(tmp_path: Path) -> None:
    (article,) = articles(read(written(tmp_path / "a.rtf", RTF)))
    assert "The minister said “we shall see” in the café, —and left." in article.text
    assert article.text.endswith(SECOND)
    assert "rtf" not in article.text
    assert "Times" not in article.text


def test_rtf_is_told_by_its_first_bytes(tmp_path: Path) -> None:
    (article,) = articles(read(written(tmp_path / "a.txt", RTF)))
    assert "\\par" not in article.text


@pytest.mark.parametrize(
    ("content", "word"),
    [(RTF[:-40], "breaks off"), (STORY, "not RTF"), (r"{\rtf1\par}", "no text")],
)
def test_broken_rtf_is_a_failure(tmp_path: Path, content: str, word: str) -> None:
    assert word in the_failure(read(written(tmp_path / "a.rtf", content))).reason


def test_word_document(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph("Quay to open again", style="Title")
    document.add_paragraph(STORY)
    table = document.add_table(rows=1, cols=2)
    table.cell(0, 0).text, table.cell(0, 1).text = "Ferries", "Twelve"
    document.add_paragraph(SECOND)
    document.save(str(tmp_path / "a.docx"))
    (article,) = articles(read(tmp_path / "a.docx"))
    assert article.text == f"Quay to open again\n\n{STORY}\n\nFerries\tTwelve\n\n{SECOND}"


def test_broken_word_document_is_a_failure(tmp_path: Path) -> None:
    docx.Document().save(str(tmp_path / "a.docx"))
    data = (tmp_path / "a.docx").read_bytes()
    assert "damaged" in the_failure(read(written(tmp_path / "b.docx", data[:-100]))).reason
    assert "no Word document" in the_failure(read(written(tmp_path / "c.docx", STORY))).reason
    assert "holds no text" in the_failure(read(tmp_path / "a.docx")).reason


def test_a_missing_library_names_its_extra() -> None:
    with pytest.raises(ReadError, match=r"pip install 'onrecord\[docx\]'"):
        extras.needed("no_such_library", extra="docx", kind="Word documents")
