"""Score windows with the torch model or the exported one."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import numpy as np
import torch
from numpy.typing import NDArray

from onrecord.extraction.attribution.decoding import WindowScores
from onrecord.extraction.attribution.trained import AttributionModel, load_attribution_model
from onrecord.onepass.windows import Window
from training.batches import batch_of
from training.model import AttributionModel as TorchModel
from training.train import load_weights


class Predictor(Protocol):
    """Whatever scores windows: the torch model or the exported one."""

    def __call__(self, windows: Sequence[Window]) -> list[WindowScores]:
        """Return the scores of each window."""


@dataclass
class TorchPredictor:
    """The trained model in torch."""

    model: TorchModel

    @torch.no_grad()
    def __call__(self, windows: Sequence[Window]) -> list[WindowScores]:
        """Return the scores of each window."""
        scores = self.model(batch_of(windows))
        parts = [
            scores.cue, scores.content, scores.source_start, scores.source_end, scores.edges,
        ]  # fmt: skip
        return [
            cut([part[number].numpy() for part in parts], len(window.starts))
            for number, window in enumerate(windows)
        ]


def cut(parts: Sequence[NDArray[np.float32]], count: int) -> WindowScores:
    """Return one window's scores without the padding of its batch."""
    cue, content, start, end, edges = parts
    square = slice(None, count), slice(None, count + 1)
    return WindowScores(cue[:count], content[square], start[square], end[square], edges[:count])


@dataclass
class ExportedPredictor:
    """An exported model, run as the package runs it: window by window."""

    model: AttributionModel

    def __call__(self, windows: Sequence[Window]) -> list[WindowScores]:
        """Return the scores of each window."""
        return [self.model.read_window(window, ()).scores for window in windows]


def load_predictor(path: Path, threads: int = 2) -> Predictor:
    """Return a model: the weights in a file (.pt), or a folder that `training.export` wrote."""
    if path.is_dir():
        return ExportedPredictor(load_attribution_model(str(path), threads=threads))
    torch.set_num_threads(threads)
    return TorchPredictor(load_weights(path))
