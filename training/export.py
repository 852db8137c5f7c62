"""Write a trained model as ONNX, in fp32 and in int8, and compare the two with torch.

Example: python -m training.export run/epoch5.pt out --vocabulary VOCAB
"""

import argparse
import hashlib
import json
import shutil
from dataclasses import asdict
from pathlib import Path

import numpy as np
import onnx
import onnxruntime
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn

from onrecord.extraction.attribution.decoding import Calibration, Decoding
from onrecord.extraction.attribution.trained import VOCABULARY
from onrecord.extraction.attribution.windows import CASES, QUOTES, WINDOW
from onrecord.models import CONFIG, GRAPH
from training.evaluate import report
from training.model import AttributionModel, Batch
from training.predict import INPUTS, OUTPUTS
from training.train import load_weights

RELATIONS = ("content", "source_start", "source_end")
OPSET = 18
VERSION = "1"  # of the model; another one for any change of what it says


class Plain(nn.Module):
    """The model with tensors in and out, as the exporter wants it."""

    def __init__(self, model: AttributionModel) -> None:
        """Wrap a trained model."""
        super().__init__()
        self.model = model

    def forward(self, *inputs: Tensor) -> tuple[Tensor, ...]:
        """Score one batch; names and order as in INPUTS and OUTPUTS."""
        scores = self.model(Batch(*inputs))
        return tuple(getattr(scores, name) for name in OUTPUTS)


def sample() -> tuple[Tensor, ...]:
    """Return a batch of two windows of made-up pieces, for tracing.

    No two inputs are one tensor: the exporter would take them for one input.
    """
    pieces = torch.randint(1000, 2000, (2, 24))
    starts = torch.arange(1, 21).repeat(2, 1)
    case, quote = torch.randint(1, CASES, (2, 24)), torch.randint(1, QUOTES, (2, 24))
    return (pieces, case, quote, starts, torch.zeros_like(starts), torch.ones(2, 20))


def write_onnx(model: AttributionModel, path: Path) -> None:
    """Write the model in fp32; batch, pieces and words stay free."""
    batch, pieces, words = (torch.export.Dim(n, min=1) for n in ("batch", "pieces", "words"))
    by_piece, by_word = {0: batch, 1: pieces}, {0: batch, 1: words}
    shapes = (by_piece, by_piece, by_piece, by_word, by_word, by_word)
    program = torch.onnx.export(
        Plain(model).eval(),
        sample(),
        input_names=list(INPUTS),
        output_names=list(OUTPUTS),
        opset_version=OPSET,
        dynamic_shapes=(shapes,),
        dynamo=True,
        verbose=False,
    )
    if program is None:
        raise RuntimeError("the exporter gave no program")
    program.save(str(path))


def products(path: Path) -> list[str]:
    """Return the names of the nodes that multiply the two sides of a relation."""
    graph = onnx.load(str(path)).graph
    weights = {f"model.{name}.product" for name in RELATIONS}
    found = [n for n in graph.node if n.op_type == "MatMul" and weights & set(n.input)]
    made = {output for node in found for output in node.output}
    found += [n for n in graph.node if n.op_type == "MatMul" and made & set(n.input)]
    return [node.name for node in found]


def write_int8(fp32: Path, int8: Path) -> None:
    """Quantise weights per channel; what the relations multiply stays as it is."""
    quantize_dynamic(
        fp32,
        int8,
        op_types_to_quantize=["MatMul", "Gemm", "Gather"],
        per_channel=True,
        weight_type=QuantType.QInt8,
        nodes_to_exclude=products(fp32),
        extra_options={"MatMulConstBOnly": True},
    )


def write_config(folder: Path, calibration: Calibration) -> None:
    """Write config.json: how to read and decode, and the checksums of the files."""
    decoding = asdict(Decoding())
    del decoding["calibration"]
    config = {
        "name": "attribution-model",
        "version": VERSION,
        "window": WINDOW,
        "decoding": decoding,
        "calibration": asdict(calibration),
        "files": {
            name: hashlib.sha256((folder / name).read_bytes()).hexdigest()
            for name in (GRAPH, VOCABULARY)
        },
    }
    (folder / CONFIG).write_text(json.dumps(config, indent=1) + "\n", "utf8")


def main() -> None:
    """Parse the command line and export."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("model", type=Path, help="weights (.pt)")
    parser.add_argument("output", type=Path, help="folder of the exported model")
    parser.add_argument("--vocabulary", type=Path, required=True, help="vocab.txt of the encoder")
    options = parser.parse_args()
    options.output.mkdir(parents=True, exist_ok=True)
    fp32, int8 = options.output / "model.fp32.onnx", options.output / GRAPH
    model = load_weights(options.model)
    write_onnx(model, fp32)
    write_int8(fp32, int8)
    shutil.copy(options.vocabulary, options.output / VOCABULARY)
    with torch.no_grad():
        given = sample()
        wanted = Plain(model)(*given)
    feed = {name: part.numpy() for name, part in zip(INPUTS, given, strict=True)}
    for path in (fp32, int8):
        got = onnxruntime.InferenceSession(path).run(list(OUTPUTS), feed)
        gap = max(float(np.abs(a.numpy() - b).max()) for a, b in zip(wanted, got, strict=True))
        report(f"{path.name}: {path.stat().st_size / 1e6:.1f} MB, greatest difference {gap:.4f}")
    write_config(options.output, Calibration())


if __name__ == "__main__":
    main()
