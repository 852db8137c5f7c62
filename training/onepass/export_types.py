"""Write the head that types events as ONNX in int8, to go on from the states of an exported model.

Its temperature is fitted on the marked sentences that training held back, or given.

Example: python -m training.onepass.export_types run/epoch7.pt types --plv plv_train.jsonl
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import onnxruntime
import torch
from torch import Tensor, nn

from onrecord.extraction.events.trained import OUTPUTS, load_event_model
from onrecord.models import CONFIG, GRAPH
from onrecord.onepass import OnePass, load_onepass
from training.onepass.marked import ROOTS, Item, held_back, read_marked
from training.onepass.marked_head import MarkedHead
from training.onepass.train import load_weights
from training.onepass.types import Inputs, best_temperature, inputs_of, root_scores
from training.packing import checksums, quantise, report

INPUTS = ("states", "roles")
OPSET = 18
VERSION = "1"  # of the head; another one for any change of what it says
TOLERANCE = 0.01  # between the weights and the graph in fp32, of any score
COMPARED = 40  # sentences


class Plain(nn.Module):
    """The head for one sentence without padding, with tensors in and out."""

    def __init__(self, head: MarkedHead) -> None:
        """Wrap a trained head."""
        super().__init__()
        self.head = head

    def forward(self, states: Tensor, roles: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """Score one sentence; names as in INPUTS and OUTPUTS."""
        present = torch.ones_like(roles, dtype=torch.float32)
        scores = self.head(states, roles, present)
        return scores.root, scores.yielded, scores.looked


def write_onnx(head: MarkedHead, width: int, path: Path) -> None:
    """Write a head in fp32; the number of words stays free."""
    words = {1: torch.export.Dim("words", min=1)}
    program = torch.onnx.export(
        Plain(head).eval(),
        (torch.randn(1, 20, width), torch.arange(20)[None] % 3),
        input_names=list(INPUTS),
        output_names=list(OUTPUTS),
        opset_version=OPSET,
        dynamic_shapes=(words, words),
        dynamo=True,
        verbose=False,
    )
    if program is None:
        raise RuntimeError("the exporter gave no program")
    program.save(str(path))


@torch.no_grad()
def difference(head: MarkedHead, graph: Path, sentences: Sequence[Inputs]) -> float:
    """Return how far at most a root score of the graph is from the head's."""
    session, plain = onnxruntime.InferenceSession(graph), Plain(head).eval()
    gaps = [0.0]
    for given in sentences:
        wanted = plain(*(torch.from_numpy(given[name]) for name in INPUTS))[0].numpy()
        gaps.append(float(np.abs(wanted - session.run(["root"], dict(given))[0]).max()))
    return max(gaps)


def write_graph(head: MarkedHead, width: int, sentences: Sequence[Inputs], int8: Path) -> None:
    """Write a head in int8.

    Args:
        head: It stays as it is.
        width: Of the states.
        sentences: Like those it will read, to compare scores on.
        int8: The file to write.

    Raises:
        RuntimeError: The graph does not score as the head does, before it is made small.
    """
    with TemporaryDirectory() as folder:
        fp32 = Path(folder) / GRAPH
        write_onnx(head, width, fp32)
        gap = difference(head, fp32, sentences)
        if gap > TOLERANCE:
            raise RuntimeError(f"the graph's scores are {gap:.3f} from the head's: do not use it")
        quantise(fp32, int8)
    size = int8.stat().st_size / 1e6
    report(f"int8: {size:.1f} MB, greatest difference {difference(head, int8, sentences):.3f}")


def write_config(folder: Path, encoder: str, temperature: float) -> None:
    """Write config.json: whose states it reads, the roots, the temperature, the checksum."""
    config = {
        "name": "event-types",
        "version": VERSION,
        "encoder": encoder,
        "roots": ROOTS,
        "temperature": temperature,
        "files": checksums(folder, (GRAPH,)),
    }
    (folder / CONFIG).write_text(json.dumps(config, indent=1) + "\n", "utf8")


def fitted_temperature(folder: Path, onepass: OnePass, items: Sequence[Item]) -> float:
    """Return the temperature that suits the scores of a head as it was written."""
    scores = root_scores(load_event_model(onepass, str(folder)), items)
    return round(best_temperature(items, scores), 3)


def main() -> None:
    """Parse the command line and export."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("weights", type=Path, help="of the one-pass model (.pt)")
    parser.add_argument("output", type=Path, help="folder of the exported head")
    parser.add_argument("--onepass", default="reader", help="the exported one-pass model")
    parser.add_argument("--plv", type=Path, required=True, help="PLV's training side")
    parser.add_argument(
        "--temperature", type=float, help="fitted before; for weights that learnt from all of PLV"
    )
    options = parser.parse_args()
    onepass = load_onepass(options.onepass)
    items = held_back(read_marked(options.plv))
    model = load_weights(options.weights)
    options.output.mkdir(parents=True, exist_ok=True)
    sentences = [inputs_of(item, onepass) for item in items[:COMPARED]]
    width = model.encoder.shape.width
    write_graph(model.marked, width, sentences, options.output / GRAPH)
    write_config(options.output, onepass.label, options.temperature or 1.0)
    if options.temperature is None:
        temperature = fitted_temperature(options.output, onepass, items)
        report(f"temperature {temperature}")
        write_config(options.output, onepass.label, temperature)


if __name__ == "__main__":
    main()
