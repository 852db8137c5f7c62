"""Claims: one fold decides, whatever the order in which rules speak."""

import re
from itertools import permutations
from pathlib import Path

import pytest

from onrecord.records import Actor, Span
from onrecord.resolve.actors.claims import RANKS, Claim, claims, fold
from onrecord.resolve.actors.roles import bounds
from onrecord.resolve.actors.sketch import Sketch
from onrecord.store.signatures import Appearance
from parses import make_doc

ROWS = Path(__file__).parents[1] / "docs" / "rows.md"


def test_the_strongest_rule_wins_in_any_order() -> None:
    title = Claim("country", "KEN", "title", Span(0, 6))
    table = Claim("country", "UGA", "table", None)
    side = Claim("country", "TZA", "side", None)
    for claimed in permutations((title, table, side)):
        assert fold(claimed) == {"country": title}


def test_of_one_rule_the_first_claim_wins() -> None:
    first, second = (Claim("sector", code, "noun", None) for code in ("MIL", "COP"))
    assert fold((first, second))["sector"] == first


def test_unknown_values_are_no_claims() -> None:
    (claim,) = claims("table", None, country=None, sector="GOV")
    assert (claim.field, claim.value) == ("sector", "GOV")
    assert fold(()) == {}


def test_a_sketch_has_no_field_to_set() -> None:
    sketch = Sketch(claims("name", Span(0, 4), name="Moss", kind="person"))
    with pytest.raises(AttributeError):
        sketch.country = "KEN"  # type: ignore[misc]
    sketch.claim("side", None, country="TZA")
    sketch.claim("title", Span(5, 9), country="KEN")
    assert sketch.country == "KEN"
    assert sketch.won["country"].rule == "title"


def test_the_documentation_has_every_rule_in_its_order() -> None:
    part = ROWS.read_text("utf8").split("## Grounds")[1].split("\n## ")[0]
    assert re.findall(r"^\| `(.+?)` \|", part, re.MULTILINE) == list(RANKS)


def test_the_tables_name_of_somebody_is_what_links_him_across_articles() -> None:
    actor = Actor(
        actor_id="a", name="Ozal", kind="person", known_as="Turgut Özal", extractor="hand/1"
    )
    one = Appearance(actor=actor, forms=frozenset({"name"}))
    assert one.signature().name == "Turgut Özal"
    assert one.signature().is_full


def test_a_phrase_never_begins_behind_its_noun() -> None:
    doc = make_doc(
        """
        the     DT  det  2
        Chad    NNP nmod 2
        party   NN  ROOT 2
        and     CC  cc   1
        Niger   NNP conj 1
        """
    )
    assert bounds(doc[2]) == (0, 3)
