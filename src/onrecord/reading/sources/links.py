"""Lists of URLs, and single URLs: the pages they lead to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from onrecord.errors import NotReadError, ReadError
from onrecord.reading.articles import Details
from onrecord.reading.jsonlines import cause_name
from onrecord.reading.sources.pages import PAGE_TYPES, server_charset
from onrecord.reading.sources.source import Found, Input, Options, Source
from onrecord.reading.urls import canonical_url
from onrecord.reading.web import fetching
from onrecord.records import Failure

SUFFIXES = frozenset({".urls"})
UNCHANGED = "The page is as it was when it was last read."


def is_list(found: Input, options: Options) -> bool:
    """Whether an input is a list of URLs: each of its lines is one, a comment (#) or blank."""
    lines = [line.strip() for line in found.beginning(options).splitlines()]
    if len(lines) > 1:
        lines = lines[:-1]  # the last may be cut off
    told = [line for line in lines if line and not line.startswith("#")]
    return bool(told) and all(is_web_address(line) for line in told)


def read_list(found: Input, options: Options) -> Iterator[Found]:
    """Yield what each URL of a list leads to, as an input."""
    lines = (line.strip() for line in found.text(options).splitlines())
    urls = [line for line in lines if line and not line.startswith("#")]
    yield from fetched_pages(urls, found, options, known=found.known)


def is_web_address(text: str) -> bool:
    """Whether a text is one URL of the web."""
    return text.startswith(fetching.WEB_ADDRESSES) and len(text.split()) == 1


def fetched_pages(
    urls: Iterable[str], found: Input, options: Options, *, known: Details
) -> Iterator[Found]:
    """Yield what each URL leads to as an input, or why it could not be had.

    `known` is what is known of all of them.
    """
    for url in urls:
        try:
            fetched = options.fetching.web.fetch(url)
        except NotReadError as error:
            yield Failure(source=url, reason=str(error), error="NotReadError", outcome="skipped")
        except ReadError as error:
            yield Failure(source=url, reason=str(error), error=cause_name(error))
        else:
            yield _page(url, fetched, found, known)


def _page(url: str, fetched: fetching.Fetched | None, found: Input, known: Details) -> Found:
    if fetched is None:
        return Failure(source=url, reason=UNCHANGED, error="Unchanged", outcome="unchanged")
    data = fetched.content.getvalue()
    details = replace(
        known, url=canonical_url(fetched.url), fetched_at=fetched.fetched_at, alone=True
    )
    part = found.part(fetched.content, url, details)
    return replace(
        part,
        name=url,
        suffix=".html" if fetched.media_type in PAGE_TYPES else part.suffix,
        encoding=server_charset(data, fetched.charset),
    )


SOURCE = Source(name="list of URLs", suffixes=SUFFIXES, recognises=is_list, read=read_list)
