"""Train and cross-validate the event model on marked sentences.

Example: python -m training.events plv.jsonl --own training/data/events.jsonl --variant head
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
from numpy.typing import NDArray
from torch import Tensor

from onrecord.extraction.attribution.trained import AttributionModel, load_attribution_model
from onrecord.extraction.attribution.windows import Word, window_of, words_of
from training.batches import pad
from training.encoder import EncoderShape
from training.event_data import (
    QUAD_OF,
    ROOTS,
    Item,
    Span,
    read_classes,
    read_marked,
    read_own,
    read_stories,
)
from training.event_model import EventBatch, EventModel, EventScores, loss_of
from training.train import load_weights

FOLDS = 5
LONGEST = 120  # words of a sentence that are read
MIDDLE = 4
WIDTH = 384
QUADS = np.array([QUAD_OF[root] - 1 for root in ROOTS])
ACTOR_OPEN, ACTOR_CLOSE, RECIPIENT_OPEN, RECIPIENT_CLOSE = 1, 2, 3, 4  # unused pieces

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Recipe:
    """What shapes a training run."""

    variant: str = "head"  # "full": an encoder of its own; "head": on layer 4; "probe": no layers
    epochs: int = 10
    batch: int = 24
    rate: float = 2e-4
    head_rate: float = 1e-3
    decay: float = 0.02
    smoothing: float = 0.1
    average: float = 0.98
    mask: float = 0.1  # share of words that a sentence loses in training
    dropout: float = 0.1
    seed: int = 1


@dataclass(frozen=True, slots=True)
class Example:
    """An item as the model reads it."""

    item: Item
    states: Floats  # (words, width), or (3, pieces) of an encoder of its own
    starts: NDArray[np.int64]
    roles: NDArray[np.int64]
    trigger: Floats


def inside(words: Sequence[Word], span: Span | None) -> NDArray[np.bool_]:
    """Return which words share a character with a span."""
    if span is None:
        return np.zeros(len(words), bool)
    return np.array([word.start < span[1] and span[0] < word.end for word in words])


def example_of(item: Item, model: AttributionModel, variant: str) -> Example:
    """Return an item with its words' roles and states."""
    words = words_of(item.text, model.split)[:LONGEST]
    actor, recipient = inside(words, item.actor), inside(words, item.recipient)
    roles = np.where(actor, 1, np.where(recipient, 2, 0)).astype(np.int64)
    trigger = inside(words, item.trigger).astype(np.float32)
    window = window_of(words, 0, len(words), model.split)
    if variant == "full":
        pieces, starts = marked_pieces(window.pieces, window.case, window.quote, window.starts, roles)
        return Example(item, pieces, starts, roles, trigger)
    states = model.read_window(window, words).states
    states = states[:, :WIDTH] if variant == "head" else states
    return Example(item, states, window.starts, roles, trigger)


def marked_pieces(
    pieces: NDArray[np.int64],
    case: NDArray[np.int64],
    quote: NDArray[np.int64],
    starts: NDArray[np.int64],
    roles: NDArray[np.int64],
) -> tuple[Floats, NDArray[np.int64]]:
    """Return pieces with marks around the roles, and where each word starts then."""
    rows = [(pieces[0], 0, 0)]
    moved = []
    ends = [*starts[1:], len(pieces) - 1]
    before = 0
    for first, last, role in zip(starts, ends, roles, strict=True):
        if before not in (0, role):
            rows.append((2 * before, 0, 0))
        if role not in (0, before):
            rows.append((2 * role - 1, 0, 0))
        before = role
        moved.append(len(rows))
        rows += [(pieces[i], case[i], quote[i]) for i in range(first, last)]
    if before:
        rows.append((2 * before, 0, 0))
    rows.append((pieces[-1], 0, 0))
    return np.array(rows, np.float32).T, np.array(moved, np.int64)


def batch_of(examples: Sequence[Example], variant: str) -> EventBatch:
    """Return examples padded to one size."""
    roles = pad([example.roles for example in examples])
    lengths = torch.tensor([len(example.roles) for example in examples])
    present = (torch.arange(roles.shape[1])[None] < lengths[:, None]).float()
    if variant == "full":
        states = torch.stack(
            [pad([e.states[i].astype(np.int64) for e in examples]) for i in range(3)]
        )
    else:
        states = torch.nn.utils.rnn.pad_sequence(
            [torch.from_numpy(example.states) for example in examples], batch_first=True
        )
    trigger = torch.nn.utils.rnn.pad_sequence(
        [torch.from_numpy(example.trigger) for example in examples], batch_first=True
    )
    items = [example.item for example in examples]
    targets = torch.tensor([[i.root, i.yielded, i.quad, i.modality] for i in items])
    weight = torch.tensor([item.weight for item in items])
    starts = pad([example.starts for example in examples])
    return EventBatch(states, starts, roles, present, trigger, targets, weight)


