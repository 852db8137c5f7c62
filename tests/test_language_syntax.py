"""Reading a dependency parse: subjects, agents, negation, and the words that belong together."""

import pytest
from spacy.tokens import Doc, Token

from onrecord.language.syntax import (
    agent_of,
    children,
    conjuncts,
    head_in,
    is_negated,
    is_passive,
    noun_phrase,
    span_of,
    subject_of,
    subtree_span,
    token_span,
    tokens_in,
    verb_group,
)
from onrecord.records import Span
from parses import make_doc

PROMISED = make_doc("""
    The DT det 1
    minister NN nsubj 2
    promised/promise VBD ROOT 2
    to TO aux 4
    leave VB xcomp 2
    and CC cc 4
    never RB neg 7
    return VB conj 4
    . . punct 2
    """)

BOMBED = make_doc("""
    The DT det 1
    bridge NN nsubjpass 4
    has/have VBZ aux 4
    been/be VBN auxpass 4
    bombed/bomb VBN ROOT 4
    by IN agent 4
    Russian JJ amod 7
    planes/plane NNS pobj 5
    . . punct 4
    """)

WHO_FLED = make_doc("""
    Men NNS nsubj 5
    who WP nsubj 2
    fled/flee VBD relcl 0
    or CC cc 2
    hid/hide VBD conj 2
    returned/return VBD ROOT 5
    . . punct 5
    """)

QUOTED = make_doc("""
    He PRP nsubj 1
    said/say VBD ROOT 1
    : : punct 1
    “ `` punct 4
    No UH ccomp 1
    , , punct 4
    never RB advmod 4
    . . punct 1
    ” '' punct 1
    """)


def words(doc: Doc, span: Span | None) -> str | None:
    return doc.text[span.start : span.end] if span is not None else None


def text_of(token: Token | None) -> str | None:
    return token.text if token is not None else None


@pytest.mark.parametrize(
    ("doc", "verb", "subject"),
    [
        (PROMISED, 2, "minister"),
        (PROMISED, 4, "minister"),  # an infinitive's is that of its governor
        (PROMISED, 7, "minister"),  # a coordinated verb's too
        (BOMBED, 4, "bridge"),
        (WHO_FLED, 2, "Men"),  # a relative pronoun stands for its noun
        (WHO_FLED, 5, "Men"),
    ],
)
def test_the_subject_of_a_verb(doc: Doc, verb: int, subject: str) -> None:
    assert text_of(subject_of(doc[verb])) == subject


def test_a_verb_without_any_subject_has_none() -> None:
    imperative = make_doc("""
        Leave VB ROOT 0
        now RB advmod 0
        """)
    assert subject_of(imperative[0]) is None


def test_a_finite_clause_does_not_borrow_the_subject_of_its_governor() -> None:
    doc = make_doc("""
        Officials NNS nsubj 1
        said/say VBD ROOT 1
        was/be VBD ccomp 1
        """)
    assert subject_of(doc[2]) is None


def test_a_participle_takes_the_noun_it_describes() -> None:
    doc = make_doc("""
        Troops NNS nsubj 3
        shelling/shell VBG acl 0
        Kyiv NNP dobj 1
        stopped/stop VBD ROOT 3
        """)
    assert text_of(subject_of(doc[1])) == "Troops"


def test_the_agent_of_a_passive_verb() -> None:
    assert text_of(agent_of(BOMBED[4])) == "planes"
    assert agent_of(PROMISED[2]) is None


def test_passive_verbs() -> None:
    described = make_doc("""
        Men NNS ROOT 0
        killed/kill VBN acl 0
        """)
    assert is_passive(BOMBED[4])
    assert is_passive(described[1])
    assert not is_passive(PROMISED[2])


def test_negation_is_the_words_own() -> None:
    no_talks = make_doc("""
        No DT det 1
        talks/talk NNS nsubj 2
        followed/follow VBD ROOT 2
        """)
    assert is_negated(PROMISED[7])
    assert not is_negated(PROMISED[4])
    assert is_negated(no_talks[1])
    assert not is_negated(no_talks[2])


def test_a_span_of_words_leaves_edge_marks_out() -> None:
    assert words(PROMISED, span_of(PROMISED)) == "The minister promised to leave and never return"
    assert span_of([PROMISED[8]]) is None
    assert span_of([]) is None


def test_a_span_of_words_keeps_a_pair_of_quotation_marks_and_drops_a_single_one() -> None:
    assert words(QUOTED, span_of(QUOTED[3:9])) == "“No, never.”"
    assert words(QUOTED, span_of(QUOTED[3:8])) == "No, never"
    assert words(QUOTED, span_of(QUOTED[4:9])) == "No, never"


def test_everything_under_a_word() -> None:
    assert words(BOMBED, subtree_span(BOMBED[5])) == "by Russian planes"
    assert words(WHO_FLED, subtree_span(WHO_FLED[0])) == "Men who fled or hid"


def test_tokens_and_spans_lead_to_each_other() -> None:
    for token in BOMBED:
        assert words(BOMBED, token_span(token)) == token.text
        assert tokens_in(BOMBED, token_span(token)) == (token,)


def test_tokens_that_a_span_cuts_are_not_in_it() -> None:
    start = BOMBED.text.index("ridge")
    cut = Span(start, start + len("ridge has b"))
    assert [token.text for token in tokens_in(BOMBED, cut)] == ["has"]
    assert tokens_in(BOMBED, Span(start, start + 2)) == ()


def test_the_head_of_a_span_is_the_word_the_others_hang_on() -> None:
    assert text_of(head_in(BOMBED, Span(0, len("The bridge")))) == "bridge"
    assert text_of(head_in(BOMBED, Span(1, len("The bri")))) == "bridge"


def test_children_by_label() -> None:
    assert [token.text for token in children(BOMBED[4], "aux", "auxpass")] == ["has", "been"]
    assert children(BOMBED[4], "dobj") == ()


@pytest.mark.parametrize(
    ("doc", "verb", "group"),
    [
        (BOMBED, 4, "has been bombed"),
        (PROMISED, 2, "promised"),
        (PROMISED, 4, "leave"),  # the particle of an infinitive stays out
        (PROMISED, 7, "never return"),
    ],
)
def test_a_verb_with_its_auxiliaries(doc: Doc, verb: int, group: str) -> None:
    assert words(doc, verb_group(doc[verb])) == group


def test_a_verb_with_its_particle_but_not_an_adverb_before_it() -> None:
    doc = make_doc("""
        They PRP nsubj 2
        quickly RB advmod 2
        pulled/pull VBD ROOT 2
        out RP prt 2
        """)
    assert words(doc, verb_group(doc[2])) == "pulled out"


def test_a_noun_phrase_stops_before_its_relative_clause() -> None:
    assert words(WHO_FLED, noun_phrase(WHO_FLED[0])) == "Men"
    assert words(BOMBED, noun_phrase(BOMBED[7])) == "Russian planes"
    assert words(BOMBED, noun_phrase(BOMBED[1])) == "The bridge"


def test_coordinated_words_come_in_text_order() -> None:
    doc = make_doc("""
        Russia NNP nsubj 4
        , , punct 0
        Ukraine NNP conj 0
        and CC cc 2
        met/meet VBD ROOT 4
        Turkey NNP conj 2
        """)
    assert [token.text for token in conjuncts(doc[5])] == ["Russia", "Ukraine", "Turkey"]
    assert conjuncts(doc[4]) == (doc[4],)
