"""What every export does alike: the graph made small, and the checksums its loader asks for."""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

from onnxruntime.quantization import QuantType, quantize_dynamic

from onrecord.models import CONFIG


def quantise(fp32: Path, int8: Path, exclude: Sequence[str] = ()) -> None:
    """Write a graph with the weights of its products in int8, a scale for each channel.

    Args:
        fp32: The graph.
        int8: Where the small one goes.
        exclude: Names of nodes that stay as they are.
    """
    quantize_dynamic(
        fp32,
        int8,
        op_types_to_quantize=["MatMul", "Gemm"],
        per_channel=True,
        weight_type=QuantType.QInt8,
        nodes_to_exclude=list(exclude),
        extra_options={"MatMulConstBOnly": True},
    )


def checksums(folder: Path, names: Iterable[str]) -> dict[str, str]:
    """Return the SHA-256 of some files of a folder, in hexadecimal, by name."""
    return {name: hashlib.sha256((folder / name).read_bytes()).hexdigest() for name in names}


def add_to_config(folder: Path, name: str, value: object) -> None:
    """Set one entry of a model's config.json."""
    path = folder / CONFIG
    config = json.loads(path.read_text("utf8")) | {name: value}
    path.write_text(json.dumps(config, indent=1) + "\n", "utf8")


def report(line: str) -> None:
    """Print a line at once, also where the output is a file."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()
