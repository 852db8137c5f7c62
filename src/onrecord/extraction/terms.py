"""Contested terms: which word is chosen for a thing, by whom, and whether at arm's length."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from spacy.tokens import Token

from onrecord.codebook.terms import Concept
from onrecord.drafts import Draft
from onrecord.language.quotes import Quotation, QuotationIndex
from onrecord.language.syntax import head_in, subject_of
from onrecord.records import Span, Term, TermVoice, row_id

EXTRACTOR = "term-rules/1"
_AVOIDING = frozenset({"avoid", "refuse", "decline", "refrain", "shun", "reject"})
_BOUNDARIES = frozenset({"ccomp", "advcl", "relcl", "conj", "acl", "ROOT"})
_USING = frozenset({"use", "call", "say", "describe", "mention", "utter", "label", "avoid"})
_NAMING = frozenset({"word", "term", "phrase", "label"})
_SO_CALLED = re.compile(r"so[-\s]called\s+$", re.IGNORECASE)


def extract_terms(
    draft: Draft, index: QuotationIndex, concepts: Sequence[Concept]
) -> tuple[Term, ...]:
    """Return the contested terms of an article in text order.

    A concept that is about certain places or parties counts only where the article names one; of
    the concepts that fit a word the first stands.
    """
    terms: dict[tuple[int, int], Term] = {}
    text = draft.article.text
    taken = bytearray(len(text))
    for concept in concepts:
        if concept.about and not _names_any(text, concept.about):
            continue
        for match in _pattern(concept).finditer(text):
            span = Span(*match.span())
            if any(taken[span.start : span.end]):
                continue
            term = _term(draft, index, concept, span)
            if term is not None:
                taken[span.start : span.end] = b"\x01" * len(span)
                terms[span.start, span.end] = term
    return tuple(terms[key] for key in sorted(terms))


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


def _term(draft: Draft, index: QuotationIndex, concept: Concept, words: Span) -> Term | None:
    article = draft.article
    head = head_in(draft.doc, words)
    if head is None or _is_other(head, article.cut(words)):
        return None
    quotation = _tight_quotation(index, words)
    so_called = _SO_CALLED.search(article.text, max(0, words.start - 12), words.start)
    if concept.only_marked and quotation is None and so_called is None:
        return None
    span = quotation.span if quotation is not None else words
    statement = draft.voices.at(span)
    avoider = _avoider(head)
    used_by = statement.speaker_id if statement is not None else None
    if avoider is not None:
        used_by = draft.cast.actor_at(avoider.i) or used_by
    return Term(
        term_id=row_id(article, "term", span),
        span=span,
        concept=concept.name,
        term=_dictionary_form(concept, article.cut(words)),
        voice=_voice(
            index,
            quotation,
            words,
            statement is not None or avoider is not None,
            so_called is not None,
        ),
        avoided=avoider is not None,
        used_by_id=used_by,
        statement_id=statement.statement_id if statement is not None else None,
        extractor=EXTRACTOR,
    )


def _is_other(head: Token, words: str) -> bool:
    """Whether the word is part of another name or compound: "World War", "financial crisis"."""
    if head.i and head.nbor(-1).text in {"World", "Cold"}:
        return True
    if words[0].isupper() and head.pos_ == "PROPN" and not head.is_sent_start:
        return True
    if head.pos_ == "VERB" and head.tag_ in {"VB", "VBP"}:
        return True
    if head.dep_ in {"compound", "nmod"} and head.head.i > head.i and " " not in words:
        return True
    return (
        any(child.dep_ == "compound" and child.i < head.i for child in head.lefts)
        and " " not in words
    )


def _tight_quotation(index: QuotationIndex, words: Span) -> Quotation | None:
    """Return the marks that stand around a term and little else."""
    for quotation in index.within(words):
        if quotation.inner.contains(words) and len(quotation.inner) <= len(words) + 1:
            return quotation
    return None


def _voice(
    index: QuotationIndex, tight: Quotation | None, words: Span, attributed: bool, so_called: bool
) -> TermVoice:
    if so_called or (tight is not None and not attributed):
        return "scare"
    if tight is not None:
        return "quoted"
    inside = any(q.inner.contains(words) and q.opened for q in index.within(words) if not q.single)
    return "quoted" if inside else "own"


def _avoider(head: Token) -> Token | None:
    """Return who is said not to use a word, None when nobody is."""
    chain = list(_governors(head))
    lemmas = {token.lemma_.lower() for token in chain}
    naming = {token.lemma_.lower() for token in head.lefts} | lemmas
    if not lemmas & _AVOIDING or not naming & (_USING | _NAMING):
        return None
    verb = next(token for token in chain if token.lemma_.lower() in _AVOIDING)
    return subject_of(verb)


def _governors(token: Token) -> Iterator[Token]:
    """Yield the words a word hangs on, up to the edge of its clause."""
    while token.dep_ not in _BOUNDARIES and token.head.i != token.i:
        token = token.head
        yield token


def _dictionary_form(concept: Concept, words: str) -> str:
    lowered = words.lower()
    for term in sorted(concept.terms, key=len, reverse=True):
        if lowered in {term.lower(), f"{term.lower()}s", f"{term.lower()}es"}:
            return term
    return lowered
