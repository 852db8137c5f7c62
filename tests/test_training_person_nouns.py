"""Fitting the weights of nouns for people, on examples made by hand."""

from collections.abc import Sequence

import pytest
from training.person_nouns import Example, Recorder, crossed, fit, is_right, marked, shown, written

from onrecord.resolve.actors.claims import claims
from onrecord.resolve.actors.person_nouns import NounWeights, Weighed
from onrecord.resolve.actors.sketch import Sketch


def example(article: str, right: int, *, ruled: int | None = None) -> Example:
    """Two candidates, of whom the right one has the title, or nobody (2) with an article "a"."""
    told: list[set[str]] = [{f"title {place == right}"} for place in range(2)]
    if ruled is not None:
        told[ruled].add("rule spoke last")
    people = {Sketch(claims("name", None, name=name, kind="person")): () for name in "AB"}
    nobody = {"nobody", f"nobody det {'a' if right == 2 else 'the'}"}
    weighed = Weighed(0, people, told, nobody)
    flags: Sequence[bool] = [place == right for place in range(3)]
    return Example(article, True, weighed, flags, ruled == right)


EXAMPLES = [example(f"article {n}", n % 3) for n in range(30)]


def test_weights_learn_what_tells() -> None:
    pytest.importorskip("scipy", reason="the `train` extra brings it")
    weights = fit(EXAMPLES)
    assert weights.weights["title True"] > 0 > weights.weights["title False"]
    assert all(is_right(weights, one) for one in EXAMPLES)
    assert sum(crossed(EXAMPLES)) == len(EXAMPLES)


def test_a_run_says_how_many_are_right() -> None:
    examples = [example("x", 0, ruled=1), example("y", 1, ruled=1)]
    assert shown("folds", examples, [True, True]) == (
        "folds: speakers 2: by rule 1, by weight 2; parties 0: by rule 0, by weight 0"
    )


def test_the_recorder_picks_as_rules_do() -> None:
    recorder = Recorder()
    one = example("x", 0, ruled=1).weighed
    assert recorder.pick(one) is list(one.mentions)[1]
    assert recorder.seen == {0: one}
    assert recorder.pick(example("x", 0).weighed) is None


def test_sources_and_parties_are_read() -> None:
    gold = {
        "statements": [{"source": {"span": [0, 4]}, "speaker": "Anna Berg", "speaker_alt": "Berg"}],
        "events": [{"actors": [{"span": [5, 9], "name": None}], "recipients": []}],
    }
    assert list(marked(gold)) == [([0, 4], ["Anna Berg", "Berg"], True), ([5, 9], [], False)]


def test_weights_are_written_in_order() -> None:
    text = written(NounWeights({"title True": 1.0, "nobody": 0.5}))
    assert text.index('"nobody"') < text.index('"title True"')
