"""From scores to attributions, on score tables made by hand."""

from dataclasses import replace

import numpy as np
import pytest

from onrecord.extraction.attribution.decoding import (
    Calibration,
    Decoding,
    Found,
    WindowScores,
    decode,
    label_words,
    spans_of,
)
from onrecord.onepass.windows import Word
from onrecord.records import Span

SURE = 8.0
PLAIN = Decoding(cue=0.3, keep=0.0)


def table(
    count: int, cues: dict[int, tuple[int, ...]], content: dict[int, int], source: tuple[int, int]
) -> WindowScores:
    """Sure scores: cue words by head, the head of each word's cue, the sources' words."""
    tags = np.zeros((count, 3), np.float32)
    tags[:, 0] = SURE
    for head, rest in cues.items():
        tags[head] = [0, SURE, 0]
        for word in rest:
            tags[word] = [0, 0, SURE]
    owner = np.zeros((count, count + 1), np.float32)
    for word in range(count):
        owner[word, content.get(word, -1) + 1] = SURE
    start, end = (np.zeros((count, count + 1), np.float32) for _ in range(2))
    start[:, source[0] + 1], end[:, source[1] + 1] = SURE, SURE
    return WindowScores(tags, owner, start, end, np.zeros((count, 2), np.float32))


def parts(found: Found) -> tuple[tuple[int, ...], tuple[int, ...], tuple[int, ...]]:
    return found.source, found.cue, found.content


def test_a_cue_gets_its_words_its_content_and_its_source() -> None:
    # 0 The 1 minister 2 made 3 clear 4 rents 5 fell
    scores = table(6, {2: (3,)}, {4: 2, 5: 2}, (0, 1))
    (found,) = decode(scores, PLAIN)
    assert parts(found) == ((0, 1), (2, 3), (4, 5))


def test_content_may_stand_in_pieces_around_its_cue() -> None:
    # 0 Rents 1 fell 2 she 3 said 4 last 5 year
    scores = table(6, {3: ()}, {0: 3, 1: 3, 4: 3, 5: 3}, (2, 2))
    (found,) = decode(scores, PLAIN)
    assert parts(found) == ((2,), (3,), (0, 1, 4, 5))


def test_a_source_that_is_nobody_stays_empty() -> None:
    (found,) = decode(table(3, {0: ()}, {1: 0, 2: 0}, (-1, -1)), PLAIN)
    assert found.source == ()


def test_a_cue_without_content_gives_nothing() -> None:
    assert decode(table(4, {1: ()}, {}, (0, 0)), PLAIN) == []
    assert decode(table(4, {}, {1: 0}, (0, 0)), PLAIN) == []


def test_what_scores_too_low_is_dropped_and_its_words_fall_to_others() -> None:
    scores = table(7, {1: (), 4: ()}, {2: 1, 3: 1, 5: 4, 6: 4}, (0, 0))
    scores.cue[4] = [1.0, 0.0, 0.0]
    scores.content[5:, 2] = SURE - 1  # nearly as much the other cue's
    by_cue = Calibration(bias=0.0, weights=(1.0, 0.0, 0.0, 0.0, 0.0, 0.0))
    both = decode(scores, replace(PLAIN, cue=0.1, calibration=by_cue))
    assert [parts(found)[1:] for found in both] == [((1,), (2, 3)), ((4,), (5, 6))]
    (first,) = decode(scores, replace(PLAIN, cue=0.1, keep=0.5, calibration=by_cue))
    assert parts(first)[1:] == ((1,), (2, 3, 5, 6))
    assert 0.5 <= first.score <= 1


def test_a_doubtful_word_inside_content_stays_in_it() -> None:
    content = np.log(np.array([[0.1, 0.9], [0.6, 0.4], [0.1, 0.9]], np.float32))
    none = np.zeros((3, 2), np.float32)
    assert label_words(content, none, PLAIN).tolist() == [1, 1, 1]
    free = replace(PLAIN, leave=0.0, enter=0.0)
    assert label_words(content, none, free).tolist() == [1, 0, 1]


def test_a_border_the_model_sees_is_cheap() -> None:
    content = np.log(np.array([[0.9, 0.1], [0.4, 0.6], [0.4, 0.6]], np.float32))
    edges = np.zeros((3, 2), np.float32)
    assert label_words(content, edges, PLAIN).tolist() == [0, 0, 0]
    edges[1, 0] = 4.0
    assert label_words(content, edges, PLAIN).tolist() == [0, 1, 1]


@pytest.mark.parametrize(
    ("features", "low", "high"), [((9.0, *[0.0] * 5), 0.99, 1.0), ((-9.0, *[0.0] * 5), 0.0, 0.01)]
)
def test_scores_are_probabilities(features: tuple[float, ...], low: float, high: float) -> None:
    assert low <= Calibration()(features) <= high


def test_words_that_follow_one_another_make_one_span() -> None:
    words = [Word(5 * n, 5 * n + 4, (1,), 1, 1, 0) for n in range(5)]
    assert spans_of(words, (0, 1, 3)) == (Span(0, 9), Span(15, 19))
    assert spans_of(words, ()) == ()
