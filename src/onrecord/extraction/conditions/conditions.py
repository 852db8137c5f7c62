"""Conditions of an article: the model's connectives, what hangs on them, and whose they are."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from onrecord.drafts import Cast, Draft
from onrecord.extraction.conditions.grammar import Parts, concedes, find_parts
from onrecord.extraction.conditions.kinds import kind_of
from onrecord.extraction.roles import Part, Region, casting_of, likeliest
from onrecord.language import dependencies as deps
from onrecord.language.syntax import children, span_of, subject_of, tokens_in
from onrecord.onepass.tagged import Stretch, tagged
from onrecord.records import Condition, Span, Spans, row_id

RULES = "condition-rules/1"
_IF, _THEN = range(2)
# Chances, chosen on annotated articles B and tune with a model still in training, 30 November 2026;
# the numbers change little with a step of a third up or down. The two favours change nothing on 115
# conditions of articles kept back; they keep whole clauses where the model is undecided.
LEAST = 0.5  # of a connective
BACKED = 0.15  # of a connective that the grammar finds too
LEVEL = 0.25  # of a word of either part
IF_FAVOUR = 1.5  # words' worth that the grammar's part is ahead of other phrases
THEN_FAVOUR = 2.0


@dataclass(frozen=True, slots=True)
class _Found:
    """A condition before it is a row."""

    parts: Parts
    score: float | None  # of the connective; None: the grammar alone


def extract_conditions(draft: Draft) -> tuple[Condition, ...]:
    """Return the conditions of an article in text order.

    The model proposes connectives and says how likely each word belongs to either part; the
    grammar bounds the parts, and finds phrases that mean nothing else ("in exchange for") by
    itself. Kept are those that mention somebody the record knows, or that somebody states.
    """
    conditions: dict[str, Condition] = {}
    for found in sorted(_find(draft), key=_place):
        parts = found.parts
        statement = draft.voices.at(parts.if_[0])
        if statement is None and not _names_anybody(parts, draft.cast):
            continue
        condition = Condition(
            condition_id=row_id(draft.article, "condition", *parts.if_, *parts.then),
            if_=parts.if_,
            then=parts.then,
            connective=(parts.connective,),
            kind=kind_of(parts, statement),
            by_id=statement.speaker_id if statement is not None else None,
            on_id=_doer(parts.if_head, draft.cast),
            statement_id=statement.statement_id if statement is not None else None,
            score=found.score,
            extractor=RULES if found.score is None else draft.reading.extractor,
        )
        conditions.setdefault(condition.condition_id, condition)
    return tuple(conditions.values())


def _place(found: _Found) -> Span:
    return found.parts.connective


def _find(draft: Draft) -> Iterator[_Found]:
    given = list(find_parts(draft.doc))
    taken: list[Parts] = []
    for stretch in tagged(draft.reading, "condition", BACKED):
        own = next((one for one in given if one.connective.overlaps(stretch.span)), None)
        if own in taken or (own is None and stretch.score < LEAST):
            continue
        if own is not None:
            taken.append(own)
        elif concedes(draft.doc, stretch.span):
            continue
        if (parts := _parts(draft, stretch, own)) is not None:
            yield _Found(parts, stretch.score)
    for one in given:
        if one not in taken and len(tokens_in(draft.doc, one.connective)) > 1:
            yield _Found(one, None)


def _parts(draft: Draft, stretch: Stretch, given: Parts | None) -> Parts | None:
    """Return the likeliest parts of a condition; those that the grammar gives are favoured."""
    doc = draft.doc
    connective = given.connective if given is not None else stretch.span
    shut = [token.i for token in tokens_in(doc, connective)]
    if not shut:
        return None
    casting = casting_of(doc, draft.reading, stretch.first, "condition")
    sentence = doc[shut[0]].sent
    halves: list[Part] = []
    for role, favour in ((_IF, IF_FAVOUR), (_THEN, THEN_FAVOUR)):
        own = (given.if_ if role == _IF else given.then) if given is not None else ()
        favoured = [(part, favour) for part in _tokens(doc, own)]
        region = Region(sentence.start, sentence.end - 1, shut=shut, favoured=favoured)
        part = likeliest(doc, casting, role, region, level=LEVEL)
        if part is None:
            return None
        halves.append(part)
        shut += range(part[0], part[1] + 1)
    if_, then = (doc[first : last + 1] for first, last in halves)
    spans = span_of(if_), span_of(then)
    if spans[0] is None or spans[1] is None:
        return None
    return Parts((spans[0],), (spans[1],), connective, if_.root, then.root)


def _tokens(doc: Doc, spans: Spans) -> Iterator[Part]:
    for span in spans:
        if tokens := tokens_in(doc, span):
            yield tokens[0].i, tokens[-1].i


def _doer(head: Token, cast: Cast) -> str | None:
    subject = subject_of(head) if head.pos_ in {"VERB", "AUX"} else None
    for token in (subject, head):
        if token is not None:
            for candidate in (token, *children(token, deps.POSSESSOR)):
                if actor := cast.actor_at(candidate.i):
                    return actor
    return None


def _names_anybody(parts: Parts, cast: Cast) -> bool:
    """Whether either half of a condition mentions somebody the record knows."""
    halves = (*parts.if_, *parts.then)
    return any(half.overlaps(row.span) for row in cast.mentions for half in halves if row.actor_id)
