"""How far the chance that the model gives a trigger can be believed, on articles kept back."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from onrecord.extraction.attribution.decoding import Calibration
from onrecord.extraction.events.learned import sightings
from onrecord.onepass import OnePass, Reading
from training.onepass.calibration import Doubles, calibration_error, fit
from training.onepass.labels import TYPES
from training.onepass.texts import Text, is_tune

LEAST = 0.15  # the least chance of a trigger that can become an event


@dataclass(frozen=True, slots=True)
class Sure:
    """A trigger that the model sees, and whether an event of its type is annotated there."""

    chance: float
    right: bool


def judged(reading: Reading, text: Text) -> Iterator[Sure]:
    """Yield the triggers of a text that annotators read; where they left it open is left out."""
    events = text.events or []
    kinds = {word: event.kind for event in events for word in event.words}
    free = {word for event in events if event.optional for word in event.words}
    for sighting in sightings(reading, LEAST):
        words = set(range(sighting.where.first, sighting.where.last + 1))
        if words & free or (text.until is not None and sighting.where.first >= text.until):
            continue
        kind = TYPES.index(sighting.event_type)
        yield Sure(sighting.where.score, any(kinds.get(word) == kind for word in words))


def kept_back(texts: Sequence[Text]) -> list[Text]:
    """Return the annotated articles that training keeps back with --hold-back."""
    return [text for text in texts if is_tune(text.name.removeprefix("an:"))]


def log_odds(chances: Sequence[float]) -> Doubles:
    """Return the logarithms of the odds, shape (chances, 1)."""
    clipped = np.clip(np.array(chances, np.float64), 1e-6, 1 - 1e-6)
    odds: Doubles = np.log(clipped / (1 - clipped))[:, None]
    return odds


def fit_chances(found: Sequence[Sure]) -> Calibration:
    """Return the logistic regression of being right on the log odds of a trigger's chance."""
    if not found:
        return Calibration(0.0, (1.0,))
    return fit(
        log_odds([one.chance for one in found]), np.array([one.right for one in found], float)
    )


def error_of(found: Sequence[Sure], fitted: Calibration) -> float:
    """Return the expected calibration error of fitted chances."""
    chances = [fitted((row,)) for row in log_odds([one.chance for one in found])[:, 0].tolist()]
    return calibration_error(np.array(chances), np.array([one.right for one in found], bool))


def judged_in(texts: Sequence[Text], model: OnePass) -> list[list[Sure]]:
    """Return the judged triggers of each text."""
    return [list(judged(model.read(text.text), text)) for text in texts]
