"""Weights between those of two models: `make smoke`."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

if not os.environ.get("ONRECORD_TRAIN"):
    pytest.skip("trains: make smoke", allow_module_level=True)

import torch
from training.onepass.mix import mixed


def test_weights_lie_between_two(tmp_path: Path) -> None:
    for name, value in (("before", 0.0), ("after", 4.0)):
        state = {"recipe": {"seed": len(name)}, "model": {"cue.bias": torch.full((3,), value)}}
        torch.save(state, tmp_path / f"{name}.pt")
    command = [sys.executable, "-m", "training.onepass.mix"]
    files = [str(tmp_path / f"{name}.pt") for name in ("before", "after", "mixed")]
    subprocess.run([*command, *files, "--share", "0.75"], check=True)
    found = torch.load(tmp_path / "mixed.pt", weights_only=True)
    assert found["model"]["cue.bias"].tolist() == [3.0, 3.0, 3.0]
    assert found["recipe"] == {"seed": len("after")}


def test_models_of_two_forms_are_refused() -> None:
    with pytest.raises(ValueError, match="not of one form"):
        mixed({"cue.bias": torch.zeros(3)}, {"cue.bias": torch.zeros(2)}, 0.5)
