"""The weights of an exported model out of its graph, and others in the place of its heads'.

The weights that training keeps are not in the package, its graph is: int8 with a scale for each
column, from which they come back but for the rounding. Where heads are put in place of others, the
encoder stays in the graph as it is, bit for bit, so that whatever reads its states (types of
events, pronouns, place names) still does.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
import onnx
import torch
from numpy.typing import NDArray
from onnx import numpy_helper
from torch import Tensor

PREFIX = "model."
ENCODER = "encoder."
_ROUNDED, _SCALE, _ZERO = "_quantized", "_scale", "_zero_point"
_BETWEEN = ("Cast", "Mul")  # what stands between a product and its bias
LARGEST = 127  # of an int8 weight


@dataclass(frozen=True, slots=True)
class Rounded:
    """A linear map in int8: the name of its weights, and the stem of their entries."""

    weight: str
    stem: str


def read_heads(model: onnx.ModelProto) -> dict[str, Tensor]:
    """Return the weights of a graph's heads by their names in training.

    Raises:
        ValueError: It has none: it is no model that `training.onepass.export` wrote.
    """
    entries = {one.name: one for one in model.graph.initializer}
    found = {
        name.removeprefix(PREFIX): tensor_of(one)
        for name, one in entries.items()
        if name.startswith(PREFIX) and not name.startswith(PREFIX + ENCODER)
    }
    found |= {
        name: weight
        for name, weight in read_linear(model, PREFIX).items()
        if not name.startswith(ENCODER)
    }
    if not found:
        raise ValueError("this graph has no heads by their names: export it with training.onepass")
    return found


def read_linear(model: onnx.ModelProto, prefix: str) -> dict[str, Tensor]:
    """Return the weights (outputs, inputs) of maps in int8, by name, whose biases have a prefix."""
    entries = {one.name: one for one in model.graph.initializer}
    found = {}
    for one in _rounded(model.graph, prefix):
        rows, scale, zero = (
            numpy_helper.to_array(entries[one.stem + end]) for end in (_ROUNDED, _SCALE, _ZERO)
        )
        weight = (rows.astype(np.float32) - zero.astype(np.float32)) * scale
        found[one.weight] = torch.from_numpy(np.ascontiguousarray(weight.T))
    return found


def tensor_of(entry: onnx.TensorProto) -> Tensor:
    """Return an entry of a graph as a tensor of its own."""
    return torch.from_numpy(numpy_helper.to_array(entry).copy())


def write_heads(model: onnx.ModelProto, weights: Mapping[str, Tensor]) -> None:
    """Put weights in place of a graph's; what is in int8 there is rounded anew."""
    entries = {one.name: one for one in model.graph.initializer}
    for name in entries:
        if (own := name.removeprefix(PREFIX)) in weights and name.startswith(PREFIX):
            _replace(entries[name], weights[own].numpy())
    for one in _rounded(model.graph, PREFIX):
        if one.weight.startswith(ENCODER):
            continue
        weight = weights[one.weight].numpy().T
        scale = np.maximum(np.abs(weight).max(0), 1e-8).astype(np.float32) / LARGEST
        _replace(entries[one.stem + _ROUNDED], np.rint(weight / scale).astype(np.int8))
        _replace(entries[one.stem + _SCALE], scale)
        _replace(entries[one.stem + _ZERO], np.zeros(len(scale), np.int8))


def _replace(entry: onnx.TensorProto, value: NDArray[np.generic]) -> None:
    entry.CopyFrom(numpy_helper.from_array(np.ascontiguousarray(value), entry.name))


def _rounded(graph: onnx.GraphProto, prefix: str) -> Iterator[Rounded]:
    """Yield the linear maps that are in int8, told by the bias that each one adds."""
    entries = {one.name for one in graph.initializer}
    users: dict[str, onnx.NodeProto] = {}
    for node in graph.node:
        for given in node.input:
            users.setdefault(given, node)
    for node in graph.node:
        stems = [one for one in node.input if one.endswith(_ROUNDED) and one in entries]
        if node.op_type != "MatMulInteger" or not stems:
            continue
        after = users.get(node.output[0])
        while after is not None and after.op_type in _BETWEEN:
            after = users.get(after.output[0])
        biases = [one for one in (after.input if after else ()) if one.startswith(prefix)]
        for bias in biases:
            name = bias.removeprefix(prefix)
            if name.endswith(".bias"):
                yield Rounded(f"{name.removesuffix('bias')}weight", stems[0].removesuffix(_ROUNDED))
