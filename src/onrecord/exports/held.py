"""Records in the files of an export that lost nothing: brat's folders and INCEpTION's."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from onrecord.errors import ExportError
from onrecord.exports import brat, inception
from onrecord.exports.references import sha256_of
from onrecord.records import Record

_RECORD = ".record.json"


def read_folder(path: Path) -> Iterator[Record]:
    """Yield the records in a folder, by the names of its files, as their marks have them now.

    The files of an article have one name: `ID.record.json` beside `ID.txt` and `ID.ann` (brat) or
    `ID.json` (INCEpTION).

    Raises:
        ExportError: There are none, a file is missing or none of those tools', a text has changed.
    """
    held = sorted(path.glob(f"*{_RECORD}"))
    if not held:
        raise ExportError(
            f"{path} has no file whose name ends in {_RECORD}: name a folder that "
            f"`onrecord export --form brat` or `--form inception` gave"
        )
    for record in held:
        yield _read(record)


def _read(record: Path) -> Record:
    stem = record.with_name(record.name.removesuffix(_RECORD))
    cas, text, marks = (
        stem.with_name(f"{stem.name}{suffix}")
        for suffix in (inception.CAS, brat.TEXT, brat.ANNOTATIONS)
    )
    try:
        beside = _content(record)
        if cas.exists():
            found = inception.record_of(_content(cas), beside)
        else:
            found = brat.record_of(_content(text), _content(marks), beside)
    except (OSError, ValueError) as error:
        raise ExportError(f"{stem}: {error}; export the article again") from error
    if sha256_of(found.article.text) != found.article.sha256:
        raise ExportError(
            f"{stem}: its text is not the one that was exported; if it was exported without its "
            f"text, put that back with `onrecord rejoin`, else export the article again"
        )
    return found


def _content(path: Path) -> str:
    with path.open(encoding="utf8", newline="") as stream:
        return stream.read()
