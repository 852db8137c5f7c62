"""What the grammar of a cue says of a request: who asks, who is asked, and what."""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set

from spacy.tokens import Token

from onrecord.extraction.roles import Part
from onrecord.language import dependencies as deps
from onrecord.language import lexicon
from onrecord.language.syntax import (
    agent_of,
    children,
    is_passive,
    subject_of,
)

_MODALS = frozenset({"must", "should", "shall", "ought"})
_NEEDS = frozenset({"need", "have"})
_FROM = frozenset({"by", "from", "of"})  # "calls by", "pressure from", "the demands of"
_TO = frozenset({"on", "upon", "to", "with", "from"})
_REASONS = lexicon.words("grammar.reasons")
_SIDES = frozenset({deps.ADVERBIAL, deps.PREP, deps.ADVERBIAL_NOUN, deps.CONTENT})
_SET_OFF = frozenset({",", "”", '"', "–"})


def obliged_verb(token: Token) -> Token | None:
    """Return the verb a modal or "need to" obliges somebody to, None when the token is neither."""
    if token.lower_ in _MODALS and token.dep_ == deps.AUX and token.head.i > token.i:
        inverted = any(
            child.dep_ == deps.SUBJECT and child.i > token.i for child in token.head.children
        )
        perfect = any(child.lower_ == "have" for child in children(token.head, deps.AUX))
        return None if inverted or perfect else token.head
    if token.lemma_ in _NEEDS and token.pos_ == "VERB" and token.tag_ in {"VBP", "VBZ"}:
        return next((clause for clause in children(token, deps.OPEN_CLAUSE) if _to(clause)), None)
    return None


def with_negation(cue: Sequence[Token]) -> tuple[Token, ...]:
    """Return a modal's words with the "not" and the "to" behind them."""
    found = list(cue)
    while found[-1].i + 1 < len(found[-1].doc):
        word = found[-1].nbor()
        if word.dep_ != deps.NEGATION and (found[-1].tag_ == "MD" or word.lower_ != "to"):
            break
        found.append(word)
    return tuple(found)


def askers(cue: Token, verb: Token | None) -> Iterator[Token]:
    """Yield who asks, the surest first: nobody for a modal's `verb`, whose asker is who speaks."""
    if verb is not None:
        return
    governor = cue if cue.pos_ in {"VERB", "AUX"} else cue.head
    if cue.pos_ in {"NOUN", "PROPN"}:
        yield from children(cue, deps.POSSESSOR)
        yield from _linked(cue, _FROM)
        yield from children(cue, *deps.MODIFIERS)
        if cue.dep_ != deps.OBJECT:
            return
    if governor.pos_ not in {"VERB", "AUX"}:
        return
    asker = agent_of(governor) if is_passive(governor) else subject_of(governor)
    if asker is not None:
        yield asker


def asked_parties(cue: Token, verb: Token | None) -> Iterator[Token]:
    """Yield who is asked, the surest first.

    Of a modal that is who does what its `verb` says, of other cues the object, or who acts in the
    clause that says what is asked. What is to be done to somebody is asked of nobody named.
    """
    if verb is not None:
        if not is_passive(verb) and (party := subject_of(verb)) is not None:
            yield party
        return
    if cue.pos_ == "VERB":
        yield from (
            children(cue, deps.PASSIVE_SUBJECT) if is_passive(cue) else children(cue, *deps.OBJECTS)
        )
    yield from _linked(cue, _TO)
    for clause in children(cue, *deps.DEPENDENT_CLAUSES):
        if not is_passive(clause):
            yield from children(clause, *deps.SUBJECTS)


def _linked(word: Token, links: frozenset[str]) -> Iterator[Token]:
    for link in children(word, deps.PREP):
        if link.lower_ in links:
            yield from children(link, deps.PREP_OBJECT)


def askings(cue: Sequence[Token], head: Token, verb: Token | None) -> Iterator[Part]:
    """Yield what may be asked: what a modal's verb governs, else each complement of the cue."""
    after = max(token.i for token in cue) + 1
    if verb is not None:
        yield after, last_asked(verb, _SIDES | {deps.CONJUNCT})
        return
    for child in head.rights:
        if child.dep_ in deps.DEPENDENT_CLAUSES:
            yield _clause(child)
        elif child.dep_ == deps.OBJECT or (child.dep_ == deps.PREP and child.lower_ == "for"):
            yield max(child.left_edge.i, after), child.right_edge.i
        if child.dep_ in deps.REACHED:  # "called on Iran to leave", read as Iran's clause
            for noun in (child, *children(child, deps.PREP_OBJECT)):
                yield from (_clause(one) for one in children(noun, *deps.ASKED_OF_NOUN) if _to(one))


def _clause(verb: Token) -> Part:
    """Return a clause from its "for" or "to" on, without what is only said beside it."""
    linked = next((mark for mark in children(verb, deps.MARKER) if mark.lower_ == "for"), _to(verb))
    first = linked.i if linked is not None else verb.left_edge.i
    return first, last_asked(verb)


def _to(verb: Token) -> Token | None:
    return next((word for word in children(verb, deps.AUX) if word.lower_ == "to"), None)


def last_asked(verb: Token, sides: Set[str] = _SIDES) -> int:
    """Return the last token of what a verb asks: reasons, and `sides` set off, are left out.

    A verb coordinated with it is left out where that is a side, comma or no comma.
    """
    last = verb.right_edge.i
    for child in verb.rights:
        edge = child.left_edge.i
        set_off = edge > verb.i and verb.doc[edge - 1].text in _SET_OFF
        reason = child.dep_ == deps.ADVERBIAL and any(
            mark.lower_ in _REASONS for mark in children(child, deps.MARKER)
        )
        if reason or (child.dep_ in sides and (set_off or child.dep_ == deps.CONJUNCT)):
            last = min(last, edge - 1)
    while last > verb.i and verb.doc[last].dep_ in {deps.CONJUNCTION, deps.PUNCTUATION}:
        last -= 1
    return last
