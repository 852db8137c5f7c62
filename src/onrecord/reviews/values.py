"""Rows as plain values, such as JSON holds, and back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from functools import cache
from types import NoneType, UnionType
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

from onrecord.records import Article, Row, Span

Kept = TypeVar("Kept", bound=Row | Article)
Value = Any
"""None, text, a number, a truth value, or a list or dict of values."""


def value_of(part: object) -> Value:
    """Return a row, or a field of one, as a plain value: a span is [start, end]."""
    if isinstance(part, Span):
        return [part.start, part.end]
    if isinstance(part, tuple):
        return [value_of(one) for one in part]
    if is_dataclass(part):
        return {one.name: value_of(getattr(part, one.name)) for one in fields(part)}
    return part


def row_from(row_type: type[Kept], values: Mapping[str, Value]) -> Kept:
    """Return the row, or the article, that `value_of` gave those values for.

    Raises:
        ValueError: A value is missing, unknown or none that its field can have.
    """
    hints = field_types(row_type)
    unknown = sorted(values.keys() - hints.keys())
    if unknown:
        raise ValueError(f"{row_type.__name__} has no field {unknown[0]}")
    parts = {name: part_from(hints[name], value, name) for name, value in values.items()}
    try:
        return row_type(**parts)
    except TypeError as error:
        raise ValueError(f"{row_type.__name__}: {error}") from error


def part_from(hint: object, value: Value, name: str) -> Any:  # noqa: ANN401 - of the type hinted at
    """Return the field of a row that a plain value stands for.

    Args:
        hint: The field's type.
        value: The plain value.
        name: The field, for the message.

    Raises:
        ValueError: The value is none that the field can have.
    """
    if get_origin(hint) in (Union, UnionType):
        if value is None and NoneType in get_args(hint):
            return None
        (hint,) = (one for one in get_args(hint) if one is not NoneType)
    try:
        return _plain_part(hint, value, name)
    except (TypeError, ValueError, KeyError) as error:
        raise ValueError(f"{name} cannot be {value!r}: {error}") from error


def _plain_part(hint: Any, value: Value, name: str) -> Any:  # noqa: ANN401
    if hint is Span:
        start, end = value
        return Span(int(start), int(end))
    if get_origin(hint) is tuple:
        (inner, _) = get_args(hint)
        return tuple(part_from(inner, one, name) for one in value)
    if is_dataclass(hint):
        inner_hints = field_types(hint)  # type: ignore[arg-type]
        return hint(**{key: part_from(inner_hints[key], one, key) for key, one in value.items()})  # type: ignore[operator]
    if get_origin(hint) is not None:  # one of a few words
        if value not in get_args(hint):
            raise ValueError(f"must be one of {', '.join(map(str, get_args(hint)))}")
        return value
    if hint is float and isinstance(value, int) and not isinstance(value, bool):
        return float(value)
    if not isinstance(value, hint):
        raise TypeError(f"must be {hint.__name__}")
    return value


def field_types(row_type: type) -> dict[str, Any]:
    """Return the types of a row's fields by their names."""
    return _hints(row_type)


@cache
def _hints(row_type: type) -> dict[str, Any]:
    return get_type_hints(row_type)
