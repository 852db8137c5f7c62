"""The attribution model: cue tags, and relations from each cue to its content and source."""

from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional

from training.encoder import Encoder, EncoderShape, lookup
from training.windows import IGNORE

DISTANCES = 32  # classes of the distance between two words, both directions
BORDERS = 7  # classes of the difference of paragraphs, -3 to 3
CUE_WEIGHT = 3.0  # the cue decides whether an attribution is found at all
SOURCE_WEIGHT = 3.0  # there are few cues, each with two source targets
EDGE_WEIGHT = 0.5
MIDDLE = 4  # the layer, from 1, whose states go out beside the last one's


@dataclass(frozen=True, slots=True)
class Batch:
    """Windows padded to one size; shapes (batch, pieces) and (batch, words)."""

    pieces: Tensor
    case: Tensor
    quote: Tensor
    starts: Tensor
    paragraphs: Tensor
    present: Tensor  # by word: 1.0, or 0.0 for padding


@dataclass(frozen=True, slots=True)
class Scores:
    """What the model says of a batch, before softmax; position 0 stands for none."""

    cue: Tensor  # (batch, words, 3)
    content: Tensor  # (batch, words, 1 + words): word, position of the cue
    source_start: Tensor  # (batch, words, 1 + words): cue, position of the source's first word
    source_end: Tensor  # the same for the last word
    edges: Tensor  # (batch, words, 2): a stretch of content begins here, ends here
    states: Tensor  # (batch, words, 2 * width): the encoder's, for heads that are yet to come


@dataclass(frozen=True, slots=True)
class Gold:
    """Targets of a batch, each (batch, words), padded with IGNORE."""

    cue: Tensor
    content: Tensor
    source_start: Tensor
    source_end: Tensor
    begins: Tensor
    ends: Tensor


def distance_classes(count: int, device: torch.device) -> Tensor:
    """Return (words, words) classes of the column's place less the row's: exact near, log far."""
    place = torch.arange(count, device=device)
    gap = place[None, :] - place[:, None]
    size = gap.abs()
    far = 8 + (torch.log2(size.clamp(min=8).float() / 8) * 1.75).long()
    near = torch.where(size < 8, size, far).clamp(max=15)
    return torch.where(gap < 0, near + 16, near)


class Relation(nn.Module):
    """Scores of every (row, column) pair of words and of a row with nothing."""

    def __init__(self, width: int, inner: int, dropout: float) -> None:
        """Make an untrained scorer; `inner` is the width of the product."""
        super().__init__()
        self.row = nn.Linear(width, inner)
        self.column = nn.Linear(width, inner)
        self.product = nn.Parameter(torch.empty(inner, inner))
        self.column_bias = nn.Linear(inner, 1)
        self.nothing = nn.Linear(inner, 1)
        self.distance = nn.Embedding(DISTANCES, 1)
        self.border = nn.Embedding(BORDERS, 1)
        self.dropout = nn.Dropout(dropout)
        nn.init.normal_(self.product, std=inner**-0.75)
        nn.init.zeros_(self.distance.weight)
        nn.init.zeros_(self.border.weight)

    def forward(self, x: Tensor, distance: Tensor, border: Tensor, padding: Tensor) -> Tensor:
        """Map words (batch, words, width) to scores (batch, words, 1 + words)."""
        row = self.dropout(functional.gelu(self.row(x)))
        column = self.dropout(functional.gelu(self.column(x)))
        pairs = (row @ self.product) @ column.transpose(1, 2)
        pairs = pairs.float() + self.column_bias(column).float().transpose(1, 2)
        pairs = (
            pairs + lookup(self.distance, distance)[..., 0] + lookup(self.border, border)[..., 0]
        )
        pairs = pairs + padding[:, None, :]
        return torch.cat([self.nothing(row).float(), pairs], dim=2)


class AttributionModel(nn.Module):
    """The encoder and its three relation heads; later heads can share the same pass."""

    def __init__(self, shape: EncoderShape, inner: int = 128) -> None:
        """Make an untrained model."""
        super().__init__()
        self.encoder = Encoder(shape)
        self.cue = nn.Linear(shape.width, 3)
        self.edges = nn.Linear(shape.width, 2)
        self.content = Relation(shape.width, inner, shape.dropout)
        self.source_start = Relation(shape.width, inner, shape.dropout)
        self.source_end = Relation(shape.width, inner, shape.dropout)

    def forward(self, batch: Batch) -> Scores:
        """Score one batch."""
        layers = self.encoder(batch.pieces, batch.case, batch.quote)
        x = torch.cat([layers[MIDDLE - 1], layers[-1]], dim=2)
        states = torch.gather(x, 1, batch.starts[:, :, None].expand(-1, -1, x.shape[2]))
        words = states[:, :, -self.encoder.shape.width :]
        distance = distance_classes(words.shape[1], words.device)
        gap = batch.paragraphs[:, None, :] - batch.paragraphs[:, :, None]
        border = gap.clamp(-3, 3) + 3
        padding = (batch.present - 1.0) * 10000.0
        return Scores(
            self.cue(words).float(),
            self.content(words, distance, border, padding),
            self.source_start(words, distance, border, padding),
            self.source_end(words, distance, border, padding),
            self.edges(words).float(),
            states.float(),
        )


def cross_entropy(scores: Tensor, target: Tensor) -> Tensor:
    """Return the summed cross-entropy over the last axis, IGNORE left out."""
    flat = scores.reshape(-1, scores.shape[-1])
    return functional.cross_entropy(flat, target.reshape(-1), ignore_index=IGNORE, reduction="sum")


def losses(scores: Scores, gold: Gold) -> dict[str, Tensor]:
    """Return the weighted parts of the loss, each per word of the batch."""
    words = (gold.cue != IGNORE).sum()
    known = (gold.begins != IGNORE).float()
    wanted = torch.stack([gold.begins, gold.ends], 2).clamp(min=0).float()
    edges = functional.binary_cross_entropy_with_logits(scores.edges, wanted, reduction="none")
    parts = {
        "cue": CUE_WEIGHT * cross_entropy(scores.cue, gold.cue),
        "content": cross_entropy(scores.content, gold.content),
        "source": SOURCE_WEIGHT
        * (
            cross_entropy(scores.source_start, gold.source_start)
            + cross_entropy(scores.source_end, gold.source_end)
        ),
        "edges": EDGE_WEIGHT * (edges.sum(2) * known).sum(),
    }
    return {name: part / words for name, part in parts.items()}
