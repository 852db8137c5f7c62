"""Search the decoding settings on development data, one at a time.

Example: python -m training.tune run/epoch5.pt polnear/dev --vocabulary VOCAB --scorer S.py
"""

import argparse
import importlib.util
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from types import ModuleType
from typing import Any

from onrecord.extraction.attribution.decoding import Decoding
from onrecord.extraction.attribution.windows import WINDOW
from onrecord.extraction.attribution.wordpieces import WordPieces
from training.evaluate import Scored, predictions, report, score_documents
from training.predict import load_predictor

GRID: dict[str, tuple[float, ...]] = {
    "cue": (0.25, 0.3, 0.35, 0.4, 0.45, 0.5),
    "leave": (0.0, 0.5, 1.0, 1.5, 2.0, 3.0, 4.0),
    "enter": (0.0, 0.5, 1.0, 1.5, 2.0, 3.0, 4.0),
    "edge": (0.0, 0.25, 0.5, 0.75, 1.0),
    "nothing": (-1.5, -1.0, -0.5, 0.0, 0.5),
    "source": (0.02, 0.05, 0.1, 0.15, 0.25, 0.4),
}
GOALS = ("content@T", "content+source@T", "content-exact")


def load_scorer(path: Path) -> ModuleType:
    """Return the scorer, a module in one file."""
    spec = importlib.util.spec_from_file_location("score_attribution", path)
    if spec is None or spec.loader is None:
        raise ValueError(f"{path} is not a Python file")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def measure(
    scorer: ModuleType, gold: Sequence[Any], documents: Sequence[Scored], settings: Decoding
) -> dict[str, Any]:
    """Return the scorer's summary of one decoding."""
    rows = {str(row["doc"]): row["attributions"] for row in predictions(documents, settings)}
    summary: dict[str, Any] = scorer.summarize(scorer.score(gold, rows))
    return summary


def goal(summary: dict[str, Any]) -> float:
    """Return what the search maximises: the sum of three F1, exact content at half weight."""
    weights = (1.0, 1.0, 0.5)
    return sum(w * float(summary[name]["F1"]) for name, w in zip(GOALS, weights, strict=True))


def search(
    scorer: ModuleType, gold: Sequence[Any], documents: Sequence[Scored], settings: Decoding
) -> Decoding:
    """Change one setting at a time as long as that helps."""
    best = goal(measure(scorer, gold, documents, settings))
    for _ in range(2):
        before = settings
        for name, values in GRID.items():
            for value in values:
                trial = replace(settings, **{name: value})  # type: ignore[arg-type]
                if trial == settings:
                    continue
                found = goal(measure(scorer, gold, documents, trial))
                if found > best + 1e-5:
                    best, settings = found, trial
        if settings == before:
            break
    return settings


def show(summary: dict[str, Any]) -> str:
    """Return the chief figures in a line."""
    names = {
        "content@T": "content", "content+source@T": "content+source", "content-exact": "exact",
        "source-token": "source tokens", "cue-token": "cue tokens",
        "content-token": "content tokens", "source-span-exact": "source spans",
        "content-span-exact": "content spans",
    }  # fmt: skip
    parts = [f"{name} {100 * summary[key]['F1']:.2f}" for key, name in names.items()]
    content = summary["content@T"]
    parts.append(f"P {100 * content['P']:.1f} R {100 * content['R']:.1f}")
    for kind in ("direct-mixed", "indirect"):
        parts.append(f"{kind} {100 * summary[f'content@T recall {kind}']['R']:.1f}")
    return " | ".join(parts)


def main() -> None:
    """Parse the command line and print the best settings found."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("model", type=Path, help="weights (.pt) or the folder of an exported model")
    parser.add_argument("gold", type=Path, help="with text/ and attributions/")
    parser.add_argument("--vocabulary", type=Path, required=True)
    parser.add_argument("--scorer", type=Path, required=True, help="score_attribution.py")
    parser.add_argument("--window", type=int, default=WINDOW)
    parser.add_argument("--search", action="store_true")
    options = parser.parse_args()
    split = WordPieces.load(options.vocabulary)
    predictor = load_predictor(options.model)
    documents = score_documents(options.gold, split, predictor, size=options.window)
    scorer = load_scorer(options.scorer)
    gold = list(scorer.load_polnear(str(options.gold), "first"))
    settings = Decoding()
    report(show(measure(scorer, gold, documents, settings)))
    if options.search:
        settings = search(scorer, gold, documents, settings)
        report(str(settings))
        report(show(measure(scorer, gold, documents, settings)))


if __name__ == "__main__":
    main()
