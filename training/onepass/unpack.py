"""Write the package's model as weights that `training.onepass.train --start` goes on from.

They come out of its two graphs, the reader's and that of the head for types of events, and score as
these do but for what int8 rounds away.

Example: python -m training.onepass.unpack start.pt
"""

from __future__ import annotations

import argparse
from pathlib import Path

import onnx
import torch
from torch import Tensor

from onrecord.models import GRAPH, find_model
from training.onepass.encoder import EncoderShape
from training.onepass.graph import ENCODER, PREFIX, read_heads, read_linear, tensor_of
from training.onepass.model import Reader
from training.onepass.train import Recipe, save_weights

SMOOTHED = ".linear"  # a map of `training.onepass.smooth`, whose inputs are scaled first
MARKED, TYPED = "marked.", "head."  # the head for types, in training and in its own graph
ABSENT = ("select", "select_1")  # what it has for a party that is not there, a row each


def encoder_of(reader: onnx.ModelProto, shape: EncoderShape) -> dict[str, Tensor]:
    """Return the encoder's weights, as they were before its inputs were evened out."""
    entries = {one.name: one for one in reader.graph.initializer}
    found = {
        name.removeprefix(PREFIX).replace(SMOOTHED, ""): tensor_of(one)
        for name, one in entries.items()
        if name.startswith(PREFIX + ENCODER) and not name.endswith(".scale")
    }
    for name, weight in read_linear(reader, PREFIX).items():
        if not name.startswith(ENCODER):
            continue
        own = name.replace(SMOOTHED, "")
        scale = entries.get(f"{PREFIX}{own.removesuffix('.weight')}.scale")
        found[own] = weight if scale is None else weight * tensor_of(scale)
    rows, scales = (
        next(tensor_of(one) for one in entries.values() if list(one.dims) == [count, width])
        for count, width in ((shape.vocabulary, shape.width), (shape.vocabulary, 1))
    )
    return found | {f"{ENCODER}word.weight": rows.float() * scales}


def types_of(types: onnx.ModelProto) -> dict[str, Tensor]:
    """Return the weights of the head for types of events."""
    entries = {one.name: one for one in types.graph.initializer}
    found = read_linear(types, TYPED) | {
        name.removeprefix(TYPED): tensor_of(one)
        for name, one in entries.items()
        if name.startswith(TYPED) and name.endswith(".bias")
    }
    found["absent"] = torch.stack([tensor_of(entries[name]) for name in ABSENT])
    return {MARKED + name: weight for name, weight in found.items()}


def unpacked(reader: onnx.ModelProto, types: onnx.ModelProto) -> Reader:
    """Return the model that two graphs were exported from.

    Raises:
        ValueError: The first has no heads by their names.
        RuntimeError: Some weight is in neither, or has another shape.
    """
    model = Reader(EncoderShape())
    weights = read_heads(reader) | encoder_of(reader, model.encoder.shape) | types_of(types)
    shapes = {name: one.shape for name, one in model.state_dict().items()}
    model.load_state_dict({name: one.reshape(shapes[name]) for name, one in weights.items()})
    model.eval()
    return model


def main() -> None:
    """Parse the command line and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("output", type=Path, help="weights (.pt)")
    parser.add_argument("--reader", default="reader", help="a folder, or the package's")
    parser.add_argument("--types", default="types", help="a folder, or the package's")
    options = parser.parse_args()
    reader, types = (
        onnx.load(str(find_model(name) / GRAPH)) for name in (options.reader, options.types)
    )
    save_weights(unpacked(reader, types), Recipe(), options.output)


if __name__ == "__main__":
    main()