def new_model(recipe: Recipe, weights: Path) -> EventModel:
    """Return a model that starts from the attribution model's encoder."""
    shape = EncoderShape(dropout=recipe.dropout)
    depth = {"full": 0, "head": shape.layers - MIDDLE, "probe": 0}[recipe.variant]
    if recipe.variant == "probe":
        shape = replace(shape, width=2 * WIDTH)
    model = EventModel(shape, depth, own_encoder=recipe.variant == "full")
    if recipe.variant == "probe":
        return model
    encoder = EncoderShape()
    if weights.suffix == ".pt":
        trained = load_weights(weights).encoder
    else:
        from training.encoder import Encoder

        trained = Encoder(encoder)
        trained.load_minilm(weights)
    if model.encoder is not None:
        model.encoder.load_state_dict(trained.state_dict())
        model.encoder.word.weight.requires_grad_(False)
        model.encoder.position.weight.requires_grad_(False)
    for own, layer in zip(model.head.layers, trained.layers[MIDDLE:], strict=False):
        own.load_state_dict(layer.state_dict())
    return model


def masked(batch: EventBatch, share: float) -> EventBatch:
    """Return the batch with some words, not those of a role, gone from sight."""
    gone = (torch.rand(batch.present.shape) < share) & (batch.roles == 0)
    return replace(batch, present=batch.present * (~gone).float())


def train(examples: Sequence[Example], recipe: Recipe, weights: Path) -> EventModel:
    """Return a trained model: the running average of its weights."""
    torch.manual_seed(recipe.seed)
    rng = random.Random(recipe.seed)
    model = new_model(recipe, weights)
    kept = copy.deepcopy(model).eval()
    slow = [
        p
        for name, p in model.named_parameters()
        if p.requires_grad and ("layers" in name or name.startswith("encoder."))
    ]
    known = {id(p) for p in slow}
    fast = [p for p in model.parameters() if p.requires_grad and id(p) not in known]
    optimiser = torch.optim.AdamW(
        [{"params": slow, "lr": recipe.rate}, {"params": fast, "lr": recipe.head_rate}],
        weight_decay=recipe.decay,
    )
    steps = recipe.epochs * -(-len(examples) // recipe.batch)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda step: min((step + 1) / (0.1 * steps), (steps - step) / (0.9 * steps))
    )
    step = 0
    for _ in range(recipe.epochs):
        model.train()
        for group in shuffled(examples, recipe.batch, rng):
            batch = masked(batch_of(group, recipe.variant), recipe.mask)
            with torch.autocast("cpu", torch.bfloat16):
                scores = model(batch)
            loss = loss_of(scores, batch, recipe.smoothing)
            optimiser.zero_grad(set_to_none=True)
            loss.backward()
            torch.nn.utils.clip_grad_norm_(slow + fast, 1.0)
            optimiser.step()
            schedule.step()
            step += 1
            follow(kept, model, min(recipe.average, step / (step + 10)))
    return kept


@torch.no_grad()
def follow(kept: EventModel, model: EventModel, share: float) -> None:
    """Move the running average of the weights on by a step."""
    pairs = [
        (a, b)
        for a, b in zip(kept.parameters(), model.parameters(), strict=True)
        if b.requires_grad
    ]
    torch._foreach_lerp_([a for a, _ in pairs], [b for _, b in pairs], 1.0 - share)


def shuffled(examples: Sequence[Example], size: int, rng: random.Random) -> list[list[Example]]:
    """Return batches, like lengths together."""
    order = sorted(examples, key=lambda e: len(e.roles) + rng.random() * 12)
    groups = [order[i : i + size] for i in range(0, len(order), size)]
    rng.shuffle(groups)
    return groups


@torch.no_grad()
def predict(model: EventModel, examples: Sequence[Example], variant: str) -> Floats:
    """Return the probabilities of roots and, beside them, of quads."""
    found = []
    for i in range(0, len(examples), 50):
        with torch.autocast("cpu", torch.bfloat16):
            scores: EventScores = model(batch_of(examples[i : i + 50], variant))
        found.append(torch.cat([scores.root.softmax(1), scores.quad.softmax(1)], 1).numpy())
    return np.concatenate(found)


