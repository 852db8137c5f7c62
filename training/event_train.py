"""Train the event model on marked sentences, on machine-written stories first if wanted."""

import copy
import random
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import torch
from torch import nn

from onrecord.onepass.wordpieces import WordPieces
from training.encoder import Encoder, EncoderShape
from training.event_examples import Example, Floats, event_batch, hidden, shuffled
from training.event_model import EventModel, loss_of

WARM_UP = 0.1  # of the steps
CLIP = 1.0
PREDICTED = 50  # sentences at once


@dataclass(frozen=True, slots=True)
class Recipe:
    """What shapes a training run beside its data."""

    epochs: int = 5
    batch: int = 32
    rate: float = 2e-4  # of the layers
    head_rate: float = 1e-3  # of what starts untrained
    decay: float = 0.02
    smoothing: float = 0.1
    average: float = 0.98  # of the running average of weights
    names: float = 0.3  # share of parties whose names are hidden
    words: float = 0.08  # share of other words that are hidden
    seed: int = 1


def for_stories(recipe: Recipe) -> Recipe:
    """Return the recipe of the first stage: nothing is hidden, and the layers move less."""
    return replace(recipe, epochs=2, rate=recipe.rate / 2, names=0.0, words=0.0)


def new_model(path: Path, full: WordPieces, split: WordPieces) -> EventModel:
    """Return an untrained model over MiniLM's layers, with the rows of the pieces of `split`."""
    encoder = Encoder(EncoderShape())
    encoder.load_minilm(path)
    return over(encoder, full, split)


def over(encoder: Encoder, full: WordPieces, split: WordPieces) -> EventModel:
    """Return an untrained model over an encoder, with the rows of the pieces of `split` alone."""
    shape = replace(encoder.shape, vocabulary=len(split.vocabulary))
    model = EventModel(shape)
    stored = encoder.state_dict()
    rows = [full.vocabulary[piece] for piece in split.vocabulary]
    stored["word.weight"] = stored["word.weight"][rows]
    model.encoder.load_state_dict(stored)
    model.encoder.word.requires_grad_(False)
    model.encoder.position.requires_grad_(False)
    return model


def optimiser_of(model: EventModel, recipe: Recipe) -> torch.optim.Optimizer:
    """Return AdamW: what is pre-trained learns slower than what is new."""
    slow: list[nn.Parameter] = []
    fast: list[nn.Parameter] = []
    for name, parameter in model.named_parameters():
        if parameter.requires_grad:
            (slow if name.startswith("encoder.") else fast).append(parameter)
    groups = [{"params": slow, "lr": recipe.rate}, {"params": fast, "lr": recipe.head_rate}]
    return torch.optim.AdamW(groups, weight_decay=recipe.decay, fused=True)


def train(
    examples: Sequence[Example], recipe: Recipe, start: EventModel, masked: int
) -> EventModel:
    """Return a model trained from `start`, which stays as it is: the average of its weights.

    `masked` is the piece that stands for what is hidden.
    """
    torch.manual_seed(recipe.seed)
    rng = random.Random(recipe.seed)
    model, kept = copy.deepcopy(start), copy.deepcopy(start)
    model.train()
    kept.eval()
    optimiser = optimiser_of(model, recipe)
    steps = recipe.epochs * -(-len(examples) // recipe.batch)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimiser,
        lambda step: min((step + 1) / (WARM_UP * steps), (steps - step) / ((1 - WARM_UP) * steps)),
    )
    step = 0
    for _ in range(recipe.epochs):
        for group in shuffled(examples, recipe.batch, rng):
            batch = event_batch(hidden(group, masked, recipe.names, recipe.words, rng))
            with torch.autocast("cpu", torch.bfloat16):
                scores = model.score(batch)
            optimiser.zero_grad(set_to_none=True)
            loss_of(scores, batch, recipe.smoothing).backward()  # type: ignore[no-untyped-call]
            torch.nn.utils.clip_grad_norm_(model.parameters(), CLIP)
            optimiser.step()
            schedule.step()
            step += 1
            follow(kept, model, 1.0 - min(recipe.average, step / (step + 10)))
    return kept


@torch.no_grad()
def follow(kept: EventModel, model: EventModel, share: float) -> None:
    """Move the running average of the weights on by a step."""
    pairs = zip(kept.parameters(), model.parameters(), strict=True)
    moving = [(average, weight) for average, weight in pairs if weight.requires_grad]
    torch._foreach_lerp_([a for a, _ in moving], [w for _, w in moving], share)


@torch.no_grad()
def mean_of(models: Sequence[EventModel]) -> EventModel:
    """Return a model whose weights are the mean of those of models trained from one start."""
    mean = copy.deepcopy(models[0])
    for place, model in enumerate(models[1:], start=2):
        for weight, other in zip(mean.parameters(), model.parameters(), strict=True):
            weight.data.lerp_(other.data, 1.0 / place)
    return mean


@torch.no_grad()
def root_scores(model: EventModel, examples: Sequence[Example]) -> Floats:
    """Return each example's scores of the roots, before softmax."""
    found = []
    for start in range(0, len(examples), PREDICTED):
        with torch.autocast("cpu", torch.bfloat16):
            found.append(model.score(event_batch(examples[start : start + PREDICTED])).root)
    scores: Floats = torch.cat(found).numpy()
    return scores
