"""Names of countries and capitals that mean another place of that name."""

from collections.abc import Callable

import pytest

from onrecord.codebook import load_codebook
from onrecord.records import Record
from onrecord.resolve.actors.named import find_named
from onrecord.resolve.gazetteer import load_gazetteer
from onrecord.resolve.homonyms import without_homonyms
from parses import make_doc

RecordOf = Callable[[str], Record]


def countries(record: Record) -> set[str | None]:
    return {place.country for place in record.places} | {one.country for one in record.actors}


@pytest.mark.parametrize(
    ("text", "other", "meant"),
    [
        ("Voters in Georgia queued for hours in Savannah.", "GEO", "USA"),
        ("A judge in Columbus, Georgia, freed the man.", "GEO", "USA"),
        ("Georgia's governor flew to Savannah.", "GEO", "USA"),
        ("Georgia lawmakers passed the map in Atlanta.", "GEO", "USA"),
        ("Stores in Alabama, Georgia and Tennessee closed.", "GEO", "USA"),
        ("A nurse from the state of Georgia was freed.", "GEO", "USA"),
        ("Officers in Moscow, Idaho, found the car.", "RUS", "USA"),
        ("A plant in Lebanon, Tennessee, burned down.", "LBN", "USA"),
        ("Workers in Peru, Indiana, went on strike.", "PER", "USA"),
        ("The bus left Cairo, Illinois, at noon.", "EGY", "USA"),
        ("Drivers in Paris, Texas, were stranded.", "FRA", "USA"),
        ("Snow fell on New Mexico and Arizona.", "MEX", "USA"),
        ("The New Mexico governor said no.", "MEX", "USA"),
        ("Voters in Northern Ireland chose in May.", "IRL", "GBR"),
        ("Northern Ireland's leaders met in Belfast.", "IRL", "GBR"),
        ("A mine collapsed in Inner Mongolia.", "MNG", "CHN"),
        ("Herders in Inner Mongolia lost their sheep.", "MNG", "CHN"),
        ("Victoria's premier said Melbourne would close.", "SYC", "AUS"),
        ("Fires in Victoria reached Geelong.", "SYC", "AUS"),
        ("Gunmen in Niger state raided Minna.", "NER", "NGA"),
    ],
)
def test_another_place_of_the_name_is_meant(
    record_of: RecordOf, text: str, other: str, meant: str
) -> None:
    found = countries(record_of(text))
    assert other not in found
    assert meant in found


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("Georgia wants to join NATO, officials in Tbilisi said.", "GEO"),
        ("Georgian troops left, and Georgia closed its border with Russia.", "GEO"),
        ("The president of Georgia left for Brussels.", "GEO"),
        ("Lawmakers met in Victoria, and Seychelles voted.", "SYC"),
        ("Moscow said that Russia would talk.", "RUS"),
        ("Lebanon, Syria and Jordan closed their borders.", "LBN"),
        ("Troops left Mexico City for the border of Mexico.", "MEX"),
    ],
)
def test_the_country_is_meant_where_the_text_tells_of_it(
    record_of: RecordOf, text: str, country: str
) -> None:
    assert country in countries(record_of(text))


def test_a_name_means_one_place_throughout(record_of: RecordOf) -> None:
    record = record_of("Officers in Moscow, Idaho, found it. Shops in Moscow closed.")
    moscows = [place for place in record.places if place.name == "Moscow"]
    assert [place.admin for place in moscows] == ["Idaho", "Idaho"]


def test_which_names_mean_another_place() -> None:
    doc = make_doc("""
        Men NNS nsubj 1
        left/leave VBD ROOT 1
        Georgia NNP dobj 1 B-GPE
        for IN prep 1
        Atlanta NNP pobj 3 B-GPE
        """)
    meant = without_homonyms(doc, find_named(doc, load_codebook().parties), load_gazetteer())
    assert meant.elsewhere == {"Georgia": "USA"}
    assert meant.named == ()
