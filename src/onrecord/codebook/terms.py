"""Contested terms: concepts and the rival words for each."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from onrecord.codebook.strict import read_table
from onrecord.errors import CodebookError


@dataclass(frozen=True, slots=True)
class Concept:
    """One thing, and the words chosen for it."""

    name: str
    terms: tuple[str, ...]  # dictionary forms
    about: tuple[str, ...] = ()  # the article must name one of these; () is any article
    only_marked: bool = False  # counts only in quotation marks or after "so-called"


def load_concepts(path: Path | None = None) -> tuple[Concept, ...]:
    """Return the concepts of a file in the form of data/terms.toml, by default that file.

    Raises:
        CodebookError: An unknown key, or a concept without a name or terms.
    """
    table = read_table(path, "terms.toml")
    concepts = []
    for entry in table.tables("concept"):
        concept = Concept(
            name=entry.text("name"),
            terms=entry.words("terms"),
            about=entry.words("about"),
            only_marked=entry.flag("only_marked"),
        )
        if not concept.terms:
            raise CodebookError(f"{entry.where}: {concept.name} has no terms")
        entry.finish()
        concepts.append(concept)
    table.finish()
    return tuple(concepts)
