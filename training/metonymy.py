"""Train the metonymy model on ReLocaR, and measure it by cross-validation.

Example: python -m training.metonymy RELOCAR/ReLocaR_Train.xml src/onrecord/data/models/metonymy

The features are the package's own, and so are the states, of the attribution model that the package
ships: when that changes, train again. Folds keep a sentence's names together.
"""

import argparse
import json
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import unescape
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, hstack
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedGroupKFold
from sklearn.preprocessing import StandardScaler

from onrecord.annotate import load_pipeline, parse
from onrecord.codebook import load_codebook
from onrecord.extraction.attribution import load_attribution_model, word_states
from onrecord.resolve.metonymy.features import FeatureReader
from onrecord.resolve.metonymy.model import DECIMALS, WEIGHTS, Weights
from onrecord.resolve.metonymy.names import states_of

VERSION = "1"  # of the model; another one for any change of what it says
LEAST = 2  # names a feature has to stand with
STRENGTH = 0.3  # inverse of the L2 penalty
STATE_SCALE = 0.1  # of a state after standardising, beside features that are 0 or 1
FOLDS = 5
SEEDS = range(5)
SHOWN = 20  # errors printed

_SAMPLE = re.compile(r'<sample number="\d+">(.*?)</sample>', re.DOTALL)
_NAME = re.compile(r'<loc reading="(\w+)">(.*?)</loc>', re.DOTALL)


@dataclass(frozen=True, slots=True)
class Marked:
    """A sentence with one place name marked."""

    text: str
    start: int
    end: int
    metonymic: bool


@dataclass(frozen=True, slots=True)
class Example:
    """What the model reads of a marked name."""

    marked: Marked
    features: frozenset[str]
    states: NDArray[np.float32]


def read_relocar(path: Path) -> Iterator[Marked]:
    """Yield the sentences of a ReLocaR file."""
    for sample in _SAMPLE.findall(path.read_text("utf8")):
        found = _NAME.search(sample)
        if found is None:
            continue
        before = unescape(sample[: found.start()]).lstrip()
        name, after = unescape(found[2]), unescape(sample[found.end() :]).rstrip()
        start, end = len(before), len(before) + len(name)
        yield Marked(before + name + after, start, end, found[1] != "lit")


def examples_of(sentences: Sequence[Marked]) -> list[Example]:
    """Return what the model reads of each name."""
    nlp, codebook = load_pipeline(), load_codebook()
    encoder = load_attribution_model("attribution")
    found = []
    for marked in sentences:
        doc = parse(marked.text, nlp)
        name = doc.char_span(marked.start, marked.end, alignment_mode="expand")
        states = word_states(tuple(encoder.read(marked.text)))
        if name is None or states is None:
            raise ValueError(f"no word at {marked.start} to {marked.end} of {marked.text!r}")
        features = FeatureReader(doc, codebook).features(name)
        found.append(Example(marked, features, states_of(name, states)))
    return found


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
    right = [example.marked.metonymic for example in examples]
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
    right = np.array([example.marked.metonymic for example in examples])
    scores, wrong = [], Counter[int]()
    for seed in SEEDS:
        folds = StratifiedGroupKFold(FOLDS, shuffle=True, random_state=seed)
        for train, test in folds.split(examples, right, groups):
            model = fit([examples[place] for place in train], encoded=encoded)
            missed = [place for place in test if _says(model, examples[place]) != right[place]]
            scores.append(1 - len(missed) / len(test))
            wrong.update(int(place) for place in missed)
    return scores, wrong


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
        near = marked.text[max(0, marked.start - 60) : marked.end + 60]
        print(f"{count} {'met' if marked.metonymic else 'lit'} {near!r}")  # noqa: T201


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
    arguments = parser.parse_args()
    examples = examples_of(list(read_relocar(arguments.relocar)))
    for encoded in (False, True):
        report(examples, encoded=encoded)
    if arguments.folder is not None:
        with_states, parsed = fit(examples, encoded=True), fit(examples, encoded=False)
        write_weights(with_states, parsed, arguments.folder)


if __name__ == "__main__":
    main()
