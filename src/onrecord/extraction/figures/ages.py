"""Ages beside people: "a teacher, 41", "two brothers, 12 and 15", "Ms Lund, now 71"."""

from __future__ import annotations

import re

from spacy.tokens import Token

from onrecord.extraction.figures.quantities import Quantity
from onrecord.language import dependencies as deps

_OLDEST = 120  # years
_LONGEST = 20  # tokens that a list of ages takes
_SEVERAL = re.compile(
    r"(?<=[^\W\d])(?:,\s+|\s+\()(?:aged\s+)?\d{1,3}(?:,\s+\d{1,3})*,?\s+and\s+\d{1,3}(?=\s*[,.;)])"
)


def is_age(number: Token, quantity: Quantity) -> bool:
    """Whether a bare number stands beside a person as an age: "Mr Smith, 55, was killed"."""
    before = number.nbor(-1) if number.i else None
    after = number.nbor() if number.i + 1 < len(number.doc) else None
    if before is None or quantity.low is None or quantity.low >= _OLDEST or before.i == 0:
        return False
    if before.lower_ in {"aged", "age"} or _is_listed(number):
        return True
    if before.lower_ in {"now", "then"} and before.i > 1:
        before = before.nbor(-1)
    person = before.nbor(-1)
    if before.text not in {",", "("} or person.pos_ not in {"PROPN", "NOUN"}:
        return False
    closed = after is None or after.text in {",", ".", ")", ";"} or after.dep_ == deps.CONJUNCTION
    return closed and person.tag_ in {"NNP", "NN"}


def _is_listed(number: Token) -> bool:
    """Whether a number is one of the ages of several people: "two brothers, 12 and 15, died"."""
    doc = number.doc
    near = doc[max(0, number.i - _LONGEST) : number.i + _LONGEST]
    for match in _SEVERAL.finditer(near.text):
        start, end = (near.start_char + edge for edge in match.span())
        if start < number.idx < end:
            person = doc.char_span(start - 1, start, alignment_mode="expand")
            return person is not None and person[0].tag_ in {"NNS", "NNP"}
    return False
