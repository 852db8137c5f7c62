"""What takes the most room, as a file keeps it; on a server it stays text, as it is given.

A text is compressed, grounds are a few letters and numbers, a word of a few that can be is a
letter, and an empty list is nothing. What something else than onrecord wrote is taken as it stands.
"""

from __future__ import annotations

import json
import re
import zlib
from collections.abc import Sequence
from itertools import groupby
from string import ascii_letters
from typing import Any

from sqlalchemy import JSON, Dialect, LargeBinary, String, Text, TypeDecorator
from sqlalchemy.types import TypeEngine

from onrecord.store.ids import Words

_NOWHERE = (None, None)
_GROUND = re.compile(r"([a-z])(\d+)")
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


class PackedList(TypeDecorator[Any]):
    """A list that is most often empty; it is JSON, but for an empty one."""

    impl = JSON
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """Return the type of the column."""
        return dialect.type_descriptor(String() if _packs(dialect) else JSON())

    def process_bind_param(self, value: Any, dialect: Dialect) -> Any:  # noqa: ANN401
        """Return what is kept of a list."""
        if value is None or not _packs(dialect):
            return value
        return json.dumps(value, separators=(",", ":")) if value else ""

    def process_result_value(self, value: Any, dialect: Dialect) -> Any:  # noqa: ANN401
        """Return the list that was kept."""
        return (json.loads(value) if value else []) if isinstance(value, str) else value


class Coded(TypeDecorator[str]):
    """One of some words; more may come, but none may leave or move."""

    impl = String
    cache_ok = True

    def __init__(self, words: tuple[str, ...], letters: str = ascii_letters) -> None:
        super().__init__()
        self.words = words
        self.letters = letters
        self._letter_of = dict(zip(words, letters, strict=False))
        self._word_of = dict(zip(letters, words, strict=False))

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """Return the type of the column."""
        return dialect.type_descriptor(Words.dialect_impl(dialect))

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        """Return what is kept of a word."""
        return self._letter_of.get(value, value) if value and _packs(dialect) else value

    def process_result_value(self, value: str | None, dialect: Dialect) -> str | None:
        """Return the word that was kept."""
        return self._word_of.get(value, value) if value and _packs(dialect) else value

    def in_any_case(self, word: str) -> str:
        """Return a word as it is written here."""
        return next((one for one in self.words if one.lower() == word.lower()), word)

    def told_in_sql(self, kept: str) -> str:
        """Return SQL for the word that a file keeps, from SQL for what is kept."""
        known = " ".join(f"WHEN '{letter}' THEN '{word}'" for letter, word in self._word_of.items())
        return f"CASE {kept} {known} ELSE {kept} END"

    def kept_in_sql(self, word: str) -> str:
        """Return SQL for what a file keeps, from SQL for a word."""
        known = " ".join(f"WHEN '{one}' THEN '{letter}'" for one, letter in self._letter_of.items())
        return f"CASE {word} {known} ELSE {word} END"


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
    """Return grounds in short: "c0s2 12 20;n2" for the country by phrase and the sector by noun.

    Both are from 12 to 20, and the name is by a table.
    """
    if not all(_FIELDS.get(one[0][:1]) == one[0] and one[1] in _RULES for one in grounds):
        return json.dumps(grounds, separators=(",", ":"))
    return ";".join(
        " ".join(
            (
                "".join(f"{field[0]}{_RULES.index(rule)}" for field, rule, *_ in some),
                *map(str, edges if None not in edges else ()),
            )
        )
        for edges, some in groupby(grounds, key=lambda one: tuple(one[2:]))
    )


def regrouped(kept: str) -> str:
    """Return grounds as they are kept now, from how an older version kept them."""
    return packed_grounds(_grounds_of(kept))


def _grounds_of(kept: str) -> list[list[str | int | None]]:
    if kept.startswith("["):
        return list(json.loads(kept))
    found: list[list[str | int | None]] = []
    for one in kept.split(";") if kept else ():
        what, *edges = one.split()
        span = [int(edge) for edge in edges] if edges else _NOWHERE
        found += (
            [_FIELDS[field], _RULES[int(rule)], *span] for field, rule in _GROUND.findall(what)
        )
    return found
