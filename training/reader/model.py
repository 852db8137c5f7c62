"""The reader: MiniLM's layers and a head for everything that is learnt from a text."""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional

from training.encoder import Encoder, EncoderShape, lookup
from training.event_data import ROOTS
from training.event_model import EventScores
from training.model import DISTANCES, MIDDLE, Batch, Relation, distance_classes
from training.reader.labels import (
    DEPENDENCIES,
    ENTITIES,
    FRAMES,
    MEASURES,
    MODALITIES,
    TAGS,
    TYPES,
)

ROLES = sum(len(roles) for roles in FRAMES.values())
INNER = 128  # width of the relations
ARC = 160  # of the arcs
LABEL = 128  # of their labels


@dataclass(frozen=True, slots=True)
class Readings:
    """What the reader says of a batch, before softmax; position 0 of a relation stands for none."""

    cue: Tensor  # (batch, words, 3)
    content: Tensor  # (batch, words, 1 + words): word, position of the cue
    source_start: Tensor  # (batch, words, 1 + words): cue, position of its source's first word
    source_end: Tensor  # the same for the last word
    edges: Tensor  # (batch, words, 2): a stretch of content begins here, ends here
    inner_cue: Tensor  # (batch, words, 3): cues inside a content
    inner_content: Tensor  # (batch, words, 1 + words)
    tag: Tensor  # (batch, words, tags)
    entity: Tensor  # (batch, words, 1 + 2 * entities)
    start: Tensor  # (batch, words): a sentence starts here
    arc: Tensor  # (batch, words, words): word, its head, itself where it has none
    trigger: Tensor  # (batch, words, 2 + types): none, a type's first word, further word
    modality: Tensor  # (batch, words, modalities)
    party: Tensor  # (batch, words, 3)
    demand: Tensor  # (batch, words, 3)
    condition: Tensor  # (batch, words, 3)
    figure: Tensor  # (batch, words, 3)
    measure: Tensor  # (batch, words, measures)
    states: Tensor  # (batch, words, 2 * width): of the fourth and the last layer


class Arcs(nn.Module):
    """Scores of every word as the head of every other, and what joins a word to its head."""

    def __init__(self, width: int, dropout: float) -> None:
        """Make an untrained scorer."""
        super().__init__()
        self.dependent, self.head = nn.Linear(width, ARC), nn.Linear(width, ARC)
        self.product = nn.Parameter(torch.randn(ARC, ARC) * ARC**-0.75)
        self.bias = nn.Linear(ARC, 1)
        self.distance = nn.Embedding(DISTANCES, 1)
        self.below, self.above = nn.Linear(width, LABEL), nn.Linear(width, LABEL)
        self.joined = nn.Linear(3 * LABEL, len(DEPENDENCIES))
        self.dropout = nn.Dropout(dropout)
        nn.init.zeros_(self.distance.weight)

    def forward(self, x: Tensor, distance: Tensor, padding: Tensor) -> Tensor:
        """Map words (batch, words, width) to scores (batch, words, words)."""
        below = self.dropout(functional.gelu(self.dependent(x)))
        above = self.dropout(functional.gelu(self.head(x)))
        scores = ((below @ self.product) @ above.transpose(1, 2)).float()
        scores = scores + self.bias(above).float().transpose(1, 2)
        return scores + lookup(self.distance, distance)[..., 0] + padding[:, None, :]

    def labels(self, x: Tensor, heads: Tensor) -> Tensor:
        """Return the scores (batch, words, labels) of what joins each word to a head."""
        below = functional.gelu(self.below(x))
        above = functional.gelu(self.above(x))
        above = torch.gather(above, 1, heads[:, :, None].expand(-1, -1, above.shape[2]))
        scores: Tensor = self.joined(torch.cat([below, above, below * above], 2)).float()
        return scores


