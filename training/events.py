"""Cross-validate the event model on marked sentences: macro F1 of root types and of quads.

Example: python -m training.events marked.jsonl --encoder run1/epoch5.pt --seeds 1 2 3 \
    --own training/data/events.jsonl
"""

import argparse
import copy
import random
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import torch
from torch import nn

from onrecord.extraction.attribution import load_attribution_model
from training.encoder import Encoder, EncoderShape
from training.evaluate import report
from training.event_data import (
    QUAD_OF,
    ROOTS,
    Item,
    read_classes,
    read_marked,
    read_own,
    read_stories,
)
from training.event_examples import (
    WIDTH,
    Example,
    Floats,
    Ints,
    Variant,
    event_batch,
    example_of,
    shuffled,
)
from training.event_model import EventBatch, EventModel, EventScores, loss_of
from training.model import MIDDLE
from training.train import load_weights

FOLDS = 5
FOLD_SEED = 7
QUADS = np.array([QUAD_OF[root] - 1 for root in ROOTS])
WARM_UP = 0.1  # of the steps
CLIP = 1.0
PREDICTED = 50  # sentences at once


@dataclass(frozen=True, slots=True)
class Recipe:
    """What shapes a training run beside its data."""

    variant: Variant = "head"
    epochs: int = 8
    batch: int = 24
    rate: float = 2e-4  # of the layers
    head_rate: float = 1e-3  # of what starts untrained
    decay: float = 0.02
    smoothing: float = 0.1
    average: float = 0.98  # of the running average of weights
    mask: float = 0.1  # share of words, not those of a role, that a sentence loses in training
    dropout: float = 0.1
    seed: int = 1


def load_encoder(path: Path) -> Encoder:
    """Return the encoder of a trained attribution model (.pt), or MiniLM itself (.safetensors)."""
    if path.suffix == ".pt":
        return load_weights(path).encoder
    encoder = Encoder(EncoderShape())
    encoder.load_minilm(path)
    return encoder


def new_model(recipe: Recipe, encoder: Encoder) -> EventModel:
    """Return a model whose layers start from those of an encoder."""
    shape = EncoderShape(dropout=recipe.dropout)
    if recipe.variant == "probe":
        return EventModel(replace(shape, width=2 * WIDTH), 0, own_encoder=False)
    if recipe.variant == "head":
        model = EventModel(shape, shape.layers - MIDDLE, own_encoder=False)
        for own, layer in zip(model.head.layers, encoder.layers[MIDDLE:], strict=True):
            own.load_state_dict(layer.state_dict())
        return model
    model = EventModel(shape, 0, own_encoder=True)
    if model.encoder is not None:
        model.encoder.load_state_dict(encoder.state_dict())
        model.encoder.word.requires_grad_(False)
        model.encoder.position.requires_grad_(False)
    return model


def masked(batch: EventBatch, share: float) -> EventBatch:
    """Return the batch with some words, not those of a role, gone from sight."""
    gone = (torch.rand(batch.present.shape) < share) & (batch.roles == 0)
    return replace(batch, present=batch.present * (~gone).float())


def optimiser_of(model: EventModel, recipe: Recipe) -> torch.optim.Optimizer:
    """Return AdamW: what is pre-trained learns slower than what is new."""
    slow: list[nn.Parameter] = []
    fast: list[nn.Parameter] = []
    for name, parameter in model.named_parameters():
        if parameter.requires_grad:
            trained = name.startswith(("encoder.", "head.layers."))
            (slow if trained else fast).append(parameter)
    groups = [{"params": slow, "lr": recipe.rate}, {"params": fast, "lr": recipe.head_rate}]
    return torch.optim.AdamW([g for g in groups if g["params"]], weight_decay=recipe.decay)


def train(examples: Sequence[Example], recipe: Recipe, encoder: Encoder) -> EventModel:
    """Return a trained model: the running average of its weights."""
    torch.manual_seed(recipe.seed)
    rng = random.Random(recipe.seed)
    model = new_model(recipe, encoder)
    kept: EventModel = copy.deepcopy(model)
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
            batch = masked(event_batch(group, recipe.variant), recipe.mask)
            with torch.autocast("cpu", torch.bfloat16):
                scores = model(batch)
            optimiser.zero_grad(set_to_none=True)
            loss = loss_of(scores, batch, recipe.smoothing)
            loss.backward()  # type: ignore[no-untyped-call]
            torch.nn.utils.clip_grad_norm_(model.parameters(), CLIP)
            optimiser.step()
            schedule.step()
            step += 1
            follow(kept, model, min(recipe.average, step / (step + 10)))
    return kept


@torch.no_grad()
def follow(kept: EventModel, model: EventModel, share: float) -> None:
    """Move the running average of the weights on by a step."""
    pairs = zip(kept.parameters(), model.parameters(), strict=True)
    for average, weight in pairs:
        if weight.requires_grad:
            average.lerp_(weight, 1.0 - share)


