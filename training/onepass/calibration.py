"""Fit the probability that a found attribution's content is right, on development data.

The fit is written into the config.json of an exported model.

Example: python -m training.calibrate out polnear/dev --vocabulary VOCAB
"""

import argparse
import random
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from onrecord.evaluate import Tally, add_tallies, matched_contents
from onrecord.extraction.attribution.decoding import Calibration, Decoding
from onrecord.onepass.wordpieces import WordPieces
from training.evaluate import KEEP_ALL, Scored, predictions, report, score_documents, tallies_of
from training.export import write_config
from training.predict import load_predictor
from training.tune import show

Doubles = NDArray[np.float64]
RIDGE = 1.0
BINS = 10

LEVELS = (0.0, 0.2, 0.3, 0.4, 0.5)  # of the least score, to choose from


@dataclass(frozen=True, slots=True)
class Bin:
    """The found attributions whose score is in one tenth of its range."""

    count: int
    score: float  # the mean
    right: float  # the share whose content is right


@dataclass(frozen=True, slots=True)
class Reliability:
    """How far scores can be believed, each text's fitted on the other half of the texts."""

    bins: tuple[Bin, ...]  # those that hold something, from low to high scores
    tallies: tuple[Tally, ...]

    @property
    def error(self) -> float:
        """The expected calibration error, 0 to 1."""
        total = sum(one.count for one in self.bins)
        return sum(one.count * abs(one.score - one.right) for one in self.bins) / max(1, total)


def fit(features: Doubles, right: Doubles) -> Calibration:
    """Return the logistic regression of `right` (0 or 1) on features (rows, features)."""
    mean, spread = features.mean(0), features.std(0) + 1e-6
    x = np.concatenate([np.ones((len(features), 1)), (features - mean) / spread], 1)
    weights = np.zeros(x.shape[1])
    penalty = np.full(x.shape[1], RIDGE)
    penalty[0] = 0.0
    for _ in range(30):
        p = 1 / (1 + np.exp(-x @ weights))
        gradient = x.T @ (p - right) + penalty * weights
        curve = (x * (p * (1 - p))[:, None]).T @ x + np.diag(penalty)
        weights -= np.linalg.lstsq(curve, gradient)[0]
    slopes = weights[1:] / spread
    return Calibration(float(weights[0] - slopes @ mean), tuple(float(s) for s in slopes))


def fit_on(documents: Sequence[Scored]) -> Calibration:
    """Return the calibration that these texts teach; the neutral one if nothing is found there."""
    features: list[tuple[float, ...]] = []
    right: list[bool] = []
    for document in documents:
        found = predictions(document, KEEP_ALL)
        matched = matched_contents(document.gold, [one.attribution for one in found])
        features += [one.features for one in found]
        right += [number in matched for number in range(len(found))]
    if not features:
        return Calibration()
    return fit(np.array(features), np.array(right, float))


def halves_of(documents: Sequence[Scored]) -> tuple[list[Scored], list[Scored]]:
    """Return the texts in two halves, drawn the same way every time."""
    mixed = sorted(documents, key=lambda document: document.gold.name)
    random.Random(1).shuffle(mixed)
    return mixed[::2], mixed[1::2]


def cross_fitted(documents: Sequence[Scored], keep: float = Decoding().keep) -> Reliability:
    """Return how reliable scores are on texts that they were not fitted on."""
    halves = halves_of(documents)
    pairs: list[tuple[float, bool]] = []
    tallies: list[tuple[Tally, ...]] = []
    for half, other in (halves, halves[::-1]):
        settings = replace(KEEP_ALL, keep=keep, calibration=fit_on(other))
        tallies += tallies_of(half, settings)
        for document in half:
            found = predictions(document, settings)
            matched = matched_contents(document.gold, [one.attribution for one in found])
            pairs += [(one.score, number in matched) for number, one in enumerate(found)]
    return Reliability(bins_of(pairs), add_tallies(tallies))


def bins_of(pairs: Sequence[tuple[float, bool]]) -> tuple[Bin, ...]:
    """Return scores and what became of them in bins of equal width."""
    found = []
    for number in range(BINS):
        own = [pair for pair in pairs if min(int(pair[0] * BINS), BINS - 1) == number]
        if own:
            scores, right = zip(*own, strict=True)
            found.append(Bin(len(own), sum(scores) / len(own), sum(right) / len(own)))
    return tuple(found)


def main() -> None:
    """Parse the command line, fit, and report cross-fitted figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("model", type=Path, help="weights (.pt) or the folder of an exported model")
    parser.add_argument("gold", type=Path, help="with text/ and attributions/")
    parser.add_argument("--vocabulary", type=Path, required=True)
    options = parser.parse_args()
    split = WordPieces.load(options.vocabulary)
    documents = score_documents(options.gold, split, load_predictor(options.model))
    for keep in LEVELS:
        found = cross_fitted(documents, keep)
        report(f"keep {keep}: calibration error {found.error:.4f} | {show(found.tallies)}")
    calibration = fit_on(documents)
    report(f"on all: {calibration}")
    if options.model.is_dir():
        write_config(options.model, calibration)


if __name__ == "__main__":
    main()
