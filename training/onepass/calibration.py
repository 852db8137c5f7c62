"""How likely what the model finds is right, fitted on texts that it has not learnt from."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from onrecord.evaluate import Tally, matched_contents
from onrecord.extraction.attribution.decoding import Calibration, Decoding
from training.onepass.scored import Scored, predictions, tallies_of

Doubles = NDArray[np.float64]
RIDGE = 1.0
BINS = 10


@dataclass(frozen=True, slots=True)
class Reliability:
    """How far scores can be believed, each text's fitted on the other half of the texts."""

    error: float  # the expected calibration error, 0 to 1
    tallies: tuple[tuple[Tally, ...], ...]  # by text


def fit(features: Doubles, right: Doubles) -> Calibration:
    """Return the logistic regression of `right` (0 or 1) on features (rows, features)."""
    mean, spread = features.mean(0), features.std(0) + 1e-6
    x = np.concatenate([np.ones((len(features), 1)), (features - mean) / spread], 1)
    weights = np.zeros(x.shape[1])
    penalty = np.full(x.shape[1], RIDGE)
    penalty[0] = 1e-3  # so that it stays finite where all or none is right
    for _ in range(30):
        p = 1 / (1 + np.exp(-x @ weights))
        gradient = x.T @ (p - right) + penalty * weights
        curve = (x * (p * (1 - p))[:, None]).T @ x + np.diag(penalty)
        weights -= np.linalg.lstsq(curve, gradient)[0]
    slopes = weights[1:] / spread
    return Calibration(float(weights[0] - slopes @ mean), tuple(float(s) for s in slopes))


def calibration_error(chances: Doubles, right: NDArray[np.bool_]) -> float:
    """Return the expected calibration error, in ten bins of equal width."""
    bins = np.minimum((chances * BINS).astype(int), BINS - 1)
    gaps = [abs((chances - right)[bins == one].sum()) for one in range(BINS)]
    return float(sum(gaps) / max(1, len(chances)))


def fit_on(documents: Sequence[Scored], settings: Decoding) -> Calibration:
    """Return the calibration that texts teach; the neutral one if nothing is found there."""
    features: list[tuple[float, ...]] = []
    right: list[bool] = []
    for document in documents:
        found = predictions(document, replace(settings, keep=0.0))
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


def cross_fitted(documents: Sequence[Scored], settings: Decoding) -> Reliability:
    """Return how reliable scores are on texts that they were not fitted on."""
    halves = halves_of(documents)
    chances: list[float] = []
    right: list[bool] = []
    tallies: list[tuple[Tally, ...]] = []
    for half, other in (halves, halves[::-1]):
        fitted = replace(settings, calibration=fit_on(other, settings))
        tallies += tallies_of(half, fitted)
        for document in half:
            found = predictions(document, fitted)
            matched = matched_contents(document.gold, [one.attribution for one in found])
            chances += [one.score for one in found]
            right += [number in matched for number in range(len(found))]
    return Reliability(calibration_error(np.array(chances), np.array(right, bool)), tuple(tallies))
