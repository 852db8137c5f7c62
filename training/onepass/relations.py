"""Scores of pairs of words: relations, the arcs of a parse, and the roles that words play."""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn import functional

from training.onepass.encoder import lookup
from training.onepass.labels import DEPENDENCIES, FRAMES

DISTANCES = 32  # classes of the distance between two words, both directions
BORDERS = 7  # classes of the difference of paragraphs, -3 to 3
ROLES = sum(len(roles) for roles in FRAMES.values())
INNER = 128  # width of the relations and roles
ARC = 160  # of the arcs
LABEL = 128  # of their labels


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

    def __init__(self, width: int, dropout: float) -> None:
        """Make an untrained scorer."""
        super().__init__()
        self.row = nn.Linear(width, INNER)
        self.column = nn.Linear(width, INNER)
        self.product = nn.Parameter(torch.empty(INNER, INNER))
        self.column_bias = nn.Linear(INNER, 1)
        self.nothing = nn.Linear(INNER, 1)
        self.distance = nn.Embedding(DISTANCES, 1)
        self.border = nn.Embedding(BORDERS, 1)
        self.dropout = nn.Dropout(dropout)
        nn.init.normal_(self.product, std=INNER**-0.75)
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
        found: Tensor = scores + lookup(self.distance, distance)[..., 0] + padding[:, None, :]
        return found

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
