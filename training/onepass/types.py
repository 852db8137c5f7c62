"""Score the exported head that types events on the marked sentences that training held back.

The figures mean something for weights trained with --hold-back alone.

Example: python -m training.onepass.types plv_train.jsonl --onepass reader --types types
"""

from __future__ import annotations

import argparse
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from onrecord.codebook import load_codebook
from onrecord.evaluate import TypeScore, score_types, type_lines
from onrecord.extraction.events.trained import EventModel, load_event_model, mark, window_of
from onrecord.onepass import OnePass, load_onepass
from training.onepass.calibration import calibration_error
from training.onepass.marked import ROOTS, Item, held_back, read_marked
from training.packing import report

COOLEST, HOTTEST = 0.3, 3.0  # temperatures that are tried

Floats = NDArray[np.float32]
Inputs = Mapping[str, NDArray[Any]]


def inputs_of(item: Item, onepass: OnePass) -> Inputs:
    """Return what the head takes for a sentence: the last layer's states, and who is a party."""
    marked = mark(item.text, item.actor, item.recipient, onepass.split)
    states = onepass.read_window(window_of(marked)).scores["states"]
    return {"states": states[None, :, states.shape[1] // 2 :], "roles": marked.roles[None]}


def root_scores(model: EventModel, items: Sequence[Item]) -> Floats:
    """Return the root scores (items, roots) of the package's model."""
    rows = [model.head.run(inputs_of(item, model.onepass))[0][0] for item in items]
    scores: Floats = np.stack(rows)
    return scores


def scored(items: Sequence[Item], scores: Floats) -> TypeScore:
    """Return how the likeliest roots compare with the items' own."""
    wanted = [ROOTS[item.root] for item in items]
    found = [ROOTS[best] for best in scores.argmax(1)]
    return score_types(wanted, found, load_codebook().plover)


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


def error_of(items: Sequence[Item], chances: Floats) -> float:
    """Return the expected calibration error of the likeliest roots."""
    right = chances.argmax(1) == [item.root for item in items]
    return calibration_error(chances.max(1).astype(np.float64), right)


def main() -> None:
    """Parse the command line and print the scores."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("plv", type=Path, help="PLV's training side")
    parser.add_argument("--onepass", default="reader", help="the exported one-pass model")
    parser.add_argument("--types", default="types", help="the exported head")
    options = parser.parse_args()
    model = load_event_model(load_onepass(options.onepass), options.types)
    items = held_back(read_marked(options.plv))
    scores = root_scores(model, items)
    report("\n".join(type_lines(scored(items, scores))))
    before, after = (error_of(items, chances_of(scores, at)) for at in (1.0, model.temperature))
    report(f"calibration error {before:.3f}, {after:.3f} with temperature {model.temperature}")


if __name__ == "__main__":
    main()
