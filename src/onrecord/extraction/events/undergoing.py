"""Who undergoes what a noun names: "faces charges", "under attack", "handed sentences"."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from onrecord.language import dependencies as deps
from onrecord.language import lexicon
from onrecord.language.syntax import (
    agent_of,
    antecedent,
    children,
    is_passive,
    subject_of,
)

UNDERGOING = lexicon.words("deeds.undergoing")
_GIVING = lexicon.words("deeds.giving")
_STATE_LINKS = frozenset({"under", "in", "into", "behind", "on"})
_PLACING = lexicon.words("deeds.placing")
_ANSWERING = lexicon.words("deeds.answering")
_INSTEAD = frozenset({"COERCE", "ACCUSE", "ASSAULT", "SANCTION"})  # what is done to somebody


def undergoers(noun: Token, event_type: str) -> Iterator[Token]:
    """Yield those to whom the deed that a noun names is done, as the verb it hangs on tells."""
    verb = noun.head
    if noun.dep_ in deps.COMPLEMENTS and event_type in _INSTEAD and verb.lemma_ in UNDERGOING:
        if (subject := subject_of(verb)) is not None:
            yield subject
    elif noun.dep_ in deps.OBJECTS and verb.lemma_ in _GIVING:
        yield from _given(verb)
    elif noun.dep_ == deps.OBJECT and event_type == "REQUEST" and verb.lemma_ in _ANSWERING:
        if (asked := subject_of(verb)) is not None:
            yield asked
    elif noun.dep_ == deps.PREP_OBJECT and event_type in _INSTEAD and verb.lower_ in _STATE_LINKS:
        yield from _placed(verb.head)


def givers(noun: Token) -> Iterator[Token]:
    """Yield those who give somebody what a noun names: "handed sentences by courts"."""
    verb = noun.head
    if noun.dep_ in deps.OBJECTS and verb.lemma_ in _GIVING:
        giver = agent_of(verb) if is_passive(verb) else subject_of(verb)
        if giver is not None:
            yield giver


def _given(verb: Token) -> Iterator[Token]:
    if is_passive(verb):
        yield from (antecedent(one, verb) for one in children(verb, deps.PASSIVE_SUBJECT))
        return
    for child in children(verb, deps.DATIVE):
        yield from children(child, deps.PREP_OBJECT) if child.pos_ == "ADP" else (child,)


def _placed(verb: Token) -> Iterator[Token]:
    """Yield who is in a state: "is under investigation", "was taken into custody"."""
    if verb.lemma_ not in _PLACING:
        return
    objects = () if is_passive(verb) else children(verb, deps.OBJECT)
    subject = subject_of(verb)
    yield from objects or ([subject] if subject is not None else [])
