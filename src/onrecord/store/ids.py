"""Ids as the tables keep them: those of sixteen hexadecimal digits as eight bytes."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from sqlalchemy import ColumnElement, Dialect, String, TypeDecorator, or_, type_coerce

DUCKDB = "duckdb"
"""The dialect of databases that are views of Parquet, which has ids as text."""

_DIGITS = 16
_HASH = re.compile(rf"[0-9a-f]{{{_DIGITS}}}")


class Id(TypeDecorator[str]):
    """An id; one that is no hash, as an article may be given, is kept as it is."""

    impl = String
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> Any:  # noqa: ANN401
        """Return what is kept of an id: bytes of a hash, else text."""
        if value is None or dialect.name == DUCKDB:
            return value
        return kept(value)

    def process_result_value(self, value: Any, dialect: Dialect) -> str | None:  # noqa: ANN401
        """Return the id that was kept."""
        return value.hex() if isinstance(value, bytes) else value

    def literal_processor(self, dialect: Dialect) -> Callable[[str], str]:
        """Return what writes an id into a query."""
        return _quoted if dialect.name == DUCKDB else _literal


def kept(value: str) -> bytes | str:
    """Return what is kept of an id: the bytes of a hash, else the text."""
    return bytes.fromhex(value) if _HASH.fullmatch(value) else value


def _literal(value: str) -> str:
    if _HASH.fullmatch(value):
        return f"X'{value}'"
    if "\0" in value:  # which no query may hold
        return f"CAST(X'{value.encode().hex()}' AS TEXT)"
    return _quoted(value)


def _quoted(value: str) -> str:
    return "'{}'".format(value.replace("'", "''"))


def begins(column: ColumnElement[str], start: str) -> ColumnElement[bool]:
    """Return the condition that an id begins with some hexadecimal digits."""
    hashes = column.between(start.ljust(_DIGITS, "0"), start.ljust(_DIGITS, "f"))
    return or_(hashes, type_coerce(column, String).between(start, f"{start}g"))
