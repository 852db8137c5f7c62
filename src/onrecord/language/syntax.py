"""Helpers over a dependency parse (ClearNLP labels, as spaCy's English pipelines give them)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from spacy.tokens import Doc, Token

from onrecord.language import dependencies as deps
from onrecord.records import Span

RELATIVE = frozenset({"who", "which", "that", "whom", "whose"})


def span_of(tokens: Iterable[Token]) -> Span | None:
    """Return the span from the first to the last of some tokens, blank and edge marks left out."""
    kept = [token for token in tokens if not token.is_space]
    while (kept and _is_stray_mark(kept[-1], kept, "`“")) or (kept and _is_edge(kept[-1])):
        kept.pop()
    while kept and _is_stray_mark(kept[0], kept, "'”"):
        kept.pop(0)
    while kept and _is_edge(kept[-1]):
        kept.pop()
    while kept and _is_edge(kept[0]):
        kept.pop(0)
    if not kept:
        return None
    return Span(kept[0].idx, kept[-1].idx + len(kept[-1]))


def _is_stray_mark(token: Token, tokens: list[Token], partners: str) -> bool:
    """Whether an edge quotation mark has its partner outside the span."""
    if not token.is_quote or len(tokens) < 2:
        return token.is_quote
    return not any(
        other.text[0] in partners or other.text == token.text == '"'
        for other in tokens
        if other.is_quote and other.i != token.i
    )


def _is_edge(token: Token) -> bool:
    return token.dep_ == deps.CONJUNCTION or (
        token.is_punct and token.text in {",", ".", ";", ":", "-", "–", "—", "--", "!", "?", "…"}
    )


def subtree_span(token: Token) -> Span | None:
    """Return the span of everything under a token, edge marks left out."""
    return span_of(token.doc[token.left_edge.i : token.right_edge.i + 1])


_MISREAD = {"hop": "hope"}  # lemmas the parser's tables get wrong: "hoped" is no hop


def lemma_of(token: Token) -> str:
    """Return a token's lemma in lower case, known slips of the lemmatiser put right."""
    lemma = token.lemma_.lower()
    return _MISREAD.get(lemma, lemma) if token.lower_.startswith("hop") else lemma


def token_span(token: Token) -> Span:
    """Return the span of one token."""
    return Span(token.idx, token.idx + len(token))


def tokens_in(doc: Doc, span: Span) -> tuple[Token, ...]:
    """Return the tokens that lie within a span."""
    found = doc.char_span(span.start, span.end, alignment_mode="contract")
    return tuple(found) if found is not None else ()


def head_in(doc: Doc, span: Span) -> Token | None:
    """Return the token of a span that the others hang on, None when the span cuts no token."""
    found = doc.char_span(span.start, span.end, alignment_mode="expand")
    return found.root if found is not None and len(found) else None


def children(token: Token, *labels: str) -> tuple[Token, ...]:
    """Return the children of a token with one of some labels."""
    return tuple(child for child in token.children if child.dep_ in labels)


def subject_of(verb: Token) -> Token | None:
    """Return the head of a verb's subject, as the sentence gives it or as its grammar implies it.

    A verb without a subject of its own takes that of the verb it is coordinated with or that
    governs it; a relative clause takes the noun it describes.
    """
    seen: set[int] = set()
    while verb.i not in seen:
        seen.add(verb.i)
        own = [child for child in verb.children if child.dep_ in deps.SUBJECTS]
        if own and len(seen) > 1 and is_expletive(own[-1]):
            return None
        if own:
            return antecedent(own[-1], verb)
        if verb.dep_ == deps.OPEN_CLAUSE and (asked := _asked(verb)) is not None:
            return asked
        if verb.dep_ in deps.SUBJECTLESS and _inherits(verb):
            verb = verb.head
        elif verb.dep_ in deps.NOUN_CLAUSES and verb.tag_ == "VBG":
            return verb.head
        else:
            return None
    return None


def is_expletive(subject: Token) -> bool:
    """Whether a subject stands for nobody: "it was wrong to say so"."""
    return subject.lower_ == "it" and bool(children(subject.head, deps.STATE, deps.ATTRIBUTE))


