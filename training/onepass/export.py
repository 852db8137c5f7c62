"""Write a trained model as ONNX in int8, after checks that the graph scores as the weights do.

Example: python -m training.onepass.export run/epoch7.pt out --vocabulary V --texts articles.jsonl
"""

from __future__ import annotations

import argparse
import copy
import json
import shutil
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import onnx
import onnxruntime
import torch
from torch import Tensor, nn

from onrecord.models import CONFIG, GRAPH
from onrecord.onepass.model import INPUTS, OUTPUTS, VOCABULARY, inputs_of
from onrecord.onepass.windows import CASES, QUOTES, WINDOW, Window, windows_of, words_of
from onrecord.onepass.wordpieces import WordPieces
from training.onepass.batches import Batch, batch_of
from training.onepass.labels import (
    DEPENDENCIES,
    ENTITIES,
    FRAMES,
    MEASURES,
    MODALITIES,
    TAGS,
    TYPES,
)
from training.onepass.model import Reader
from training.onepass.relations import distance_classes
from training.onepass.smooth import shrink
from training.onepass.train import load_weights
from training.packing import checksums, quantise, report

OPSET = 18
VERSION = "5"  # of the model; another one for any change of what it says
TOLERANCE = 0.02  # between the weights and the graph in fp32, of any score
SAMPLES, COMPARED = 40, 8  # texts read to see how large activations get; windows compared
KEPT = ("product",)  # of the weights' names: products of two learnt sides stay in fp32
UNRELATED = -10000.0
SETTINGS = ("statements", "nested", "events")  # what training.onepass.tune writes


class Plain(nn.Module):
    """The model with tensors in and out, and its parse put together, as the package reads it."""

    def __init__(self, model: Reader) -> None:
        """Wrap a trained model."""
        super().__init__()
        self.model = model

    def forward(
        self, pieces: Tensor, case: Tensor, quote: Tensor, starts: Tensor, paragraphs: Tensor
    ) -> tuple[Tensor, ...]:
        """Score one window; names and order as in INPUTS and OUTPUTS."""
        read = self.model(Batch(pieces, case, quote, starts, paragraphs, torch.ones(starts.shape)))
        words = read.states[:, :, -self.model.encoder.shape.width :]
        # A sentence begins where the model says so, and with every paragraph.
        before = torch.cat([paragraphs[:, :1] - 1, paragraphs[:, :-1]], 1)
        begins = (read.start > 0) | (paragraphs != before)
        sentence = begins.to(torch.int64).cumsum(1)
        apart = (sentence[:, :, None] != sentence[:, None, :]).to(torch.float32)
        arc = read.arc + apart * UNRELATED
        head = arc.argmax(2)
        label = self.model.arcs.labels(words, head).argmax(2)
        pairs = self.model.pairs(words, words, distance_classes(words.shape[1], words.device))
        made = {"tag": read.tag.argmax(2), "arc": arc, "head": head, "label": label,
                "sentence": sentence, "pairs": pairs}  # fmt: skip
        return tuple(made[name] if name in made else getattr(read, name) for name in OUTPUTS)


def traced() -> tuple[Tensor, ...]:
    """Return a window of made-up pieces, for tracing; no two inputs are one tensor."""
    pieces = torch.randint(1000, 2000, (1, 24))
    case, quote = torch.randint(1, CASES, (1, 24)), torch.randint(1, QUOTES, (1, 24))
    return pieces, case, quote, torch.arange(1, 21)[None], torch.zeros(1, 20, dtype=torch.int64)


def write_onnx(model: Reader, path: Path) -> None:
    """Write the model in fp32; pieces and words stay free."""
    pieces, words = (torch.export.Dim(name, min=1) for name in ("pieces", "words"))
    by_piece, by_word = {1: pieces}, {1: words}
    program = torch.onnx.export(
        Plain(model).eval(),
        traced(),
        input_names=list(INPUTS),
        output_names=list(OUTPUTS),
        opset_version=OPSET,
        dynamic_shapes=(by_piece, by_piece, by_piece, by_word, by_word),
        dynamo=True,
        verbose=False,
    )
    if program is None:
        raise RuntimeError("the exporter gave no program")
    program.save(str(path))


