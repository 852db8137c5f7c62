"""Nominals: who does what a noun names and to whom, as the words around the noun have it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from spacy.tokens import Token

from onrecord.extraction.events.clauses import (
    OWN_FORCES,
    RECIPIENT_LINKS,
    doer_of,
    is_undergone,
    objects_behind,
    patient_of,
)
from onrecord.extraction.events.triggers import Triggered
from onrecord.language import dependencies as deps
from onrecord.language import lexicon
from onrecord.language.syntax import (
    RELATIVE,
    agent_of,
    children,
    conjuncts,
    is_passive,
    subject_of,
)

CARRIED_OUT = lexicon.words("deeds.carried_out")
LIGHT_VERBS = CARRIED_OUT | lexicon.words("deeds.light_verbs")
DEED_LINKS = frozenset({"in", "by", "during"})
_BEING = frozenset({"be", "go", "remain", "stay"})
_NOUN_RECIPIENT_LINKS = RECIPIENT_LINKS | {"of", "for"}
_OCCASION_LINKS = frozenset({"at", "in", "during", "after", "before"})
_HARMS = lexicon.words("deeds.harming")
_AIMING = lexicon.words("deeds.aiming")
_AIMED = frozenset({"on", "upon", "against", "to"})
_SHARED = frozenset({"of", "by", "against", "on"})
_ADDRESSED = frozenset({"REQUEST", "AGREE", "THREATEN", "REJECT", "ACCUSE"})
_OWN_STEPS = lexicon.words("deeds.own_steps")
_PERPETRATORS = lexicon.words("roles.perpetrators")
_VICTIMS = frozenset("victim target survivor casualty".split())
_PERISHING = frozenset({"die", "perish"})


def linked_to(found: Triggered) -> tuple[list[Token], list[Token]]:
    """Return who acts and who receives by the prepositions of an event noun."""
    acting: list[Token] = []
    receiving: list[Token] = []
    links = links_of(found.head)
    own = found.trigger.symmetric or found.trigger.event_type in OWN_FORCES
    own = own or _is_addressed(found, links) or found.head.lemma_ in _OWN_STEPS
    for link in links:
        objects = children(link, deps.PREP_OBJECT)
        if link.lower_ in {"by", "between", "from", "among"} or (link.lower_ == "of" and own):
            acting += objects  # "the advance of their troops"
        elif link.lower_ == "with" and not found.trigger.symmetric:
            continue
        elif link.lower_ in _NOUN_RECIPIENT_LINKS:
            receiving += objects
    return acting, receiving


def links_of(noun: Token) -> tuple[Token, ...]:
    """Return the prepositions of a noun, those it shares with nouns beside it among them.

    "the arrest and killing of two reporters" is the arrest of them too.
    """
    own = children(noun, *deps.LINKS)
    last = max(conjuncts(noun), key=lambda word: word.i)
    shared = [
        link
        for word in conjuncts(noun)
        if word.i != noun.i
        for link in children(word, *deps.LINKS)
        if link.i > last.i and link.lower_ in _SHARED
    ]
    return own or tuple(shared)


def _is_addressed(found: Triggered, links: Sequence[Token]) -> bool:
    """Whether what a noun names goes to somebody, "of" who sends it: "pleas of Iran to Oman"."""
    return found.trigger.event_type in _ADDRESSED and any(link.lower_ == "to" for link in links)


def aimed_through(noun: Token) -> Iterator[Token]:
    """Yield at whom a verb aims what a noun names: "sanctions were imposed on the bank"."""
    verb = noun.head
    if noun.dep_ in deps.UNDERGOERS and verb.lemma_ in LIGHT_VERBS | _AIMING:
        yield from objects_behind(verb, _AIMED)


def in_roles(noun: Token) -> tuple[list[Token], list[Token]]:
    """Return who did and who suffered a deed, by words for the part: "victims of the attack"."""
    part = noun.head.head
    if noun.dep_ != deps.PREP_OBJECT or noun.head.lower_ not in {"of", "in", "for"}:
        return [], []
    parties = [part]
    if part.dep_ == deps.ATTRIBUTE and (subject := subject_of(part.head)) is not None:
        parties = [subject]  # "refugees were the perpetrators of"
    if part.lemma_ in _PERPETRATORS:
        return parties, []
    return [], parties if part.lemma_ in _VICTIMS else []


def harmed_by(noun: Token) -> list[Token]:
    """Return whom an attack killed: "the attack killed ten", "ten were killed in the attack"."""
    verb = noun.head
    harmed: list[Token] = []
    if noun.dep_ == deps.SUBJECT and verb.lemma_ in _HARMS:
        harmed += children(verb, deps.OBJECT)
    for clause in children(noun, deps.RELATIVE):
        subject = next(iter(children(clause, deps.SUBJECT)), None)
        if clause.lemma_ in _HARMS and subject is not None and subject.lower_ in RELATIVE:
            harmed += children(clause, deps.OBJECT)
    if noun.dep_ == deps.PREP_OBJECT and verb.lower_ in DEED_LINKS:
        clause = verb.head
        if clause.lemma_ in _PERISHING:
            patient = subject_of(clause)
        else:
            undergone = clause.lemma_ in _HARMS and is_undergone(clause)
            patient = patient_of(clause) if undergone else None
        harmed += [patient] if patient is not None else []
    return harmed


def aimed_at(noun: Token) -> Iterator[Token]:
    """Yield whom a fight is to beat: "the battle to recapture the group's town"."""
    for clause in children(noun, deps.NOUN_CLAUSE):
        if clause.tag_ == "VB":
            yield from children(clause, deps.OBJECT)


def light_subject(noun: Token, symmetric: bool) -> Sequence[Token]:
    """Return who holds, makes or attends what a noun names, when a verb says so."""
    verb = noun.head
    if noun.dep_ in deps.COMPLEMENTS and verb.lemma_ in LIGHT_VERBS:
        subject = agent_of(verb) if is_passive(verb) else doer_of(verb)
        return [subject] if subject is not None else []
    if noun.dep_ == deps.PASSIVE_SUBJECT and verb.lemma_ in LIGHT_VERBS:
        agent = agent_of(verb)
        return [agent] if agent is not None else []
    links = _OCCASION_LINKS if symmetric else {"on"}  # "are on strike"
    if (
        noun.dep_ == deps.PREP_OBJECT
        and verb.lower_ in links
        and (symmetric or verb.head.lemma_ in _BEING)
    ):
        governor = verb.head
        subject = subject_of(governor) if governor.pos_ in {"VERB", "AUX"} else None
        return [subject] if subject is not None else []
    return []
