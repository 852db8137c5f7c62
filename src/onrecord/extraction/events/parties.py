"""Parties of events: candidates beside each trigger, weighed by what model and grammar say."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from spacy.tokens import Doc, Token

from onrecord.drafts import Draft
from onrecord.extraction.events.arguments import Arguments
from onrecord.extraction.events.triggers import Triggered
from onrecord.extraction.events.weighing import EventSettings, Floats, Scene, features_of, sides
from onrecord.onepass.tagged import Roles, roles_of, tagged
from onrecord.records import Participant, Span

Ints = NDArray[np.int64]

_LEAST_TAGGED = 0.2  # chance of words to be a party of any event
_LEAST_WEIGHED = 0.05  # chance below which a candidate the grammar does not have is not weighed


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
        self._first = np.array([one.first for one in self._candidates], np.int64)
        self._last = np.array([one.last for one in self._candidates], np.int64)

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
        inside = (self._first >= window.first) & (self._last <= last)
        near = np.flatnonzero(inside & ((self._first > word) | (self._last < word)))
        means = roles.means(self._first[near], self._last[near])
        statement = self._draft.voices.at(found.span)
        speaker = statement.speaker_id if statement is not None else None
        return [
            list(self._side(side, found, ruled, near, means, roles, word, speaker))
            for side in sides()
        ]

    def _side(
        self,
        side: int,
        found: Triggered,
        ruled: Arguments,
        near: Ints,
        means: Floats,
        roles: Roles,
        word: int,
        speaker: str | None,
    ) -> Iterator[Weighed]:
        sided = (ruled.actors, ruled.recipients)
        best = means[:, side].max(initial=0.0)
        likely = means[:, side] >= _LEAST_WEIGHED
        for at in np.flatnonzero(likely).tolist() if not sided[side] else range(len(near)):
            one, mean = self._candidates[near[at]], means[at]
            among = tuple(_is_among(one.participant, parties) for parties in sided)
            if not likely[at] and not among[side]:
                continue
            scene = Scene(
                found,
                one.head,
                side,
                mean,
                roles.most(one.first, one.last),
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
            yield Weighed(one, scene, self._settings.parties[side](features_of(scene)))


def _candidates(draft: Draft) -> list[Candidate]:
    """Return the words that may be parties: those the model tags, and every mention."""
    by_words: dict[tuple[int, int], Candidate] = {}
    for one in tagged(draft.reading, "party", _LEAST_TAGGED):
        made = _candidate(draft, one.span, one.score)
        by_words[made.first, made.last] = made
    for mention in draft.cast.mentions:
        made = _candidate(draft, mention.span, 0.0)
        by_words.setdefault((made.first, made.last), made)
    ordered = sorted(by_words.values(), key=lambda one: (one.first, -one.last))
    found, reach = [], -1
    for one in ordered:  # the longer come first: what ends before one of them does lies in it
        found.append(replace(one, inner=one.last <= reach))
        reach = max(reach, one.last)
    return found


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
