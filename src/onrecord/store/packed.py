"""What takes the most room, as a file keeps it; on a server it stays text, as it is given.

A text is compressed, and grounds are a few letters and numbers. What something else than onrecord
wrote is taken as it stands.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Sequence
from typing import Any

from sqlalchemy import JSON, Dialect, LargeBinary, String, Text, TypeDecorator
from sqlalchemy.types import TypeEngine

from onrecord.store.ids import Words

_NOWHERE = (None, None)
_LEVEL = 9  # of zlib: texts are written once
_FIELDS = {field[0]: field for field in ("name", "kind", "country", "sector")}
_RULES = (
    *"phrase noun table name source title pronoun article sentence owner origin voice".split(),
    *("people", "noun beside a name"),
)
"""Rules of grounds, by number; grounds by another one are kept as JSON."""


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
        return packed_text(value) if value is not None and _packs(dialect) else value

    def process_result_value(self, value: Any, dialect: Dialect) -> str | None:  # noqa: ANN401
        """Return the text that was kept.

        Raises:
            ValueError: Something else than onrecord changed it.
        """
        return _text_of(value) if isinstance(value, bytes) else value


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
