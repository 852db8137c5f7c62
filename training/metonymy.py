"""Train the metonymy model on ReLocaR, and measure it by cross-validation.

Example: python -m training.metonymy RELOCAR/ReLocaR_Train.xml src/onrecord/data/models/metonymy

The features are the package's own, and so are the states, of the model that reads texts once: when
that changes, train again. Folds keep a sentence's names together.
"""

import argparse
import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, hstack
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedGroupKFold
from sklearn.preprocessing import StandardScaler

from onrecord.annotate import annotate, load_english
from onrecord.codebook import load_codebook
from onrecord.evaluate import (
    MarkedName,
    NameScore,
    read_relocar,
    score_name,
    sense_lines,
    sense_tallies,
    tally_lines,
)
from onrecord.onepass import load_onepass
from onrecord.pipeline import extract, load_tools
from onrecord.reading import article_from_text
from onrecord.resolve.metonymy.features import FeatureReader
from onrecord.resolve.metonymy.model import DECIMALS, WEIGHTS, MetonymyModel, Weights
from onrecord.resolve.metonymy.names import states_of
from onrecord.settings import DEFAULTS

VERSION = "3"  # of the model; another one for any change of what it says
LEAST = 2  # names a feature has to stand with
STRENGTH = 0.3  # inverse of the L2 penalty
STATE_SCALE = 0.1  # of a state after standardising, beside features that are 0 or 1
FOLDS = 5
SEEDS = range(5)
SHOWN = 20  # errors printed


@dataclass(frozen=True, slots=True)
class Example:
    """What the model reads of a marked name."""

    marked: MarkedName
    features: frozenset[str]
    states: NDArray[np.float32]


def examples_of(sentences: Sequence[MarkedName]) -> list[Example]:
    """Return what the model reads of each name."""
    nlp, codebook, onepass = load_english(), load_codebook(), load_onepass(DEFAULTS.model)
    found = []
    for marked in sentences:
        reading = onepass.read(marked.text)
        doc = annotate(marked.text, reading, nlp)
        name = doc.char_span(marked.span.start, marked.span.end, alignment_mode="expand")
        if name is None or reading.states is None:
            raise ValueError(f"no word at {marked.span} of {marked.text!r}")
        features = FeatureReader(doc, codebook).features(name)
        found.append(Example(marked, features, states_of(name, reading.states)))
    return found


def _is_metonym(example: Example) -> bool:
    return example.marked.sense == "metonymic"


def fit(examples: Sequence[Example], *, encoded: bool) -> Weights:
    """Return the weights that examples give, with or without the encoder's states."""
    counts = Counter(name for example in examples for name in example.features)
    names = sorted(name for name, count in counts.items() if count >= LEAST)
    column = {name: position for position, name in enumerate(names)}
    cells = [
        (row, column[name])
        for row, example in enumerate(examples)
        for name in example.features
        if name in column
    ]
    rows, columns = zip(*cells, strict=True)
    matrix = csr_matrix((np.ones(len(cells)), (rows, columns)), (len(examples), len(names)))
    scaler = None
    if encoded:
        states = np.stack([example.states for example in examples])
        scaler = StandardScaler().fit(states)
        matrix = hstack([matrix, STATE_SCALE * scaler.transform(states)]).tocsr()
    right = [_is_metonym(example) for example in examples]
    model = LogisticRegression(C=STRENGTH, solver="liblinear", max_iter=1000, random_state=0)
    model.fit(matrix, right)
    weights, bias = model.coef_[0], float(model.intercept_[0])
    named = dict(zip(names, weights, strict=False))
    if scaler is None:
        return Weights(bias, named)
    own = STATE_SCALE * weights[len(names) :] / scaler.scale_
    return Weights(bias - float(own @ scaler.mean_), named, own)


def cross_validate(
    examples: Sequence[Example], *, encoded: bool
) -> tuple[list[float], Counter[int]]:
    """Return the accuracy of each fold for each seed, and how often each example was wrong."""
    sentences = {example.marked.text: None for example in examples}
    group = {text: number for number, text in enumerate(sentences)}
    groups = [group[example.marked.text] for example in examples]
    right = np.array([_is_metonym(example) for example in examples])
    scores, wrong = [], Counter[int]()
    for seed in SEEDS:
        folds = StratifiedGroupKFold(FOLDS, shuffle=True, random_state=seed)
        for train, test in folds.split(examples, right, groups):
            model = fit([examples[place] for place in train], encoded=encoded)
            missed = [place for place in test if _says(model, examples[place]) != right[place]]
            scores.append(1 - len(missed) / len(test))
            wrong.update(int(place) for place in missed)
    return scores, wrong


