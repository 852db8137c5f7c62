"""The lexicon: the package's lists of words, each by its name, read from data/lexicon once.

A name is a field, which is a file, and a list in it: "deeds.harmful". What belongs here: classes of
nouns, verbs, adjectives and adverbs from five words on, small words (pronouns, prepositions) from
six on or where two modules use them, and long alternations of patterns. A few words that are the
grammar of one function stay beside it, as do codes (acts, sectors, parts of speech), words with
numbers they stand for, and patterns.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from onrecord.errors import CodebookError

FOLDER = Path(__file__).parents[1] / "data" / "lexicon"
KINDS = ("words", "series", "pairs", "groups")
_TOLD = frozenset({"purpose", "source"})


def words(name: str) -> frozenset[str]:
    """Return the words of a list.

    Raises:
        CodebookError: There is no such list, or it has a fault; the message names both.
    """
    return frozenset(_split(name, _entry(name, "words")["words"]))


def series(name: str) -> tuple[str, ...]:
    """Return the words of a list whose order means something.

    Raises:
        CodebookError: There is no such list, or it has a fault; the message names both.
    """
    return _split(name, _entry(name, "series")["series"])


def pairs(name: str) -> Mapping[str, str]:
    """Return what each word of a list stands for, in the list's order.

    Raises:
        CodebookError: There is no such list, or it has a fault; the message names both.
    """
    return MappingProxyType(
        {str(key): str(one) for key, one in _entry(name, "pairs")["pairs"].items()}
    )


def groups(name: str) -> Mapping[str, frozenset[str]]:
    """Return the words of each group of a list, in the list's order.

    Raises:
        CodebookError: There is no such list, or it has a fault; the message names both.
    """
    found = {
        key: frozenset(_split(name, one)) for key, one in _entry(name, "groups")["groups"].items()
    }
    return MappingProxyType(found)


def alternation(name: str) -> str:
    """Return a pattern of the words of a list, the longest first, without a group around them.

    Raises:
        CodebookError: There is no such list, or it has a fault; the message names both.
    """
    found = sorted(words(name), key=lambda word: (-len(word), word))
    return "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in found)


@cache
def load_field(path: Path) -> Mapping[str, Mapping[str, Any]]:
    """Return the lists of a file, each with its purpose, its source and its words.

    Raises:
        CodebookError: The file is missing, is no TOML or names a list twice, or a list lacks
            something or has something unknown.
    """
    try:
        lists = tomllib.loads(path.read_text("utf8"))
    except OSError as error:
        raise CodebookError(f"There is no field {path.stem} in the lexicon: {error}") from error
    except tomllib.TOMLDecodeError as error:  # so it also tells of a list that stands twice
        raise CodebookError(f"{path.name} of the lexicon: {error}") from error
    for name, entry in lists.items():
        if len(entry.keys() & set(KINDS)) != 1 or entry.keys() - set(KINDS) != _TOLD:
            raise CodebookError(
                f"{path.stem}.{name} of the lexicon: it needs purpose, source and one of "
                f"{', '.join(KINDS)}, and nothing else"
            )
    return lists


def _entry(name: str, kind: str) -> Mapping[str, Any]:
    field, _, key = name.partition(".")
    entry = load_field(FOLDER / f"{field}.toml").get(key)
    if entry is None or kind not in entry:
        raise CodebookError(f"There is no list {name} of {kind} in the lexicon")
    return entry


def _split(name: str, value: str | list[str]) -> tuple[str, ...]:
    """Return words told as one text, or phrases told one by one."""
    found = tuple(value.split() if isinstance(value, str) else value)
    if doubled := sorted({word for word in found if found.count(word) > 1}):
        raise CodebookError(f"{name} of the lexicon has {', '.join(doubled)} twice")
    return found
