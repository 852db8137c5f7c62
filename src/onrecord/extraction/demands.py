"""Demands: who asks what of whom."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Doc, Token

from onrecord.drafts import Draft
from onrecord.language.syntax import children, span_of, tokens_in
from onrecord.records import Demand, Span, Statement, hull, row_id

EXTRACTOR = "demand-rules/1"
_ACTS = frozenset({"demand", "request"})
_MODALS = frozenset({"must", "should", "shall", "ought"})
_NEEDS = frozenset({"need", "have"})
_NOBODY = frozenset({"it", "there", "this", "that"})


def extract_demands(draft: Draft) -> tuple[Demand, ...]:
    """Return the demands of an article in text order.

    A statement with act demand or request is one; so is a "must" or "should" that a statement
    puts in somebody's mouth. Unattributed ones are the article's opinion and left out.
    """
    found = [*_stated(draft), *_modal(draft)]
    unique = {demand.demand_id: demand for demand in found}
    return tuple(sorted(unique.values(), key=lambda demand: demand.asks))


def _stated(draft: Draft) -> Iterator[Demand]:
    for statement in draft.voices.statements:
        if statement.act not in _ACTS or not statement.cue:
            continue
        asks = _asks(draft.doc, statement)
        yield Demand(
            demand_id=row_id(draft.article, "demand", asks, *statement.cue),
            cue=statement.cue,
            asks=asks,
            by_id=statement.speaker_id,
            of_id=statement.addressee_id,
            statement_id=statement.statement_id,
            extractor=EXTRACTOR,
        )


def _asks(doc: Doc, statement: Statement) -> Span:
    """Return what is asked: the content, without the party asked at its beginning."""
    content = hull(statement.content)
    tokens = tokens_in(doc, content)
    for token in tokens[1:]:
        asked_for = token.lower_ == "for" and statement.addressee_id is not None
        if asked_for or (token.lower_ == "to" and token.dep_ == "aux"):
            before = [t for t in tokens if t.i < token.i]
            nominal = all(
                t.pos_ in {"PROPN", "NOUN", "PRON", "DET", "ADJ", "ADP", "CCONJ", "PART", "NUM"}
                for t in before
            )
            if nominal and (span := span_of(tokens[token.i - tokens[0].i :])):
                return span
            break
    return content


def _modal(draft: Draft) -> Iterator[Demand]:
    for token in draft.doc:
        verb = _obliged(token)
        if verb is None:
            continue
        span = Span(token.idx, token.idx + len(token))
        statement = draft.voices.at(span)
        if statement is None:
            continue
        subject = next(iter(children(verb, "nsubj", "nsubjpass")), None)
        if subject is None and (verb.head.pos_ == "VERB" or verb.head.pos_ == "AUX"):
            subject = next(iter(children(verb.head, "nsubj", "nsubjpass")), None)
        cue, first = _cue(token)
        asks = span_of(draft.doc[first : _last(verb) + 1])
        asked = draft.cast.actor_at(subject.i) if subject is not None else None
        if asks is None or (subject is not None and not asked and subject.lower_ in _NOBODY):
            continue
        yield Demand(
            demand_id=row_id(draft.article, "demand", asks, cue),
            cue=(cue,),
            asks=asks,
            by_id=statement.speaker_id,
            of_id=asked if asked != statement.speaker_id else None,
            statement_id=statement.statement_id,
            extractor=EXTRACTOR,
        )


def _obliged(token: Token) -> Token | None:
    """Return the verb a modal or "need to" obliges somebody to, None when the token is neither."""
    if token.lower_ in _MODALS and token.dep_ == "aux" and token.head.i > token.i:
        inverted = any(child.dep_ == "nsubj" and child.i > token.i for child in token.head.children)
        perfect = any(child.lower_ == "have" for child in children(token.head, "aux"))
        return None if inverted or perfect else token.head
    if token.lemma_ in _NEEDS and token.pos_ == "VERB" and token.tag_ in {"VBP", "VBZ"}:
        for clause in children(token, "xcomp"):
            if any(child.lower_ == "to" for child in children(clause, "aux")):
                return clause
    return None


def _last(verb: Token) -> int:
    """Return the last token of what is asked: clauses set off by a comma are left out."""
    last = verb.right_edge.i
    for child in verb.rights:
        set_off = child.left_edge.i > verb.i and child.left_edge.nbor(-1).text in {",", "”", '"'}
        if (set_off and child.dep_ in {"advcl", "prep", "conj"}) or child.dep_ == "conj":
            last = min(last, child.left_edge.i - 1)
    while last > verb.i and verb.doc[last].dep_ in {"cc", "punct"}:
        last -= 1
    return last


def _cue(token: Token) -> tuple[Span, int]:
    """Return a modal with its negation or "to", and the token the demand's words begin at."""
    last = token
    while last.i + 1 < len(token.doc) and (
        last.nbor().dep_ == "neg" or (token.pos_ == "VERB" and last.nbor().lower_ == "to")
    ):
        last = last.nbor()
    return Span(token.idx, last.idx + len(last)), last.i + 1
