"""Terms read off parses made by hand: words held up, who uses them and who will not."""

import pytest

from drafting import make_draft, make_statement
from onrecord.codebook.terms import Concept
from onrecord.extraction.terms import extract_terms
from onrecord.extraction.terms.marked import find_marked
from onrecord.extraction.terms.users import avoider, namer
from onrecord.language.quotes import QuotationIndex, find_quotations
from onrecord.records import Term
from parses import make_doc, parse_of

CAST = {
    "Moscow": "Moscow", "Critics": "Critics", "officials": "officials", "minister": "minister",
    "court": "court", "Berlin": "Berlin", "paper": "paper", "envoy": "envoy", "Members": "Members",
}  # fmt: skip
WAR = Concept(name="war in Ukraine", terms=("war", "invasion"), about=("Ukraine",))


def terms_of(text: str, *concepts: Concept, **parts: object) -> tuple[Term, ...]:
    draft = make_draft(parse_of(text, "terms"), cast=CAST, **parts)  # type: ignore[arg-type]
    return extract_terms(draft, draft.quotations, concepts)


@pytest.mark.parametrize(
    ("text", "term", "voice", "user", "avoided"),
    [
        ("He spoke of a so-called referendum in the town.", "referendum", "scare", None, False),
        (
            "The self-styled liberation army held the bridge.",
            "liberation army",
            "scare",
            None,
            False,
        ),
        (
            "They fought what Moscow calls a special operation.",
            "special operation",
            "scare",
            "Moscow",
            False,
        ),
        (
            "Critics dubbed the law “a gift to thieves”.",
            "a gift to thieves",
            "quoted",
            "Critics",
            False,
        ),
        (
            "Russian officials avoid the word “invasion” in public.",
            "invasion",
            "quoted",
            "officials",
            True,
        ),
        ("The “liberation” of the city lasted a week.", "liberation", "scare", None, False),
        (
            "The minister described the raid as “pure terror”.",
            "pure terror",
            "quoted",
            "minister",
            False,
        ),
        (
            "The 'voluntary exit' of the judges was planned.",
            "voluntary exit",
            "scare",
            None,
            False,
        ),
        ("The group was branded “a cult” by the court.", "a cult", "quoted", "court", False),
    ],
)
def test_words_that_are_held_up(
    text: str, term: str, voice: str, user: str | None, avoided: bool
) -> None:
    (found,) = terms_of(text)
    assert (found.term, found.voice, found.used_by_id) == (term, voice, user)
    assert found.avoided is avoided


@pytest.mark.parametrize(
    "text",
    [
        "Members avoided a vote on the crisis.",
        "“We are leaving,” she said.",
        "He read “War and Peace” twice.",
        "The film 'Red Dust' opened on Friday.",
        "He shouted: “Stop!”",
        "The invasion of Ukraine began in winter.",
    ],
)
def test_words_that_are_only_said(text: str) -> None:
    assert terms_of(text) == ()


@pytest.mark.parametrize(
    ("text", "word", "who"),
    [
        ("Berlin called the vote a sham.", "sham", "Berlin"),
        ("The vote was called a sham by Berlin.", "sham", "Berlin"),
        ("The paper calls them rebels and bandits.", "rebels", "paper"),
        ("The paper calls them rebels and bandits.", "bandits", "paper"),
        ("Members avoided a vote on the crisis.", "vote", None),
    ],
)
def test_who_calls_it_so(text: str, word: str, who: str | None) -> None:
    doc = parse_of(text, "terms")
    found = namer(next(token for token in doc if token.text == word))
    assert (found.text if found is not None else None) == who


@pytest.mark.parametrize(
    ("text", "word", "who"),
    [
        ("Russian officials avoid the word “invasion” in public.", "invasion", "officials"),
        ("The envoy refused to call it a war.", "war", "envoy"),
        ("Members avoided a vote on the crisis.", "crisis", None),
        ("Members avoided a vote on the crisis.", "vote", None),
    ],
)
def test_who_will_not_say_it(text: str, word: str, who: str | None) -> None:
    doc = parse_of(text, "terms")
    found = avoider(next(token for token in doc if token.text == word))
    assert (found.text if found is not None else None) == who


