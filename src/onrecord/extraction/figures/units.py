"""Units: in what a figure counts, the word of the text where that is not people."""

from __future__ import annotations

from spacy.tokens import Token

from onrecord.codebook import Codebook
from onrecord.extraction.figures.measuring import is_people
from onrecord.extraction.figures.quantities import Quantity
from onrecord.language import lexicon
from onrecord.records import Measure

_OF_SEVERAL = lexicon.words("figures.of_several")


def unit_of(
    quantity: Quantity, measure: Measure, counted: Token | None, codebook: Codebook
) -> str | None:
    """Return "%", a currency, "people", else the noun counted ("tanks"); None where none is told.

    A bare number has the unit of its measure: those killed are people, "other" may be anything.
    """
    if quantity.unit:
        return quantity.unit
    if counted is None:
        return None if measure in {"other", "money"} else "people"
    own = counted.lemma_.lower() in _OF_SEVERAL or not is_people(counted, codebook)
    return counted.lower_ if own and counted.is_alpha else "people"
