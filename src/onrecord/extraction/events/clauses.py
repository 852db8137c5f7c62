"""Clauses: who does what a verb says and to whom, as the grammar around the verb has it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from spacy.tokens import Token

from onrecord.codebook.plover import Trigger
from onrecord.language import dependencies as deps
from onrecord.language import lexicon
from onrecord.language.syntax import (
    antecedent,
    children,
    is_passive,
    subject_of,
)

RECIPIENT_LINKS = lexicon.words("grammar.recipient_links")
OWN_FORCES = frozenset({"RETREAT", "MOBILIZE"})  # done by the troops, not to them
_ABOUT_DEEDS = frozenset({"REQUEST", "AID", "ACCUSE"})  # what somebody does or is to do
_UNDERTAKING = frozenset({"make", "take", "issue", "give"})  # "made a vow to leave"
_TAKING = frozenset({"extradite", "deport", "repatriate", "expel"})
_AFTERMATH = frozenset({"after", "when", "as"})
_BESIDE = 3  # words to a verb that shares an object: "and then wounded"
_OBJECT_CONTROL = frozenset({"of", "from", "for", "against", "into"})


def is_undergone(verb: Token) -> bool:
    """Whether a verb is passive, by itself or beside one: "was rounded up and executed"."""
    while not is_passive(verb):
        if _is_participle(verb):
            return True
        bare = verb.tag_ == "VBN" and not children(verb, deps.AUX, *deps.SUBJECTS)
        if verb.dep_ != deps.CONJUNCT or not bare:
            return False
        verb = verb.head
    return True


def _is_participle(verb: Token) -> bool:
    """Whether a bare participle has a subject: "the leader now imprisoned in Turkey"."""
    alone = not children(verb, deps.AUX, deps.PASSIVE_AUX, *deps.OBJECTS)
    return verb.tag_ == "VBN" and alone and bool(children(verb, deps.SUBJECT))


def patient_of(verb: Token) -> Token | None:
    """Return whom a passive verb is done to, with the subject its grammar implies."""
    own = children(verb, deps.PASSIVE_SUBJECT)
    if own:
        return antecedent(own[0], verb)
    if verb.dep_ in deps.PARTICIPLES:
        return verb.head
    if verb.dep_ == deps.CONJUNCT and verb.head.dep_ in deps.PARTICIPLES:
        return verb.head.head
    return doer_of(verb)


def doer_of(verb: Token) -> Token | None:
    """Return a verb's subject; behind a preposition that of the clause, or its object.

    "left without meeting", "accused Iran of shelling", "stopped short of apologising".
    """
    if verb.dep_ == deps.OPEN_CLAUSE and verb.head.dep_ == deps.STATE:  # "is due to visit"
        return subject_of(verb.head.head)
    if verb.dep_ == deps.NOUN_CLAUSE and verb.tag_ == "VB" and not children(verb, deps.SUBJECT):
        return _holder(verb.head)
    if verb.dep_ not in deps.GOVERNED or children(verb, deps.SUBJECT):
        return subject_of(verb)
    link = verb.head
    governor = link.head
    if governor.pos_ in {"ADV", "ADJ"}:
        governor = governor.head
    if governor.pos_ not in {"VERB", "AUX"}:  # "the country's policy of accepting refugees"
        return next(iter(children(governor, deps.POSSESSOR)), None)
    if link.lower_ in _OBJECT_CONTROL:
        patients = children(governor, *deps.UNDERGOERS)
        if patients:
            return patients[0]
    return patient_of(governor) if is_undergone(governor) else subject_of(governor)


def listed_before(verb: Token) -> Iterator[Token]:
    """Yield the names before a headline's verb, which parsers take for parts of a noun.

    "India, Pakistan exchange fire".
    """
    if verb.dep_ == deps.ROOT and verb.tag_ in {"VBP", "VBZ", "VBD"}:
        names = (
            word
            for word in verb.lefts
            if word.dep_ in {deps.UNKNOWN, deps.COMPOUND, deps.NOUN_MODIFIER}
        )
        yield from (name for name in names if name.pos_ == "PROPN")


def _holder(noun: Token) -> Token | None:
    """Return who is to do what a noun's infinitive says: "her decision to go", "made a vow to"."""
    owners = children(noun, deps.POSSESSOR)
    if owners:
        return owners[0]
    verb = noun.head
    return subject_of(verb) if noun.dep_ == deps.OBJECT and verb.lemma_ in _UNDERTAKING else None


