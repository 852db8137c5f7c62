"""Triggers: the words of a parse that evoke an event."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from spacy.tokens import Doc, Token

from onrecord.codebook.plover import Plover, Trigger
from onrecord.extraction.events.learned import Sighting
from onrecord.language import dependencies as deps
from onrecord.language import lexicon
from onrecord.language.syntax import agent_of, children, is_passive, subject_of
from onrecord.records import Span

_ABSTRACT = lexicon.words("deeds.no_parties")
_LABOUR_STRIKE = "labour strike"  # the entry for a "strike" of workers
_PAIRED = frozenset(
    {
        deps.PARTICLE,
        deps.PREP,
        deps.OBJECT,
        deps.AGENT,
        deps.PREDICATE,
        deps.STATE,
        deps.OPEN_CLAUSE,
    }
)
_OPINIONS = lexicon.words("speech.opinions")
_MODAL = frozenset({"would", "will", "should", "must", "shall"})


@dataclass(frozen=True, slots=True)
class Triggered:
    """A trigger in the text."""

    head: Token
    span: Span
    trigger: Trigger
    is_verb: bool
    link: Token | None = None  # the preposition that is part of a verb's key
    seen: Sighting | None = None  # what the model makes of it


def find_triggers(doc: Doc, plover: Plover) -> Iterator[Triggered]:
    """Yield the triggers of a parse in text order; a noun inside a verb's key counts once."""
    used: set[int] = set()
    for token in doc:
        if token.i in used:
            continue
        if token.pos_ == "VERB" or (token.pos_ == "AUX" and token.dep_ not in deps.AUXILIARIES):
            found = _verb(token, plover, used)
        elif token.pos_ in {"NOUN", "PROPN"}:
            found = _noun(token, plover)
        else:
            found = None
        if found is not None and not means_nothing(found, plover):
            yield _as_labour(found, plover)


def means_nothing(found: Triggered, plover: Plover) -> bool:
    """Whether a trigger's words are a set phrase, an opinion shared, a question, a mere word."""
    return (
        _is_idiom(found, plover.idioms)
        or _is_assent(found)
        or _is_question(found)
        or _is_word(found)
        or _is_accident(found, plover)
    )


def _verb(verb: Token, plover: Plover, used: set[int]) -> Triggered | None:
    lemma = verb.lemma_.lower()
    particles = children(verb, deps.PARTICLE)
    for child in particles or verb.children:
        if child.dep_ in _PAIRED and child.i > verb.i:
            trigger = _paired(verb, child, plover)
            if trigger is None:
                continue
            if child.dep_ == deps.OBJECT:
                used.add(child.i)
            joins = child.dep_ == deps.PARTICLE or child.i == verb.i + 1
            link = child if child.dep_ == deps.PREP else None
            return Triggered(verb, _span(verb, child if joins else verb), trigger, True, link)
    if children(verb, deps.OPEN_CLAUSE) and (trigger := plover.verbs.get(f"{lemma} to")):
        return Triggered(verb, _span(verb, verb), trigger, True)
    if particles:
        return None  # "call out" is no call, "share out" no sharing: such a pair has its own entry
    trigger = plover.verbs.get(lemma)
    if trigger and trigger.event_type == "SUPPORT" and children(verb, deps.CONTENT):
        return None  # "recognises that …" recognises nobody
    if trigger and not (trigger.guarded and verb.dep_ == deps.ADJECTIVE and verb.tag_ == "VBN"):
        return Triggered(verb, _span(verb, verb), trigger, True)
    return None


def _paired(verb: Token, child: Token, plover: Plover) -> Trigger | None:
    """Return what a verb means with its particle, preposition or object: "send" with goods."""
    lemma, other = verb.lemma_.lower(), child.lemma_.lower()
    if trigger := plover.verbs.get(f"{lemma} {other}"):
        return trigger
    if child.dep_ == deps.PARTICLE:  # "lay down", which the lemmatiser takes for "lie down"
        return plover.verbs.get(f"{verb.lower_} {other}")
    if child.dep_ != deps.OBJECT:
        return None
    groups = (name for name, words in plover.groups.items() if other in words)
    keys = (f"{lemma} {name}" for name in groups)
    return next((plover.verbs[key] for key in keys if key in plover.verbs), None)


def _noun(noun: Token, plover: Plover) -> Triggered | None:
    lemma = noun.lemma_.lower()
    if (after := _following(noun)) is not None:
        paired = plover.verbs.get(f"{lemma} {after.lemma_.lower()}")
        if paired is not None and paired.settled:  # a headline's verb, read as a noun
            return Triggered(noun, _span(noun, after), paired, True)
    if noun.dep_ in deps.NOUNS_BEFORE and noun.head.i > noun.i and noun.head.pos_ != "PUNCT":
        return None
    if noun.i and (trigger := plover.nouns.get(f"{noun.doc[noun.i - 1].lemma_.lower()} {lemma}")):
        start = noun.doc[noun.i - 1]
        if start.i and start.nbor(-1).lower_ == "special":
            start = start.nbor(-1)
        return Triggered(noun, _span(start, noun), trigger, False)
    links = (f"{lemma} {link.lower_}" for link in children(noun, deps.PREP))
    trigger = next((plover.nouns[key] for key in (*links, lemma) if key in plover.nouns), None)
    if trigger is None or (noun.pos_ == "PROPN" and noun.ent_type_):
        return None
    if _is_abstract(noun):
        return None
    if trigger.plural and noun.tag_ not in {"NNS", "NNPS"}:
        return None
    if noun.i and noun.nbor(-1).lower_ in {"press", "news"}:  # "a press conference"
        return None
    return Triggered(noun, _span(noun, noun), trigger, False)


