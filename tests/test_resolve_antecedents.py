"""Antecedents: the party or group that "it" or "they" stands for."""

from collections.abc import Callable, Mapping

import numpy as np
import pytest
from spacy.tokens import Doc

from onrecord.codebook import load_codebook
from onrecord.language.quotes import QuotationIndex, find_quotations
from onrecord.language.states import WordStates
from onrecord.pipeline import load_tools
from onrecord.resolve.actors import load_antecedent_model
from onrecord.resolve.actors.antecedents import AntecedentModel, Antecedents, Choice
from onrecord.resolve.actors.claims import claims
from onrecord.resolve.actors.ranker import Features, Networks, Weigher
from onrecord.resolve.actors.scene import make_scene
from onrecord.resolve.actors.sketch import NOBODY, Found, Meant, Sketch
from parses import make_doc

CHASED = """
    Rebels   NNS nsubj 1
    left     VBD ROOT  1
    .        .   punct 1
    The      DT  det   4
    ministry NN  nsubj 5
    chased   VBD ROOT  5
    {0}      PRP dobj  5
    .        .   punct 5
"""
LEFT = "Rebels NNS nsubj 1\nleft VBD ROOT 1\n. . punct 1\n"
RAINED = "It PRP nsubj {0}\nrained VBD ROOT {0}\n. . punct {0}\n"
LATER = LEFT + "".join(RAINED.format(at + 1) for at in range(3, 18, 3))


def sketch(name: str, kind: str, *, plural: bool = False) -> Sketch:
    """Somebody of whom nothing else is known."""
    return Sketch(claims("noun", None, name=name, kind=kind), plural=plural)  # type: ignore[arg-type]


def choice_of(
    table: str,
    heads: Mapping[int, Sketch],
    pronoun: int,
    *,
    after: Sketch | None = None,
    states: Callable[[Doc], WordStates] | None = None,
) -> Choice:
    """Whom the pronoun at a word of a parse may mean, of those at others."""
    doc = make_doc(table)
    found = [Found(at, at + 1, at, "nominal", one) for at, one in heads.items()]
    scene = make_scene(doc, found, QuotationIndex(find_quotations(doc.text)), load_codebook())
    told = states(doc) if states is not None else None
    antecedents = Antecedents(found, scene, told, lambda _: False)
    return antecedents.choice(doc[pronoun], None, after)


def features_of(choice: Choice, one: Sketch) -> Features:
    """What speaks for one candidate."""
    return choice.features[choice.sketches.index(one)]


REBELS, MINISTRY = sketch("Rebels", "group", plural=True), sketch("ministry", "government")


def test_the_nearest_candidate_comes_first_with_where_it_stands() -> None:
    choice = choice_of(CHASED.format("itself"), {0: REBELS, 4: MINISTRY}, 6)
    assert choice.sketches == (MINISTRY, REBELS)
    assert choice.pronoun.start == len("Rebels left. The ministry chased ")
    spans = dict(zip(choice.sketches, choice.mentions, strict=True))
    assert (spans[REBELS].start, spans[REBELS].end) == (0, len("Rebels"))


def test_nobody_does_something_to_those_who_are_it_themselves() -> None:
    heads = {0: REBELS, 4: MINISTRY}
    assert choice_of(CHASED.format("them"), heads, 6).sketches == (REBELS,)
    assert choice_of(CHASED.format("itself"), heads, 6).sketches == (MINISTRY, REBELS)


@pytest.mark.parametrize(("pronoun", "reached"), [(12, True), (15, False)])
def test_a_pronoun_looks_back_four_sentences(pronoun: int, *, reached: bool) -> None:
    choice = choice_of(LATER, {0: REBELS}, pronoun)
    assert choice.sketches == ((REBELS,) if reached else ())


