"""Names of lands, waters and quarters that no town or division of that name is meant by."""

from __future__ import annotations

from collections.abc import Iterable

from onrecord.language import lexicon

_WIDE = lexicon.words("places.wide")
_COMMON = lexicon.words("places.common")


def is_wide(name: str) -> bool:
    """Whether a name is that of a land or water that reaches over borders."""
    words = name.lower().removeprefix("the ")
    return words in _WIDE


def is_common(words: Iterable[str]) -> bool:
    """Whether a name is made of words that describe a place alone: "Old City", "the Centre"."""
    return all(word in _COMMON for word in words)
