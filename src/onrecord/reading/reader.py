"""Reading whatever a user names: the kind of each input is told by what it holds."""

from __future__ import annotations

import os
import zlib
from collections.abc import Collection, Iterator
from dataclasses import replace
from gzip import BadGzipFile
from io import BytesIO
from pathlib import Path, PurePath

from onrecord.errors import NotReadError, ReadError
from onrecord.reading.articles import Details, require_date, require_url
from onrecord.reading.decoding import require_encoding
from onrecord.reading.fields import DEFAULT_FIELDS, FieldNames
from onrecord.reading.inputs import STANDARD_INPUT, files_in, open_input, os_failure, shown
from onrecord.reading.jsonlines import cause_name
from onrecord.reading.remote import files_under, is_remote, open_remote
from onrecord.reading.sources import (
    SUFFIXES,
    Input,
    Options,
    looked_at,
    passed_over,
    require_no_url,
    source_of,
    suffix_of,
)
from onrecord.reading.sources.links import fetched_pages, is_web_address
from onrecord.reading.web import Fetching
from onrecord.reading.written import date_in_name, require_format
from onrecord.records import Article, Failure

DEEPEST = 8  # inputs inside one another, each unpacking or conversion counted


def read(
    path: str | Path,
    *,
    published: str | None = None,
    publisher: str | None = None,
    url: str | None = None,
    fields: FieldNames = DEFAULT_FIELDS,
    encoding: str | None = None,
    published_from_name: str | None = None,
    fetching: Fetching | None = None,
    is_part: bool = False,
) -> Iterator[Article | Failure]:
    """Return the articles of a file, a folder, a URL or standard input ("-").

    What each file is, is told by what it holds and its name: `onrecord.reading.sources` lists the
    kinds. Articles come one at a time, in order; what gives none is a failure in its place, whose
    `outcome` says whether it failed, was passed over or has not changed.

    Args:
        path: A file, a folder, "-", or a URL: of the web, or any that fsspec opens ("s3://…"),
            which may be that of a folder or a pattern ("s3://news/2022/*.warc.gz").
        published: The date of publication, ISO 8601; it outranks any other.
        publisher: The publisher; it outranks any other.
        url: Where the article was published. Inputs that hold several cannot share one.
        fields: What the fields of JSON lines and the columns of tables are called.
        encoding: The encoding of the files; by default told from each file.
        published_from_name: The strptime format of the dates in the names of files ("%Y%m%d");
            a date found there counts as given.
        fetching: How pages are fetched; by default politely, and no links of feeds.
        is_part: Whether it is one of `files_of`, which is passed over where it holds no articles.

    Raises:
        ReadError: An option is malformed.
    """
    for form in filter(None, (fields.published_format, published_from_name)):
        require_format(form)
    where = require_url(url) if url is not None else None
    options = Options(
        fields=fields,
        encoding=require_encoding(encoding) if encoding is not None else None,
        url=where,
        suffixes=SUFFIXES,
        fetching=fetching or Fetching(),
        published_from_name=published_from_name,
    )
    day = require_date(published) if published is not None else None
    known = Details(given=day, publisher=publisher, url=where)
    how = (known, options)
    return _read_one(str(path), *how, is_part=True) if is_part else _read_path(path, *how)


def files_of(path: str | Path) -> Iterator[str | Failure]:
    """Yield the files that a path stands for, in order, or why one of them is not read.

    A folder stands for the files in it, whatever else for itself. Each file can be read apart from
    the others, anywhere, by `read` with `is_part`.
    """
    if is_remote(str(path)):
        yield from _files_of_remote(str(path))
    elif str(path) == STANDARD_INPUT or is_web_address(str(path)) or not os.path.isdir(path):
        yield str(path)
    else:
        for one in _files_of_folder(Path(path), SUFFIXES):
            yield one if isinstance(one, Failure) else str(one)


def _read_path(path: str | Path, known: Details, options: Options) -> Iterator[Article | Failure]:
    if is_remote(str(path)):
        return _read_all(_files_of_remote(str(path)), known, options)
    if str(path) == STANDARD_INPUT or is_web_address(str(path)) or not os.path.isdir(path):
        return _read_one(str(path), known, options)
    path = Path(path)
    if options.url is not None:
        raise ReadError(f"{shown(path)} is a folder: name one file to go with a URL.")
    return _read_all(_files_of_folder(path, options.suffixes), known, options)


def _read_one(
    path: str, known: Details, options: Options, *, is_part: bool = False
) -> Iterator[Article | Failure]:
    """Yield what a path holds that is no folder."""
    if path == STANDARD_INPUT:
        return _read_file(None, known, options)
    if is_web_address(path):
        return _read_url(path, known, options)
    if is_remote(path):
        return _read_remote(path, known, options, is_part=is_part)
    return _read_file(Path(path), known, options, is_part=is_part)


