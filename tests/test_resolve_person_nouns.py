"""Nouns for people: who may be meant, what is said for each, and the weights that decide."""

from pathlib import Path

import pytest
from spacy.tokens import Doc

from onrecord.codebook import load_codebook
from onrecord.errors import ModelError
from onrecord.language.quotes import QuotationIndex, find_quotations
from onrecord.resolve.actors.claims import claims
from onrecord.resolve.actors.named import find_named
from onrecord.resolve.actors.person_nouns import (
    NounWeights,
    PersonNouns,
    Standing,
    load_noun_weights,
    read_noun_weights,
)
from onrecord.resolve.actors.roles import RoleReader
from onrecord.resolve.actors.sketch import Found, Sketch
from parses import make_doc

DOC = make_doc("""
    Minister NNP compound 1
    Berg NNP nsubj 4 B-PERSON
    and CC cc 1
    Holm NNP conj 1 B-PERSON
    met/meet VBD ROOT 4
    . . punct 4
    The DT det 7
    minister NN nsubj 10
    from IN prep 7
    Oslo NNP pobj 8 B-GPE
    slept/sleep VBD ROOT 10
    . . punct 10
    The DT det 13
    report NN nsubj 14
    ended/end VBD ROOT 14
    """)
NOUN = 7
NOWHERE = Standing(None, None, (), {})


def person(name: str, role: str | None = None) -> Sketch:
    return Sketch(claims("name", None, name=name, kind="person", role=role))


BERG, HOLM = person("Berg", "minister"), person("Holm")
FOUND = [
    Found(0, 2, 1, "name", BERG, role="Minister"),
    Found(3, 4, 3, "name", HOLM),
]


def nouns(weights: dict[str, float], doc: Doc = DOC, found: list[Found] = FOUND) -> PersonNouns:
    book = load_codebook()
    reader = RoleReader(doc, book, find_named(doc, book.parties))
    index = QuotationIndex(find_quotations(doc.text))
    return PersonNouns(doc, found, index, reader, NounWeights(weights))


def test_candidates_come_nearest_first_with_what_tells_for_them() -> None:
    weighed = nouns({}).weighed(DOC[NOUN], NOWHERE)
    assert list(weighed.mentions) == [HOLM, BERG]
    holm, berg = weighed.features
    assert "title True" in berg
    assert "title none" in holm
    assert {"rank 0", "apart 1", "part subject", "named True"} <= holm
    assert {"nobody", "nobody det the", "nobody has prep"} <= weighed.nobody


def test_who_spoke_and_whom_rules_take_are_told() -> None:
    standing = Standing(None, BERG, (HOLM, BERG), {"spoke last": HOLM, "introduced": None})
    holm, berg = nouns({}).weighed(DOC[NOUN], standing).features
    assert {"rule spoke last", "spoke 0"} <= holm
    assert {"voice", "spoke 1"} <= berg
    assert "rule introduced" not in berg


def test_weights_decide_and_in_doubt_nobody_is_meant() -> None:
    assert nouns({"title True": 3.0}).meant(DOC[NOUN], NOWHERE) is BERG
    assert nouns({"rank 0": 3.0}).meant(DOC[NOUN], NOWHERE) is HOLM
    assert nouns({}).meant(DOC[NOUN], NOWHERE) is None
    assert nouns({"title True": 3.0, "nobody": 4.0}).meant(DOC[NOUN], NOWHERE) is None


def test_chances_sum_to_one() -> None:
    weighed = nouns({}).weighed(DOC[NOUN], NOWHERE)
    assert sum(NounWeights({"rank 0": 900.0}).chances(weighed)) == pytest.approx(1)


def test_a_noun_is_neither_itself_nor_whose_it_is() -> None:
    own = person("minister")
    held = [*FOUND, Found(6, 8, NOUN, "title", own), Found(9, 10, 9, "name", person("Oslo"))]
    found = nouns({}, found=held).weighed(DOC[NOUN], Standing(own, None, (), {}))
    assert list(found.mentions) == [HOLM, BERG]


def test_only_singular_nouns_for_people_are_asked_of() -> None:
    asked = nouns({})
    assert asked.is_one(DOC[NOUN])
    assert not asked.is_one(DOC[13])  # a report
    assert not asked.is_one(DOC[4])  # a verb


def test_the_package_has_weights() -> None:
    assert load_noun_weights().weights["rule spoke last"] > 0


@pytest.mark.parametrize("text", ["", "[]", '{"features": {"a": "much"}}', '{"name": "nouns"}'])
def test_a_damaged_file_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "weights.json"
    path.write_text(text)
    with pytest.raises(ModelError, match="install the package again"):
        read_noun_weights(path)
