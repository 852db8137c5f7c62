"""What takes the most room, as a file keeps it; on a server it stays text, as it is given.

A text is compressed. Spans and grounds, written in words and figures everywhere else, are numbers
of few bytes. What something else than onrecord wrote is taken as it stands.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import JSON, Dialect, LargeBinary, String, Text, TypeDecorator
from sqlalchemy.types import TypeEngine

from onrecord.store.ids import Words

_NOWHERE = (None, None)
_LEVEL = 9  # of zlib: texts are written once
_PART, _PIECE, _TO = "|", ",", "-"
_MORE, _BITS = 0x80, 7  # of a number's byte: whether another follows, and how much it holds
_FIELDS = {field[0]: field for field in ("name", "kind", "country", "sector")}
_RULES = (
    *"phrase noun table name source title pronoun article sentence owner origin voice".split(),
    *("people", "noun beside a name"),
)
"""Rules of grounds, by number; grounds by another one are kept as JSON."""


class _Packed(TypeDecorator[Any]):
    """Something that is bytes in a file, and text on a server."""

    impl = Text
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """Return the type of the column."""
        impl = LargeBinary() if _packs(dialect) else Words.dialect_impl(dialect)
        return dialect.type_descriptor(impl)


class PackedText(_Packed):
    """The text of an article."""

    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> Any:  # noqa: ANN401
        """Return what is kept of a text."""
        return packed_text(value) if value is not None and _packs(dialect) else value

    def process_result_value(self, value: Any, dialect: Dialect) -> str | None:  # noqa: ANN401
        """Return the text that was kept.

        Raises:
            ValueError: Something else than onrecord changed it.
        """
        return _text_of(value) if isinstance(value, bytes) else value


class PackedSpans(_Packed):
    """The spans of a row, as `onrecord.store.spans` writes them."""

    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> Any:  # noqa: ANN401
        """Return what is kept of spans."""
        return packed_spans(value) if value is not None and _packs(dialect) else value

    def process_result_value(self, value: Any, dialect: Dialect) -> str | None:  # noqa: ANN401
        """Return the spans that were kept.

        Raises:
            ValueError: Something else than onrecord changed them.
        """
        return _spans_of(value) if isinstance(value, bytes) else value


class PackedGrounds(TypeDecorator[Any]):
    """The grounds of an actor: lists of a field, a rule, and start and end or None."""

    impl = JSON
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """Return the type of the column."""
        return dialect.type_descriptor(String() if _packs(dialect) else JSON())

    def process_bind_param(self, value: Any, dialect: Dialect) -> Any:  # noqa: ANN401
        """Return what is kept of grounds."""
        return packed_grounds(value) if value is not None and _packs(dialect) else value

    def process_result_value(self, value: Any, dialect: Dialect) -> Any:  # noqa: ANN401
        """Return the grounds that were kept."""
        return _grounds_of(value) if isinstance(value, str) else value


def _packs(dialect: Dialect) -> bool:
    return dialect.name == "sqlite"


def packed_text(text: str) -> bytes:
    """Return a text compressed."""
    return zlib.compress(text.encode(), _LEVEL)


def _text_of(kept: bytes) -> str:
    try:
        return zlib.decompress(kept).decode()
    except zlib.error as error:
        raise ValueError(f"a text cannot be unpacked: {error}") from error


def packed_spans(written: str) -> bytes:
    """Return spans as bytes: of each part how many pieces, of each how far it is on and how long.

    How far on is from the start of the piece before, which may be further back: the last bit of
    the number says so.
    """
    numbers: list[int] = []
    before = 0
    for part in written.split(_PART):
        pieces = part.split(_PIECE) if part else []
        numbers.append(len(pieces))
        for piece in pieces:
            start, end = map(int, piece.split(_TO))
            on = start - before
            numbers += (on << 1 if on >= 0 else -on << 1 | 1, end - start)
            before = start
    return bytes(byte for number in numbers for byte in _bytes_of(number))


def _spans_of(kept: bytes) -> str:
    numbers = _numbers_of(kept)
    parts, before = [], 0
    try:
        for count in numbers:
            pieces = []
            for _ in range(count):
                on, length = next(numbers), next(numbers)
                before += -(on >> 1) if on & 1 else on >> 1
                pieces.append(f"{before}{_TO}{before + length}")
            parts.append(_PIECE.join(pieces))
    except StopIteration as error:
        raise ValueError(f"spans cannot be unpacked: {kept!r}") from error
    return _PART.join(parts)


def _bytes_of(number: int) -> Iterator[int]:
    while number >= _MORE:
        yield number & _MORE - 1 | _MORE
        number >>= _BITS
    yield number


def _numbers_of(kept: bytes) -> Iterator[int]:
    number = shift = 0
    for byte in kept:
        number |= (byte & _MORE - 1) << shift
        shift += _BITS
        if byte < _MORE:
            yield number
            number = shift = 0


def packed_grounds(grounds: Sequence[Sequence[Any]]) -> str:
    """Return grounds in short: "c0 12 20;n2" for the country by phrase, 12 to 20, the name by 2."""
    if not all(_FIELDS.get(one[0][:1]) == one[0] and one[1] in _RULES for one in grounds):
        return json.dumps(grounds, separators=(",", ":"))
    return ";".join(
        " ".join((f"{field[0]}{_RULES.index(rule)}", *map(str, edges if None not in edges else ())))
        for field, rule, *edges in grounds
    )


def _grounds_of(kept: str) -> list[list[str | int | None]]:
    if kept.startswith("["):
        return list(json.loads(kept))
    found: list[list[str | int | None]] = []
    for one in kept.split(";") if kept else ():
        what, *edges = one.split()
        found.append(
            [_FIELDS[what[0]], _RULES[int(what[1:])], *(map(int, edges) if edges else _NOWHERE)]
        )
    return found
