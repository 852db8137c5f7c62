"""Quotation marks and cues: which cue introduces a quotation, and how far its content reaches."""

from __future__ import annotations

import re
from collections.abc import Iterable

from spacy.tokens import Doc, Token

from onrecord.codebook.cues import Cues
from onrecord.language.quotes import Quotation, QuotationIndex
from onrecord.language.syntax import lemma_of, subject_of
from onrecord.records import Act, Span, Spans, StatementKind

_WORD = re.compile(r"\w+")
_ENDS_OPEN = (",", "?", "!", "-", "–", "—", "…")  # what a quotation ends in before its cue
_REACH = 25  # tokens between a quotation and the verb that introduces it


def word_count(text: str) -> int:
    """Return the number of words in a text."""
    return len(_WORD.findall(text))


def kind_of(text: str, content: Spans, index: QuotationIndex, cue: Spans = ()) -> StatementKind:
    """Return direct when all words of the content are quoted, mixed when some, else indirect.

    A quotation that holds the cue as well does not count: “He said I was ill” reports indirectly.
    """
    words = quoted = 0
    for piece in content:
        quotations = [
            quotation
            for quotation in index.within(piece)
            if not any(quotation.span.contains(part) for part in cue)
        ]
        for word in _WORD.finditer(text, piece.start, piece.end):
            words += 1
            quoted += any(q.span.contains(Span(*word.span())) for q in quotations)
    if words and quoted == words:
        return "direct"
    return "mixed" if quoted else "indirect"


def widen(piece: Span, index: QuotationIndex, cue_at: int) -> Span:
    """Return a piece of content with the quotations it touches whole, marks included.

    A quotation that holds the cue as well is left alone: the cue speaks from inside it.
    """
    start, end = piece.start, piece.end
    for quotation in index.within(piece):
        holds_cue = quotation.span.start <= cue_at < quotation.span.end
        if not holds_cue and not quotation.single:
            start, end = min(start, quotation.span.start), max(end, quotation.span.end)
    return Span(start, end)


def merged(pieces: Iterable[Span]) -> Spans:
    """Return spans in order, those that overlap joined."""
    joined: list[Span] = []
    for piece in sorted(pieces):
        if joined and piece.start < joined[-1].end:
            joined[-1] = Span(joined[-1].start, max(joined[-1].end, piece.end))
        else:
            joined.append(piece)
    return tuple(joined)


def starts_sentence(text: str, quotation: Quotation) -> bool:
    """Whether a quotation begins where a sentence does."""
    before = last_before(text, quotation.span.start, " \u00a0\t")
    return before in '\n.?!”"’)…'


def last_before(text: str, at: int, blanks: str = " \u00a0\t\r\n") -> str:
    """Return the last character before a place that is no blank, "" where there is none."""
    while at and text[at - 1] in blanks:
        at -= 1
    return text[at - 1 : at]


def introducing_verb(
    doc: Doc, text: str, quotation: Quotation, cues: Cues, index: QuotationIndex
) -> tuple[Token, Act] | None:
    """Return the verb beside a quotation that introduces it, with its act; None without one."""
    return _verb_behind(doc, text, quotation, cues, index) or _verb_before(
        doc, text, quotation, cues, index
    )


def _verb_behind(
    doc: Doc, text: str, quotation: Quotation, cues: Cues, index: QuotationIndex
) -> tuple[Token, Act] | None:
    inner = text[quotation.inner.start : quotation.inner.end].rstrip()
    after = text[quotation.span.end : quotation.span.end + 2].lstrip()
    if not (inner.endswith(_ENDS_OPEN) or after.startswith(",")):
        return None
    for token in _tokens_from(doc, text, quotation.span.end):
        if "\n" in token.text or index.at(token.idx) or token.text == ".":
            return None
        if token.pos_ in {"VERB", "AUX"} and (act := cues.quote_act(lemma_of(token))):
            return token, act
    return None


def _verb_before(
    doc: Doc, text: str, quotation: Quotation, cues: Cues, index: QuotationIndex
) -> tuple[Token, Act] | None:
    """Return the nearest cue verb to the left, with a subject, in the same sentence."""
    first = doc.char_span(quotation.span.start, quotation.span.end, alignment_mode="expand")
    if first is None or first.start == 0:
        return None
    announced = last_before(text, quotation.span.start) == ":"  # also a paragraph ahead
    for position in range(first.start - 1, max(-1, first.start - _REACH), -1):
        token = doc[position]
        if announced and token.is_space:
            continue
        if token.text in {".", "?", "!"} or "\n" in token.text or index.at(token.idx):
            return None
        if token.pos_ != "VERB" or not (act := cues.quote_act(lemma_of(token))):
            continue
        between = text[token.idx + len(token) : quotation.span.start].strip()
        if between in {"", ",", ":", "that", ", that"} or between.endswith((":", ",")):
            return (token, act) if subject_of(token) is not None else None
    return None


def _tokens_from(doc: Doc, text: str, offset: int) -> list[Token]:
    """Return up to `_REACH` tokens that start at or behind an offset."""
    end = min(len(text), offset + 200)
    window = doc.char_span(offset, end, alignment_mode="contract") if end > offset else None
    return [token for token in window or () if token.idx >= offset][:_REACH]
