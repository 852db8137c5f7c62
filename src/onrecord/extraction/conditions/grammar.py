"""Conditions as the grammar has them: a connective with its clause, and what hangs on that."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Doc, Token
from spacy.tokens import Span as Slice

from onrecord.language import dependencies as deps
from onrecord.language.syntax import children, head_in, is_negated, span_of, subtree_span
from onrecord.records import Span, Spans

_MARKS = frozenset({"if", "unless", "provided", "providing"})
_NOT_CONDITIONS = frozenset({"even", "as", "what"})
_PHRASES = {  # by first word
    "in": (("in", "exchange", "for"), ("in", "return", "for")),
    "conditional": (("conditional", "on"),),
    "as": (("as", "long", "as"),),
}


@dataclass(frozen=True, slots=True)
class Parts:
    """The pieces of one condition, and the verbs at their heads."""

    if_: Spans
    then: Spans
    connective: Span
    if_head: Token
    then_head: Token | None


def find_parts(doc: Doc) -> Iterator[Parts]:
    """Yield what may be a condition, in text order."""
    for token in doc:
        if token.lower_ in _MARKS and token.dep_ in {deps.MARKER, deps.ADVERB, deps.PREP}:
            parts = _clausal(token)
        elif token.lower_ == "without" and token.dep_ == deps.PREP:
            parts = _without(token)
        elif token.lower_ == "until" and token.dep_ == deps.MARKER:
            parts = _until(token)
        else:
            parts = _phrasal(token)
        if parts is not None:
            yield parts


def concedes(doc: Doc, connective: Span) -> bool:
    """Whether a connective makes no condition: "even if", "as if", "what if"."""
    mark = head_in(doc, connective)
    return mark is not None and mark.i > 0 and mark.nbor(-1).lower_ in _NOT_CONDITIONS


def _clausal(mark: Token) -> Parts | None:
    """Read "…, if the West took steps": the clause after the mark, and the clause it hangs on."""
    before = mark.nbor(-1).lower_ if mark.i else ""
    if before in _NOT_CONDITIONS:
        return None
    clause = mark.head
    if clause.dep_ != deps.ADVERBIAL or clause.head.i == clause.i:
        return None
    if_ = span_of(mark.doc[mark.i + 1 : clause.right_edge.i + 1])
    host = _host(clause)
    then = _without_part(host, clause, mark)
    if if_ is None or not then:
        return None
    return Parts((if_,), then, Span(mark.idx, mark.idx + len(mark)), clause, host)


def _host(clause: Token) -> Token:
    """Return the verb of the main clause; where the parse hangs on a cue, the content's."""
    host = clause.head
    if host.dep_ == deps.PARATAXIS and host.head.i != host.i:
        return host.head  # "If there were provocations, he warned, they would respond"
    for content in children(host, deps.CONTENT):
        inverted = content.i < host.i < clause.i
        aside = clause.i < host.i < content.i
        if inverted or aside:
            return content
    return host


def _without_part(host: Token, part: Token, mark: Token) -> Spans:
    """Return the main clause's words without the if-clause, its own cue verb and what follows."""
    left_out = set(range(min(part.left_edge.i, mark.i), part.right_edge.i + 1))
    for child in host.children:
        leads = (
            child.i < host.i
            and child.dep_ in {deps.MARKER, deps.CONJUNCTION}
            and host.dep_ != deps.ROOT
        )
        follows = child.i > max(left_out) and child.dep_ == deps.CONJUNCT
        if leads or follows or child.dep_ == deps.PARATAXIS:
            left_out |= {token.i for token in child.subtree}
    first, last = host.left_edge.i, host.right_edge.i
    content = [
        c for c in children(host, deps.CONTENT) if c.i > host.i and c.pos_ in {"VERB", "AUX"}
    ]
    if content and min(left_out) > host.i and content[0].left_edge.i <= min(left_out):
        first = content[0].left_edge.i
    runs: list[list[Token]] = [[]]
    for token in host.doc[first : last + 1]:
        if token.i in left_out:
            runs.append([])
        else:
            runs[-1].append(token)
    spans = [span for run in runs if (span := span_of(run)) is not None]
    return (max(spans, key=len),) if spans else ()


def _without(link: Token) -> Parts | None:
    """Read "without that support, aid will remain an illusion"."""
    thing = next(iter(children(link, *deps.GOVERNED)), None)
    host = link.head
    if thing is None or host.pos_ not in {"VERB", "AUX"} or not _is_irreal(host):
        return None
    if_ = subtree_span(thing)
    then = _without_part(host, link, link)
    if if_ is None or not then:
        return None
    return Parts((if_,), then, Span(link.idx, link.idx + len(link)), thing, host)


def _until(mark: Token) -> Parts | None:
    """Read "they will not leave until troops withdraw": only behind a negated verb."""
    clause = mark.head
    host = clause.head
    if host.pos_ not in {"VERB", "AUX"} or not is_negated(host):
        return None
    if_ = span_of(mark.doc[mark.i + 1 : clause.right_edge.i + 1])
    then = _without_part(host, clause, mark)
    if if_ is None or not then:
        return None
    return Parts((if_,), then, Span(mark.idx, mark.idx + len(mark)), clause, host)


def _phrasal(first: Token) -> Parts | None:
    """Read "in exchange for guarantees", "as long as troops remain"."""
    for words in _PHRASES.get(first.lower_, ()):
        phrase = first.doc[first.i : first.i + len(words)]
        if tuple(token.lower_ for token in phrase) == words:
            return _behind(phrase)
    return None


def _behind(phrase: Slice) -> Parts | None:
    first, last = phrase[0], phrase[-1]
    thing = next(iter(children(last, *deps.GOVERNED)), None)
    if thing is None and last.head.dep_ == deps.ADVERBIAL:
        thing = last.head
    if thing is None:
        return None
    if_ = span_of(first.doc[last.i + 1 : max(thing.right_edge.i, last.i) + 1])
    host = _verb_above(phrase.root)
    then = _without_part(host, phrase.root, first) if host is not None else ()
    if if_ is None or not then:
        return None
    return Parts((if_,), then, Span(first.idx, last.idx + len(last)), thing, host)


def _verb_above(token: Token) -> Token | None:
    while token.head.i != token.i:
        token = token.head
        if token.pos_ in {"VERB", "AUX"}:
            return token
    return None


def _is_irreal(verb: Token) -> bool:
    words = {child.lower_ for child in children(verb, deps.AUX)}
    return bool(words & {"will", "would", "could", "can", "might", "may"})
