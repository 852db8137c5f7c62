"""Networks that weigh candidates by named features, and what they are trained on: `make smoke`."""

import os
from pathlib import Path

import numpy as np
import pytest

if not os.environ.get("ONRECORD_TRAIN"):
    pytest.skip("trains: make smoke", allow_module_level=True)

import torch
from training.antecedents import cases_of, lines
from training.golds import named_in
from training.weigher import BATCH, Case, crossed, names_of, rows_of, train, write

from onrecord.records import Span
from onrecord.resolve.actors.ranker import read_weigher

COUNT = 4 * BATCH
torch.set_num_threads(1)  # small networks: threads only wait for each other


def made(number: int) -> Case:
    """A case in which the candidate that is a subject is right, of two; or none where none is."""
    features = [{"gap": float(number % 7)}, {"gap": float(number % 5), "odd": 1.0}]
    right = number % 3
    wanted = [0.0, 0.0]
    if right < 2:
        features[right]["subject"] = 1.0
        wanted[right] = 1.0
    return Case(f"article {number % 20}", features, wanted)


CASES = [made(number) for number in range(COUNT)]


def test_what_tells_is_learnt_and_nobody_where_nothing_does() -> None:
    weigher = train(CASES, "test/1", 0.5)
    likely = weigher.shares([{"gap": 3.0}, {"subject": 1.0}])
    assert likely[1] > 0.6 > likely[0]
    assert weigher.shares([{"gap": 3.0}, {"odd": 1.0}]).sum() < 0.5


def test_a_weigher_is_written_as_it_is_read(tmp_path: Path) -> None:
    weigher = train(CASES, "test/1", 0.5, "reader/0")
    write(weigher, tmp_path)
    again = read_weigher(tmp_path)
    assert (again.label, again.names, again.least, again.encoder) == (
        "test/1", weigher.names, 0.5, "reader/0",
    )  # fmt: skip
    candidates = CASES[0].candidates
    assert again.shares(candidates) == pytest.approx(weigher.shares(candidates), abs=0.01)


def test_folds_leave_out_the_article_itself() -> None:
    shares = crossed(CASES)
    assert [len(one) for one in shares] == [2] * COUNT
    right = [
        case.wanted[int(of.argmax())] > 0
        for case, of in zip(CASES, shares, strict=True)
        if sum(case.wanted)
    ]
    assert np.mean(right) > 0.9


def test_rare_features_are_left_out() -> None:
    rare = [Case("a", [{"subject": 1.0, "once": 1.0}], [1.0]), *CASES]
    assert names_of(rare) == ("gap", "odd", "subject")


def test_rows_have_what_is_wanted_of_nobody_last() -> None:
    cases = [Case("a", [{"x": 3.0}, {}], [0.25, 0.5]), Case("b", [{"x": 1.0}], [0.0], weight=2.0)]
    rows = rows_of(cases, ("x",), np.array([1.0], np.float32), np.array([2.0], np.float32))
    assert rows.features[..., 0].tolist() == [[1.0, -0.5], [0.0, 0.0]]
    assert rows.there.tolist() == [[True, True], [True, False]]
    assert rows.wanted.tolist() == [[0.25, 0.5, 0.25], [0.0, 0.0, 1.0]]
    assert rows.weights.tolist() == [1.0, 2.0]


def test_sources_and_parties_are_named() -> None:
    gold = {
        "statements": [{"source": {"span": [0, 2]}, "speaker": "Ann Lee"}, {"source": None}],
        "events": [
            {"actors": [{"span": [5, 7], "name": "Nato"}, {"span": [8, 9]}], "recipients": []}
        ],
    }
    assert list(named_in(gold)) == [(Span(0, 2), "Ann Lee"), (Span(5, 7), "Nato")]


def test_the_pronouns_of_an_annotated_article_are_cases() -> None:
    text = "The Foreign Ministry met Nato on Monday. It said it was glad."
    it = text.index("It")
    gold = {
        "id": "a",
        "events": [],
        "statements": [{"source": {"span": [it, it + 2]}, "speaker": "Foreign Ministry"}],
    }
    (case,) = cases_of([({"text": text}, gold)])
    assert sum(case.wanted) == 1.0
    assert len(case.candidates) >= 2
    right = case.candidates[case.wanted.index(1.0)]
    assert right["role subject"] == 1.0


def test_lines_say_how_many_are_right_and_wrong() -> None:
    shares = [np.array([0.7, 0.2], np.float32), np.array([0.1, 0.55], np.float32)]
    cases = [Case("a", [{}, {}], [1.0, 0.0]), Case("b", [{}, {}], [1.0, 0.0])]
    found = list(lines(cases, shares))
    assert found[0] == "least 0.3: of 2 pronouns 0.500 right, 0.500 wrong"
    assert found[-1] == "least 0.6: of 2 pronouns 0.500 right, 0.000 wrong"
