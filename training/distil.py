"""Learning from other models: their averaged probabilities in place of gold."""

from collections.abc import Sequence
from dataclasses import dataclass

import torch
from torch import Tensor
from torch.nn import functional

from training.model import (
    CUE_WEIGHT,
    EDGE_WEIGHT,
    SOURCE_WEIGHT,
    AttributionModel,
    Batch,
    Scores,
)


@dataclass(frozen=True, slots=True)
class Opinion:
    """What teachers hold of a batch: probabilities in the shapes of Scores."""

    cue: Tensor
    content: Tensor
    source_start: Tensor
    source_end: Tensor
    edges: Tensor


@torch.no_grad()
def opinion_of(teachers: Sequence[AttributionModel], batch: Batch) -> Opinion:
    """Return the teachers' mean probabilities."""
    views = [teacher(batch) for teacher in teachers]
    shares = {
        name: torch.stack([getattr(view, name).softmax(-1) for view in views]).mean(0)
        for name in ("cue", "content", "source_start", "source_end")
    }
    edges = torch.stack([view.edges.sigmoid() for view in views]).mean(0)
    return Opinion(**shares, edges=edges)


def soft_cross_entropy(scores: Tensor, wanted: Tensor, weight: Tensor) -> Tensor:
    """Return the cross-entropy with soft targets, summed with a weight per word."""
    terms = torch.xlogy(wanted, wanted) - wanted * scores.log_softmax(-1)
    return (terms.sum(-1) * weight).sum()


def soft_losses(scores: Scores, opinion: Opinion, present: Tensor) -> dict[str, Tensor]:
    """Return the parts of the loss, per word, as in `model.losses`; 0 where both agree.

    A source counts as far as the teachers take the word for the start of a cue.
    """
    cues = opinion.cue[..., 1] * present
    edges = functional.binary_cross_entropy_with_logits(
        scores.edges, opinion.edges, reduction="none"
    )
    parts = {
        "cue": CUE_WEIGHT * soft_cross_entropy(scores.cue, opinion.cue, present),
        "content": soft_cross_entropy(scores.content, opinion.content, present),
        "source": SOURCE_WEIGHT
        * (
            soft_cross_entropy(scores.source_start, opinion.source_start, cues)
            + soft_cross_entropy(scores.source_end, opinion.source_end, cues)
        ),
        "edges": EDGE_WEIGHT * (edges.sum(2) * present).sum(),
    }
    return {name: part / present.sum() for name, part in parts.items()}
