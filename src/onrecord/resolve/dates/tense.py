"""The tense of the clause around a date."""

from __future__ import annotations

import re

from spacy.tokens import Doc, Token

from onrecord.language.syntax import SUBJECTS
from onrecord.records import Span
from onrecord.resolve.dates.forms import Tense

_FUTURE = frozenset("will shall 'll ’ll would may might must should can could wo ca".split())
_SCHEDULED = frozenset("due schedule expect set plan slate poise likely bind".split())
_INTENDING = frozenset(
    "agree aim announce ask authorise authorize call deal decide decision demand deadline hope "
    "intend intention invite mean need offer order ought pact plan pledge prepare promise proposal "
    "propose ready refuse request require schedule set swear threat threaten time tell urge vote "
    "vow want wait warn wish".split()
)
# Verbs of set dates, which the simple present puts in the future: "the vote begins on Monday".
_OF_TIMETABLES = frozenset(
    "begin close conclude depart end expire finish kick leave launch open reopen resume start take "
    "vote".split()
)
_PUT_OFF = frozenset("adjourn postpone delay defer extend suspend reschedule".split())
# What one can look forward to: "will attend Monday's summit", not "will discuss Monday's attack".
_TO_COME = frozenset(
    "briefing ceremony conference debate deadline election final game hearing inauguration "
    "launch match meeting negotiation poll race rally referendum round session summit talk trial "
    "vote".split()
)
_LOOKING_AHEAD = re.compile(r"(?:\b[Aa]head\s+of|\b[Uu]pcoming|\b[Cc]oming)\s+(?:the\s+)?$")
_LOOK_BACK = 3  # words before a date


def tense_at(doc: Doc, span: Span) -> Tense:
    """Return the tense of the clause that a date stands in, "open" where it has none."""
    found = doc.char_span(span.start, span.end, alignment_mode="expand")
    if found is None or not len(found):
        return "open"
    before = doc[max(0, found.start - _LOOK_BACK) : found.start]
    if _LOOKING_AHEAD.search(before.text_with_ws):
        return "future"
    token: Token = found.root
    while token.head.i != token.i and token.pos_ not in {"VERB", "AUX"}:
        if _stays_in_past(token):
            return "past"
        if token.lemma_ in {"deadline", "ultimatum"} or (token.pos_ == "ADJ" and _schedules(token)):
            return "future"
        token = token.head
    if _is_future(token) or (_is_term(found.root) and _runs_on(token)):
        return "future"
    if any(child.lower_ == "had" and child.dep_ == "aux" for child in token.children):
        return "pluperfect"
    return "past" if _is_past(token) else "open"


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
        if governor.lower_ == "going" or (governor.lemma_ == "be" and verb.dep_ == "xcomp"):
            return True
        if governor.i != verb.i and governor.lemma_.lower() in _INTENDING:
            return True
    if verb.dep_ == "conj" and verb.tag_ in {"VB", "VBN"} and not helpers:
        return _is_future(governor)
    if verb.dep_ in {"xcomp", "pcomp"} and governor.i != verb.i and verb.tag_ == "VBG":
        return _is_future(governor)
    return verb.tag_ in {"VBZ", "VBP"} and verb.lemma_ in _OF_TIMETABLES and not helpers


def _schedules(word: Token) -> bool:
    """Whether a word says that something is planned: "set to meet", not "set up" or "set fire"."""
    if word.lemma_ not in _SCHEDULED or word.tag_ in {"VBD", "NN", "NNS"}:
        return False
    links = [child for child in word.children if child.dep_ in {"xcomp", "prep"}]
    return word.lemma_ != "set" or any(
        link.dep_ == "xcomp" or link.lower_ == "for" for link in links
    )
