"""Cues read off parses made by hand: the act, who is credited, to whom it is said, and what."""

import pytest

from drafting import span_in
from onrecord.codebook import load_codebook
from onrecord.extraction.attribution.frames import (
    FrameMatch,
    phrase_frames,
    verb_frames,
    verb_match,
)
from onrecord.extraction.attribution.nouns import noun_frame
from parses import parse_of

CUES = load_codebook().cues


def frames_of(text: str) -> list[FrameMatch]:
    """What the verbs, nouns and phrases of a sentence attribute, in text order."""
    found: list[FrameMatch | None] = []
    for token in parse_of(text, "cues"):
        if token.pos_ in {"VERB", "AUX"}:
            found.append(verb_frames(token, CUES))
        elif token.pos_ == "NOUN":
            found.append(noun_frame(token, CUES))
        found += phrase_frames(token, CUES)
    return [one for one in found if one is not None]


CASES: list[tuple[str, str, str, list[str], str | None, str | None]] = [
    # text, act, cue, content, source, addressee
    (
        "The minister said that the road was open.",
        "assert",
        "said",
        ["that the road was open"],
        "The minister",
        None,
    ),
    (
        "The road was open, the minister said.",
        "assert",
        "said",
        ["The road was open"],
        "the minister",
        None,
    ),
    (
        "The road, the minister said, was open.",
        "assert",
        "said",
        ["The road", "was open"],
        "the minister",
        None,
    ),
    ("He is said to have left.", "assert", "is said", ["He", "to have left"], None, None),
    (
        "The envoy told reporters that the talks had failed.",
        "assert",
        "told",
        ["that the talks had failed"],
        "The envoy",
        "reporters",
    ),
    (
        "Peskov did not say that the road was open.",
        "assert",
        "did not say",
        ["that the road was open"],
        "Peskov",
        None,
    ),
    (
        "The minister, who said that the road was open, left.",
        "assert",
        "said",
        ["that the road was open"],
        "who",
        None,
    ),
    # turned round
    (
        "The court does not accept that the vote was free.",
        "deny",
        "does not accept",
        ["that the vote was free"],
        "The court",
        None,
    ),
    (
        "Iran does not demand that troops leave.",
        "reject",
        "does not demand",
        ["that troops leave"],
        "Iran",
        None,
    ),
    ("They objected to the plan.", "accuse", "objected", ["the plan"], "They", "plan"),
    (
        "The union did not object to the plan.",
        "agree",
        "did not object",
        ["the plan"],
        "The union",
        "plan",
    ),
    # whom to do what
    (
        "France urged Iran to leave the city.",
        "request",
        "urged",
        ["Iran to leave the city"],
        "France",
        "Iran",
    ),
    (
        "Iran was urged by France to leave the city.",
        "request",
        "was urged",
        ["to leave the city"],
        "France",
        "Iran",
    ),
    ("They vowed to fight on.", "promise", "vowed", ["to fight on"], "They", None),
    (
        "The group threatened to close the road.",
        "threaten",
        "threatened",
        ["to close the road"],
        "The group",
        None,
    ),
    # behind prepositions
    (
        "Ukraine accused Russia of shelling the town.",
        "accuse",
        "accused",
        ["Russia of shelling the town"],
        "Ukraine",
        "Russia",
    ),
    (
        "The army was accused of shelling the town.",
        "accuse",
        "was accused",
        ["The army", "shelling the town"],
        None,
        "army",
    ),
    ("The mayor called for calm.", "request", "called", ["calm"], "The mayor", None),
    (
        "She called on the rebels to leave.",
        "request",
        "called",
        ["the rebels to leave"],
        "She",
        "rebels",
    ),
    (
        "The teachers pushed for the mayor to resign.",
        "request",
        "pushed",
        ["the mayor to resign"],
        "The teachers",
        "mayor",
    ),
    ("They worried about the harvest.", "believe", "worried", ["the harvest"], "They", None),
    # of things
    (
        "The bishop condemned the attack.",
        "accuse",
        "condemned",
        ["the attack"],
        "The bishop",
        None,
    ),
    (
        "The attack was condemned by the bishop.",
        "accuse",
        "was condemned",
        ["The attack"],
        "the bishop",
        None,
    ),
    ("The senator attacked Obama.", "accuse", "attacked", ["Obama"], "The senator", None),
    (
        "He described the talks as useful.",
        "assert",
        "described",
        ["the talks as useful"],
        "He",
        None,
    ),
    # adjectives, nouns and phrases
    ("They are keen to leave.", "want", "are keen", ["to leave"], "They", None),
    (
        "She was sure that it would rain.",
        "believe",
        "was sure",
        ["that it would rain"],
        "She",
        None,
    ),
    (
        "His claim that the road was open was false.",
        "assert",
        "claim",
        ["that the road was open"],
        "His",
        None,
    ),
    (
        "Fears of a wider war are growing.",
        "believe",
        "Fears of",
        ["a wider war"],
        None,
        None,
    ),
    (
        "Iran's demand for talks was rejected.",
        "demand",
        "demand for",
        ["talks"],
        "Iran's",
        None,
    ),
    (
        "A demand by Iran to leave the city was rejected.",
        "demand",
        "demand",
        ["to leave the city"],
        "Iran",
        None,
    ),
    (
        "According to the police, two men fled.",
        "assert",
        "According to",
        ["two men fled"],
        "the police",
        None,
    ),
    (
        "Two men fled, according to the police.",
        "assert",
        "according to",
        ["Two men fled"],
        "the police",
        None,
    ),
]


@pytest.mark.parametrize(
    ("text", "act", "cue", "content", "source", "addressee"), CASES, ids=[one[0] for one in CASES]
)
def test_what_a_cue_attributes(
    text: str, act: str, cue: str, content: list[str], source: str | None, addressee: str | None
) -> None:
    doc = parse_of(text, "cues")
    (found,) = [one for one in frames_of(text) if doc.text[one.cue.start : one.cue.end] == cue]
    assert found.act == act
    assert [doc.text[one.start : one.end] for one in found.content] == content
    assert (doc.text[found.source.start : found.source.end] if found.source else None) == source
    assert (doc[found.addressee_at].text if found.addressee_at is not None else None) == addressee


@pytest.mark.parametrize(
    "text",
    [
        "The attack was condemned.",  # by nobody
        "The rebels attacked the town.",  # not in words
        "A demand for talks was made.",  # nobody's
        "The claim that he made was odd.",  # what he did with it
    ],
)
def test_what_attributes_nothing(text: str) -> None:
    assert frames_of(text) == []


def test_whom_a_relative_pronoun_means() -> None:
    text = "The minister, who said that the road was open, left."
    (found,) = frames_of(text)
    assert found.source_at is not None
    assert parse_of(text, "cues")[found.source_at].text == "minister"


def test_a_headlines_verb_attributes_what_follows() -> None:
    doc = parse_of("The bishop condemned the attack.", "cues")
    verb = doc[2]
    plain, headline = verb_frames(verb, CUES), verb_frames(verb, CUES, headline=True)
    assert plain == headline  # its own frame goes first


def test_a_quotations_verb_says_to_whom() -> None:
    doc = parse_of("The envoy told reporters that the talks had failed.", "cues")
    found = verb_match(doc[2], "assert", span_in(doc, "the talks had failed"))
    assert (found.frame, found.source_at, found.addressee_at) == ("quote", 1, 3)
