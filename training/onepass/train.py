"""Train the model, with checkpoints; the same command again goes on where it stopped.

Example: python -m training.onepass.train run --minilm MODEL --polnear polnear/train --silver S.pkl
"""

from __future__ import annotations

import argparse
import copy
import json
import logging
import random
import time
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import torch
from torch import Tensor, nn

from onrecord.onepass.windows import WINDOW
from onrecord.onepass.wordpieces import WordPieces
from training.onepass.batches import batch_of, group
from training.onepass.encoder import EncoderShape
from training.onepass.lessons import MASK, Lesson, windows
from training.onepass.losses import losses
from training.onepass.marked import read_marked, read_own, taught
from training.onepass.marked_batches import Example, batch_marked, example_of, hidden, shuffled
from training.onepass.marked_head import loss_of
from training.onepass.model import Reader
from training.onepass.texts import (
    Text,
    annotated_texts,
    checked_of,
    is_tune,
    own_texts,
    polnear_texts,
    read_silver,
    text_of,
    with_silver,
)

log = logging.getLogger("training")
MARKED_WEIGHT = 0.5


@dataclass(frozen=True, slots=True)
class Recipe:
    """Everything that shapes a run but its data."""

    seed: int = 1
    epochs: int = 5
    window: int = WINDOW
    batch: int = 2048  # pieces
    encoder_rate: float = 1.5e-4
    head_rate: float = 1e-3
    layer_decay: float = 0.9
    weight_decay: float = 0.01
    warm_up: int = 100  # steps
    floor: float = 0.02  # of the learning rate, at the end
    average: float = 0.998  # of the running average of weights
    dropout: float = 0.1
    copies: tuple[int, ...] = (1, 2, 3, 4, 4)  # of annotated articles, by epoch
    plain: float = 0.4  # share of texts without any gold that an epoch reads
    polnear: float = 1.0  # share of PolNeAR that an epoch reads
    smoothing: float = 0.1  # of marked sentences
    names: float = 0.3  # share of marked parties whose names are hidden
    words: float = 0.08  # share of other words of marked sentences that are hidden
    marked: int = 60  # marked sentences in a batch
    frozen: int = 0  # layers of the encoder, from the first, that stay as they are


@dataclass(frozen=True, slots=True)
class Corpus:
    """All texts by kind."""

    polnear: Sequence[Text]
    annotated: Sequence[Text]
    plain: Sequence[Text]
    own: Sequence[Text]
    marked: Sequence[Example]


Step = list[Lesson] | list[Example]


def steps_of(corpus: Corpus, split: WordPieces, recipe: Recipe, epoch: int) -> list[Step]:
    """Return the batches of one epoch; the same for the same seed."""
    rng = random.Random(f"{recipe.seed}-{epoch}")
    texts = rng.sample(corpus.polnear, round(recipe.polnear * len(corpus.polnear)))
    texts += [*corpus.annotated] * recipe.copies[min(epoch, len(recipe.copies) - 1)]
    texts += [*rng.sample(corpus.plain, round(recipe.plain * len(corpus.plain))), *corpus.own]
    lessons = [one for text in texts for one in windows(text, split, recipe.window, rng)]
    found: list[Step] = [[lessons[i] for i in part] for part in group(lessons, recipe.batch, rng)]
    found += shuffled(
        hidden(corpus.marked, MASK, recipe.names, recipe.words, rng), recipe.marked, rng
    )
    rng.shuffle(found)
    return found


def rate_of(name: str, recipe: Recipe, layers: int) -> float:
    """Return the learning rate of a weight by its name: lower layers learn slower."""
    if name.startswith("encoder.layers."):
        return recipe.encoder_rate * recipe.layer_decay ** (layers - 1 - int(name.split(".")[2]))
    if name.startswith(("encoder.case", "encoder.quote")):
        return recipe.encoder_rate * 2
    if name.startswith("encoder."):
        return recipe.encoder_rate * recipe.layer_decay**layers
    return recipe.head_rate


def rate_factor(step: int, steps: int, recipe: Recipe) -> float:
    """Return the share of the learning rate at a step: linear up, then linear down."""
    if step < recipe.warm_up:
        return (step + 1) / recipe.warm_up
    return max(recipe.floor, (steps - step) / max(1, steps - recipe.warm_up))