def attackers_before(verb: Token) -> Iterator[Token]:
    """Yield whose deed killed, as a clause of time tells: "died after a bomber hit the mosque"."""
    for clause in children(verb, deps.ADVERBIAL):
        marks = {word.lower_ for word in children(clause, *deps.OPENERS)}
        if marks & _AFTERMATH and (subject := subject_of(clause)) is not None:
            yield subject


def blamed_by(charge: Token) -> Iterator[Token]:
    """Yield whom a verb or noun accuses or makes pay: "was jailed for", "sanctions on Iran for"."""
    if charge.pos_ == "NOUN":
        yield from objects_behind(charge, frozenset({"against", "on"}))
    elif not is_undergone(charge):
        yield from children(charge, deps.OBJECT)
    elif (patient := patient_of(charge)) is not None:
        yield patient


def joint_objects(verb: Token) -> Iterator[Token]:
    """Yield the object that a verb shares with the one beside it: "shot and wounded a reporter"."""
    for other in children(verb, deps.CONJUNCT):
        if other.i - verb.i <= _BESIDE:
            yield from children(other, deps.OBJECT)


def receivers_of(verb: Token, trigger: Trigger, link: Token | None) -> Iterator[Token]:
    """Yield to whom a verb is done: its objects, and what its prepositions name."""
    if link is not None:
        yield from children(link, deps.PREP_OBJECT)
    objects = [child for child in verb.children if child.dep_ in deps.OBJECTS and child.i > verb.i]
    if trigger.symmetric:
        yield from objects
        yield from _opposite(verb, *objects)
        return
    if trigger.event_type in _ABOUT_DEEDS:  # "urged Iran to leave": the clause's subject
        for clause in children(verb, deps.CONTENT, deps.OPEN_CLAUSE):
            yield from children(clause, deps.SUBJECT)
    given = list(_given_to(verb, objects)) if trigger.event_type == "AID" else []
    if given:  # "donated ambulances to Moldova": the ambulances receive nothing
        yield from given
        return
    if trigger.event_type not in {"RETREAT", "MOBILIZE"} or trigger.mode == "release":
        yield from objects  # "withdrew its troops": the troops are not whom it was done to
    if trigger.directed and trigger.event_type == "COERCE":
        return  # "held a vigil at the embassy" holds nobody there
    for child in children(verb, deps.PREP, deps.DATIVE):
        if child.lower_ in RECIPIENT_LINKS:
            yield from children(child, deps.PREP_OBJECT)


def _given_to(verb: Token, objects: Sequence[Token]) -> Iterator[Token]:
    """Yield to whom something is given: "sent weapons to the rebels", "gave Kyiv the tanks"."""
    for scope in (verb, *objects):
        for link in children(scope, deps.PREP, deps.DATIVE):
            if link.lower_ in {"to", "for"}:
                yield from children(link, deps.PREP_OBJECT)
    yield from (one for one in children(verb, deps.DATIVE) if one.pos_ in {"NOUN", "PROPN", "PRON"})


def is_destination(word: Token, verb: Token) -> bool:
    """Whether a word is only where, or to whom, somebody is taken: "extradited to Spain"."""
    link = word.head
    taken = word.dep_ == deps.PREP_OBJECT and link.lower_ == "to" and verb.lemma_.lower() in _TAKING
    return taken and link.head.i in {verb.i, *(one.i for one in children(verb, deps.OBJECT))}


def objects_behind(word: Token, links: frozenset[str]) -> Iterator[Token]:
    """Yield what a word's prepositional phrases name: "sanctions on Russia"."""
    for link in children(word, deps.PREP):
        if link.lower_ in links:
            yield from children(link, deps.PREP_OBJECT)


def _opposite(*scopes: Token) -> Iterator[Token]:
    """Yield the other side of what is done together: "negotiating its demands with the US"."""
    for scope in scopes:
        for child in children(scope, deps.PREP):
            if child.lower_ in {"with", "against", "between", "alongside"}:
                yield from children(child, deps.PREP_OBJECT)
