"""The trained model: attributions of a text by its own words, without a parse."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from onrecord.errors import ModelError
from onrecord.extraction.attribution.decoding import (
    Calibration,
    Decoding,
    Floats,
    Found,
    WindowScores,
    decode,
    spans_of,
)
from onrecord.extraction.attribution.windows import Window, Word, windows_of, words_of
from onrecord.extraction.attribution.wordpieces import WordPieces
from onrecord.language.states import WordStates
from onrecord.models import Model, open_model
from onrecord.records import Spans

VOCABULARY = "vocab.txt"
OUTPUTS = ("cue", "content", "source_start", "source_end", "edges", "states")  # of the graph


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """An attribution as the model gives it: word for word, marks and parse not looked at."""

    source: Spans  # empty when the text names nobody
    cue: Spans
    content: Spans  # never empty
    score: float  # probability that the content is right, 0 to 1
    extractor: str  # the model and its version


@dataclass(frozen=True, slots=True)
class Reading:
    """One window of a text after the model's one pass, for this head and any other.

    `states` holds what the encoder makes of each word: the fourth layer's vector, then the last
    one's, both at the word's first piece.
    """

    words: Sequence[Word]  # of the window, with their places in the text
    scores: WindowScores
    states: Floats  # (words, 2 * width of the encoder)


def word_states(readings: Sequence[Reading]) -> WordStates | None:
    """Return the states of all words of a text's windows, None for a text without words."""
    if not readings:
        return None
    return WordStates(
        [word.end for reading in readings for word in reading.words],
        np.concatenate([reading.states for reading in readings]),
    )


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
        """Return the attributions of a text in the order of their cues; () for an empty one."""
        return tuple(found for reading in self.read(text) for found in self.proposals_of(reading))

    def proposals_of(self, reading: Reading) -> Iterator[Proposal]:
        """Yield the attributions of one window in the order of their cues."""
        for found in decode(reading.scores, self.decoding):
            yield _proposal(reading.words, found, self.label)

    def read(self, text: str) -> Iterator[Reading]:
        """Yield the windows of a text in order, each word in one of them; none for an empty text.

        Each window is read by itself: in int8 the scores would depend on its neighbours in a
        batch.
        """
        words = words_of(text, self.split)
        for window in windows_of(words, text, self.split, size=self.window):
            own = words[window.first : window.first + len(window.starts)]
            yield self.read_window(window, own)

    def read_window(self, window: Window, words: Sequence[Word]) -> Reading:
        """Return what the model makes of one window and its words."""
        *scores, states = (part[0] for part in self.model.run(inputs_of(window)))
        return Reading(words, WindowScores(*scores), states)


def _proposal(words: Sequence[Word], found: Found, label: str) -> Proposal:
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
    if model.outputs != OUTPUTS:
        raise ModelError(
            f"{model.folder} is no attribution model: its graph gives {', '.join(model.outputs)}, "
            f"not {', '.join(OUTPUTS)}; name another folder"
        )
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
