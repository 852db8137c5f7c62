"""Conditions: what would happen if, who says so, and who would have to act."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from onrecord.drafts import Cast, Draft
from onrecord.language.syntax import children, is_negated, span_of, subject_of, subtree_span
from onrecord.records import (
    Condition,
    ConditionKind,
    Span,
    Spans,
    Statement,
    row_id,
)

EXTRACTOR = "condition-rules/1"
_MARKS = frozenset({"if", "unless", "provided", "providing"})
_NOT_CONDITIONS = frozenset({"even", "as", "what"})
_PHRASES = (
    ("in", "exchange", "for"),
    ("in", "return", "for"),
    ("conditional", "on"),
    ("as", "long", "as"),
)
_OBLIGES = frozenset({"must", "should", "can", "may", "need", "have"})
_HARM = frozenset(
    "attack strike bomb destroy devastate kill punish retaliate sanction impose respond invade "
    "withdraw suspend cut arrest expel face pay suffer".split()
)
_HELP = frozenset(
    "help cooperate support release lift ease return agree accept provide resume stop allow sign "
    "send hold talk negotiate withdraw give grant".split()
)


@dataclass(frozen=True, slots=True)
class _Parts:
    """The pieces of one condition, and the verbs at their heads."""

    if_: Spans
    then: Spans
    connective: Span
    if_head: Token
    then_head: Token | None


def extract_conditions(draft: Draft) -> tuple[Condition, ...]:
    """Return the conditions of an article in text order.

    Kept are those that mention somebody the record knows, or that somebody states.
    """
    conditions: dict[str, Condition] = {}
    for parts in _find(draft.doc):
        statement = draft.voices.at(parts.if_[0])
        doer = _doer(parts.if_head, draft.cast)
        if statement is None and not _names_anybody(parts, draft.cast):
            continue
        condition = Condition(
            condition_id=row_id(draft.article, "condition", *parts.if_, *parts.then),
            if_=parts.if_,
            then=parts.then,
            connective=(parts.connective,),
            kind=_kind(parts, statement),
            by_id=statement.speaker_id if statement is not None else None,
            on_id=doer,
            statement_id=statement.statement_id if statement is not None else None,
            extractor=EXTRACTOR,
        )
        conditions.setdefault(condition.condition_id, condition)
    return tuple(conditions.values())


def _find(doc: Doc) -> Iterator[_Parts]:
    for token in doc:
        if token.lower_ in _MARKS and token.dep_ in {"mark", "advmod", "prep"}:
            parts = _clausal(token)
        elif token.lower_ == "without" and token.dep_ == "prep":
            parts = _without(token)
        elif token.lower_ == "until" and token.dep_ == "mark":
            parts = _until(token)
        else:
            parts = _phrasal(token)
        if parts is not None:
            yield parts


def _clausal(mark: Token) -> _Parts | None:
    """Read "…, if the West took steps": the clause after the mark, and the clause it hangs on."""
    before = mark.nbor(-1).lower_ if mark.i else ""
    if before in _NOT_CONDITIONS:
        return None
    clause = mark.head
    if clause.dep_ != "advcl" or clause.head.i == clause.i:
        return None
    if_ = span_of(mark.doc[mark.i + 1 : clause.right_edge.i + 1])
    host = _host(clause)
    then = _without_part(host, clause, mark)
    if if_ is None or not then:
        return None
    return _Parts((if_,), then, Span(mark.idx, mark.idx + len(mark)), clause, host)


def _host(clause: Token) -> Token:
    """Return the verb of the main clause; where the parse hangs on a cue, the content's."""
    host = clause.head
    if host.dep_ == "parataxis" and host.head.i != host.i:
        return host.head  # "If there were provocations, he warned, they would respond"
    for content in children(host, "ccomp"):
        inverted = content.i < host.i < clause.i
        aside = clause.i < host.i < content.i
        if inverted or aside:
            return content
    return host


