"""Train a model's heads on corrected articles: what `onrecord review export` wrote.

It starts from an exported model, the package's own or one that was adapted before; nothing else is
needed. One article in four is not learnt from: the epoch that does best on these is kept.

Example: python -m training.onepass.adapt corrected desk
"""

from __future__ import annotations

import argparse
import copy
import json
import logging
import random
import shutil
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import onnx
import torch
from torch import Tensor, nn

from onrecord.models import CONFIG, GRAPH
from onrecord.onepass import OnePass, load_onepass
from onrecord.onepass.model import ENCODER, OUTPUTS, VOCABULARY, inputs_of
from training.onepass.batches import batch_of, group
from training.onepass.encoder import EncoderShape
from training.onepass.graph import read_heads, write_heads
from training.onepass.lessons import Lesson, windows
from training.onepass.losses import losses
from training.onepass.model import Reader
from training.onepass.texts import Text, annotate, is_check, text_of
from training.packing import checksums

log = logging.getLogger("training")

FEWEST = 4  # articles: with fewer none can be kept back
CARD = "CARD.md"


@dataclass(frozen=True, slots=True)
class Recipe:
    """Everything that shapes a run but its data."""

    seed: int = 1
    epochs: int = 8
    rate: float = 3e-4
    batch: int = 2048  # pieces
    dropout: float = 0.1


@dataclass(frozen=True, slots=True)
class Seen:
    """A lesson with what the encoder makes of its words."""

    lesson: Lesson
    states: Tensor  # (words, 2 * width)


class Heads:
    """The heads of a model in training; its encoder is asked as it is used, in int8."""

    def __init__(self, onepass: OnePass, recipe: Recipe) -> None:
        """Take the weights of a model's heads.

        Raises:
            ValueError: Its graph is not one of `training.onepass.export`.
        """
        torch.manual_seed(recipe.seed)
        self.onepass, self.recipe = onepass, recipe
        self.graph = onnx.load(str(onepass.model.folder / GRAPH))
        self.model = Reader(EncoderShape(dropout=recipe.dropout))
        weights = read_heads(self.graph)
        missing = self.model.load_state_dict(weights, strict=False)
        if missing.unexpected_keys:
            raise ValueError(f"{onepass.model.folder}: no head is called {missing.unexpected_keys}")
        own = dict(self.model.named_parameters())
        self.weights: dict[str, nn.Parameter] = {name: own[name] for name in weights}
        self.optimiser = torch.optim.AdamW(self.weights.values(), lr=recipe.rate, weight_decay=0.0)

    def seen(self, texts: Iterable[Text], rng: random.Random) -> list[Seen]:
        """Return the windows of one reading of texts, with the encoder's states."""
        at, split, size = OUTPUTS.index("states"), self.onepass.split, self.onepass.window
        lessons = [one for text in texts for one in windows(text, split, size, rng)]
        read = (self.onepass.model.run(inputs_of(one))[at][0] for one in lessons)
        return [
            Seen(one, torch.from_numpy(states)) for one, states in zip(lessons, read, strict=True)
        ]

    def loss(self, seen: Sequence[Seen]) -> Tensor:
        """Return what some windows cost, all heads together."""
        batch = batch_of([one.lesson for one in seen])
        states = nn.utils.rnn.pad_sequence([one.states for one in seen], batch_first=True)
        read = self.model.judged(states, batch.paragraphs, batch.present)
        return torch.stack([*losses(self.model, read, [one.lesson for one in seen]).values()]).sum()

    def learn(self, seen: Sequence[Seen], rng: random.Random, share: float) -> None:
        """Take the steps of one epoch, at a share of the learning rate."""
        self.model.train()
        for group_ in self.optimiser.param_groups:
            group_["lr"] = self.recipe.rate * share
        for batch in _batches(seen, self.recipe.batch, rng):
            self.loss(batch).backward()  # type: ignore[no-untyped-call]
            nn.utils.clip_grad_norm_(self.weights.values(), 1.0)
            self.optimiser.step()
            self.optimiser.zero_grad(set_to_none=True)

    @torch.no_grad()
    def cost(self, seen: Sequence[Seen]) -> float:
        """Return what windows cost that are not learnt from, by batch."""
        self.model.eval()
        costs = [float(self.loss(batch)) for batch in _batches(seen, self.recipe.batch, None)]
        return float(np.mean(costs))

    def state(self) -> dict[str, Tensor]:
        """Return the weights as they are now."""
        return {name: weight.detach().clone() for name, weight in self.weights.items()}


