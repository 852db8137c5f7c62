"""Attributions of an article: cues found in the parse, widened and completed by quotations."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from spacy.tokens import Doc

from onrecord.codebook.cues import Cues
from onrecord.drafts import Attribution, Nesting, Overlaps
from onrecord.extraction.attribution.frames import (
    FrameMatch,
    phrase_frames,
    verb_frames,
    verb_match,
)
from onrecord.extraction.attribution.headlines import headline_attributions
from onrecord.extraction.attribution.nouns import noun_frame
from onrecord.extraction.attribution.proposals import Proposed, combine
from onrecord.extraction.attribution.quoted import (
    introducing_verb,
    kind_of,
    merged,
    starts_sentence,
    widen,
    word_count,
)
from onrecord.extraction.attribution.trained import Proposal
from onrecord.extraction.attribution.turns import find_turns
from onrecord.language import dependencies as deps
from onrecord.language import lexicon
from onrecord.language.quotes import Quotation, QuotationIndex
from onrecord.language.syntax import children, is_passive, lemma_of
from onrecord.records import Span, Spans

_GOING_ON = lexicon.words("speech.going_on")
_WORDS_ALONE = 3  # a quotation of fewer words is no statement of its own


def extract_attributions(
    doc: Doc,
    quotations: tuple[Quotation, ...],
    cues: Cues,
    proposals: Sequence[Proposal] = (),
    inner: Sequence[Proposal] = (),
) -> tuple[Attribution, ...]:
    """Return the attributions of one parsed article, in the order of their first words.

    With `proposals`, the trained model's attributions of the text, the rules only complete these:
    the act and the parties, quotations nobody claimed. `inner` are those inside others' contents.
    Sources, cues and contents are spans of the text; who they mean is resolved later.
    """
    index = QuotationIndex(quotations)
    text = doc.text  # once: spaCy puts it together anew each time
    matches = (_attribution(text, match, index) for match in _matches(doc, cues))
    found = [attribution for attribution in matches if attribution is not None]
    found = _introduced(doc, text, found, index, cues)
    turns = find_turns(doc, text)
    found = turns.without_labels(_without_repeats(found))
    if proposals := turns.without_labels(proposals):
        found = combine(doc, Proposed(proposals, inner), [*turns.attributions, *found], index, cues)
    else:
        found = sorted([*turns.attributions, *found], key=lambda one: one.extent)
    found = _going_on(doc, text, _with_headlines(doc, text, found, index))
    return tuple(_continued(text, found, index))


def _with_headlines(
    doc: Doc, text: str, found: list[Attribution], index: QuotationIndex
) -> list[Attribution]:
    """Return attributions with those of headlines that no content or cue touches."""
    taken = Overlaps((*one.content, *one.cue) for one in found)
    new = [
        one
        for one in headline_attributions(doc, text, index)
        if not any(True for _ in taken.touching((*one.content, *one.source)))
    ]
    return sorted([*found, *new], key=lambda one: one.extent) if new else found


def _going_on(doc: Doc, text: str, found: list[Attribution]) -> list[Attribution]:
    """Return attributions in text order, passives that add to the last one with its source.

    "Berg said it was safe. It was added that the gates had been repaired": Berg goes on.
    """
    result: list[Attribution] = []
    for one in found:
        last = result[-1] if result else None
        if last is not None and last.cue and _adds(doc, one):
            between = text[last.cue[0].start : one.cue[0].start]
            if "\n" not in between and not any(p.overlaps(one.cue[0]) for p in last.content):
                result.append(replace(one, source=(), source_at=last.source_at))
                continue
        result.append(one)
    return result


def _adds(doc: Doc, one: Attribution) -> bool:
    """Whether a cue without a source is a passive that goes on: "it was added", "it was also"."""
    if one.cue_at is None or not all(_is_it(doc, span) for span in one.source):
        return False
    if one.source_at is not None and doc[one.source_at].lower_ != "it":
        return False
    cue = doc[one.cue_at]
    if not is_passive(cue):
        return False
    return lemma_of(cue) == "add" or any(
        word.lower_ in _GOING_ON for word in children(cue, deps.ADVERB)
    )


def _is_it(doc: Doc, span: Span) -> bool:
    """Whether words are the "it" of "it was added", which stands for nobody."""
    words = doc.char_span(span.start, span.end, alignment_mode="expand")
    return words is not None and words.text.lower() == "it"


def _matches(doc: Doc, cues: Cues) -> Iterator[FrameMatch]:
    first_words = {words[0] for words in cues.phrases}
    for sentence in doc.sents:
        headline = _is_headline(sentence.text)
        for token in sentence:
            match = None
            if token.pos_ in {"VERB", "AUX"}:
                match = verb_frames(token, cues, headline=headline)
            elif token.pos_ == "NOUN":
                match = noun_frame(token, cues)
            if match is not None:
                yield match
            if token.lower_ in first_words:
                yield from phrase_frames(token, cues)


def _is_headline(sentence: str) -> bool:
    """Whether a sentence stands alone in its paragraph without a final mark."""
    stripped = sentence.strip()
    return sentence.endswith("\n") and bool(stripped) and stripped[-1] not in '.?!”":;,'


def _attribution(text: str, match: FrameMatch, index: QuotationIndex) -> Attribution | None:
    """Return the attribution a match makes; None when its content leaves the cue's quotation."""
    content = match.content
    if match.frame in {"clause", "directive", "infinitive", "preposition", "object"}:
        content = merged(widen(piece, index, match.cue.start) for piece in content)
        content = (
            tuple(piece for piece in content if not piece.contains(match.cue)) or match.content
        )
    content = _within_marks(content, index.at(match.cue.start))
    if not content:
        return None
    return Attribution(
        source=(match.source,) if match.source else (),
        cue=(match.cue,),
        content=content,
        kind=kind_of(text, content, index, (match.cue,)),
        act=match.act,
        cue_at=match.cue_at,
        source_at=match.source_at,
        addressee_at=match.addressee_at,
    )


