"""Whom a report cites: "…, the daily Tempo reported, citing two aides" has two sources."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from spacy.tokens import Doc, Token

from onrecord.drafts import RULES, Attribution, Overlaps
from onrecord.extraction.attribution.sources import may_be_source
from onrecord.language import dependencies as deps
from onrecord.language.syntax import children, lemma_of, subtree_span, token_span
from onrecord.records import Span

_CITING = frozenset({"cite", "quote"})


def with_cited(doc: Doc, found: Sequence[Attribution]) -> list[Attribution]:
    """Return attributions with whoever a participle "citing" names as a source of its sentence.

    The content is that of the statement beside it. One that cites reasons or figures stays as is.
    """
    result = list(found)
    cues = Overlaps(one.cue for one in found)
    for cue in (token for token in doc if token.tag_ == "VBG" and lemma_of(token) in _CITING):
        named = _cited(cue)
        own = set(cues.touching((token_span(cue),)))
        near = _beside(cue, [n for n in range(len(found)) if n not in own], result)
        if named is None or near is None:
            continue
        source = subtree_span(named) or token_span(named)
        content = tuple(piece for piece in result[near].content if not source.overlaps(piece))
        result[near] = replace(result[near], content=content or result[near].content)
        made = replace(
            result[near],
            source=(source,),
            cue=(token_span(cue),),
            act="assert",
            cue_at=cue.i,
            source_at=named.i,
            addressee_at=None,
            score=None,
            extractor=RULES,
        )
        first = min(own, default=len(result))
        result[first : first + 1] = [made]
    return result


def _cited(cue: Token) -> Token | None:
    named = next((thing for thing in children(cue, deps.OBJECT) if thing.i > cue.i), None)
    return named if named is not None and may_be_source(named) else None


def _beside(cue: Token, others: Sequence[int], found: Sequence[Attribution]) -> int | None:
    """Return which statement of a participle's sentence has the nearest cue, not around it."""
    sentence = Span(cue.sent.start_char, cue.sent.end_char)
    near = [
        number
        for number in others
        if found[number].cue
        and sentence.contains(found[number].cue[0])
        and not any(piece.overlaps(token_span(cue)) for piece in found[number].content)
    ]
    return min(near, key=lambda n: abs(found[n].cue[0].start - cue.idx), default=None)
