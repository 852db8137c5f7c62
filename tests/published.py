"""What is published of annotated articles, looked through for words."""

from __future__ import annotations


def words_in(value: object, field: str = "") -> list[tuple[str, str]]:
    """Return all strings in rows, each with the field that holds it, alternatives by its name."""
    match value:
        case dict():
            pairs = [words_in(one, name.removesuffix("_alt")) for name, one in value.items()]
            return [pair for found in pairs for pair in found]
        case list():
            return [pair for one in value for pair in words_in(one, field)]
        case str():
            return [(field, value)]
        case _:
            return []
