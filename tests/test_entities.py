"""The likeliest names of a text, beside every way to part its words."""

from itertools import product

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from onrecord.onepass.entities import best_entities

TYPES = 2
LABELS = range(1 + 2 * TYPES)


def holds(labels: tuple[int, ...]) -> bool:
    """Whether each further word follows a word of its type."""
    before = 0
    for label in labels:
        if label and label % 2 == 0 and before not in (label, label - 1):
            return False
        before = label
    return True


@given(
    st.integers(1, 5).flatmap(
        lambda words: arrays(np.float32, (words, len(LABELS)), elements=st.floats(-2, 2, width=16))
    )
)
def test_no_other_way_is_likelier(scores: np.ndarray) -> None:
    found = tuple(best_entities(scores).tolist())
    assert holds(found)
    worth = {
        labels: sum(float(scores[word, label]) for word, label in enumerate(labels))
        for labels in product(LABELS, repeat=len(scores))
        if holds(labels)
    }
    assert worth[found] >= max(worth.values()) - 1e-4


def test_a_name_keeps_its_type_to_the_end() -> None:
    outside, person, body = np.eye(5)[0] * 9, np.array([0, 4, 1, 0, 0]), np.array([0, 0, 2, 0, 2.3])
    scores = np.array([outside, person, body, outside], np.float32)
    assert best_entities(scores).tolist() == [0, 1, 2, 0]


def test_a_text_without_words_has_no_names() -> None:
    assert best_entities(np.zeros((0, 5), np.float32)).tolist() == []
