"""Sources of articles: one module for each kind of input, and the list of them all.

The first source that recognises an input reads it, so what is told with more certainty stands
first, and plain text, which anything could be, last.
"""

from __future__ import annotations

from onrecord.reading.sources import (
    documents,
    exports,
    feeds,
    jsonlines,
    links,
    mail,
    packed,
    pages,
    plain,
    tables,
    warc,
)
from onrecord.reading.sources.source import (
    Found,
    Input,
    Options,
    Source,
    looked_at,
    passed_over,
    require_no_url,
    suffix_of,
)

SOURCES: tuple[Source, ...] = (
    packed.GZIP,
    documents.DOCX,
    packed.ZIP,
    tables.PARQUET,
    warc.SOURCE,
    documents.RTF,
    pages.MHTML,
    mail.MESSAGE,
    mail.MAILBOX,
    feeds.SOURCE,
    exports.PAGE_EXPORT,
    pages.PAGE,
    jsonlines.SOURCE,
    tables.CSV,
    links.SOURCE,
    exports.TEXT_EXPORT,
    plain.SOURCE,
)
OTHER_NAMES = frozenset({".xml", ".doc"})  # of feeds, and of exports that are RTF
SUFFIXES = OTHER_NAMES.union(*(source.suffixes for source in SOURCES))
"""Suffixes of the files that are read when a folder or an archive is."""


def source_of(found: Input, options: Options) -> Source:
    """Return the source that reads an input."""
    return next(source for source in SOURCES if source.recognises(found, options))


__all__ = [
    "SOURCES",
    "SUFFIXES",
    "Found",
    "Input",
    "Options",
    "Source",
    "looked_at",
    "passed_over",
    "require_no_url",
    "source_of",
    "suffix_of",
]
