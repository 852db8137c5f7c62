"""Triggers that the model sees, on readings made by hand."""

import pytest

from onrecord.extraction.events.learned import sightings
from readings import reading_of

TEXT = "Rebels broke into two towns and attacked"
CONSULT, ASSAULT, CONCEDE, FURTHER = 1, 2, 3, 4
ACTUAL, NEGATED = 0, 1


@pytest.mark.parametrize(
    ("triggers", "seen"),
    [
        ({}, []),
        ({0: ASSAULT}, [("Rebels", "ASSAULT", "actual")]),
        ({6: ASSAULT}, [("attacked", "ASSAULT", "negated")]),  # the text's last word
        ({1: ASSAULT, 2: FURTHER}, [("broke into", "ASSAULT", "actual")]),
        (
            {1: ASSAULT, 2: CONCEDE, 6: CONSULT},  # two in a row are two
            [
                ("broke", "ASSAULT", "actual"),
                ("into", "CONCEDE", "actual"),
                ("attacked", "CONSULT", "negated"),
            ],
        ),
        ({2: FURTHER}, []),  # nothing that it goes on with
        ({1: ASSAULT, 3: FURTHER}, [("broke", "ASSAULT", "actual")]),
    ],
)
def test_what_the_model_sees(triggers: dict[int, int], seen: list[tuple[str, str, str]]) -> None:
    reading = reading_of(TEXT, marks={"trigger": triggers, "modality": {6: NEGATED}})
    found = list(sightings(reading, 0.5))
    assert [
        (TEXT[one.where.span.start : one.where.span.end], one.event_type, one.modality)
        for one in found
    ] == seen
    assert all(one.where.score > 0.9 and one.modality_score > 0.9 for one in found)


def test_how_sure_a_sighting_must_be() -> None:
    reading = reading_of(TEXT, marks={"trigger": {1: ASSAULT}})
    (one,) = sightings(reading, 0.01)
    assert list(sightings(reading, one.where.score)) != []
    assert list(sightings(reading, 0.99999)) == []
