"""Names that mean another place, on parses made by hand with the gazetteer."""

import pytest

from onrecord.codebook import load_codebook
from onrecord.resolve.actors.named import find_named
from onrecord.resolve.gazetteer import load_gazetteer
from onrecord.resolve.homonyms import without_homonyms
from parses import make_doc, parse_of

BOOK = load_codebook()


@pytest.mark.parametrize(
    ("text", "kept", "elsewhere"),
    [
        # what lies around it follows, or it lies around what stands before
        ("Officers in Moscow, Idaho, found the car.", [], {"Moscow": None}),
        ("A plant in Lebanon, Tennessee, burned down.", [], {"Lebanon": None}),
        ("A man in Paris (Texas) was freed.", [], {"Paris": None}),
        ("A judge in Columbus, Georgia, freed the man.", [], {"Georgia": "USA"}),
        ("A judge in Tbilisi, Georgia, freed the man.", ["Tbilisi", "Georgia"], {}),
        ("Officers in Moscow found the car.", ["Moscow"], {}),
        ("Officers in Moscow, who found the car, left.", ["Moscow"], {}),
        # it is called a division, or has what divisions have
        ("A nurse from the state of Georgia was freed.", [], {"Georgia": "USA"}),
        ("Gunmen in Niger state raided Minna.", [], {"Niger": "NGA"}),
        ("Georgia's governor spoke.", [], {"Georgia": "USA"}),
        ("Georgia's president spoke.", ["Georgia"], {}),
        ("Georgia lawmakers met.", [], {"Georgia": "USA"}),
        # among its fellows
        ("Voters in Georgia, Nevada and Utah queued.", [], {"Georgia": "USA"}),
        ("Stores in Alabama, Georgia and Tennessee closed.", [], {"Georgia": "USA"}),
        # within a longer name
        ("Snow fell on New Mexico and Arizona.", [], {}),
        # where the text tells of the country too
        (
            "Georgia wants peace, officials in Tbilisi said.",
            ["Georgia", "Tbilisi"],
            {},
        ),
    ],
)
def test_which_place_a_name_means(
    text: str, kept: list[str], elsewhere: dict[str, str | None]
) -> None:
    doc = parse_of(text, "homonyms")
    meant = without_homonyms(doc, find_named(doc, BOOK.parties), load_gazetteer())
    assert [doc[one.start : one.end].text for one in meant.named] == kept
    assert meant.elsewhere == elsewhere


@pytest.mark.parametrize(
    ("after", "division"),
    [
        ("state NN ROOT 1", True),
        ("state NN compound 2\ntelevision NN ROOT 2", False),  # of the country
        ("peaches/peach NNS ROOT 1", False),
    ],
)
def test_a_division_by_the_word_behind_it(after: str, division: bool) -> None:
    doc = make_doc(f"Georgia/Georgia NNP compound 1 B-GPE\n{after}")
    meant = without_homonyms(doc, find_named(doc, BOOK.parties), load_gazetteer())
    assert (meant.named == ()) is division
