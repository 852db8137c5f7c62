"""Place names without a label, by what the words around them say and what the gazetteer knows.

Azaz is a small town in Syria, Homs and Montpellier are large ones.
"""

import pytest

from onrecord.resolve.gazetteer import load_gazetteer
from onrecord.resolve.overlooked import find_overlooked
from parses import make_doc, parse_of

GAZETTEER = load_gazetteer()
SYRIA = frozenset({"SYR"})


def found_in(text: str, countries: frozenset[str] = SYRIA) -> list[str]:
    doc = parse_of(text, "places")
    known = {token.i for token in doc if token.text == "Turkey"}
    spans = find_overlooked(doc, known, countries, GAZETTEER)
    return [doc[start:end].text for start, end in spans]


@pytest.mark.parametrize(
    "text",
    [
        "He was born in the town of Azaz.",
        "Azaz is a town in Turkey.",
        "Azaz lies on a plain.",
        "She died at Azaz.",
    ],
)
def test_a_name_that_is_said_to_be_a_place(text: str) -> None:
    assert found_in(text) == ["Azaz"]
    assert found_in(text, frozenset()) == ["Azaz"]  # whatever countries the article names


@pytest.mark.parametrize(
    "text",
    [
        "The hopes of Azaz are high.",
        "She sang at Azaz.",
        "Rebels reached Azaz.",
        "They fled to Azaz.",
        "Azaz province is quiet.",
    ],
)
def test_a_name_where_a_place_would_stand_needs_its_country(text: str) -> None:
    assert found_in(text) == ["Azaz"]
    assert found_in(text, frozenset()) == []


@pytest.mark.parametrize(
    "text",
    [
        "Rebels met Azaz.",
        "Azaz is a singer.",
        "Azaz won the match.",
        "She lives in Peace.",  # no name
        "MONTPELLIER won the match.",  # it may be an acronym
    ],
)
def test_a_name_that_may_be_anybodys(text: str) -> None:
    assert found_in(text) == []


LIES = """
    Azaz NNP {} 2
    is/be VBZ auxpass 2
    {} VBN ROOT 2
    in IN prep 2
    hills/hill NNS pobj 3
"""


@pytest.mark.parametrize(
    ("label", "verb", "place"),
    [
        ("nsubjpass", "located/locate", True),
        ("nsubjpass", "situated/situate", True),
        ("nsubj", "located/locate", False),  # who finds something is somebody
        ("nsubjpass", "praised/praise", False),
    ],
)
def test_a_name_that_is_said_to_lie_somewhere(label: str, verb: str, place: bool) -> None:
    doc = make_doc(LIES.format(label, verb))
    found = list(find_overlooked(doc, frozenset(), frozenset(), GAZETTEER))
    assert found == ([(0, 1)] if place else [])


@pytest.mark.parametrize("countries", [SYRIA, frozenset[str]()])
def test_a_large_town_needs_no_country(countries: frozenset[str]) -> None:
    assert found_in("Montpellier won the match.", countries) == ["Montpellier"]
    assert "Homs" in found_in("They marched through Homs and Azaz.", countries)


def test_a_list_of_places_holds_places() -> None:
    assert found_in("They marched through Homs and Azaz.") == ["Homs", "Azaz"]


def test_a_name_that_is_known_is_left_alone() -> None:
    doc = parse_of("Rebels reached Azaz.", "places")
    assert list(find_overlooked(doc, {2}, SYRIA, GAZETTEER)) == []
