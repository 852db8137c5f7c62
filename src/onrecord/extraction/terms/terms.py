"""Contested terms: which word is chosen for a thing, by whom, and whether at arm's length."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from spacy.tokens import Token

from onrecord.codebook.terms import Concept
from onrecord.drafts import Draft
from onrecord.extraction.terms.marked import Marked, find_marked
from onrecord.extraction.terms.users import avoider, namer
from onrecord.language import dependencies as deps
from onrecord.language.quotes import QuotationIndex
from onrecord.language.syntax import head_in
from onrecord.records import Span, Term, TermVoice, row_id

EXTRACTOR = "term-rules/2"


@dataclass(frozen=True, slots=True)
class _Word:
    concept: str
    term: str  # its dictionary form
    voice: TermVoice


def extract_terms(
    draft: Draft, index: QuotationIndex, concepts: Sequence[Concept]
) -> tuple[Term, ...]:
    """Return the contested terms of an article in text order.

    They are the words that it holds up, whatever they are, and those of the concepts. A concept
    that is about certain places or parties counts only where the article names one; of the
    concepts that fit a word the first stands. Words that no concept has are their own.
    """
    terms: dict[tuple[int, int], Term] = {}
    text = draft.article.text
    fitting = [one for one in concepts if not one.about or _names_any(text, one.about)]
    taken = bytearray(len(text))
    for marked in find_marked(draft.doc, index):
        term = _marked_term(draft, marked, fitting)
        if term is not None and not any(taken[marked.span.start : marked.span.end]):
            taken[marked.span.start : marked.span.end] = b"\x01" * len(marked.span)
            terms[term.span.start, term.span.end] = term
    for concept in fitting:
        if concept.only_marked:
            continue
        for match in _pattern(concept).finditer(text):
            span = Span(*match.span())
            if any(taken[span.start : span.end]):
                continue
            term = _listed_term(draft, index, concept, span)
            if term is not None:
                taken[span.start : span.end] = b"\x01" * len(span)
                terms[span.start, span.end] = term
    return tuple(terms[key] for key in sorted(terms))


def _marked_term(draft: Draft, marked: Marked, concepts: Sequence[Concept]) -> Term | None:
    """Return the term of words that are held up, with the first concept that has one of them."""
    words = draft.article.cut(marked.words)
    head = head_in(draft.doc, marked.words)
    if head is None:
        return None
    concept = next((one for one in concepts if _pattern(one).search(words)), None)
    whole = concept is not None and _pattern(concept).fullmatch(words) is not None
    term = _dictionary_form(concept, words) if concept and whole else words.lower()
    is_quoted = len(marked.span) > len(marked.words)
    voice: TermVoice = "scare" if marked.held or not is_quoted else "quoted"
    return _term(draft, head, marked.span, _Word(concept.name if concept else term, term, voice))


def _listed_term(draft: Draft, index: QuotationIndex, concept: Concept, words: Span) -> Term | None:
    """Return the term of a concept's words where the text holds nothing up."""
    text = draft.article.cut(words)
    head = head_in(draft.doc, words)
    if head is None or _is_other(head, text):
        return None
    inside = any(q.inner.contains(words) and q.opened for q in index.within(words) if not q.single)
    voice: TermVoice = "quoted" if inside else "own"
    return _term(draft, head, words, _Word(concept.name, _dictionary_form(concept, text), voice))


def _term(draft: Draft, head: Token, span: Span, word: _Word) -> Term:
    """Return a term with who uses it: who is said to, else whose words it stands in."""
    statement = draft.voices.at(span)
    shunning = avoider(head)
    naming = namer(head)
    used_by = statement.speaker_id if statement is not None else None
    if (user := shunning or naming) is not None:
        used_by = draft.cast.actor_at(user.i)
    attributed = statement is not None or shunning is not None or naming is not None
    return Term(
        term_id=row_id(draft.article, "term", span),
        span=span,
        concept=word.concept,
        term=word.term,
        voice="scare" if word.voice == "quoted" and not attributed else word.voice,
        avoided=shunning is not None,
        used_by_id=used_by,
        statement_id=statement.statement_id if statement is not None else None,
        extractor=EXTRACTOR,
    )


def _names_any(text: str, words: Sequence[str]) -> bool:
    return re.search("|".join(rf"\b{re.escape(word)}\b" for word in words), text) is not None


def _pattern(concept: Concept) -> re.Pattern[str]:
    """Return a pattern for a concept's terms, the longest first, plural included."""
    words = sorted(concept.terms, key=len, reverse=True)
    return re.compile(
        r"(?<![\w-])(?:"
        + "|".join(rf"{re.escape(word)}(?:s|es)?" for word in words)
        + r")(?![\w-])",
        re.IGNORECASE,
    )


def _is_other(head: Token, words: str) -> bool:
    """Whether the word is part of another name or compound: "World War", "financial crisis"."""
    if head.i and head.nbor(-1).text in {"World", "Cold"}:
        return True
    if words[0].isupper() and head.pos_ == "PROPN" and not head.is_sent_start:
        return True
    if head.pos_ == "VERB" and head.tag_ in {"VB", "VBP"}:
        return True
    if head.dep_ in deps.NOUNS_BEFORE and head.head.i > head.i and " " not in words:
        return True
    return (
        any(child.dep_ == deps.COMPOUND and child.i < head.i for child in head.lefts)
        and " " not in words
    )


def _dictionary_form(concept: Concept, words: str) -> str:
    lowered = words.lower()
    for term in sorted(concept.terms, key=len, reverse=True):
        if lowered in {term.lower(), f"{term.lower()}s", f"{term.lower()}es"}:
            return term
    return lowered
