"""Reading whatever a user names: the kind of each file is told by what it holds."""

from __future__ import annotations

import io
import json
import os
import re
import zlib
from collections.abc import Generator, Iterator
from dataclasses import dataclass
from gzip import BadGzipFile
from pathlib import Path
from typing import IO

from onrecord.errors import ReadError
from onrecord.reading.articles import Details, make_article, require_date, require_url
from onrecord.reading.decoding import decode, mark_encoding, refuse_binary, require_encoding
from onrecord.reading.inputs import (
    LINES_SUFFIXES,
    PAGE_SUFFIXES,
    STANDARD_INPUT,
    open_input,
    os_failure,
    readable_files,
    shown,
    suffix_of,
)
from onrecord.reading.jsonlines import (
    DEFAULT_FIELDS,
    FieldNames,
    cause_name,
    is_json_object,
    read_lines,
)
from onrecord.reading.written import date_in_name, require_format
from onrecord.records import Article, Failure

LARGEST_TEXT = 20_000_000  # bytes of a text or page, and characters of a line, unpacked
HEAD = 65_536  # bytes that tell what a file is
PAGE_START = re.compile(
    r"(?:<\?xml[^>]*\?>\s*|<!--.*?-->\s*)*"
    r"<(?:!doctype\s+html|html|head|body|title|meta|article|main|section|div|h1|p)\b",
    re.IGNORECASE | re.DOTALL,
)
ANY_TAG = re.compile(r"</?[a-z][a-z0-9]*(?:\s[^<>]*)?>", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Options:
    """What a user says about everything that is read."""

    published: str | None
    publisher: str | None
    url: str | None
    fields: FieldNames
    encoding: str | None
    published_from_name: str | None

    def published_of(self, path: Path | None) -> str | None:
        """The date given for what is in a file."""
        if self.published or not self.published_from_name or path is None:
            return self.published
        return date_in_name(path.name, self.published_from_name)


@dataclass(frozen=True, slots=True)
class _Source:
    """Where something is read from."""

    path: Path | None  # None: standard input

    @property
    def name(self) -> str:
        """What a failure calls it."""
        return shown(self.path) if self.path else "standard input"

    @property
    def suffix(self) -> str:
        """The suffix of its name, in lower case."""
        return suffix_of(self.path) if self.path else ""


def read(
    path: str | Path,
    *,
    published: str | None = None,
    publisher: str | None = None,
    url: str | None = None,
    fields: FieldNames = DEFAULT_FIELDS,
    encoding: str | None = None,
    published_from_name: str | None = None,
) -> Iterator[Article | Failure]:
    """Return the articles of a file, of a folder's readable files or of standard input ("-").

    A file is a text, a web page or JSON lines, and may be compressed with gzip. Articles come one
    at a time, in order; what cannot be read is a failure in its place.

    Args:
        path: A file, a folder, or "-".
        published: The date of publication, ISO 8601; it outranks any other.
        publisher: The publisher; it outranks any other.
        url: Where the article was published. A folder or JSON lines cannot share one.
        fields: What the fields of JSON lines are called.
        encoding: The encoding of the files; without it, it is told from each file.
        published_from_name: The strptime format of the dates in the names of files ("%Y%m%d");
            a date found there counts as given.

    Raises:
        ReadError: An option is malformed.
    """
    options = _Options(
        published=require_date(published) if published is not None else None,
        publisher=publisher,
        url=require_url(url) if url is not None else None,
        fields=fields,
        encoding=require_encoding(encoding) if encoding is not None else None,
        published_from_name=(
            require_format(published_from_name) if published_from_name is not None else None
        ),
    )
    if fields.published_format is not None:
        require_format(fields.published_format)
    if str(path) == STANDARD_INPUT:
        return _read_source(_Source(None), options)
    path = Path(path)
    if not os.path.isdir(path):  # Path.is_dir raises where a parent may not be entered
        return _read_source(_Source(path), options)
    if url is not None:
        raise ReadError(f"{shown(path)} is a folder: name one file to go with a URL.")
    return _read_folder(path, options)


def _read_folder(folder: Path, options: _Options) -> Iterator[Article | Failure]:
    found_any = False
    for found in readable_files(folder):
        found_any = True
        if isinstance(found, Failure):
            yield found
        else:
            yield from _read_source(_Source(found), options)
    if not found_any:
        reason = "The folder holds no .txt, .html or .jsonl files: name another, or a file in it."
        yield Failure(source=shown(folder), reason=reason, error=ReadError.__name__)


def _read_source(source: _Source, options: _Options) -> Iterator[Article | Failure]:
    """Yield what a source holds, and a failure where reading it breaks off."""
    try:
        with open_input(source.path) as stream:
            yield from _read_stream(stream, source, options)
    except ReadError as error:
        yield Failure(source=source.name, reason=str(error), error=cause_name(error))
    except (BadGzipFile, EOFError, zlib.error) as error:
        reason = f"The gzip file is damaged ({error}): compress or fetch it again."
        yield Failure(source=source.name, reason=reason, error=type(error).__name__)
    except OSError as error:
        yield os_failure(source.name, error)


def _read_stream(
    stream: IO[bytes], source: _Source, options: _Options
) -> Iterator[Article | Failure]:
    head = stream.read(HEAD)
    stream.seek(0)
    if options.encoding is None:
        refuse_binary(head)
    known = Details(
        given=options.published_of(source.path),
        publisher=options.publisher,
        url=options.url,
        source_path=shown(source.path.resolve()) if source.path else None,
    )
    if head and _is_lines(stream, head, source, options):
        if options.url:
            raise ReadError("A URL is one article's: put each in its line's field for URLs.")
        lines = _text_lines(stream, options.encoding or mark_encoding(head) or "utf-8")
        yield from read_lines(lines, source=source.name, fields=options.fields, known=known)
        return
    is_page = _is_page(head, source, options)
    text = decode(_all_of(stream), encoding=options.encoding, is_page=is_page)
    yield _page_article(text, known) if is_page else _text_article(text, known)


def _all_of(stream: IO[bytes]) -> bytes:
    data = stream.read(LARGEST_TEXT + 1)
    if len(data) > LARGEST_TEXT:
        raise ReadError(
            f"It has more than {LARGEST_TEXT // 1_000_000} megabytes, too many for one article: "
            "cut it into its articles, one a file or one a JSON line."
        )
    return data


def _text_lines(stream: IO[bytes], encoding: str) -> Generator[str, None, None]:
    """Yield the lines of a stream, with surrogates for bytes that do not fit the encoding."""
    wrapper = io.TextIOWrapper(stream, encoding, errors="surrogateescape", newline="\n")
    try:
        # Not `yield from`: it would close the wrapper, and the stream, when a reader stops early.
        while line := wrapper.readline(LARGEST_TEXT):
            if len(line) == LARGEST_TEXT:
                raise ReadError(
                    f"A line has more than {LARGEST_TEXT // 1_000_000} million characters, too "
                    "many for one article: write each article on a line of its own."
                )
            yield line
    except UnicodeDecodeError as error:
        raise ReadError(
            f"It is not text in {encoding}: name its encoding, or save it as UTF-8."
        ) from error
    finally:
        wrapper.detach()


def _beginning(head: bytes, options: _Options) -> str:
    """Return the first characters of a file, good enough to find markup in them."""
    encoding = options.encoding or mark_encoding(head) or "latin-1"
    return head.decode(encoding, "ignore").lstrip("\ufeff \t\r\n\f")


def _is_lines(stream: IO[bytes], head: bytes, source: _Source, options: _Options) -> bool:
    """Whether a stream holds JSON lines: its name says so, or its first line is an object."""
    if source.suffix in LINES_SUFFIXES:
        return True
    if not _beginning(head, options).startswith("{"):
        return False
    lines = _text_lines(stream, options.encoding or mark_encoding(head) or "utf-8")
    first = next((line for line in lines if line.strip()), "")
    lines.close()
    stream.seek(0)
    return is_json_object(first.lstrip("\ufeff"))


def _is_page(head: bytes, source: _Source, options: _Options) -> bool:
    """Whether it is HTML: it begins like a page, or is named like one and has a tag."""
    beginning = _beginning(head, options)
    if PAGE_START.match(beginning):
        return True
    return source.suffix in PAGE_SUFFIXES and ANY_TAG.search(beginning) is not None


def _text_article(text: str, known: Details) -> Article:
    if text.lstrip()[:1] in ("{", "[") and _is_json(text):
        raise ReadError(
            "It is one JSON document: write each article as an object on a line of its own."
        )
    return make_article(text, known)


def _is_json(text: str) -> bool:
    try:
        json.loads(text)
    except (ValueError, RecursionError):
        return False
    return True


def _page_article(markup: str, known: Details) -> Article:
    from onrecord.reading.pages import read_page

    page = read_page(markup)
    details = Details(
        title=page.title,
        byline=page.byline,
        url=known.url or page.url,
        publisher=known.publisher or page.publisher,
        language=page.language,
        given=known.given,
        stated=page.published,
        source_path=known.source_path,
    )
    return make_article(page.text, details)
