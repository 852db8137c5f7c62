"""Search the decoding settings on development data, one at a time.

Example: python -m training.tune run/epoch5.pt polnear/dev --vocabulary VOCAB
"""

import argparse
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from onrecord.evaluate import Tally, add_tallies
from onrecord.extraction.attribution.decoding import Decoding
from onrecord.onepass.windows import WINDOW
from onrecord.onepass.wordpieces import WordPieces
from training.evaluate import KEEP_ALL, Scored, report, score_documents, tallies_of
from training.predict import load_predictor

GRID: dict[str, tuple[float, ...]] = {
    "cue": (0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.4),
    "leave": (0.0, 0.5, 1.0, 1.5, 2.0, 3.0, 4.0),
    "enter": (0.0, 0.5, 1.0, 1.5, 2.0, 3.0, 4.0),
    "edge": (0.0, 0.25, 0.5, 0.75, 1.0),
    "nothing": (-1.5, -1.0, -0.5, -0.3, 0.0, 0.5),
    "source": (0.02, 0.05, 0.1, 0.15, 0.25, 0.4),
}
GOALS = {"content": 1.0, "content+source": 1.0, "content exact": 0.5}
SHOWN = (*GOALS, "source words", "cue words", "content words", "source pieces", "content pieces")


def by_name(tallies: Sequence[Tally]) -> dict[str, Tally]:
    """Return tallies by their names."""
    return {tally.name: tally for tally in tallies}


def goal(documents: Sequence[Scored], settings: Decoding) -> float:
    """Return what the search maximises: the sum of three F1, exact content at half weight."""
    found = by_name(add_tallies(tallies_of(documents, settings)))
    return sum(weight * found[name].f1 for name, weight in GOALS.items())


def search(documents: Sequence[Scored], settings: Decoding) -> Decoding:
    """Change one setting at a time as long as that helps."""
    best = goal(documents, settings)
    for _ in range(2):
        before = settings
        for name, values in GRID.items():
            for value in values:
                trial = replace(settings, **{name: value})  # type: ignore[arg-type]
                if trial == settings:
                    continue
                found = goal(documents, trial)
                if found > best + 1e-5:
                    best, settings = found, trial
        if settings == before:
            break
    return settings


def show(tallies: Sequence[Tally]) -> str:
    """Return the chief figures in a line."""
    found = by_name(tallies)
    parts = [f"{name} {100 * found[name].f1:.2f}" for name in SHOWN]
    content = found["content"]
    parts.append(f"P {100 * content.precision:.1f} R {100 * content.recall:.1f}")
    for kind in ("direct and mixed", "indirect"):
        parts.append(f"{kind} {100 * found[f'content, {kind}'].recall:.1f}")
    return " | ".join(parts)


def main() -> None:
    """Parse the command line and print the best settings found."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("model", type=Path, help="weights (.pt) or the folder of an exported model")
    parser.add_argument("gold", type=Path, help="with text/ and attributions/")
    parser.add_argument("--vocabulary", type=Path, required=True)
    parser.add_argument("--window", type=int, default=WINDOW)
    options = parser.parse_args()
    split = WordPieces.load(options.vocabulary)
    predictor = load_predictor(options.model)
    documents = score_documents(options.gold, split, predictor, size=options.window)
    report(show(add_tallies(tallies_of(documents, KEEP_ALL))))
    settings = search(documents, KEEP_ALL)
    report(str(settings))
    report(show(add_tallies(tallies_of(documents, settings))))


if __name__ == "__main__":
    main()
