"""Which date belongs to which word: the time expression that modifies a verb or a noun."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence

from spacy.tokens import Token

from onrecord.language import lexicon
from onrecord.language.syntax import SUBJECTS, children
from onrecord.records import TimeExpression

_PHRASES = frozenset({"prep", "npadvmod", "advmod", "nmod"})
_BESIDE_NOUN = frozenset({"poss", "compound", "nummod", "amod", "nmod"})
_OTHER_TIMES = lexicon.words("grammar.other_times")
_LONGEST = 200  # code points of a time expression
_THROUGH = lexicon.words("grammar.through")
_ASPECT = lexicon.words("deeds.aspect")


def dates_of(head: Token, times: Sequence[TimeExpression]) -> Iterator[TimeExpression]:
    """Yield the dates that modify a word, those that stand with it before those it takes over.

    A verb takes over the date of the verb it is coordinated with ("On Monday they landed and
    advanced"), of one that only says how it goes on ("began shelling on Monday"), and of the one
    it accompanies ("shelled the city on Monday, killing ten"). Dates inside clauses of their own
    belong to the verbs of those clauses.
    """
    yield from own_dates(head, times)
    governor = head.head
    if governor.i == head.i or children(head, *SUBJECTS):
        return
    if head.dep_ == "conj" and governor.pos_ in {"VERB", "AUX"}:
        yield from (one for one in dates_of(governor, times) if one.span.start < governor.idx)
    elif (head.dep_ == "xcomp" and governor.lemma_ in _ASPECT) or _accompanies(head):
        yield from dates_of(governor, times)


def _accompanies(verb: Token) -> bool:
    return verb.dep_ == "advcl" and verb.tag_ == "VBG" and not children(verb, "mark")


def own_dates(head: Token, times: Sequence[TimeExpression]) -> Iterator[TimeExpression]:
    """Yield the dates in the phrases that hang on a word itself."""
    for child in head.children:
        if child.dep_ in _PHRASES:
            yield from _in_phrase(child, times)
        elif child.dep_ in _BESIDE_NOUN and head.pos_ in {"NOUN", "PROPN"}:
            yield from _around(child, times)


def _in_phrase(link: Token, times: Sequence[TimeExpression]) -> Iterator[TimeExpression]:
    found = list(_around(link, times))
    yield from found
    if found or (link.dep_ == "prep" and link.lower_ in _OTHER_TIMES):
        return
    for inner in children(link, "pobj", "prep", "npadvmod"):
        if inner.dep_ == "prep":
            yield from _in_phrase(inner, times)
        else:
            yield from _around(inner, times)


def placed_deeper(head: Token, times: Sequence[TimeExpression]) -> Iterator[TimeExpression]:
    """Yield the dates that stand behind the places and persons of a word's phrases.

    "Told a news conference in Moscow on Monday": the parser hangs the day on what stands before it.
    """
    for child in children(head, "prep", "dobj", "dative"):
        if child.dep_ != "prep" or child.lower_ in _THROUGH:
            yield from _behind(child, times)


def _behind(word: Token, times: Sequence[TimeExpression]) -> Iterator[TimeExpression]:
    for child in children(word, "pobj", "prep", "npadvmod"):
        if child.dep_ == "npadvmod" or (child.dep_ == "pobj" and word.lower_ == "on"):
            yield from _around(child, times)
        if child.dep_ != "prep" or child.lower_ in _THROUGH:
            yield from _behind(child, times)


def _around(word: Token, times: Sequence[TimeExpression]) -> Iterator[TimeExpression]:
    last = bisect_right(times, word.idx, key=lambda time: time.span.start)
    first = last
    while first and word.idx - times[first - 1].span.start < _LONGEST:
        first -= 1
    yield from (time for time in times[first:last] if word.idx < time.span.end)
