"""The event model: the type of an event from its words, its actor and its recipient."""

from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional

from training.encoder import Encoder, EncoderShape, Layer
from training.event_data import MODALITIES, ROOTS, UNKNOWN

ROLES = 3  # none, actor, recipient
TRIGGER_WEIGHT = 0.2
SIDE_WEIGHT = 0.3  # of each of the targets that are not the type itself


@dataclass(frozen=True, slots=True)
class EventBatch:
    """Sentences padded to one size, and their targets, UNKNOWN where nothing is known."""

    states: Tensor  # (batch, words, width), or pieces' ids (3, batch, pieces)
    starts: Tensor  # (batch, words): first pieces
    roles: Tensor  # (batch, words)
    present: Tensor  # (batch, words)
    trigger: Tensor  # (batch, words): 1.0 inside
    targets: Tensor  # (batch, 4): root, yielded, quad, modality
    weight: Tensor  # (batch,)


@dataclass(frozen=True, slots=True)
class EventScores:
    """Scores before softmax."""

    root: Tensor
    yielded: Tensor
    quad: Tensor
    modality: Tensor
    trigger: Tensor  # (batch, words)


class EventHead(nn.Module):
    """Some transformer layers over words with their roles, and a pool for what happened."""

    def __init__(self, shape: EncoderShape, depth: int) -> None:
        """Make an untrained head of so many layers."""
        super().__init__()
        width = shape.width
        self.role = nn.Embedding(ROLES, width)
        nn.init.normal_(self.role.weight, std=0.02)
        self.layers = nn.ModuleList(Layer(shape) for _ in range(depth))
        self.absent = nn.Parameter(torch.zeros(2, width))
        self.query = nn.Linear(2 * width, width)
        self.key = nn.Linear(width, width)
        self.dropout = nn.Dropout(0.2)
        self.inner = nn.Linear(3 * width, width)
        self.root = nn.Linear(width, len(ROOTS))
        self.yielded = nn.Linear(width, 2)
        self.quad = nn.Linear(width, 4)
        self.modality = nn.Linear(width, len(MODALITIES))

    def forward(self, x: Tensor, roles: Tensor, present: Tensor) -> EventScores:
        """Score sentences of words (batch, words, width)."""
        if len(self.layers):
            x = x + self.role(roles)
        padding = (present - 1.0) * 10000.0
        for layer in self.layers:
            x = layer(x, padding[:, None, None, :])
        actor, recipient = (self.mean(x, roles == role, role) for role in (1, 2))
        query = self.query(torch.cat([actor, recipient], 1))
        width = x.shape[2]
        looked = (self.key(x) @ query[:, :, None])[:, :, 0] * width**-0.5 + padding
        action = (looked.softmax(1)[:, None, :].to(x.dtype) @ x)[:, 0]
        parts = self.dropout(torch.cat([action, actor, recipient], 1))
        inner = self.dropout(functional.gelu(self.inner(parts)))
        return EventScores(
            self.root(inner).float(),
            self.yielded(inner).float(),
            self.quad(inner).float(),
            self.modality(inner).float(),
            looked.float(),
        )

    def mean(self, x: Tensor, inside: Tensor, role: int) -> Tensor:
        """Return the mean of the words of a role, or a learnt vector where there are none."""
        share = inside.to(x.dtype)[:, :, None]
        count = share.sum(1)
        mean = (x * share).sum(1) / count.clamp(min=1.0)
        return torch.where(count > 0, mean, self.absent[role - 1].to(x.dtype))


class EventModel(nn.Module):
    """The head over given states, or over an encoder of its own that sees the roles."""

    def __init__(self, shape: EncoderShape, depth: int, *, own_encoder: bool) -> None:
        """Make an untrained model."""
        super().__init__()
        self.encoder = Encoder(shape) if own_encoder else None
        self.head = EventHead(shape, depth)

    def forward(self, batch: EventBatch) -> EventScores:
        """Score one batch."""
        x = batch.states
        if self.encoder is not None:
            x = self.encoder(*x.unbind(0))[-1]
            x = torch.gather(x, 1, batch.starts[:, :, None].expand(-1, -1, x.shape[2]))
        scores: EventScores = self.head(x, batch.roles, batch.present)
        return scores


def loss_of(scores: EventScores, batch: EventBatch, smoothing: float) -> Tensor:
    """Return the weighted loss of a batch: the type, and beside it quad, modality, trigger."""
    parts = (scores.root, scores.yielded, scores.quad, scores.modality)
    weights = (1.0, SIDE_WEIGHT, SIDE_WEIGHT, SIDE_WEIGHT)
    total = torch.zeros(())
    for number, (part, weight) in enumerate(zip(parts, weights, strict=True)):
        each = functional.cross_entropy(
            part,
            batch.targets[:, number],
            ignore_index=UNKNOWN,
            reduction="none",
            label_smoothing=smoothing if number == 0 else 0.0,
        )
        total = total + weight * (each * batch.weight).sum()
    marked = batch.trigger.sum(1)
    share = batch.trigger / marked.clamp(min=1.0)[:, None]
    total = total - TRIGGER_WEIGHT * (share * scores.trigger.log_softmax(1)).sum()
    return total / len(batch.weight)
