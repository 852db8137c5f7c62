"""The event model: the type of an event from its sentence, its actor and its recipient."""

from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional

from training.encoder import Encoder, EncoderShape
from training.event_data import ROOTS, UNKNOWN

TRIGGER_WEIGHT = 0.2
YIELDED_WEIGHT = 0.3


@dataclass(frozen=True, slots=True)
class EventBatch:
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


@dataclass(frozen=True, slots=True)
class EventScores:
    """Scores before softmax."""

    root: Tensor  # (batch, roots)
    yielded: Tensor  # (batch, 2): in words, in deeds
    looked: Tensor  # (batch, words): where the event stands


class EventModel(nn.Module):
    """An encoder that sees marks around the parties, and a pool for what happened.

    The pool asks the words with what actor and recipient are, and joins what it finds to both.
    """

    def __init__(self, shape: EncoderShape) -> None:
        """Make an untrained model."""
        super().__init__()
        width = shape.width
        self.encoder = Encoder(shape)
        self.absent = nn.Parameter(torch.zeros(2, width))
        self.query = nn.Linear(2 * width, width)
        self.key = nn.Linear(width, width)
        self.dropout = nn.Dropout(0.2)
        self.inner = nn.Linear(3 * width, width)
        self.root = nn.Linear(width, len(ROOTS))
        self.yielded = nn.Linear(width, 2)

    def forward(
        self,
        pieces: Tensor,
        case: Tensor,
        quote: Tensor,
        starts: Tensor,
        roles: Tensor,
        present: Tensor,
    ) -> EventScores:
        """Score sentences; shapes as in EventBatch."""
        x = self.encoder(pieces, case, quote)[-1]
        x = torch.gather(x, 1, starts[:, :, None].expand(-1, -1, x.shape[2]))
        actor, recipient = (self.mean(x, roles == role, role) for role in (1, 2))
        query = self.query(torch.cat([actor, recipient], 1))
        looked = (self.key(x) @ query[:, :, None])[:, :, 0] * x.shape[2] ** -0.5
        looked = looked.float() + (present - 1.0) * 10000.0
        action = (looked.softmax(1)[:, None, :].to(x.dtype) @ x)[:, 0]
        parts = self.dropout(torch.cat([action, actor, recipient], 1))
        inner = self.dropout(functional.gelu(self.inner(parts)))
        return EventScores(self.root(inner).float(), self.yielded(inner).float(), looked)

    def mean(self, x: Tensor, inside: Tensor, role: int) -> Tensor:
        """Return the mean of the words of a role, or a learnt vector where there are none."""
        share = inside.to(x.dtype)[:, :, None]
        count = share.sum(1)
        mean = (x * share).sum(1) / count.clamp(min=1.0)
        return torch.where(count > 0, mean, self.absent[role - 1].to(x.dtype))

    def score(self, batch: EventBatch) -> EventScores:
        """Score one batch."""
        scores: EventScores = self(
            batch.pieces, batch.case, batch.quote, batch.starts, batch.roles, batch.present
        )
        return scores


def loss_of(scores: EventScores, batch: EventBatch, smoothing: float) -> Tensor:
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
