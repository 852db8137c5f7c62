"""Corrected statements as PolNeAR marks attributions: brat's stand-off form, one file a text.

References:
    Newell, Margolin and Ruths (2018), "An Attribution Relations Corpus for Political News":
    https://aclanthology.org/L18-1524/
"""

from __future__ import annotations

from collections.abc import Iterator

from onrecord.records import Record, Spans, Statement

_EVENT = "Attribution"


def polnear_form(record: Record) -> str:
    """Return the statements of a record that no other contains, as lines of an `.ann` file.

    Offsets count into the article's text.
    """
    told = (row for row in record.statements if row.parent_id is None and row.content)
    lines: list[str] = []
    marks = 0
    for number, row in enumerate(told, start=1):
        parts = list(_parts(row))
        keys = [f"T{marks + at}" for at in range(1, len(parts) + 1)]
        marks += len(parts)
        lines += [
            f"{key}\t{label} {_offsets(spans)}\t{_words(record, spans)}"
            for key, (label, spans) in zip(keys, parts, strict=True)
        ]
        named = zip(keys, parts, strict=True)
        arguments = " ".join(f"{label}:{key}" for key, (label, _) in named)
        lines.append(f"E{number}\t{arguments}")
    return "".join(f"{line}\n" for line in lines)


def _parts(row: Statement) -> Iterator[tuple[str, Spans]]:
    """Yield the marks of a statement, first its trigger: the cue, else what is said."""
    yield _EVENT, row.cue or row.content
    for label, spans in (("Source", row.source), ("Cue", row.cue), ("Content", row.content)):
        if spans:
            yield label, spans


def _offsets(spans: Spans) -> str:
    return ";".join(f"{one.start} {one.end}" for one in spans)


def _words(record: Record, spans: Spans) -> str:
    return " ".join(" ".join(record.article.cut(one).split()) for one in spans)
