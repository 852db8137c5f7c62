"""The ranker of pronouns: a small trained network that says how likely each candidate is meant."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import as_file, files
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from onrecord.errors import ModelError

NAME = "pronoun-ranker"
Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Ranker:
    """Networks of one hidden layer whose scores are averaged.

    Shapes, for `n` networks over `f` features with `h` hidden units: mean and scale (f,), inner
    (n, f, h), inner_bias (n, h), outer (n, h), direct (n, f), bias (n,), nobody (n,).
    """

    version: str
    mean: Floats
    scale: Floats
    inner: Floats
    inner_bias: Floats
    outer: Floats
    direct: Floats
    bias: Floats
    nobody: Floats  # the score of none of the candidates

    @property
    def label(self) -> str:
        """Its name and version."""
        return f"{NAME}/{self.version}"

    def scores(self, features: Floats) -> Floats:
        """Return a score a candidate, and last that of nobody, for (candidates, f) features."""
        x = (features - self.mean) / self.scale
        hidden = np.maximum(x @ self.inner + self.inner_bias[:, None], 0)
        each = np.einsum("ncu,nu->nc", hidden, self.outer) + self.direct @ x.T + self.bias[:, None]
        return np.append(each.mean(0), self.nobody.mean()).astype(np.float32)


def read_ranker(path: Path) -> Ranker:
    """Return the ranker in an .npz file.

    Raises:
        ModelError: The file is missing, damaged or not a ranker's.
    """
    try:
        with np.load(path, allow_pickle=False) as arrays:
            version = str(arrays["version"])
            names = (n for n in Ranker.__dataclass_fields__ if n != "version")
            return Ranker(version, *(arrays[name].astype(np.float32) for name in names))
    except (OSError, ValueError, KeyError, EOFError) as error:
        raise ModelError(
            f"{path} is no ranker of pronouns ({error}): install the package again"
        ) from error


@cache
def load_ranker() -> Ranker:
    """Return the package's own ranker, read once a process.

    Raises:
        ModelError: It is missing or damaged.
    """
    with as_file(files("onrecord") / "data" / "models" / "pronouns" / "ranker.npz") as path:
        return read_ranker(path)
