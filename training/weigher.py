"""Trains networks that weigh candidates by named features: `onrecord.resolve.actors.ranker`."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray

from onrecord.models import CONFIG
from onrecord.resolve.actors.ranker import WEIGHTS, Features, Networks, Weigher

Floats = NDArray[np.float32]
FEWEST = 8  # cases a feature has to stand in
HIDDEN, NETWORKS = 16, 4
EPOCHS, BATCH, RATE, DECAY = 40, 64, 3e-3, 0.1
SPREAD = 0.15  # of the weights at first, and the least scale of a feature
DROPPED = 0.5  # of the hidden units, and half as many of the features
FOLDS = 5


@dataclass(frozen=True, slots=True)
class Case:
    """What is to be chosen from, and what is right."""

    article: str
    candidates: Sequence[Features]
    wanted: Sequence[float]  # the share of each candidate; what lacks to 1 is none of them
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Rows:
    """Cases as arrays: features (cases, candidates, features), and what is wanted of each."""

    features: torch.Tensor
    there: torch.Tensor  # (cases, candidates): whether there is such a candidate
    wanted: torch.Tensor  # (cases, candidates + 1): shares, none of them last
    weights: torch.Tensor


def names_of(cases: Sequence[Case]) -> tuple[str, ...]:
    """Return the features that stand in enough cases."""
    counts = Counter(name for case in cases for name in {n for of in case.candidates for n in of})
    return tuple(sorted(name for name, count in counts.items() if count >= FEWEST))


def rows_of(cases: Sequence[Case], names: Sequence[str], mean: Floats, scale: Floats) -> Rows:
    """Return cases as arrays, their features centred and scaled."""
    most = max(len(case.candidates) for case in cases)
    features = np.zeros((len(cases), most, len(names)), np.float32)
    there = np.zeros((len(cases), most), bool)
    wanted = np.zeros((len(cases), most + 1), np.float32)
    for number, case in enumerate(cases):
        count = len(case.candidates)
        rows = [[of.get(name, 0.0) for name in names] for of in case.candidates]
        own = np.array(rows, np.float32).reshape(count, len(names))
        features[number, :count] = (own - mean) / scale
        there[number, :count] = True
        wanted[number, :count] = case.wanted
        wanted[number, -1] = 1 - sum(case.wanted)
    weights = np.array([case.weight for case in cases], np.float32)
    return Rows(*map(torch.from_numpy, (features, there, wanted, weights)))


def train(cases: Sequence[Case], label: str, least: float, encoder: str | None = None) -> Weigher:
    """Return the weigher that some cases give."""
    names = names_of(cases)
    every = np.array(
        [[of.get(name, 0.0) for name in names] for case in cases for of in case.candidates],
        np.float32,
    )
    mean, scale = every.mean(0), np.maximum(every.std(0), SPREAD)
    rows = rows_of(cases, names, mean, scale)
    trained = [_network(rows, seed) for seed in range(NETWORKS)]
    parts = [np.stack(part) for part in zip(*trained, strict=True)]
    return Weigher(label, names, least, Networks(mean, scale, *parts), encoder)


def crossed(cases: Sequence[Case]) -> list[Floats]:
    """Return the shares of each case's candidates by networks that its article had no part in."""
    fold = {name: n % FOLDS for n, name in enumerate(sorted({case.article for case in cases}))}
    trained = [
        train([case for case in cases if fold[case.article] != n], "crossed/0", 0.0)
        for n in range(FOLDS)
    ]
    return [trained[fold[case.article]].shares(case.candidates) for case in cases]


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


def write(weigher: Weigher, folder: Path) -> None:
    """Write config.json and the weights."""
    folder.mkdir(parents=True, exist_ok=True)
    parts = {name: getattr(weigher.networks, name) for name in Networks.__dataclass_fields__}
    np.savez_compressed(folder / WEIGHTS, **{n: p.astype(np.float16) for n, p in parts.items()})
    name, version = weigher.label.split("/")
    config = {"name": name, "version": version, "least": weigher.least}
    config |= {"encoder": weigher.encoder} if weigher.encoder is not None else {}
    config |= {"features": weigher.names}
    (folder / CONFIG).write_text(json.dumps(config, indent=1) + "\n", "utf8")
