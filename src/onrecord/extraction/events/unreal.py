"""Unreal: what the words above a trigger call false, made up, unproven, undone or put off.

Such words leave no doubt, so that what they say of an event stands even where the model is sure of
another answer: "falsely shows soldiers killing" tells of no killing.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from spacy.tokens import Token

from onrecord.codebook import Codebook
from onrecord.codebook.modality import Modals
from onrecord.extraction.events.triggers import Triggered
from onrecord.language import dependencies as deps
from onrecord.language import lexicon
from onrecord.language.syntax import children, is_negated
from onrecord.records import Modality

_HIGHEST = 8  # words above a trigger that are looked at
_INSIDE = frozenset(
    {
        deps.CONTENT,
        deps.OPEN_CLAUSE,
        deps.NOUN_CLAUSE,
        deps.ADVERBIAL,
        deps.PREP_CLAUSE,
        deps.PREP_OBJECT,
        deps.ATTRIBUTE,
        deps.CONJUNCT,
    }
)
_LINKS = frozenset({"of", "from", "about", "on"})  # prepositions behind which is what is told of
_CLAUSES = frozenset({deps.CONTENT, deps.CLAUSE_SUBJECT, deps.NOUN_CLAUSE, deps.ADVERBIAL})
_REPORTS = lexicon.words("speech.reports")
_INVERTED = frozenset({"had", "should", "were"})
_FRONTED = lexicon.words("grammar.fronted")
_TELLING = lexicon.words("speech.telling")
_SHOWING = lexicon.words("speech.showing")


def unreal(head: Token, modals: Modals) -> Modality | None:
    """Return what the words above a trigger make of it for certain, None where they do not."""
    if _is_in_fiction(head, modals):
        return "hypothetical"
    for below, above in islice(_upwards(head), _HIGHEST):
        if _is_false(below, above, modals) or _is_called_false(below, above, modals):
            return "negated"
        if _is_undone(below, above, modals):
            return "negated"
        if _is_put_off(below, above, modals):
            return "future"
        if _is_unproven(below, above, modals) or _is_imagined(below, above, modals):
            return "hypothetical"
        if _is_case(below, above):
            return "conditional"
    return "conditional" if _is_inverted(head) else None


def is_undoing(found: Triggered, book: Codebook) -> bool:
    """Whether a verb only undoes or puts off a deed of its type: "delayed sanctions"."""
    verb = found.head
    lists = book.modals.stopped | book.modals.postponed
    if not found.is_verb or is_negated(verb) or not _keys(verb) & lists:
        return False
    links = (link for link in children(verb, deps.PREP) if link.lower_ == "on")
    things = [
        *children(verb, *deps.DONE_TO),
        *(one for link in links for one in children(link, deps.PREP_OBJECT)),
    ]
    deeds = (book.plover.nouns.get(thing.lemma_.lower()) for thing in things)
    return any(deed is not None and deed.event_type == found.trigger.event_type for deed in deeds)


def _upwards(head: Token) -> Iterator[tuple[Token, Token]]:
    """Yield pairs of a word and the one it is told in, from a trigger up to its main clause."""
    below = head
    while below.head.i != below.i and (_is_told_in(below) or below.dep_ == deps.PASSIVE_SUBJECT):
        yield below, below.head
        below = below.head


def _is_told_in(below: Token) -> bool:
    """Whether a word belongs to what the word it hangs on tells of."""
    if below.dep_ == deps.PREP:
        return below.lower_ in _LINKS
    if below.dep_ == deps.RELATIVE:  # "a hoax that Iran had bombed", read as a relative clause
        return any(word.lower_ == "that" and word.dep_ == deps.MARKER for word in below.lefts)
    return below.dep_ in _INSIDE | deps.OBJECTS


def _keys(verb: Token) -> set[str]:
    lemma = verb.lemma_.lower()
    return {lemma, *(f"{lemma} {child.lower_}" for child in children(verb, deps.PARTICLE))}


def _is_false(below: Token, above: Token, modals: Modals) -> bool:
    """Whether something false tells of it: "falsely claimed that", "a hoax that"."""
    if not _is_told_in(below):
        return False
    if above.pos_ in {"NOUN", "PROPN"}:
        beside = below.dep_ == deps.CONJUNCT or below.lower_ in {"about", "on"}
        return not beside and _is_fake(above, modals)
    if above.lemma_.lower() not in _TELLING:
        return False
    if any(child.lower_ in modals.falsely for child in children(above, deps.ADVERB)):
        return True
    return any(_is_fake(one, modals) for one in children(above, *deps.SUBJECTS))


def _is_called_false(below: Token, above: Token, modals: Modals) -> bool:
    """Whether a predicate calls it false: "the claim that … was a hoax", "it is untrue that"."""
    if below.dep_ in _CLAUSES and above.lemma_.lower() == "be":
        return _is_that(below) and _calls_false(above, modals)
    if below.dep_ in _CLAUSES and above.dep_ == deps.STATE:
        return above.lower_ in modals.false and not is_negated(above.head)
    if above.pos_ not in {"NOUN", "PROPN"} or above.dep_ not in deps.SUBJECTS:
        return False
    told = below.dep_ in _CLAUSES or below.dep_ == deps.RELATIVE
    reports = modals.accusations | _REPORTS
    return (told or above.lemma_.lower() in reports) and _calls_false(above.head, modals)


def _is_that(clause: Token) -> bool:
    """Whether a clause says what is told: "that Iran had …", not "after Iran had …"."""
    marks = {word.lower_ for word in children(clause, deps.MARKER)}
    return clause.dep_ != deps.ADVERBIAL or marks == {"that"}


def _calls_false(verb: Token, modals: Modals) -> bool:
    if is_negated(verb):
        return False
    said = (verb, *children(verb, deps.STATE, deps.ATTRIBUTE, deps.PREDICATE))
    called = any(word.lower_ in modals.false or _is_fake(word, modals) for word in said)
    return called or "make up" in _keys(verb)


def _is_fake(noun: Token, modals: Modals) -> bool:
    described = {child.lower_ for child in children(noun, deps.ADJECTIVE, deps.COMPOUND)}
    return noun.lemma_.lower() in modals.hoaxes or bool(described & modals.false)


def _is_undone(below: Token, above: Token, modals: Modals) -> bool:
    """Whether it was stopped, or its doer acquitted: "foiled a plot to", "acquitted of"."""
    if above.lemma_.lower() in modals.clearing and below.dep_ == deps.PREP and below.lower_ == "of":
        return True
    if above.lower_ == "guilty" and below.dep_ == deps.PREP:
        return is_negated(above) or is_negated(above.head)
    if below.dep_ not in deps.DONE_TO and not _is_of_object(below, above, modals):
        return False
    return bool(_keys(above) & modals.stopped) and _is_done(above)


def _is_done(verb: Token) -> bool:
    """Whether a verb is told as done: "will be called off if" stops nothing yet."""
    open_ = any(child.tag_ in {"MD", "TO"} for child in children(verb, deps.AUX))
    return not open_ and not is_negated(verb)


def _is_of_object(below: Token, above: Token, modals: Modals) -> bool:
    """Whether an infinitive says what a verb's object is: "foiled a plot to bomb"."""
    plots = modals.supposing | modals.decisions
    return below.dep_ == deps.ADVERBIAL and any(
        one.lemma_.lower() in plots for one in children(above, deps.OBJECT)
    )


