"""Triggers and parties as the model's one pass gives them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import cast

import numpy as np
from numpy.typing import NDArray

from onrecord.onepass import Reading, WindowReading
from onrecord.onepass.tagged import Stretch, softmax, stretch
from onrecord.records import EventType, Modality

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Sighting:
    """A trigger that the model sees."""

    where: Stretch  # its score is the chance that there is an event
    event_type: EventType
    modality: Modality
    modality_score: float


def sightings(reading: Reading, least: float) -> Iterator[Sighting]:
    """Yield the triggers whose chance is at least `least`, in text order."""
    for window in reading.windows:
        chances = softmax(window.scores["trigger"])
        further = chances[:, -1]
        begins = chances[:, 1:-1].sum(1)
        word, count = 0, len(chances)
        while word < count:
            if begins[word] < least:
                word += 1
                continue
            last = word
            while last + 1 < count and further[last + 1] > max(0.5, begins[last + 1]):
                last += 1
            yield _sighting(reading, window, word, last, chances[word, 1:-1])
            word = last + 1


def _sighting(
    reading: Reading, window: WindowReading, word: int, last: int, types: Floats
) -> Sighting:
    kind = int(types.argmax())
    modalities = softmax(window.scores["modality"][word])
    total = float(types.sum())
    return Sighting(
        stretch(reading, window, word, last, total),
        cast(EventType, reading.labels.types[kind]),
        cast(Modality, reading.labels.modalities[int(modalities.argmax())]),
        float(modalities.max()),
    )
