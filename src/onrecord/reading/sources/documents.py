"""Documents of word processors: RTF and Word's DOCX, whose text is read like any other."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from onrecord.errors import ReadError
from onrecord.reading.extras import needed
from onrecord.reading.sources.packed import ZIP_MAGIC, office_kind, opened_zip
from onrecord.reading.sources.source import Found, Input, Options, Source

RTF_MAGIC = b"{\\rtf"
RTF_SUFFIXES = frozenset({".rtf"})
# What python-docx lets through of a document's packing and of the XML in it.
DAMAGE = (
    *(zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError),
    *(KeyError, ValueError, SyntaxError, AttributeError),
)
DOCX_SUFFIXES = frozenset({".docx"})


def is_rtf(found: Input, _options: Options) -> bool:
    """Whether an input is RTF, or claims to be by its name."""
    return found.head.lstrip().startswith(RTF_MAGIC) or found.suffix in RTF_SUFFIXES


def read_rtf(found: Input, _options: Options) -> Iterator[Found]:
    """Yield the text of an RTF document as an input."""
    from striprtf.striprtf import rtf_to_text

    data = found.whole()
    if not data.lstrip().startswith(RTF_MAGIC):
        raise ReadError("Its name ends in .rtf, but it is not RTF: give it the name of its kind.")
    if not data.rstrip(b"\0 \t\r\n").endswith(b"}"):
        raise ReadError("The RTF document breaks off: save or export it again.")
    try:
        text = str(rtf_to_text(data.decode("latin-1"), errors="replace"))  # type: ignore[no-untyped-call]
    except (LookupError, ValueError, IndexError) as error:
        raise ReadError(f"The RTF document is damaged ({error}): save it again.") from error
    yield _as_text(found, text)


def is_docx(found: Input, _options: Options) -> bool:
    """Whether an input is a Word document, or claims to be by its name."""
    return found.suffix in DOCX_SUFFIXES and bool(found.head)


def read_docx(found: Input, _options: Options) -> Iterator[Found]:
    """Yield the text of a Word document as an input, with a tab between the cells of a table."""
    if not found.head.startswith(ZIP_MAGIC):
        raise ReadError("Its name ends in .docx, but it is no Word document: save it again.")
    with opened_zip(found.stream) as archive:
        if office_kind(archive) != "a Word document":
            raise ReadError("It is no Word document, whatever its name: save it as .docx again.")
    found.stream.seek(0)
    docx = needed("docx", extra="docx", kind="Word documents")
    try:
        document = docx.Document(found.stream)
    except (*DAMAGE, docx.exceptions.PythonDocxError) as error:
        raise ReadError(f"The Word document is damaged ({error}): save it again.") from error
    yield _as_text(found, "\n\n".join(_blocks(document)))


def _blocks(document: Any) -> Iterator[str]:  # noqa: ANN401 - python-docx types little
    """Yield the paragraphs of a document and the rows of its tables, in order."""
    for block in document.iter_inner_content():
        if hasattr(block, "rows"):
            for row in block.rows:
                yield "\t".join(cell.text for cell in row.cells)
        else:
            yield block.text


def _as_text(found: Input, text: str) -> Input:
    if not text.strip():
        raise ReadError("The document holds no text: if it is a picture of one, give the text.")
    return found.recast(text, ".txt", replace(found.known))


RTF = Source(name="RTF", suffixes=RTF_SUFFIXES, recognises=is_rtf, read=read_rtf, is_many=False)
DOCX = Source(
    name="Word document (DOCX)",
    suffixes=DOCX_SUFFIXES,
    recognises=is_docx,
    read=read_docx,
    is_many=False,
)
