"""What the model proposes, completed by what rules read, on parses made by hand."""

import pytest
from spacy.tokens import Doc

from drafting import span_in
from onrecord.codebook import load_codebook
from onrecord.drafts import Attribution
from onrecord.extraction.attribution import extract_attributions
from onrecord.extraction.attribution.proposals import Proposed, combine
from onrecord.extraction.attribution.trained import Proposal
from onrecord.language.quotes import QuotationIndex, find_quotations
from parses import make_doc, parse_of

CUES = load_codebook().cues
TOLD = "The envoy told reporters that the talks had failed."
URGED = "France urged Iran to leave the city."
CONDEMNED = "The attack was condemned by the bishop."
FLED = "Two men fled, according to the police."
WHO = "The minister, who said that the road was open, left."


def proposal(doc: Doc, source: str, cue: str, content: str, score: float = 0.9) -> Proposal:
    """What the model proposes with those words of a parse, each where it first stands."""
    return Proposal(
        source=(span_in(doc, source),) if source else (),
        cue=(span_in(doc, cue),),
        content=(span_in(doc, content),),
        score=score,
        extractor="model/1",
    )


def read(text: str, *proposals: tuple[str, str, str]) -> tuple[Attribution, ...]:
    """The attributions of a text for which the model proposes source, cue and content."""
    doc = parse_of(text, "cues")
    proposed = [proposal(doc, *parts) for parts in proposals]
    return extract_attributions(doc, find_quotations(text), CUES, proposed)


def alone(doc: Doc, *proposals: Proposal, inner: bool = False) -> list[Attribution]:
    """What becomes of proposals where no rule has read anything."""
    proposed = Proposed((), proposals) if inner else Proposed(proposals, ())
    return combine(doc, proposed, (), QuotationIndex(find_quotations(doc.text)), CUES)


def cut(text: str, one: Attribution) -> tuple[list[str], list[str], list[str]]:
    return (
        [text[span.start : span.end] for span in one.source],
        [text[span.start : span.end] for span in one.cue],
        [text[span.start : span.end] for span in one.content],
    )


def test_the_spans_are_the_models_the_act_and_the_parties_the_rules() -> None:
    (one,) = read(URGED, ("France", "urged", "to leave the city"))
    doc = parse_of(URGED, "cues")
    assert cut(URGED, one) == (["France"], ["urged"], ["to leave the city"])
    assert (one.act, one.score, one.extractor) == ("request", 0.9, "model/1")
    assert one.source_at is not None
    assert one.addressee_at is not None
    assert doc[one.source_at].text == "France"
    assert doc[one.addressee_at].text == "Iran"


def test_a_source_that_the_model_lacks_is_the_rules() -> None:
    (one,) = read(TOLD, ("", "told", "that the talks had failed"))
    assert cut(TOLD, one)[0] == ["The envoy"]
    assert one.source_at == 1


def test_the_rules_head_is_not_another_sources() -> None:
    (one,) = read(TOLD, ("reporters", "told", "that the talks had failed"))
    assert cut(TOLD, one)[0] == ["reporters"]
    assert one.source_at is None or parse_of(TOLD, "cues")[one.source_at].text == "reporters"


def test_a_cue_that_no_rule_knows_has_its_place_in_the_parse() -> None:
    (one,) = [o for o in read(FLED, ("the police", "fled", "Two men")) if o.score is not None]
    assert one.cue_at is not None
    assert parse_of(FLED, "cues")[one.cue_at].text == "fled"


@pytest.mark.parametrize(
    ("text", "source", "cue", "content", "head"),
    [
        (FLED, "the police", "fled", "Two men", "police"),
        (WHO, "who", "left", "that the road was open", "minister"),  # whom the pronoun means
        (FLED, "", "fled", "Two men", None),
    ],
)
def test_who_is_credited_where_no_rule_knows_the_cue(
    text: str, source: str, cue: str, content: str, head: str | None
) -> None:
    doc = parse_of(text, "cues")
    (one,) = alone(doc, proposal(doc, source, cue, content))
    assert (doc[one.source_at].text if one.source_at is not None else None) == head
    assert one.act == "assert"


IT = """
    Berg NNP nsubj 1 B-PERSON
    wrote/write VBD ROOT 1
    it PRP dobj 1
    . . punct 1
"""


@pytest.mark.parametrize("content", ["it", "."])
def test_a_pronoun_or_a_mark_says_nothing(content: str) -> None:
    doc = make_doc(IT)
    assert alone(doc, proposal(doc, "Berg", "wrote", content)) == []


@pytest.mark.parametrize(
    ("text", "cue", "content", "score", "kept"),
    [
        (TOLD, "told", "that the talks had failed", 0.3, True),  # a word that is known
        (TOLD, "told", "that the talks had failed", 0.29, False),
        (FLED, "according to", "Two men fled", 0.3, True),  # a phrase that is known
        (FLED, "police", "Two men fled", 0.49, False),  # neither
        (FLED, "police", "Two men fled", 0.5, True),
        (TOLD, "envoy", "that the talks had failed", 0.3, True),  # "that" tells of a clause
        (TOLD, "envoy", "that the talks had failed", 0.29, False),
    ],
)
def test_how_sure_a_reading_inside_anothers_words_must_be(
    text: str, cue: str, content: str, score: float, kept: bool
) -> None:
    doc = parse_of(text, "cues")
    found = alone(doc, proposal(doc, "", cue, content, score), inner=True)
    assert [cut(text, one)[1:] for one in found] == ([([cue], [content])] if kept else [])
    assert alone(doc, proposal(doc, "", cue, content, score))  # any of the text's own is


def test_the_that_before_a_clause_is_part_of_what_is_said() -> None:
    doc = parse_of(TOLD, "cues")
    (found,) = alone(doc, proposal(doc, "The envoy", "told", "the talks had failed"))
    assert cut(TOLD, found)[2] == ["that the talks had failed"]


@pytest.mark.parametrize("text", [TOLD, URGED, CONDEMNED])
def test_without_proposals_the_rules_stand(text: str) -> None:
    doc = parse_of(text, "cues")
    assert read(text) == extract_attributions(doc, find_quotations(text), CUES)
    assert all(one.score is None for one in read(text))
