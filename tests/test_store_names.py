"""Names and offices as they are compared."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.store.names import folded_words, person_name
from onrecord.store.offices import office_of, offices_agree, sphere_of

SAME = [
    ("Volodymyr Zelensky", "Volodymyr Zelenskyy", "Volodymyr Zelenskiy", "Volodymyr Zelenskyi"),
    ("Sergei Lavrov", "Sergey Lavrov", "Mr. Sergei Lavrov"),
    ("Dmitry Medvedev", "Dmitri Medvedev", "Dmitriy Medvedev"),
    ("Bashar al-Assad", "Bashar Assad", "Bashar Al-Assad", "President Bashar al Assad"),
    ("Abdel Fattah el-Sisi", "Abdel-Fattah al-Sisi", "Abdul Fattah el-Sisi"),
    ("Recep Tayyip Erdoğan", "Recep Tayyip Erdogan"),
    ("Jean-Claude Juncker", "Jean Claude Juncker"),
    ("Mohammed bin Salman", "Mohammad bin Salman", "Muhammad Salman", "Prince Mohamed bin Salman"),
    ("Ursula von der Leyen", "Ursula Von Der Leyen", "Dr Ursula von der Leyen"),
    ("Michael O'Leary", "Michael O’Leary"),
    ("J.D. Vance", "JD Vance", "J. D. Vance"),
    ("Joseph Biden Jr.", "Joseph Biden"),
    ("Kim Jong-un", "Kim Jong Un"),
    ("Alexei Navalny", "Aleksei Navalnyi", "Alexey Navalny"),
    ("Yevgeny Prigozhin", "Evgeny Prigozhin"),
]


@pytest.mark.parametrize("names", SAME, ids=lambda names: names[0])
def test_spellings_of_a_name_are_one(names: tuple[str, ...]) -> None:
    assert len({person_name(name) for name in names}) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Boris Johnson", "Boris Jonson-Smith"),
        ("Ian Smith", "Jan Smith"),
        ("Li Keqiang", "Ly Keqiang"),
        ("Vladimir Putin", "Lyudmila Putina"),
        ("Al Gore", "Gore"),
    ],
)
def test_other_names_stay_apart(one: str, other: str) -> None:
    assert person_name(one) != person_name(other)


@pytest.mark.parametrize(
    ("name", "given_name", "middle", "surname"),
    [
        ("Zelensky", None, "", "zelenski"),
        ("Mr. Zelensky", None, "", "zelenski"),
        ("von der Leyen", None, "", "leyen"),
        ("Le Pen", None, "", "pen"),
        ("bin Laden", None, "", "laden"),
        ("J. Smith", None, "j", "smith"),
        ("George W. Bush", "george", "w", "bush"),
        ("Al Gore", "al", "", "gore"),
    ],
)
def test_the_parts_of_a_name(name: str, given_name: str | None, middle: str, surname: str) -> None:
    found = person_name(name)
    assert found is not None
    assert (found.given, found.middle, found.surname) == (given_name, middle, surname)


@given(st.text(max_size=30))
def test_no_name_is_too_odd_to_compare(name: str) -> None:
    found = person_name(name)
    assert (found is None) or found.surname
    assert all(folded_words(name))


@pytest.mark.parametrize(
    ("role", "office"),
    [
        ("President", "president"),
        ("the president of Ukraine", "president"),
        ("former President", "president"),
        ("minister of defense", "defence minister"),
        ("Minister of Foreign Affairs", "foreign minister"),
        ("secretary of state", "secretary of state"),
        ("spokeswoman", "spokesman"),
        ("Premier", "prime minister"),
        ("the", None),
    ],
)
def test_an_office_as_it_is_compared(role: str, office: str | None) -> None:
    assert office_of(role) == office


@pytest.mark.parametrize(
    ("one", "other", "agree"),
    [
        ("president", "president", True),
        ("minister", "foreign minister", True),
        ("ukrainian president", "president", True),
        ("leader", "president", True),
        ("minister", "prime minister", False),
        ("president", "vice president", False),
        ("president", "foreign minister", False),
    ],
)
def test_offices_that_agree(one: str, other: str, agree: bool) -> None:
    assert offices_agree([one], [other]) is agree
    assert offices_agree([other], [one]) is agree


def test_what_a_person_is_engaged_in() -> None:
    assert sphere_of("GOV", ["minister"]) == sphere_of("OPP", []) != sphere_of("BUS", [])
    assert sphere_of(None, ["footballer"]) not in (None, sphere_of("GOV", []))
    assert sphere_of("CVL", ["witness"]) is None
