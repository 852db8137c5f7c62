"""Fit the probability that a found attribution's content is right, on development data.

The fit is written into the config.json of an exported model.

Example: python -m training.calibrate out polnear/dev --vocabulary VOCAB --scorer S.py
"""

import argparse
import random
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
from numpy.typing import NDArray

from onrecord.extraction.attribution.decoding import Calibration, Decoding
from onrecord.extraction.attribution.windows import WINDOW
from onrecord.extraction.attribution.wordpieces import WordPieces
from training.evaluate import Scored, predictions, report, score_documents
from training.export import write_config
from training.predict import load_predictor
from training.tune import load_scorer, show

Doubles = NDArray[np.float64]
RIDGE = 1.0
BINS = 10
LOW_CUE = 0.1  # candidates from here on are learnt from


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
        weights -= np.linalg.solve(curve, gradient)
    slopes = weights[1:] / spread
    return Calibration(float(weights[0] - slopes @ mean), tuple(float(s) for s in slopes))


def error(scores: Doubles, right: Doubles) -> float:
    """Return the expected calibration error over equal bins of the score."""
    bins = np.minimum((scores * BINS).astype(int), BINS - 1)
    gaps = [
        abs(scores[bins == b].sum() - right[bins == b].sum())
        for b in range(BINS)
        if (bins == b).any()
    ]
    return float(sum(gaps) / len(scores))


def labelled(
    scorer: ModuleType, gold: Sequence[Any], documents: Sequence[Scored], settings: Decoding
) -> tuple[Doubles, Doubles, Doubles]:
    """Return features, whether the content was matched, and scores of all that is found."""
    features, right, scores = [], [], []
    by_name = {document.doc: document for document in documents}
    for item in gold:
        (row,) = predictions([by_name[item["doc"]]], settings)
        found: Any = row["attributions"]
        _, detail = scorer.score_doc(item, found, detail=True)
        matched = {p for _, p in detail["match_content"]}
        for number, attribution in enumerate(found):
            features.append(attribution["features"])
            scores.append(attribution["score"])
            right.append(float(number in matched))
    return np.array(features), np.array(right), np.array(scores)


def main() -> None:
    """Parse the command line, fit, and report cross-fitted figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("model", type=Path, help="weights (.pt) or the folder of an exported model")
    parser.add_argument("gold", type=Path, help="with text/ and attributions/")
    parser.add_argument("--vocabulary", type=Path, required=True)
    parser.add_argument("--scorer", type=Path, required=True, help="score_attribution.py")
    options = parser.parse_args()
    split = WordPieces.load(options.vocabulary)
    documents = score_documents(options.gold, split, load_predictor(options.model), size=WINDOW)
    scorer = load_scorer(options.scorer)
    gold = list(scorer.load_polnear(str(options.gold), "first"))
    low = Decoding(cue=LOW_CUE, keep=0.0)
    random.Random(1).shuffle(gold)
    halves = gold[::2], gold[1::2]
    fitted = [fit(*labelled(scorer, half, documents, low)[:2]) for half in halves]
    for keep in (0.3, 0.35, 0.4, 0.45, 0.5):
        rows, rights, scores = [], [], []
        for half, other in zip(halves, reversed(fitted), strict=True):
            settings = replace(low, keep=keep, calibration=other)
            own = {item["doc"] for item in half}
            kept = [document for document in documents if document.doc in own]
            rows += scorer.score(
                half, {r["doc"]: r["attributions"] for r in predictions(kept, settings)}
            )
            _, right, score = labelled(scorer, half, documents, settings)
            rights.append(right)
            scores.append(score)
        report(f"keep {keep}: {show(scorer.summarize(rows))}")
        report(f"  calibration error {error(np.concatenate(scores), np.concatenate(rights)):.4f}")
    features, right, _ = labelled(scorer, gold, documents, low)
    calibration = fit(features, right)
    report(f"on all: {calibration}")
    if options.model.is_dir():
        write_config(options.model, calibration)


if __name__ == "__main__":
    main()
