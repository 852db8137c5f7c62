"""Cross-validate the event model on marked sentences: macro F1 of root types and of quads.

Example: python -m training.events marked.jsonl --minilm model.safetensors --vocabulary vocab.txt \
    --own training/data/events.jsonl --stories stories.csv --seeds 1 2 3
"""

import argparse
import random
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from numpy.typing import NDArray

from onrecord.codebook import load_codebook
from onrecord.evaluate import TypeScore, macro_f1, score_types, type_lines
from onrecord.models import GRAPH
from training.evaluate import report
from training.event_corpus import Corpus, add_options, read_corpus, recipe_of, start_of
from training.event_data import ROOTS, Item
from training.event_examples import Example, Floats
from training.event_export import graph_scores, write_graph
from training.event_model import EventModel
from training.event_train import Recipe, mean_of, root_scores, train

FOLDS = 5
FOLD_SEED = 7
BINS = 10
COOLEST, HOTTEST = 0.3, 3.0  # temperatures that are tried


def folds_of(items: Sequence[Item]) -> NDArray[np.int64]:
    """Return each item's fold; a sentence is never in two."""
    texts = sorted({item.text for item in items})
    random.Random(FOLD_SEED).shuffle(texts)
    number = {text: place % FOLDS for place, text in enumerate(texts)}
    return np.array([number[item.text] for item in items])


def scored(items: Sequence[Item], scores: Floats) -> TypeScore:
    """Return how the likeliest roots compare with the items' own."""
    wanted = [ROOTS[item.root] for item in items]
    found = [ROOTS[best] for best in scores.argmax(1)]
    return score_types(wanted, found, load_codebook().plover)


def shown(items: Sequence[Item], scores: Floats) -> str:
    """Return macro F1 of roots and of the quads that follow from them, for people."""
    found = scored(items, scores)
    return f"roots {macro_f1(found.roots):.3f} quads {macro_f1(found.quads):.3f}"


def cross_validate(
    corpus: Corpus, recipe: Recipe, start: EventModel, seeds: Sequence[int], run: Sequence[int]
) -> Floats:
    """Return the root scores of each marked example from a model that has not seen its sentence.

    The model has the mean weights of one training per seed, in int8. Only the folds of `run` are
    trained; the scores of others stay nought.
    """
    marked = corpus.marked
    folds = folds_of([example.item for example in marked])
    scores = np.zeros((len(marked), len(ROOTS)), np.float32)
    for fold in run:
        held = [place for place, its in enumerate(folds) if its == fold]
        examples = [marked[place] for place in held]
        items = [example.item for example in examples]
        keys = {item.key for item in items}
        taught = [e for e in (*marked, *corpus.own) if e.item.key not in keys]
        models = []
        for seed in seeds:
            began = time.monotonic()
            models.append(train(taught, replace(recipe, seed=seed), start, corpus.masked))
            found = shown(items, root_scores(models[-1], examples))
            report(f"  fold {fold} seed {seed}: {found}, {time.monotonic() - began:.0f} s")
        model = mean_of(models)
        report(f"  fold {fold} mean weights: {shown(items, root_scores(model, examples))}")
        scores[held] = int8_scores(model, taught, examples)
        report(f"fold {fold}: {shown(items, scores[held])}")
    return scores


def int8_scores(
    model: EventModel, taught: Sequence[Example], examples: Sequence[Example]
) -> Floats:
    """Return the root scores of examples from the model as it is shipped."""
    with TemporaryDirectory() as folder:
        graph = Path(folder) / GRAPH
        write_graph(model, taught, graph)
        return graph_scores(graph, examples)


def chances_of(scores: Floats, temperature: float = 1.0) -> Floats:
    """Return probabilities for scores (rows, roots)."""
    raised = np.exp((scores - scores.max(1, keepdims=True)) / temperature)
    chances: Floats = raised / raised.sum(1, keepdims=True)
    return chances


def surprise(items: Sequence[Item], chances: Floats) -> float:
    """Return the mean negative logarithm of what the right roots were given."""
    right = chances[np.arange(len(items)), [item.root for item in items]]
    return float(-np.log(right + 1e-9).mean())


def best_temperature(items: Sequence[Item], scores: Floats) -> float:
    """Return the temperature at which the right roots surprise least."""
    tried = np.geomspace(COOLEST, HOTTEST, 93)
    return float(min(tried, key=lambda one: surprise(items, chances_of(scores, one))))


def calibration_error(items: Sequence[Item], chances: Floats) -> float:
    """Return the expected calibration error of the likeliest roots, in ten bins of equal width."""
    sure, right = chances.max(1), chances.argmax(1) == [item.root for item in items]
    bins = np.minimum((sure * BINS).astype(int), BINS - 1)
    gaps = [abs((sure - right)[bins == one].sum()) for one in range(BINS)]
    return float(sum(gaps) / len(items))


def calibration_line(items: Sequence[Item], scores: Floats) -> str:
    """Return the best temperature, and the error without and with it, for people."""
    found = best_temperature(items, scores)
    before, after = (calibration_error(items, chances_of(scores, at)) for at in (1.0, found))
    return f"temperature {found:.2f}: calibration error {before:.3f} without, {after:.3f} with"


def main() -> None:
    """Cross-validate the mean of the seeds' weights."""
    parser = argparse.ArgumentParser(description=__doc__)
    add_options(parser)
    parser.add_argument("--folds", type=int, nargs="+", default=list(range(FOLDS)), help="of five")
    options = parser.parse_args()
    corpus = read_corpus(options)
    start = start_of(options, corpus)
    scores = cross_validate(corpus, recipe_of(options), start, options.seeds, options.folds)
    read = np.flatnonzero(scores.any(1)).tolist()
    items, scores = [corpus.marked[place].item for place in read], scores[read]
    report("\n".join(type_lines(scored(items, scores))))
    report(calibration_line(items, scores))


if __name__ == "__main__":
    main()
