"""The trained model: attributions of a text by its own words, without a parse."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from onrecord.errors import ModelError
from onrecord.extraction.attribution.decoding import (
    Calibration,
    Decoding,
    Found,
    WindowScores,
    decode,
    spans_of,
)
from onrecord.extraction.attribution.windows import Window, Word, windows_of, words_of
from onrecord.extraction.attribution.wordpieces import WordPieces
from onrecord.models import Model, open_model
from onrecord.records import Spans

VOCABULARY = "vocab.txt"


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """An attribution as the model gives it: word for word, marks and parse not looked at."""

    source: Spans  # empty when the text names nobody
    cue: Spans
    content: Spans  # never empty
    score: float  # probability that the content is right, 0 to 1
    extractor: str  # the model and its version


@dataclass(frozen=True, slots=True)
class AttributionModel:
    """The attribution model, loaded: a text in, proposals out."""

    model: Model
    split: WordPieces
    decoding: Decoding
    window: int  # pieces

    @property
    def label(self) -> str:
        """The model's name and version."""
        return self.model.label

    def propose(self, text: str) -> tuple[Proposal, ...]:
        """Return the attributions of a text in the order of their cues; () for an empty one.

        Each window is scored by itself: in int8 the scores would depend on its neighbours in a
        batch.
        """
        words = words_of(text, self.split)
        return tuple(
            _proposal(words[window.first :], found, self.label)
            for window in windows_of(words, text, self.split, size=self.window)
            for found in decode(self.scores(window), self.decoding)
        )

    def scores(self, window: Window) -> WindowScores:
        """Return the model's scores of one window."""
        return WindowScores(*(part[0] for part in self.model.run(inputs_of(window))))


def _proposal(words: list[Word], found: Found, label: str) -> Proposal:
    return Proposal(
        source=spans_of(words, found.source),
        cue=spans_of(words, found.cue),
        content=spans_of(words, found.content),
        score=found.score,
        extractor=label,
    )


def inputs_of(window: Window) -> Mapping[str, NDArray[np.generic]]:
    """Return the graph's inputs for one window: a batch of one, with no padding."""
    return {
        "pieces": window.pieces[None],
        "case": window.case[None],
        "quote": window.quote[None],
        "starts": window.starts[None],
        "paragraphs": window.paragraphs[None],
        "present": np.ones((1, len(window.starts)), np.float32),
    }


def load_attribution_model(name: str, *, threads: int = 1) -> AttributionModel:
    """Return the attribution model of that name or in that folder.

    Raises:
        ModelError: It is missing, damaged, or no attribution model.
    """
    model = open_model(name, threads=threads)
    try:
        return AttributionModel(
            model,
            WordPieces.load(model.folder / VOCABULARY),
            decoding_of(model.config["decoding"], model.config["calibration"]),
            int(model.config["window"]),
        )
    except (KeyError, TypeError, ValueError, OSError) as error:
        raise ModelError(
            f"{model.folder} is no attribution model: {error!r}; name another folder"
        ) from error


def decoding_of(decoding: Mapping[str, Any], calibration: Mapping[str, Any]) -> Decoding:
    """Return the settings that a model's config.json gives.

    Raises:
        TypeError: A setting is unknown.
        KeyError: The calibration lacks its bias or its weights.
    """
    weights = tuple(float(weight) for weight in calibration["weights"])
    return Decoding(**decoding, calibration=Calibration(float(calibration["bias"]), weights))
