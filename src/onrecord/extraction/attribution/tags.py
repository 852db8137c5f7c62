"""Tags of quotations: a quotation with a verb of its own beside it is nobody else's."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from spacy.tokens import Doc, Token

from onrecord.codebook.cues import Cues
from onrecord.drafts import Attribution, Overlaps
from onrecord.extraction.attribution.frames import verb_match
from onrecord.extraction.attribution.quoted import (
    introducing_verb,
    kind_of,
    last_before,
    merged,
    starts_sentence,
)
from onrecord.language import dependencies as deps
from onrecord.language.quotes import Quotation, QuotationIndex
from onrecord.language.syntax import children, subject_of, token_span
from onrecord.records import Act, Span, Spans


def with_own_tags(
    doc: Doc, text: str, found: Sequence[Attribution], index: QuotationIndex, cues: Cues
) -> list[Attribution]:
    """Return attributions with each quotation that another one's verb introduces given to that.

    In “I saw nothing,” Mr Holm said. “Nor did I,” Ms Vane said, the second is Ms Vane's alone.
    """
    result = list(found)
    contents = Overlaps(attribution.content for attribution in found)
    for quotation in index.quotations:
        held = [] if quotation.single else list(contents.touching((quotation.span,)))
        introduced = introducing_verb(doc, text, quotation, cues, index) if held else None
        if introduced is None:
            continue
        verb, act = introduced
        if not _is_own(text, verb, act, quotation):
            continue
        cue = token_span(verb)
        holders = [n for n in held if _holds_another(result[n], quotation, cue)]
        if not holders:
            continue
        for number in holders:
            result[number] = _without(text, result[number], quotation, index)
        owner = next((n for n, one in enumerate(result) if _has_cue(one, cue)), None)
        if owner is not None:
            content = merged((*result[owner].content, quotation.span))
            result[owner] = _with_content(text, result[owner], content, index)
        else:
            result.append(_said(verb, act, quotation))
    return [one for one in result if one.content]


def _is_own(text: str, verb: Token, act: Act, quotation: Quotation) -> bool:
    """Whether a verb beside a quotation says it and nothing else: the whole of it, by somebody.

    In “Who will pay?” The others had said they would, the verb has words of its own.
    """
    if verb.idx < quotation.span.start:
        told = last_before(text, quotation.span.start) == ":"
        return told and subject_of(verb) is not None
    if verb_match(verb, act, quotation.span).source is None:
        return False
    clauses = children(verb, deps.CONTENT, deps.OPEN_CLAUSE)
    return starts_sentence(text, quotation) and all(clause.i < verb.i for clause in clauses)


def _said(verb: Token, act: Act, quotation: Quotation) -> Attribution:
    match = verb_match(verb, act, quotation.span)
    return Attribution(
        source=(match.source,) if match.source else (),
        cue=(match.cue,),
        content=(quotation.span,),
        kind="direct",
        act=match.act,
        cue_at=match.cue_at,
        source_at=match.source_at,
        addressee_at=match.addressee_at,
    )


def _holds_another(one: Attribution, quotation: Quotation, cue: Span) -> bool:
    """Whether a content has a quotation as a piece, not its verb, and another cue further off."""
    if not one.cue or _has_cue(one, cue) or any(piece.overlaps(cue) for piece in one.content):
        return False
    gap = sorted((quotation.span, cue))
    nearer = any(gap[0].start <= part.start < gap[1].end for part in one.cue)
    return not nearer and any(piece.contains(quotation.inner) for piece in one.content)


def _has_cue(one: Attribution, cue: Span) -> bool:
    return any(part.overlaps(cue) for part in one.cue)


def _without(
    text: str, one: Attribution, quotation: Quotation, index: QuotationIndex
) -> Attribution:
    """Return an attribution without a quotation and what stands behind it in the same piece."""
    content = []
    for piece in one.content:
        if not piece.contains(quotation.inner):
            content.append(piece)
        elif before := text[piece.start : quotation.span.start].rstrip():
            content.append(Span(piece.start, piece.start + len(before)))
    return _with_content(text, one, tuple(content), index)


def _with_content(
    text: str, one: Attribution, content: Spans, index: QuotationIndex
) -> Attribution:
    return replace(one, content=content, kind=kind_of(text, content, index, one.cue))
