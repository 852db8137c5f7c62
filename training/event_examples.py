"""Marked sentences as the event model reads them: words with roles, and states or pieces."""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import torch
from numpy.typing import NDArray
from torch.nn.utils.rnn import pad_sequence

from onrecord.extraction.attribution.trained import AttributionModel
from onrecord.extraction.attribution.windows import Window, Word, window_of, words_of
from training.batches import pad
from training.event_data import Item, Span
from training.event_model import EventBatch

LONGEST = 120  # words of a sentence that are read
WIDTH = 384  # of one layer's states

# "full": an encoder of its own; "head": layers over the shared encoder's fourth; "probe": no layer
# of its own, on the states of the fourth and the last.
Variant = Literal["full", "head", "probe"]
Floats = NDArray[np.float32]
Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Example:
    """An item as the model reads it."""

    item: Item
    states: Floats  # (words, width), or (3, pieces) for an encoder of its own
    starts: Ints  # by word: its first piece
    roles: Ints  # by word: 0 none, 1 actor, 2 recipient
    trigger: Floats  # by word: 1.0 inside


def example_of(item: Item, model: AttributionModel, variant: Variant) -> Example:
    """Return an item with its words' roles and states."""
    words = words_of(item.text, model.split)[:LONGEST]
    roles = np.where(_inside(words, item.recipient), 2, 0)
    roles = np.where(_inside(words, item.actor), 1, roles).astype(np.int64)
    trigger = _inside(words, item.trigger).astype(np.float32)
    window = window_of(words, 0, len(words), model.split)
    if variant == "full":
        pieces, starts = marked_pieces(window, roles)
        return Example(item, pieces, starts, roles, trigger)
    states = model.read_window(window, words).states
    if variant == "head":
        states = states[:, :WIDTH]
    return Example(item, states, window.starts, roles, trigger)


def _inside(words: Sequence[Word], span: Span | None) -> NDArray[np.bool_]:
    if span is None:
        return np.zeros(len(words), bool)
    return np.array([word.start < span[1] and span[0] < word.end for word in words], bool)


def marked_pieces(window: Window, roles: Ints) -> tuple[Floats, Ints]:
    """Return pieces, case and quotation with marks around the roles, and where words start then.

    The marks are BERT's first unused pieces: 1 opens the actor, 2 closes it, 3 and 4 the recipient.
    """
    ends = [*window.starts[1:], len(window.pieces) - 1]
    rows, moved, before = [(window.pieces[0], 0, 0)], [], 0
    for first, last, role in zip(window.starts, ends, roles, strict=True):
        if role != before:
            rows += _marks(before, role)
        before = role
        moved.append(len(rows))
        rows += [(window.pieces[i], window.case[i], window.quote[i]) for i in range(first, last)]
    rows += [*_marks(before, 0), (window.pieces[-1], 0, 0)]
    return np.array(rows, np.float32).T, np.array(moved, np.int64)


def _marks(before: int, after: int) -> list[tuple[int, int, int]]:
    closing = [(2 * before, 0, 0)] if before else []
    return closing + ([(2 * after - 1, 0, 0)] if after else [])


def event_batch(examples: Sequence[Example], variant: Variant) -> EventBatch:
    """Return examples padded to one size."""
    roles = pad([example.roles for example in examples])
    lengths = torch.tensor([len(example.roles) for example in examples])
    items = [example.item for example in examples]
    if variant == "full":
        columns = ([e.states[i].astype(np.int64) for e in examples] for i in range(3))
        states = torch.stack([pad(column) for column in columns])
    else:
        states = pad_sequence([torch.from_numpy(e.states) for e in examples], batch_first=True)
    return EventBatch(
        states=states,
        starts=pad([example.starts for example in examples]),
        roles=roles,
        present=(torch.arange(roles.shape[1])[None] < lengths[:, None]).float(),
        trigger=pad_sequence([torch.from_numpy(e.trigger) for e in examples], batch_first=True),
        targets=torch.tensor([[i.root, i.yielded, i.quad, i.modality] for i in items]),
        weight=torch.tensor([item.weight for item in items]),
    )


def shuffled(examples: Sequence[Example], size: int, rng: random.Random) -> list[list[Example]]:
    """Return batches in random order, like lengths together."""
    order = sorted(examples, key=lambda example: len(example.roles) + 12 * rng.random())
    groups = [order[i : i + size] for i in range(0, len(order), size)]
    rng.shuffle(groups)
    return groups