def _following(token: Token) -> Token | None:
    return token.nbor() if token.i + 1 < len(token.doc) else None


def _is_abstract(noun: Token) -> bool:
    """Whether what a noun is done to is no party: "the war on drugs"."""
    things = (
        thing for link in children(noun, deps.PREP) for thing in children(link, deps.PREP_OBJECT)
    )
    return any(thing.lemma_.lower() in _ABSTRACT for thing in things)


def _is_idiom(found: Triggered, idioms: frozenset[str]) -> bool:
    """Whether a word and its object, or the word before it, are a set phrase: "struck a deal"."""
    lemma = found.head.lemma_.lower()
    if found.is_verb:
        return any(
            f"{lemma} {one.lemma_.lower()}" in idioms for one in children(found.head, deps.OBJECT)
        )
    before = found.head.nbor(-1).lemma_.lower() if found.head.i else ""
    governor = found.head.head
    keys = {f"{before} {lemma}"}
    if found.head.dep_ == deps.OBJECT:
        keys.add(f"{governor.lemma_.lower()} {lemma}")
    if governor.lower_ == "of":
        keys.add(f"{governor.head.lemma_.lower()} of {lemma}")
    return bool(keys & idioms)


def _is_accident(found: Triggered, plover: Plover) -> bool:
    """Whether what kills is nobody: "a blaze that killed ten"."""
    if found.trigger.event_type != "ASSAULT" or not found.is_verb:
        return False
    doer = agent_of(found.head) if is_passive(found.head) else subject_of(found.head)
    if doer is None:
        return False
    lemma, modifiers = doer.lemma_.lower(), children(doer, *deps.NOUNS_BEFORE)
    if lemma == "fire" and modifiers:  # "artillery fire"
        return False
    illness = any(f"{word.lemma_.lower()} {lemma}" in plover.idioms for word in modifiers)
    return illness or lemma in plover.natural | plover.causes


def _as_labour(found: Triggered, plover: Plover) -> Triggered:
    """Return a strike of workers as the PROTEST it is; any other trigger as it is."""
    if found.head.lemma_.lower() != "strike" or found.trigger.event_type != "ASSAULT":
        return found
    if found.is_verb:
        if children(found.head, deps.OBJECT, deps.PASSIVE_SUBJECT, deps.PASSIVE_AUX):
            return found
        scope = [
            word
            for word in found.head.subtree
            if word.dep_ in {deps.SUBJECT, deps.PREP_OBJECT, deps.COMPOUND}
        ]
        subject = subject_of(found.head)
        scope += [subject] if subject is not None else []
    else:
        scope = list(_around(found.head))
    if not _on_strike(found) and not any(_works(word, plover.labour) for word in scope):
        return found
    entries = plover.verbs if found.is_verb else plover.nouns
    return replace(found, trigger=entries[_LABOUR_STRIKE])


def _around(noun: Token) -> Iterator[Token]:
    """Yield what belongs to a noun, and who holds, calls or joins it."""
    yield from noun.subtree
    if noun.head.pos_ in {"VERB", "AUX"} and noun.dep_ in deps.PARTIES:
        subject = agent_of(noun.head) or subject_of(noun.head)
        if subject is not None:
            yield from subject.subtree


def _on_strike(found: Triggered) -> bool:
    return not found.is_verb and found.head.i > 0 and found.head.nbor(-1).lower_ == "on"


def _works(word: Token, labour: frozenset[str]) -> bool:
    return word.lemma_.lower() in labour


def _span(first: Token, last: Token) -> Span:
    return Span(first.idx, last.idx + len(last))


def _is_question(found: Triggered) -> bool:
    """Whether "ask" puts a question rather than a request: "asked how", "asked whether"."""
    if not found.is_verb or found.head.lemma_ != "ask":
        return False
    clauses = children(found.head, deps.CONTENT, deps.OPEN_CLAUSE)
    requests = any(word.lower_ == "to" for clause in clauses for word in children(clause, deps.AUX))
    return not requests and not any(child.lower_ == "for" for child in found.head.children)


def _is_word(found: Triggered) -> bool:
    """Whether a noun is spoken of as a word: "avoid using the phrase 'invasion'"."""
    if found.is_verb:
        return False
    naming = {"word", "term", "phrase", "label"}
    named = found.head.head if found.head.dep_ == deps.APPOSITION else found.head
    return bool(naming & {word.lemma_ for word in (named, *found.head.lefts)})


def _is_assent(found: Triggered) -> bool:
    """Whether "agree" only assents: "agreed that it had failed", "agree with the judge"."""
    if found.trigger.event_type != "AGREE" or not found.is_verb:
        return False
    links = {link.lower_ for link in children(found.head, deps.PREP)}
    if (
        found.head.lemma_ == "agree"
        and links == {"with"}
        and not children(found.head, deps.OPEN_CLAUSE)
    ):
        return True
    things = (
        thing
        for link in children(found.head, deps.PREP)
        for thing in children(link, deps.PREP_OBJECT)
    )
    if any(thing.lemma_.lower() in _OPINIONS for thing in things):
        return True
    for clause in found.head.subtree:
        if (
            clause.i != found.head.i
            and clause.dep_ == deps.CONTENT
            and any(child.lower_ == "that" for child in clause.children)
        ):
            return not any(child.lower_ in _MODAL for child in clause.children)
    return False