def _batches(seen: Sequence[Seen], size: int, rng: random.Random | None) -> Iterator[list[Seen]]:
    for part in group([one.lesson for one in seen], size, rng):
        yield [seen[number] for number in part]


def texts_in(folder: Path, onepass: OnePass) -> list[Text]:
    """Return the corrected articles in a folder.

    Raises:
        ValueError: There are too few.
    """
    found = []
    for line in (folder / "articles.jsonl").read_text("utf8").splitlines():
        row = json.loads(line)
        text = text_of(row["id"], row["text"], onepass.split)
        gold = folder / "gold" / f"{row['id']}.gold.json"
        annotate(text, json.loads(gold.read_text("utf8")))
        found.append(text)
    if len(found) < FEWEST:
        raise ValueError(f"{folder} has {len(found)} articles: correct at least {FEWEST}")
    return found


def parted(texts: Sequence[Text]) -> tuple[list[Text], list[Text]]:
    """Return the texts to learn from and those kept back, of which there is at least one."""
    kept = [one for one in texts if is_check(one.name)] or [texts[-1]]
    return [one for one in texts if one not in kept], kept


def adapt(heads: Heads, learnt: Sequence[Text], kept: Sequence[Text]) -> tuple[list[float], int]:
    """Train; return the costs of what is kept back, before and after each epoch, and the best.

    The heads are then those of the best epoch; 0 is before the first.
    """
    held = heads.seen(kept, random.Random(heads.recipe.seed))
    costs, best = [heads.cost(held)], heads.state()
    log.info("before: %.4f", costs[0])
    for epoch in range(1, heads.recipe.epochs + 1):
        began, rng = time.monotonic(), random.Random(f"{heads.recipe.seed}-{epoch}")
        heads.learn(heads.seen(learnt, rng), rng, 1 - (epoch - 1) / heads.recipe.epochs)
        costs.append(heads.cost(held))
        if costs[-1] == min(costs):
            best = heads.state()
        log.info("epoch %d: %.4f, %.0f s", epoch, costs[-1], time.monotonic() - began)
    heads.model.load_state_dict(best, strict=False)
    return costs, costs.index(min(costs))


def save(heads: Heads, told: str, output: Path) -> None:
    """Write a model with the heads as they are; a folder takes its name when it is whole."""
    source = heads.onepass.model
    graph = copy.deepcopy(heads.graph)
    write_heads(graph, heads.state())
    output.parent.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=output.parent) as made:
        folder = Path(made) / "model"
        folder.mkdir()
        onnx.save(graph, str(folder / GRAPH))
        shutil.copy(source.folder / VOCABULARY, folder / VOCABULARY)
        sums = checksums(folder, (GRAPH, VOCABULARY))
        version = f"{source.config['version']}+{sums[GRAPH][:6]}"
        config = dict(source.config) | {
            "version": version,
            ENCODER: heads.onepass.encoder,
            "files": sums,
        }
        (folder / CONFIG).write_text(json.dumps(config, indent=1) + "\n", "utf8")
        (folder / CARD).write_text(f"# {source.config['name']}/{version}\n\n{told}\n", "utf8")
        folder.replace(output)


def main() -> None:
    """Parse the command line and train."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corrected", type=Path, help="folder of `onrecord review export`")
    parser.add_argument("output", type=Path, help="folder of the new model; it must not be there")
    parser.add_argument(
        "--model", default="reader", help="to start from: a folder, or the package's"
    )
    parser.add_argument("--epochs", type=int, default=Recipe().epochs)
    parser.add_argument("--threads", type=int, default=2)
    options = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    if options.output.exists():
        parser.error(f"{options.output} is there already: name another folder")
    torch.set_num_threads(options.threads)
    onepass = load_onepass(options.model, threads=options.threads)
    heads = Heads(onepass, Recipe(epochs=options.epochs))
    learnt, kept = parted(texts_in(options.corrected, onepass))
    log.info("%d articles to learn from, %d kept back", len(learnt), len(kept))
    costs, best = adapt(heads, learnt, kept)
    if not best:
        parser.exit(1, f"no epoch did better on the articles kept back: {onepass.label} stays\n")
    told = (
        f"Heads of {onepass.label} trained on {len(learnt)} corrected articles, {best} epochs. On "
        f"{len(kept)} others they cost {costs[best]:.4f}, before {costs[0]:.4f}."
    )
    save(heads, told, options.output)
    log.info("%s Wrote %s", told, options.output)


if __name__ == "__main__":
    main()
