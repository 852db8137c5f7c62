"""The tense of the clause around a date."""

from __future__ import annotations

import re
from collections.abc import Sequence

from spacy.tokens import Doc, Token

from onrecord.language import dependencies as deps
from onrecord.language import lexicon
from onrecord.language.calendar import WEEKDAYS
from onrecord.language.syntax import children
from onrecord.records import Span
from onrecord.resolve.dates.forms import Tense

_FUTURE = lexicon.words("grammar.to_come") | lexicon.words("grammar.possible")
_SCHEDULED = lexicon.words("calendar.scheduled")
_INTENDING = lexicon.words("calendar.intending")
_WISHING = frozenset({"want", "need", "like"})
_OF_TIMETABLES = lexicon.words("calendar.of_timetables")
_OF_DIARIES = lexicon.words("calendar.of_diaries")
_BEFALLEN = lexicon.words("calendar.befallen")
_RESPONDING = lexicon.words("calendar.responding")
_SINGLED_OUT = lexicon.words("calendar.singled_out")
_AT_FIRST = frozenset("initially originally previously".split())
_PUT_OFF = lexicon.words("calendar.put_off")
_TO_COME = lexicon.words("calendar.to_come")
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
    if _is_of_what_befell(doc, found.start):
        return "past"
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
    if any(child.lower_ == "had" and child.dep_ == deps.AUX for child in verb.children):
        return "pluperfect"
    if _is_past(verb):
        return "past"
    return "future" if _is_of_event_to_come(date) or _is_in_diary(verb, date) else "open"


def _is_of_event_to_come(date: Token) -> bool:
    """Whether a date is that of something awaited: "a summit on Friday", "a vote is on Friday"."""
    holder = date.head.head if date.head.dep_ == deps.PREP else date.head
    held = [holder, *(children(holder, deps.SUBJECT) if holder.lower_ in {"is", "are"} else ())]
    return any(noun.lemma_.lower() in _TO_COME for noun in held)


def _is_in_diary(verb: Token, date: Token) -> bool:
    """Whether a present tells of a coming weekday: "flies to Rome on Monday".

    Headlines and captions tell in it of what has been: a sentence of prose has its full stop.
    """
    helpers = [child.lower_ for child in verb.children if child.dep_ == deps.AUX]
    running = verb.tag_ == "VBG" and helpers in (["is"], ["are"])
    present = verb.tag_ in {"VBZ", "VBP"} and not helpers
    named = date.text.lower() in WEEKDAYS and date.sent.text.rstrip().endswith((".", "”", '"'))
    return named and (running or present) and verb.lemma_ in _OF_DIARIES


def _is_of_what_befell(doc: Doc, start: int) -> bool:
    """Whether a date is that of a deed answered afterwards: "revenge for the raid on Tuesday"."""
    at = start - 1 - (start > 1 and doc[start - 1].lower_ == "on")
    noun = doc[max(0, at)]
    if noun.lemma_.lower() not in _BEFALLEN or not any(
        True for _ in children(noun, *deps.DEFINERS)
    ):
        return False
    link = noun.head
    if noun.dep_ == deps.PREP_OBJECT:
        return link.lower_ in {"for", "over", "after", "behind", "to", "into"}
    return noun.dep_ == deps.OBJECT and link.lemma_ in _RESPONDING


def _is_term(date: Token) -> bool:
    return date.dep_ == deps.PREP_OBJECT and date.head.lower_ in {"until", "till", "through", "to"}


def _runs_on(verb: Token) -> bool:
    """Whether what a verb says lasts beyond now: "adjourned until Monday", "to keep it until"."""
    return verb.lemma_ in _PUT_OFF or any(
        child.lower_ == "to" and child.dep_ == deps.AUX
        for one in (verb, verb.head)
        for child in one.children
    )


def _is_past(verb: Token) -> bool:
    helpers = [child.tag_ for child in verb.children if child.dep_ in deps.AUXILIARIES]
    return "VBD" in helpers or (verb.tag_ == "VBD" and not helpers)


def _stays_in_past(token: Token) -> bool:
    """Whether a date owned by a noun is no date of the verb's: "will discuss Monday's attack"."""
    noun = token.head
    return (
        token.dep_ in {deps.POSSESSOR, deps.COMPOUND, deps.NOUN_MODIFIER}
        and noun.dep_ not in deps.SUBJECTS
        and noun.pos_ in {"NOUN", "PROPN"}
        and noun.lemma_.lower() not in _TO_COME
    )


def _is_future(verb: Token) -> bool:
    if _schedules(verb) or _schedules(verb.head) or _is_wished_done(verb):
        return True
    helpers = [child for child in verb.children if child.dep_ in deps.AUXILIARIES]
    if any(child.lower_ in _FUTURE for child in helpers):
        return not any(child.lower_ in {"have", "'ve", "’ve"} for child in helpers)
    governor = verb.head
    if any(child.lower_ == "to" for child in helpers):
        before = (child for child in verb.lefts if child.dep_ in {deps.AUX, deps.UNKNOWN})
        if any(child.lemma_ == "be" for child in before):
            return True  # "ministers are to meet"
        if governor.lower_ == "going" or (
            governor.lemma_ == "be" and verb.dep_ == deps.OPEN_CLAUSE
        ):
            return True
        if governor.i != verb.i and governor.lemma_.lower() in _INTENDING:
            return True
        if _is_to_be_done(verb, helpers):
            return True
    if verb.dep_ == deps.CONJUNCT and verb.tag_ in {"VB", "VBN"} and not helpers:
        return _is_future(governor)
    if (
        verb.dep_ in {deps.OPEN_CLAUSE, deps.PREP_CLAUSE}
        and governor.i != verb.i
        and verb.tag_ == "VBG"
    ):
        return _is_future(governor)
    return verb.tag_ in {"VBZ", "VBP"} and verb.lemma_ in _OF_TIMETABLES and not helpers


def _is_wished_done(verb: Token) -> bool:
    """Whether somebody wants a thing done: "wants it done by Friday"."""
    wished = verb.tag_ == "VBN" and verb.dep_ == deps.CONTENT and verb.head.lemma_ in _WISHING
    return wished and not children(verb, *deps.AUXILIARIES)


def _is_to_be_done(verb: Token, helpers: Sequence[Token]) -> bool:
    """Whether an infinitive says so of a noun: "the summit to be held on Friday".

    "The first man to be killed" was killed.
    """
    noun = verb.head
    return (
        verb.dep_ in deps.NOUN_CLAUSES
        and any(child.dep_ == deps.PASSIVE_AUX for child in helpers)
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
    links = [child for child in word.children if child.dep_ in {deps.OPEN_CLAUSE, deps.PREP}]
    return word.lemma_ != "set" or any(
        link.dep_ == deps.OPEN_CLAUSE or link.lower_ == "for" for link in links
    )
