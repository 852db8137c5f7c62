"""The model: MiniLM's layers and a head for everything that is learnt from a text."""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor, nn

from training.onepass.batches import Batch
from training.onepass.encoder import Encoder, EncoderShape
from training.onepass.labels import ENTITIES, MEASURES, MODALITIES, TAGS, TYPES
from training.onepass.marked_head import MarkedHead
from training.onepass.relations import Arcs, Pairs, Relation, distance_classes

MIDDLE = 4  # the layer, from 1, whose states go out beside the last one's


@dataclass(frozen=True, slots=True)
class Readings:
    """What the model says of a batch, before softmax; position 0 of a relation stands for none."""

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
            Relation(width, shape.dropout) for _ in range(4)
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
        self.marked = MarkedHead(width)
        self.dropout = nn.Dropout(shape.dropout)

    def states(self, pieces: Tensor, case: Tensor, quote: Tensor, starts: Tensor) -> Tensor:
        """Return the vectors of the words' first pieces: of the fourth layer, then of the last."""
        layers = self.encoder(pieces, case, quote)
        x = torch.cat([layers[MIDDLE - 1], layers[-1]], dim=2)
        return torch.gather(x, 1, starts[:, :, None].expand(-1, -1, x.shape[2]))

    def forward(self, batch: Batch) -> Readings:
        """Read one batch; the pairs and labels are asked for by themselves."""
        states = self.states(batch.pieces, batch.case, batch.quote, batch.starts)
        return self.judged(states, batch.paragraphs, batch.present)

    def judged(self, states: Tensor, paragraphs: Tensor, present: Tensor) -> Readings:
        """Return what the heads make of words' states; the rest as in `Batch`."""
        words = states[:, :, -self.encoder.shape.width :]
        distance = distance_classes(words.shape[1], words.device)
        gap = paragraphs[:, None, :] - paragraphs[:, :, None]
        border = gap.clamp(-3, 3) + 3
        padding = (present - 1.0) * 10000.0
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