def _within_marks(content: Spans, quotation: Quotation | None) -> Spans:
    """Return content cut where the quotation ends that holds its cue; all of it without one."""
    if quotation is None:
        return content
    inner, kept = quotation.inner, []
    for piece in content:
        start, end = max(piece.start, inner.start), min(piece.end, inner.end)
        if not piece.overlaps(quotation.span):
            kept.append(piece)  # the marks are paired wrongly
        elif start < end:
            kept.append(Span(start, end))
    return tuple(kept)


def _introduced(
    doc: Doc, text: str, found: list[Attribution], index: QuotationIndex, cues: Cues
) -> list[Attribution]:
    """Give each quotation no content covers to the verb beside it."""
    nesting = Nesting(attribution.content for attribution in found)  # quotations do not overlap
    for quotation in index.quotations:
        if quotation.single or _is_covered(found, nesting, quotation):
            continue
        introduced = introducing_verb(doc, text, quotation, cues, index)
        if introduced is None:
            continue
        verb, act = introduced
        position = next((i for i, a in enumerate(found) if a.cue_at == verb.i), None)
        if position is not None:
            joined = merged((*found[position].content, quotation.span))
            if not any(piece.overlaps(cue) for piece in joined for cue in found[position].cue):
                found[position] = _with_content(text, found[position], joined, index)
        elif made := _attribution(text, verb_match(verb, act, quotation.span), index):
            found.append(made)
    return found


def _is_covered(found: Sequence[Attribution], nesting: Nesting, quotation: Quotation) -> bool:
    """Whether the content of an attribution from outside a quotation holds it."""
    return any(
        not any(quotation.span.contains(cue) for cue in found[position].cue)
        for position in nesting.around(quotation.span)
    )


