"""What a source of articles is: a kind of input, how it is told and how it is read."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from io import BytesIO
from pathlib import PurePath
from typing import IO

from onrecord.errors import NotReadError, ReadError
from onrecord.reading.articles import Details
from onrecord.reading.decoding import decode, mark_encoding
from onrecord.reading.fields import DEFAULT_FIELDS, FieldNames
from onrecord.reading.web import Fetching
from onrecord.records import Article, Failure

HEAD = 65_536  # bytes that tell what an input is
LARGEST_WHOLE = 40_000_000  # bytes of an input that has to be in memory at once


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """What a user says about everything that is read."""

    fields: FieldNames = DEFAULT_FIELDS
    encoding: str | None = None
    fetching: Fetching = field(default_factory=Fetching)
    url: str | None = None  # of the one article that is read
    suffixes: frozenset[str] = frozenset()  # of files among others that are read
    published_from_name: str | None = None  # the format of the dates in the names of files


@dataclass(frozen=True, slots=True, kw_only=True)
class Input:
    """Something to read: a file, or a part of one, open at its start."""

    name: str  # what a failure calls it
    stream: IO[bytes]  # able to go back to its start
    suffix: str = ""  # of its name, in lower case, ".html"
    known: Details = field(default_factory=Details)  # of every article in it
    head: bytes = b""  # its first bytes
    is_part: bool = False  # found in a folder or another input, not named by the user
    depth: int = 0  # how many inputs it is inside of
    encoding: str | None = None  # where it is known, whatever the user says of the whole

    def encoding_of(self, options: Options) -> str | None:
        """Return the encoding that is known or that a byte order mark states, else None."""
        return self.encoding or options.encoding or mark_encoding(self.head)

    def beginning(self, options: Options) -> str:
        """Return its first characters, good enough to find marks in them."""
        encoding = self.encoding_of(options) or "latin-1"
        return self.head.decode(encoding, "ignore").lstrip("\ufeff \t\r\n\f")

    def whole(self) -> bytes:
        """Return all of it.

        Raises:
            ReadError: It is too large to be in memory at once.
        """
        data = self.stream.read(LARGEST_WHOLE + 1)
        if len(data) > LARGEST_WHOLE:
            raise ReadError(
                f"It is too large: one text, page or document may have "
                f"{LARGEST_WHOLE // 1_000_000} MB; cut it up, or give the articles as JSON lines."
            )
        return data

    def text(self, options: Options, *, is_page: bool = False) -> str:
        """Return all of it as text.

        Raises:
            ReadError: It is too large, or its encoding cannot be told.
        """
        return decode(self.whole(), encoding=self.encoding or options.encoding, is_page=is_page)

    def part(self, stream: IO[bytes], name: str, known: Details) -> Input:
        """Return an input that was found inside this one under a name."""
        return Input(
            name=f"{self.name}, {name}",
            stream=stream,
            suffix=suffix_of(name),
            known=known,
            is_part=True,
            depth=self.depth + 1,
        )

    def recast(self, text: str, suffix: str, known: Details) -> Input:
        """Return the same input in another form, as text taken out of it."""
        return replace(
            self,
            stream=BytesIO(text.encode("utf-8", "replace")),
            suffix=suffix,
            known=known,
            depth=self.depth + 1,
            encoding="utf-8",
        )


def looked_at(found: Input) -> Input:
    """Return an input with its first bytes.

    Raises:
        OSError: It cannot be read.
    """
    head = found.stream.read(HEAD)
    found.stream.seek(0)
    return replace(found, head=head)


def suffix_of(name: str) -> str:
    """Return the suffix of a file's name in lower case, that under .gz for a compressed file."""
    return PurePath(name.lower().removesuffix(".gz")).suffix


def passed_over(source: str, name: str, options: Options) -> Failure | None:
    """Return the failure of a file among others that is of no kind that is read; None if it is.

    `source` is what the failure calls it, `name` what the file is called.
    """
    suffix = suffix_of(name)
    if suffix in options.suffixes or name.lower().endswith(".gz"):
        return None
    named = f"whose name ends in {suffix}" if suffix else "whose name has no ending"
    reason = f"A file {named} is not read among others: name it itself if it holds articles."
    return Failure(source=source, reason=reason, error=NotReadError.__name__, outcome="skipped")


def require_no_url(options: Options) -> None:
    """Let an input pass that may hold several articles.

    Raises:
        ReadError: The user gave one URL for it.
    """
    if options.url is not None:
        raise ReadError("A URL is one article's, and this may hold several: leave it out.")


Found = Article | Failure | Input
"""What a source yields: articles, failures, and inputs to be read before it goes on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A kind of input. `read` may raise ReadError; it then has nothing more to yield."""

    name: str
    recognises: Callable[[Input, Options], bool]
    read: Callable[[Input, Options], Iterator[Found]]
    suffixes: frozenset[str] = frozenset()  # of files that are read when a folder is
    is_many: bool = True  # whether it may hold several articles
