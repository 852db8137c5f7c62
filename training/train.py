"""Train the attribution model, with checkpoints; the same command again goes on where it stopped.

Example: python -m training.train prepared/train.jsonl run --encoder MODEL --vocabulary VOCAB
"""

import argparse
import copy
import json
import logging
import math
import random
import time
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path

import torch
from torch import Tensor, nn

from onrecord.onepass.windows import WINDOW
from onrecord.onepass.wordpieces import WordPieces
from training.batches import batch_of, gold_of, group
from training.distil import opinion_of, soft_losses
from training.encoder import EncoderShape
from training.model import AttributionModel, Batch, losses
from training.prepare import read_prepared
from training.windows import Example, Lesson, examples_of

MASK = 103  # the id of [MASK] in BERT's uncased vocabulary; special pieces have lower ones

log = logging.getLogger("train")


@dataclass(frozen=True, slots=True)
class Recipe:
    """Everything that shapes a run but its data."""

    seed: int = 1
    epochs: int = 6
    window: int = WINDOW
    batch: int = 2048  # pieces
    encoder_rate: float = 1.5e-4
    head_rate: float = 1e-3
    layer_decay: float = 0.9
    weight_decay: float = 0.01
    warm_up: int = 100  # steps
    floor: float = 0.02  # of the learning rate, at the end
    average: float = 0.998  # of the running average of weights
    inner: int = 128
    dropout: float = 0.1
    mask: float = 0.0  # share of pieces that the model, unlike its teachers, does not see
    soft: float = 0.5  # weight of the teachers' view where there is gold, if there are teachers


def parameter_groups(model: AttributionModel, recipe: Recipe) -> list[dict[str, object]]:
    """Return AdamW's groups: lower layers learn slower, biases and norms do not decay."""
    groups: dict[tuple[float, float], list[nn.Parameter]] = defaultdict(list)
    top = model.encoder.shape.layers
    for name, parameter in model.named_parameters():
        if not parameter.requires_grad:
            continue
        rate = recipe.head_rate
        if name.startswith("encoder.layers."):
            depth = top - 1 - int(name.split(".")[2])
            rate = recipe.encoder_rate * recipe.layer_decay**depth
        elif name.startswith(("encoder.case", "encoder.quote")):
            rate = recipe.encoder_rate * 2
        elif name.startswith("encoder."):
            rate = recipe.encoder_rate * recipe.layer_decay**top
        decay = recipe.weight_decay if parameter.ndim > 1 else 0.0
        groups[rate, decay].append(parameter)
    return [
        {"params": params, "lr": rate, "base": rate, "weight_decay": decay}
        for (rate, decay), params in groups.items()
    ]


def rate_factor(step: int, steps: int, recipe: Recipe) -> float:
    """Return the share of the learning rate at a step: linear up, then linear down."""
    if step < recipe.warm_up:
        return (step + 1) / recipe.warm_up
    left = (steps - step) / max(1, steps - recipe.warm_up)
    return max(recipe.floor, left)


def epoch_windows(
    examples: list[Example], split: WordPieces, recipe: Recipe, epoch: int
) -> tuple[list[Lesson], list[list[int]]]:
    """Return the windows of one epoch and their batches; the same for the same seed."""
    rng = random.Random(f"{recipe.seed}-{epoch}")
    windows = [w for e in examples for w in e.windows(split, size=recipe.window, rng=rng)]
    batches = []
    for known in (True, False):  # a batch has gold for all its windows or for none
        own = [i for i, window in enumerate(windows) if (window.targets is not None) == known]
        found = group([windows[i] for i in own], recipe.batch, rng)
        batches += [[own[i] for i in batch] for batch in found]
    rng.shuffle(batches)
    return windows, batches


def hide(batch: Batch, share: float) -> Batch:
    """Return the batch with a random share of its pieces replaced by [MASK]."""
    if not share:
        return batch
    chosen = (torch.rand(batch.pieces.shape) < share) & (batch.pieces > MASK)
    return replace(batch, pieces=batch.pieces.masked_fill(chosen, MASK))


