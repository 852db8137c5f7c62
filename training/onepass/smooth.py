"""Make a trained model fit for int8: even out its activations, shrink its word embeddings.

A few columns of a layer's input are far larger than the rest and coarsen the scale of all;
dividing a column by some factor and multiplying the weights that meet it by the same changes
nothing but that.

References:
    Xiao et al. (2023), "SmoothQuant: Accurate and Efficient Post-Training Quantization for Large
    Language Models": https://arxiv.org/abs/2211.10438
"""

from collections.abc import Iterable
from typing import Any

import torch
from torch import Tensor, nn

from training.onepass.model import Reader

# Divergence of content from fp32, 33 windows of PolNeAR dev (2026-11-22), in nats per 1,000 words:
# untouched about 5, with 0.9 and 0.5 below 1.4, with 0.75 and 0.75 0.9, with 0.5 and 0.3 1.9. What
# is left comes from "down" (0.4 when that map stays in fp32).
PARTS = ("qkv", "up", "down")  # the maps of each layer that are changed
USUAL = 0.75  # the share of columns that stay as they are
STRENGTH = 0.75  # how much of a column's excess moves into the weights, 0 to 1


class Smoothed(nn.Module):
    """A linear map whose input is scaled by column first."""

    def __init__(self, linear: nn.Linear, largest: Tensor) -> None:
        """Wrap a map whose inputs are at most `largest` (columns,)."""
        super().__init__()
        factor = (largest / largest.quantile(USUAL)).clamp(min=1.0) ** STRENGTH
        self.scale = nn.Parameter(1 / factor, requires_grad=False)
        self.linear = nn.Linear(linear.in_features, linear.out_features)
        self.linear.weight.data = linear.weight.data * factor
        self.linear.bias.data = linear.bias.data

    def forward(self, x: Tensor) -> Tensor:
        """Map (..., columns) as the wrapped map does."""
        out: Tensor = self.linear(x * self.scale)
        return out


class SmallEmbedding(nn.Module):
    """An embedding kept as int8 with one scale a row."""

    def __init__(self, weight: Tensor) -> None:
        """Round the rows of an embedding's weight (rows, width)."""
        super().__init__()
        scale = weight.abs().amax(1, keepdim=True).clamp(min=1e-6) / 127
        rows = (weight / scale).round().to(torch.int8)
        self.rows = nn.Parameter(rows, requires_grad=False)
        self.scale = nn.Parameter(scale, requires_grad=False)

    def forward(self, pieces: Tensor) -> Tensor:
        """Return the vectors of pieces."""
        return self.rows[pieces].to(self.scale.dtype) * self.scale[pieces]


@torch.no_grad()
def largest_inputs(model: nn.Module, inputs: Iterable[tuple[Any, ...]]) -> dict[str, Tensor]:
    """Return by name of each linear map the largest size of each column of its input.

    Each of `inputs` is what one call of the model takes, with no padding: that must not count.
    """
    found: dict[str, Tensor] = {}

    def note(name: str, given: Tensor) -> None:
        top = given.abs().flatten(0, -2).amax(0)
        found[name] = torch.maximum(found[name], top) if name in found else top

    hooks = [
        module.register_forward_pre_hook(lambda _, given, name=name: note(name, given[0]))
        for name, module in model.named_modules()
        if isinstance(module, nn.Linear)
    ]
    for given in inputs:
        model(*given)
    for hook in hooks:
        hook.remove()
    return found


def shrink(model: Reader, inputs: Iterable[tuple[Any, ...]]) -> None:
    """Change a model in place for export; `inputs` are like those it will read."""
    largest = largest_inputs(model, inputs)
    for number, layer in enumerate(model.encoder.layers):
        for part in PARTS:
            seen = largest[f"encoder.layers.{number}.{part}"]
            setattr(layer, part, Smoothed(getattr(layer, part), seen))
    model.encoder.word = SmallEmbedding(model.encoder.get_parameter("word.weight").data)
