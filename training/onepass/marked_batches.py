"""Marked sentences as the model reads them, and batches of them."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor
from torch.nn.utils.rnn import pad_sequence

from onrecord.extraction.events.trained import Marked, mark
from onrecord.onepass.wordpieces import WordPieces
from training.onepass.batches import pad
from training.onepass.marked import Item

NAMED = (2, 3, 4)  # the letter cases of names
Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Example:
    """An item as the model reads it."""

    item: Item
    marked: Marked
    trigger: Floats  # by word: 1.0 inside


@dataclass(frozen=True, slots=True)
class MarkedBatch:
    """Sentences padded to one size, and their targets, UNKNOWN where nothing is known."""

    pieces: Tensor  # (batch, pieces)
    case: Tensor  # (batch, pieces)
    quote: Tensor  # (batch, pieces)
    starts: Tensor  # (batch, words): first pieces
    roles: Tensor  # (batch, words): 0 none, 1 actor, 2 recipient
    present: Tensor  # (batch, words): 1.0, or 0.0 for padding
    trigger: Tensor  # (batch, words): 1.0 inside
    root: Tensor  # (batch,)
    yielded: Tensor  # (batch,)


def example_of(item: Item, split: WordPieces) -> Example:
    """Return an item with marks around its parties."""
    marked = mark(item.text, item.actor, item.recipient, split)
    trigger = np.zeros(len(marked.words), np.float32)
    if item.trigger is not None:
        for place, word in enumerate(marked.words):
            trigger[place] = word.start < item.trigger.end and item.trigger.start < word.end
    return Example(item, marked, trigger)


def batch_marked(examples: Sequence[Example]) -> MarkedBatch:
    """Return examples padded to one size."""
    rows = [example.marked.rows for example in examples]
    roles = pad([example.marked.roles for example in examples])
    lengths = torch.tensor([len(example.trigger) for example in examples])
    return MarkedBatch(
        pieces=pad([row[0] for row in rows]),
        case=pad([row[1] for row in rows]),
        quote=pad([row[2] for row in rows]),
        starts=pad([example.marked.starts for example in examples]),
        roles=roles,
        present=(torch.arange(roles.shape[1])[None] < lengths[:, None]).float(),
        trigger=pad_sequence([torch.from_numpy(e.trigger) for e in examples], batch_first=True),
        root=torch.tensor([example.item.root for example in examples]),
        yielded=torch.tensor([example.item.yielded for example in examples]),
    )


def hidden(
    examples: Sequence[Example], masked: int, names: float, words: float, rng: random.Random
) -> list[Example]:
    """Return examples with some pieces replaced by `masked`.

    That befalls the names of a party with the chance `names`, all at once, and each word outside
    the parties with the chance `words`: what happened must not be learnt from who is named.
    """
    return [_hidden(example, masked, names, words, rng) for example in examples]


def _hidden(
    example: Example, masked: int, names: float, words: float, rng: random.Random
) -> Example:
    marked = example.marked
    unnamed = [role for role in (1, 2) if rng.random() < names]
    gone = [
        rng.random() < words if role == 0 else role in unnamed and word.case in NAMED
        for word, role in zip(marked.words, marked.roles.tolist(), strict=True)
    ]
    rows = marked.rows.copy()
    for place in np.flatnonzero(gone).tolist():
        start = marked.starts[place]
        rows[0, start : start + len(marked.words[place].pieces)] = masked
    return replace(example, marked=replace(marked, rows=rows))


def shuffled(examples: Sequence[Example], size: int, rng: random.Random) -> list[list[Example]]:
    """Return batches in random order, like lengths together."""
    order = sorted(examples, key=lambda example: len(example.trigger) + 12 * rng.random())
    groups = [order[i : i + size] for i in range(0, len(order), size)]
    rng.shuffle(groups)
    return groups
