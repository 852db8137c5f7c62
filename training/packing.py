"""What every export does alike: the graph made small, and the checksums its loader asks for."""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

from onnxruntime.quantization import QuantType, quantize_dynamic


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


def report(line: str) -> None:
    """Print a line at once, also where the output is a file."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()