def _with_content(
    text: str, attribution: Attribution, content: Spans, index: QuotationIndex
) -> Attribution:
    kind = kind_of(text, content, index, attribution.cue)
    return replace(attribution, content=content, kind=kind)


def _without_repeats(found: list[Attribution]) -> list[Attribution]:
    """Return attributions in text order; of several with one cue the one with most content."""
    best: dict[int | None, Attribution] = {}
    for attribution in found:
        held = best.get(attribution.cue_at)
        if held is None or _length(attribution) > _length(held):
            best[attribution.cue_at] = attribution
    return sorted(best.values(), key=lambda attribution: attribution.extent)


def _length(attribution: Attribution) -> int:
    return sum(len(piece) for piece in attribution.content)


def _continued(text: str, found: list[Attribution], index: QuotationIndex) -> list[Attribution]:
    """Give quotations without a cue of their own to the statement they go on with."""
    orphans: list[Attribution] = []
    taken = [part for attribution in found for part in (*attribution.content, *attribution.cue)]
    nesting = Nesting(attribution.content for attribution in found)
    last: Quotation | None = None
    for quotation in index.quotations:
        if quotation.single or _is_covered(found, nesting, quotation):
            last = last if quotation.single else quotation
            continue
        previous = _goes_on_from(found, last, quotation)
        goes_on = last is not None and not last.closed and _next_paragraph(text, last, quotation)
        alone = starts_sentence(text, quotation) and (
            word_count(text[quotation.inner.start : quotation.inner.end]) >= _WORDS_ALONE
        )
        if previous is not None and (
            goes_on or (alone and _same_paragraph(text, found[previous], quotation))
        ):
            content = merged((*found[previous].content, quotation.span))
            found[previous] = _with_content(text, found[previous], content, index)
        elif alone and not any(quotation.span.overlaps(part) for part in taken):
            orphans.append(_orphan(text, quotation, index, previous))
        last = quotation
    return [*found, *orphans] if orphans else found


def _goes_on_from(
    found: Sequence[Attribution], last: Quotation | None, quotation: Quotation
) -> int | None:
    """Return the attribution that a quotation goes on from: of the last one before, or around it.

    “It shocked us,” Kim wrote, according to the paper. “It hurt”: Kim goes on, not the paper.
    """
    before = _before(found, quotation)
    if last is None or before is None:
        return before
    around = [
        (_length(one), position)
        for position, one in enumerate(found)
        if one.cue
        and last.span.end <= one.cue[0].start <= found[before].cue[0].start
        and any(piece.contains(last.span) for piece in one.content)
    ]
    return min(around)[1] if any(number == before for _, number in around) else before


def _before(found: Sequence[Attribution], quotation: Quotation) -> int | None:
    """Return the last attribution, not itself inside another, whose cue stands before."""
    before = [
        position
        for position, attribution in enumerate(found)
        if attribution.cue and attribution.cue[0].end <= quotation.span.start
    ]
    before.sort(key=lambda position: found[position].cue[0].start, reverse=True)
    return next((position for position in before if not _is_inside(found, position)), None)


def _is_inside(found: Sequence[Attribution], position: int) -> bool:
    cue = found[position].cue[0]
    return any(
        piece.contains(cue)
        for other, attribution in enumerate(found)
        if other != position
        for piece in attribution.content
    )


def _same_paragraph(text: str, attribution: Attribution, quotation: Quotation) -> bool:
    return "\n" not in text[attribution.cue[0].start : quotation.span.start]


def _next_paragraph(text: str, last: Quotation, quotation: Quotation) -> bool:
    return not text[last.span.end : quotation.span.start].strip()


def _orphan(
    text: str, quotation: Quotation, index: QuotationIndex, previous: int | None
) -> Attribution:
    content = (quotation.span,)
    return Attribution(
        source=(),
        cue=(),
        content=content,
        kind=kind_of(text, content, index),
        act="assert",
        follows=previous,
    )
