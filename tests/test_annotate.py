"""Annotation: what the model says of the words becomes one parse of the same characters."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from spacy.language import Language
from spacy.tokens import Doc

from onrecord.annotate import annotate, load_english, tree_of
from onrecord.pipeline import Tools
from readings import reading_of

LETTERS = " \n\t\r\u00a0\u200f\u2028.,“”’-\x00"
PIECES = [*LETTERS, "e\u0301", "🔴", "🇺🇦", "שלום", "Mr.", "can't", "cannot", "10km", "U.S.", "said"]
AWKWARD = st.lists(st.sampled_from(PIECES)).map("".join)


@pytest.fixture(scope="module")
def nlp() -> Language:
    return load_english()


def read(tools: Tools, text: str) -> Doc:
    return annotate(text, tools.onepass.read(text), tools.nlp)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.one_of(st.text(max_size=60), AWKWARD))
def test_a_parse_has_the_text_and_a_head_for_each_word(tools: Tools, text: str) -> None:
    doc = read(tools, text)
    assert doc.text == text
    assert all(doc.text[token.idx : token.idx + len(token)] == token.text for token in doc)
    assert all(token.sent is not None for token in doc)
    for token in doc:  # up every chain of heads there is a root
        assert len(list(token.ancestors)) < len(doc)


@given(st.lists(st.integers(0, 6), min_size=1, max_size=7))
def test_any_heads_become_a_tree_with_one_root(heads: list[int]) -> None:
    count = len(heads)
    reading = reading_of("x " * count, heads=[head % count for head in heads])
    tree = tree_of(reading.windows[0]).tolist()
    assert sum(head == place for place, head in enumerate(tree)) == 1
    above = tree
    for _ in range(count):
        above = [tree[place] for place in above]
    assert all(tree[place] == place for place in above)


def test_a_cycle_is_opened_where_that_costs_least() -> None:
    arcs = {(0, 2): 3.0, (1, 2): 7.0}  # word 1 would rather hang on the root than word 0
    reading = reading_of("a b c", heads=[1, 0, 2], arcs=arcs)
    assert tree_of(reading.windows[0]).tolist() == [1, 2, 2]


@pytest.mark.parametrize("text", ["", "\n", " \n\n "])
def test_a_text_without_words_parses(nlp: Language, text: str) -> None:
    assert annotate(text, reading_of(text), nlp).text == text


def test_tags_heads_labels_and_entities_are_those_of_the_words(nlp: Language) -> None:
    reading = reading_of(
        "Putin left Kyiv.",
        heads=[1, 1, 1, 1],
        labels=["nsubj", "ROOT", "dobj", "punct"],
        tags=["NNP", "VBD", "NNP", "."],
        entities={0: 1, 2: 3},
    )
    doc = annotate("Putin left Kyiv.", reading, nlp)
    assert [(t.text, t.tag_, t.dep_, t.head.text, t.pos_) for t in doc][:3] == [
        ("Putin", "NNP", "nsubj", "left", "PROPN"),
        ("left", "VBD", "ROOT", "left", "VERB"),
        ("Kyiv", "NNP", "dobj", "left", "PROPN"),
    ]
    assert doc[1].lemma_ == "leave"
    assert [(entity.text, entity.label_) for entity in doc.ents] == [
        ("Putin", "PERSON"),
        ("Kyiv", "GPE"),
    ]


def test_a_token_of_several_words_hangs_where_they_hang_on_others(nlp: Language) -> None:
    text = "U.S. left"  # the model reads U, ., S, ., left
    labels = ["det", "punct", "nsubj", "punct", "ROOT"]
    reading = reading_of(text, heads=[2, 0, 4, 2, 4], labels=labels)
    doc = annotate(text, reading, nlp)
    assert [(t.text, t.head.text, t.dep_) for t in doc] == [
        ("U.S.", "left", "nsubj"),
        ("left", "left", "ROOT"),
    ]


def test_not_is_a_negation_also_where_it_is_part_of_a_word(nlp: Language) -> None:
    doc = annotate("They can't go", reading_of("They can't go", heads=[3, 3, 3, 3]), nlp)
    assert [token.text for token in doc] == ["They", "ca", "n't", "go"]


def test_no_sentence_runs_over_a_heading(tools: Tools) -> None:
    text = "Leaders meet in Moscow\n\nThe talks failed."
    starts = {sentence.start_char for sentence in read(tools, text).sents}
    assert text.index("The talks") in starts


@pytest.mark.parametrize(
    ("text", "dateline"),
    [
        ("KYIV, March 11 — Russia left.", "KYIV, March 11 — "),
        ("NEW YORK (Reuters) - Russia left.", "NEW YORK (Reuters) - "),
        ("Kyiv, March 11, 2022 (Agency) - Russia left.", "Kyiv, March 11, 2022 (Agency) - "),
    ],
)
def test_a_dateline_is_no_part_of_the_sentence_behind_it(
    nlp: Language, text: str, dateline: str
) -> None:
    doc = annotate(text, reading_of(text), nlp)
    assert len(dateline) in {sentence.start_char for sentence in doc.sents}
    for token in doc:
        assert (token.idx < len(dateline)) == (token.head.idx < len(dateline))
