"""Wording: whether a text introduces a happening or comes back to it ("the attack")."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from onrecord.language import dependencies as deps
from onrecord.language import lexicon
from onrecord.records import Event

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_DEFINITE = lexicon.words("grammar.definite")
_ANOTHER = lexicon.words("stories.another")
"""Words by which a noun means another one than was told, or none in particular."""

_GENERAL = lexicon.groups("stories.general")
_ALIKE = tuple(lexicon.groups("stories.alike").values())
_ROOT = 4  # letters; words of one root are all that begin alike
_NO_SINGULAR = lexicon.words("stories.no_singular")
"""Nouns that mean one thing in the plural."""

_YEAR = re.compile(r"(?:19|20)\d\d")


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """How a text words one telling."""

    lemma: str  # of the head of the words that evoke it
    is_plural: bool  # a noun in the plural, "talks" and the like left out
    is_back_reference: bool  # "the attack", "these talks", and not "the second attack"
    is_another: bool  # "a second attack", "the 2015 attack"


def may_come_back(later: Wording, earlier: Wording, event_type: str) -> bool:
    """Whether a noun may mean what earlier words told of: by its own root, or a general one."""
    if later.is_plural != earlier.is_plural:
        return False
    if later.lemma[:_ROOT] == earlier.lemma[:_ROOT]:
        return True
    if any({later.lemma, earlier.lemma} <= words for words in _ALIKE):
        return True
    general = later.lemma in _GENERAL.get(event_type, ())
    return general and not later.is_plural and not earlier.is_another


def wording_of(doc: Doc, event: Event) -> Wording:
    """Return how the parsed text words an event."""
    span = doc.char_span(event.trigger[0].start, event.trigger[0].end, alignment_mode="expand")
    head = span.root if span is not None else doc[0]
    is_noun = head.pos_ in {"NOUN", "PROPN"}
    lemma = head.lemma_.lower()
    before = [token for token in head.children if token.i < head.i] if is_noun else []
    if is_noun and head.dep_ == deps.PREP_OBJECT and head.head.lower_ == "of":
        counted = head.head.head  # "a second round of talks"
        before += [token for token in counted.children if token.i < counted.i]
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
    after = (child for child in head.children if child.i > head.i and child.dep_ == deps.PREP)
    of_year = any(_YEAR.fullmatch(word.text) for prep in after for word in prep.children)
    return dated or of_year or not words.isdisjoint(_ANOTHER)
