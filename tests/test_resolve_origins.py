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


@pytest.mark.parametrize(
    ("text", "name", "country"),
    [
        ("The EU ambassador to China, Jan Olsen, said no.", "Jan Olsen", None),
        ("The EU ambassador to China Jan Olsen said no.", "Jan Olsen", None),
        ("Ana Ruiz, the UN envoy for Yemen, resigned.", "Ana Ruiz", None),
        ("The African Union's envoy to Sudan, Musa Bello, spoke.", "Musa Bello", None),
        ("Karl Moser, ambassador to Chad, left.", "Karl Moser", None),
        ("The ambassador to Chad, Karl Moser, left.", "Karl Moser", None),
        ("The Norwegian envoy to Mali, Ida Berg, met the minister.", "Ida Berg", None),
        ("The French ambassador to China, Luc Morel, said no.", "Luc Morel", "FRA"),
        ("Kenya's ambassador to the UN, Amina Oti, spoke.", "Amina Oti", "KEN"),
        ("British ambassador in Paris, Tom Hale, resigned.", "Tom Hale", "GBR"),
        ("The foreign minister of Chad, Ali Moussa, left.", "Ali Moussa", "TCD"),
    ],
)
def test_an_envoy_is_not_of_where_he_is_sent(
    record_of: RecordOf, text: str, name: str, country: str | None
) -> None:
    assert country_of(record_of(text), name) == country
