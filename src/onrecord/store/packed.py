"""Long text as the tables keep it: compressed in a file, where a server compresses by itself."""

from __future__ import annotations

import zlib
from typing import Any

from sqlalchemy import Dialect, LargeBinary, Text, TypeDecorator
from sqlalchemy.types import TypeEngine

from onrecord.store.ids import Words

_LEVEL = 9  # of zlib: texts are written once


class PackedText(TypeDecorator[str]):
    """The text of an article."""

    impl = Text
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """Return the type of the column: bytes in a file, else text."""
        impl = LargeBinary() if _packs(dialect) else Words.dialect_impl(dialect)
        return dialect.type_descriptor(impl)

    def process_bind_param(self, value: str | None, dialect: Dialect) -> Any:  # noqa: ANN401
        """Return what is kept of a text."""
        return packed(value) if value is not None and _packs(dialect) else value

    def process_result_value(self, value: Any, dialect: Dialect) -> str | None:  # noqa: ANN401
        """Return the text that was kept.

        Raises:
            ValueError: Something else than onrecord changed it.
        """
        return unpacked(value) if isinstance(value, bytes) else value


def _packs(dialect: Dialect) -> bool:
    return dialect.name == "sqlite"


def packed(text: str) -> bytes:
    """Return a text compressed."""
    return zlib.compress(text.encode(), _LEVEL)


def unpacked(kept: bytes) -> str:
    """Return the text that was compressed.

    Raises:
        ValueError: It is not what `packed` gives.
    """
    try:
        return zlib.decompress(kept).decode()
    except zlib.error as error:
        raise ValueError(f"a text cannot be unpacked: {error}") from error
