"""What a batch of lessons costs, head by head."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional

from training.onepass.batches import pad
from training.onepass.labels import FRAMES
from training.onepass.lessons import Lesson
from training.onepass.model import Reader, Readings
from training.onepass.relations import distance_classes
from training.onepass.targets import IGNORE

CUE_WEIGHT = 3.0  # the cue decides whether an attribution is found at all
SOURCE_WEIGHT = 3.0  # there are few cues, each with two source targets
EDGE_WEIGHT = 0.5
PARSE_WEIGHT = 0.5
TRIGGER_WEIGHT = 3.0
TAGGED = {"trigger": TRIGGER_WEIGHT, "modality": 1.0, "party": 1.0, "demand": 2.0, "condition": 2.0,
          "figure": 1.0, "measure": 1.0}  # fmt: skip
PAIR_WEIGHT = 0.05  # a word of a row
INNER_WEIGHT = 1.0
ATTRIBUTED = {
    "cue": CUE_WEIGHT,
    "content": 1.0,
    "source_start": SOURCE_WEIGHT,
    "source_end": SOURCE_WEIGHT,
}


def gathered(lessons: Sequence[Lesson], name: str, count: int) -> Tensor:
    """Return one target of all lessons (batch, words), IGNORE where it is not known."""
    found = np.full((len(lessons), count), IGNORE, np.int64)
    for number, lesson in enumerate(lessons):
        if (own := lesson.targets.get(name)) is not None:
            found[number, : len(own)] = own
    return torch.from_numpy(found)


def weighted(lessons: Sequence[Lesson], name: str, count: int) -> Tensor:
    """Return one kind of weight of all lessons (batch, words), 0 where there is none."""
    found = np.zeros((len(lessons), count), np.float32)
    for number, lesson in enumerate(lessons):
        if (own := lesson.weights.get(name)) is not None:
            found[number, : len(own)] = own
    return torch.from_numpy(found)


def softened(lessons: Sequence[Lesson], name: str, shape: torch.Size) -> Tensor:
    """Return a teacher's view of all lessons in the shape of the scores."""
    found = np.zeros(tuple(shape), np.float32)
    for number, lesson in enumerate(lessons):
        if (own := lesson.soft.get(name)) is not None:
            found[number, : own.shape[0], : own.shape[1]] = own
    return torch.from_numpy(found)


def entropy(scores: Tensor, target: Tensor) -> Tensor:
    """Return the cross-entropy of each word (batch, words), 0 where the target is IGNORE."""
    flat = functional.cross_entropy(
        scores.reshape(-1, scores.shape[-1]),
        target.reshape(-1),
        ignore_index=IGNORE,
        reduction="none",
    )
    return flat.view(target.shape)


def soft_entropy(scores: Tensor, wanted: Tensor) -> Tensor:
    """Return how far each row of scores is from wanted shares (batch, words)."""
    return (torch.xlogy(wanted, wanted) - wanted * scores.log_softmax(-1)).sum(-1)


def attribution_losses(read: Readings, lessons: Sequence[Lesson]) -> dict[str, Tensor]:
    """Return the losses of statements, against gold, a teacher, or both."""
    count = read.cue.shape[1]
    hard, soft = weighted(lessons, "hard", count), weighted(lessons, "soft", count)
    seen = weighted(lessons, "seen", count) * soft
    words = (hard + seen).sum().clamp(min=1.0)
    found = {}
    for name, weight in ATTRIBUTED.items():
        scores = getattr(read, name)
        # A nested source stands where no outer statement has one, and counts whole.
        scale = hard if name in ("cue", "content") else torch.where(hard > 0, hard, 1.0)
        total = (entropy(scores, gathered(lessons, name, count)) * scale).sum()
        rows = seen if name == "cue" else weighted(lessons, name, count) * soft
        total = total + (soft_entropy(scores, softened(lessons, name, scores.shape)) * rows).sum()
        found[name] = weight * total / words
    begins, ends = (gathered(lessons, name, count) for name in ("begins", "ends"))
    known = (begins != IGNORE).float() * hard
    wanted = torch.stack([begins, ends], 2).clamp(min=0).float()
    binary = functional.binary_cross_entropy_with_logits
    edges = (binary(read.edges, wanted, reduction="none").sum(2) * known).sum()
    view = softened(lessons, "edges", read.edges.shape).sigmoid()
    edges = edges + (binary(read.edges, view, reduction="none").sum(2) * seen).sum()
    found["edges"] = EDGE_WEIGHT * edges / words
    return found


