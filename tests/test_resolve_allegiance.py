"""Allegiance and setting: the country of parties, from their own words and from the setting."""

import pytest
import spacy
from spacy.tokens import Doc

from onrecord.codebook import load_codebook
from onrecord.drafts import PlaceName
from onrecord.records import ActorKind, MentionForm, Span
from onrecord.resolve.actors.allegiance import Allegiance
from onrecord.resolve.actors.claims import Rule, claims
from onrecord.resolve.actors.named import find_named
from onrecord.resolve.actors.roles import RoleReader
from onrecord.resolve.actors.setting import Ground, Grounds, inherit, suggest
from onrecord.resolve.actors.sketch import Found, Sketch
from onrecord.resolve.actors.unlisted import find_unlisted
from onrecord.resolve.offices import resolve_actor

VOCAB = spacy.blank("en").vocab


def test_a_phrase_tells_the_country_of_a_body_and_its_sector() -> None:
    doc = Doc(
        VOCAB,
        words=["The", "Assad", "regime", "fell"],
        tags=["DT", "NNP", "NN", "VBD"],
        pos=["DET", "PROPN", "NOUN", "VERB"],
        heads=[2, 2, 3, 3],
        deps=["det", "compound", "nsubj", "ROOT"],
    )
    book = load_codebook()
    reader = RoleReader(doc, book, find_named(doc, book.parties))
    sketch = Sketch(claims("noun", None, name="Assad regime", kind="government"))
    Allegiance(doc, reader, book, "2018-03-01").tell([Found(0, 3, 2, "nominal", sketch)])
    assert (sketch.country, sketch.sector) == ("SYR", "GOV")


@pytest.mark.parametrize(
    "phrase", ["US-sanctioned fighters", "US and EU-backed fighters", "member states"]
)
def test_words_that_tell_of_help_or_of_nobody_give_no_country(phrase: str) -> None:
    actor = resolve_actor(phrase, date="2018-03-01")
    assert actor is None or actor.country is None


def test_a_place_beside_a_listed_surname_is_somebody_elses_name() -> None:
    assert resolve_actor("David Haines", date="2022-03-01") is None


def _attack() -> tuple[Doc, RoleReader]:
    doc = Doc(
        VOCAB,
        words=["They", "hit", "the", "depots", "and", "those", "nearby"],
        tags=["PRP", "VBD", "DT", "NNS", "CC", "DT", "RB"],
        pos=["PRON", "VERB", "DET", "NOUN", "CCONJ", "PRON", "ADV"],
        heads=[1, 1, 3, 1, 3, 3, 5],
        deps=["nsubj", "ROOT", "det", "dobj", "cc", "conj", "advmod"],
    )
    return doc, RoleReader(doc, load_codebook(), ())


def test_what_the_model_takes_for_a_party_is_a_mention_in_passing() -> None:
    doc, reader = _attack()
    parties = [Span(0, 4), Span(9, 19), Span(24, 29)]
    found = list(find_unlisted(doc, parties, [], [], reader))
    assert [(doc[one.start : one.end].text, one.form, one.passing) for one in found] == [
        ("the depots", "nominal", True),
        ("those", "pronoun", True),
    ]


def test_a_stretch_whose_head_has_a_mention_makes_none() -> None:
    doc, reader = _attack()
    known = Found(3, 4, 3, "nominal", Sketch(claims("noun", None, name="depots", kind="group")))
    assert not list(find_unlisted(doc, [Span(9, 19)], [known], [], reader))


