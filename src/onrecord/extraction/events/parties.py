"""Parties of events: candidates beside each trigger, weighed by what model and grammar say."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from spacy.tokens import Doc, Token

from onrecord.drafts import Draft
from onrecord.extraction.events.arguments import Arguments
from onrecord.extraction.events.clauses import is_destination
from onrecord.extraction.events.triggers import Triggered
from onrecord.extraction.events.weighing import SIDES, EventSettings, Floats, Scene, features_of
from onrecord.language import dependencies as deps
from onrecord.onepass.tagged import Roles, roles_of, tagged
from onrecord.records import Participant, Span, Statement

Ints = NDArray[np.int64]

_MEANING = frozenset({"NOUN", "PROPN", "PRON", "NUM", "ADJ", "X"})  # parts of speech of a head
_NAMING = frozenset({deps.APPOSITION, deps.COMPOUND})
_SIDES = range(len(SIDES))
_LEAST_TAGGED = 0.2  # chance of words to be a party of any event
_LEAST_WEIGHED = (
    0.03  # chance below which what neither grammar nor another trigger has is not weighed
)
_TELLINGS = 40  # triggers at which an actor is remembered: a long text takes no longer for it
_TOLD = 0.4  # chance from which somebody is a likely party to another event


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


@dataclass(frozen=True, slots=True)
class _Beside:
    """A trigger with the candidates in its window and their chances."""

    found: Triggered
    ruled: Arguments
    word: int  # index in the text of the trigger's first word
    near: Ints  # numbers of candidates
    means: Floats  # (candidates, sides): mean chance of their words
    roles: Roles


class _Told:
    """Who is a likely party on which side of the triggers of a type, elsewhere in the article."""

    def __init__(self, besides: Sequence[_Beside], keys: Sequence[str | None]) -> None:
        self._chances: dict[tuple[str, int, str], dict[int, float]] = defaultdict(dict)
        self._tops: dict[tuple[int, int], str] = {}
        for number, beside in enumerate(besides):
            kind = beside.found.trigger.event_type
            for side in _SIDES:
                best = _TOLD
                for at, chance in zip(beside.near, beside.means[:, side].tolist(), strict=True):
                    key = keys[at]
                    if key is None or chance < _TOLD:
                        continue
                    known = self._chances[kind, side, key]
                    if number in known or len(known) < _TELLINGS:
                        known[number] = max(known.get(number, 0.0), chance)
                    if chance >= best:
                        best = chance
                        self._tops[number, side] = key

    def chance(self, number: int, kind: str, side: int, key: str | None) -> float:
        """Return the greatest chance of an actor on a side of another trigger of a type."""
        if key is None:
            return 0.0
        known = self._chances.get((kind, side, key), {})
        return max((chance for n, chance in known.items() if n != number), default=0.0)

    def with_partner(self, number: int, kind: str, side: int, key: str | None) -> bool:
        """Whether another trigger has it on a side, and on the other whom this one has there."""
        partner = self._tops.get((number, 1 - side))
        if key is None or partner is None or partner == key:
            return False
        mine = self._chances.get((kind, side, key), {})
        theirs = self._chances.get((kind, 1 - side, partner), {})
        return any(n != number for n in mine.keys() & theirs.keys())


class PartyFinder:
    """Finds the parties of the events of one article."""

    def __init__(self, draft: Draft, settings: EventSettings) -> None:
        self._draft, self._settings = draft, settings
        self._candidates = _candidates(draft)
        self._first = np.array([one.first for one in self._candidates], np.int64)
        self._last = np.array([one.last for one in self._candidates], np.int64)
        actors = (draft.cast.actor(one.participant.actor_id) for one in self._candidates)
        self._keys = [a.country or a.actor_id if a is not None else None for a in actors]

    def find(self, triggers: Sequence[tuple[Triggered, Arguments]]) -> Iterator[Arguments]:
        """Yield the parties of the events at some triggers.

        With each trigger stands what the grammar makes of its parties.
        """
        for found_sides in self.weighed(triggers):
            chosen = [
                [one for one in side if one.score >= least]
                for side, least in zip(found_sides, self._settings.least_party, strict=True)
            ]
            acting, receiving = _apart(*map(_distinct, chosen))
            yield Arguments(
                tuple(self._party(one.candidate) for one in acting),
                tuple(self._party(one.candidate) for one in receiving),
            )

    def _party(self, one: Candidate) -> Participant:
        """Return a candidate as a party: by the mention of the actor where one is known."""
        if one.head is None or one.participant.actor_id is None:
            return one.participant
        mention = self._draft.cast.mention_at(one.head.i)
        return one.participant if mention is None else replace(one.participant, span=mention.span)

    def weighed(
        self, triggers: Sequence[tuple[Triggered, Arguments]]
    ) -> Iterator[list[list[Weighed]]]:
        """Yield for each trigger the candidates on each side, weighed, in text order."""
        besides = [self._beside(found, ruled) for found, ruled in triggers]
        told = _Told(besides, self._keys)
        for number, beside in enumerate(besides):
            yield [list(self._side(side, number, beside, told)) for side in _SIDES]

    def _beside(self, found: Triggered, ruled: Arguments) -> _Beside:
        reading = self._draft.reading
        word = reading.word_at(found.span.start)
        window = reading.window_of(word)
        last = window.first + len(window.scores["trigger"]) - 1
        roles = roles_of(reading, word, "event")
        inside = (self._first >= window.first) & (self._last <= last)
        near = np.flatnonzero(inside & ((self._first > word) | (self._last < word)))
        means = roles.means(self._first[near], self._last[near])
        return _Beside(found, ruled, word, near, means, roles)

    def _side(self, side: int, number: int, beside: _Beside, told: _Told) -> Iterator[Weighed]:
        found, kind = beside.found, beside.found.trigger.event_type
        sided = (beside.ruled.actors, beside.ruled.recipients)
        statement = self._draft.voices.at(found.span)
        speaker = statement.speaker_id if statement is not None else None
        best = beside.means[:, side].max(initial=0.0)
        best_other = beside.means[:, 1 - side].max(initial=0.0)
        ranked = np.sort(-beside.means[:, side])
        for at, place in enumerate(beside.near.tolist()):
            one, mean, key = self._candidates[place], beside.means[at], self._keys[place]
            elsewhere = told.chance(number, kind, side, key)
            among = (_is_among(one.participant, sided[0]), _is_among(one.participant, sided[1]))
            if mean[side] < _LEAST_WEIGHED and not among[side] and not elsewhere:
                continue
            if side and one.head is not None and is_destination(one.head, found.head):
                continue
            if _speaks_before(one.participant.span, statement):
                continue
            scene = Scene(
                found,
                one.head,
                side,
                mean,
                beside.roles.most(one.first, one.last),
                one.tagged,
                one.last - beside.word if one.last < beside.word else one.first - beside.word,
                one.form,
                one.participant.actor_id is not None,
                among,
                bool(sided[side]),
                bool(mean[side] == best),
                one.inner,
                speaker is not None and one.participant.actor_id == speaker,
                (elsewhere, told.chance(number, kind, 1 - side, key)),
                told.with_partner(number, kind, side, key),
                best,
                int(np.searchsorted(ranked, -mean[side])),
                bool(mean[1 - side] == best_other),
            )
            yield Weighed(one, scene, self._settings.parties[side](features_of(scene)))


def _candidates(draft: Draft) -> list[Candidate]:
    """Return the words that may be parties: those the model tags, and every mention."""
    by_words: dict[tuple[int, int], Candidate] = {}
    for stretch in tagged(draft.reading, "party", _LEAST_TAGGED):
        made = _candidate(draft, stretch.span, stretch.score)
        if made.head is not None and made.head.pos_ in _MEANING:
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


def _speaks_before(span: Span, statement: Statement | None) -> bool:
    """Whether words only say who speaks: "Russia" in "Russia: Ukraine shelled school"."""
    cueless = statement is not None and not statement.cue and statement.kind == "indirect"
    return cueless and statement is not None and any(span.overlaps(s) for s in statement.source)


def _is_among(one: Participant, parties: Iterable[Participant]) -> bool:
    return any(
        one.span.overlaps(other.span) or (one.actor_id and one.actor_id == other.actor_id)
        for other in parties
    )


def _distinct(side: Sequence[Weighed]) -> list[Weighed]:
    """Return the likeliest candidates of a side, no two of the same words or the same actor."""
    whole = [one for one in side if not any(_is_part(one.candidate, o.candidate) for o in side)]
    kept: list[Weighed] = []
    for one in sorted(whole, key=lambda one: -one.score):
        if not any(_is_same(one.candidate, other.candidate) for other in kept):
            kept.append(one)
    return sorted(kept, key=lambda one: one.candidate.first)


def _is_part(one: Candidate, other: Candidate) -> bool:
    """Whether words are only some of another's: "Iranian" of "Iranian soldiers"."""
    held = other.first <= one.first and one.last <= other.last
    return held and (one.first, one.last) != (other.first, other.last)


def _is_same(one: Candidate, other: Candidate) -> bool:
    actor = one.participant.actor_id
    words = one.first <= other.last and other.first <= one.last
    return (
        words
        or (actor is not None and actor == other.participant.actor_id)
        or _names(one.head, other.head)
        or _names(other.head, one.head)
    )


def _names(one: Token | None, other: Token | None) -> bool:
    """Whether a word stands before or behind another to say who that is: "minister Ann Berg"."""
    if one is None or other is None or one.head.i != other.i:
        return False
    return one.dep_ in _NAMING


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