def parse_losses(model: Reader, read: Readings, lessons: Sequence[Lesson]) -> dict[str, Tensor]:
    """Return the losses of tags, entities, sentences, arcs and labels."""
    count = read.tag.shape[1]
    tag, entity, start, head, label = (
        gathered(lessons, name, count) for name in ("tag", "entity", "start", "head", "label")
    )
    words = (tag != IGNORE).sum().clamp(min=1)
    # A head stands in the sentence of its word: others are no choice.
    sentence = start.clamp(min=0).cumsum(1)
    arc = read.arc.masked_fill(sentence[:, :, None] != sentence[:, None, :], -10000.0)
    states = read.states[:, :, -model.encoder.shape.width :]
    joined = model.arcs.labels(states, head.clamp(min=0))
    binary = functional.binary_cross_entropy_with_logits
    starts = binary(read.start, start.clamp(min=0).float(), reduction="none") * (start != IGNORE)
    parts = {
        "tag": entropy(read.tag, tag).sum(),
        "entity": entropy(read.entity, entity).sum(),
        "start": starts.sum(),
        "arc": entropy(arc, head).sum(),
        "label": entropy(joined, torch.where(head == IGNORE, head, label)).sum(),
    }
    return {name: PARSE_WEIGHT * part / words for name, part in parts.items()}


def frame_losses(model: Reader, read: Readings, lessons: Sequence[Lesson]) -> dict[str, Tensor]:
    """Return the losses of events, demands, conditions, figures, and of who plays which role."""
    count = read.tag.shape[1]
    trigger = gathered(lessons, "trigger", count)
    words = (trigger != IGNORE).sum().clamp(min=200)
    found = {
        name: weight * entropy(getattr(read, name), gathered(lessons, name, count)).sum() / words
        for name, weight in TAGGED.items()
    }
    pairs = [pair_loss(model, read, lessons, name) for name in FRAMES]
    total, rows = (torch.stack(part).sum() for part in zip(*pairs, strict=True))
    found["pairs"] = PAIR_WEIGHT * total / rows.clamp(min=8.0)
    return found


def pair_loss(
    model: Reader, read: Readings, lessons: Sequence[Lesson], frame: str
) -> tuple[Tensor, Tensor]:
    """Return the summed loss of one frame's roles and the number of its rows."""
    count = read.tag.shape[1]
    place = list(FRAMES).index(frame)
    first = sum(len(roles) for roles in list(FRAMES.values())[:place])
    rows = [
        lesson.pairs[frame][0] if frame in lesson.pairs else np.zeros(0, np.int64)
        for lesson in lessons
    ]
    longest = max((len(row) for row in rows), default=0)
    if longest == 0:
        return torch.zeros(()), torch.zeros(())
    target = np.full((len(lessons), longest, count), IGNORE, np.int64)
    for number, lesson in enumerate(lessons):
        if len(rows[number]):
            roles = lesson.pairs[frame][1]
            target[number, : len(roles), : roles.shape[1]] = roles
    places = pad([*rows, np.zeros(longest, np.int64)])[:-1]
    states = read.states[:, :, -model.encoder.shape.width :]
    chosen = torch.gather(states, 1, places[:, :, None].expand(-1, -1, states.shape[2]))
    distance = distance_classes(count, states.device)[places]
    scores = model.pairs(chosen, states, distance)[..., first : first + len(FRAMES[frame])]
    scores = torch.cat([torch.zeros_like(scores[..., :1]), scores], -1)
    total = functional.cross_entropy(
        scores.reshape(-1, scores.shape[-1]),
        torch.from_numpy(target).reshape(-1),
        ignore_index=IGNORE,
        reduction="sum",
    )
    return total, torch.tensor(float(sum(len(row) for row in rows)))


def inner_losses(read: Readings, lessons: Sequence[Lesson]) -> dict[str, Tensor]:
    """Return the losses of statements inside statements."""
    count = read.cue.shape[1]
    cue, content = (gathered(lessons, f"inner_{name}", count) for name in ("cue", "content"))
    words = (cue != IGNORE).sum().clamp(min=1)
    total = (
        CUE_WEIGHT * entropy(read.inner_cue, cue).sum() + entropy(read.inner_content, content).sum()
    )
    return {"inner": INNER_WEIGHT * total / words}


def losses(model: Reader, read: Readings, lessons: Sequence[Lesson]) -> dict[str, Tensor]:
    """Return every part of the loss of a batch."""
    with torch.autocast("cpu", dtype=torch.bfloat16):
        parsed = parse_losses(model, read, lessons)
        framed = frame_losses(model, read, lessons)
    return attribution_losses(read, lessons) | inner_losses(read, lessons) | parsed | framed