@pytest.mark.parametrize(
    ("before", "noun", "sector", "country"),
    [
        ("many", "civilians", "CVL", "SYR"),
        ("rebel", "fighters", "REB", "SYR"),
        ("many", "fighters", "REB", None),  # the text tells of an armed group of no country
        ("foreign", "soldiers", "MIL", None),
        ("many", "refugees", "CVL", None),
    ],
)
def test_local_groups_are_of_the_country_a_text_is_set_in(
    before: str, noun: str, sector: str, country: str | None
) -> None:
    doc = Doc(
        VOCAB,
        words=["Jihadists", "killed", before, noun, "near", "Aleppo"],
        tags=["NNS", "VBD", "JJ", "NNS", "IN", "NNP"],
        pos=["NOUN", "VERB", "ADJ", "NOUN", "ADP", "PROPN"],
        lemmas=["jihadist", "kill", before, noun.rstrip("s"), "near", "Aleppo"],
        heads=[1, 1, 3, 1, 1, 4],
        deps=["nsubj", "ROOT", "amod", "dobj", "prep", "pobj"],
    )
    book = load_codebook()
    reader = RoleReader(doc, book, ())
    places = [PlaceName(5, 6, acts=0.0, country="SYR")]
    group = Sketch(claims("noun", None, name=noun, kind="group", sector=sector), plural=True)
    known = claims("table", None, name="Islamic State", kind="armed_group", sector="REB")
    found = [Found(0, 1, 0, "name", Sketch(known)), Found(2, 4, 3, "nominal", group)]
    suggested = suggest(doc, found, Grounds(found, places), reader)
    assert suggested.get(group) == (Ground("sentence", country) if country else None)


@pytest.mark.parametrize("noun", ["allies", "opponents"])
def test_allies_and_opponents_are_not_of_the_country_whose_they_are(noun: str) -> None:
    doc = Doc(
        VOCAB,
        words=["Kenya", "'s", noun, "met"],
        tags=["NNP", "POS", "NNS", "VBD"],
        pos=["PROPN", "PART", "NOUN", "VERB"],
        lemmas=["Kenya", "'s", {"allies": "ally"}.get(noun, noun.rstrip("s")), "meet"],
        heads=[2, 0, 3, 3],
        deps=["poss", "case", "nsubj", "ROOT"],
    )
    book = load_codebook()
    reader = RoleReader(doc, book, find_named(doc, book.parties))
    state = Sketch(claims("table", None, name="Kenya", kind="state", country="KEN"))
    group = Sketch(claims("noun", None, name=noun, kind="group"), plural=True)
    found = [Found(0, 1, 0, "name", state), Found(0, 3, 2, "nominal", group)]
    Allegiance(doc, reader, book, None).tell(found)
    inherit(doc, found)
    assert reader.of_noun(doc[2]).country is None
    assert group.country is None


def test_what_all_words_of_a_phrase_tell_outranks_its_noun() -> None:
    doc = Doc(
        VOCAB,
        words=["A", "Muslim", "community", "leader", "spoke"],
        tags=["DT", "JJ", "NN", "NN", "VBD"],
        pos=["DET", "ADJ", "NOUN", "NOUN", "VERB"],
        heads=[3, 3, 3, 4, 4],
        deps=["det", "amod", "compound", "nsubj", "ROOT"],
    )
    book = load_codebook()
    told = claims("noun", None, name="community leader", kind="person", sector="GOV")
    sketch = Sketch(told)
    reader = RoleReader(doc, book, ())
    Allegiance(doc, reader, book, None).tell([Found(0, 4, 3, "nominal", sketch)])
    alone = resolve_actor("A Muslim community leader")
    assert alone is not None
    assert sketch.sector == alone.sector == "REL"


@pytest.mark.parametrize(
    ("rule", "sector", "country"),
    [("title", "GOV", "KEN"), ("title", "IGO", None), ("phrase", "GOV", None)],
)
def test_who_has_a_title_of_a_state_serves_that_of_which_the_article_tells(
    rule: Rule, sector: str, country: str | None
) -> None:
    doc = Doc(
        VOCAB,
        words=["Kenya", "met", "Minister", "Moss"],
        tags=["NNP", "VBD", "NNP", "NNP"],
        pos=["PROPN", "VERB", "PROPN", "PROPN"],
        heads=[1, 1, 3, 1],
        deps=["nsubj", "ROOT", "compound", "dobj"],
    )
    state = Sketch(claims("table", None, name="Kenya", kind="state", country="KEN"))
    person = Sketch(claims("name", None, name="Moss", kind="person"))
    person.claim(rule, None, sector=sector)
    found = [Found(0, 1, 0, "name", state), Found(2, 4, 3, "name", person)]
    suggested = suggest(doc, found, Grounds(found, ()), RoleReader(doc, load_codebook(), ()))
    assert suggested.get(person) == (Ground("article", country) if country else None)


