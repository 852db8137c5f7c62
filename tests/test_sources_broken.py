"""Broken inputs of every kind: each gives articles or failures, and never an error."""

from __future__ import annotations

import gzip
import io
import random
from pathlib import Path

import docx
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from onrecord.reading import read
from sourcing import PAGE, STORY, failures, written
from test_sources_documents import RTF
from test_sources_exports import NEW_NEXIS, OLD_NEXIS, ORDERED_FACTIVA, as_rtf, coded_page
from test_sources_feeds import ATOM, RSS
from test_sources_mail import message, mhtml
from test_sources_packed import zipped
from test_sources_warc import PAGES

MUTATIONS = 25  # of each kind


def word_document() -> bytes:
    document, content = docx.Document(), io.BytesIO()
    for line in NEW_NEXIS.splitlines():
        document.add_paragraph(line)
    document.save(content)
    return content.getvalue()


def parquet() -> bytes:
    content = io.BytesIO()
    pq.write_table(pa.table({"text": [STORY] * 200, "date": ["2022"] * 200}), content)
    return content.getvalue()


WHOLE = {
    "a.atom": ATOM.encode(),
    "a.csv": b'id,text\n1,"a b c"\n2,"d e"\n' * 20,
    "a.docx": word_document(),
    "a.eml": message().as_bytes(),
    "a.html": coded_page().encode(),
    "a.jsonl": b'{"text": "a b"}\n' * 5,
    "a.mbox": b"From a@b.example Fri Mar 11 09:30:00 2022\n" + message().as_bytes(),
    "a.mhtml": mhtml(PAGE).encode(),
    "a.parquet": parquet(),
    "a.rss": RSS.encode(),
    "a.rtf": RTF.encode(),
    "a.txt": ORDERED_FACTIVA.encode(),
    "a.warc": b"".join(PAGES),
    "a.warc.gz": b"".join(map(gzip.compress, PAGES)),
    "a.zip": zipped({"a.txt": b"x " * 100, "b.csv": b"title,text\na,b\n"}),
    "b.rtf": as_rtf(OLD_NEXIS).encode(),
    "b.txt": NEW_NEXIS.encode(),
}


def mutated(data: bytes, chance: random.Random) -> bytes:
    """Data cut off, with bytes changed, taken out or doubled, or gone over into another kind."""
    broken = bytearray(data)
    at = chance.randrange(len(broken))
    match chance.randrange(5):
        case 0:
            del broken[at:]
        case 1:
            for _ in range(chance.randrange(1, 20)):
                broken[chance.randrange(len(broken))] = chance.randrange(256)
        case 2:
            del broken[at : at + chance.randrange(1, 200)]
        case 3:
            broken[at:at] = broken[chance.randrange(len(broken)) :][:200]
        case _:
            other = chance.choice(list(WHOLE.values()))
            broken[at:] = other[chance.randrange(len(other)) :]
    return bytes(broken)


@pytest.mark.parametrize("name", WHOLE)
def test_a_broken_input_is_no_error(tmp_path: Path, name: str) -> None:
    chance = random.Random(name)
    for _ in range(MUTATIONS):
        failures(read(written(tmp_path / name, mutated(WHOLE[name], chance))))


def test_headers_of_mail_that_the_standard_library_stumbles_over(tmp_path: Path) -> None:
    text = f"From: a: <\r\nMessage-ID: <\r\nSubject: x\r\nDate: Fri, 99\r\n\r\n{STORY}"
    (article,) = read(written(tmp_path / "a.eml", text))
    assert getattr(article, "text", None) == STORY
