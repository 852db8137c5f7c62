"""Annotated articles and exported records as rows that can be compared."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from onrecord.errors import GoldError
from onrecord.records import Span, Spans


@dataclass(frozen=True, slots=True)
class MarkedRow:
    """One row of an annotated article or of an exported record; `X_alt` lists other right X."""

    values: Mapping[str, object]

    @property
    def row_id(self) -> str | None:
        """The row's id in its file, None where it has none."""
        value = self.values.get("id")
        return value if isinstance(value, str) else None

    @property
    def optional(self) -> bool:
        """Whether finding the row is neither rewarded nor punished."""
        return bool(self.values.get("optional"))

    def get(self, *names: str) -> object:
        """Return the first of the fields that the row has, None when it has none."""
        return next((self.values[name] for name in names if name in self.values), None)

    def accepted(self, *names: str) -> tuple[object, ...]:
        """Return the right values of a field: its own and those of `X_alt`."""
        others = self.get(*(f"{name}_alt" for name in names))
        if others is None:
            others = []
        return (self.get(*names), *(others if isinstance(others, list) else [others]))

    def spans(self, *names: str) -> Spans:
        """Return the spans of a field, whether it holds one, several or an object with a span."""
        return spans_in(self.get(*names))

    def rows(self, name: str) -> tuple[MarkedRow, ...]:
        """Return the objects that a field lists."""
        value = self.get(name)
        items = value if isinstance(value, list) else []
        return tuple(MarkedRow(item) for item in items if isinstance(item, dict))

    def names(self, name: str) -> tuple[str | None, ...]:
        """Return the right names in a field; an object stands for the name (or words) it holds."""
        return tuple(_name(value) for value in self.accepted(name))


@dataclass(frozen=True, slots=True)
class MarkedArticle:
    """All rows of one annotated article or exported record."""

    values: Mapping[str, object] = field(repr=False)

    def rows(self, kind: str) -> tuple[MarkedRow, ...]:
        """Return the rows of a kind, () when the file has none."""
        return MarkedRow(self.values).rows(kind)

    def text(self, name: str) -> str | None:
        """Return a field of the article itself, such as `published`, None when it is missing."""
        value = self.values.get(name)
        return value if isinstance(value, str) else None

    def number(self, name: str) -> int | None:
        """Return a number that belongs to the article itself, None when it is missing."""
        value = self.values.get(name)
        return value if isinstance(value, int) else None


def read_marked(path: Path) -> MarkedArticle:
    """Return the rows of a JSON file.

    Raises:
        GoldError: The file cannot be read or does not hold a JSON object.
    """
    return _marked(read_text(path), str(path))


def read_marked_lines(path: Path) -> Iterator[MarkedArticle]:
    """Yield the objects of a file of JSON lines; blank lines are passed over.

    Raises:
        GoldError: The file cannot be read, or a line does not hold a JSON object.
    """
    for number, line in enumerate(read_text(path).split("\n"), start=1):
        if line.strip():
            yield _marked(line, f"{path}, line {number}")


def read_case_tables(path: Path) -> list[tuple[str, Mapping[str, object]]]:
    """Return the tables [[case]] of a TOML file, each with where it stands, for errors.

    Raises:
        GoldError: The file cannot be read, is no TOML or holds no such tables.
    """
    try:
        tables = tomllib.loads(read_text(path)).get("case")
    except tomllib.TOMLDecodeError as error:
        raise GoldError(f"{path} is not TOML: {error}") from error
    if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
        raise GoldError(f"{path} holds no tables [[case]]")
    return [(f"{path}, case {number}", table) for number, table in enumerate(tables, start=1)]


def read_text(path: Path) -> str:
    """Return the characters of a UTF-8 file as they are, line ends included.

    Raises:
        GoldError: The file cannot be read, or is not UTF-8.
    """
    try:
        return path.read_bytes().decode()
    except (OSError, ValueError) as error:
        raise GoldError(f"{path} cannot be read as UTF-8 text: {error}") from error


def _marked(text: str, where: str) -> MarkedArticle:
    try:
        values = json.loads(text)
    except ValueError as error:
        raise GoldError(f"{where} is not JSON: {error}") from error
    if not isinstance(values, dict):
        raise GoldError(f"{where} must hold one JSON object")
    return MarkedArticle(values)


def spans_in(value: object) -> Spans:
    """Return the spans of `[start, end]`, of a list of such, or of `{"span": ...}`."""
    return tuple(_spans(value))


def _spans(value: object) -> Iterator[Span]:
    if isinstance(value, dict):
        yield from _spans(value.get("span"))
    elif isinstance(value, list):
        match value:
            case [int(start), int(end)]:
                yield Span(start, end)
            case _:
                for item in value:
                    yield from _spans(item)


def characters(spans: Spans) -> frozenset[int]:
    """Return the offsets that the spans cover."""
    return frozenset(at for span in spans for at in range(span.start, span.end))


def _name(value: object) -> str | None:
    if isinstance(value, dict):
        value = value.get("name") or value.get("text")
    if isinstance(value, list):
        value = " ".join(str(item) for item in value)
    return str(value) if value else None


def same_name(one: str | None, other: str | None) -> bool:
    """Whether two names can stand for one actor; two missing names are the same.

    "Morrison" may stand for "Scott Morrison", "Hunter Biden" not for "Joe Biden": the last words
    are equal and one name has every word of the other.
    """
    first, second = (one or "").lower().split(), (other or "").lower().split()
    if not first or not second:
        return not first and not second
    return first[-1] == second[-1] and (set(first) <= set(second) or set(second) <= set(first))
