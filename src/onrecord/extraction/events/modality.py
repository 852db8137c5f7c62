"""Modality: whether an event happened, did not, is to come, depends on another, is supposed."""

from __future__ import annotations

from spacy.tokens import Token

from onrecord.extraction.events.triggers import Triggered
from onrecord.language.syntax import children, is_negated
from onrecord.records import Modality, Statement

_NEGATIVE_GOVERNORS = frozenset(
    {"fail", "refuse", "decline", "avoid", "refrain", "stop", "prevent"}
)
_FUTURE_GOVERNORS = frozenset(
    "plan expect promise vow pledge agree intend prepare schedule set decide aim offer commit "
    "threaten go".split()
)
_POSSIBLE_GOVERNORS = frozenset(
    "want hope seek urge ask demand call request fear worry consider propose suggest appeal press "
    "encourage order wish need allow threaten risk attempt warn recommend".split()
)
_POSSIBLE = frozenset({"may", "might", "could", "can", "would", "should", "must", "ought"})
_CONDITIONS = frozenset({"if", "unless", "provided", "until"})
_POSSIBLE_WORDS = frozenset(
    "possible potential alleged hypothetical feared suspected threatened proposed".split()
)
_FUTURE_WORDS = frozenset(
    {"planned", "upcoming", "coming", "future", "scheduled", "imminent", "forthcoming"}
)
_DECISIONS = frozenset({"decision", "plan", "promise", "pledge", "vow", "intention", "agreement"})
_SUPPOSING_NOUNS = frozenset(
    "fear worry threat risk possibility prospect danger plan proposal concern warning hope chance "
    "idea demand call appeal request".split()
)
_LIGHT = frozenset(
    "be have hold make launch carry conduct stage impose sign reach open begin start give take "
    "issue mount lodge announce lift end join attend see".split()
)  # verbs that lend a noun their own modality
_SUPPOSED_ACTS = frozenset({"want", "demand", "request"})


def modality_of(found: Triggered, statement: Statement | None) -> Modality:
    """Return the modality of an event at its trigger.

    `statement` is the innermost statement around it: what somebody denies is negated.
    """
    modality = _of_verb(found.head) if found.is_verb else _of_noun(found.head)
    if modality == "actual" and statement is not None and statement.kind == "indirect":
        if statement.act == "deny":
            return "negated"
        if statement.act in _SUPPOSED_ACTS and found.is_verb:
            return "hypothetical"
    return modality


def _of_verb(verb: Token) -> Modality:
    if is_negated(verb):
        return "negated"
    if _is_conditional(verb):
        return "conditional"
    auxiliaries = {child.lower_ for child in children(verb, "aux")}
    if auxiliaries & {"will", "shall", "'ll", "’ll", "wo"}:
        return "future"
    if auxiliaries & _POSSIBLE:
        return "hypothetical"
    return _governed(verb)


def _is_conditional(verb: Token) -> bool:
    """Whether a verb stands in an if-clause, or in a clause that an if-clause qualifies."""
    clause = verb
    while clause.dep_ in {"conj", "xcomp"}:
        clause = clause.head
    if _has_condition_mark(clause):
        return True
    if children(clause, "ccomp"):  # the condition is part of what is said
        return False
    return any(_has_condition_mark(child) for child in children(clause, "advcl"))


def _has_condition_mark(clause: Token) -> bool:
    return any(
        child.lower_ in _CONDITIONS for child in clause.children if child.dep_ in {"mark", "advmod"}
    )


def _governed(verb: Token) -> Modality:
    """Return what the word a verb hangs on makes of it."""
    governor = verb.head
    if verb.dep_ == "conj" and governor.pos_ == "VERB" and not children(verb, "nsubj", "nsubjpass"):
        return _of_verb(governor) if governor.i != verb.i else "actual"
    infinitive = any(child.lower_ == "to" and child.dep_ == "aux" for child in verb.children)
    lemma = governor.lemma_.lower()
    if verb.dep_ in {"xcomp", "ccomp", "pcomp", "acl", "advcl"} and governor.i != verb.i:
        if lemma in _NEGATIVE_GOVERNORS or (is_negated(governor) and infinitive):
            return "negated"
        if infinitive and lemma in _POSSIBLE_GOVERNORS:
            return "hypothetical"
        if infinitive and lemma in _FUTURE_GOVERNORS:
            return "future"
        if verb.dep_ == "acl" and infinitive:
            return "future" if lemma in _DECISIONS else "hypothetical"
    if verb.dep_ == "pcomp":
        return "negated" if governor.lower_ == "without" else _of_phrase(governor)
    return "actual"


def _of_phrase(link: Token) -> Modality:
    return "hypothetical" if link.head.lemma_.lower() in _SUPPOSING_NOUNS else "actual"


def _of_noun(noun: Token) -> Modality:
    words = {child.lower_ for child in noun.lefts}
    if is_negated(noun) or "no" in words:
        return "negated"
    if words & _FUTURE_WORDS:
        return "future"
    if words & _POSSIBLE_WORDS:
        return "hypothetical"
    if noun.dep_ == "pobj":
        return _behind_preposition(noun.head)
    if noun.dep_ in {"dobj", "attr"} and noun.head.pos_ in {"VERB", "AUX"}:
        return _as_object(noun.head)
    return "actual"


def _behind_preposition(link: Token) -> Modality:
    """Return what "without", "fears of" or "called for" make of the noun behind them."""
    governor = link.head.lemma_.lower()
    if link.lower_ == "without":
        return "negated"
    if governor in _SUPPOSING_NOUNS or (link.lower_ == "for" and governor in _POSSIBLE_GOVERNORS):
        return "hypothetical"
    return "actual"


def _as_object(verb: Token) -> Modality:
    """Return what a verb makes of the noun that is its object."""
    lemma = verb.lemma_.lower()
    if lemma in _NEGATIVE_GOVERNORS:
        return "negated"
    if lemma in _POSSIBLE_GOVERNORS:
        return "hypothetical"
    return _of_verb(verb) if lemma in _LIGHT else "actual"
