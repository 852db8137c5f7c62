"""Denials: figures of which the words around them say that it is not so."""

from __future__ import annotations

from collections.abc import Iterable

from spacy.tokens import Token

from onrecord.codebook.modality import Modals
from onrecord.language import dependencies as deps
from onrecord.language import lexicon
from onrecord.language.syntax import children, is_negated
from onrecord.records import Statement

_FALSE = lexicon.words("speech.false")
_TRUE = frozenset({"true", "correct", "accurate", "right"})
_PROOF = lexicon.words("speech.proof")
_PART = lexicon.words("deeds.part")
_CLAUSES = frozenset(
    {
        deps.CONTENT,
        deps.CLAUSE_SUBJECT,
        deps.NOUN_CLAUSE,
        deps.PREP_CLAUSE,
        deps.OPEN_CLAUSE,
        deps.ADVERBIAL,
        deps.RELATIVE,
    }
)


def is_denied(word: Token, statements: Iterable[Statement], modals: Modals) -> bool:
    """Whether a figure is told as not so, at the word that stands for what is counted.

    `statements` are those around it. What a relative clause tells of a thing, and what one denies
    one's part in, is taken for granted: "denied responsibility for the attack that killed 12".
    """
    below, verb = word, word.head
    if _is_undone(word):
        return True
    while verb.i != below.i:
        relative = below.dep_ == deps.RELATIVE and not children(below, deps.MARKER)
        if relative or verb.lemma_.lower() in _PART or _is_undeniable(verb, modals):
            return False
        if _denies(verb, below, word, modals):
            return True
        below, verb = verb, verb.head
    return any(row.act == "deny" and row.kind != "direct" for row in statements)


def _is_undone(word: Token) -> bool:
    """Whether a figure is what its verb's negation is about: "did not kill 12 people"."""
    verb = word.head
    if word.dep_ not in deps.UNDERGOERS or verb.pos_ != "VERB" or not is_negated(verb):
        return False
    return not any(child.lower_ in {"yet", "only", "just"} for child in verb.children)


def _is_undeniable(verb: Token, modals: Modals) -> bool:
    """Whether a denial is itself denied: "nobody denies that 80 died"."""
    return verb.lemma_.lower() in modals.denials and (is_negated(verb) or _has_no(verb))


def _denies(word: Token, below: Token, counted: Token, modals: Modals) -> bool:
    """Whether a word, with what it says of the clause or noun below it, makes that untrue."""
    lemma = word.lemma_.lower()
    if lemma in modals.denials:
        told = below.dep_ in _CLAUSES or below.lemma_.lower() in modals.accusations
        return told or (below.dep_ == deps.OBJECT and below.i != counted.i)
    if below.dep_ in _CLAUSES:
        near = (
            word,
            *children(word, deps.SUBJECT, deps.PASSIVE_SUBJECT, deps.OBJECT, deps.ATTRIBUTE),
        )
        proofs = [one for one in near if one.lemma_.lower() in _PROOF]
        if any(_has_no(one) or is_negated(one) or is_negated(one.head) for one in proofs):
            return True  # "no evidence that", "no evidence exists that", "never any evidence that"
        if lemma in _FALSE and word.dep_ == deps.ATTRIBUTE:
            return not is_negated(word.head)  # "it is a lie that"
    if lemma == "be" and (below.dep_ in _CLAUSES or _is_claim(below, modals)):
        said = {child.lemma_.lower() for child in children(word, deps.STATE, deps.ATTRIBUTE)}
        return bool(said & _FALSE) != is_negated(word) if said & (_FALSE | _TRUE) else False
    return False


def _has_no(word: Token) -> bool:
    """Whether there is none of it, or nobody who does it: "no evidence", "nobody denies"."""
    around = [*word.lefts, *(left for one in children(word, deps.SUBJECT) for left in one.lefts)]
    return any(child.lower_ in {"no", "nobody", "none"} for child in around)


def _is_claim(word: Token, modals: Modals) -> bool:
    """Whether a word is the subject that something is claimed in: "reports that … are false"."""
    return word.dep_ == deps.SUBJECT and word.lemma_.lower() in modals.accusations