def products(path: Path) -> list[str]:
    """Return the names of the nodes that multiply two learnt sides: these stay in fp32."""
    graph = onnx.load(str(path)).graph
    weights = {one.name for one in graph.initializer if one.name.endswith(KEPT)}
    found = [n for n in graph.node if n.op_type == "MatMul" and weights & set(n.input)]
    made = {output for node in found for output in node.output}
    found += [n for n in graph.node if n.op_type == "MatMul" and made & set(n.input)]
    return [node.name for node in found]


def sample_windows(texts: Path, vocabulary: Path) -> list[Window]:
    """Return windows of some of the texts of a JSON lines file."""
    split = WordPieces.load(vocabulary)
    rows = [json.loads(line)["text"] for line in texts.read_text("utf8").splitlines()]
    return [
        window
        for text in rows[:: max(1, len(rows) // SAMPLES)]
        for window in windows_of(words_of(text, split), text, split, size=WINDOW)
    ]


@torch.no_grad()
def difference(model: Reader, graph: Path, windows: Sequence[Window]) -> dict[str, float]:
    """Return how far at most each score of the graph is from the model's on real windows."""
    session = onnxruntime.InferenceSession(graph)
    gaps: dict[str, float] = {}
    for window in windows:
        inputs = inputs_of(window)
        wanted = Plain(model)(*(torch.from_numpy(np.asarray(inputs[name])) for name in INPUTS))
        for name, mine, got in zip(
            OUTPUTS, wanted, session.run(list(OUTPUTS), dict(inputs)), strict=True
        ):
            if mine.dtype == torch.float32:
                gap = float(np.abs(mine.numpy() - got).max())
                gaps[name] = max(gaps.get(name, 0.0), gap)
    return gaps


def export(model: Reader, windows: Sequence[Window], int8: Path) -> None:
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
        gaps = difference(model, fp32, compared)
        report(f"fp32: {fp32.stat().st_size / 1e6:.1f} MB, greatest differences {gaps}")
        if max(gaps.values()) > TOLERANCE:
            raise RuntimeError(
                f"the graph's scores are off by {max(gaps.values()):.3f}: do not use it"
            )
        write_onnx(small, fp32)
        quantise(fp32, int8, products(fp32))
    gaps = difference(model, int8, compared)
    report(f"int8: {int8.stat().st_size / 1e6:.1f} MB, greatest differences {gaps}")


def write_config(folder: Path, more: dict[str, object]) -> None:
    """Write config.json: labels, settings, and the checksums of the files."""
    config = {
        "name": "reader",
        "version": VERSION,
        "window": WINDOW,
        "tags": TAGS,
        "dependencies": DEPENDENCIES,
        "entities": ENTITIES,
        "types": TYPES,
        "modalities": MODALITIES,
        "measures": MEASURES,
        "frames": FRAMES,
        **more,
        "files": checksums(folder, (GRAPH, VOCABULARY)),
    }
    (folder / CONFIG).write_text(json.dumps(config, indent=1) + "\n", "utf8")


def settings_in(path: Path) -> dict[str, object]:
    """Return what `training.onepass.tune` has found, from the config.json of a model."""
    config = json.loads(path.read_text("utf8"))
    return {name: config[name] for name in SETTINGS if name in config}


def main() -> None:
    """Parse the command line and export."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("model", type=Path, help="weights (.pt)")
    parser.add_argument("output", type=Path, help="folder of the exported model")
    parser.add_argument("--vocabulary", type=Path, required=True, help="vocab.txt of the encoder")
    parser.add_argument(
        "--texts", type=Path, required=True, help="JSON lines with texts to try it on"
    )
    parser.add_argument("--settings", type=Path, help="config.json of a model that was tuned")
    options = parser.parse_args()
    options.output.mkdir(parents=True, exist_ok=True)
    windows = sample_windows(options.texts, options.vocabulary)
    export(load_weights(options.model), windows, options.output / GRAPH)
    shutil.copy(options.vocabulary, options.output / VOCABULARY)
    write_config(options.output, settings_in(options.settings) if options.settings else {})


if __name__ == "__main__":
    main()