class Run:
    """A model in training with all that a checkpoint keeps."""

    def __init__(self, recipe: Recipe, minilm: Path, total: int) -> None:
        """Start from MiniLM's weights; `total` is the number of steps of the run."""
        torch.manual_seed(recipe.seed)
        self.recipe, self.total, self.step = recipe, total, 0
        self.model = Reader(EncoderShape(dropout=recipe.dropout))
        self.model.encoder.load_minilm(minilm)
        self.model.encoder.word.requires_grad_(False)
        if recipe.frozen:
            self.model.encoder.requires_grad_(False)
            self.model.encoder.layers[recipe.frozen :].requires_grad_(True)
        self.mean = copy.deepcopy(self.model).eval()
        groups: dict[tuple[float, float], list[nn.Parameter]] = defaultdict(list)
        for name, weight in self.model.named_parameters():
            if weight.requires_grad:
                decay = recipe.weight_decay if weight.ndim > 1 else 0.0
                rate = rate_of(name, recipe, self.model.encoder.shape.layers)
                groups[rate, decay].append(weight)
        self.optimiser = torch.optim.AdamW(
            [
                {"params": weights, "lr": rate, "base": rate, "weight_decay": decay}
                for (rate, decay), weights in groups.items()
            ],
            betas=(0.9, 0.98),
            fused=True,
        )

    def update(self, step: Step) -> dict[str, Tensor]:
        """Take one step and return the parts of its loss."""
        for group_ in self.optimiser.param_groups:
            group_["lr"] = group_["base"] * rate_factor(self.step, self.total, self.recipe)
        parts = self.loss(step)
        torch.stack(list(parts.values())).sum().backward()  # type: ignore[no-untyped-call]
        nn.utils.clip_grad_norm_(self.model.parameters(), 1.0)
        self.optimiser.step()
        self.optimiser.zero_grad(set_to_none=True)
        self.step += 1
        self.follow()
        return {name: part.detach() for name, part in parts.items()}

    def loss(self, step: Step) -> dict[str, Tensor]:
        """Return the parts of the loss of lessons, or that of marked sentences."""
        if isinstance(step[0], Example):
            batch = batch_marked(step)  # type: ignore[arg-type]
            with torch.autocast("cpu", dtype=torch.bfloat16):
                states = self.model.states(batch.pieces, batch.case, batch.quote, batch.starts)
                words = states[:, :, -self.model.encoder.shape.width :]
                scores = self.model.marked(words, batch.roles, batch.present)
            return {"marked": MARKED_WEIGHT * loss_of(scores, batch, self.recipe.smoothing)}
        with torch.autocast("cpu", dtype=torch.bfloat16):
            read = self.model(batch_of(step))  # type: ignore[arg-type]
        return losses(self.model, read, step)  # type: ignore[arg-type]

    @torch.no_grad()
    def follow(self) -> None:
        """Move the averaged weights towards the present ones, faster at the start."""
        share = 1 - min(self.recipe.average, self.step / (self.step + 20))
        pairs = zip(self.mean.parameters(), self.model.parameters(), strict=True)
        moving = [(mean, now) for mean, now in pairs if now.requires_grad]
        torch._foreach_lerp_([m for m, _ in moving], [n for _, n in moving], share)

    def save(self, path: Path) -> None:
        """Write a checkpoint; a stop half-way leaves the older one."""
        state = {
            "recipe": asdict(self.recipe),
            "step": self.step,
            "model": self.model.state_dict(),
            "mean": self.mean.state_dict(),
            "optimiser": self.optimiser.state_dict(),
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
        self.optimiser.load_state_dict(state["optimiser"])
        torch.set_rng_state(state["random"])


def save_weights(model: Reader, recipe: Recipe, path: Path) -> None:
    """Write the weights alone, for evaluation and export."""
    torch.save({"recipe": asdict(recipe), "model": model.state_dict()}, path)


def load_weights(path: Path) -> Reader:
    """Return a trained model, ready to read."""
    state = torch.load(path, weights_only=True)
    model = Reader(EncoderShape(dropout=state["recipe"]["dropout"]))
    model.load_state_dict(state["model"])
    model.eval()
    return model


def train(run: Run, corpus: Corpus, split: WordPieces, folder: Path, minutes: float) -> None:
    """Run all epochs, saving the weights after each and a checkpoint every some minutes."""
    seen, saved = 0, time.monotonic()
    for epoch in range(run.recipe.epochs):
        steps = steps_of(corpus, split, run.recipe, epoch)
        if run.step >= seen + len(steps):
            seen += len(steps)
            continue
        sums: dict[str, list[float]] = defaultdict(lambda: [0.0, 0.0])
        began = time.monotonic()
        run.model.train()
        for done, step in enumerate(steps[run.step - seen :], 1):
            for name, part in run.update(step).items():
                sums[name][0] += float(part)
                sums[name][1] += 1
            if done % 50 == 0:
                means = " ".join(f"{name} {a / b:.3f}" for name, (a, b) in sums.items())
                pace = (time.monotonic() - began) / done
                log.info("epoch %d step %d/%d %s %.2fs", epoch, run.step, run.total, means, pace)
                sums.clear()
            if time.monotonic() - saved > minutes * 60:
                run.save(folder / "checkpoint.pt")
                saved = time.monotonic()
        seen += len(steps)
        run.save(folder / "checkpoint.pt")
        save_weights(run.mean, run.recipe, folder / f"epoch{epoch}.pt")
        log.info("epoch %d done", epoch)


def corpus_of(options: argparse.Namespace, split: WordPieces) -> Corpus:
    """Return all texts that the command line names."""
    silver = read_silver(options.silver)
    polnear = list(polnear_texts(options.polnear, checked_of(options.gold), split))[
        : options.documents
    ]
    annotated = list(annotated_texts(options.articles, options.gold, split))[: options.documents]
    if options.hold_back:
        annotated = [text for text in annotated if not is_tune(text.name.removeprefix("an:"))]
    for text in (*polnear, *annotated):
        if text.name in silver:
            with_silver(text, silver[text.name])
    plain = [
        with_silver(text_of(name, row["text"], split), row)
        for name, row in silver.items()
        if name.startswith("tx:") and "text" in row
    ]
    marked = [*read_own(options.own)]
    if options.plv:
        of_plv = read_marked(options.plv)
        marked += taught(of_plv) if options.hold_back else of_plv
    examples = [example_of(item, split) for item in marked]
    return Corpus(polnear, annotated, plain, list(own_texts(options.own, split)), examples)


def main() -> None:
    """Parse the command line and train."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, help="for checkpoints and weights")
    parser.add_argument("--minilm", type=Path, required=True, help="folder of MiniLM's files")
    parser.add_argument(
        "--polnear", type=Path, required=True, help="folder of PolNeAR's train side"
    )
    parser.add_argument(
        "--articles", type=Path, nargs="*", default=[], help="JSON lines with texts"
    )
    parser.add_argument("--gold", type=Path, nargs="*", default=[], help="folders of annotations")
    parser.add_argument(
        "--silver", type=Path, nargs="*", default=[], help="of training.onepass.silver"
    )
    parser.add_argument("--own", type=Path, required=True, help="sentences with one event each")
    parser.add_argument("--plv", type=Path, help="PLV's training side")
    parser.add_argument("--hold-back", action="store_true", help="keep some texts for thresholds")
    parser.add_argument("--start", type=Path, help="weights to start from, not MiniLM's")
    parser.add_argument("--scale", type=float, default=1.0, help="of all learning rates")
    parser.add_argument("--frozen", type=int, default=0, help="layers, from the first, that stay")
    parser.add_argument("--seed", type=int, default=Recipe().seed)
    parser.add_argument("--epochs", type=int, default=Recipe().epochs)
    parser.add_argument("--copies", type=int, nargs="*", default=Recipe().copies)
    parser.add_argument("--plain", type=float, default=Recipe().plain)
    parser.add_argument("--share", type=float, default=Recipe().polnear, help="of PolNeAR an epoch")
    parser.add_argument("--documents", type=int, help="use only the first so many of each kind")
    parser.add_argument("--minutes", type=float, default=10, help="between checkpoints")
    parser.add_argument("--threads", type=int, default=2)
    options = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    torch.set_num_threads(options.threads)
    options.folder.mkdir(parents=True, exist_ok=True)
    recipe = Recipe(
        seed=options.seed,
        epochs=options.epochs,
        encoder_rate=Recipe().encoder_rate * options.scale,
        head_rate=Recipe().head_rate * options.scale,
        copies=tuple(options.copies),
        plain=options.plain,
        polnear=options.share,
        frozen=options.frozen,
    )
    split = WordPieces.load(options.minilm / "vocab.txt")
    corpus = corpus_of(options, split)
    total = sum(len(steps_of(corpus, split, recipe, epoch)) for epoch in range(recipe.epochs))
    run = Run(recipe, options.minilm / "model.safetensors", total)
    if options.start:
        state = load_weights(options.start).state_dict()
        for model in (run.model, run.mean):
            model.load_state_dict(state)
    if (checkpoint := options.folder / "checkpoint.pt").exists():
        run.load(checkpoint)
    kinds = {name: len(getattr(corpus, name)) for name in corpus.__slots__}
    log.info("recipe %s", json.dumps(asdict(recipe)))
    log.info("%s, %d steps", kinds, total)
    train(run, corpus, split, options.folder, options.minutes)


if __name__ == "__main__":
    main()
