"""Which date belongs to which word: the time expression that modifies a verb or a noun."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence

from spacy.tokens import Token

from onrecord.language import dependencies as deps
from onrecord.language import lexicon
from onrecord.language.syntax import children
from onrecord.records import TimeExpression

_PHRASES = frozenset({deps.PREP, deps.ADVERBIAL_NOUN, deps.ADVERB, deps.NOUN_MODIFIER})
_BESIDE_NOUN = frozenset(
    {deps.POSSESSOR, deps.COMPOUND, deps.NUMBER, deps.ADJECTIVE, deps.NOUN_MODIFIER}
)
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
    if governor.i == head.i or children(head, *deps.SUBJECTS):
        return
    if head.dep_ == deps.CONJUNCT and governor.pos_ in {"VERB", "AUX"}:
        yield from (one for one in dates_of(governor, times) if one.span.start < governor.idx)
    elif (head.dep_ == deps.OPEN_CLAUSE and governor.lemma_ in _ASPECT) or _accompanies(head):
        yield from dates_of(governor, times)


def _accompanies(verb: Token) -> bool:
    return verb.dep_ == deps.ADVERBIAL and verb.tag_ == "VBG" and not children(verb, deps.MARKER)


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
    if found or (link.dep_ == deps.PREP and link.lower_ in _OTHER_TIMES):
        return
    for inner in children(link, deps.PREP_OBJECT, deps.PREP, deps.ADVERBIAL_NOUN):
        if inner.dep_ == deps.PREP:
            yield from _in_phrase(inner, times)
        else:
            yield from _around(inner, times)


def placed_deeper(head: Token, times: Sequence[TimeExpression]) -> Iterator[TimeExpression]:
    """Yield the dates that stand behind the places and persons of a word's phrases.

    "Told a news conference in Moscow on Monday": the parser hangs the day on what stands before it.
    """
    for child in children(head, deps.PREP, deps.OBJECT, deps.DATIVE):
        if child.dep_ != deps.PREP or child.lower_ in _THROUGH:
            yield from _behind(child, times)


def _behind(word: Token, times: Sequence[TimeExpression]) -> Iterator[TimeExpression]:
    for child in children(word, deps.PREP_OBJECT, deps.PREP, deps.ADVERBIAL_NOUN):
        if child.dep_ == deps.ADVERBIAL_NOUN or (
            child.dep_ == deps.PREP_OBJECT and word.lower_ == "on"
        ):
            yield from _around(child, times)
        if child.dep_ != deps.PREP or child.lower_ in _THROUGH:
            yield from _behind(child, times)


def _around(word: Token, times: Sequence[TimeExpression]) -> Iterator[TimeExpression]:
    last = bisect_right(times, word.idx, key=lambda time: time.span.start)
    first = last
    while first and word.idx - times[first - 1].span.start < _LONGEST:
        first -= 1
    yield from (time for time in times[first:last] if word.idx < time.span.end)
