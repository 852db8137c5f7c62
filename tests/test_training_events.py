"""The event model's training: what it reads, and that it learns; skipped as test_training is."""

import json
import os
import random
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

if not os.environ.get("ONRECORD_TRAIN"):
    pytest.skip("trains: make smoke", allow_module_level=True)

import torch
from training.encoder import Encoder, EncoderShape
from training.event_data import ROOTS, UNKNOWN, Item, labels_of, read_marked, read_own
from training.event_examples import Example, example_of, hidden
from training.event_export import graph_scores, write_config, write_graph
from training.event_model import EventModel
from training.event_train import Recipe, mean_of, over, root_scores, train
from training.event_vocabulary import kept, pieces_in
from training.events import (
    best_temperature,
    calibration_error,
    chances_of,
    folds_of,
)

from onrecord.extraction.attribution import load_attribution_model
from onrecord.onepass.wordpieces import WordPieces
from onrecord.extraction.events.trained import VOCABULARY, load_event_model
from onrecord.models import GRAPH
from onrecord.records import Span

OWN = Path(__file__).parents[1] / "training" / "data" / "events.jsonl"
MARKED = "<s>Iran</s> gave way to the <t>European Union</t> on Monday."
FULL = load_attribution_model("attribution").split
SMALL = EncoderShape(layers=2, width=24, heads=2, inner=48, vocabulary=len(FULL.vocabulary))
RECIPE = Recipe(epochs=40, batch=16, rate=2e-3, head_rate=2e-3, average=0.9, names=0.1, words=0.0)


def small_vocabulary() -> WordPieces:
    """The pieces that our own sentences use."""
    pieces = kept(FULL, pieces_in([OWN.read_text("utf8")], FULL), least=2)
    return WordPieces({piece: number for number, piece in enumerate(pieces)})


def own_examples(split: WordPieces, *names: str) -> list[Example]:
    items = [item for item in read_own(OWN) if ROOTS[item.root] in names]
    return [example_of(item, split) for item in items[::2]]


def learnt(examples: list[Example], split: WordPieces, seed: int = 1) -> EventModel:
    torch.manual_seed(1)
    start = over(Encoder(SMALL), FULL, split)
    return train(examples, replace(RECIPE, seed=seed), start, split.vocabulary["[MASK]"])


def test_marks_become_spans(tmp_path: Path) -> None:
    path = tmp_path / "marked.jsonl"
    path.write_text(json.dumps({"marked_sentence": MARKED, "root": "YIELD"}) + "\n", "utf8")
    (item,) = read_marked(path)
    assert item.text == "Iran gave way to the European Union on Monday."
    assert item.actor == Span(0, 4)
    assert item.recipient is not None
    assert item.text[item.recipient.start : item.recipient.end] == "European Union"
    assert (ROOTS[item.root], item.yielded) == ("YIELD", UNKNOWN)


def test_concessions_and_retreats_share_a_root() -> None:
    conceded, retreated = labels_of("CONCEDE"), labels_of("RETREAT")
    assert conceded["root"] == retreated["root"] == ROOTS.index("YIELD")
    assert (conceded["yielded"], retreated["yielded"]) == (0, 1)


def test_own_sentences_are_typed_as_the_manual_types_what_is_to_come(tmp_path: Path) -> None:
    row: dict[str, object] = {
        "text": "India will visit Kyiv in the spring of the year.",
        "type": "CONSULT",
        "trigger": [[11, 16]],
        "actors": [{"span": [0, 5]}],
        "recipients": [],
    }
    path = tmp_path / "own.jsonl"
    lines = [row | {"modality": modality} for modality in ("future", "negated", "actual")]
    path.write_text("\n".join(json.dumps(line) for line in lines), "utf8")
    assert [ROOTS[item.root] for item in read_own(path)] == ["AGREE", "CONSULT"]


def test_a_sentence_has_one_key_whatever_its_signs() -> None:
    assert Item(text="Iran, “so be it”.").key == Item(text="iran so be it").key


def test_names_and_words_are_hidden_marks_are_not() -> None:
    item = Item(text="Iran met the minister.", actor=Span(0, 4), recipient=Span(9, 21))
    example = example_of(item, FULL)
    masked = FULL.vocabulary["[MASK]"]
    (names,) = hidden([example], masked, 1.0, 0.0, random.Random(1))
    (words,) = hidden([example], masked, 0.0, 1.0, random.Random(1))
    assert np.flatnonzero(names.marked.rows[0] == masked).tolist() == [2]  # Iran
    assert np.flatnonzero(words.marked.rows[0] == masked).tolist() == [4, 9]  # met, the stop
    assert not (example.marked.rows[0] == masked).any()


def test_one_sentence_is_in_one_fold() -> None:
    items = [Item(text=text) for text in "abcdefghij" * 2]
    folds = folds_of(items)
    assert np.array_equal(folds[:10], folds[10:])
    assert np.bincount(folds).tolist() == [4] * 5


def test_a_temperature_mends_scores_that_are_too_sure() -> None:
    items = [Item(text="", root=0)] * 6 + [Item(text="", root=1)] * 4
    scores = np.tile(np.array([[6.0, 0.0, -9.0]], np.float32), (10, 1))
    found = best_temperature(items, scores)
    assert found > 2
    sure, cooler = (calibration_error(items, chances_of(scores, at)) for at in (1.0, found))
    assert cooler < sure


def test_rare_pieces_go_and_their_words_are_made_of_others() -> None:
    split = small_vocabulary()
    assert len(split.vocabulary) < len(FULL.vocabulary) / 4
    assert split.vocabulary["[PAD]"] == 0
    assert split.vocabulary["[UNK]"] not in split("photosynthesis")


def test_a_few_sentences_are_learnt_and_the_graph_says_the_same(tmp_path: Path) -> None:
    split = small_vocabulary()
    examples = own_examples(split, "PROTEST", "AID")
    model = mean_of([learnt(examples, split, seed) for seed in (1, 2)])
    wanted = [example.item.root for example in examples]
    assert np.mean(root_scores(model, examples).argmax(1) == wanted) > 0.9
    write_graph(model, examples, tmp_path / GRAPH)
    assert np.mean(graph_scores(tmp_path / GRAPH, examples).argmax(1) == wanted) > 0.9
    (tmp_path / VOCABULARY).write_text("\n".join(split.vocabulary) + "\n", "utf8")
    write_config(tmp_path, 1.0)
    shipped = load_event_model(str(tmp_path))
    item = examples[0].item
    assert shipped.type_of(item.text, item.actor, item.recipient).event_type == ROOTS[item.root]
