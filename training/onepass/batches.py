"""Windows gathered into padded batches."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from onrecord.onepass.windows import Window


@dataclass(frozen=True, slots=True)
class Batch:
    """Windows padded to one size; shapes (batch, pieces) and (batch, words)."""

    pieces: Tensor
    case: Tensor
    quote: Tensor
    starts: Tensor
    paragraphs: Tensor
    present: Tensor  # by word: 1.0, or 0.0 for padding


def group(
    windows: Sequence[Window], size: int, rng: random.Random | None = None
) -> list[list[int]]:
    """Return indices of windows in batches of at most `size` pieces, like lengths together."""
    noise = rng.random if rng else float
    order = sorted(range(len(windows)), key=lambda i: len(windows[i].pieces) + 8 * noise())
    found: list[list[int]] = []
    for number in order:
        longest = len(windows[number].pieces)
        if not found or (len(found[-1]) + 1) * longest > size:
            found.append([])
        found[-1].append(number)
    if rng:
        rng.shuffle(found)
    return found


def pad(rows: Sequence[NDArray[np.int64]], fill: int = 0) -> Tensor:
    """Return rows of different lengths as one array, filled up to the right."""
    out = np.full((len(rows), max(len(row) for row in rows)), fill, np.int64)
    for number, row in enumerate(rows):
        out[number, : len(row)] = row
    return torch.from_numpy(out)


def batch_of(windows: Sequence[Window]) -> Batch:
    """Return the model's input for some windows."""
    starts = pad([window.starts for window in windows])
    lengths = torch.tensor([len(window.starts) for window in windows])
    present = (torch.arange(starts.shape[1])[None] < lengths[:, None]).float()
    return Batch(
        pad([window.pieces for window in windows]),
        pad([window.case for window in windows]),
        pad([window.quote for window in windows]),
        starts,
        pad([window.paragraphs for window in windows]),
        present,
    )
