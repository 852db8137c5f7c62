"""What the model proposes, completed by what rules read, on parses made by hand."""

import pytest

from drafting import span_in
from onrecord.codebook import load_codebook
from onrecord.drafts import Attribution
from onrecord.extraction.attribution import extract_attributions
from onrecord.extraction.attribution.trained import Proposal
from onrecord.language.quotes import find_quotations
from parses import parse_of

CUES = load_codebook().cues
TOLD = "The envoy told reporters that the talks had failed."
URGED = "France urged Iran to leave the city."
CONDEMNED = "The attack was condemned by the bishop."


def read(text: str, *proposals: tuple[str, str, str]) -> tuple[Attribution, ...]:
    """The attributions of a text for which the model proposes source, cue and content."""
    doc = parse_of(text, "cues")
    proposed = [
        Proposal(
            source=(span_in(doc, source),) if source else (),
            cue=(span_in(doc, cue),),
            content=(span_in(doc, content),),
            score=0.9,
            extractor="model/1",
        )
        for source, cue, content in proposals
    ]
    return extract_attributions(doc, find_quotations(text), CUES, proposed)


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
    text = "Two men fled, according to the police."
    (one,) = [o for o in read(text, ("the police", "fled", "Two men")) if o.score is not None]
    assert one.cue_at is not None
    assert parse_of(text, "cues")[one.cue_at].text == "fled"


@pytest.mark.parametrize("text", [TOLD, URGED, CONDEMNED])
def test_without_proposals_the_rules_stand(text: str) -> None:
    doc = parse_of(text, "cues")
    assert read(text) == extract_attributions(doc, find_quotations(text), CUES)
    assert all(one.score is None for one in read(text))