class Run:
    """A model in training with all that a checkpoint keeps."""

    def __init__(
        self, recipe: Recipe, encoder: Path, total: int, teachers: Sequence[AttributionModel] = ()
    ) -> None:
        """Start from the encoder's weights; `total` is the number of steps of the run."""
        torch.manual_seed(recipe.seed)
        self.recipe, self.total, self.step = recipe, total, 0
        self.teachers = teachers
        shape = EncoderShape(dropout=recipe.dropout)
        self.model = AttributionModel(shape, recipe.inner)
        self.model.encoder.load_minilm(encoder)
        self.model.encoder.word.requires_grad_(False)
        self.mean = copy.deepcopy(self.model).eval()
        self.optimizer = torch.optim.AdamW(
            parameter_groups(self.model, recipe), betas=(0.9, 0.98), fused=True
        )

    def update(self, windows: list[Lesson]) -> dict[str, Tensor]:
        """Take one step and return the parts of its loss."""
        for group_ in self.optimizer.param_groups:
            group_["lr"] = group_["base"] * rate_factor(self.step, self.total, self.recipe)
        parts = self.loss(windows)
        torch.stack(list(parts.values())).sum().backward()  # type: ignore[no-untyped-call]
        nn.utils.clip_grad_norm_(self.model.parameters(), 1.0)
        self.optimizer.step()
        self.optimizer.zero_grad(set_to_none=True)
        self.step += 1
        self.follow()
        return {name: part.detach() for name, part in parts.items()}

    def loss(self, windows: list[Lesson]) -> dict[str, Tensor]:
        """Return the parts of the loss against gold, teachers, or both."""
        batch = batch_of(windows)
        known = windows[0].targets is not None
        with torch.autocast("cpu", dtype=torch.bfloat16):
            scores = self.model(hide(batch, self.recipe.mask))
            opinion = opinion_of(self.teachers, batch) if self.teachers else None
        hard = losses(scores, gold_of(windows)) if known else {}
        if opinion is None:
            return hard
        soft = soft_losses(scores, opinion, batch.present)
        share = self.recipe.soft if known else 1.0
        return {k: share * soft[k] + (1 - share) * hard.get(k, 0.0) for k in soft}

    @torch.no_grad()
    def follow(self) -> None:
        """Move the averaged weights towards the present ones, faster at the start."""
        share = 1 - min(self.recipe.average, self.step / (self.step + 20))
        pairs = [
            (mean, now)
            for mean, now in zip(self.mean.parameters(), self.model.parameters(), strict=True)
            if now.requires_grad
        ]
        torch._foreach_lerp_([m for m, _ in pairs], [n for _, n in pairs], share)

    def start(self, model: AttributionModel) -> None:
        """Take a trained model's weights to begin with."""
        for own in (self.model, self.mean):
            own.load_state_dict(model.state_dict())

    def save(self, path: Path) -> None:
        """Write a checkpoint; a stop half-way leaves the older one."""
        state = {
            "recipe": asdict(self.recipe),
            "step": self.step,
            "model": self.model.state_dict(),
            "mean": self.mean.state_dict(),
            "optimizer": self.optimizer.state_dict(),
            "random": torch.get_rng_state(),
        }
        torch.save(state, path.with_suffix(".part"))
        path.with_suffix(".part").replace(path)

    def load(self, path: Path) -> None:
        """Go on from a checkpoint.

        Raises:
            ValueError: It was written by a run with another recipe.
        """
        state = torch.load(path, weights_only=True)
        if state["recipe"] != asdict(self.recipe):
            raise ValueError(f"{path} is of another recipe: name another folder")
        self.step = state["step"]
        self.model.load_state_dict(state["model"])
        self.mean.load_state_dict(state["mean"])
        self.optimizer.load_state_dict(state["optimizer"])
        torch.set_rng_state(state["random"])


def save_weights(model: AttributionModel, recipe: Recipe, path: Path) -> None:
    """Write the weights alone, for evaluation and export."""
    torch.save({"recipe": asdict(recipe), "model": model.state_dict()}, path)


