"""Measures: which words tell what a quantity counts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import cast, get_args

from onrecord.codebook.strict import read_table
from onrecord.errors import CodebookError
from onrecord.records import Measure

_LISTS = ("nouns", "verbs", "states", "deeds", "settings", "tallies", "does", "undergoes")


@dataclass(frozen=True, slots=True)
class Measures:
    """The word lists of data/measures.toml, whose head says what each holds; lemmas."""

    nouns: Mapping[str, Measure]
    verbs: Mapping[str, Measure]
    states: Mapping[str, Measure]
    deeds: Mapping[str, Measure]
    settings: Mapping[str, Measure]
    tallies: Mapping[str, Measure]
    does: Mapping[str, Measure]
    undergoes: Mapping[str, Measure]
    people: frozenset[str]  # nouns for people that name no measure
    things: frozenset[str]  # nouns for weapons and forces


def load_measures(path: Path | None = None) -> Measures:
    """Return the measures of a file in the form of data/measures.toml, by default that file.

    Raises:
        CodebookError: An unknown measure or key, or a word listed under two measures.
    """
    table = read_table(path, "measures.toml")
    people, things = (frozenset(table.words(key)) for key in ("people", "things"))
    lists: dict[str, dict[str, Measure]] = {key: {} for key in _LISTS}
    for name in table.remaining():
        if name not in get_args(Measure):
            raise CodebookError(f"{table.where}: unknown measure {name!r}")
        entry = table.optional_table(name)
        for key, known in lists.items():
            for word in entry.words(key):
                if word in known:
                    raise CodebookError(f"{entry.where}: {word!r} stands under {known[word]} too")
                known[word] = cast(Measure, name)
        entry.finish()
    return Measures(**lists, people=people, things=things)
