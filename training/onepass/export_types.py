"""Train the event model on everything and write it as ONNX in int8.

Example: python -m training.event_export marked.jsonl out --minilm model.safetensors \
    --vocabulary vocab.txt --own training/data/events.jsonl --stories stories.csv --temperature 0.7
"""

import argparse
import copy
import json
import shutil
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import onnxruntime
import torch
from torch import Tensor, nn

from onrecord.onepass.windows import CASES, QUOTES
from onrecord.extraction.events.trained import OUTPUTS, ROOM, VOCABULARY, inputs_of
from onrecord.models import CONFIG, GRAPH
from training.evaluate import report
from training.event_corpus import add_options, read_corpus, recipe_of, start_of
from training.event_data import ROOTS
from training.event_examples import Example, Floats
from training.event_model import EventModel
from training.event_train import mean_of, train
from training.packing import checksums, quantise
from training.smooth import shrink

INPUTS = ("pieces", "case", "quote", "starts", "roles")
OPSET = 18
VERSION = "1"  # of the model; another one for any change of what it says
TOLERANCE = 0.01  # between the weights and the graph in fp32, of any score
POSITIONS = ROOM + 16  # with marks and special pieces
SAMPLES = 200  # examples that are read to see how large activations get
COMPARED = 40  # of these


class Plain(nn.Module):
    """The model for sentences without padding, with tensors in and out."""

    def __init__(self, model: EventModel) -> None:
        """Wrap a trained model."""
        super().__init__()
        self.model = model

    def forward(
        self, pieces: Tensor, case: Tensor, quote: Tensor, starts: Tensor, roles: Tensor
    ) -> tuple[Tensor, Tensor, Tensor]:
        """Score sentences; names as in INPUTS and OUTPUTS."""
        present = torch.ones_like(roles, dtype=torch.float32)
        scores = self.model(pieces, case, quote, starts, roles, present)
        return scores.root, scores.yielded, scores.looked


def traced() -> tuple[Tensor, ...]:
    """Return two made-up sentences, for tracing.

    No two inputs are one tensor: the exporter would take them for one input.
    """
    pieces = torch.randint(1000, 2000, (2, 24))
    case, quote = torch.randint(1, CASES, (2, 24)), torch.randint(1, QUOTES, (2, 24))
    starts = torch.arange(1, 21).repeat(2, 1)
    return (pieces, case, quote, starts, torch.arange(20).repeat(2, 1) % 3)


def given_of(example: Example) -> tuple[Tensor, ...]:
    """Return what the model takes for one example."""
    inputs = inputs_of(example.marked)
    return tuple(torch.from_numpy(inputs[name]) for name in INPUTS)


def write_onnx(model: EventModel, path: Path) -> None:
    """Write the model in fp32; sentences, pieces and words stay free."""
    batch, pieces, words = (torch.export.Dim(n, min=1) for n in ("batch", "pieces", "words"))
    by_piece, by_word = {0: batch, 1: pieces}, {0: batch, 1: words}
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


def graph_scores(graph: Path, examples: Sequence[Example]) -> Floats:
    """Return the root scores that a graph gives examples."""
    session = onnxruntime.InferenceSession(graph)
    rows = [session.run(["root"], dict(inputs_of(e.marked)))[0][0] for e in examples]
    scores: Floats = np.stack(rows)
    return scores


@torch.no_grad()
def difference(model: EventModel, graph: Path, examples: Sequence[Example]) -> float:
    """Return how far at most a root score of the graph is from the model's."""
    plain = Plain(model).eval()
    wanted = np.concatenate([plain(*given_of(e))[0].numpy() for e in examples])
    return float(np.abs(wanted - graph_scores(graph, examples)).max())


def write_graph(model: EventModel, examples: Sequence[Example], int8: Path) -> None:
    """Write a model in int8.

    Args:
        model: It stays as it is.
        examples: Sentences like those it will read.
        int8: The file to write.

    Raises:
        RuntimeError: The graph does not score as the model does, before it is made small.
    """
    small = copy.deepcopy(model).eval()
    trimmed = small.encoder.position.weight[:POSITIONS].detach().clone()
    small.encoder.position = nn.Embedding.from_pretrained(trimmed)
    compared = examples[:COMPARED]
    with TemporaryDirectory() as folder:
        fp32 = Path(folder) / GRAPH
        write_onnx(small, fp32)
        gap = difference(model, fp32, compared)
        if gap > TOLERANCE:
            raise RuntimeError(f"the graph's scores are {gap:.3f} from the model's: do not use it")
        inputs = [given_of(example) for example in examples[:SAMPLES]]
        shrink(small, [(*one, torch.ones(one[4].shape)) for one in inputs])
        write_onnx(small, fp32)
        quantise(fp32, int8)
    size = int8.stat().st_size / 1e6
    report(f"int8: {size:.1f} MB, greatest difference {difference(model, int8, compared):.3f}")


def write_config(folder: Path, temperature: float) -> None:
    """Write config.json: the roots, the temperature, and the checksums of the files."""
    config = {
        "name": "event-model",
        "version": VERSION,
        "roots": ROOTS,
        "temperature": temperature,
        "files": checksums(folder, (GRAPH, VOCABULARY)),
    }
    (folder / CONFIG).write_text(json.dumps(config, indent=1) + "\n", "utf8")


def main() -> None:
    """Parse the command line, train and export."""
    parser = argparse.ArgumentParser(description=__doc__)
    add_options(parser)
    parser.add_argument("output", type=Path, help="folder of the exported model")
    parser.add_argument("--temperature", type=float, required=True, help="by training.events")
    options = parser.parse_args()
    corpus, recipe = read_corpus(options), recipe_of(options)
    start, taught = start_of(options, corpus), [*corpus.marked, *corpus.own]
    seeds = [replace(recipe, seed=seed) for seed in options.seeds]
    model = mean_of([train(taught, one, start, corpus.masked) for one in seeds])
    options.output.mkdir(parents=True, exist_ok=True)
    write_graph(model, corpus.marked, options.output / GRAPH)
    shutil.copy(options.vocabulary, options.output / VOCABULARY)
    write_config(options.output, options.temperature)


if __name__ == "__main__":
    main()
