"""Parties of events: candidates beside each trigger, weighed by what model and grammar say."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from spacy.tokens import Doc, Token

from onrecord.drafts import Draft
from onrecord.extraction.events.arguments import Arguments
from onrecord.extraction.events.triggers import Triggered
from onrecord.extraction.events.weighing import EventSettings, Floats, Scene, features_of, sides
from onrecord.onepass.tagged import Roles, roles_of, tagged
from onrecord.records import Participant, Span

_LEAST_TAGGED = 0.2  # chance of words to be a party of any event
_LEAST_WEIGHED = 0.02  # chance below which a candidate the grammar does not have is not weighed


@dataclass(frozen=True, slots=True)
class Candidate:
    """Words that may be a party to an event."""

    participant: Participant
    head: Token | None
    form: str  # of the mention, "" where there is none
    first: int  # index in the text of its first word
    last: int
    tagged: float  # chance that it is a party of any event, 0 where no head says so
    inner: bool = False  # whether a longer one holds it


@dataclass(frozen=True, slots=True)
class Weighed:
    """A candidate on one side of an event with all that speaks for and against it."""

    candidate: Candidate
    scene: Scene
    score: float


class PartyFinder:
    """Finds the parties of the events of one article."""

    def __init__(self, draft: Draft, settings: EventSettings) -> None:
        self._draft, self._settings = draft, settings
        self._candidates = _candidates(draft)

    def find(self, found: Triggered, ruled: Arguments) -> Arguments:
        """Return the parties of an event at a trigger; `ruled` is what the grammar makes of it."""
        chosen = [
            [one for one in side if one.score >= least]
            for side, least in zip(
                self.weighed(found, ruled), self._settings.least_party, strict=True
            )
        ]
        acting, receiving = _apart(*map(_distinct, chosen))
        return Arguments(
            tuple(one.candidate.participant for one in acting),
            tuple(one.candidate.participant for one in receiving),
        )

    def weighed(self, found: Triggered, ruled: Arguments) -> list[list[Weighed]]:
        """Return the candidates on each side of an event, weighed, in text order."""
        reading = self._draft.reading
        word = reading.word_at(found.span.start)
        window = reading.window_of(word)
        last = window.first + len(window.scores["trigger"]) - 1
        roles = roles_of(reading, word, "event")
        near = [
            one
            for one in self._candidates
            if window.first <= one.first and one.last <= last and not one.first <= word <= one.last
        ]
        means = np.array([roles.over(one.first, one.last) for one in near]).reshape(-1, 2)
        statement = self._draft.voices.at(found.span)
        speaker = statement.speaker_id if statement is not None else None
        sided = (ruled.actors, ruled.recipients)
        found_sides = []
        for side in sides():
            best = means[:, side].max(initial=0.0)
            weighed = []
            for one, mean in zip(near, means, strict=True):
                among = tuple(_is_among(one.participant, parties) for parties in sided)
                if mean[side] < _LEAST_WEIGHED and not among[side]:
                    continue
                scene = Scene(
                    found,
                    one.head,
                    side,
                    mean,
                    _most(roles, one),
                    one.tagged,
                    one.last - word if one.last < word else one.first - word,
                    one.form,
                    one.participant.actor_id is not None,
                    (among[0], among[1]),
                    bool(sided[side]),
                    bool(mean[side] == best),
                    one.inner,
                    speaker is not None and one.participant.actor_id == speaker,
                )
                score = self._settings.parties[side](features_of(scene))
                weighed.append(Weighed(one, scene, score))
            found_sides.append(weighed)
        return found_sides


def _most(roles: Roles, one: Candidate) -> Floats:
    part = roles.chances[one.first - roles.first : one.last + 1 - roles.first]
    most: Floats = part.max(0, initial=0.0)
    return most


def _candidates(draft: Draft) -> list[Candidate]:
    """Return the words that may be parties: those the model tags, and every mention."""
    by_words: dict[tuple[int, int], Candidate] = {}
    for one in tagged(draft.reading, "party", _LEAST_TAGGED):
        made = _candidate(draft, one.span, one.score)
        by_words[made.first, made.last] = made
    for mention in draft.cast.mentions:
        made = _candidate(draft, mention.span, 0.0)
        by_words.setdefault((made.first, made.last), made)
    return [
        Candidate(one.participant, one.head, one.form, one.first, one.last, one.tagged, held)
        for one in sorted(by_words.values(), key=lambda one: (one.first, one.last))
        for held in (any(_holds(words, one) for words in by_words),)
    ]


def _holds(words: tuple[int, int], one: Candidate) -> bool:
    first, last = words
    return first <= one.first and one.last <= last and words != (one.first, one.last)


def _candidate(draft: Draft, span: Span, score: float) -> Candidate:
    """Return a candidate: whom the mention means that has the head of its words."""
    head = _head(draft.doc, span)
    mention = draft.cast.mention_at(head.i) if head is not None else None
    actor_id = mention.actor_id if mention is not None else None
    first = draft.reading.word_at(span.start)
    return Candidate(
        Participant(span=span, actor_id=actor_id),
        head,
        mention.form if mention is not None else "",
        first,
        max(first, draft.reading.word_at(span.end - 1)),
        score,
    )


def _head(doc: Doc, span: Span) -> Token | None:
    tokens = doc.char_span(span.start, span.end, alignment_mode="expand")
    return tokens.root if tokens is not None else None


def _is_among(one: Participant, parties: Iterable[Participant]) -> bool:
    return any(
        one.span.overlaps(other.span) or (one.actor_id and one.actor_id == other.actor_id)
        for other in parties
    )


def _distinct(side: Sequence[Weighed]) -> list[Weighed]:
    """Return the likeliest candidates of a side, no two of the same words or the same actor."""
    kept: list[Weighed] = []
    for one in sorted(side, key=lambda one: -one.score):
        if not any(_is_same(one.candidate, other.candidate) for other in kept):
            kept.append(one)
    return sorted(kept, key=lambda one: one.candidate.first)


def _is_same(one: Candidate, other: Candidate) -> bool:
    actor = one.participant.actor_id
    words = one.first <= other.last and other.first <= one.last
    return words or (actor is not None and actor == other.participant.actor_id)


def _apart(
    acting: Sequence[Weighed], receiving: Sequence[Weighed]
) -> tuple[Sequence[Weighed], Sequence[Weighed]]:
    """Return both sides without whoever stands on the other with more right."""

    def free(side: Sequence[Weighed], other: Sequence[Weighed]) -> list[Weighed]:
        return [
            one
            for one in side
            if not any(
                _is_same(one.candidate, rival.candidate) and rival.score > one.score
                for rival in other
            )
        ]

    return free(acting, receiving), free(receiving, acting)
