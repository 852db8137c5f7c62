"""Train the ranker of pronouns on texts in GAP's form, and write it as arrays for numpy.

    python -m training.pronouns gap-development.tsv src/onrecord/data/models/pronouns/ranker.npz

Only the file named is read. A text's candidates and their features are those that `extract` sees;
the ranker learns to give the person that the marked name belongs to the greatest share.
"""

import argparse
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from onrecord.annotate import parse
from onrecord.evaluate.gap import GapText, read_gap
from onrecord.language.quotes import QuotationIndex, find_quotations
from onrecord.pipeline import Tools, load_tools
from onrecord.resolve.actors.cast import read_scene
from onrecord.resolve.actors.scene import Scene

EPOCHS, BATCH, RATE, DECAY = 30, 64, 2e-3, 1e-3
HIDDEN, DROPOUT = 48, 0.4
SMALLEST_SCALE = 0.05  # a feature that hardly varies is not blown up
NETWORKS = 4


@dataclass(frozen=True, slots=True)
class Example:
    """One pronoun: a row of features a candidate, and which of them it may mean."""

    features: NDArray[np.float32]
    meant: NDArray[np.bool_]
    nobody: bool  # neither name is meant: so may somebody be who is no candidate


def example_of(gold: GapText, tools: Tools) -> Example | None:
    """Return the example a text makes; None where its pronoun or the name meant is not found."""
    doc = parse(gold.text, tools.nlp, settings=tools.settings)
    index = QuotationIndex(find_quotations(gold.text))
    scene = read_scene(doc, index, tools.codebook)
    pronoun = next((t for t in doc if t.idx == gold.pronoun.start and t.pos_ == "PRON"), None)
    if pronoun is None:
        return None
    near, features = scene.features(pronoun)
    people = scene.entity[near]
    named = [_people_at(scene, gold, name.span.start, name.span.end) for name in gold.names]
    right = {n for one, name in zip(named, gold.names, strict=True) if name.meant for n in one}
    wrong = {n for one, name in zip(named, gold.names, strict=True) if not name.meant for n in one}
    nobody = not any(name.meant for name in gold.names)
    meant = ~np.isin(people, list(wrong)) if nobody else np.isin(people, list(right - wrong))
    return Example(features, meant, nobody) if nobody or meant.any() else None


def _people_at(scene: Scene, gold: GapText, start: int, end: int) -> set[int]:
    """Return the numbers of the people whose names overlap a stretch of the text."""
    return {
        int(number)
        for found, number in zip(scene.candidates, scene.entity, strict=True)
        if found.form == "name" and (span := found.span(scene.doc)).start < end and start < span.end
    }


class Network(nn.Module):
    """One hidden layer beside a direct one; a learnt score stands for nobody."""

    def __init__(self, width: int) -> None:
        """Make an untrained network."""
        super().__init__()
        self.inner, self.outer = nn.Linear(width, HIDDEN), nn.Linear(HIDDEN, 1)
        self.direct = nn.Linear(width, 1, bias=False)
        self.nobody = nn.Parameter(torch.zeros(1))

    def forward(self, x: Tensor) -> Tensor:
        """Map (candidates, width) to a score each."""
        hidden = torch.relu(self.inner(nn.functional.dropout(x, DROPOUT * 0.3, self.training)))
        hidden = nn.functional.dropout(hidden, DROPOUT, self.training)
        scores: Tensor = (self.outer(hidden) + self.direct(x)).squeeze(-1)
        return scores


def loss_of(network: Network, batch: Sequence[tuple[Tensor, Example]]) -> Tensor:
    """Return the mean negative log share of those that each pronoun may mean."""
    scores = network(torch.cat([x for x, _ in batch])).split([len(x) for x, _ in batch])
    losses = []
    for own, (_, example) in zip(scores, batch, strict=True):
        meant = own[torch.from_numpy(example.meant)]
        if example.nobody:
            meant = torch.cat([meant, network.nobody])
        everyone = torch.cat([own, network.nobody])
        losses.append(everyone.logsumexp(0) - meant.logsumexp(0))
    return torch.stack(losses).mean()


def fit(batchable: Sequence[tuple[Tensor, Example]], seed: int) -> Network:
    """Return a network trained from one seed."""
    torch.manual_seed(seed)
    order = np.random.default_rng(seed)
    network = Network(batchable[0][0].shape[1])
    steps = EPOCHS * (len(batchable) // BATCH + 1)
    optimiser = torch.optim.AdamW(network.parameters(), RATE, weight_decay=DECAY)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, RATE, total_steps=steps + 1)
    for _ in range(EPOCHS):
        shuffled = order.permutation(len(batchable))
        for start in range(0, len(shuffled), BATCH):
            optimiser.zero_grad()
            loss_of(network, [batchable[i] for i in shuffled[start : start + BATCH]]).backward()
            optimiser.step()
            schedule.step()
    network.eval()
    return network


def write(
    path: Path,
    networks: Sequence[Network],
    mean: NDArray[np.float32],
    scale: NDArray[np.float32],
    version: str,
) -> None:
    """Write networks in the form that `read_ranker` reads."""

    def stacked(values: Sequence[Tensor]) -> NDArray[np.float32]:
        return np.stack([value.detach().numpy() for value in values])

    path.parent.mkdir(parents=True, exist_ok=True)
    np.savez_compressed(
        path,
        version=version,
        mean=mean,
        scale=scale,
        inner=stacked([one.inner.weight.T for one in networks]),
        inner_bias=stacked([one.inner.bias for one in networks]),
        outer=stacked([one.outer.weight[0] for one in networks]),
        direct=stacked([one.direct.weight[0] for one in networks]),
        bias=stacked([one.outer.bias[0] for one in networks]),
        nobody=stacked([one.nobody[0] for one in networks]),
    )


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("gap", type=Path, help="the development side of GAP, tab-separated")
    parser.add_argument("output", type=Path, help="the .npz file to write")
    parser.add_argument("--version", default="1", help="the version that rows will name")
    options = parser.parse_args()
    tools = load_tools()
    made = (example_of(gold, tools) for gold in read_gap(options.gap))
    examples = [one for one in made if one is not None and len(one.features)]
    rows = np.concatenate([one.features for one in examples])
    mean, scale = rows.mean(0), np.maximum(rows.std(0), SMALLEST_SCALE)
    ready = [(torch.from_numpy((one.features - mean) / scale), one) for one in examples]
    networks = [fit(ready, seed) for seed in range(NETWORKS)]
    write(options.output, networks, mean, scale, options.version)


if __name__ == "__main__":
    main()