def _is_put_off(below: Token, above: Token, modals: Modals) -> bool:
    if below.dep_ not in deps.DONE_TO and below.lower_ != "on":
        return False
    return bool(_keys(above) & modals.postponed) and _is_done(above)


def _is_unproven(below: Token, above: Token, modals: Modals) -> bool:
    """Whether nothing shows it: "no evidence that", "no proof was found that"."""
    if above.pos_ in {"VERB", "AUX"} and below.dep_ == deps.CONTENT:
        return any(
            _is_lacking(one, modals) for one in children(above, *deps.SUBJECTS, *deps.OBJECTS)
        )
    return _is_lacking(above, modals)


def _is_lacking(noun: Token, modals: Modals) -> bool:
    if noun.pos_ != "NOUN" or noun.lemma_.lower() not in modals.evidence:
        return False
    lacking = noun.dep_ == deps.PREP_OBJECT and noun.head.lower_ in {"without", "of"}
    return (
        is_negated(noun)
        or any(child.lower_ == "no" for child in noun.lefts)
        or (noun.head.pos_ in {"VERB", "AUX"} and is_negated(noun.head))
        or (lacking and noun.head.lower_ == "without")
        or (lacking and noun.head.head.lemma_.lower() in modals.unhappened)
    )


def _is_imagined(below: Token, above: Token, modals: Modals) -> bool:
    """Whether it is told in fiction or tried out: "the novel tells of", "simulated an attack"."""
    if not _is_told_in(below) or above.pos_ not in {"VERB", "AUX"}:
        return False
    lemma = above.lemma_.lower()
    if lemma in modals.imagining and below.dep_ in deps.OBJECTS:
        return True
    return lemma in _SHOWING and any(
        _is_fiction(one, modals) for one in children(above, deps.SUBJECT)
    )


def _is_in_fiction(verb: Token, modals: Modals) -> bool:
    """Whether a verb tells what happens in fiction: "in the thriller, terrorists bomb"."""
    links = (link for link in children(verb, deps.PREP) if link.lower_ == "in")
    return any(
        _is_fiction(thing, modals) for link in links for thing in children(link, deps.PREP_OBJECT)
    )


def _is_fiction(noun: Token, modals: Modals) -> bool:
    return noun.lemma_.lower() in modals.fiction


def _is_case(below: Token, above: Token) -> bool:
    """Whether it is a case that may come: "in the event of an attack"."""
    if below.lower_ != "of" or above.head.lower_ != "in":
        return False
    definite = bool(children(above, deps.DETERMINER))
    return above.lower_ == "event" or (above.lower_ == "case" and not definite)


def _is_inverted(verb: Token) -> bool:
    """Whether a verb's subject stands behind its auxiliary: "had Russia attacked Poland"."""
    subjects = children(verb, deps.SUBJECT)
    first = subjects[0].left_edge.i if subjects else 0
    if not first or verb.doc[first - 1].lower_ not in _INVERTED or subjects[0].i > verb.i:
        return False
    auxiliary = verb.doc[first - 1]
    before = auxiliary.nbor(-1).lower_ if auxiliary.i > verb.sent.start else ""
    return before not in _FRONTED and verb.sent.text.rstrip()[-1:] != "?"
