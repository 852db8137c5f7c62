"""The event model's training: what it reads, and that it learns; skipped as test_training is."""

import json
import os
from pathlib import Path

import numpy as np
import pytest

if not os.environ.get("ONRECORD_TRAIN"):
    pytest.skip("trains: make smoke", allow_module_level=True)

import torch
from training.encoder import Encoder, EncoderShape
from training.event_data import ROOTS, UNKNOWN, Item, labels_of, read_marked, read_own
from training.event_examples import example_of
from training.events import Recipe, folds_of, macro_f1, predict, train

from onrecord.extraction.attribution import load_attribution_model

OWN = Path(__file__).parents[1] / "training" / "data" / "events.jsonl"
MARKED = "<s>Iran</s> gave way to the <t>European Union</t> on Monday."


def test_marks_become_spans(tmp_path: Path) -> None:
    path = tmp_path / "marked.jsonl"
    path.write_text(json.dumps({"marked_sentence": MARKED, "root": "YIELD"}) + "\n", "utf8")
    (item,) = read_marked(path)
    assert item.text == "Iran gave way to the European Union on Monday."
    assert item.actor == (0, 4)
    assert item.recipient is not None
    assert item.text[slice(*item.recipient)] == "European Union"
    assert (ROOTS[item.root], item.quad, item.yielded) == ("YIELD", 1, UNKNOWN)


def test_concessions_and_retreats_share_a_root() -> None:
    conceded, retreated = labels_of("CONCEDE"), labels_of("RETREAT")
    assert conceded["root"] == retreated["root"] == ROOTS.index("YIELD")
    assert (conceded["yielded"], retreated["yielded"]) == (0, 1)


def test_an_encoder_of_its_own_sees_marks_around_the_parties() -> None:
    model = load_attribution_model("attribution")
    item = Item(text="Iran met France.", actor=(0, 4), recipient=(9, 15))
    example = example_of(item, model, "full")
    names = {number: piece for piece, number in model.split.vocabulary.items()}
    pieces = [names[int(number)] for number in example.states[0]]
    assert pieces == [
        *("[CLS]", "[unused0]", "iran", "[unused1]", "met"),
        *("[unused2]", "france", "[unused3]", ".", "[SEP]"),
    ]
    assert [pieces[start] for start in example.starts] == ["iran", "met", "france", "."]


def test_one_sentence_is_in_one_fold() -> None:
    items = [Item(text=text) for text in "abcdefghij" * 2]
    folds = folds_of(items)
    assert np.array_equal(folds[:10], folds[10:])
    assert np.bincount(folds).tolist() == [4] * 5


def test_macro_f1_leaves_out_classes_without_gold() -> None:
    assert macro_f1(np.array([0, 0, 1]), np.array([0, 2, 1])) == pytest.approx((2 / 3 + 1) / 2)


def test_a_few_sentences_are_learnt() -> None:
    model = load_attribution_model("attribution")
    torch.manual_seed(1)
    items = [item for item in read_own(OWN) if ROOTS[item.root] in ("PROTEST", "AID")][:60:2]
    examples = [example_of(item, model, "probe") for item in items]
    recipe = Recipe(variant="probe", epochs=8, batch=8)
    kept = train(examples, recipe, Encoder(EncoderShape()))
    best = predict(kept, examples, "probe").argmax(1)
    assert np.mean(best == [item.root for item in items]) > 0.9
