"""Countries, capitals and seats: a party that acts, or the place where something is."""

from pathlib import Path

import pytest
from spacy.tokens import Doc

from factories import make_article
from onrecord.codebook import load_codebook
from onrecord.drafts import PlaceName
from onrecord.errors import GazetteerError
from onrecord.records import Place
from onrecord.resolve.actors.named import find_named, is_location
from onrecord.resolve.gazetteer import Gazetteer, Kind, load_gazetteer
from onrecord.resolve.metonymy import PlaceMeans, find_place_names, load_metonymy_model
from onrecord.resolve.places import resolve_places
from parses import make_doc


def read(doc: Doc) -> tuple[Place, ...]:
    book = load_codebook()
    known = find_named(doc, book.parties)
    means = PlaceMeans(book, load_gazetteer(), load_metonymy_model())
    names = find_place_names(doc, known, means, None)
    return resolve_places(make_article(doc.text), doc, names, known, load_gazetteer())


def resolved(doc: Doc, *names: PlaceName) -> Place:
    known = find_named(doc, load_codebook().parties)
    (place,) = resolve_places(make_article(doc.text), doc, names, known, load_gazetteer())
    return place


def places(doc: Doc) -> list[tuple[str, str | None]]:
    found = read(doc)
    assert all(doc.text[place.span.start : place.span.end] == place.name for place in found)
    return [(place.name, place.country) for place in found]


def named(doc: Doc) -> list[tuple[str, str, str]]:
    return [
        (doc[match.start : match.end].text, match.form, match.party.name)
        for match in find_named(doc, load_codebook().parties)
    ]


ACTS = make_doc("""
    Moscow NNP nsubj 1 B-GPE
    left/leave VBD ROOT 1
    """)
IN_MOSCOW = make_doc("""
    Men NNS nsubj 1
    met/meet VBD ROOT 1
    in IN prep 1
    Moscow NNP pobj 2 B-GPE
    """)
TO_MOSCOW = make_doc("""
    Men NNS nsubj 1
    flew/fly VBD ROOT 1
    to IN prep 1
    Moscow NNP pobj 2 B-GPE
    """)
TOLD_MOSCOW = make_doc("""
    Men NNS nsubj 1
    spoke/speak VBD ROOT 1
    to IN prep 1
    Moscow NNP pobj 2 B-GPE
    """)
BETWEEN = make_doc("""
    Talks/talk NNS nsubj 5
    between IN prep 0
    Moscow NNP pobj 1 B-GPE
    and CC cc 2
    Kyiv NNP conj 2 B-GPE
    failed/fail VBD ROOT 5
    """)
VISITED = make_doc("""
    Men NNS nsubj 1
    visited/visit VBD ROOT 1
    Moscow NNP dobj 1 B-GPE
    """)
MEETING = make_doc("""
    A DT det 2
    Kremlin NNP compound 2 B-FAC
    meeting NN nsubj 3
    failed/fail VBD ROOT 3
    """)
SPOKESMAN = make_doc("""
    A DT det 2
    Kremlin NNP compound 2 B-FAC
    spokesman NN nsubj 3
    left/leave VBD ROOT 3
    """)
IN_TWO = make_doc("""
    Men NNS nsubj 1
    met/meet VBD ROOT 1
    in IN prep 1
    Russia NNP pobj 2 B-GPE
    and CC cc 3
    Ukraine NNP conj 3 B-GPE
    """)
EASTERN = make_doc("""
    Eastern JJ amod 1
    Ukraine NNP nsubj 2 B-GPE
    burned/burn VBD ROOT 2
    """)


@pytest.mark.parametrize("doc", [ACTS, TOLD_MOSCOW, BETWEEN, SPOKESMAN])
def test_a_capital_that_acts_is_no_location(doc: Doc) -> None:
    matches = find_named(doc, load_codebook().parties)
    assert matches
    assert not any(is_location(doc, match) for match in matches)


@pytest.mark.parametrize("doc", [ACTS, BETWEEN, SPOKESMAN])
def test_a_name_that_acts_or_rules_is_a_metonym(doc: Doc) -> None:
    assert places(doc) == []


@pytest.mark.parametrize(
    ("doc", "expected"),
    [
        (IN_MOSCOW, [("Moscow", "RUS")]),
        (TO_MOSCOW, [("Moscow", "RUS")]),
        (VISITED, [("Moscow", "RUS")]),
        (MEETING, [("Kremlin", "RUS")]),
        (IN_TWO, [("Russia", "RUS"), ("Ukraine", "UKR")]),
        (EASTERN, [("Eastern Ukraine", "UKR")]),
    ],
)
def test_a_name_that_says_where_is_a_place(
    doc: Doc, expected: list[tuple[str, str | None]]
) -> None:
    assert places(doc) == expected


