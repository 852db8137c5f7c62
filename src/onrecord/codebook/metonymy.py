"""Word classes that tell a place that acts from a place that locates."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from onrecord.codebook.strict import read_table


def load_word_classes(path: Path | None = None) -> Mapping[str, frozenset[str]]:
    """Return the classes of a file in the form of data/metonymy.toml, each with its lemmas.

    Raises:
        CodebookError: The file cannot be read, or a class is no list of words.
    """
    table = read_table(path, "metonymy.toml")
    classes = {name: frozenset(table.words(name)) for name in table.remaining()}
    table.finish()
    return classes
