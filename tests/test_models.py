"""Model folders: found, checked against their checksums, opened; what is wrong is named."""

import hashlib
import json
import shutil
from pathlib import Path

import pytest

from onrecord.errors import ModelError
from onrecord.extraction.attribution import load_attribution_model
from onrecord.models import find_model, open_model

MOST_BYTES = 25_000_000  # of all files of the attribution model


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    """A copy of the package's attribution model."""
    return Path(shutil.copytree(find_model("attribution"), tmp_path / "model"))


def test_the_attribution_model_is_small_and_names_its_version() -> None:
    folder = find_model("attribution")
    assert sum(path.stat().st_size for path in folder.iterdir()) < MOST_BYTES
    assert open_model("attribution").label == "attribution-model/1"
    assert (folder / "CARD.md").is_file()


def test_a_model_can_be_named_by_its_folder(copied: Path) -> None:
    (proposal,) = load_attribution_model(str(copied)).propose("Putin said it was late.")
    assert proposal.extractor == "attribution-model/1"


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


@pytest.mark.parametrize(
    "changes", [{"decoding": {"hue": 1}}, {"calibration": {}}, {"window": "wide"}]
)
def test_settings_an_attribution_model_cannot_use_are_refused(
    copied: Path, changes: dict[str, object]
) -> None:
    change(copied, **changes)
    with pytest.raises(ModelError, match="is no attribution model"):
        load_attribution_model(str(copied))


def change(folder: Path, **changes: object) -> None:
    config = json.loads((folder / "config.json").read_text("utf8"))
    (folder / "config.json").write_text(json.dumps(config | changes))


def sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
