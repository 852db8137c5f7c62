"""Which triggers make an event: some need a political actor, a recipient, or any party."""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Token

from onrecord.codebook.plover import Plover
from onrecord.extraction.events.arguments import ArgumentFinder, Arguments
from onrecord.extraction.events.triggers import Triggered
from onrecord.language import dependencies as deps
from onrecord.language.syntax import agent_of, children, is_passive, subject_of
from onrecord.records import Statement

_ALONE = frozenset({"ASSAULT", "COERCE", "PROTEST", "SANCTION", "RETREAT", "MOBILIZE"})
"""Types that need no named party."""
_CLAIMS = ("claim", "claims", "claimed")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A trigger with its parties and its voice."""

    found: Triggered
    arguments: Arguments
    statement: Statement | None  # the innermost around it
    cue: str  # the words that attribute that statement, "" without any


def is_told_of(candidate: Candidate, plover: Plover) -> bool:
    """Whether a trigger is told of as an event: not only felt about, nor claimed as one's own."""
    found, arguments = candidate.found, candidate.arguments
    if not arguments.actors and _is_matter(found.head, plover.topics):
        return False
    return not _is_own_claim(candidate)


def counts(
    candidate: Candidate, finder: ArgumentFinder, plover: Plover, *, of_nature: bool
) -> bool:
    """Return whether a trigger makes an event; `of_nature` is an article about a disaster."""
    found, arguments = candidate.found, candidate.arguments
    if of_nature and found.trigger.event_type == "ASSAULT" and not arguments.actors:
        return False  # a killing without a doer, in the story of an earthquake
    if not arguments.actors and _is_matter(found.head, plover.topics):
        return False
    return _has_parties(found, arguments, finder) and not _is_own_claim(candidate)


def _has_parties(found: Triggered, arguments: Arguments, finder: ArgumentFinder) -> bool:
    meets_nobody = found.is_verb and found.trigger.symmetric and not arguments.recipients
    things = not found.trigger.settled and children(found.head, deps.OBJECT)
    if meets_nobody and things:  # "meet demands", "discuss a plan"
        return False
    if found.trigger.directed:
        return bool(arguments.recipients)
    if found.trigger.guarded:
        return finder.is_political(arguments) or (found.trigger.crowds and _is_crowd(found))
    if found.trigger.agent and _is_led(found) and not finder.is_political(arguments):
        return False
    named = bool(arguments.actors or arguments.recipients)
    return named or not found.is_verb or found.trigger.event_type in _ALONE


def _is_led(found: Triggered) -> bool:
    """Whether the words name a doer, whoever that is."""
    named = agent_of(found.head) if is_passive(found.head) else subject_of(found.head)
    return named is not None and named.pos_ != "PRON"


def _is_crowd(found: Triggered) -> bool:
    """Whether many people do it, or workers: "thousands marched", "nurses will strike"."""
    if not found.is_verb:
        return True
    subject = subject_of(found.head)
    return subject is not None and subject.tag_ in {"NNS", "NNPS"}


def _is_own_claim(candidate: Candidate) -> bool:
    """Whether somebody claims an attack of their own: a statement, and no event on record."""
    found, statement = candidate.found, candidate.statement
    if found.trigger.event_type != "ASSAULT" or not found.is_verb or statement is None:
        return False
    subject = subject_of(found.head)
    if subject is None or subject.pos_ != "PRON":
        return False
    own = {party.actor_id for party in candidate.arguments.actors} <= {statement.speaker_id}
    return own and candidate.cue.lower().endswith(_CLAIMS)


def _is_matter(token: Token, topics: frozenset[str]) -> bool:
    """Whether an event is only what somebody feels about or marks: "condolences for the attack"."""
    for above in token.ancestors:
        if above.pos_ == "NOUN" and above.lemma_.lower() in topics:
            return True
        objects = children(above, deps.OBJECT)
        if any(word.lemma_.lower() in topics for one in objects for word in (one, *one.lefts)):
            return not any(one.i == token.i for one in objects)
        if above.dep_ in {deps.CONTENT, deps.CONJUNCT}:
            return False
    return False
