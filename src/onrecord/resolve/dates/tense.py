"""The tense of the clause around a date."""

from __future__ import annotations

import re
from collections.abc import Sequence

from spacy.tokens import Doc, Token

from onrecord.language.syntax import SUBJECTS
from onrecord.records import Span
from onrecord.resolve.dates.forms import Tense

_FUTURE = frozenset("will shall 'll ’ll would may might must should can could wo ca".split())
_SCHEDULED = frozenset("due schedule expect set plan slate poise likely bind".split())
_INTENDING = frozenset(
    "agree aim announce ask authorise authorize call deal decide decision demand deadline expect "
    "hope intend intention invite mean need offer order ought pact plan pledge prepare promise "
    "proposal propose ready refuse request require schedule set swear threat threaten time tell "
    "urge vote vow want wait warn wish".split()
)
# Verbs of set dates, which the simple present puts in the future: "the vote begins on Monday".
_OF_TIMETABLES = frozenset(
    "begin close conclude depart end expire finish kick leave launch open reopen resume start take "
    "vote".split()
)
_SINGLED_OUT = frozenset("first second third fourth fifth last latest only".split())
_AT_FIRST = frozenset("initially originally previously".split())
_PUT_OFF = frozenset("adjourn postpone delay defer extend suspend reschedule".split())
# What one can look forward to: "will attend Monday's summit", not "will discuss Monday's attack".
_TO_COME = frozenset(
    "briefing caucus ceremony conference debate deadline election final game hearing inauguration "
    "launch match meeting negotiation poll primary race rally referendum round session summit talk "
    "trial vote".split()
)
_LOOKING_AHEAD = re.compile(
    r"(?:\b[Aa]head\s+of|\b[Uu]pcoming|\b[Cc]oming|\b(?:until|till)\s+at\s+least)\s+(?:the\s+)?$"
)
_LOOKING_BACK = re.compile(r"\b(?:[Ss]ince\s+(?:the\s+)?|[Pp]re-)$")
_LOOK_BACK = 3  # words before a date


def tense_at(doc: Doc, span: Span) -> Tense:
    """Return the tense of the clause that a date stands in, "open" where it has none."""
    found = doc.char_span(span.start, span.end, alignment_mode="expand")
    if found is None or not len(found):
        return "open"
    before = doc[max(0, found.start - _LOOK_BACK) : found.start].text_with_ws
    if _LOOKING_AHEAD.search(before):
        return "future"
    if _LOOKING_BACK.search(before):
        return "past"
    token: Token = found.root
    while token.head.i != token.i and token.pos_ not in {"VERB", "AUX"}:
        if _stays_in_past(token):
            return "past"
        if token.lemma_ in {"deadline", "ultimatum"} or (token.pos_ == "ADJ" and _schedules(token)):
            return "future"
        token = token.head
    return _tense_of(token, found.root)


def _tense_of(verb: Token, date: Token) -> Tense:
    if _is_future(verb) or (_is_term(date) and _runs_on(verb)):
        return "future"
    if any(child.lower_ == "had" and child.dep_ == "aux" for child in verb.children):
        return "pluperfect"
    if _is_past(verb):
        return "past"
    return "future" if _is_of_event_to_come(date) else "open"


def _is_of_event_to_come(date: Token) -> bool:
    """Whether a date is that of something awaited: "a summit on Friday"."""
    noun = date.head.head if date.head.dep_ == "prep" else date.head
    return noun.lemma_.lower() in _TO_COME


def _is_term(date: Token) -> bool:
    return date.dep_ == "pobj" and date.head.lower_ in {"until", "till", "through", "to"}


def _runs_on(verb: Token) -> bool:
    """Whether what a verb says lasts beyond now: "adjourned until Monday", "to keep it until"."""
    return verb.lemma_ in _PUT_OFF or any(
        child.lower_ == "to" and child.dep_ == "aux"
        for one in (verb, verb.head)
        for child in one.children
    )


def _is_past(verb: Token) -> bool:
    helpers = [child.tag_ for child in verb.children if child.dep_ in {"aux", "auxpass"}]
    return "VBD" in helpers or (verb.tag_ == "VBD" and not helpers)


def _stays_in_past(token: Token) -> bool:
    """Whether a date owned by a noun is no date of the verb's: "will discuss Monday's attack"."""
    noun = token.head
    return (
        token.dep_ in {"poss", "compound", "nmod"}
        and noun.dep_ not in SUBJECTS
        and noun.pos_ in {"NOUN", "PROPN"}
        and noun.lemma_.lower() not in _TO_COME
    )


def _is_future(verb: Token) -> bool:
    if _schedules(verb) or _schedules(verb.head):
        return True
    helpers = [child for child in verb.children if child.dep_ in {"aux", "auxpass"}]
    if any(child.lower_ in _FUTURE for child in helpers):
        return not any(child.lower_ in {"have", "'ve", "’ve"} for child in helpers)
    governor = verb.head
    if any(child.lower_ == "to" for child in helpers):
        if any(child.lemma_ == "be" and child.dep_ == "aux" for child in helpers):
            return True  # "ministers are to meet"
        if governor.lower_ == "going" or (governor.lemma_ == "be" and verb.dep_ == "xcomp"):
            return True
        if governor.i != verb.i and governor.lemma_.lower() in _INTENDING:
            return True
        if _is_to_be_done(verb, helpers):
            return True
    if verb.dep_ == "conj" and verb.tag_ in {"VB", "VBN"} and not helpers:
        return _is_future(governor)
    if verb.dep_ in {"xcomp", "pcomp"} and governor.i != verb.i and verb.tag_ == "VBG":
        return _is_future(governor)
    return verb.tag_ in {"VBZ", "VBP"} and verb.lemma_ in _OF_TIMETABLES and not helpers


def _is_to_be_done(verb: Token, helpers: Sequence[Token]) -> bool:
    """Whether an infinitive says so of a noun: "the summit to be held on Friday".

    "The first man to be killed" was killed.
    """
    noun = verb.head
    return (
        verb.dep_ in {"acl", "relcl"}
        and any(child.dep_ == "auxpass" for child in helpers)
        and not any(
            one.tag_ == "JJS" or one.lower_ in _SINGLED_OUT for one in (noun, *noun.children)
        )
    )


def _schedules(word: Token) -> bool:
    """Whether a word says that something is planned: "set to meet", not "set up" or "set fire"."""
    if word.lemma_ not in _SCHEDULED or word.tag_ in {"VBD", "NN", "NNS"}:
        return False
    if any(child.lower_ in _AT_FIRST for child in word.children):
        return False
    links = [child for child in word.children if child.dep_ in {"xcomp", "prep"}]
    return word.lemma_ != "set" or any(
        link.dep_ == "xcomp" or link.lower_ == "for" for link in links
    )