def test_a_word_of_a_concept_counts_without_marks() -> None:
    (term,) = terms_of("The invasion of Ukraine began in winter.", WAR)
    assert (term.concept, term.term, term.voice) == ("war in Ukraine", "invasion", "own")
    assert term.used_by_id is None


def test_a_concept_counts_where_what_it_is_about_is_named() -> None:
    assert terms_of("The envoy refused to call it a war.", WAR) == ()
    anywhere = Concept(name="war", terms=("war",), about=())
    (term,) = terms_of("The envoy refused to call it a war.", anywhere)
    assert (term.avoided, term.used_by_id) == (True, "envoy")


def test_a_name_is_no_word_of_a_concept() -> None:
    assert terms_of("World War veterans met in Kyiv.", Concept("war", ("war",), ("Kyiv",))) == ()


@pytest.mark.parametrize(
    ("table", "counts"),
    [
        ("Our PRP$ poss 1\nwar NN nsubj 2\ngoes/go VBZ ROOT 2", True),
        ("War NN nsubj 1\ngoes/go VBZ ROOT 1", True),  # as any first word
        ("Our PRP$ poss 1\nWar NNP nsubj 2\ngoes/go VBZ ROOT 2", False),  # a name
        ("Our PRP$ poss 1\nWar NN nsubj 2\ngoes/go VBZ ROOT 2", True),
        ("They PRP nsubj 1\nwar VBP ROOT 1\nhere RB advmod 1", False),  # a verb
        ("Cold NNP compound 1\nwar NN ROOT 1", False),
        ("Our PRP$ poss 2\nwar NN compound 2\nchest NN ROOT 2", False),  # of something else
        ("Our PRP$ poss 2\nprice NN compound 2\nwar NN ROOT 2", False),
        ("Wars/war NNS nsubj 1\ngo VBP ROOT 1", True),
    ],
)
def test_where_a_concepts_word_is_meant(table: str, counts: bool) -> None:
    draft = make_draft(make_doc(table))
    found = extract_terms(draft, draft.quotations, [Concept("war", ("war",))])
    assert [one.term for one in found] == (["war"] if counts else [])


def test_a_word_that_only_counts_when_marked() -> None:
    marked = Concept(name="it", terms=("invasion",), about=(), only_marked=True)
    assert terms_of("The invasion of Ukraine began in winter.", marked) == ()
    (term,) = terms_of("Russian officials avoid the word “invasion” in public.", marked)
    assert term.concept == "it"


def test_a_word_is_its_speakers_where_nobody_else_is_said_to_use_it() -> None:
    text = "The “liberation” of the city lasted a week."
    said = make_statement(parse_of(text, "terms"), text[:-1], speaker="a")
    (term,) = terms_of(text, statements=[said])
    assert (term.voice, term.used_by_id, term.statement_id) == ("quoted", "a", said.statement_id)


@pytest.mark.parametrize(
    ("inside", "held"),
    [
        ("liberation NN pobj 2\nof IN prep 4\ntowns/town NNS pobj 5", True),
        ("liberated/liberate VBN amod 5\ntowns/town NNS pobj 2", True),
        ("of IN prep 2\ntowns/town NNS pobj 4", False),  # only a part of what was said
        ("the DT det 5\ntowns/town NNS pobj 2", False),
        ("freed/free VBD ROOT 4\ntowns/town NNS dobj 4", False),  # a clause
        ("towns/town NNS pobj 2", True),
    ],
)
def test_what_a_term_begins_with(inside: str, held: bool) -> None:
    doc = make_doc(
        f'They PRP nsubj 1\nspoke/speak VBD ROOT 1\nof IN prep 1\n“/" `` punct 1\n{inside}\n'
        "”/\" '' punct 1\nhere RB advmod 1"
    )
    found = list(find_marked(doc, QuotationIndex(find_quotations(doc.text))))
    assert bool(found) is held