def _without_part(host: Token, part: Token, mark: Token) -> Spans:
    """Return the main clause's words without the if-clause, its own cue verb and what follows."""
    left_out = set(range(min(part.left_edge.i, mark.i), part.right_edge.i + 1))
    for child in host.children:
        leads = child.i < host.i and child.dep_ in {"mark", "cc"} and host.dep_ != "ROOT"
        follows = child.i > max(left_out) and child.dep_ == "conj"
        if leads or follows or child.dep_ == "parataxis":
            left_out |= {token.i for token in child.subtree}
    first, last = host.left_edge.i, host.right_edge.i
    content = [c for c in children(host, "ccomp") if c.i > host.i and c.pos_ in {"VERB", "AUX"}]
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


def _without(link: Token) -> _Parts | None:
    """Read "without that support, aid will remain an illusion"."""
    thing = next(iter(children(link, "pobj", "pcomp")), None)
    host = link.head
    if thing is None or host.pos_ not in {"VERB", "AUX"} or not _is_irreal(host):
        return None
    if_ = subtree_span(thing)
    then = _without_part(host, link, link)
    if if_ is None or not then:
        return None
    return _Parts((if_,), then, Span(link.idx, link.idx + len(link)), thing, host)


def _until(mark: Token) -> _Parts | None:
    """Read "they will not leave until troops withdraw": only behind a negated verb."""
    clause = mark.head
    host = clause.head
    if host.pos_ not in {"VERB", "AUX"} or not is_negated(host):
        return None
    if_ = span_of(mark.doc[mark.i + 1 : clause.right_edge.i + 1])
    then = _without_part(host, clause, mark)
    if if_ is None or not then:
        return None
    return _Parts((if_,), then, Span(mark.idx, mark.idx + len(mark)), clause, host)


def _phrasal(first: Token) -> _Parts | None:
    """Read "in exchange for guarantees", "as long as troops remain"."""
    for words in _PHRASES:
        phrase = first.doc[first.i : first.i + len(words)]
        if tuple(token.lower_ for token in phrase) != words:
            continue
        last = phrase[-1]
        thing = next(iter(children(last, "pobj", "pcomp")), None) or (
            last.head if last.head.dep_ == "advcl" else None
        )
        if thing is None:
            return None
        if_ = span_of(first.doc[last.i + 1 : max(thing.right_edge.i, last.i) + 1])
        host = _verb_above(phrase.root)
        then = _without_part(host, phrase.root, first) if host is not None else ()
        if if_ is None or not then:
            return None
        return _Parts((if_,), then, Span(first.idx, last.idx + len(last)), thing, host)
    return None


def _verb_above(token: Token) -> Token | None:
    while token.head.i != token.i:
        token = token.head
        if token.pos_ in {"VERB", "AUX"}:
            return token
    return None


def _is_irreal(verb: Token) -> bool:
    words = {child.lower_ for child in children(verb, "aux")}
    return bool(words & {"will", "would", "could", "can", "might", "may"})


def _doer(head: Token, cast: Cast) -> str | None:
    subject = subject_of(head) if head.pos_ in {"VERB", "AUX"} else None
    for token in (subject, head):
        if token is not None:
            for candidate in (token, *children(token, "poss")):
                if actor := cast.actor_at(candidate.i):
                    return actor
    return None


def _names_anybody(parts: _Parts, cast: Cast) -> bool:
    """Whether either half of a condition mentions somebody the record knows."""
    halves = (*parts.if_, *parts.then)
    return any(half.overlaps(row.span) for row in cast.mentions for half in halves if row.actor_id)


def _kind(parts: _Parts, statement: Statement | None) -> ConditionKind:
    if statement is not None and statement.act == "threaten":
        return "threat"
    if statement is not None and statement.act in {"offer", "promise"}:
        return "offer"
    head = parts.then_head
    if head is None:
        return "prediction"
    words = {child.lower_ for child in children(head, "aux")} | {head.lemma_.lower()}
    if statement is not None and words & {"will", "would"}:
        first_person = any(child.lower_ in {"we", "i"} for child in children(head, "nsubj"))
        if first_person or head.lemma_.lower() in _HELP | _HARM:
            return "threat" if head.lemma_.lower() in _HARM - _HELP else "offer"
    return "rule" if words & _OBLIGES or is_negated(head) else "prediction"
