"""The head that reads around pronouns: layers on the encoder's states, and a network beside them.

What pronoun and name are made of goes, with the features of the parse, into one network of the
form that `Networks` of the package runs; the layers alone become a graph.
"""

from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import onnxruntime
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from training.onepass.encoder import EncoderShape, Layer
from training.onepass.train import load_weights
from training.packing import quantise
from training.pronoun_examples import OUTSIDE, Example

LAYERS = 2
FIRST = 4  # the encoder's layer, from 0, that the first of them starts as
VECTOR, HIDDEN = 96, 64
DROPOUT, FEATURE_DROPOUT, PAIR_DROPOUT = 0.3, 0.1, 0.2
OUTPUTS = ("pronoun", "opening", "head")
OPSET = 18
TOLERANCE = 0.01  # between the layers and the graph in fp32


class Layers(nn.Module):
    """States of words to the vectors of pronouns, of names' first words and of their heads."""

    def __init__(self) -> None:
        """Make untrained layers."""
        super().__init__()
        shape = EncoderShape()
        self.layers = nn.ModuleList(Layer(shape) for _ in range(LAYERS))
        self.pronoun = nn.Linear(shape.width, VECTOR)
        self.opening = nn.Linear(shape.width, VECTOR)
        self.head = nn.Linear(shape.width, VECTOR, bias=False)

    def forward(self, states: Tensor, mask: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """Map (batch, words, width); `mask` (batch, 1, 1, words) is added to attention."""
        x = states
        with torch.autocast("cpu", torch.bfloat16, enabled=self.training):
            for layer in self.layers:
                x = layer(x, mask)
        x = x.float()
        return self.pronoun(x), self.opening(x), self.head(x)

    def start_from(self, weights: Path) -> None:
        """Take the encoder's layers from the one-pass model's weights."""
        encoder = load_weights(weights).encoder
        for number, layer in enumerate(self.layers):
            layer.load_state_dict(encoder.layers[FIRST + number].state_dict())


class Beside(nn.Module):
    """One hidden layer beside a direct one; a learnt score stands for nobody."""

    def __init__(self, mean: NDArray[np.float32], scale: NDArray[np.float32]) -> None:
        """Make an untrained network for features with this mean and scale."""
        super().__init__()
        self.mean, self.scale = (
            nn.Buffer(torch.from_numpy(mean)),
            nn.Buffer(torch.from_numpy(scale)),
        )
        width = len(mean) + 2 * VECTOR
        self.inner, self.outer = nn.Linear(width, HIDDEN), nn.Linear(HIDDEN, 1)
        self.direct = nn.Linear(width, 1, bias=False)
        self.nobody = nn.Parameter(torch.zeros(1))
        nn.init.zeros_(self.direct.weight[:, len(mean) :])

    def forward(self, features: Tensor, pairs: Tensor) -> Tensor:
        """Map features and what `beside` makes of each candidate to a score each."""

        def dropped(x: Tensor, share: float) -> Tensor:
            return nn.functional.dropout(x, share, self.training)

        plain = dropped((features - self.mean) / self.scale, FEATURE_DROPOUT)
        x = torch.cat([plain, dropped(pairs, PAIR_DROPOUT)], 1)
        hidden = dropped(torch.relu(self.inner(x)), DROPOUT)
        scores: Tensor = (self.outer(hidden) + self.direct(x)).squeeze(-1)
        return scores


class Head(nn.Module):
    """The layers and the network together, for training."""

    def __init__(self, mean: NDArray[np.float32], scale: NDArray[np.float32]) -> None:
        """Make an untrained head."""
        super().__init__()
        self.layers, self.beside = Layers(), Beside(mean, scale)

    def forward(self, batch: Sequence[Example]) -> tuple[Tensor, ...]:
        """Return for each example a score a candidate."""
        states, mask = _padded(batch)
        pronoun, opening, head = self.layers(states, mask)
        sizes = [len(one.features) for one in batch]
        text = torch.repeat_interleave(torch.arange(len(batch)), torch.tensor(sizes))
        openings = torch.from_numpy(np.concatenate([one.openings for one in batch]))
        heads = torch.from_numpy(np.concatenate([one.heads for one in batch]))
        own = pronoun[torch.arange(len(batch)), torch.tensor([one.pronoun for one in batch])][text]
        name = opening[text, openings.clamp(min=0)] + head[text, heads.clamp(min=0)]
        pairs = torch.cat([own * name, torch.relu(own + name)], 1)
        pairs = torch.where((openings == OUTSIDE)[:, None], 0.0, pairs)
        features = torch.from_numpy(np.concatenate([one.features for one in batch]))
        scores: tuple[Tensor, ...] = self.beside(features, pairs).split(sizes)
        return scores


def _padded(batch: Sequence[Example]) -> tuple[Tensor, Tensor]:
    longest = max(len(one.states) for one in batch)
    states = torch.zeros(len(batch), longest, batch[0].states.shape[1])
    mask = torch.full((len(batch), 1, 1, longest), -10000.0)
    for row, one in enumerate(batch):
        states[row, : len(one.states)] = torch.from_numpy(one.states).float()
        mask[row, ..., : len(one.states)] = 0.0
    return states, mask


def loss_of(scores: Sequence[Tensor], nobody: Tensor, batch: Sequence[Example]) -> Tensor:
    """Return the mean negative log share of those that each pronoun may mean."""
    losses = []
    for own, example in zip(scores, batch, strict=True):
        meant = own[torch.from_numpy(example.meant)]
        if example.nobody:
            meant = torch.cat([meant, nobody])
        losses.append(torch.cat([own, nobody]).logsumexp(0) - meant.logsumexp(0))
    return torch.stack(losses).mean()


class _Traced(nn.Module):
    """The layers over one text's words, with nothing masked."""

    def __init__(self, layers: Layers) -> None:
        super().__init__()
        self.layers = layers

    def forward(self, states: Tensor) -> tuple[Tensor, ...]:
        found = self.layers(states[None], torch.zeros(1, 1, 1, 1))
        return tuple(one[0] for one in found)


def write_graph(layers: Layers, states: NDArray[np.float32], path: Path) -> float:
    """Write the layers in int8 and return how far a value is off for some states at most.

    Raises:
        RuntimeError: The graph does not do what the layers do, before it is made small.
    """
    traced = _Traced(layers).eval()
    with torch.no_grad():
        wanted = [one.numpy() for one in traced(torch.from_numpy(states))]
    with TemporaryDirectory() as folder:
        fp32 = Path(folder) / "fp32.onnx"
        program = torch.onnx.export(
            traced,
            (torch.from_numpy(states[:24]),),
            input_names=["states"],
            output_names=list(OUTPUTS),
            opset_version=OPSET,
            dynamic_shapes=({0: torch.export.Dim("words", min=1)},),
            dynamo=True,
            verbose=False,
        )
        if program is None:
            raise RuntimeError("the exporter gave no program")
        program.save(str(fp32))
        if (gap := _gap(fp32, states, wanted)) > TOLERANCE:
            raise RuntimeError(f"the graph's values are {gap:.3f} from the layers': do not use it")
        quantise(fp32, path)
    return _gap(path, states, wanted)


def _gap(path: Path, states: NDArray[np.float32], wanted: Sequence[NDArray[np.float32]]) -> float:
    found = onnxruntime.InferenceSession(path).run(list(OUTPUTS), {"states": states})
    return max(float(np.abs(a - b).max()) for a, b in zip(found, wanted, strict=True))
