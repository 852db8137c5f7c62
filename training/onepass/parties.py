"""Fit what decides on the parties of events, on annotated articles that the model has not learnt.

The weights go into the config.json of the exported model, under "events".

Example: python -m training.onepass.parties MODEL --articles articles.jsonl --gold GOLD
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.linear_model import LogisticRegression

from onrecord.extraction.events.events import triggered
from onrecord.extraction.events.parties import PartyFinder
from onrecord.extraction.events.weighing import Weights, features_of
from onrecord.models import CONFIG
from onrecord.pipeline import Tools, draft_of, load_tools
from onrecord.reading import article_from_text
from onrecord.records import Span
from onrecord.settings import DEFAULTS
from training.onepass.labels import FOLDED
from training.onepass.texts import is_check, is_tune
from training.packing import report

Json = Mapping[str, Any]
STRENGTH = 0.02  # inverse of the L2 penalty
FEWEST = 4  # candidates that a feature has to stand with
FOLDS = 5
CAUTION = (
    0.05  # added to the least chance: some triggers are wrong, and all their parties with them
)
LEVELS = tuple(x / 20 for x in range(4, 17))  # least chances to choose from
SIDES = ("actors", "recipients")


@dataclass(frozen=True, slots=True)
class Case:
    """A candidate on one side of an annotated event."""

    article: str
    event: int  # a number of its own
    side: int
    features: Mapping[str, float]
    right: bool


@dataclass(frozen=True, slots=True)
class Cases:
    """All candidates of some articles, and how many parties their events have by side."""

    cases: Sequence[Case]
    parties: Mapping[tuple[str, int], int]  # by article and side


def cases_of(articles: Iterable[tuple[Json, Json]], tools: Tools) -> Cases:
    """Return the candidates for the parties of events whose trigger and type are right."""
    found: list[Case] = []
    parties: Counter[tuple[str, int]] = Counter()
    number = 0
    for article, gold in articles:
        text = article_from_text(article["text"], published=article.get("published"))
        draft = draft_of(text, tools)
        finder = PartyFinder(draft, replace(tools.events, least_party=(0.0, 0.0)))
        matched: set[int] = set()
        triggers = tuple(triggered(draft, tools.codebook, tools.events))
        for (trigger, _), found_sides in zip(triggers, finder.weighed(triggers), strict=True):
            span = text.input_span(trigger.span)
            place = _match(gold["events"], span, trigger.trigger.event_type, matched)
            if place is None:
                continue
            matched.add(place)
            number += 1
            event = gold["events"][place]
            for side, weighed in enumerate(found_sides):
                wanted = [tuple(party["span"]) for party in event[SIDES[side]]]
                parties[gold["id"], side] += len(wanted)
                for one in weighed:
                    own = text.input_span(one.candidate.participant.span)
                    right = any(max(a, own.start) < min(b, own.end) for a, b in wanted)
                    found.append(Case(gold["id"], number, side, features_of(one.scene), right))
    return Cases(found, parties)


def _match(events: Sequence[Json], span: Span, kind: str, taken: set[int]) -> int | None:
    for place, event in enumerate(events):
        start, end = event["trigger"]["span"]
        kinds = {FOLDED.get(k, k) for k in (event["type"], *event.get("type_alt", ()))}
        overlaps = max(start, span.start) < min(end, span.end)
        if place not in taken and overlaps and FOLDED.get(kind, kind) in kinds:
            return place if not event.get("optional") else None
    return None


def fit(cases: Sequence[Case]) -> Weights:
    """Return the weights that some cases of one side give."""
    counts = Counter(name for case in cases for name in case.features)
    names = sorted(name for name, count in counts.items() if count >= FEWEST)
    rows = np.array([[case.features.get(name, 0.0) for name in names] for case in cases])
    mean, scale = rows.mean(0), np.maximum(rows.std(0), 0.05)
    model = LogisticRegression(C=STRENGTH, max_iter=2000)
    model.fit((rows - mean) / scale, [case.right for case in cases])
    slopes = model.coef_[0] / scale
    weights = {name: round(float(w), 4) for name, w in zip(names, slopes, strict=True)}
    return Weights(round(float(model.intercept_[0] - slopes @ mean), 4), weights)


def crossed(cases: Sequence[Case]) -> list[float]:
    """Return a chance for each case from weights that its article had no part in."""
    names = sorted({case.article for case in cases})
    fold = {name: number % FOLDS for number, name in enumerate(names)}
    fitted = [fit([c for c in cases if fold[c.article] != n]) for n in range(FOLDS)]
    return [fitted[fold[case.article]](case.features) for case in cases]


def f1(cases: Sequence[Case], chances: Sequence[float], total: int, least: float) -> float:
    """Return the F1 of the candidates that are likely enough."""
    kept = [case.right for case, chance in zip(cases, chances, strict=True) if chance >= least]
    return 2 * sum(kept) / max(1, len(kept) + total)


def annotated(articles: Iterable[Path], golds: Iterable[Path]) -> Iterator[tuple[Json, Json]]:
    """Yield the articles that were kept back, with their annotations."""
    known = {row["id"]: row for path in articles for row in map(json.loads, path.open())}
    for folder in golds:
        for path in sorted(folder.glob("*.gold.json")):
            gold = json.loads(path.read_text("utf8"))
            if not is_check(gold["id"]) and is_tune(gold["id"]) and gold["id"] in known:
                yield known[gold["id"]], gold


def main() -> None:
    """Parse the command line, fit, report and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("model", type=Path, help="folder of the exported model")
    parser.add_argument("--articles", type=Path, nargs="+", required=True)
    parser.add_argument("--gold", type=Path, nargs="+", required=True)
    options = parser.parse_args()
    tools = load_tools(replace(DEFAULTS, model=str(options.model)))
    found = cases_of(annotated(options.articles, options.gold), tools)
    parties, levels = [], []
    for side, name in enumerate(SIDES):
        cases = [case for case in found.cases if case.side == side]
        total = sum(count for (_, own), count in found.parties.items() if own == side)
        chances = crossed(cases)
        best = max(LEVELS, key=lambda least: f1(cases, chances, total, least))
        report(f"{name}: {total} parties, {len(cases)} candidates, {sum(c.right for c in cases)} "
               f"right; F1 over folds {f1(cases, chances, total, best):.3f} at {best}")  # fmt: skip
        weights = fit(cases)
        parties.append({"bias": weights.bias, "weights": dict(weights.weights)})
        levels.append(round(best + CAUTION, 2))
    path = options.model / CONFIG
    config = json.loads(path.read_text("utf8"))
    config.setdefault("events", {})
    config["events"] |= {"parties": parties, "least_party": levels}
    path.write_text(json.dumps(config, indent=1) + "\n", "utf8")


if __name__ == "__main__":
    main()