def test_what_speaks_for_a_candidate_is_said_by_name() -> None:
    choice = choice_of(CHASED.format("them"), {0: REBELS}, 6, after=REBELS)
    found = features_of(choice, REBELS)
    expected = {
        "apart 1": 1.0, "role subject": 1.0, "subject before": 1.0, "subject here": 0.0,
        "main subject before": 1.0, "kind group": 1.0, "they kind group": 1.0, "plural": 1.0,
        "only many": 1.0, "only body": 0.0, "spoke last": 1.0, "speaks": 0.0, "same role": 0.0,
        "word them": 1.0, "plays object": 1.0, "first": 1.0, "most": 1.0,
    }  # fmt: skip
    assert {name: found.get(name, 0.0) for name in expected} == expected
    assert not any(name.startswith("alike") for name in found)


def test_the_states_of_two_words_are_compared() -> None:
    def states(doc: Doc) -> WordStates:
        vectors = np.zeros((len(doc), 4), np.float32)
        vectors[[0, 6]] = 1.0  # the rebels and their pronoun
        vectors[4] = -1.0
        return WordStates([token.idx + len(token) for token in doc], vectors)

    choice = choice_of(CHASED.format("itself"), {0: REBELS, 4: MINISTRY}, 6, states=states)
    alike = [features_of(choice, one)["alike last"] for one in (REBELS, MINISTRY)]
    assert alike[0] == pytest.approx(1.0, abs=1e-3)
    assert alike[1] < 0


def model(*, least: float) -> AntecedentModel:
    """A model for which only the sort counts: groups above bodies above nobody."""
    zeros = np.zeros
    parts = Networks(
        zeros(2, np.float32),
        np.ones(2, np.float32),
        zeros((1, 2, 1), np.float32),
        zeros((1, 1), np.float32),
        zeros((1, 1), np.float32),
        np.array([[2.0, 1.0]], np.float32),
        zeros(1, np.float32),
        zeros(1, np.float32),
    )
    return AntecedentModel(
        Weigher("test/1", ("kind group", "kind government"), least, parts, "reader/0")
    )


def test_the_likeliest_is_meant_where_it_is_likely_enough() -> None:
    choice = choice_of(CHASED.format("itself"), {0: REBELS, 4: MINISTRY}, 6)
    assert model(least=0.5).meant(choice) == Meant(REBELS)
    assert model(least=0.9).meant(choice) == Meant(None, (REBELS, MINISTRY))


@pytest.mark.parametrize(("pronoun", "expected"), [("themselves", REBELS), ("itself", MINISTRY)])
def test_in_a_short_text_the_only_one_of_its_sort_is_meant(pronoun: str, expected: Sketch) -> None:
    doc = make_doc(CHASED.format(pronoun))
    found = [Found(0, 1, 0, "nominal", REBELS), Found(4, 5, 4, "nominal", MINISTRY)]
    scene = make_scene(doc, found, QuotationIndex(find_quotations(doc.text)), load_codebook())
    antecedents = Antecedents(found, scene, None, lambda _: False)
    choice = antecedents.choice(doc[6], None, None)
    assert antecedents.alone(doc[6], choice) is expected


def test_in_a_longer_text_it_takes_more() -> None:
    doc = make_doc(LATER)
    found = [Found(0, 1, 0, "nominal", REBELS)]
    scene = make_scene(doc, found, QuotationIndex(find_quotations(doc.text)), load_codebook())
    antecedents = Antecedents(found, scene, None, lambda _: False)
    assert antecedents.alone(doc[3], antecedents.choice(doc[3], None, None)) is None


def test_without_candidates_nobody_is_meant() -> None:
    choice = choice_of(CHASED.format("them"), {}, 6)
    assert model(least=0.0).meant(choice) == NOBODY


def test_the_package_has_a_model_for_its_encoder() -> None:
    weigher = load_antecedent_model().weigher
    assert weigher.label.startswith("antecedent-ranker/")
    assert weigher.encoder == load_tools().onepass.encoder
