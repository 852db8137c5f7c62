"""Choose how statements are decoded, and fit how likely statements and events are right.

What is found goes into the model's config.json: under "statements" the decoding settings with
their calibration, searched on PolNeAR's development side one setting at a time; under "events"
bias and slope of a logistic regression on the log odds of a trigger's chance, fitted on the
annotated articles that training kept back.

Example: python -m training.onepass.tune out --polnear polnear/dev --articles A.jsonl --gold gold
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import asdict, replace
from itertools import chain
from pathlib import Path

from onrecord.extraction.attribution.decoding import Decoding
from onrecord.onepass import OnePass, load_onepass
from training.onepass.calibration import cross_fitted, fit_on
from training.onepass.scored import KEEP_ALL, Scored, by_name, score_documents, show, tallies_of
from training.onepass.texts import annotated_texts
from training.onepass.triggers import error_of, fit_chances, judged_in, kept_back
from training.packing import add_to_config, report

GRID: dict[str, tuple[float, ...]] = {
    "cue": (0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.4),
    "leave": (0.0, 0.5, 1.0, 1.5, 2.0, 3.0, 4.0),
    "enter": (0.0, 0.5, 1.0, 1.5, 2.0, 3.0, 4.0),
    "edge": (0.0, 0.25, 0.5, 0.75, 1.0, 1.2),
    "nothing": (-1.5, -1.0, -0.5, -0.3, 0.0, 0.3, 0.5),
    "source": (0.02, 0.05, 0.1, 0.15, 0.25, 0.4),
}
GOALS = {"content": 1.0, "content+source": 1.0, "content exact": 0.5}
LEVELS = (0.0, 0.2, 0.3, 0.4, 0.5)  # of the least score, shown to choose from
ROUNDS = 2


def goal(documents: Sequence[Scored], settings: Decoding) -> float:
    """Return what the search maximises: the sum of three F1, exact content at half weight."""
    found = by_name(tallies_of(documents, settings))
    return sum(weight * found[name].f1 for name, weight in GOALS.items())


def search(documents: Sequence[Scored], settings: Decoding, rounds: int = ROUNDS) -> Decoding:
    """Change one setting at a time as long as that helps."""
    best = goal(documents, settings)
    for _ in range(rounds):
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


def tune_statements(model: OnePass, gold: Path, keep: float, rounds: int) -> None:
    """Write the decoding of statements into a model's config.json."""
    documents = score_documents(gold, model)
    report(f"before: {show(tallies_of(documents, KEEP_ALL))}")
    settings = search(documents, KEEP_ALL, rounds)
    report(f"searched: {show(tallies_of(documents, settings))}")
    for level in LEVELS:
        found = cross_fitted(documents, replace(settings, keep=level))
        report(f"keep {level}: calibration error {found.error:.4f} | {show(found.tallies)}")
    settings = replace(settings, keep=keep, calibration=fit_on(documents, settings))
    report(str(settings))
    add_to_config(model.model.folder, "statements", asdict(settings))


def tune_events(model: OnePass, articles: Sequence[Path], gold: Sequence[Path]) -> None:
    """Write the calibration of events into a model's config.json."""
    texts = kept_back(list(annotated_texts(articles, gold, model.split)))
    by_text = judged_in(texts, model)
    halves = [list(chain.from_iterable(by_text[number::2])) for number in range(2)]
    errors = [error_of(halves[n], fit_chances(halves[1 - n])) for n in range(2)]
    found = [one for half in halves for one in half]
    fitted = fit_chances(found)
    report(
        f"{len(found)} triggers of {len(texts)} articles, {sum(one.right for one in found)} right: "
        f"calibration error of each half after a fit on the other {errors[0]:.3f}, {errors[1]:.3f}"
    )
    score = {"bias": fitted.bias, "weights": {"mean": fitted.weights[0]}}
    report(str(score))
    add_to_config(
        model.model.folder, "events", model.model.config.get("events", {}) | {"score": score}
    )


def main() -> None:
    """Parse the command line; each part runs where its data is named."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("model", help="the folder of an exported model, trained with --hold-back")
    parser.add_argument("--polnear", type=Path, help="folder of PolNeAR's development side")
    parser.add_argument("--articles", type=Path, nargs="*", default=[], help="JSON lines")
    parser.add_argument("--gold", type=Path, nargs="*", default=[], help="folders of annotations")
    parser.add_argument(
        "--keep", type=float, default=Decoding().keep, help="least score of a statement"
    )
    parser.add_argument("--rounds", type=int, default=ROUNDS, help="of the search")
    parser.add_argument("--threads", type=int, default=1)
    options = parser.parse_args()
    model = load_onepass(options.model, threads=options.threads)
    if options.polnear:
        tune_statements(model, options.polnear, options.keep, options.rounds)
    if options.articles:
        tune_events(model, options.articles, options.gold)


if __name__ == "__main__":
    main()
