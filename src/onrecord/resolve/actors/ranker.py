"""Small trained networks that say how likely each candidate is, and the ranker of pronouns."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray

from onrecord.errors import ModelError
from onrecord.models import CONFIG, Model, open_model

MODEL = "pronouns"  # its folder in the package
PARSED, READ = "parsed.npz", "read.npz"
WEIGHTS = "weights.npz"  # of a weigher
_SHARE = 0.7  # of the networks that have read the words, where they have a say
Floats = NDArray[np.float32]
Features: TypeAlias = Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Networks:
    """Networks of one hidden layer whose scores are averaged.

    Shapes, for `n` networks over `f` features with `h` hidden units: mean and scale (f,), inner
    (n, f, h), inner_bias (n, h), outer (n, h), direct (n, f), bias (n,), nobody (n,).
    """

    mean: Floats
    scale: Floats
    inner: Floats
    inner_bias: Floats
    outer: Floats
    direct: Floats
    bias: Floats
    nobody: Floats  # the score of none of the candidates

    def scores(self, features: Floats) -> Floats:
        """Return a score a candidate, and last that of nobody, for (candidates, f) features."""
        x = (features - self.mean) / self.scale
        hidden = np.maximum(x @ self.inner + self.inner_bias[:, None], 0)
        each = np.einsum("ncu,nu->nc", hidden, self.outer) + self.direct @ x.T + self.bias[:, None]
        return np.append(each.mean(0), self.nobody.mean()).astype(np.float32)


@dataclass(frozen=True, slots=True)
class Weigher:
    """Networks upon named features of candidates."""

    label: str  # name and version: "side-ranker/1"
    names: Sequence[str]  # of the features, in the networks' order
    least: float  # chance below which nobody is told
    networks: Networks
    encoder: str | None = None  # the model whose states it has seen, None for none

    def shares(self, candidates: Sequence[Features]) -> Floats:
        """Return how likely each candidate is meant; what lacks to 1 is none of them."""
        rows = [[of.get(name, 0.0) for name in self.names] for of in candidates]
        shaped = np.array(rows, np.float32).reshape(len(rows), len(self.names))
        scores = self.networks.scores(shaped)
        raised = np.exp(scores - scores.max())
        found: Floats = (raised / raised.sum())[:-1]
        return found


@dataclass(frozen=True, slots=True)
class Ranker:
    """Two sets of networks: of the parse's features, and of these with what the head has read."""

    parsed: Networks
    read: Networks
    head: Model

    @property
    def encoder(self) -> str:
        """Name and version of the model whose states the head reads."""
        return str(self.head.config.get("encoder"))

    def scores(self, features: Floats, beside: Floats | None) -> Floats:
        """Return a score a candidate, and last that of nobody.

        Args:
            features: What the parse says of each: (candidates, features).
            beside: What the head makes of each beside the pronoun; None where it has not read.
        """
        parsed = self.parsed.scores(features)
        if beside is None:
            return parsed
        read = self.read.scores(np.concatenate([features, beside], axis=1))
        return (_SHARE * read + (1 - _SHARE) * parsed).astype(np.float32)


def read_networks(path: Path) -> Networks:
    """Return the networks in an .npz file.

    Raises:
        ModelError: The file is missing, damaged or holds something else.
    """
    try:
        with np.load(path, allow_pickle=False) as arrays:
            names = Networks.__dataclass_fields__
            return Networks(*(arrays[name].astype(np.float32) for name in names))
    except (OSError, ValueError, KeyError, EOFError, BadZipFile) as error:
        raise ModelError(
            f"{path} holds no networks that rank ({error}): install the package again"
        ) from error


def read_weigher(folder: Path) -> Weigher:
    """Return the weigher in a folder.

    Raises:
        ModelError: A file is missing, damaged or something else.
    """
    try:
        config = json.loads((folder / CONFIG).read_text("utf8"))
        label, encoder = f"{config['name']}/{config['version']}", config.get("encoder")
        names, least = tuple(map(str, config["features"])), float(config["least"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ModelError(
            f"{folder / CONFIG} is no model of {folder.name}: {error!r}; install the package again"
        ) from error
    networks = read_networks(folder / WEIGHTS)
    if networks.mean.shape != (len(names),):
        raise ModelError(
            f"{folder} has {len(names)} features and weights for {len(networks.mean)}: "
            "install the package again"
        )
    return Weigher(label, names, least, networks, encoder)


def load_ranker(name: str = MODEL, *, threads: int = 1) -> Ranker:
    """Return the ranker of that name in the package, or in that folder.

    Raises:
        ModelError: It is missing or damaged.
    """
    head = open_model(name, threads=threads)
    parsed, read = (read_networks(head.folder / file) for file in (PARSED, READ))
    return Ranker(parsed, read, head)
