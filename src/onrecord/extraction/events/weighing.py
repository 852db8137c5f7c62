"""Weighing: how likely a candidate is a party to an event, by what speaks for and against it."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray
from spacy.tokens import Token

from onrecord.extraction.events.triggers import Triggered
from onrecord.language import dependencies as deps
from onrecord.language.syntax import is_passive

Floats = NDArray[np.float32]
SIDES = ("actor", "recipient")
_FLOOR = 1e-4  # of a chance before its logarithm
_NEAR, _FAR = 4, 16  # words
_UNSURE = 0.3  # chance below which nobody stands out on a side
_RANKS = 4  # likelier candidates; more count the same
_STEPS = 6  # up the parse from a candidate to a trigger


@dataclass(frozen=True, slots=True)
class Scene:
    """What is known of a candidate beside one trigger, before it is weighed."""

    found: Triggered
    head: Token | None  # of the candidate's words
    side: int
    mean: Floats  # chance that its words are actor, recipient: on average
    most: Floats  # and of its likeliest word
    tagged: float  # chance that it is a party of any event
    gap: int  # words from the trigger, below 0 before it
    form: str  # of its mention, "" without one
    named: bool  # whether it is a known actor
    ruled: tuple[bool, bool]  # whether the grammar has it as actor, as recipient
    filled: bool  # whether the grammar has anybody on this side
    best: bool  # whether no candidate is likelier on this side
    inner: bool  # whether a longer candidate holds it
    voiced: bool  # whether it speaks in the statement around the trigger
    told: tuple[
        float, float
    ]  # chance on this side, on the other, of an event of the type elsewhere
    partnered: bool  # whether it stands there against whom this event has on the other side
    top: float  # the greatest mean chance of any candidate on this side
    rank: int  # how many candidates are likelier on this side
    best_other: bool  # whether no candidate is likelier on the other side


def features_of(scene: Scene) -> dict[str, float]:
    """Return what speaks for or against a candidate, by name."""
    side, other = scene.side, 1 - scene.side
    kind = scene.found.trigger.event_type
    found = {
        "mean": _logit(scene.mean[side]),
        "most": _logit(scene.most[side]),
        "other": _logit(scene.mean[other]),
        "tagged": scene.tagged,
        "gap": math.log1p(abs(scene.gap)),
        "before": float(scene.gap < 0),
        "near": float(abs(scene.gap) <= _NEAR),
        "far": float(abs(scene.gap) > _FAR),
        "named": float(scene.named),
        "ruled": float(scene.ruled[side]),
        "ruled other": float(scene.ruled[other]),
        "filled": float(scene.filled and not scene.ruled[side]),
        "best": float(scene.best),
        "best other": float(scene.best_other),
        "second": float(scene.rank == 1),
        "rank": float(min(scene.rank, _RANKS)),
        "below": _logit(scene.top) - _logit(scene.mean[side]),
        "rather": float(scene.mean[side] > scene.mean[other]),
        "inner": float(scene.inner),
        "voiced": float(scene.voiced),
        "told": scene.told[0],
        "told other": scene.told[1],
        "partnered": float(scene.partnered),
        "alone": float(scene.top < _UNSURE),
        "told alone": scene.told[0] * float(scene.top < _UNSURE),
        "partnered alone": float(scene.partnered and scene.top < _UNSURE),
        f"form {scene.form}": 1.0,
        f"type {kind}": 1.0,
        f"word {'verb' if scene.found.is_verb else 'noun'}": 1.0,
    }
    if scene.head is not None:
        found["sentence"] = float(scene.head.sent.start == scene.found.head.sent.start)
        found[f"path {path_of(scene.head, scene.found.head)}"] = 1.0
    return found


def path_of(head: Token, trigger: Token) -> str:
    """Return how a word hangs on a trigger, or the trigger on it, in a few classes."""
    at = head
    for step in range(_STEPS):
        if at.head.i == trigger.i:
            return f"{_label(at)} {min(step, 2)}{' passive' if is_passive(trigger) else ''}"
        if at.head.i == at.i:
            break
        at = at.head
    at = trigger
    for step in range(_STEPS):
        if at.head.i == at.i:
            break
        if at.head.i == head.i:
            return f"above {at.dep_ if step == 0 else 'far'}"
        at = at.head
        if any(child.i == head.i for child in at.children):
            return f"beside {_label(head)} {min(step, 1)}"
    return "none"


def _label(token: Token) -> str:
    if token.dep_ in deps.SUBJECTS:
        return "subject"
    if token.dep_ in deps.OBJECTS:
        return "object"
    if token.dep_ in deps.QUALIFIERS:
        return "inside"
    return f"{token.dep_} {token.lower_}" if token.dep_ in deps.LINKS else token.dep_


def _logit(chance: float) -> float:
    held = min(max(float(chance), _FLOOR), 1 - _FLOOR)
    return math.log(held / (1 - held))


@dataclass(frozen=True, slots=True)
class Weights:
    """A logistic regression on named features."""

    bias: float = 0.0
    weights: Mapping[str, float] = field(default_factory=lambda: {"mean": 1.0})

    def __call__(self, features: Mapping[str, float]) -> float:
        """Return the probability, 0 to 1."""
        total = self.bias + sum(self.weights.get(n, 0.0) * v for n, v in features.items())
        return 1 / (1 + math.exp(-total))


@dataclass(frozen=True, slots=True)
class EventSettings:
    """What the model's config.json says of events; the defaults stand where it says nothing."""

    least: float = 0.45  # chance of a trigger that the word lists do not have
    least_known: float = 0.15  # of one that they have
    score: Weights = field(default_factory=Weights)  # from a trigger's chance ("mean", its logit)
    parties: Sequence[Weights] = (Weights(), Weights())  # by side
    least_party: Sequence[float] = (0.4, 0.4)  # by side


def event_settings_of(config: Mapping[str, Any]) -> EventSettings:
    """Return the settings that a model's config.json gives under "events"."""
    given = dict(config.get("events", {}))
    if "score" in given:
        given["score"] = Weights(**given["score"])
    if "parties" in given:
        given["parties"] = tuple(Weights(**weights) for weights in given["parties"])
    return EventSettings(**given)


def calibrated(chance: float, settings: EventSettings) -> float:
    """Return how likely an event of some chance is right, 0 to 1."""
    return settings.score({"mean": _logit(chance)})
