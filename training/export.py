"""Write a trained model as ONNX in int8, after checks that the graph scores as the weights do.

Example: python -m training.export run/epoch5.pt out --vocabulary VOCAB --sample train.jsonl
"""

import argparse
import copy
import json
import shutil
from collections.abc import Sequence
from dataclasses import asdict, fields
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import onnx
import onnxruntime
import torch
from torch import Tensor, nn

from onrecord.extraction.attribution.decoding import Calibration, Decoding
from onrecord.extraction.attribution.trained import OUTPUTS, VOCABULARY, inputs_of
from onrecord.onepass.windows import (
    CASES,
    QUOTES,
    WINDOW,
    Window,
    windows_of,
    words_of,
)
from onrecord.onepass.wordpieces import WordPieces
from onrecord.models import CONFIG, GRAPH
from training.batches import batch_of
from training.evaluate import report
from training.model import AttributionModel, Batch
from training.packing import checksums, quantise
from training.prepare import read_prepared
from training.smooth import shrink
from training.train import load_weights

RELATIONS = ("content", "source_start", "source_end")
INPUTS = tuple(field.name for field in fields(Batch))
OPSET = 18
VERSION = "2"  # of the model; another one for any change of what it says
TOLERANCE = 0.01  # between the weights and the graph in fp32, of any score
SAMPLES = 40  # documents of the training data that are read to see how large activations get
COMPARED = 8  # windows of these


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


def traced() -> tuple[Tensor, ...]:
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
        traced(),
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
    quantise(fp32, int8, products(fp32))


def sample_windows(data: Path, vocabulary: Path) -> list[Window]:
    """Return windows of some training documents."""
    split = WordPieces.load(vocabulary)
    documents = read_prepared(data)
    return [
        window
        for document in documents[:: max(1, len(documents) // SAMPLES)]
        for window in windows_of(words_of(document.text, split), document.text, split, size=WINDOW)
    ]


@torch.no_grad()
def difference(model: AttributionModel, graph: Path, windows: Sequence[Window]) -> float:
    """Return how far at most a score of the graph is from the model's on real windows."""
    session = onnxruntime.InferenceSession(graph)
    gaps = []
    for window in windows:
        wanted = model(batch_of([window]))
        got = session.run(list(OUTPUTS), dict(inputs_of(window)))
        gaps += [
            float(np.abs(getattr(wanted, name).numpy() - part).max())
            for name, part in zip(OUTPUTS, got, strict=True)
        ]
    return max(gaps)


def export(model: AttributionModel, windows: Sequence[Window], int8: Path) -> None:
    """Write a model in int8.

    Args:
        model: It stays as it is.
        windows: Texts like those it will read.
        int8: The file to write.

    Raises:
        RuntimeError: The graph does not score as the model does, before it is made small.
    """
    small = copy.deepcopy(model)
    shrink(small, [(batch_of([window]),) for window in windows])
    compared = windows[:COMPARED]
    with TemporaryDirectory() as folder:
        fp32 = Path(folder) / GRAPH
        write_onnx(model, fp32)
        gap = difference(model, fp32, compared)
        report(f"fp32: {fp32.stat().st_size / 1e6:.1f} MB, greatest difference {gap:.5f}")
        if gap > TOLERANCE:
            raise RuntimeError(f"the graph's scores are {gap:.3f} from the model's: do not use it")
        write_onnx(small, fp32)
        write_int8(fp32, int8)
    gap = difference(model, int8, compared)
    report(f"int8: {int8.stat().st_size / 1e6:.1f} MB, greatest difference {gap:.3f}")


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
        "files": checksums(folder, (GRAPH, VOCABULARY)),
    }
    (folder / CONFIG).write_text(json.dumps(config, indent=1) + "\n", "utf8")


def main() -> None:
    """Parse the command line and export."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("model", type=Path, help="weights (.pt)")
    parser.add_argument("output", type=Path, help="folder of the exported model")
    parser.add_argument("--vocabulary", type=Path, required=True, help="vocab.txt of the encoder")
    parser.add_argument("--sample", type=Path, required=True, help="written by training.prepare")
    options = parser.parse_args()
    options.output.mkdir(parents=True, exist_ok=True)
    windows = sample_windows(options.sample, options.vocabulary)
    export(load_weights(options.model), windows, options.output / GRAPH)
    shutil.copy(options.vocabulary, options.output / VOCABULARY)
    write_config(options.output, Calibration())


if __name__ == "__main__":
    main()