def _asked(verb: Token) -> Token | None:
    """Return who is to do what an infinitive says: "urged Iran to leave", "called on Iran to"."""
    governor = verb.head
    if governor.lemma_ in {"promise", "vow", "threaten"}:  # the subject's own deed
        return None
    for child in governor.children:
        if governor.i < child.i < verb.i and child.dep_ in deps.OBJECTS:
            return child
        if child.dep_ == deps.PREP and child.lower_ in {"on", "upon"} and child.i < verb.i:
            return next(iter(children(child, deps.PREP_OBJECT)), None)
    return None


def _inherits(verb: Token) -> bool:
    """Whether a verb without a subject may take that of the word it hangs on."""
    if verb.dep_ == deps.ADVERBIAL:
        return verb.tag_ == "VBG" or any(child.text.lower() == "to" for child in verb.lefts)
    if verb.dep_ in {deps.CONTENT, deps.PARATAXIS}:
        return verb.tag_ in {"VBG"}
    return verb.head.pos_ in {"VERB", "AUX"} or verb.dep_ == deps.OPEN_CLAUSE


def antecedent(subject: Token, verb: Token) -> Token:
    """Return what a relative pronoun stands for, else the subject itself."""
    if subject.lower_ in RELATIVE and subject.tag_ in {"WP", "WDT", "IN", "DT"}:
        while verb.dep_ == deps.CONJUNCT:
            verb = verb.head
        if verb.dep_ == deps.RELATIVE:
            return verb.head
    return subject


def agent_of(verb: Token) -> Token | None:
    """Return the head of a passive verb's "by" phrase."""
    for agent in children(verb, deps.AGENT):
        for child in children(agent, deps.PREP_OBJECT):
            return child
    return None


def is_passive(verb: Token) -> bool:
    """Whether a verb is passive, a bare participle after a noun included."""
    if children(verb, *deps.PASSIVES):
        return True
    return verb.tag_ == "VBN" and verb.dep_ in deps.PARTICIPLES


def is_negated(token: Token) -> bool:
    """Whether a word carries its own negation."""
    return any(
        child.dep_ == deps.NEGATION
        or (child.dep_ == deps.DETERMINER and child.lower_ in {"no", "neither"})
        for child in token.children
    )


def verb_group(verb: Token) -> Span:
    """Return the span of a verb with the auxiliaries and particle that touch it."""
    parts = {verb.i}
    for child in verb.children:
        if child.dep_ in deps.GROUP_WORDS or (
            child.dep_ == deps.ADVERB and child.pos_ == "ADV" and child.tag_ != "WRB"
        ):
            parts.add(child.i)
    first = last = verb.i
    while first - 1 in parts:
        first -= 1
    while last + 1 in parts and verb.doc[last + 1].dep_ == deps.PARTICLE:
        last += 1
    start = verb.doc[first]
    while first < verb.i and start.dep_ == deps.ADVERB:
        first += 1
        start = verb.doc[first]
    if start.lower_ == "to":
        start = verb.doc[first + 1] if first < verb.i else start
    end = verb.doc[last]
    return Span(start.idx, end.idx + len(end))


def noun_phrase(head: Token) -> Span:
    """Return a noun with what stands before it; what follows it is left out."""
    tokens = list(_phrase_tokens(head))
    span = span_of(sorted(tokens, key=lambda token: token.i))
    return span or token_span(head)


def _phrase_tokens(head: Token) -> Iterator[Token]:
    """Yield the words of a base noun phrase: what precedes the head, and the head."""
    yield head
    for child in head.lefts:
        if child.dep_ in deps.LEFT_IN_PHRASE and (
            child.dep_ != deps.PUNCTUATION or child.text in {"-", "’", "'"}
        ):
            yield from child.subtree
    for child in head.rights:
        if child.dep_ == deps.CASE_MARK:
            yield child


def conjuncts(head: Token) -> tuple[Token, ...]:
    """Return a word and those coordinated with it, in text order."""
    return tuple(sorted({head, *head.conjuncts}, key=lambda token: token.i))
