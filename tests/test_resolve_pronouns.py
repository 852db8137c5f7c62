"""The ranker of pronouns: what its head makes of words, and the files it is read from."""

import json
import shutil
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from onrecord.errors import ModelError
from onrecord.language.states import WordStates
from onrecord.pipeline import load_tools
from onrecord.resolve.actors import Ranker, load_ranker
from onrecord.resolve.actors.ranker import READ, read_networks
from onrecord.resolve.actors.reader import BACK, PronounReader

WIDTH = 384
WORDS = 400


@pytest.fixture(scope="module")
def ranker() -> Ranker:
    return load_ranker()


@pytest.fixture(scope="module")
def states() -> WordStates:
    """Words of four letters and a space, each with some vector."""
    vectors = np.random.default_rng(1).normal(size=(WORDS, 2 * WIDTH)).astype(np.float32)
    return WordStates([5 * word + 4 for word in range(WORDS)], vectors)


def beside(
    ranker: Ranker, states: WordStates, pronouns: Sequence[int], pronoun: int, *names: int
) -> np.ndarray[tuple[int, ...], np.dtype[np.float32]]:
    """The rows of one-word names beside one of some pronouns, all by the numbers of their words."""
    reader = PronounReader(ranker.head, states, [5 * word for word in pronouns])
    places = [5 * word for word in names]
    return reader.beside(5 * pronoun, places, places)


def test_a_name_out_of_reach_has_a_row_of_zeros(ranker: Ranker, states: WordStates) -> None:
    near, far = beside(ranker, states, [200], 200, 200 - BACK, 199 - BACK)
    assert near.any()
    assert not far.any()


def test_names_stand_differently_beside_different_pronouns(
    ranker: Ranker, states: WordStates
) -> None:
    one, other = (beside(ranker, states, [50, 60], word, 40, 45) for word in (50, 60))
    assert not np.allclose(one, other)
    assert not np.allclose(one[0], one[1])


def test_a_far_pronoun_changes_nothing(ranker: Ranker, states: WordStates) -> None:
    alone = beside(ranker, states, [50], 50, 40)
    assert np.array_equal(beside(ranker, states, [50, 300], 50, 40), alone)


def test_the_encoder_is_the_one_the_package_brings(ranker: Ranker) -> None:
    assert ranker.encoder == load_tools().onepass.label


def test_what_the_head_read_counts(ranker: Ranker) -> None:
    features = np.zeros((2, len(ranker.parsed.mean)), np.float32)
    rows = np.zeros((2, len(ranker.read.mean) - features.shape[1]), np.float32)
    rows[0] = 1.0
    parsed, read = ranker.scores(features, None), ranker.scores(features, rows)
    assert parsed[0] == parsed[1]
    assert read[0] != read[1]
    assert len(read) == len(parsed) == 3


def test_a_damaged_file_says_what_to_do(tmp_path: Path) -> None:
    path = tmp_path / READ
    path.write_bytes(b"PK")
    with pytest.raises(ModelError, match="install the package again"):
        read_networks(path)


def test_files_are_checked_against_their_sums(ranker: Ranker, tmp_path: Path) -> None:
    folder = tmp_path / "pronouns"
    shutil.copytree(ranker.head.folder, folder)
    files = json.loads((folder / "config.json").read_text("utf8"))["files"]
    assert {READ, "parsed.npz", "model.onnx"} == set(files)
    (folder / READ).write_bytes((folder / "parsed.npz").read_bytes())
    with pytest.raises(ModelError, match="is damaged"):
        load_ranker(str(folder))
