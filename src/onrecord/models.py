"""Trained models: a folder with an ONNX graph, its vocabulary, its settings and its card."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from onrecord.errors import ModelError

if TYPE_CHECKING:
    from onnxruntime import InferenceSession

GRAPH = "model.onnx"
CONFIG = "config.json"
# Without it, int8 products overflow on x86 processors that lack VNNI, and scores are others there;
# where VNNI is, it changes no score and halves the speed.
_EXACT = "session.x64quantprecision"
_PROCESSOR = Path("/proc/cpuinfo")  # names what it can do, on Linux
_QUIET = 3  # onnxruntime's severity from which on it writes to stderr: errors


@dataclass(frozen=True, slots=True, kw_only=True)
class Model:
    """An open model: its folder, what its config.json says, and the session that runs it."""

    folder: Path
    label: str  # name and version, as rows name what made them: "attribution-model/1"
    config: Mapping[str, Any]  # everything in config.json
    session: InferenceSession

    @property
    def outputs(self) -> tuple[str, ...]:
        """The names of the graph's outputs, in its order."""
        return tuple(output.name for output in self.session.get_outputs())

    def run(self, inputs: Mapping[str, NDArray[np.generic]]) -> tuple[NDArray[np.float32], ...]:
        """Return the graph's outputs, in its order, for arrays by input name."""
        return tuple(self.session.run(None, dict(inputs)))


def find_model(name: str) -> Path:
    """Return the folder of a model: one of the package's own by name, else a folder by path.

    Raises:
        ModelError: There is no such folder, or it holds no model.
    """
    packaged = Path(str(files("onrecord") / "data" / "models" / name))
    folder = packaged if name and packaged.is_dir() else Path(name)
    if not (folder / CONFIG).is_file():
        raise ModelError(
            f"{name!r} is no model: name one of the package's own, or a folder with {CONFIG}, "
            f"{GRAPH} and what they need"
        )
    return folder


def open_model(name: str, *, threads: int = 1) -> Model:
    """Return a model, its files checked against the SHA-256 sums in its config.json.

    Args:
        name: A model of the package, or the path of a folder.
        threads: How many threads one run of the graph may use.

    Raises:
        ModelError: The model is missing, damaged, or cannot be run.
    """
    folder = find_model(name)
    config = _read_config(folder)
    for file, checksum in config["files"].items():
        _verify(folder / file, checksum)
    return Model(
        folder=folder,
        label=f"{config['name']}/{config['version']}",
        config=config,
        session=_open_session(folder / GRAPH, threads),
    )


def _read_config(folder: Path) -> Mapping[str, Any]:
    try:
        config = json.loads((folder / CONFIG).read_text("utf8"))
    except (OSError, ValueError) as error:
        raise ModelError(f"{folder / CONFIG} cannot be read: {error}; {_REMEDY}") from error
    if not isinstance(config, dict) or not isinstance(config.get("files"), dict):
        raise ModelError(f"{folder / CONFIG} does not list the model's files; {_REMEDY}")
    missing = {"name", "version"} - config.keys() | {GRAPH} - config["files"].keys()
    if missing:
        raise ModelError(f"{folder / CONFIG} lacks {', '.join(sorted(missing))}; {_REMEDY}")
    return config


_REMEDY = "install the package again, or name another model folder"


def _verify(path: Path, checksum: str) -> None:
    try:
        found = hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError as error:
        raise ModelError(f"{path} cannot be read: {error}; {_REMEDY}") from error
    if found != checksum:
        raise ModelError(f"{path} is damaged: its SHA-256 is not the one in {CONFIG}; {_REMEDY}")


def _open_session(path: Path, threads: int) -> InferenceSession:
    import onnxruntime  # here: reading a store or a report needs no model
    from onnxruntime.capi.onnxruntime_pybind11_state import (
        Fail,
        InvalidArgument,
        InvalidGraph,
        InvalidProtobuf,
    )

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.log_severity_level = _QUIET
    if not _has_vnni():
        options.add_session_config_entry(_EXACT, "1")
    try:
        return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
    except (Fail, InvalidArgument, InvalidGraph, InvalidProtobuf) as error:
        raise ModelError(f"{path} cannot be run: {error}; {_REMEDY}") from error


@cache
def _has_vnni() -> bool:
    """Whether the processor is known to multiply int8 exactly at full speed."""
    try:
        return "vnni" in _PROCESSOR.read_text("utf8")
    except OSError:  # not Linux: unknown
        return False
