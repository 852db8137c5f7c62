"""The codebook: cue verbs, PLOVER types and triggers, parties, sector words, contested terms.

Each part is a data file that a loader checks; what it does not know it rejects.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from onrecord.codebook.contexts import Contexts, load_contexts
from onrecord.codebook.cues import Cues, load_cues
from onrecord.codebook.measures import Measures, load_measures
from onrecord.codebook.modality import Modals, load_modals
from onrecord.codebook.parties import Parties, load_parties
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
    concepts: tuple[Concept, ...]
    measures: Measures
    modals: Modals
    contexts: Contexts


@cache
def load_codebook() -> Codebook:
    """Return the package's own codebook.

    Raises:
        CodebookError: One of its files has something unknown in it.
    """
    plover = load_plover()
    return Codebook(
        cues=load_cues(),
        plover=plover,
        parties=load_parties(),
        sectors=load_sectors(plover.sectors | {"NGO", "IGO"}),
        concepts=load_concepts(),
        measures=load_measures(),
        modals=load_modals(),
        contexts=load_contexts(plover.contexts),
    )


__all__ = ["Codebook", "load_codebook", "load_concepts"]
