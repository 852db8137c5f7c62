"""Sentences with one event each, as training reads them; skipped as test_training is."""

import json
import os
import random
from pathlib import Path

import numpy as np
import pytest

if not os.environ.get("ONRECORD_TRAIN"):
    pytest.skip("needs torch: make smoke", allow_module_level=True)

import torch
from training.onepass.marked import (
    HELD,
    ROOTS,
    UNKNOWN,
    Item,
    held_back,
    labels_of,
    read_marked,
    read_own,
    taught,
)
from training.onepass.marked_batches import Example, batch_marked, example_of, hidden
from training.onepass.marked_head import MarkedHead, loss_of
from training.onepass.types import best_temperature, chances_of, error_of

from onrecord.models import find_model
from onrecord.onepass.model import VOCABULARY
from onrecord.onepass.wordpieces import WordPieces
from onrecord.records import Span
from onrecord.settings import DEFAULTS

OWN = Path(__file__).parents[1] / "training" / "data" / "events.jsonl"
MARKED = "<s>Iran</s> gave way to the <t>European Union</t> on Monday."
SPLIT = WordPieces.load(find_model(DEFAULTS.model) / VOCABULARY)
WIDTH = 16


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


def test_no_sentence_is_both_learnt_and_held_back() -> None:
    items = [Item(text=text) for text in "abcdefghijA"]
    assert len(taught(items)) == 11 - 3
    assert [item.text for item in held_back(items)] == ["a", "f", "A"]
    again = [*items, Item(text="f")]
    assert len(again) % HELD
    assert [item.text for item in held_back(again)] == ["a", "A"]


def test_names_and_words_are_hidden_marks_are_not() -> None:
    item = Item(text="Iran met the minister.", actor=Span(0, 4), recipient=Span(9, 21))
    example = example_of(item, SPLIT)
    masked = SPLIT.vocabulary["[MASK]"]
    (names,) = hidden([example], masked, 1.0, 0.0, random.Random(1))
    (words,) = hidden([example], masked, 0.0, 1.0, random.Random(1))
    assert np.flatnonzero(names.marked.rows[0] == masked).tolist() == [2]  # Iran
    assert np.flatnonzero(words.marked.rows[0] == masked).tolist() == [4, 9]  # met, the stop
    assert not (example.marked.rows[0] == masked).any()


def test_a_temperature_mends_scores_that_are_too_sure() -> None:
    items = [Item(text="", root=0)] * 6 + [Item(text="", root=1)] * 4
    scores = np.tile(np.array([[6.0, 0.0, -9.0]], np.float32), (10, 1))
    found = best_temperature(items, scores)
    assert found > 2
    sure, cooler = (error_of(items, chances_of(scores, at)) for at in (1.0, found))
    assert cooler < sure


def test_the_head_learns_what_the_states_tell() -> None:
    items = [item for item in read_own(OWN) if ROOTS[item.root] in {"PROTEST", "AID"}][:24]
    batch = batch_marked([example_of(item, SPLIT) for item in items])
    torch.manual_seed(1)
    told = torch.randn(len(ROOTS), WIDTH)[batch.root]
    states = told[:, None, :] + 0.5 * torch.randn(*batch.roles.shape, WIDTH)
    head = MarkedHead(WIDTH)
    optimiser = torch.optim.AdamW(head.parameters(), 1e-2)
    for _ in range(60):
        loss = loss_of(head(states, batch.roles, batch.present), batch, 0.1)
        optimiser.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        optimiser.step()
    scores = head.eval()(states, batch.roles, batch.present)
    assert (scores.root.argmax(1) == batch.root).float().mean() > 0.9
    assert (scores.looked[batch.present == 0] < -1000).all()


def test_a_trigger_is_marked_by_word() -> None:
    example: Example = example_of(Item(text="Iran met them.", trigger=Span(5, 8)), SPLIT)
    assert example.trigger.tolist() == [0.0, 1.0, 0.0, 0.0]
