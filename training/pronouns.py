r"""Train the ranker of pronouns on texts in GAP's form.

    python -m training.pronouns gap-development.tsv src/onrecord/data/models/pronouns \
        --weights run/epoch7.pt --check training/data/pronouns.jsonl

Only the files named are read. A text's candidates, their features and the states of its words are
those that `extract` sees; networks learn to give the person that the marked name belongs to the
greatest share. Two kinds are written: of the features alone, and of the features with what a head
of two layers makes of the states.
"""

import argparse
import json
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from onrecord.annotate import annotate
from onrecord.evaluate.gap import GapText, read_gap
from onrecord.models import CONFIG, GRAPH
from onrecord.pipeline import Tools, load_tools
from onrecord.resolve.actors.ranker import PARSED, READ
from training.golds import annotated
from training.onepass.texts import is_tune
from training.packing import checksums, report
from training.pronoun_examples import (
    Example,
    Lesson,
    annotated_examples,
    example_of,
    lesson_of,
    read_own,
    scene_of,
)
from training.pronoun_head import VECTOR, Head, loss_of, write_graph
from training.renaming import Names, names_in, renamed

PLAIN_EPOCHS, PLAIN_BATCH, PLAIN_RATE, PLAIN_DECAY = 30, 64, 2e-3, 1e-3
HIDDEN, DROPOUT = 48, 0.4
NETWORKS = 4  # of the features alone
SMALLEST_SCALE = 0.05  # a feature that hardly varies is not blown up
EPOCHS, BATCH, RATE, LAYER_RATE = 2, 16, 1.5e-3, 6e-5  # of the head
COPIES = 2  # of each text, with other names
SEED = 0


def lessons(texts: Iterator[GapText], tools: Tools) -> list[Lesson]:
    """Return the lessons of the texts in which the parse sees the pronoun."""
    found = (
        lesson_of(one, annotate(one.text, tools.onepass.read(one.text), tools.nlp)) for one in texts
    )
    return [lesson for lesson in found if lesson is not None]


def examples_of(given: Iterable[Lesson], tools: Tools) -> list[Example]:
    """Return the examples that lessons make; a lesson whose people are not found makes none."""
    made = (example_of(lesson, tools) for lesson in given)
    return [example for example in made if example is not None]


def copies(given: Sequence[Lesson], names: Names, tools: Tools) -> Iterator[Lesson]:
    """Yield each lesson anew with other people in it, COPIES times."""
    for number, lesson in enumerate(given):
        scene = scene_of(lesson.doc, tools)
        for copy in range(COPIES):
            seed = number * COPIES + copy
            doc = renamed(lesson.doc, scene, names, tools.codebook, seed)
            yield Lesson(doc, lesson.pronoun, lesson.names)


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


def fit_plain(examples: Sequence[Example], scaled: Sequence[Tensor], seed: int) -> Network:
    """Return a network of the scaled features alone, trained from one seed."""
    torch.manual_seed(seed)
    order = np.random.default_rng(seed)
    network = Network(scaled[0].shape[1])
    steps = PLAIN_EPOCHS * (len(examples) // PLAIN_BATCH + 1)
    optimiser = torch.optim.AdamW(network.parameters(), PLAIN_RATE, weight_decay=PLAIN_DECAY)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, PLAIN_RATE, total_steps=steps + 1)
    for _ in range(PLAIN_EPOCHS):
        shuffled = order.permutation(len(examples))
        for start in range(0, len(shuffled), PLAIN_BATCH):
            rows = shuffled[start : start + PLAIN_BATCH]
            scores = network(torch.cat([scaled[i] for i in rows]))
            batch = [examples[i] for i in rows]
            optimiser.zero_grad()
            own = scores.split([len(one.features) for one in batch])
            loss_of(own, network.nobody, batch).backward()  # type: ignore[no-untyped-call]
            optimiser.step()
            schedule.step()
    network.eval()
    return network


def batches(examples: Sequence[Example], order: np.random.Generator) -> list[list[Example]]:
    """Return all examples in batches of like length, in random order."""
    shuffled, found = order.permutation(len(examples)), []
    for start in range(0, len(shuffled), BATCH * 8):
        block = sorted(shuffled[start : start + BATCH * 8], key=lambda i: len(examples[i].states))
        found += [block[i : i + BATCH] for i in range(0, len(block), BATCH)]
    return [[examples[i] for i in found[number]] for number in order.permutation(len(found))]


