"""Who asks and who is asked: the actor for whom model, grammar and voice speak most."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from spacy.tokens import Token

from onrecord.drafts import Cast
from onrecord.extraction.roles import Casting


@dataclass(frozen=True, slots=True)
class Party:
    """An actor with a part in a request."""

    actor_id: str
    at: int | None  # token at the head of the mention; None: whoever speaks, named elsewhere


@dataclass(frozen=True, slots=True)
class Weights:
    """What speaks for a party beside the model's chance, and how much of all is needed."""

    grammar: float
    speaker: float
    least: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Sought:
    """The role that somebody is sought for, and what is known of it."""

    role: int  # of the model's
    given: Sequence[Token]  # the words that play it by the grammar, the surest first
    speaker: str | None = None  # the actor whose words these are
    other: str | None = None  # the actor who plays the other part


def choose_party(cast: Cast, casting: Casting, sought: Sought, weights: Weights) -> Party | None:
    """Return who plays a role, None where nobody known is likely to.

    Args:
        cast: The actors and their mentions.
        casting: The model's chances.
        sought: Which role, and who plays it by grammar and voice.
        weights: What grammar and voice add to a chance.
    """
    role, speaker = sought.role, sought.speaker
    places: dict[str, int] = {}
    for token in range(casting.first, casting.last + 1):
        actor = cast.actor_at(token)
        if actor is None:
            continue
        if actor not in places or casting.at(token, role) > casting.at(places[actor], role):
            places[actor] = token
    values = {actor: casting.at(token, role) for actor, token in places.items()}
    named = next((token.i for token in sought.given if cast.actor_at(token.i) is not None), None)
    if named is not None and (actor := cast.actor_at(named)) is not None:
        values[actor] = values.get(actor, 0.0) + weights.grammar
        places[actor] = named
    if speaker is not None:
        values[speaker] = values.get(speaker, 0.0) + weights.speaker
    best = max(
        (a for a in values if a != sought.other), key=lambda actor: values[actor], default=None
    )
    if best is None or values[best] < weights.least:
        return None
    return Party(best, places.get(best))
