"""Origins: the country that a text says somebody is from."""

from collections.abc import Callable

import pytest

from onrecord.records import Record

RecordOf = Callable[..., Record]

TOLD = [
    ("Adam Cole, 25, from Bristol, was killed in Syria.", "Adam Cole", "GBR"),
    ("Adam Cole, a French baker, was killed in Syria.", "Adam Cole", "FRA"),
    ("Adam Cole is a French citizen.", "Adam Cole", "FRA"),
    ("Adam Cole is believed to be the first Canadian killed.", "Adam Cole", "CAN"),
    ("The minister revoked the British citizenship of Adam Cole.", "Adam Cole", "GBR"),
    ("Adam Cole was stripped of his French citizenship.", "Adam Cole", "FRA"),
    ("Adam Cole left Canada in 2015 to join the militia.", "Adam Cole", "CAN"),
    ("Adam Cole was brought back to Australia on Monday.", "Adam Cole", "AUS"),
    ("Adam Cole wants to return to Canada.", "Adam Cole", "CAN"),
    ("Adam Cole, who was raised in Canada, was arrested.", "Adam Cole", "CAN"),
    ("The French journalists Adam Cole and Mark Reed were killed.", "Mark Reed", "FRA"),
    ("A British man was killed. Adam Cole, 25, had joined the militia.", "Adam Cole", "GBR"),
]


def country_of(record: Record, name: str) -> str | None:
    (actor,) = [one for one in record.actors if one.name == name]
    return actor.country


@pytest.mark.parametrize(("text", "name", "country"), TOLD)
def test_where_somebody_is_from(record_of: RecordOf, text: str, name: str, country: str) -> None:
    assert country_of(record_of(text), name) == country


@pytest.mark.parametrize(
    "text",
    [
        "Adam Cole left Canada on Monday.",
        "Adam Cole was born in Turkey.",
        "Adam Cole returned to Syria in 2014.",
        "A British man was killed by Adam Cole.",
    ],
)
def test_where_nobody_says_where_somebody_is_from(record_of: RecordOf, text: str) -> None:
    assert country_of(record_of(text), "Adam Cole") is None
