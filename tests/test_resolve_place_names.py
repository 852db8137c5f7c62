"""Names of places with a noun for the ground they name, and names no town is meant by."""

import pytest
from spacy.tokens import Doc

from onrecord.codebook import load_codebook
from onrecord.resolve.actors.named import find_named
from onrecord.resolve.full_names import find_full_names, without_article
from onrecord.resolve.regions import is_common, is_wide
from parses import make_doc

GULF = make_doc("""
    Ships NNS nsubj 1 O
    left VBD ROOT 1 O
    the DT det 3 B-LOC
    Gulf NNP dobj 1 I-LOC
    of IN prep 3 I-LOC
    Panama NNP pobj 4 I-LOC
    """)
ATOLL = make_doc("""
    Kaafu NNP compound 1 B-PERSON
    Atoll NNP nsubj 2 I-PERSON
    flooded VBD ROOT 2 O
    """)
PERSON = make_doc("""
    Karim NNP compound 1 B-PERSON
    Hassan NNP nsubj 2 I-PERSON
    left VBD ROOT 2 O
    """)
CITY = make_doc("""
    He PRP nsubj 1 O
    reached VBD ROOT 1 O
    City NNP dobj 1 B-ORG
    of IN prep 2 I-ORG
    Hope NNP pobj 3 I-ORG
    """)


def full_names(doc: Doc) -> list[str]:
    known = find_named(doc, load_codebook().parties)
    return [doc[start:end].text for start, end in find_full_names(doc, known)]


@pytest.mark.parametrize(
    ("doc", "names"),
    [(GULF, ["Gulf of Panama"]), (ATOLL, ["Kaafu Atoll"]), (PERSON, []), (CITY, ["City of Hope"])],
)
def test_a_name_goes_with_its_noun(doc: Doc, names: list[str]) -> None:
    assert full_names(doc) == names


def hyphened(before: str, behind: str) -> Doc:
    """A parse in which a hyphen ties two words."""
    return make_doc(
        f"{before} NN compound 2\n- HYPH punct 2\n{behind} NNP nsubj 3\nleft/leave VBD ROOT 3"
    )


@pytest.mark.parametrize(
    ("doc", "names"),
    [
        (hyphened("al", "Shabaab"), ["al-Shabaab"]),
        (hyphened("anti", "balaka"), ["anti-balaka"]),
        (hyphened("pro", "Russian"), []),  # whose side somebody takes
        (make_doc("Al NNP compound 1\nGore NNP nsubj 2\nleft/leave VBD ROOT 2"), []),
        (make_doc("TEHRAN NNP nsubj 1\nspoke/speak VBD ROOT 1"), ["TEHRAN"]),
        (make_doc("china NN nsubj 1\nbroke/break VBD ROOT 1"), []),
    ],
)
def test_the_names_that_the_tables_know(doc: Doc, names: list[str]) -> None:
    found = find_named(doc, load_codebook().parties)
    assert [doc[one.start : one.end].text for one in found] == names


def test_an_article_is_no_part_of_a_name() -> None:
    (entity,) = GULF.ents
    name = without_article(entity)
    assert entity.text == "the Gulf of Panama"
    assert name is not None
    assert name.text == "Gulf of Panama"


@pytest.mark.parametrize("name", ["the Middle East", "Black Sea", "the Sahel", "AFRICA"])
def test_lands_and_waters_reach_over_borders(name: str) -> None:
    assert is_wide(name)


@pytest.mark.parametrize("name", ["East Timor", "Sahel Region", "South Sudan", ""])
def test_countries_and_divisions_do_not(name: str) -> None:
    assert not is_wide(name)


def test_common_words_alone_name_no_place() -> None:
    assert is_common(["old", "city"])
    assert not is_common(["mexico", "city"])
