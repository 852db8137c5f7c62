"""What the model's scores say: stretches, roles and sightings, on readings made by hand."""

import numpy as np
import pytest

from onrecord.extraction.events.learned import sightings
from onrecord.onepass.tagged import roles_of, tagged
from readings import LABELS, reading_of

TEXT = "Rebels shelled the town and fled."  # words: 0 to 6


def test_a_stretch_goes_on_while_a_further_word_is_likelier_than_none() -> None:
    reading = reading_of(TEXT, marks={"party": {0: 1, 2: 1, 3: 2}})
    found = list(tagged(reading, "party"))
    assert [TEXT[one.span.start : one.span.end] for one in found] == ["Rebels", "the town"]
    assert [(one.first, one.last) for one in found] == [(0, 0), (2, 3)]
    assert all(0.99 < one.score <= 1 for one in found)


def test_stretches_that_touch_stay_apart() -> None:
    reading = reading_of("the US Russia", marks={"party": {0: 1, 1: 2, 2: 1}})
    assert [(one.first, one.last) for one in tagged(reading, "party")] == [(0, 1), (2, 2)]


def test_a_further_word_alone_begins_nothing() -> None:
    assert list(tagged(reading_of(TEXT, marks={"party": {3: 2}}), "party")) == []


def test_roles_are_those_of_the_frame_alone() -> None:
    reading = reading_of(TEXT, pairs={(1, 0): 0, (1, 3): 1, (1, 4): 2})  # actor, recipient, by
    roles = roles_of(reading, 1, "event")
    assert roles.chances.shape == (len(reading.words), len(LABELS.frames["event"]))
    assert roles.most(0, 0)[0] > 0.99
    assert roles.most(3, 3)[1] > 0.99
    assert roles.most(4, 4).max() < 0.01
    assert roles_of(reading, 1, "demand").most(4, 4)[0] > 0.99


def test_means_and_most_are_over_the_words_of_a_stretch() -> None:
    roles = roles_of(reading_of(TEXT, pairs={(1, 3): 1}), 1, "event")
    (mean,) = roles.means(np.array([2]), np.array([3]))
    assert mean[1] == pytest.approx(roles.chances[2:4, 1].mean())
    assert roles.most(2, 3)[1] > 0.99 > 2 * mean[1] - 0.02 > 0.9


def test_a_trigger_has_its_type_its_words_and_its_modality() -> None:
    assault, further = 1 + LABELS.types.index("ASSAULT"), 1 + len(LABELS.types)
    marks = {"trigger": {1: assault, 2: further}, "modality": {1: 2}}
    (one,) = sightings(reading_of(TEXT, marks=marks), 0.5)
    assert TEXT[one.where.span.start : one.where.span.end] == "shelled the"
    assert (one.event_type, one.modality) == ("ASSAULT", "future")
    assert min(one.where.score, one.modality_score) > 0.9


def test_a_trigger_below_the_threshold_is_not_seen() -> None:
    reading = reading_of(TEXT)
    assert list(sightings(reading, 0.5)) == []


@pytest.mark.parametrize("text", ["", "\n"])
def test_a_text_without_words_has_nothing(text: str) -> None:
    reading = reading_of(text)
    assert list(tagged(reading, "party")) == []
    assert list(sightings(reading, 0.5)) == []
    assert reading.states is None
