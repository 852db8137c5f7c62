"""Kinds of conditions: offer, threat, prediction or rule."""

from __future__ import annotations

from onrecord.extraction.conditions.grammar import Parts
from onrecord.language import dependencies as deps
from onrecord.language import lexicon
from onrecord.language.syntax import children, is_negated
from onrecord.records import ConditionKind, Statement

_OBLIGES = lexicon.words("grammar.obliging")
_HARM = lexicon.words("deeds.harmful")
_HELP = lexicon.words("deeds.helpful")


def kind_of(parts: Parts, statement: Statement | None) -> ConditionKind:
    """Return what a condition is, by its statement and by what its consequence says."""
    if statement is not None and statement.act == "threaten":
        return "threat"
    if statement is not None and statement.act in {"offer", "promise"}:
        return "offer"
    head = parts.then_head
    if head is None:
        return "prediction"
    words = {child.lower_ for child in children(head, deps.AUX)} | {head.lemma_.lower()}
    if statement is not None and words & {"will", "would"}:
        first_person = any(child.lower_ in {"we", "i"} for child in children(head, deps.SUBJECT))
        if first_person or head.lemma_.lower() in _HELP | _HARM:
            return "threat" if head.lemma_.lower() in _HARM - _HELP else "offer"
    return "rule" if words & _OBLIGES or is_negated(head) else "prediction"
