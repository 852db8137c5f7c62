"""Which place a name means: what speaks for each of several, on places made by hand."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from factories import make_article
from onrecord.codebook import load_codebook
from onrecord.drafts import PlaceName
from onrecord.records import Place, Span
from onrecord.resolve.actors.named import find_named
from onrecord.resolve.gazetteer import Kind, Located, load_gazetteer
from onrecord.resolve.locating import Clues, Setting, decide
from onrecord.resolve.places import resolve_places, with_countries
from parses import make_doc

NOWHERE = Setting.of(())


def town(number: int = 1, country: str = "AAA", population: int = 20_000) -> Located:
    """A town in the north of a country, called by its first name."""
    return Located(
        geonames_id=number,
        kind=Kind.TOWN,
        country=country,
        region="North",
        population=population,
        lat=10.0,
        lon=10.0,
        is_first=True,
    )


def meant(found: Sequence[Located], setting: Setting = NOWHERE, **clues: object) -> int | None:
    """The id of the place that is meant, None while it is undecided."""
    place = decide(found, Clues(**clues), setting).place  # type: ignore[arg-type]
    return place.geonames_id if place is not None else None


SMALL, LARGE = town(1), town(2, "BBB", 400_000)


def test_a_name_that_is_no_places_means_none() -> None:
    assert decide((), Clues(), NOWHERE).candidates == ()
    assert meant(()) is None


@pytest.mark.parametrize(
    ("setting", "clues", "place"),
    [
        (NOWHERE, {}, 2),  # a large town needs no other sign
        (Setting.of(["AAA"]), {}, 1),
        (Setting.of(["AAA", "BBB"]), {}, 2),
        (NOWHERE, {"country": "AAA"}, None),  # its capital, as much as the other is large
        (NOWHERE, {"country": "BBB"}, 2),
        (Setting.of(["AAA"]), {"near": frozenset({"AAA"})}, 1),
        (NOWHERE, {"least": 30_000}, 2),
        (NOWHERE, {"kinds": frozenset({Kind.REGION})}, None),
    ],
)
def test_what_speaks_for_a_place(
    setting: Setting, clues: dict[str, object], place: int | None
) -> None:
    assert meant([SMALL, LARGE], setting, **clues) == place


def test_a_small_town_alone_needs_a_sign_of_its_country() -> None:
    assert meant([SMALL]) is None
    assert meant([SMALL], Setting.of(["CCC", "CCC", "CCC"])) is None
    assert meant([SMALL], Setting.of(["CCC", "CCC", "AAA"])) == 1  # named half as often
    assert meant([SMALL], Setting.of(["CCC", "CCC", "CCC", "AAA"])) is None
    assert meant([SMALL], Setting.of(["CCC"] * 3), near=frozenset({"AAA"})) == 1
    assert meant([SMALL], Setting.of(["CCC"] * 3), country="AAA") == 1


def test_a_lead_must_be_clear() -> None:
    assert meant([town(1, population=200_000), town(2, "BBB", 400_000)]) is None
    candidates = decide([SMALL, town(3, "CCC", 15_000)], Clues(), NOWHERE).candidates
    assert [one.geonames_id for one in candidates] == [1, 3]  # the likeliest first


def test_a_name_is_rather_a_places_first_than_another_of_its_names() -> None:
    other = replace(town(2, "BBB", 200_000), is_first=False)
    assert meant([town(1, "AAA", 200_000), other]) == 1
    assert meant([replace(town(1, "AAA", 200_000), is_first=False), other]) is None


def test_a_country_comes_before_towns_of_its_name() -> None:
    land = replace(town(3, "CCC", 2_000_000), kind=Kind.COUNTRY)
    assert meant([land, town(2, "BBB", 2_000_000)]) == 3


@pytest.mark.parametrize(("division", "place"), [(False, 1), (True, 2)])
def test_a_town_is_meant_unless_it_is_called_a_division(division: bool, place: int) -> None:
    one, region = (
        town(1, population=300_000),
        replace(town(2), kind=Kind.REGION, population=500_000),
    )
    assert meant([one, replace(region, region="South")], division=division) == place


OUTER = replace(town(9), kind=Kind.REGION)


@pytest.mark.parametrize(
    ("outer", "place"),
    [
        (OUTER, 1),
        (replace(OUTER, region="South"), None),
        (replace(OUTER, country="BBB"), 2),
        (replace(OUTER, kind=Kind.COUNTRY, region=""), 1),
        (replace(SMALL, kind=Kind.REGION), None),  # no place lies in itself
    ],
)
def test_an_address_says_in_what_a_place_lies(outer: Located, place: int | None) -> None:
    assert meant([SMALL, LARGE], within=(outer,)) == place


@pytest.mark.parametrize(
    ("change", "same"),
    [
        ({}, True),  # entered twice
        ({"lat": 10.5, "lon": 9.5}, True),
        ({"lat": 10.6}, False),
        ({"lon": 10.6}, False),
        ({"lat": None}, False),
        ({"country": "BBB"}, False),
        ({"kind": Kind.DISTRICT}, True),  # a town and what lies around it
        ({"kind": Kind.DISTRICT, "region": "South"}, False),
    ],
)
def test_two_that_are_one_place_are_no_rivals(change: dict[str, object], same: bool) -> None:
    one = town(1, population=200_000)
    other = replace(one, geonames_id=2, **change)  # type: ignore[arg-type]
    assert meant([one, other]) == (1 if same else None)


# Names that the parse of a text has


TWICE = make_doc("""
    Men NNS nsubj 1
    met/meet VBD ROOT 1
    in IN prep 1
    Paris NNP pobj 2 B-GPE
    , , punct 3
    Texas NNP appos 3 B-GPE
    . . punct 1
    They PRP nsubj 8
    left/leave VBD ROOT 8
    Paris NNP dobj 8 B-GPE
    . . punct 8
    """)


def places_of(*names: PlaceName) -> list[Place]:
    named = find_named(TWICE, load_codebook().parties)
    article = make_article(TWICE.text)
    return list(resolve_places(article, TWICE, names, named, load_gazetteer()))


def test_a_name_means_what_an_address_told_wherever_it_stands_again() -> None:
    first, again = places_of(PlaceName(3, 4, 0.0), PlaceName(9, 10, 0.0))
    assert (first.country, first.admin) == (again.country, again.admin) == ("USA", "Texas")
    assert first.geonames_id == again.geonames_id is not None


def test_without_the_address_the_better_known_is_meant() -> None:
    (alone,) = places_of(PlaceName(9, 10, 0.0))
    assert alone.country == "FRA"


def test_a_country_is_itself_and_a_division_one_of_its_country() -> None:
    (land,) = places_of(PlaceName(9, 10, 0.0, "country", "FRA"))
    assert (land.country, land.geonames_id, land.admin) == ("FRA", 3017382, None)
    (unknown,) = places_of(PlaceName(9, 10, 0.0, "country"))
    assert (unknown.country, unknown.geonames_id, unknown.candidates) == (None, None, ())


@pytest.mark.parametrize(
    ("words", "kinds"),
    [
        ("Homs NNP compound 3 B-GPE\nprovince NN pobj 1 I-GPE", {Kind.REGION, Kind.DISTRICT}),
        ("Homs NNP pobj 1 B-GPE", {Kind.TOWN}),
    ],
)
def test_a_name_with_a_word_for_a_division_is_one(words: str, kinds: set[Kind]) -> None:
    doc = make_doc(f"Syrians/syrian NNPS nsubj 1\nmet/meet VBD ROOT 1\n{words}")
    name = PlaceName(2, len(doc), 0.0)
    named = find_named(doc, load_codebook().parties)
    (place,) = resolve_places(make_article(doc.text), doc, [name], named, load_gazetteer())
    found = [one for one in load_gazetteer().find("Homs") if one.geonames_id == place.geonames_id]
    assert {one.kind for one in found} <= kinds
    assert found


def test_a_name_that_acts_is_no_place() -> None:
    assert places_of(PlaceName(9, 10, 0.9)) == []


EASTERN = make_doc("""
    Men NNS nsubj 1
    left/leave VBD ROOT 1
    eastern JJ amod 4
    New NNP compound 4 B-GPE
    Berg NNP dobj 1 I-GPE
    and CC cc 4
    Lund NNP conj 4 B-GPE
    """)


@pytest.mark.parametrize(
    ("place", "elsewhere", "countries"),
    [
        ("eastern New Berg", {}, ["NOR", None]),  # the place begins before its name
        ("New Berg", {}, ["NOR", None]),
        ("eastern", {}, [None, None]),
        ("New", {}, [None, None]),
        ("New Berg", {"Lund": "SWE"}, ["NOR", "SWE"]),
        ("eastern", {"New Berg": None, "Lund": "SWE"}, [None, "SWE"]),
    ],
)
def test_place_names_have_the_countries_of_their_places(
    place: str, elsewhere: dict[str, str | None], countries: list[str | None]
) -> None:
    start = EASTERN.text.index(place)
    found = Place(
        place_id="p",
        span=Span(start, start + len(place)),
        name=place,
        country="NOR",
        extractor="hand/1",
    )
    names = [PlaceName(3, 5, 0.0), PlaceName(6, 7, 0.0)]
    told = with_countries(EASTERN, names, [found], elsewhere)
    assert [name.country for name in told] == countries


def test_a_country_that_is_known_stays() -> None:
    names = [PlaceName(6, 7, 0.0, "country", "DNK")]
    assert with_countries(EASTERN, names, [], {"Lund": "SWE"}) == tuple(names)
