"""Train what gives actors without a country the one they act for, on annotated events.

An actor's country is that of the parties which its mentions are. The articles that the one-pass
model keeps back for thresholds are kept back here too, and measured on.

Example: python -m training.sides src/onrecord/data/models/sides --articles FILE --gold FOLDER
"""

from __future__ import annotations

import argparse
import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray

from onrecord.drafts import Draft
from onrecord.models import CONFIG
from onrecord.pipeline import draft_of, load_tools
from onrecord.reading import article_from_text
from onrecord.records import Span
from onrecord.resolve.actors.ranker import Networks
from onrecord.resolve.actors.sides import WEIGHTS, Open, SideModel
from training.onepass.texts import is_check, is_tune
from training.packing import report

Json = Mapping[str, Any]
Floats = NDArray[np.float32]
VERSION = "1"  # of the model; another one for any change of what it says
FEWEST = 8  # actors a feature has to stand with
HIDDEN, NETWORKS = 16, 4
EPOCHS, BATCH, RATE, DECAY = 40, 64, 3e-3, 0.1
SPREAD = 0.15  # of the weights at first, and the least scale of a feature
DROPPED = 0.5  # of the hidden units, and half as many of the features
MOST, POWER = 6, 0.7  # of an actor's parties that count, and how little each further one does
LEVELS = (0.4, 0.5, 0.6, 0.7)


@dataclass(frozen=True, slots=True)
class Case:
    """An actor without a country, and those of the annotated parties that it is."""

    article: str
    one: Open
    wanted: Counter[str | None]

    @property
    def weight(self) -> float:
        """How much it counts."""
        return float(min(self.wanted.total(), MOST) ** POWER)


@dataclass(frozen=True, slots=True)
class Asked(SideModel):
    """A model that answers nothing, and keeps what it was asked."""

    asked: list[Open] = field(default_factory=list)

    def country(self, one: Open) -> str | None:
        """Return None: the country stays open."""
        self.asked.append(one)
        return None


def cases_of(articles: Iterable[tuple[Json, Json]]) -> Iterator[Case]:
    """Yield the actors without a country that are parties to annotated events."""
    nothing = np.zeros(0, np.float32)
    empty = Networks(*[nothing] * 8)
    for article, gold in articles:
        model = Asked("none/0", (), 1.0, empty)
        text = article_from_text(article["text"], published=article.get("published"))
        draft = draft_of(text, replace(load_tools(), sides=model))
        wanted = _wanted(draft, gold)
        actor_of = {mention.span: mention.actor_id for mention in draft.cast.mentions}
        for one in model.asked:
            told = wanted.get(next((actor_of[s] for s in one.spans if s in actor_of), None))
            if told:
                yield Case(gold["id"], one, told)


def _wanted(draft: Draft, gold: Json) -> Mapping[str | None, Counter[str | None]]:
    """Return the countries of annotated parties by the actor whose mention each is."""
    mentions = [(draft.article.input_span(m.span), m.actor_id) for m in draft.cast.mentions]
    wanted: dict[str | None, Counter[str | None]] = defaultdict(Counter)
    for event in gold["events"]:
        for party in (*event["actors"], *event["recipients"]):
            span = Span(*party["span"])
            likeness, actor = max(
                ((_alike(span, own), actor) for own, actor in mentions),
                key=lambda pair: pair[0],
                default=(0.0, None),
            )
            if likeness and actor is not None:
                wanted[actor][party["country"]] += 1
    return wanted


def _alike(one: Span, other: Span) -> float:
    shared = min(one.end, other.end) - max(one.start, other.start)
    return max(0, shared) / (max(one.end, other.end) - min(one.start, other.start))


def names_of(cases: Sequence[Case]) -> tuple[str, ...]:
    """Return the features that stand with enough actors."""
    counts = Counter(
        name
        for case in cases
        for name in {name for of in case.one.countries.values() for name in of}
    )
    return tuple(sorted(name for name, count in counts.items() if count >= FEWEST))


@dataclass(frozen=True, slots=True)
class Rows:
    """Cases as arrays: features (cases, countries, features), and what is wanted of each."""

    features: torch.Tensor
    there: torch.Tensor  # (cases, countries): whether there is such a country
    wanted: torch.Tensor  # (cases, countries + 1): shares, none of them last
    weights: torch.Tensor


def rows_of(cases: Sequence[Case], names: Sequence[str], mean: Floats, scale: Floats) -> Rows:
    """Return cases as arrays, their features centred and scaled."""
    most = max(len(case.one.countries) for case in cases)
    features = np.zeros((len(cases), most, len(names)), np.float32)
    there = np.zeros((len(cases), most), bool)
    wanted = np.zeros((len(cases), most + 1), np.float32)
    for number, case in enumerate(cases):
        for at, (country, of) in enumerate(case.one.countries.items()):
            row = np.array([of.get(name, 0.0) for name in names], np.float32)
            features[number, at] = (row - mean) / scale
            there[number, at] = True
            wanted[number, at] = case.wanted[country] / case.wanted.total()
        wanted[number, -1] = 1 - wanted[number, :-1].sum()
    weights = np.array([case.weight for case in cases], np.float32)
    return Rows(*map(torch.from_numpy, (features, there, wanted, weights)))


