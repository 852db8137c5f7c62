"""Sides: the country that somebody acts for whom no words of his own give one."""

import json
import shutil
from dataclasses import replace
from importlib.resources import files
from pathlib import Path

import numpy as np
import pytest
from spacy.tokens import Doc

from onrecord.codebook import load_codebook
from onrecord.drafts import Attribution
from onrecord.errors import ModelError
from onrecord.language.states import WordStates
from onrecord.records import Span
from onrecord.resolve.actors.atlas import Atlas
from onrecord.resolve.actors.claims import claims
from onrecord.resolve.actors.countries import Countries
from onrecord.resolve.actors.named import find_named
from onrecord.resolve.actors.ranker import WEIGHTS, Networks, Weigher, read_weigher
from onrecord.resolve.actors.roles import RoleReader
from onrecord.resolve.actors.setting import Ground
from onrecord.resolve.actors.sides import (
    AXES,
    Open,
    SideModel,
    load_side_model,
    read_side_model,
    take_sides,
    without_officials,
)
from onrecord.resolve.actors.sketch import Found, Sketch
from parses import make_doc

LONG = """
    Kenya    NNP nsubj 1
    met      VBD ROOT  1
    Uganda   NNP dobj  1
    .        .   punct 1
    Crowds   NNS nsubj 5
    marched  VBD ROOT  5
    .        .   punct 5
    It       PRP nsubj 8
    rained   VBD ROOT  8
    .        .   punct 8
    Rebels   NNS nsubj 11
    attacked VBD ROOT  11
    in       IN  prep  11
    Kenya    NNP pobj  12
    .        .   punct 11
"""
SHORT = """
    Rebels   NNS nsubj 1
    attacked VBD ROOT  1
    Kenya    NNP dobj  1
"""


def networks(size: int, *, direct: list[float], nobody: float = 0.0) -> Networks:
    """One network without a hidden layer to speak of."""
    return Networks(
        np.zeros(size, np.float32),
        np.ones(size, np.float32),
        np.zeros((1, size, 1), np.float32),
        np.zeros((1, 1), np.float32),
        np.zeros((1, 1), np.float32),
        np.array([direct], np.float32),
        np.zeros(1, np.float32),
        np.array([nobody], np.float32),
    )


# A state of two values lies on one axis, by how much its first is above 1.
AXES_OF_TWO = np.array([1.0, 0.0], np.float32), np.array([[1.0], [0.0]], np.float32)


def model(*, least: float = 0.6, weight: float = 4.0) -> SideModel:
    """A model for which only the sentence counts."""
    weigher = Weigher("test/1", ("same sentence",), least, networks(1, direct=[weight]))
    return SideModel(weigher, *AXES_OF_TWO)


def countries_of(doc: Doc, found: list[Found]) -> Countries:
    """The countries that the words of a parse name."""
    book = load_codebook()
    reader = RoleReader(doc, book, find_named(doc, book.parties))
    return Countries(doc, found, (), Atlas((), reader, book.parties))


def group(name: str) -> Sketch:
    """A group of which nothing else is known."""
    return Sketch(claims("noun", None, name=name, kind="group"), plural=True)


def side_of(table: str, head: int, model: SideModel, *, ground: str | None = None) -> Sketch:
    """The group at a word of a parse, once sides are taken."""
    doc = make_doc(table)
    sketch = group(doc[head].text)
    found = [Found(head, head + 1, head, "nominal", sketch)]
    suggested = {sketch: Ground("article", ground)} if ground is not None else {}
    take_sides(found, countries_of(doc, found), suggested, model, None)
    return sketch


def test_a_likely_country_is_claimed_with_its_nearest_word() -> None:
    sketch = side_of(LONG, 10, model())
    won = sketch.won["country"]
    doc = make_doc(LONG)
    assert (won.value, won.rule) == ("KEN", "side")
    assert won.span == Span(doc[13].idx, doc[13].idx + len("Kenya"))


@pytest.mark.parametrize("unsure", [model(least=0.99), model(weight=0.0)])
def test_an_unlikely_country_stays_open(unsure: SideModel) -> None:
    assert side_of(LONG, 10, unsure).country is None


