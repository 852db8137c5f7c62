"""The codebook: cue verbs, PLOVER types and triggers, parties, sector words, contested terms.

Each part is a data file that a loader checks; what it does not know it rejects.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from onrecord.codebook.contexts import Contexts, load_contexts
from onrecord.codebook.cues import Cues, load_cues
from onrecord.codebook.given_names import load_given_names
from onrecord.codebook.listing import with_own_tables, with_user_table
from onrecord.codebook.measures import Measures, load_measures
from onrecord.codebook.metonymy import load_word_classes
from onrecord.codebook.modality import Modals, load_modals
from onrecord.codebook.parties import Parties, load_parties
from onrecord.codebook.phrases import PhraseWords, load_phrase_words
from onrecord.codebook.plover import Plover, load_plover
from onrecord.codebook.sectors import Sectors, load_sectors
from onrecord.codebook.terms import Concept, load_concepts


@dataclass(frozen=True, slots=True)
class Codebook:
    """All the word lists an extraction uses."""

    cues: Cues
    plover: Plover
    parties: Parties
    sectors: Sectors
    phrases: PhraseWords
    concepts: tuple[Concept, ...]
    measures: Measures
    given_names: Mapping[str, str]  # given name -> "female" or "male"
    metonymy: Mapping[str, frozenset[str]]  # word class -> lemmas
    modals: Modals
    contexts: Contexts


@cache
def load_codebook() -> Codebook:
    """Return the package's own codebook.

    Raises:
        CodebookError: One of its files has something unknown in it.
    """
    plover = load_plover()
    known = plover.sectors | {"NGO", "IGO"}
    sectors = load_sectors(known)
    return Codebook(
        cues=load_cues(),
        plover=plover,
        parties=with_own_tables(load_parties(), known),
        sectors=sectors,
        phrases=load_phrase_words(sectors, known),
        concepts=load_concepts(),
        measures=load_measures(),
        given_names=load_given_names(),
        metonymy=load_word_classes(),
        modals=load_modals(),
        contexts=load_contexts(plover.contexts),
    )


@cache
def codebook_with(actors: Path) -> Codebook:
    """Return the package's own codebook with a user's table of actors before its own.

    Raises:
        CodebookError: The table cannot be read or has a wrong row; the message names its line.
    """
    book = load_codebook()
    known = book.plover.sectors | {"NGO", "IGO"}
    return replace(book, parties=with_user_table(book.parties, actors, known))


__all__ = ["Codebook", "codebook_with", "load_codebook", "load_concepts"]