def decide_all(examples: Sequence[Example]) -> list[NameScore]:
    """Return how whole records, rules included, read names whose sentences the model has not seen.

    One seed's folds.
    """
    texts = {example.marked.text: None for example in examples}
    group = {text: number for number, text in enumerate(texts)}
    groups = [group[example.marked.text] for example in examples]
    right = [_is_metonym(example) for example in examples]
    folds = StratifiedGroupKFold(FOLDS, shuffle=True, random_state=SEEDS[0])
    tools, scores = load_tools(), []
    for train, test in folds.split(examples, right, groups):
        seen = [examples[place] for place in train]
        model = MetonymyModel(
            label="fold", encoded=fit(seen, encoded=True), parsed=fit(seen, encoded=False)
        )
        own = replace(tools, metonymy=model)
        for marked in (examples[place].marked for place in test):
            scores.append(score_name(marked, extract(article_from_text(marked.text), tools=own)))
    return scores


def _says(model: Weights, example: Example) -> bool:
    return model.probability(example.features, example.states) >= 0.5


def report(examples: Sequence[Example], *, encoded: bool) -> None:
    """Print the accuracy of cross-validation and the names that are wrong most often."""
    scores, wrong = cross_validate(examples, encoded=encoded)
    by_seed = np.mean(np.reshape(scores, (-1, FOLDS)), 1)
    print(  # noqa: T201
        f"{'parse and encoder' if encoded else 'parse alone'}: {len(examples)} names, {FOLDS} "
        f"folds: accuracy {np.mean(scores):.4f} (standard deviation of folds "
        f"{np.std(scores):.4f}, of {len(by_seed)} seeds {min(by_seed):.4f} to {max(by_seed):.4f})"
    )
    for place, count in wrong.most_common(SHOWN):
        marked = examples[place].marked
        near = marked.text[max(0, marked.span.start - 60) : marked.span.end + 60]
        print(f"{count} {marked.sense} {near!r}")  # noqa: T201


def write_weights(encoded: Weights, parsed: Weights, folder: Path) -> None:
    """Write weights.json."""
    document = {
        "name": "metonymy-model",
        "version": VERSION,
        "encoded": _stored(encoded),
        "parsed": _stored(parsed),
    }
    folder.mkdir(parents=True, exist_ok=True)
    text = json.dumps(document, ensure_ascii=False, indent=0)
    (folder / WEIGHTS).write_text(text + "\n", "utf8")


def _stored(weights: Weights) -> dict[str, object]:
    """Return weights as they are written; those that round to nothing are left out."""
    rounded = {name: round(weight, DECIMALS) for name, weight in weights.features.items()}
    states = weights.states
    return {
        "bias": round(weights.bias, DECIMALS),
        "features": {name: weight for name, weight in rounded.items() if weight},
        "states": None if states is None else [float(f"{weight:.5g}") for weight in states],
    }


def main() -> None:
    """Cross-validate, then train on everything."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("relocar", type=Path, help="ReLocaR_Train.xml")
    parser.add_argument("folder", type=Path, nargs="?", help="where to write the weights")
    parser.add_argument("--detail", action="store_true", help="list the errors of whole records")
    arguments = parser.parse_args()
    examples = examples_of(list(read_relocar(arguments.relocar)))
    for encoded in (False, True):
        report(examples, encoded=encoded)
    scores = decide_all(examples)
    print("\nwhole records, one seed, each sentence out of its fold:")  # noqa: T201
    lines = [*tally_lines(sense_tallies(scores)), *sense_lines(scores, detail=arguments.detail)]
    print("\n".join(lines))  # noqa: T201
    if arguments.folder is not None:
        with_states, parsed = fit(examples, encoded=True), fit(examples, encoded=False)
        write_weights(with_states, parsed, arguments.folder)


if __name__ == "__main__":
    main()
