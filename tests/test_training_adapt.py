"""Training a model's heads on corrected articles, from the exported model alone: `make smoke`."""

import json
import os
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

if not os.environ.get("ONRECORD_TRAIN"):
    pytest.skip("trains: make smoke", allow_module_level=True)

import onnx
import torch
from onnx import numpy_helper
from training.onepass import adapt
from training.onepass.export import difference
from training.onepass.graph import read_heads, read_linear, write_heads
from training.onepass.unpack import unpacked

from factories import make_article, make_record
from onrecord.exports.training import training_form
from onrecord.extraction.events.trained import load_event_model
from onrecord.models import GRAPH, find_model
from onrecord.onepass import load_onepass
from onrecord.onepass.model import OUTPUTS, VOCABULARY
from onrecord.onepass.windows import WINDOW, windows_of, words_of
from onrecord.onepass.wordpieces import WordPieces
from onrecord.pipeline import extract, load_tools
from onrecord.settings import Settings

TEXT = "Troops shelled Kyiv on Friday. France said it would help."
ARTICLES = 5


def package_graph() -> onnx.ModelProto:
    return onnx.load(str(find_model("reader") / GRAPH))


def arrays_of(model: onnx.ModelProto) -> dict[str, np.ndarray]:
    return {one.name: numpy_helper.to_array(one) for one in model.graph.initializer}


def test_heads_come_out_of_a_graph_and_go_back_as_they_were() -> None:
    model = package_graph()
    heads, before = read_heads(model), arrays_of(model)
    assert heads["trigger.weight"].shape[1] == 384
    assert not any(name.startswith("encoder") for name in heads)
    write_heads(model, heads)
    for name, now in arrays_of(model).items():
        if now.dtype == np.int8:
            assert np.abs(now.astype(int) - before[name].astype(int)).max(initial=0) <= 1, name
        else:
            assert np.allclose(now, before[name], rtol=1e-2, atol=1e-6), name


def test_a_graph_without_heads_is_refused() -> None:
    empty = onnx.ModelProto()
    with pytest.raises(ValueError, match="no heads"):
        read_heads(empty)


def test_the_package_model_comes_out_of_its_graphs_as_weights() -> None:
    reader = find_model("reader")
    model = unpacked(package_graph(), onnx.load(str(find_model("types") / GRAPH)))
    split = WordPieces.load(reader / VOCABULARY)
    windows = list(windows_of(words_of(TEXT, split), TEXT, split, size=WINDOW))
    gaps = difference(model, reader / GRAPH, windows)
    assert 0 < gaps["trigger"] < 0.5  # what int8 rounds away
    heads = read_linear(onnx.load(str(find_model("types") / GRAPH)), "head.")
    assert torch.equal(model.marked.root.weight, heads["root.weight"])


@pytest.fixture(scope="module")
def corrected(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder as `onrecord review export` writes it."""
    folder = tmp_path_factory.mktemp("corrected")
    (folder / "gold").mkdir()
    lines = []
    for number in range(ARTICLES):
        record = make_record(make_article(article_id=f"{number:016x}"))
        line, gold = training_form(replace(record, statements=record.statements[:3]))
        lines.append(json.dumps(line) + "\n")
        (folder / "gold" / f"{line['id']}.gold.json").write_text(json.dumps(gold), "utf8")
    (folder / "articles.jsonl").write_text("".join(lines), "utf8")
    return folder


@pytest.fixture(scope="module")
def adapted(corrected: Path) -> Path:
    output = corrected / "desk"
    before, sys.argv = sys.argv, ["adapt", str(corrected), str(output), "--epochs", "2"]
    try:
        adapt.main()
    finally:
        sys.argv = before
    return output


def test_an_adapted_model_reads_with_the_same_states_and_says_what_it_is(adapted: Path) -> None:
    old, new = load_onepass("reader"), load_onepass(str(adapted))
    assert new.label.startswith(f"{old.label}+")
    assert new.encoder == old.encoder == old.label
    at = OUTPUTS.index("states")
    (one,), (other,) = (model.read(TEXT).windows for model in (old, new))
    assert (one.scores[OUTPUTS[at]] == other.scores[OUTPUTS[at]]).all()
    assert not (one.scores["trigger"] == other.scores["trigger"]).all()
    assert load_event_model(new).label  # its head for types of events goes on from the states
    assert "corrected articles" in (adapted / "CARD.md").read_text("utf8")


def test_articles_are_read_with_it_and_rows_say_so(adapted: Path) -> None:
    tools = load_tools(Settings(model=str(adapted)))
    record = extract(make_article(), tools=tools)
    assert record.events
    assert "+" in record.events[0].extractor
    assert tools.onepass.encoder == tools.ranker.encoder


def test_what_is_there_is_not_written_over(adapted: Path, corrected: Path) -> None:
    before, sys.argv = sys.argv, ["adapt", str(corrected), str(adapted)]
    try:
        with pytest.raises(SystemExit):
            adapt.main()
    finally:
        sys.argv = before


def test_too_few_articles_are_refused(tmp_path: Path) -> None:
    (tmp_path / "articles.jsonl").write_text("", "utf8")
    with pytest.raises(ValueError, match="at least 4"):
        adapt.texts_in(tmp_path, load_onepass("reader"))