@pytest.mark.parametrize(
    ("name", "place", "country"),
    [
        ("Obama", "Washington", "USA"),  # the text tells of his country
        ("Obama", "Chad", None),  # he may be another of that surname
        ("Barack Obama", "Chad", "USA"),
    ],
)
def test_a_surname_alone_tells_the_country_that_a_text_tells_of(
    name: str, place: str, country: str | None
) -> None:
    words = [*name.split(), "left", place]
    verb = len(words) - 2
    doc = Doc(
        VOCAB,
        words=words,
        tags=["NNP"] * verb + ["VBD", "NNP"],
        pos=["PROPN"] * verb + ["VERB", "PROPN"],
        heads=[max(verb - 1, 0)] * (verb - 1) + [verb, verb, verb],
        deps=["compound"] * (verb - 1) + ["nsubj", "ROOT", "dobj"],
    )
    book = load_codebook()
    reader = RoleReader(doc, book, find_named(doc, book.parties))
    person = Sketch(claims("name", None, name=name, kind="person"))
    Allegiance(doc, reader, book, "2014-03-01").tell([Found(0, verb, verb - 1, "name", person)])
    assert person.country == country


def owned(**told: str) -> Doc:
    """A parse of "Kenya 's guards met"."""
    return Doc(
        VOCAB,
        words=["Kenya", "'s", told.get("noun", "guards"), "met"],
        tags=["NNP", "POS", "NNS", "VBD"],
        pos=["PROPN", "PART", "NOUN", "VERB"],
        lemmas=["Kenya", "'s", told.get("noun", "guards").rstrip("s"), "meet"],
        heads=[2, 0, 3, 3],
        deps=["poss", "case", "nsubj", "ROOT"],
    )


@pytest.mark.parametrize(
    ("kind", "country", "form", "inherited"),
    [
        ("group", None, "nominal", "KEN"),
        ("organisation", None, "title", "KEN"),
        ("group", "UGA", "nominal", "UGA"),  # it has one
        ("person", None, "nominal", None),
        ("group", None, "name", None),
    ],
)
def test_a_group_is_of_its_owners_country(
    kind: ActorKind, country: str | None, form: MentionForm, inherited: str | None
) -> None:
    state = Sketch(claims("table", None, name="Kenya", kind="state", country="KEN"))
    group = Sketch(claims("noun", None, name="guards", kind=kind, country=country))
    found = [Found(0, 1, 0, "name", state), Found(0, 3, 2, form, group)]
    inherit(owned(), [Found(3, 4, 3, "pronoun", None), *found])  # a pronoun may mean nobody
    assert group.country == inherited
    assert state.country == "KEN"


@pytest.mark.parametrize(
    ("noun", "sector", "place", "ground"),
    [
        ("police", "COP", "SYR", Ground("sentence", "SYR")),
        ("police", "COP", None, Ground("article", "KEN")),
        ("authorities", "GOV", "SYR", Ground("sentence", "SYR")),
        ("authorities", "GOV", None, Ground("article", "KEN")),
        ("dockers", "LAB", None, None),  # they may be anybody's
    ],
)
def test_police_and_authorities_are_of_the_place_else_of_the_state(
    noun: str, sector: str, place: str | None, ground: Ground | None
) -> None:
    doc = Doc(
        VOCAB,
        words=["Aleppo", "heard", "Kenya", "and", noun],
        tags=["NNP", "VBD", "NNP", "CC", "NNS"],
        pos=["PROPN", "VERB", "PROPN", "CCONJ", "NOUN"],
        lemmas=["Aleppo", "hear", "Kenya", "and", noun],
        heads=[1, 1, 1, 2, 2],
        deps=["nsubj", "ROOT", "dobj", "cc", "conj"],
    )
    state = Sketch(claims("table", None, name="Kenya", kind="state", country="KEN"))
    told = claims("noun", None, name=noun, kind="group", sector=sector)
    group = Sketch(told, plural=True)
    found = [Found(2, 3, 2, "name", state), Found(4, 5, 4, "nominal", group)]
    grounds = Grounds(found, [PlaceName(0, 1, acts=0.0, country=place)])
    suggested = suggest(doc, found, grounds, RoleReader(doc, load_codebook(), ()))
    assert suggested.get(group) == ground