def train(cases: Sequence[Case], least: float) -> SideModel:
    """Return the model that some cases give."""
    names = names_of(cases)
    every = np.array(
        [
            [of.get(name, 0.0) for name in names]
            for case in cases
            for of in case.one.countries.values()
        ],
        np.float32,
    )
    mean, scale = every.mean(0), np.maximum(every.std(0), SPREAD)
    rows = rows_of(cases, names, mean, scale)
    trained = [_network(rows, seed) for seed in range(NETWORKS)]
    parts = [np.stack(part) for part in zip(*trained, strict=True)]
    return SideModel(f"side-ranker/{VERSION}", names, least, Networks(mean, scale, *parts))


def _network(rows: Rows, seed: int) -> tuple[Floats, ...]:
    torch.manual_seed(seed)
    count, size = rows.features.shape[0], rows.features.shape[2]
    parts = [
        torch.nn.Parameter(start)
        for start in (
            SPREAD * torch.randn(size, HIDDEN),
            torch.zeros(HIDDEN),
            SPREAD * torch.randn(HIDDEN),
            torch.zeros(size),
            torch.zeros(()),
            torch.zeros(()),
        )
    ]
    inner, inner_bias, outer, direct, bias, nobody = parts
    optimiser = torch.optim.AdamW(parts, lr=RATE, weight_decay=DECAY)
    steps = EPOCHS * (count // BATCH)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimiser, lambda step: 1 - step / steps)
    for _ in range(EPOCHS):
        order = torch.randperm(count)
        for start in range(0, count - BATCH + 1, BATCH):
            now = order[start : start + BATCH]
            kept = (torch.rand(BATCH, 1, size) > DROPPED / 2).float()
            x = rows.features[now] * kept
            hidden = torch.nn.functional.dropout(torch.relu(x @ inner + inner_bias), DROPPED)
            scores = hidden @ outer + x @ direct + bias
            scores = scores.masked_fill(~rows.there[now], -1e9)
            scores = torch.cat([scores, nobody.expand(BATCH, 1)], 1)
            losses = -(rows.wanted[now] * torch.log_softmax(scores, 1)).sum(1)
            optimiser.zero_grad()
            (losses * rows.weights[now]).mean().backward()  # type: ignore[no-untyped-call]
            optimiser.step()
            schedule.step()
    return tuple(part.detach().numpy() for part in parts)


def lines(cases: Sequence[Case], chances: Sequence[Mapping[str, float]]) -> Iterator[str]:
    """Yield for some least chances the shares of parties that are right, wrong and missed."""
    total = sum(case.wanted.total() for case in cases)
    for least in LEVELS:
        right = wrong = 0
        for case, of in zip(cases, chances, strict=True):
            best = max(of, key=of.__getitem__, default=None)
            told = best if best is not None and of[best] >= least else None
            right += case.wanted[told]
            wrong += case.wanted.total() - case.wanted[told] if told is not None else 0
        yield (f"least {least}: of {total} parties {right / total:.3f} right or rightly open, "
               f"{wrong / total:.3f} wrong or invented")  # fmt: skip


def annotated(articles: Iterable[Path], golds: Iterable[Path]) -> Iterator[tuple[Json, Json]]:
    """Yield the articles that are not for checking alone, with their annotations."""
    known = {row["id"]: row for path in articles for row in map(json.loads, path.open())}
    for folder in golds:
        for path in sorted(folder.glob("*.gold.json")):
            gold = json.loads(path.read_text("utf8"))
            if not is_check(gold["id"]) and gold["id"] in known:
                yield known[gold["id"]], gold


def write(model: SideModel, folder: Path) -> None:
    """Write config.json and the weights."""
    folder.mkdir(parents=True, exist_ok=True)
    parts = {name: getattr(model.networks, name) for name in Networks.__dataclass_fields__}
    np.savez_compressed(folder / WEIGHTS, **{n: p.astype(np.float16) for n, p in parts.items()})
    name, version = model.label.split("/")
    config = {"name": name, "version": version, "least": model.least, "features": model.names}
    (folder / CONFIG).write_text(json.dumps(config, indent=1) + "\n", "utf8")


def main() -> None:
    """Parse the command line, train, measure on what was kept back, and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, help="where the model goes")
    parser.add_argument("--articles", type=Path, nargs="+", required=True)
    parser.add_argument("--gold", type=Path, nargs="+", required=True)
    parser.add_argument("--least", type=float, default=0.6, help="chance from which one is told")
    options = parser.parse_args()
    torch.set_num_threads(1)
    cases = list(cases_of(annotated(options.articles, options.gold)))
    model = train([case for case in cases if not is_tune(case.article)], options.least)
    kept_back = [case for case in cases if is_tune(case.article)]
    for line in lines(kept_back, [model.chances(case.one) for case in kept_back]):
        report(line)
    write(model, options.folder)


if __name__ == "__main__":
    main()