def load_weights(path: Path) -> AttributionModel:
    """Return a trained model, ready to predict."""
    state = torch.load(path, weights_only=True)
    recipe = Recipe(**state["recipe"])
    model = AttributionModel(EncoderShape(dropout=recipe.dropout), recipe.inner)
    model.load_state_dict(state["model"])
    model.eval()
    return model


def train(
    run: Run, examples: list[Example], split: WordPieces, folder: Path, minutes: float
) -> None:
    """Run all epochs, saving the weights after each and a checkpoint every some minutes."""
    seen, saved = 0, time.monotonic()
    for epoch in range(run.recipe.epochs):
        windows, batches = epoch_windows(examples, split, run.recipe, epoch)
        if run.step >= seen + len(batches):
            seen += len(batches)
            continue
        sums: dict[str, float] = defaultdict(float)
        began, done = time.monotonic(), 0
        for batch in batches[run.step - seen :]:
            for name, part in run.update([windows[i] for i in batch]).items():
                sums[name] += float(part)
            done += 1
            if done % 50 == 0:
                means = " ".join(f"{name} {value / done:.4f}" for name, value in sums.items())
                pace = (time.monotonic() - began) / done
                log.info("epoch %d step %d/%d %s %.2fs", epoch, run.step, run.total, means, pace)
            if time.monotonic() - saved > minutes * 60:
                run.save(folder / "checkpoint.pt")
                saved = time.monotonic()
        seen += len(batches)
        run.save(folder / "checkpoint.pt")
        save_weights(run.mean, run.recipe, folder / f"epoch{epoch}.pt")
        log.info("epoch %d done, loss %.4f", epoch, sum(sums.values()) / max(1, done))


def main() -> None:
    """Parse the command line and train."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path, help="JSON lines written by training.prepare")
    parser.add_argument("folder", type=Path, help="for checkpoints and weights")
    parser.add_argument("--encoder", type=Path, required=True, help="model.safetensors of MiniLM")
    parser.add_argument("--vocabulary", type=Path, required=True, help="vocab.txt of MiniLM")
    parser.add_argument("--epochs", type=int, default=Recipe().epochs)
    parser.add_argument("--batch", type=int, default=Recipe().batch, help="pieces")
    parser.add_argument("--seed", type=int, default=Recipe().seed)
    parser.add_argument("--texts", type=Path, help="texts without gold, for teachers to read")
    parser.add_argument("--teachers", type=Path, nargs="*", default=[], help="weights (.pt)")
    parser.add_argument("--start", type=Path, help="weights to start from, not the encoder's")
    parser.add_argument("--scale", type=float, default=1.0, help="of all learning rates")
    parser.add_argument("--mask", type=float, default=Recipe().mask, help="share of hidden pieces")
    parser.add_argument("--documents", type=int, help="use only the first so many")
    parser.add_argument("--minutes", type=float, default=10, help="between checkpoints")
    parser.add_argument("--threads", type=int, default=2)
    options = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    torch.set_num_threads(options.threads)
    options.folder.mkdir(parents=True, exist_ok=True)
    recipe = Recipe(
        seed=options.seed,
        epochs=options.epochs,
        batch=options.batch,
        encoder_rate=Recipe().encoder_rate * options.scale,
        head_rate=Recipe().head_rate * options.scale,
        mask=options.mask,
    )
    split = WordPieces.load(options.vocabulary)
    documents = read_prepared(options.data)[: options.documents]
    if options.texts:
        documents += read_prepared(options.texts)
    examples = examples_of(documents, split)
    counts = [len(epoch_windows(examples, split, recipe, e)[1]) for e in range(recipe.epochs)]
    teachers = [load_weights(path) for path in options.teachers]
    run = Run(recipe, options.encoder, sum(counts), teachers)
    if options.start:
        run.start(load_weights(options.start))
    if (folder := options.folder / "checkpoint.pt").exists():
        run.load(folder)
    log.info("recipe %s", json.dumps(asdict(recipe)))
    log.info("%d documents, %d steps", len(examples), math.ceil(sum(counts)))
    train(run, examples, split, options.folder, options.minutes)


if __name__ == "__main__":
    main()