def macro_f1(gold: NDArray[np.int64], found: NDArray[np.int64]) -> float:
    """Return the mean of the classes' F1, over classes that occur in gold."""
    scores = []
    for label in np.unique(gold):
        hits = ((gold == label) & (found == label)).sum()
        scores.append(2 * hits / ((gold == label).sum() + (found == label).sum()))
    return float(np.mean(scores))


def measure(items: Sequence[Item], chances: Floats) -> tuple[float, float, float]:
    """Return macro F1 of roots, of the roots' quads, and of quads from all the scores."""
    gold = np.array([item.root for item in items])
    quads = np.array([item.quad for item in items])
    roots = chances[:, : len(ROOTS)]
    summed = np.stack([roots[:, QUADS == q].sum(1) for q in range(4)], 1)
    both = summed + chances[:, len(ROOTS) :]
    best = roots.argmax(1)
    return macro_f1(gold, best), macro_f1(quads, QUADS[best]), macro_f1(quads, both.argmax(1))


def folds_of(items: Sequence[Item]) -> list[int]:
    """Return each item's fold; a sentence is never in two."""
    texts = sorted({item.text for item in items})
    random.Random(7).shuffle(texts)
    number = {text: i % FOLDS for i, text in enumerate(texts)}
    return [number[item.text] for item in items]


def cross_validate(
    marked: Sequence[Example], others: Sequence[Example], recipe: Recipe, weights: Path
) -> Floats:
    """Return the chances of each marked example from a model that has not seen its sentence."""
    folds = folds_of([example.item for example in marked])
    chances = np.zeros((len(marked), len(ROOTS) + 4), np.float32)
    for fold in range(FOLDS):
        held = [i for i, f in enumerate(folds) if f == fold]
        texts = {marked[i].item.text for i in held}
        taught = [e for e in (*marked, *others) if e.item.text not in texts]
        model = train(taught, recipe, weights)
        chances[held] = predict(model, [marked[i] for i in held], recipe.variant)
        shown = measure([marked[i].item for i in held], chances[held])
        print(f"  fold {fold}: {shown} cpu {time.process_time():.0f} at {time.strftime('%H:%M:%S')}", flush=True)
    return chances


def read_all(items, model, variant, folder):
    """Return examples, from a file where the same were read before."""
    import hashlib, pickle
    key = hashlib.sha256(repr((variant, items)).encode()).hexdigest()[:16]
    path = folder / f"{key}.pickle"
    if path.exists():
        return pickle.loads(path.read_bytes())
    found = [example_of(item, model, variant) for item in items]
    path.write_bytes(pickle.dumps(found))
    return found


def main() -> None:
    """Parse the command line, cross-validate, print macro F1."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("marked", type=Path)
    parser.add_argument("--own", type=Path)
    parser.add_argument("--stories", type=Path)
    parser.add_argument("--classes", type=Path)
    parser.add_argument("--weights", type=Path, required=True)
    parser.add_argument("--keep", type=Path)
    parser.add_argument("--cache", type=Path, default=Path("/tmp/w/evtrain"))
    parser.add_argument("--seeds", type=int, nargs="+", default=[1])
    for name, kind in (("variant", str), ("epochs", int), ("rate", float), ("mask", float),
                       ("batch", int), ("smoothing", float), ("head_rate", float), ("dropout", float)):
        parser.add_argument("--" + name, type=kind, default=getattr(Recipe, name) if False else Recipe.__dataclass_fields__[name].default)
    options = parser.parse_args()
    recipe = Recipe(**{n: getattr(options, n) for n in ("variant", "epochs", "rate", "mask", "batch", "smoothing", "head_rate", "dropout")})
    model = load_attribution_model("attribution")
    items = read_marked(options.marked)
    extra: list[Item] = []
    if options.own:
        extra += read_own(options.own)
    if options.classes:
        extra += read_classes(options.classes)
    if options.stories:
        extra += read_stories(options.stories, 3)
    began = time.monotonic()
    marked, others = (read_all(part, model, recipe.variant, options.cache) for part in (items, extra))
    print(f"{len(marked)} + {len(others)} read in {time.monotonic() - began:.0f} s", flush=True)
    total = np.zeros((len(marked), len(ROOTS) + 4), np.float32)
    for seed in options.seeds:
        began = time.monotonic()
        chances = cross_validate(marked, others, replace(recipe, seed=seed), options.weights)
        total += chances
        shown = " ".join(f"{x:.3f}" for x in measure(items, chances))
        print(f"seed {seed}: {shown} in {time.monotonic() - began:.0f} s", flush=True)
    if options.keep:
        np.save(options.keep, total)
    print("mean of seeds:", " ".join(f"{x:.3f}" for x in measure(items, total)), flush=True)


if __name__ == "__main__":
    main()