def test_a_town_only_the_labels_tell_of_has_no_country_and_no_coordinates() -> None:
    doc = make_doc("""
        Men NNS nsubj 1
        met/meet VBD ROOT 1
        in IN prep 1
        the DT det 4
        Nowhere NNP compound 5 B-LOC
        Hills NNPS pobj 2 I-LOC
        """)
    (place,) = read(doc)
    assert (place.name, place.country) == ("Nowhere Hills", None)
    assert (place.lat, place.lon, place.geonames_id, place.candidates) == (None, None, None, ())


def test_an_adjective_is_no_place() -> None:
    doc = make_doc("""
        Russian JJ amod 1
        troops/troop NNS nsubj 2
        left/leave VBD ROOT 2
        """)
    assert named(doc) == [("Russian", "adjective", "Russia")]
    assert places(doc) == []


def test_the_longest_name_counts() -> None:
    doc = make_doc("""
        The DT det 3
        United NNP compound 2
        States NNPS compound 3
        Senate NNP nsubj 5
        and CC cc 3
        Ukraine NNP ROOT 5
        """)
    assert ("United", "name", "United States") not in named(doc)
    assert named(doc)[-1] == ("Ukraine", "name", "Ukraine")


def test_the_west_is_a_party_only_with_its_article() -> None:
    doc = make_doc("""
        The DT det 1
        West NNP nsubj 2
        went/go VBD ROOT 2
        West NNP advmod 2
        """)
    assert named(doc) == [("West", "name", "the West")]


def test_a_seat_is_a_metonym() -> None:
    assert named(SPOKESMAN) == [("Kremlin", "metonym", "Russia")]


def test_a_word_inside_a_persons_name_is_no_party() -> None:
    doc = make_doc("""
        Sara NNP compound 1 B-PERSON
        London NNP nsubj 2 I-PERSON
        left/leave VBD ROOT 2
        """)
    assert [name for name, _, _ in named(doc)] == []


def test_lower_case_words_are_no_names() -> None:
    doc = make_doc("""
        The DT det 1
        turkey NN nsubj 2
        left/leave VBD ROOT 2
        """)
    assert named(doc) == []


TEXAS = make_doc("""
    Men NNS nsubj 1
    met/meet VBD ROOT 1
    in IN prep 1
    Paris NNP pobj 2 B-GPE
    , , punct 3
    Texas NNP appos 3 B-GPE
    """)
IN_HOMS = make_doc("""
    Syrian JJ amod 1
    men NNS nsubj 2
    met/meet VBD ROOT 2
    in IN prep 2
    eastern JJ amod 5
    Homs NNP pobj 3 B-GPE
    """)


def test_a_name_behind_a_comma_tells_which_of_two_towns_it_is() -> None:
    place = resolved(TEXAS, PlaceName(3, 4, 0.0, "seat", "FRA"))
    assert (place.name, place.country, place.admin) == ("Paris", "USA", "Texas")
    assert place.geonames_id in place.candidates


def test_a_capital_alone_is_the_capital() -> None:
    place = resolved(IN_MOSCOW, PlaceName(3, 4, 0.0, "seat", "RUS"))
    assert (place.geonames_id, place.country) == (524901, "RUS")
    assert place.lat == pytest.approx(55.75, abs=0.05)
    assert place.lon == pytest.approx(37.62, abs=0.05)


def test_a_building_is_no_town_of_its_name() -> None:
    place = resolved(MEETING, PlaceName(1, 2, 0.0, "seat", "RUS"))
    assert (place.name, place.country, place.geonames_id) == ("Kremlin", "RUS", None)


def test_a_part_of_a_town_keeps_the_town_as_candidate() -> None:
    place = resolved(IN_HOMS, PlaceName(5, 6, 0.0))
    assert (place.name, place.country, place.geonames_id) == ("eastern Homs", "SYR", None)
    assert place.candidates[0] == 169577


def test_a_name_that_many_towns_share_stays_undecided() -> None:
    doc = make_doc("""
        Men NNS nsubj 1
        met/meet VBD ROOT 1
        in IN prep 1
        Springfield NNP pobj 2 B-GPE
        """)
    place = resolved(doc, PlaceName(3, 4, 0.0))
    assert (place.geonames_id, place.lat, place.country) == (None, None, None)
    assert len(place.candidates) > 1


def test_the_gazetteer_knows_a_town_by_its_spellings() -> None:
    towns = [
        {place.geonames_id for place in load_gazetteer().find(name) if place.kind == Kind.TOWN}
        for name in ("Kharkiv", "Kharkov", "KHARKIV", "Харків")
    ]
    assert towns[0] == towns[1] == towns[2] >= {706483}
    assert towns[3] == set()


def test_a_missing_gazetteer_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(GazetteerError, match="install the package again"):
        Gazetteer(tmp_path).find("Homs")