def test_a_text_without_countries_gives_none() -> None:
    assert (
        side_of(LONG.replace("Kenya", "Ann").replace("Uganda", "Bob"), 10, model()).country is None
    )


def test_in_a_short_text_only_its_setting_tells() -> None:
    assert side_of(SHORT, 0, model()).country is None
    assert side_of(SHORT, 0, model(), ground="KEN").country == "KEN"


def test_what_has_a_country_is_not_asked_about() -> None:
    doc = make_doc(LONG)
    sketch = group("Rebels")
    sketch.claim("noun", None, country="TZA")
    found = [Found(10, 11, 10, "nominal", sketch)]
    take_sides(found, countries_of(doc, found), {}, model(), None)
    assert sketch.country == "TZA"


def test_a_speakers_own_are_left_to_the_speaker() -> None:
    doc = make_doc(LONG.replace("Rebels   NNS", "our   NNS"))
    sketch = group("our")
    found = [Found(10, 11, 10, "nominal", sketch)]
    take_sides(found, countries_of(doc, found), {}, model(), None)
    assert sketch.country is None


def test_what_stands_around_counts_for_its_country_alone() -> None:
    doc = make_doc(LONG)
    sketch = group("Rebels")
    mention = Found(10, 11, 10, "nominal", sketch)
    weighed = countries_of(doc, [mention]).weigh(sketch, [mention], Ground("sentence", "UGA"))
    assert weighed["KEN"]["verb in"] == weighed["KEN"]["alone in sentence"] == 1
    assert not {"same sentence", "verb in", "paragraph"} & {*weighed["UGA"]} - {"paragraph"}
    assert weighed["UGA"]["setting sentence"] == 1
    assert "setting sentence" not in weighed["KEN"]
    assert weighed["KEN"]["near"] > weighed["UGA"]["near"]
    assert weighed["KEN"]["named share"] == pytest.approx(2 / 3)


def test_whose_words_they_are_counts() -> None:
    doc = make_doc(LONG)
    sketch, speaker = group("Rebels"), Sketch(claims("table", None, name="Uganda", kind="state"))
    speaker.claim("table", None, country="UGA")
    found = [Found(2, 3, 2, "name", speaker), Found(10, 11, 10, "nominal", sketch)]
    countries = countries_of(doc, found)
    said = Span(doc[10].idx, len(doc.text))
    countries.hear(
        [
            Attribution(
                source=(), cue=(), content=(said,), kind="indirect", act="assert", source_at=2
            )
        ],
        found,
    )
    weighed = countries.weigh(sketch, found[1:], None)
    assert weighed["UGA"]["voice"] == 1
    assert "voice" not in weighed["KEN"]


def test_the_chances_of_all_countries_and_of_none_are_one() -> None:
    one = Open((), {"KEN": {"same sentence": 1.0}, "UGA": {}})
    chances = model(weight=1.0).chances(one)
    none = 1 - sum(chances.values())
    assert chances["KEN"] > chances["UGA"] == pytest.approx(none)


def test_what_the_encoder_made_of_an_actor_counts() -> None:
    reads = networks(2, direct=[0.0, 2.0])
    weigher = Weigher("test/1", ("same sentence", "state 0"), 0.6, reads)
    read = SideModel(weigher, *AXES_OF_TWO)
    likely, unlikely, unread = (
        read.chances(Open((), {"KEN": {}}, None if state is None else np.array(state, np.float32)))
        for state in ((3.0, 9.0), (-1.0, 9.0), None)
    )
    assert likely["KEN"] > unread["KEN"] > unlikely["KEN"]


def test_an_actor_is_read_where_its_mentions_stand() -> None:
    doc = make_doc(LONG)
    vectors = np.zeros((len(doc), 4), np.float32)
    vectors[10, 2] = 5.0  # the first value of the last layer, of "Rebels"
    states = WordStates([token.idx + len(token) for token in doc], vectors)
    reads = networks(1, direct=[2.0])
    read = SideModel(Weigher("test/1", ("state 0",), 0.6, reads), *AXES_OF_TWO)
    sketch = group("Rebels")
    found = [Found(10, 11, 10, "nominal", sketch)]
    shown = replace(read, weigher=replace(read.weigher, least=0.4))
    take_sides(found, countries_of(doc, found), {}, shown, states)
    assert sketch.country is not None
    other = group("Crowds")
    found = [Found(4, 5, 4, "nominal", other)]
    take_sides(found, countries_of(doc, found), {}, shown, states)
    assert other.country is None


