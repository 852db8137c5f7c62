"""Leads: people whose country is told before or beside their name."""

from collections.abc import Callable

import pytest

from onrecord.records import Record

RecordOf = Callable[..., Record]

TOLD = [
    ("The French journalists Adam Cole and Mark Reed were killed.", "Mark Reed", "FRA"),
    ("A British man was killed. Adam Cole, 25, had joined the militia.", "Adam Cole", "GBR"),
]


def country_of(record: Record, name: str) -> str | None:
    (actor,) = [one for one in record.actors if one.name == name]
    return actor.country


@pytest.mark.parametrize(("text", "name", "country"), TOLD)
def test_what_a_description_tells_of_a_name(
    record_of: RecordOf, text: str, name: str, country: str
) -> None:
    assert country_of(record_of(text), name) == country


@pytest.mark.parametrize(
    "text",
    [
        "Adam Cole left Canada on Monday.",
        "A British man was killed by Adam Cole.",
    ],
)
def test_what_stands_near_a_name_tells_nothing_of_it(record_of: RecordOf, text: str) -> None:
    assert country_of(record_of(text), "Adam Cole") is None