class Pairs(nn.Module):
    """Scores of the roles that each word plays for another: actor, recipient, asker, ..."""

    def __init__(self, width: int, dropout: float) -> None:
        """Make an untrained scorer."""
        super().__init__()
        self.row, self.column = nn.Linear(width, INNER), nn.Linear(width, INNER)
        self.product = nn.Parameter(torch.randn(ROLES, INNER, INNER) * INNER**-0.75)
        self.of_column, self.of_row = nn.Linear(INNER, ROLES), nn.Linear(INNER, ROLES)
        self.distance = nn.Embedding(DISTANCES, ROLES)
        self.dropout = nn.Dropout(dropout)
        nn.init.zeros_(self.distance.weight)

    def forward(self, rows: Tensor, x: Tensor, distance: Tensor) -> Tensor:
        """Score words (batch, words, width) for rows (batch, rows, width).

        `distance` is (rows, words) or (batch, rows, words); what comes back (batch, rows, words,
        roles).
        """
        row = self.dropout(functional.gelu(self.row(rows)))
        column = self.dropout(functional.gelu(self.column(x)))
        turned = torch.einsum("brk,lkm->brlm", row, self.product)
        scores = torch.einsum("brlm,bwm->brwl", turned, column)
        scores = scores + self.of_column(column)[:, None] + self.of_row(row)[:, :, None]
        found: Tensor = scores.float() + lookup(self.distance, distance)
        return found


class Marked(nn.Module):
    """The type of the event between two parties that are marked: a pool that asks what happened."""

    def __init__(self, width: int) -> None:
        """Make an untrained head."""
        super().__init__()
        self.absent = nn.Parameter(torch.zeros(2, width))
        self.query, self.key = nn.Linear(2 * width, width), nn.Linear(width, width)
        self.inner = nn.Linear(3 * width, width)
        self.root, self.yielded = nn.Linear(width, len(ROOTS)), nn.Linear(width, 2)
        self.dropout = nn.Dropout(0.2)

    def forward(self, x: Tensor, roles: Tensor, present: Tensor) -> EventScores:
        """Score sentences of words (batch, words, width)."""
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


class Reader(nn.Module):
    """One pass of the encoder, and every head upon the states of its last layer."""

    def __init__(self, shape: EncoderShape) -> None:
        """Make an untrained model."""
        super().__init__()
        width = shape.width
        self.encoder = Encoder(shape)
        self.cue, self.inner_cue = nn.Linear(width, 3), nn.Linear(width, 3)
        self.edges = nn.Linear(width, 2)
        self.content, self.inner_content, self.source_start, self.source_end = (
            Relation(width, INNER, shape.dropout) for _ in range(4)
        )
        self.tag, self.entity = nn.Linear(width, len(TAGS)), nn.Linear(width, 1 + 2 * len(ENTITIES))
        self.start, self.arcs = nn.Linear(width, 1), Arcs(width, shape.dropout)
        self.trigger = nn.Linear(width, 2 + len(TYPES))
        self.modality = nn.Linear(width, len(MODALITIES))
        self.party, self.demand, self.condition, self.figure = (
            nn.Linear(width, 3) for _ in range(4)
        )
        self.measure = nn.Linear(width, len(MEASURES))
        self.pairs = Pairs(width, shape.dropout)
        self.marked = Marked(width)
        self.dropout = nn.Dropout(shape.dropout)

    def states(self, pieces: Tensor, case: Tensor, quote: Tensor, starts: Tensor) -> Tensor:
        """Return the vectors of the words' first pieces: of the fourth layer, then of the last."""
        layers = self.encoder(pieces, case, quote)
        x = torch.cat([layers[MIDDLE - 1], layers[-1]], dim=2)
        return torch.gather(x, 1, starts[:, :, None].expand(-1, -1, x.shape[2]))

    def forward(self, batch: Batch) -> Readings:
        """Read one batch; the pairs and labels are asked for by themselves."""
        states = self.states(batch.pieces, batch.case, batch.quote, batch.starts)
        words = states[:, :, -self.encoder.shape.width :]
        distance = distance_classes(words.shape[1], words.device)
        gap = batch.paragraphs[:, None, :] - batch.paragraphs[:, :, None]
        border = gap.clamp(-3, 3) + 3
        padding = (batch.present - 1.0) * 10000.0
        dropped = self.dropout(words)
        relations = {
            name: getattr(self, name)(words, distance, border, padding)
            for name in ("content", "inner_content", "source_start", "source_end")
        }
        tags = {
            name: getattr(self, name)(dropped).float()
            for name in (
                "cue", "inner_cue", "edges", "tag", "entity", "trigger", "modality", "party",
                "demand", "condition", "figure", "measure",
            )
        }  # fmt: skip
        return Readings(
            **relations,
            **tags,
            start=self.start(words)[:, :, 0].float(),
            arc=self.arcs(words, distance, padding),
            states=states.float(),
        )