def fit_head(head: Head, examples: Sequence[Example]) -> None:
    """Train a head in place."""
    torch.manual_seed(SEED)
    order = np.random.default_rng(SEED)
    others = [w for name, w in head.named_parameters() if not name.startswith("layers.layers")]
    groups = [
        {"params": head.layers.layers.parameters(), "weight_decay": 0.01},
        {"params": others, "weight_decay": 0.02},
    ]
    optimiser = torch.optim.AdamW(groups)
    steps = EPOCHS * (-(-len(examples) // BATCH) + 1)
    schedule = torch.optim.lr_scheduler.OneCycleLR(
        optimiser, [LAYER_RATE, RATE], total_steps=steps + 1, pct_start=0.1
    )
    head.train()
    for epoch in range(EPOCHS):
        losses = []
        for batch in batches(examples, order):
            loss = loss_of(head(batch), head.beside.nobody, batch)
            optimiser.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]
            nn.utils.clip_grad_norm_(head.parameters(), 1.0)
            optimiser.step()
            schedule.step()
            losses.append(loss.item())
        report(f"epoch {epoch}: loss {np.mean(losses):.3f}")
    head.eval()


def scale_of(examples: Sequence[Example]) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Return the mean and the scale of each feature."""
    rows = np.concatenate([one.features for one in examples])
    return rows.mean(0), np.maximum(rows.std(0), SMALLEST_SCALE).astype(np.float32)


def write_networks(
    path: Path,
    networks: Sequence[nn.Module],
    mean: NDArray[np.float32],
    scale: NDArray[np.float32],
) -> None:
    """Write networks in the form that `read_networks` reads; what has no scale stays as it is."""

    def stacked(values: Sequence[Tensor]) -> NDArray[np.float32]:
        return np.stack([value.detach().numpy() for value in values])

    inner = stacked([one.get_parameter("inner.weight").T for one in networks])
    more = inner.shape[1] - len(mean)
    np.savez_compressed(
        path,
        mean=np.append(mean, np.zeros(more, np.float32)),
        scale=np.append(scale, np.ones(more, np.float32)),
        inner=inner,
        inner_bias=stacked([one.get_parameter("inner.bias") for one in networks]),
        outer=stacked([one.get_parameter("outer.weight")[0] for one in networks]),
        direct=stacked([one.get_parameter("direct.weight")[0] for one in networks]),
        bias=stacked([one.get_parameter("outer.bias")[0] for one in networks]),
        nobody=stacked([one.get_parameter("nobody")[0] for one in networks]),
    )


def write_config(folder: Path, version: str, encoder: str) -> None:
    """Write config.json: the version, whose states the head reads, and the files' checksums."""
    config = {
        "name": "pronoun-ranker",
        "version": version,
        "encoder": encoder,
        "files": checksums(folder, (GRAPH, PARSED, READ)),
    }
    (folder / CONFIG).write_text(json.dumps(config, indent=1) + "\n", "utf8")


def train(
    examples: Sequence[Example], more: Sequence[Example], weights: Path, folder: Path
) -> Head:
    """Train both kinds of networks, write them with the head's graph, and return the head.

    The features of copies are much like those of their texts: only the head learns from `more`.
    """
    folder.mkdir(parents=True, exist_ok=True)
    mean, scale = scale_of(examples)
    scaled = [torch.from_numpy((one.features - mean) / scale) for one in examples]
    plain = [fit_plain(examples, scaled, seed) for seed in range(NETWORKS)]
    write_networks(folder / PARSED, plain, mean, scale)
    torch.manual_seed(SEED)
    head = Head(mean, scale)
    head.layers.start_from(weights)
    fit_head(head, [*examples, *more])
    write_networks(folder / READ, [head.beside], mean, scale)
    longest = max(examples, key=lambda one: len(one.states))
    gap = write_graph(head.layers, longest.states.astype(np.float32), folder / GRAPH)
    report(f"int8, {VECTOR} values a vector: greatest difference {gap:.3f}")
    return head


@torch.no_grad()
def share_right(head: Head, examples: Sequence[Example]) -> float:
    """Return how often the candidate that a head puts first is meant, of those with one meant."""
    named = [one for one in examples if not one.nobody]
    return float(np.mean([one.meant[int(head([one])[0].argmax())] for one in named]))


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("gap", type=Path, help="the development side of GAP, tab-separated")
    parser.add_argument("output", type=Path, help="the folder to write")
    parser.add_argument("--weights", type=Path, required=True, help="of the one-pass model (.pt)")
    parser.add_argument("--check", type=Path, required=True, help="passages to measure it on")
    parser.add_argument("--version", default="6", help="the version that the model will name")
    parser.add_argument("--articles", type=Path, nargs="*", default=[], help="JSON lines")
    parser.add_argument("--gold", type=Path, nargs="*", default=[], help="folders of annotations")
    options = parser.parse_args()
    tools = load_tools()
    given = lessons(read_gap(options.gap), tools)
    names = names_in([lesson.doc for lesson in given], tools.codebook)
    examples = examples_of(given, tools)
    more = examples_of(copies(given, names, tools), tools)
    report(f"{len(given)} texts, {len(examples)} examples, {len(more)} copies")
    for article, gold in annotated(options.articles, options.gold):
        if not is_tune(gold["id"]):
            examples += annotated_examples(article, gold, tools)
    report(f"{len(examples)} examples with those of annotated articles")
    head = train(examples, more, options.weights, options.output)
    write_config(options.output, options.version, tools.onepass.label)
    held = examples_of(lessons(read_own(options.check), tools), tools)
    report(f"right of {len(held)} passages of our own: {share_right(head, held):.3f}")


if __name__ == "__main__":
    main()
