"""Wording: whether a text introduces a happening or comes back to it ("the attack")."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from onrecord.records import Event

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_DEFINITE = frozenset({"the", "this", "that", "these", "those", "both"})
_ANOTHER = frozenset(
    "another initial first second third fourth fifth other next new newest fresh further "
    "additional similar separate different previous earlier past old recent latest last subsequent "
    "later future upcoming possible planned alleged any no each every such more several many some "
    "two three four five six annual weekly daily rival follow-up".split()
)
"""Words by which a noun means another one than was told, or none in particular."""

_NO_SINGULAR = frozenset(
    "talk talks negotiation negotiations sanction sanctions clash clashes hostility hostilities "
    "consultation consultations discussion discussions".split()
)
"""Nouns that mean one thing in the plural."""

_YEAR = re.compile(r"(?:19|20)\d\d")


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """How a text words one telling."""

    lemma: str  # of the head of the words that evoke it
    is_plural: bool  # a noun in the plural, "talks" and the like left out
    is_back_reference: bool  # "the attack", "these talks", and not "the second attack"
    is_another: bool  # "a second attack", "the 2015 attack"


def wording_of(doc: Doc, event: Event) -> Wording:
    """Return how the parsed text words an event."""
    span = doc.char_span(event.trigger[0].start, event.trigger[0].end, alignment_mode="expand")
    head = span.root if span is not None else doc[0]
    is_noun = head.pos_ in {"NOUN", "PROPN"}
    lemma = head.lemma_.lower()
    before = [token for token in head.children if token.i < head.i] if is_noun else []
    set_apart = _is_set_apart(head, before) if is_noun else False
    definite = any(token.lower_ in _DEFINITE for token in before)
    return Wording(
        lemma=lemma,
        is_plural=is_noun and head.tag_ in {"NNS", "NNPS"} and lemma not in _NO_SINGULAR,
        is_back_reference=definite and not set_apart and not lemma.endswith("ed"),
        is_another=set_apart,
    )


def _is_set_apart(head: Token, before: Iterable[Token]) -> bool:
    words = {token.lower_ for token in before}
    dated = any(_YEAR.search(token.text) for token in before)
    after = (child for child in head.children if child.i > head.i and child.dep_ == "prep")
    of_year = any(_YEAR.fullmatch(word.text) for prep in after for word in prep.children)
    return dated or of_year or not words.isdisjoint(_ANOTHER)
