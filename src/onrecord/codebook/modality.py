"""Words that tell whether an event happened, did not, is to come or is only thought of."""

from __future__ import annotations

from dataclasses import dataclass, fields
from pathlib import Path

from onrecord.codebook.strict import read_table


@dataclass(frozen=True, slots=True)
class Modals:
    """The word lists of data/modality.toml, whose head says what each holds; lemmas."""

    negative: frozenset[str]
    cancelled: frozenset[str]
    future: frozenset[str]
    possible: frozenset[str]
    supposing: frozenset[str]
    sought: frozenset[str]
    arranged: frozenset[str]
    decisions: frozenset[str]
    unhappened: frozenset[str]
    coming: frozenset[str]
    imagined: frozenset[str]
    bearing: frozenset[str]
    joining: frozenset[str]
    accusations: frozenset[str]
    denials: frozenset[str]
    conditions: frozenset[str]
    exchanges: frozenset[str]
    falsely: frozenset[str]
    false: frozenset[str]
    hoaxes: frozenset[str]
    evidence: frozenset[str]
    clearing: frozenset[str]
    stopped: frozenset[str]
    postponed: frozenset[str]
    fiction: frozenset[str]
    imagining: frozenset[str]


def load_modals(path: Path | None = None) -> Modals:
    """Return the word lists of a file, by default data/modality.toml.

    Raises:
        CodebookError: The file cannot be read, or has a list that is not known.
    """
    table = read_table(path, "modality.toml")
    lists = {field.name: frozenset(table.words(field.name)) for field in fields(Modals)}
    table.finish()
    return Modals(**lists)
