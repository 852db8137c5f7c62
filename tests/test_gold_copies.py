"""Copies and coverage on articles gathered from many outlets, against lists checked by hand."""

import json
import os
from collections.abc import Iterator, Mapping
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest

from onrecord.copies import covered
from onrecord.evaluate import b_cubed
from onrecord.reading import read
from onrecord.records import Article, Record
from onrecord.store import Store, open_store

VARIABLE = "ONRECORD_DATA"
GOLD = json.loads((Path(__file__).parent / "gold" / "copies.json").read_text("utf8"))
SETS = ("ukraine-news", "same-event")

LEAST_PRECISION, LEAST_RECALL = 0.98, 0.9  # of pairs that are copies
LEAST_B_CUBED = 0.9  # of articles on one event; reached: .936

pytestmark = [
    pytest.mark.gold,
    pytest.mark.skipif(
        VARIABLE not in os.environ,
        reason=f"set {VARIABLE} to the folder of development data to score copies",
    ),
]

Pair = frozenset[str]


def articles_of(name: str) -> Iterator[tuple[str, Article]]:
    """The articles of a set with the ids by which the lists name them."""
    folder = Path(os.environ[VARIABLE]) / name
    lines = folder / "articles-dev.jsonl"
    if lines.exists():
        ids = [str(json.loads(line)["id"]) for line in lines.read_text("utf8").splitlines()]
        found = list(read(lines))
    else:
        found = list(read(folder))
        ids = [Path(getattr(one, "source_path", "")).stem for one in found]
    for name_, article in zip(ids, found, strict=True):
        assert isinstance(article, Article)
        yield name_, article


@pytest.fixture(params=SETS)
def told(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[str, Store, Mapping[str, str]]:
    """A set's name, a store with its articles, and how the lists name them."""
    store = open_store(tmp_path / "store.db")
    names = {}
    for name, article in articles_of(request.param):
        names[article.article_id] = name
        store.save(Record(article=article), "none/1")
    return request.param, store, names


def listed(gold: Mapping[str, Any], what: str) -> set[Pair]:
    return {frozenset(pair) for ids in gold[what] for pair in combinations(ids, 2)}


def test_copies_are_told_from_what_only_looks_alike(
    told: tuple[str, Store, Mapping[str, str]],
) -> None:
    name, store, names = told
    found = {
        frozenset((names[one.article_id], names[other.article_id]))
        for story in store.stories()
        for one, other in combinations(story.printings, 2)
    }
    wanted = listed(GOLD[name], "stories")
    right = len(found & wanted)
    assert right / len(found) >= LEAST_PRECISION, sorted(map(sorted, found - wanted))
    assert right / len(wanted) >= LEAST_RECALL, sorted(map(sorted, wanted - found))
    assert found.isdisjoint(listed(GOLD[name], "apart"))


def test_parts_are_shown_and_are_stories_of_their_own(
    told: tuple[str, Store, Mapping[str, str]],
) -> None:
    name, store, names = told
    kinds = {
        frozenset((names[pair.one.article_id], names[pair.other.article_id])): pair.kind
        for article_id in names
        for pair in store.copies(article_id)
    }
    parts = listed(GOLD[name], "parts")
    assert {pair for pair, kind in kinds.items() if kind == "part"} == parts


def test_articles_on_one_event_are_told_together() -> None:
    lines = Path(os.environ[VARIABLE]) / "same-event" / "articles-dev.jsonl"
    given = [json.loads(line) for line in lines.read_text("utf8").splitlines()]
    events = {one["id"]: one["event"] for one in given}
    known = {article.article_id: name for name, article in articles_of("same-event")}
    groups = covered(article for _, article in articles_of("same-event"))
    found = {known[one]: str(at) for at, group in enumerate(groups) for one in group}
    score = b_cubed(found, events)
    assert score.f1 >= LEAST_B_CUBED, score
