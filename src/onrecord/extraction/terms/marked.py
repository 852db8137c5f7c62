"""Words held up: in quotation marks of their own, after "so-called", in what somebody calls it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from onrecord.extraction.terms.users import namer, names_what
from onrecord.language import dependencies as deps
from onrecord.language.quotes import QuotationIndex
from onrecord.language.syntax import head_in, noun_phrase, tokens_in
from onrecord.records import Span

MOST_WORDS = 5
_SO_CALLED = re.compile(r"\bso[-\s]called\s+(?=\w)|\bself[-\s]styled\s+(?=\w)", re.IGNORECASE)
_HELD = re.compile(r"\b(?:so[-\s]called|self[-\s]styled)\s+$", re.IGNORECASE)
_REACH = 13  # characters that "self-styled " and its like take before a word
_WORD = re.compile(r"[\w'’-]*\w")
_STRAIGHT = re.compile(r"(?<![\w'])'(?=\w)([^'\n]{1,60}\w[.,]?)'(?!\w)")
_FIRST = frozenset({"ADJ", "ADV", "NOUN", "PROPN", "NUM", "VERB"})  # what a term begins with
_FINITE = frozenset({"VB", "VBD", "VBP", "VBZ"})
_EDGE = " \t,.;:–—-"
_BREAK = re.compile(r"[.?!:\n]\s*$")
_WHOLE = frozenset(
    {deps.ROOT, deps.CONTENT, deps.PARATAXIS, deps.INTERJECTION}
)  # how words that are said stand


@dataclass(frozen=True, slots=True)
class Marked:
    """Words that a text holds up."""

    span: Span  # quotation marks included, where there are any
    words: Span
    held: bool  # after "so-called" or the like


def find_marked(doc: Doc, index: QuotationIndex) -> Iterator[Marked]:
    """Yield the words of a text that are held up, those in quotation marks first.

    At most five words count, and what somebody says aloud in so many words does not.
    """
    taken: list[Span] = []
    text = doc.text  # once: spaCy puts it together anew each time
    for span, inner in _quotations(text, index):
        words = _words(text, inner)
        if words is None or any(one.overlaps(span) for one in taken):
            continue
        before = max(0, span.start - _REACH)
        held = _HELD.search(text, before, span.start) is not None
        if _is_term(doc, words, held=held) and not _is_said(doc, text, span, inner):
            taken.append(span)
            yield Marked(span, words, held=held)
    for words in (*_so_called(doc, text), *_what_is_called(doc)):
        if not any(span.overlaps(words) for span in taken):
            taken.append(words)
            yield Marked(words, words, held=True)


def _quotations(text: str, index: QuotationIndex) -> Iterator[tuple[Span, Span]]:
    """Yield what stands in a pair of marks, with them and without: straight single ones too."""
    for one in index.quotations:
        if one.opened and one.closed:
            yield one.span, one.inner
    for match in _STRAIGHT.finditer(text):
        yield Span(*match.span()), Span(*match.span(1))


def _words(text: str, inner: Span) -> Span | None:
    """Return a few words in quotation marks without the stops beside them; None of any other."""
    written = text[inner.start : inner.end]
    bare = written.strip(_EDGE)
    if "\n" in written or written.endswith(("?", "!")) or sum(map(str.isalpha, bare)) < 2:
        return None
    if len(_WORD.findall(bare)) > MOST_WORDS:
        return None
    start = inner.start + written.index(bare)
    return Span(start, start + len(bare))


def _is_term(doc: Doc, words: Span, *, held: bool) -> bool:
    """Whether words in marks name or describe something, rather than quote part of a clause."""
    tokens = [token for token in tokens_in(doc, words) if not token.is_punct]
    head = head_in(doc, words)
    if not tokens or head is None:
        return False
    if held or namer(head) is not None:
        return True
    kept = [token for token in tokens if token.pos_ not in {"ADP", "DET", "CCONJ", "PART"}]
    is_title = all(token.is_title for token in kept) and not tokens[0].is_sent_start
    if is_title and all(token.pos_ == "PROPN" or len(kept) > 1 for token in kept):
        return False
    if len(tokens) == 1:
        return True
    return tokens[0].pos_ in _FIRST and not (head.pos_ in {"VERB", "AUX"} and head.tag_ in _FINITE)


def _is_said(doc: Doc, text: str, span: Span, inner: Span) -> bool:
    """Whether a quotation is an utterance, a clause of its own, as its capital and place tell."""
    head = head_in(doc, inner)
    if head is None:
        return True
    start = span.start
    capital = text[inner.start].isupper() and not text[inner.start : inner.end].isupper()
    alone = start == 0 or _BREAK.search(text, max(0, start - 3), start) is not None
    return capital and alone and (head.dep_ in _WHOLE or text[inner.end - 1] in ",.")


def _so_called(doc: Doc, text: str) -> Iterator[Span]:
    """Yield the noun phrases behind "so-called" and "self-styled"."""
    for match in _SO_CALLED.finditer(text):
        behind = doc.char_span(match.end(), match.end() + 1, alignment_mode="expand")
        if behind is None or behind.start_char != match.end():
            continue
        first = behind[0]
        head = first
        while head.dep_ in deps.NAME_PARTS and head.head.i > head.i:
            head = head.head
        if head.pos_ in {"NOUN", "PROPN", "ADJ"} and head.i - first.i < 2 * MOST_WORDS:
            yield Span(first.idx, head.idx + len(head))


def _what_is_called(doc: Doc) -> Iterator[Span]:
    """Yield what somebody calls a thing, in "what Moscow calls a special operation"."""
    for what in doc:
        verb = what.head
        if what.lower_ != "what" or what.i >= verb.i or not names_what(verb):
            continue
        name = next((one for one in verb.rights if _is_name(one)), None)
        if name is not None:
            span = noun_phrase(name)
            words = [token for token in tokens_in(doc, span) if token.dep_ != deps.DETERMINER]
            if words and len(words) <= MOST_WORDS:
                yield Span(words[0].idx, span.end)


def _is_name(word: Token) -> bool:
    return word.dep_ in deps.CALLED and word.pos_ in {
        "NOUN",
        "PROPN",
    }
