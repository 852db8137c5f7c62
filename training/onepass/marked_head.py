"""The head that types the event between two marked parties, and its loss."""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional

from training.onepass.marked import ROOTS, UNKNOWN
from training.onepass.marked_batches import MarkedBatch

TRIGGER_WEIGHT = 0.2
YIELDED_WEIGHT = 0.3


@dataclass(frozen=True, slots=True)
class MarkedScores:
    """Scores before softmax."""

    root: Tensor  # (batch, roots)
    yielded: Tensor  # (batch, 2): in words, in deeds
    looked: Tensor  # (batch, words): where the event stands


class MarkedHead(nn.Module):
    """The type of the event between two parties that are marked: a pool that asks what happened."""

    def __init__(self, width: int) -> None:
        """Make an untrained head."""
        super().__init__()
        self.absent = nn.Parameter(torch.zeros(2, width))
        self.query, self.key = nn.Linear(2 * width, width), nn.Linear(width, width)
        self.inner = nn.Linear(3 * width, width)
        self.root, self.yielded = nn.Linear(width, len(ROOTS)), nn.Linear(width, 2)
        self.dropout = nn.Dropout(0.2)

    def forward(self, x: Tensor, roles: Tensor, present: Tensor) -> MarkedScores:
        """Score sentences of words (batch, words, width)."""
        actor, recipient = (self.mean(x, roles == role, role) for role in (1, 2))
        query = self.query(torch.cat([actor, recipient], 1))
        looked = (self.key(x) @ query[:, :, None])[:, :, 0] * x.shape[2] ** -0.5
        looked = looked.float() + (present - 1.0) * 10000.0
        action = (looked.softmax(1)[:, None, :].to(x.dtype) @ x)[:, 0]
        parts = self.dropout(torch.cat([action, actor, recipient], 1))
        inner = self.dropout(functional.gelu(self.inner(parts)))
        return MarkedScores(self.root(inner).float(), self.yielded(inner).float(), looked)

    def mean(self, x: Tensor, inside: Tensor, role: int) -> Tensor:
        """Return the mean of the words of a role, or a learnt vector where there are none."""
        share = inside.to(x.dtype)[:, :, None]
        count = share.sum(1)
        mean = (x * share).sum(1) / count.clamp(min=1.0)
        return torch.where(count > 0, mean, self.absent[role - 1].to(x.dtype))


def loss_of(scores: MarkedScores, batch: MarkedBatch, smoothing: float) -> Tensor:
    """Return the loss of a batch: the root, and beside it word or deed, and the trigger."""
    total = functional.cross_entropy(scores.root, batch.root, label_smoothing=smoothing)
    each = functional.cross_entropy(
        scores.yielded, batch.yielded, ignore_index=UNKNOWN, reduction="sum"
    )
    total = total + YIELDED_WEIGHT * each / len(batch.root)
    marked = batch.trigger.sum(1)
    share = batch.trigger / marked.clamp(min=1.0)[:, None]
    trigger = (share * scores.looked.log_softmax(1)).sum()
    return total - TRIGGER_WEIGHT * trigger / len(batch.root)
