"""Parties of events: whom the model takes for actor or recipient, weighed with the grammar's answer."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np
from spacy.tokens import Doc, Token

from onrecord.drafts import Cast, Draft
from onrecord.extraction.events.arguments import ArgumentFinder, Arguments
from onrecord.extraction.events.learned import ACTOR, RECIPIENT, Floats
from onrecord.extraction.events.triggers import Triggered
from onrecord.onepass import Reading
from onrecord.onepass.tagged import Stretch, roles_of, tagged
from onrecord.records import Participant, Span

_LEAST_TAGGED = 0.3  # chance of a stretch to be a party of any event
_LEAST = 0.4  # chance of a candidate to be one of this event
_LEAST_RULED = 0.2  # the same where the grammar says so too
_FORMS = frozenset({"name", "title", "nominal", "pronoun", "metonym"})


@dataclass(frozen=True, slots=True)
class Candidate:
    """Words that may be a party to an event."""

    participant: Participant
    first: int  # index in the text of its first word
    last: int
    tagged: float  # chance that it is a party of any event, 0 where no head says so

    def holds(self, other: Candidate) -> bool:
        """Whether another candidate's words are among its own."""
        return self.first <= other.first and other.last <= self.last and self != other


class PartyFinder:
    """Finds the parties of the events of one article."""

    def __init__(self, draft: Draft, rules: ArgumentFinder) -> None:
        self._reading, self._cast, self._doc = draft.reading, draft.cast, draft.doc
        self._rules = rules
        found = tagged(draft.reading, "party", _LEAST_TAGGED)
        by_words = {(one.first, one.last): one for one in map(self._tagged, found)}
        for mention in draft.cast.mentions:
            one = self._mentioned(mention.span, mention.actor_id)
            by_words.setdefault((one.first, one.last), one)
        self._candidates = sorted(by_words.values(), key=lambda one: one.first)

    def find(self, found: Triggered, ruled: Arguments) -> Arguments:
        """Return the parties of an event at a trigger; `ruled` is what the grammar makes of it."""
        word = self._reading.word_at(found.span.start)
        window = self._reading.window_of(word)
        roles = roles_of(self._reading, word, "event")
        last = window.first + len(window.scores["trigger"]) - 1
        chosen: tuple[list[tuple[float, Candidate]], ...] = ([], [])
        sides = (ruled.actors, ruled.recipients)
        for one in self._candidates:
            if not window.first <= one.first <= last or one.first <= word <= one.last:
                continue
            chances = roles.over(one.first, one.last)
            side = RECIPIENT if chances[RECIPIENT] > chances[ACTOR] else ACTOR
            agreed = _is_among(one.participant, sides[side])
            if chances[side] >= (_LEAST_RULED if agreed else _LEAST):
                chosen[side].append((float(chances[side]), one))
        acting, receiving = (tuple(_parties(side)) for side in chosen)
        taken = {party.actor_id for party in acting if party.actor_id}
        receiving = tuple(party for party in receiving if party.actor_id not in taken)
        return Arguments(acting, receiving)

    def _tagged(self, one: Stretch) -> Candidate:
        participant = _participant(self._doc, self._cast, one.span)
        return Candidate(participant, one.first, one.last, one.score)

    def _mentioned(self, span: Span, actor_id: str | None) -> Candidate:
        first = self._reading.word_at(span.start)
        last = max(first, self._reading.word_at(span.end - 1))
        return Candidate(Participant(span=span, actor_id=actor_id), first, last, 0.0)


def _participant(doc: Doc, cast: Cast, span: Span) -> Participant:
    """Return a party by the mention that has the head of its words, else by the words alone."""
    tokens = doc.char_span(span.start, span.end, alignment_mode="expand")
    mention = cast.mention_at(tokens.root.i) if tokens is not None else None
    if mention is not None and mention.actor_id is not None:
        return Participant(span=span, actor_id=mention.actor_id)
    return Participant(span=span)


def _is_among(one: Participant, parties: Iterable[Participant]) -> bool:
    return any(
        one.span.overlaps(other.span) or (one.actor_id and one.actor_id == other.actor_id)
        for other in parties
    )


def _parties(chosen: list[tuple[float, Candidate]]) -> Iterator[Participant]:
    """Yield the likeliest parties of a side, each once: no words that others hold."""
    kept: list[Candidate] = []
    for _, one in sorted(chosen, key=lambda pair: (-(pair[1].tagged > 0), -pair[0])):
        overlapping = any(one.first <= k.last and k.first <= one.last for k in kept)
        actor = one.participant.actor_id
        if overlapping or (actor and any(k.participant.actor_id == actor for k in kept)):
            continue
        kept.append(one)
    yield from (one.participant for one in sorted(kept, key=lambda one: one.first))