def _read_all(
    paths: Iterator[Path | str | Failure], known: Details, options: Options
) -> Iterator[Article | Failure]:
    for one in paths:
        if isinstance(one, Failure):
            yield one
        else:
            yield from _read_one(str(one), known, options, is_part=True)


def _files_of_remote(url: str) -> Iterator[str | Failure]:
    """Yield the files of a remote folder or pattern, or why there are none; a file's own URL."""
    try:
        found = files_under(url)
    except ReadError as error:
        found = []
        yield Failure(source=url, reason=str(error), error=cause_name(error))
        return
    if found == [url]:
        yield url
        return
    yield from (passed_over(one, PurePath(one).name, _AMONG) or one for one in found)
    if not found:
        reason = "There is no such file or folder: check the URL."
        yield Failure(source=url, reason=reason, error=FileNotFoundError.__name__)


_AMONG = Options(suffixes=SUFFIXES)


def _read_remote(
    url: str, known: Details, options: Options, *, is_part: bool
) -> Iterator[Article | Failure]:
    """Yield what a remote file holds."""
    name = PurePath(url).name
    given = known.given
    if given is None and options.published_from_name is not None:
        given = date_in_name(name, options.published_from_name)
    known = replace(known, given=given, source_path=url)
    try:
        with open_remote(url) as stream:
            found = Input(
                name=url, stream=stream, suffix=suffix_of(name), known=known, is_part=is_part
            )
            yield from _read_input(found, options)
    except OSError as error:
        yield os_failure(url, error)
    except ReadError as error:
        yield Failure(source=url, reason=str(error), error=cause_name(error))


def _read_url(url: str, known: Details, options: Options) -> Iterator[Article | Failure]:
    """Yield what a URL leads to."""
    nowhere = Input(name=url, stream=BytesIO(), known=known)
    try:
        for found in fetched_pages([url], nowhere, options, known=known):
            yield from _read_found(found, options)
    except ReadError as error:
        yield Failure(source=url, reason=str(error), error=cause_name(error))


def _files_of_folder(folder: Path, suffixes: Collection[str]) -> Iterator[Path | Failure]:
    """Yield the files in a folder; a failure for each that is passed over, or when none is read."""
    options = Options(suffixes=frozenset(suffixes))
    read_any = False
    for found in files_in(folder):
        skipped = None
        if isinstance(found, Path):
            skipped = passed_over(shown(found), found.name, options)
        read_any = read_any or skipped is None
        yield skipped or found
    if not read_any:
        reason = "The folder holds no files of a kind that is read: name another, or a file in it."
        yield Failure(source=shown(folder), reason=reason, error=ReadError.__name__)


def _read_file(
    path: Path | None, known: Details, options: Options, *, is_part: bool = False
) -> Iterator[Article | Failure]:
    """Yield what a file holds, or standard input for None."""
    name = shown(path) if path else "standard input"
    try:
        with open_input(path) as stream:
            found = Input(
                name=name,
                stream=stream,
                suffix=suffix_of(path.name) if path else "",
                known=_known_of(path, known, options) if path else known,
                is_part=is_part,
            )
            yield from _read_input(found, options)
    except OSError as error:
        yield os_failure(name, error)


def _known_of(path: Path, known: Details, options: Options) -> Details:
    """Return what is known of whatever a file holds, with the date in its name where asked for."""
    given = known.given
    if given is None and options.published_from_name is not None:
        given = date_in_name(path.name, options.published_from_name)
    return replace(known, given=given, source_path=shown(path.resolve()))


def _read_found(found: Article | Failure | Input, options: Options) -> Iterator[Article | Failure]:
    if isinstance(found, Input):
        yield from _read_input(found, options)
    else:
        yield found


def _read_input(found: Input, options: Options) -> Iterator[Article | Failure]:
    """Yield what an input holds, and a failure where reading it breaks off."""
    try:
        if found.depth > DEEPEST:
            raise ReadError("It is packed too many times over: unpack it.")
        found = looked_at(found)
        source = source_of(found, options)
        if source.is_many:
            require_no_url(options)
        for one in source.read(found, options):
            yield from _read_found(one, options)
    except NotReadError as error:
        yield Failure(
            source=found.name,
            reason=str(error),
            error=cause_name(error),
            outcome="skipped" if found.is_part else "failed",
        )
    except ReadError as error:
        yield Failure(source=found.name, reason=str(error), error=cause_name(error))
    except (BadGzipFile, EOFError, zlib.error) as error:
        reason = f"The gzip file is damaged ({error}): compress or fetch it again."
        yield Failure(source=found.name, reason=reason, error=type(error).__name__)
