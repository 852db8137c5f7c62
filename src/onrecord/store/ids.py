"""Ids and words as the tables keep them.

In a file an id of sixteen hexadecimal digits takes eight bytes. A server's columns are of one type:
there an id is text, and all text is in the order of its characters, as in a file, whatever language
the database was made for.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Dialect,
    Integer,
    String,
    TypeDecorator,
    and_,
    or_,
    type_coerce,
)
from sqlalchemy.dialects.postgresql import TEXT
from sqlalchemy.types import TypeEngine

_DIGITS = 16
_SERVER = "postgresql"
DUCKDB = "duckdb"
"""The dialect of a dataset, whose tables are views of Parquet."""

_TEXTS = {_SERVER, DUCKDB}  # where an id is text
_HASH = re.compile(rf"[0-9a-f]{{{_DIGITS}}}")


Words = String().with_variant(TEXT(collation="C"), _SERVER)
"""Text of a column, which compares by its characters."""


class Id(TypeDecorator[str]):
    """An id; one that is no hash, as an article may be given, is kept as it is."""

    impl = String
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """Return the type of the column."""
        return dialect.type_descriptor(Words.dialect_impl(dialect))

    def process_bind_param(self, value: str | None, dialect: Dialect) -> Any:  # noqa: ANN401
        """Return what is kept of an id: in a file the bytes of a hash, else text."""
        return value if value is None or dialect.name in _TEXTS else kept(value)

    def process_result_value(self, value: Any, dialect: Dialect) -> str | None:  # noqa: ANN401
        """Return the id that was kept."""
        return value.hex() if isinstance(value, bytes) else value

    def literal_processor(self, dialect: Dialect) -> Callable[[str], str]:
        """Return what writes an id into a query."""
        if dialect.name in _TEXTS:
            return _server_literal(dialect)
        return _literal


class Link(TypeDecorator[Any]):
    """A link to another row of the article: see `onrecord.store.links`."""

    impl = Integer
    cache_ok = True


def kept(value: str) -> bytes | str:
    """Return what is kept of an id: the bytes of a hash, else the text."""
    return bytes.fromhex(value) if _HASH.fullmatch(value) else value


def _literal(value: str) -> str:
    if _HASH.fullmatch(value):
        return f"X'{value}'"
    if "\0" in value:  # which no query may hold
        return f"CAST(X'{value.encode().hex()}' AS TEXT)"
    return "'{}'".format(value.replace("'", "''"))


def _server_literal(dialect: Dialect) -> Callable[[str], str]:
    written: Callable[[str], str] = String().literal_processor(dialect)  # type: ignore[no-untyped-call]
    return written


def begins(column: ColumnElement[str], start: str) -> ColumnElement[bool]:
    """Return the condition that an id begins with some hexadecimal digits."""
    hashes = _within(column, start.ljust(_DIGITS, "0"), start.ljust(_DIGITS, "f"))
    return or_(hashes, _within(type_coerce(column, Words), start, f"{start}g"))


def _within(column: ColumnElement[str], first: str, last: str) -> ColumnElement[bool]:
    return and_(column >= first, column <= last)
