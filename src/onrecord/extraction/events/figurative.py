"""Figurative: words of violence that strike nobody: a rival beaten 2-0, a policy attacked.

What such a word means follows from who does it, to what and where it is said. An ACCUSE is what an
attack in words comes to.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from spacy.tokens import Token

from onrecord.codebook.plover import Plover, Trigger
from onrecord.extraction.events.triggers import Triggered
from onrecord.language import dependencies as deps
from onrecord.language import lexicon
from onrecord.language.syntax import agent_of, children, is_passive, subject_of

_IN_WORDS = Trigger("ACCUSE", guarded=True, mode="disapprove")
_SCORE = re.compile(  # "4-0 in Rome", not "20-30 people"
    r"(?<![\d.,–-])\d{1,2}\s?[-–]\s?\d{1,2}(?![\d,–-]|[%a-z]|\s%"
    r"|\s(?!(?:after|and|at|away|before|in|on|thanks|to|with)\b)[a-z])"
)
_DECIDING = frozenset({"in", "on", "for", "by"})  # "on penalties", "for the nomination"
_MADE = lexicon.words("deeds.man_made")
_MANY = frozenset({"wave", "series", "round"})
_STOPPAGES = frozenset({"strike", "walkout", "stoppage"})
_STRIKING = lexicon.words("deeds.striking")
_KILLING = lexicon.words("deeds.killing_plans")
_FIRED = lexicon.words("deeds.fired")
_SPEAKING = lexicon.words("deeds.attacking_in_words")


def as_meant(found: Triggered, plover: Plover) -> Triggered | None:
    """Return a trigger as the words around it mean it, None where they leave no event of it."""
    if found.trigger.event_type == "THREATEN":
        return None if _is_of_peril(found.head, plover) else found
    if found.trigger.event_type != "ASSAULT":
        return found
    if _is_of_nobody(found, plover):
        return None
    if not found.is_verb:
        return found
    if _is_in_words(found.head, plover):
        return replace(found, trigger=_IN_WORDS)
    unhurt = (_is_contest, _is_idea, _is_dismissal)
    return None if any(means(found.head, plover) for means in unhurt) else found


def _is_contest(verb: Token, plover: Plover) -> bool:
    """Whether somebody is beaten in a match or a vote: "beat France 2-1", "in the run-off"."""
    if verb.lemma_.lower() not in plover.contests:
        return False
    after = verb.doc[verb.i : verb.sent.end]
    if _SCORE.search(after.text):
        return True
    links = (word for word in after if word.dep_ == deps.PREP and word.lower_ in _DECIDING)
    things = [thing for link in links for thing in children(link, deps.PREP_OBJECT)]
    of = (link for thing in things for link in children(thing, deps.PREP) if link.lower_ == "of")
    things += [
        whole for link in of for whole in children(link, deps.PREP_OBJECT)
    ]  # "half of the match"
    return any(thing.lemma_.lower() in plover.matches for thing in things)


def _is_of_nobody(found: Triggered, plover: Plover) -> bool:
    """Whether what strikes is nobody: "invaded by locusts", "a strike by nurses hit Britain"."""
    if found.is_verb and found.head.lemma_.lower() not in _STRIKING:
        return False
    return any(_is_nobody(word, plover) for word in _doers(found))


def _is_nobody(doer: Token, plover: Plover) -> bool:
    if doer.lemma_.lower() in plover.scourges:
        return True
    strikes = [doer]
    if doer.lemma_.lower() in _MANY:
        strikes += (
            word for link in children(doer, deps.PREP) for word in children(link, deps.PREP_OBJECT)
        )
    return any(one.lemma_.lower() in _STOPPAGES and _is_of_labour(one, plover) for one in strikes)


def _doers(found: Triggered) -> Iterator[Token]:
    head = found.head
    if found.is_verb:
        doer = agent_of(head) if is_passive(head) else subject_of(head)
        yield from (doer,) if doer is not None else ()
    elif head.lemma_.lower() == "invasion":
        links = (link for link in children(head, deps.PREP) if link.lower_ in {"of", "by"})
        yield from (word for link in links for word in children(link, deps.PREP_OBJECT))


def _is_of_labour(strike: Token, plover: Plover) -> bool:
    return any(word.lemma_.lower() in plover.labour for word in strike.subtree)


def _is_in_words(verb: Token, plover: Plover) -> bool:
    """Whether a verb of attack means words: "attacked her in a speech", "over taxes"."""
    if verb.lemma_.lower() not in _SPEAKING:
        return False
    if any(_is_named_idea(one, plover) for one in _objects(verb)):
        return True
    for link in children(verb, deps.PREP):
        for thing in children(link, deps.PREP_OBJECT):
            if thing.lemma_.lower() in plover.speeches:
                return True
    return False


def _is_idea(verb: Token, plover: Plover) -> bool:
    """Whether what a verb of violence is done to is no body or thing: "killed the deal"."""
    killing = verb.lemma_.lower() in _KILLING
    return killing and any(_is_named_idea(one, plover) for one in _objects(verb))


def _is_dismissal(verb: Token, plover: Plover) -> bool:
    """Whether somebody loses a post: "fired his minister"; shots and missiles are fired too."""
    fired = verb.lemma_.lower() == "fire" and _objects(verb)
    return bool(fired) and not any(
        word.lemma_.lower() in _FIRED or word.lemma_.lower() in plover.groups.get("goods", ())
        for thing in _objects(verb)
        for word in (thing, *thing.lefts)
    )


def _objects(verb: Token) -> tuple[Token, ...]:
    return (
        children(verb, deps.PASSIVE_SUBJECT) if is_passive(verb) else children(verb, *deps.OBJECTS)
    )


def _is_named_idea(word: Token, plover: Plover) -> bool:
    return word.lemma_.lower() in plover.groups.get("ideas", ())


def _is_of_peril(head: Token, plover: Plover) -> bool:
    """Whether somebody warns of what nobody does: "warned of famine"."""
    if head.lemma_.lower() not in {"warn", "warning", "caution"}:
        return False
    perils = (plover.natural | plover.scourges) - _MADE
    links = (
        link for link in children(head, deps.PREP) if link.lower_ in {"of", "about", "against"}
    )
    things = [thing for link in links for thing in children(link, *deps.GOVERNED)]
    return any(thing.lemma_.lower() in perils or thing.lower_ in perils for thing in things)
