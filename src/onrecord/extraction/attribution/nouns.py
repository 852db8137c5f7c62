"""Nouns that attribute: "his claim that …", "fears of a wider war"."""

from __future__ import annotations

from spacy.tokens import Token

from onrecord.codebook.cues import Cues
from onrecord.extraction.attribution.frames import FrameMatch
from onrecord.language import dependencies as deps
from onrecord.language import lexicon
from onrecord.language.syntax import children, lemma_of, span_of, subtree_span
from onrecord.records import Span

_UTTERING = lexicon.words("speech.uttering")
_NOUN_LINKS = frozenset({"about", "of", "for", "over"})
_DIRECTED_ACTS = frozenset({"demand", "request", "offer", "promise", "threaten"})
_SOURCELESS_NOUNS = lexicon.words("speech.sourceless")


def noun_frame(noun: Token, cues: Cues) -> FrameMatch | None:
    """Return the attribution a noun makes: "his claim that …", "Iran's demand for …"."""
    act = cues.act("noun", noun.lemma_.lower())
    if act is None:
        return None
    owner = _owner(noun)
    clause = next((c for c in children(noun, *deps.SAID_OF_NOUN) if _is_that_clause(c)), None)
    if clause is None and act in _DIRECTED_ACTS:
        clause = next((c for c in children(noun, deps.NOUN_CLAUSE) if _is_infinitive(c)), None)
    if clause is not None:
        content, end = subtree_span(clause), noun
    else:
        link = next((c for c in children(noun, deps.PREP) if c.lower_ in _NOUN_LINKS), None)
        if link is None or (owner is None and not _needs_no_owner(noun, link)):
            return None
        content, end = span_of(noun.doc[link.i + 1 : link.right_edge.i + 1]), link
    if content is None:
        return None
    first = next((c for c in noun.lefts if c.dep_ == deps.ADJECTIVE and c.tag_ == "VBN"), noun)
    return FrameMatch(
        act=act,
        frame="noun",
        cue=Span(first.idx, end.idx + len(end)),
        cue_at=noun.i,
        content=(content,),
        source=_owner_span(owner),
        source_at=owner.i if owner is not None else None,
    )


def _owner(noun: Token) -> Token | None:
    """Return whose claim it is: "his claim", "a claim by Iran"."""
    for owner in children(noun, deps.POSSESSOR):
        return owner
    for link in children(noun, deps.PREP):
        if link.lower_ in {"by", "from"}:
            return next(iter(children(link, deps.PREP_OBJECT)), None)
    return None


def _needs_no_owner(noun: Token, link: Token) -> bool:
    """Whether a noun attributes even when nobody is named: "fears of a wider war"."""
    return noun.lemma_.lower() in _SOURCELESS_NOUNS and link.lower_ != "for"


def _owner_span(owner: Token | None) -> Span | None:
    if owner is None:
        return None
    return span_of(owner.doc[owner.left_edge.i : owner.right_edge.i + 1])


def _is_infinitive(clause: Token) -> bool:
    return any(child.lower_ == "to" for child in children(clause, deps.AUX))


def _is_that_clause(clause: Token) -> bool:
    """Whether a clause says what a noun such as "warning" or "question" is about.

    The parser often takes its "that" for the object of its verb, as in "the claim that he made".
    """
    first = clause.left_edge
    if first.lower_ == "whether" or (first.lower_ == "that" and first.dep_ == deps.MARKER):
        return True
    return (
        first.lower_ == "that"
        and first.dep_ == deps.OBJECT
        and bool(children(clause, *deps.NOUN_SUBJECTS))
        and lemma_of(clause) not in _UTTERING
    )
