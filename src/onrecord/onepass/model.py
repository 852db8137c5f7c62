"""The model that reads a text once: states and scores of its words, window by window."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from onrecord.errors import ModelError
from onrecord.language.states import WordStates
from onrecord.models import Model, open_model
from onrecord.onepass.windows import Window, Word, windows_of, words_of
from onrecord.onepass.wordpieces import WordPieces

VOCABULARY = "vocab.txt"
ENCODER = "encoder"  # in config.json: the label of the model whose encoder it has
INPUTS = ("pieces", "case", "quote", "starts", "paragraphs")  # of the graph
OUTPUTS = (
    "cue", "content", "source_start", "source_end", "edges", "inner_cue", "inner_content",
    "tag", "entity", "sentence", "arc", "head", "label",
    "trigger", "modality", "party", "demand", "condition", "figure", "measure", "pairs", "states",
)  # fmt: skip

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Labels:
    """What the model's heads choose from, in the order of their scores."""

    tags: tuple[str, ...]
    dependencies: tuple[str, ...]
    entities: tuple[str, ...]
    types: tuple[str, ...]  # of events
    modalities: tuple[str, ...]
    measures: tuple[str, ...]  # of figures
    frames: Mapping[str, tuple[str, ...]]  # "event" -> the roles words play for a trigger

    def first_role(self, frame: str) -> int:
        """Return where the scores of a frame's roles begin among those of all pairs."""
        names = list(self.frames)
        return sum(len(self.frames[name]) for name in names[: names.index(frame)])


@dataclass(frozen=True, slots=True)
class WindowReading:
    """What the model makes of one window of a text, before softmax.

    `scores` has an array by name of OUTPUTS, its first axis the window's words. Of relations the
    second axis is "none" and the words; of `arc` and `pairs` the words. `states` holds the
    encoder's vector of each word: the fourth layer's, then the last one's.
    """

    first: int  # the index in the text of the window's first word
    scores: Mapping[str, NDArray[Any]]


@dataclass(frozen=True)
class Reading:
    """What the model makes of a text: its words, and the windows they were read in."""

    words: Sequence[Word]
    windows: Sequence[WindowReading]
    labels: Labels
    extractor: str  # the model and its version

    @cached_property
    def states(self) -> WordStates | None:
        """The states of all words, None for a text without words."""
        if not self.windows:
            return None
        return WordStates([word.end for word in self.words], self.all("states"))

    def window_of(self, word: int) -> WindowReading:
        """Return the window that holds a word of the text, by index."""
        return self.windows[bisect_right(self.windows, word, key=_first) - 1]

    def word_at(self, position: int) -> int:
        """Return the index of the word at a position of the text, else of the next word."""
        return bisect_right(self.words, position, key=_end)

    def all(self, name: str) -> NDArray[Any]:
        """Return one kind of scores of all words, for kinds without an axis of other words."""
        return np.concatenate([window.scores[name] for window in self.windows])


def _first(window: WindowReading) -> int:
    return window.first


def _end(word: Word) -> int:
    return word.end


@dataclass(frozen=True, slots=True)
class OnePass:
    """The model, loaded."""

    model: Model
    split: WordPieces
    labels: Labels
    window: int  # pieces

    @property
    def label(self) -> str:
        """The model's name and version."""
        return self.model.label

    @property
    def encoder(self) -> str:
        """The model whose states these are: its own label, or that of the one it was adapted from.

        A model whose heads alone were trained on has the states that others' heads know.
        """
        return str(self.model.config.get(ENCODER, self.label))

    def read(self, text: str) -> Reading:
        """Return what the model makes of a text, of any length.

        Each window is read by itself: in int8 the scores would depend on its neighbours in a
        batch.
        """
        words = words_of(text, self.split)
        read = [
            self.read_window(window)
            for window in windows_of(words, text, self.split, size=self.window)
        ]
        return Reading(words, read, self.labels, self.label)

    def read_window(self, window: Window) -> WindowReading:
        """Return what the model makes of one window."""
        found = self.model.run(inputs_of(window))
        return WindowReading(
            window.first, {name: part[0] for name, part in zip(OUTPUTS, found, strict=True)}
        )


def inputs_of(window: Window) -> Mapping[str, NDArray[np.generic]]:
    """Return the graph's inputs for one window: a batch of one, with no padding."""
    return {name: getattr(window, name)[None] for name in INPUTS}


def load_onepass(name: str, *, threads: int = 1) -> OnePass:
    """Return the model of that name or in that folder.

    Raises:
        ModelError: It is missing, damaged, or another kind of model.
    """
    model = open_model(name, threads=threads)
    if model.outputs != OUTPUTS:
        raise ModelError(
            f"{model.folder} is no model that reads texts: its graph gives "
            f"{', '.join(model.outputs)}, not {', '.join(OUTPUTS)}; name another folder"
        )
    try:
        config = model.config
        split = WordPieces.load(model.folder / VOCABULARY)
        return OnePass(model, split, labels_of(config), int(config["window"]))
    except (KeyError, TypeError, ValueError, OSError) as error:
        raise ModelError(
            f"{model.folder} is no model that reads texts: {error!r}; name another folder"
        ) from error


def labels_of(config: Mapping[str, Any]) -> Labels:
    """Return the labels that a model's config.json lists.

    Raises:
        KeyError: A list is missing.
    """
    return Labels(
        tags=tuple(config["tags"]),
        dependencies=tuple(config["dependencies"]),
        entities=tuple(config["entities"]),
        types=tuple(config["types"]),
        modalities=tuple(config["modalities"]),
        measures=tuple(config["measures"]),
        frames={frame: tuple(roles) for frame, roles in config["frames"].items()},
    )
