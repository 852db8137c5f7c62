"""JSON lines: one object a line, one article an object."""

from __future__ import annotations

import io
from collections.abc import Generator, Iterator
from typing import IO

from onrecord.errors import ReadError
from onrecord.reading.decoding import refuse_binary
from onrecord.reading.jsonlines import is_json_object, read_lines
from onrecord.reading.sources.source import Found, Input, Options, Source

SUFFIXES = frozenset({".jsonl", ".ndjson"})
LONGEST_LINE = 20_000_000  # characters


def is_lines(found: Input, options: Options) -> bool:
    """Whether an input is JSON lines: its name says so, or its first line is an object."""
    if found.suffix in SUFFIXES and found.head:
        return True
    if not found.beginning(options).startswith("{"):
        return False
    lines = text_lines(found.stream, found.encoding_of(options) or "utf-8")
    first = next((line for line in lines if line.strip()), "")
    lines.close()
    found.stream.seek(0)
    return is_json_object(first.lstrip("\ufeff"))


def read_json_lines(found: Input, options: Options) -> Iterator[Found]:
    """Yield the article of each line, or the failure of a line that holds none."""
    if found.encoding_of(options) is None:
        refuse_binary(found.head)
    lines = text_lines(found.stream, found.encoding_of(options) or "utf-8")
    yield from read_lines(lines, source=found.name, fields=options.fields, known=found.known)


def text_lines(stream: IO[bytes], encoding: str) -> Generator[str, None, None]:
    """Yield the lines of a stream, with surrogates for bytes that do not fit the encoding.

    Raises:
        ReadError: The bytes are no text in an encoding such as UTF-16, or a line is endless.
    """
    wrapper = io.TextIOWrapper(stream, encoding, errors="surrogateescape", newline="\n")
    try:
        # Not `yield from`: it would close the wrapper, and the stream, when a reader stops early.
        while line := wrapper.readline(LONGEST_LINE):
            if len(line) == LONGEST_LINE:
                raise ReadError(
                    f"A line of it is longer than {LONGEST_LINE:,} characters: "
                    "write each article on a line of its own."
                )
            yield line
    except UnicodeDecodeError as error:
        raise ReadError(
            f"It is not text in {encoding}: name its encoding, or save it as UTF-8."
        ) from error
    finally:
        wrapper.detach()


SOURCE = Source(name="JSON lines", suffixes=SUFFIXES, recognises=is_lines, read=read_json_lines)