@torch.no_grad()
def predict(model: EventModel, examples: Sequence[Example], variant: Variant) -> Floats:
    """Return the probabilities of each example's roots."""
    found = []
    for start in range(0, len(examples), PREDICTED):
        with torch.autocast("cpu", torch.bfloat16):
            scores: EventScores = model(event_batch(examples[start : start + PREDICTED], variant))
        found.append(scores.root.softmax(1).numpy())
    return np.concatenate(found)


def macro_f1(gold: Ints, found: Ints) -> float:
    """Return the mean F1 of the classes that occur in gold."""
    scores = []
    for label in np.unique(gold):
        hits = ((gold == label) & (found == label)).sum()
        scores.append(2 * hits / ((gold == label).sum() + (found == label).sum()))
    return float(np.mean(scores))


def shown(items: Sequence[Item], chances: Floats) -> str:
    """Return macro F1 of roots and of the quads that follow from them, for people."""
    gold, best = np.array([item.root for item in items]), chances.argmax(1)
    return f"roots {macro_f1(gold, best):.3f} quads {macro_f1(QUADS[gold], QUADS[best]):.3f}"


def shown_of(items: Sequence[Item], chances: Floats) -> str:
    """Return what `shown` does, of the items that some fold has read."""
    read = [place for place, row in enumerate(chances) if row.any()]
    return shown([items[place] for place in read], chances[read])


def folds_of(items: Sequence[Item]) -> Ints:
    """Return each item's fold; a sentence is never in two."""
    texts = sorted({item.text for item in items})
    random.Random(FOLD_SEED).shuffle(texts)
    number = {text: place % FOLDS for place, text in enumerate(texts)}
    return np.array([number[item.text] for item in items])


def cross_validate(
    marked: Sequence[Example],
    others: Sequence[Example],
    recipe: Recipe,
    encoder: Encoder,
    run: Sequence[int],
) -> Floats:
    """Return the chances of each marked example from a model that has not seen its sentence.

    Only the folds of `run` are trained; the examples of others keep chances of nought.
    """
    folds = folds_of([example.item for example in marked])
    chances = np.zeros((len(marked), len(ROOTS)), np.float32)
    for fold in run:
        held = [place for place, its in enumerate(folds) if its == fold]
        texts = {marked[i].item.text for i in held}
        taught = [e for e in (*marked, *others) if e.item.text not in texts]
        began = time.monotonic()
        model = train(taught, recipe, encoder)
        chances[held] = predict(model, [marked[i] for i in held], recipe.variant)
        found = shown([marked[i].item for i in held], chances[held])
        report(f"  fold {fold}: {found}, {time.monotonic() - began:.0f} s")
    return chances


def read_others(options: argparse.Namespace) -> list[Item]:
    """Return the examples that are learnt from and never measured on."""
    found: list[Item] = []
    if options.own:
        found += read_own(options.own)
    if options.classes:
        found += read_classes(options.classes)
    if options.stories:
        found += read_stories(options.stories, options.every)
    return found


def parsed() -> argparse.Namespace:
    """Return the command line's options."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("marked", type=Path, help="JSON lines with marked_sentence and root")
    parser.add_argument("--encoder", type=Path, required=True, help="weights to start from")
    parser.add_argument("--variant", choices=["full", "head", "probe"], default="head")
    parser.add_argument("--own", type=Path, help="sentences with spans, type and modality")
    parser.add_argument("--classes", type=Path, help="a table of sentence and quad class")
    parser.add_argument("--stories", type=Path, help="machine-written stories with a label")
    parser.add_argument("--every", type=int, default=3, help="of the stories, one in so many")
    parser.add_argument("--epochs", type=int, default=Recipe().epochs)
    parser.add_argument("--batch", type=int, default=Recipe().batch, help="sentences")
    parser.add_argument("--folds", type=int, nargs="+", default=list(range(FOLDS)), help="of five")
    parser.add_argument("--seeds", type=int, nargs="+", default=[1])
    return parser.parse_args()


def main() -> None:
    """Cross-validate with each seed, then with the mean of what they say."""
    options = parsed()
    recipe = Recipe(variant=options.variant, epochs=options.epochs, batch=options.batch)
    shared, encoder = load_attribution_model("attribution"), load_encoder(options.encoder)
    items = read_marked(options.marked)
    marked = [example_of(item, shared, recipe.variant) for item in items]
    others = [example_of(item, shared, recipe.variant) for item in read_others(options)]
    total = np.zeros((len(marked), len(ROOTS)), np.float32)
    for seed in options.seeds:
        own = replace(recipe, seed=seed)
        chances = cross_validate(marked, others, own, encoder, options.folds)
        report(f"seed {seed}: {shown_of(items, chances)}")
        total += chances
    report(f"mean of {len(options.seeds)} seeds: {shown_of(items, total)}")


if __name__ == "__main__":
    main()
