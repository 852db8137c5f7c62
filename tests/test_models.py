"""Model folders: found, checked against their checksums, opened; what is wrong is named."""

import hashlib
import json
import shutil
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from onrecord.errors import ModelError
from onrecord.extraction.attribution import proposals_of
from onrecord.extraction.attribution.decoding import Decoding
from onrecord.models import find_model, open_model
from onrecord.onepass import load_onepass
from onrecord.onepass.windows import windows_of, words_of
from onrecord.onepass.wordpieces import WORD

MOST_BYTES = 32_000_000  # of all files of all models
STATES = 768  # two layers, 384 wide


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    """A copy of the package's model that reads texts."""
    return Path(shutil.copytree(find_model("reader"), tmp_path / "model"))


def test_all_models_together_are_small_and_name_their_versions() -> None:
    folder = find_model("reader").parent
    assert sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) < MOST_BYTES
    assert open_model("reader").label == "reader/5"
    assert all((path / "CARD.md").is_file() for path in folder.iterdir())


def test_a_model_can_be_named_by_its_folder(copied: Path) -> None:
    reading = load_onepass(str(copied)).read("Putin said it was late.")
    assert reading.extractor == "reader/5"
    (proposal,) = proposals_of(reading, Decoding())
    assert proposal.extractor == "reader/5"


def test_a_reading_carries_a_vector_for_every_word() -> None:
    model = load_onepass("reader")
    text = "Officials warned of floods.\nThey said “the dam” may not hold. " * 30
    reading = model.read(text)
    assert len(reading.windows) > 1
    cut = [text[word.start : word.end] for word in reading.words]
    assert " ".join(cut) == " ".join(WORD.findall(text))
    assert reading.states is not None
    assert reading.states.vectors.shape == (len(reading.words), STATES)
    assert np.isfinite(reading.states.vectors).all()
    for place, word in ((0, 0), (len(cut) - 1, len(cut) - 1)):
        window = reading.window_of(place)
        assert window.first <= word < window.first + len(window.scores["tag"])
        assert reading.word_at(reading.words[word].start) == word


def test_products_are_exact_where_the_processor_is_not_known_to_make_them_so() -> None:
    processor = Path("/proc/cpuinfo")
    known = processor.exists() and "vnni" in processor.read_text("utf8")
    options = open_model("reader").session.get_session_options()
    try:
        exact = options.get_session_config_entry("session.x64quantprecision") == "1"
    except RuntimeError:  # not set
        exact = False
    assert exact is not known


@pytest.mark.parametrize("feature", ["case", "quote", "paragraphs"])
def test_every_feature_of_a_word_counts(feature: str) -> None:
    model = load_onepass("reader")
    text = "The White House said.\nIt rained."
    words = words_of(text, model.split)
    (window,) = windows_of(words, text, model.split)
    other = replace(window, **{feature: np.ones_like(getattr(window, feature))})
    scores = [model.read_window(one).scores["content"] for one in (window, other)]
    assert np.abs(scores[0] - scores[1]).max() > 0.01


@pytest.mark.parametrize("name", ["", "no-such-model", "/"])
def test_what_is_no_model_is_refused(name: str) -> None:
    with pytest.raises(ModelError, match="is no model: name one of the package's own"):
        open_model(name)


@pytest.mark.parametrize("file", ["model.onnx", "vocab.txt"])
def test_a_damaged_file_is_named(copied: Path, file: str) -> None:
    data = (copied / file).read_bytes()
    (copied / file).write_bytes(data[:-1] + bytes([data[-1] ^ 1]))
    with pytest.raises(ModelError, match=rf"{file} is damaged.*install the package again"):
        open_model(str(copied))


def test_a_missing_file_is_named(copied: Path) -> None:
    (copied / "vocab.txt").unlink()
    with pytest.raises(ModelError, match=r"vocab\.txt cannot be read"):
        open_model(str(copied))


@pytest.mark.parametrize(
    ("config", "message"),
    [
        pytest.param("{", "cannot be read", id="not JSON"),
        pytest.param("[]", "does not list", id="not a table"),
        pytest.param('{"files": {}}', r"lacks model\.onnx, name, version", id="incomplete"),
    ],
)
def test_a_damaged_config_is_named(copied: Path, config: str, message: str) -> None:
    (copied / "config.json").write_text(config)
    with pytest.raises(ModelError, match=message):
        open_model(str(copied))


def test_a_file_that_is_no_graph_is_named(copied: Path) -> None:
    (copied / "model.onnx").write_bytes(b"no graph")
    change(copied, files={"model.onnx": sha256(copied / "model.onnx")})
    with pytest.raises(ModelError, match=r"model\.onnx cannot be run"):
        open_model(str(copied))


@pytest.mark.parametrize("changes", [{"tags": 3}, {"frames": {"event": 1}}, {"window": "wide"}])
def test_settings_a_model_cannot_use_are_refused(copied: Path, changes: dict[str, object]) -> None:
    change(copied, **changes)
    with pytest.raises(ModelError, match="is no model that reads texts"):
        load_onepass(str(copied))


def test_another_kind_of_model_is_refused() -> None:
    with pytest.raises(ModelError, match=r"is no model that reads texts: its graph gives root"):
        load_onepass("types")


def change(folder: Path, **changes: object) -> None:
    config = json.loads((folder / "config.json").read_text("utf8"))
    (folder / "config.json").write_text(json.dumps(config | changes))


def sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