def test_the_package_has_a_model() -> None:
    assert load_side_model().weigher.label.startswith("side-ranker/")


@pytest.mark.parametrize("damage", ["missing", "config", "weights", "features"])
def test_a_damaged_model_says_so(tmp_path: Path, damage: str) -> None:
    config = {"name": "side-ranker", "version": "1", "least": 0.5, "features": ["near"]}
    parts = networks(2 if damage == "features" else 1, direct=[1.0])
    names = Networks.__dataclass_fields__
    np.savez(tmp_path / WEIGHTS, **{name: getattr(parts, name) for name in names})
    if damage != "missing":
        (tmp_path / "config.json").write_text("{" if damage == "config" else json.dumps(config))
    if damage == "weights":
        (tmp_path / WEIGHTS).write_bytes(b"no weights")
    with pytest.raises(ModelError, match="install the package again"):
        read_weigher(tmp_path)


@pytest.mark.parametrize("damage", ["missing", "damaged", "of another width"])
def test_a_model_without_its_axes_says_so(tmp_path: Path, damage: str) -> None:
    folder = tmp_path / "sides"
    shutil.copytree(Path(str(files("onrecord") / "data" / "models" / "sides")), folder)
    if damage == "missing":
        (folder / AXES).unlink()
    elif damage == "of another width":
        np.savez(folder / AXES, middle=np.zeros(3), axes=np.zeros((4, 2)))
    else:
        (folder / AXES).write_bytes(b"PK")
    with pytest.raises(ModelError, match=r"holds no axes of states.*install the package again"):
        read_side_model(folder)


COMMISSIONER = """
    Lindt        NNP nsubj  8 B-PERSON
    ,            ,   punct  0
    the          DT  det    4
    {0}           {1} {2}   4
    commissioner NN  appos  0
    {3}          IN  prep   4
    trade        NN  pobj   5
    ,            ,   punct  0
    told/tell    VBD ROOT   8
    {4}          NNP dobj   8
    .            .   punct  8
"""
ENVOY = """
    The   DT  det      2
    UN    NNP compound 2
    {0}   NN  nsubj    4
    {1}   NNP appos    2 B-PERSON
    spoke VBD ROOT     4
    .     .   punct    4
"""
TITLED = """
    The   DT  det      1
    EU    NNP poss     3
    's    POS case     1
    chief NN  compound 4
    Brix  NNP nsubj    5 B-PERSON
    spoke VBD ROOT     5
    .     .   punct    5
"""


def is_official(table: str, head: int) -> bool:
    """Whether somebody at a word is left out as an official of an international body."""
    doc, book = make_doc(table), load_codebook()
    sketch = Sketch(claims("name", None, name="Lindt", kind="person"))
    found = [Found(head, head + 1, head, "name", sketch)]
    reader = RoleReader(doc, book, find_named(doc, book.parties))
    return not without_officials(doc, found, reader)


@pytest.mark.parametrize(
    ("table", "head", "expected"),
    [
        (COMMISSIONER.format("EU", "NNP", "compound", "for", "Kenya"), 0, True),
        (COMMISSIONER.format("European", "JJ", "amod", "for", "Kenya"), 0, True),
        (COMMISSIONER.format("new", "JJ", "amod", "for", "Nato"), 0, True),
        (COMMISSIONER.format("new", "JJ", "amod", "for", "Kenya"), 0, False),
        (COMMISSIONER.format("police", "NN", "compound", "in", "Nato"), 0, False),
        (ENVOY.format("envoy", "Moser"), 2, True),
        (ENVOY.format("envoy", "Moser"), 3, True),
        (ENVOY.format("ambassador", "Moser"), 3, False),
        (TITLED, 4, True),
    ],
)
def test_officials_of_international_bodies_act_for_no_country(
    table: str, head: int, *, expected: bool
) -> None:
    assert is_official(table, head) is expected
