"""Requests of an article: the model's cues, what is asked, and who asks whom."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from onrecord.drafts import Draft
from onrecord.extraction.requests.grammar import (
    asked_parties,
    askers,
    askings,
    obliged_verb,
    with_negation,
)
from onrecord.extraction.requests.parties import Party, Sought, Weights, choose_party
from onrecord.extraction.roles import Casting, Part, Region, casting_of, likeliest
from onrecord.language import lexicon
from onrecord.language.syntax import head_in, span_of, tokens_in
from onrecord.onepass.tagged import Stretch, tagged
from onrecord.records import Span, Spans, Statement

_ACTS = frozenset({"demand", "request"})
_QUESTIONS = lexicon.words("grammar.questions")
_BY, _OF, _ASKS = range(3)
# Chances, chosen on annotated articles B and tune with a model still in training, 30 November 2026;
# the numbers change little with a step of a third up or down.
LEAST = 0.5  # of a cue
BACKED = 0.15  # of a cue that the grammar or a statement speaks for too
LEVEL = 0.35  # of a word of what is asked
FAVOUR = 1.5  # words' worth that what is asked by the grammar is ahead of other phrases
BY = Weights(grammar=0.5, speaker=0.4, least=0.35)
OF = Weights(grammar=0.4, speaker=0.0, least=0.45)


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What somebody asks of somebody; tokens point into the parse."""

    cue: Spans  # "urged", "called on", "must"
    cue_at: int  # token at the head of the cue
    asks: Span
    by: Party | None  # who asks, where the record knows them
    of: Party | None  # who is asked
    statement: Statement | None  # that it is, else the one it stands in
    score: float  # probability that the cue is one, 0 to 1
    extractor: str


def find_requests(draft: Draft) -> tuple[Request, ...]:
    """Return the requests of an article in text order.

    The model proposes cues and says how likely each word plays which part. The grammar bounds
    what is asked and has a say in who asks whom; a cue that a statement or a modal speaks for
    needs less of the model. What "must" be done in nobody's words is the article's opinion and
    left out.
    """
    stated = [row for row in draft.voices.statements if row.act in _ACTS and row.cue]
    found: dict[Span, Request] = {}
    for stretch in tagged(draft.reading, "demand", BACKED):
        own = next((row for row in stated if _touches(row.cue, stretch.span)), None)
        request = _request(draft, stretch, own)
        if request is None:
            continue
        other = found.get(request.asks)
        if other is None or other.score < request.score:
            found[request.asks] = request
    return tuple(found[asks] for asks in sorted(found))


def _touches(spans: Spans, other: Span) -> bool:
    return any(span.overlaps(other) for span in spans)


def _request(draft: Draft, stretch: Stretch, own: Statement | None) -> Request | None:
    doc = draft.doc
    head = head_in(doc, stretch.span)
    if head is None:
        return None
    cue = tokens_in(doc, stretch.span) or (head,)
    verb = next((verb for token in cue if (verb := obliged_verb(token)) is not None), None)
    voice = draft.voices.at(stretch.span)
    if voice is None if verb is not None else any(token.tag_ == "MD" for token in cue):
        return None
    if stretch.score < LEAST and own is None and verb is None:
        return None
    if verb is not None:
        cue = with_negation(cue)
    casting = casting_of(doc, draft.reading, stretch.first, "demand")
    asks = _asks(doc, casting, cue, list(askings(cue, head, verb)))
    if asks is None or (head.lemma_ == "ask" and doc[asks[0]].lower_ in _QUESTIONS):
        return None
    span = span_of(doc[asks[0] : asks[1] + 1])
    if span is None:
        return None
    statement = own or voice
    speaking = voice if verb is not None else own
    speaker = speaking.speaker_id if speaking is not None else None
    asking = Sought(role=_BY, given=list(askers(head, verb)), speaker=speaker)
    by = choose_party(draft.cast, casting, asking, BY)
    asked = list(asked_parties(head, verb))
    asked_one = Sought(role=_OF, given=asked, other=by.actor_id if by else None)
    of = choose_party(draft.cast, casting, asked_one, OF)
    return Request(
        cue=(_cut(cue),),
        cue_at=head.i,
        asks=span,
        by=by,
        of=of,
        statement=statement,
        score=stretch.score,
        extractor=draft.reading.extractor,
    )


def _asks(doc: Doc, casting: Casting, cue: Sequence[Token], given: Sequence[Part]) -> Part | None:
    sentence = cue[0].sent
    region = Region(
        sentence.start,
        sentence.end - 1,
        shut=[token.i for token in cue],
        favoured=[(part, FAVOUR) for part in given],
    )
    return likeliest(doc, casting, _ASKS, region, level=LEVEL)


def _cut(tokens: Sequence[Token]) -> Span:
    return Span(tokens[0].idx, tokens[-1].idx + len(tokens[-1]))
