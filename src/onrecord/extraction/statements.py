"""Statements: attributions with their speaker, addressee, date, place and occasion."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from onrecord.drafts import Attribution, Cast, Nesting, first_place
from onrecord.language import dependencies as deps
from onrecord.language import lexicon
from onrecord.language.adjuncts import dates_of, placed_deeper
from onrecord.language.syntax import children, subtree_span
from onrecord.records import Article, Place, Span, Spans, Statement, TimeExpression, row_id

_OCCASIONS = lexicon.words("speech.occasions")
_LINKS = frozenset({"at", "in", "during", "after", "on"})


@dataclass(frozen=True, slots=True)
class Surroundings:
    """The dates and places of an article."""

    times: Sequence[TimeExpression]
    places: Sequence[Place]


def build_statements(
    article: Article,
    doc: Doc,
    attributions: Sequence[Attribution],
    cast: Cast,
    around: Surroundings,
) -> tuple[Statement, ...]:
    """Return a statement for each attribution, in text order."""
    ids = [_statement_id(article, attribution) for attribution in attributions]
    nesting = Nesting(attribution.content for attribution in attributions)
    found: dict[str, Statement] = {}
    for position, attribution in enumerate(attributions):
        parent = _parent(attribution, nesting)
        cue = doc[attribution.cue_at] if attribution.cue_at is not None else None
        beside = list(_circumstances(cue, attribution)) if cue is not None else []
        found[ids[position]] = Statement(
            statement_id=ids[position],
            source=attribution.source,
            cue=attribution.cue,
            content=attribution.content,
            kind=attribution.kind,
            act=attribution.act,
            speaker_id=cast.speakers[position],
            addressee_id=cast.addressees[position],
            said_on=_said_on(cue, attribution, around.times) if cue is not None else None,
            said_at=first_place(around.places, [span for _, span in beside]),
            occasion=_occasion(beside),
            parent_id=ids[parent] if parent is not None else None,
            score=attribution.score,
            extractor=attribution.extractor,
        )
    return tuple(sorted(found.values(), key=lambda statement: statement.content[0]))


def _statement_id(article: Article, attribution: Attribution) -> str:
    return row_id(article, "statement", *attribution.content, *attribution.cue)


def _parent(attribution: Attribution, nesting: Nesting) -> int | None:
    """Return the position of the innermost attribution around another, which is longer than it."""
    anchor = (attribution.cue or attribution.content)[0]
    return nesting.innermost(anchor, over=sum(len(piece) for piece in attribution.content))


def _circumstances(cue: Token, attribution: Attribution) -> Iterator[tuple[Token, Span]]:
    """Yield the phrases beside a cue that are neither its content nor its source."""
    taken: Spans = (*attribution.content, *attribution.source)
    governors = [cue, cue.head] if cue.dep_ == deps.OPEN_CLAUSE else [cue]
    for governor in governors:
        for child in children(
            governor, deps.PREP, deps.ADVERBIAL_NOUN, deps.ADVERB, deps.NOUN_MODIFIER
        ):
            span = subtree_span(child)
            if span is not None and not any(span.overlaps(part) for part in taken):
                yield child, span


def _said_on(
    cue: Token, attribution: Attribution, times: Sequence[TimeExpression]
) -> TimeExpression | None:
    """Return the date of a cue, outside the content and the source."""
    taken: Spans = (*attribution.content, *attribution.source)
    governors = [cue, cue.head] if cue.dep_ == deps.OPEN_CLAUSE else [cue]
    for dates in (dates_of, placed_deeper):
        for governor in governors:
            for time in dates(governor, times):
                if not any(time.span.overlaps(part) for part in taken):
                    return time
    return None


def _occasion(around: Sequence[tuple[Token, Span]]) -> Spans:
    for child, _ in around:
        for noun in children(child, deps.PREP_OBJECT):
            if (
                child.lower_ in _LINKS
                and noun.lemma_ in _OCCASIONS
                and (span := subtree_span(noun))
            ):
                return (span,)
    return ()
