"""The metonymy model: a logistic regression on features of the parse and states of the encoder."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from onrecord.errors import ModelError

WEIGHTS = "weights.json"
DECIMALS = 4  # of a weight, as stored


@dataclass(frozen=True, slots=True)
class Weights:
    """A logistic regression; a feature it does not know counts nothing."""

    bias: float
    features: Mapping[str, float]
    states: NDArray[np.float32] | None = None  # None: it reads the parse alone

    def probability(
        self, features: AbstractSet[str], states: NDArray[np.float32] | None = None
    ) -> float:
        """Return how likely a name stands for those who are there, 0 to 1."""
        total = self.bias + sum(self.features.get(feature, 0.0) for feature in sorted(features))
        if self.states is not None and states is not None:
            total += float(self.states @ states)
        return 1 / (1 + math.exp(-total))


@dataclass(frozen=True, slots=True, kw_only=True)
class MetonymyModel:
    """Two sets of weights: for a text whose words have states, and for one that is only parsed."""

    label: str  # name and version: "metonymy-model/1"
    encoded: Weights
    parsed: Weights

    def probability(self, features: AbstractSet[str], states: NDArray[np.float32] | None) -> float:
        """Return how likely a name stands for those who are there, 0 to 1.

        Args:
            features: What `FeatureReader` says of the name.
            states: What `states_of` says of it; None where no encoder read the text.
        """
        weights = self.parsed if states is None else self.encoded
        return weights.probability(features, states)


def read_metonymy_model(path: Path) -> MetonymyModel:
    """Return the model of a weights file.

    Raises:
        ModelError: The file cannot be read or is no such file.
    """
    try:
        stored: dict[str, Any] = json.loads(path.read_text("utf8"))
        return MetonymyModel(
            label=f"{stored['name']}/{stored['version']}",
            encoded=_weights(stored["encoded"]),
            parsed=_weights(stored["parsed"]),
        )
    except (OSError, KeyError, TypeError, ValueError, AttributeError) as error:
        raise ModelError(
            f"{path} is no metonymy model: {error!r}; install the package again"
        ) from error


def _weights(stored: Mapping[str, Any]) -> Weights:
    states = stored["states"]
    return Weights(
        float(stored["bias"]),
        {str(name): float(weight) for name, weight in stored["features"].items()},
        np.array(states, np.float32) if states is not None else None,
    )


@cache
def load_metonymy_model() -> MetonymyModel:
    """Return the package's own model.

    Raises:
        ModelError: Its file is missing or damaged.
    """
    return read_metonymy_model(
        Path(str(files("onrecord") / "data" / "models" / "metonymy" / WEIGHTS))
    )
