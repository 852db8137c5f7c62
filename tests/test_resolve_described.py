"""Nouns that speak, and whom of those named they may mean, on parses made by hand."""

import pytest

from onrecord.codebook import load_codebook
from onrecord.records import ActorKind
from onrecord.resolve.actors.claims import claims
from onrecord.resolve.actors.described import is_anaphoric, may_be
from onrecord.resolve.actors.named import find_named
from onrecord.resolve.actors.roles import RoleReader
from onrecord.resolve.actors.sketch import Sketch
from parses import make_doc

BOOK = load_codebook()


def sketch(
    kind: ActorKind,
    name: str = "Moss",
    *,
    country: str | None = None,
    sector: str | None = None,
    gender: str | None = None,
    plural: bool = False,
) -> Sketch:
    """Somebody of whom that is known."""
    told = claims("name", None, name=name, kind=kind, country=country, sector=sector, gender=gender)
    return Sketch(told, plural=plural)


POTTER = "The DT det 1\npotter NN nsubj 2\nspoke/speak VBD ROOT 2"
MINISTER = "The DT det 2\nNorwegian JJ amod 2\nminister NN nsubj 3\nspoke/speak VBD ROOT 3"
QUEEN = "The DT det 1\nqueen NN nsubj 2\nspoke/speak VBD ROOT 2"
CARRIER = "The DT det 1\ncarrier NN nsubj 2\nspoke/speak VBD ROOT 2"
ARMY = "The DT det 1\narmy NN nsubj 2\nspoke/speak VBD ROOT 2"
COUNCIL = "The DT det 1\ncouncil NN nsubj 2\nspoke/speak VBD ROOT 2"
OF_ELDERS = (
    "The DT det 1\ncouncil NN nsubj 4\nof IN prep 1\nelders/elder NNS pobj 2\n"
    "spoke/speak VBD ROOT 4"
)
GOVERNMENT = "The DT det 1\ngovernment NN nsubj 2\nspoke/speak VBD ROOT 2"


@pytest.mark.parametrize(
    ("table", "own", "other", "may"),
    [
        # somebody by the noun for a person
        (POTTER, sketch("person"), sketch("person"), True),
        (POTTER, sketch("person"), sketch("person", plural=True), False),
        (POTTER, sketch("person"), sketch("state"), False),
        (MINISTER, sketch("person"), sketch("person", country="NOR"), True),
        (MINISTER, sketch("person"), sketch("person", country="SWE"), False),
        (MINISTER, sketch("person"), sketch("organisation"), False),  # an office is no company's
        (QUEEN, sketch("person"), sketch("person", gender="female"), True),
        (QUEEN, sketch("person"), sketch("person", gender="male"), False),
        (CARRIER, sketch("person"), sketch("organisation"), True),  # what no list has may be one
        # a body by the noun for one
        (COUNCIL, sketch("organisation"), sketch("organisation"), True),
        (COUNCIL, sketch("organisation"), sketch("person"), False),
        (OF_ELDERS, sketch("organisation"), sketch("organisation"), False),
        (ARMY, sketch("organisation", sector="MIL"), sketch("organisation", sector="MIL"), True),
        (ARMY, sketch("organisation", sector="MIL"), sketch("organisation", sector="MED"), False),
        (
            GOVERNMENT,
            sketch("government"),
            sketch("government", "Government of Chad"),
            True,
        ),
        (GOVERNMENT, sketch("government"), sketch("organisation", "Chad Mills"), False),
    ],
)
def test_whom_a_noun_that_speaks_may_mean(
    table: str, own: Sketch, other: Sketch, may: bool
) -> None:
    doc = make_doc(table)
    reader = RoleReader(doc, BOOK, find_named(doc, BOOK.parties))
    noun = next(token for token in doc if token.dep_ == "nsubj")
    assert may_be(noun, own, other, reader) is may


CLAUSE = (
    "{} DT det 1\npotter NN nsubj {}\n{}who WP nsubj {}\nfled/flee VBD relcl 1\n"
    "spoke/speak VBD ROOT {}"
)


@pytest.mark.parametrize(
    ("table", "anaphoric"),
    [
        (POTTER, True),
        (POTTER.replace("The", "A"), False),
        (POTTER.replace("The DT det", "His PRP$ poss"), False),
        (POTTER.replace("potter NN", "potters/potter NNS"), False),
        (CLAUSE.format("The", 4, "", 3, 4), False),  # the clause says which
        (CLAUSE.format("The", 5, ", , punct 1\n", 4, 5), True),  # what it tells besides
    ],
)
def test_which_nouns_take_somebody_up(table: str, anaphoric: bool) -> None:
    assert is_anaphoric(make_doc(table)[1]) is anaphoric
