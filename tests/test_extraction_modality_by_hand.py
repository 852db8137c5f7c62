"""Modality read off parses made by hand: what happened, did not, is to come or is supposed."""

import pytest

from drafting import make_statement
from onrecord.codebook import load_codebook
from onrecord.extraction.events.modality import modality_of
from onrecord.extraction.events.triggers import Triggered, find_triggers
from onrecord.records import Act, StatementKind
from parses import make_doc, parse_of

BOOK = load_codebook()

BEHIND = """
    They PRP nsubj 2
    were/be VBD auxpass 2
    {} VBN ROOT 2
    {} IN prep 2
    attacking/attack VBG pcomp 3
    them PRP dobj 4
"""

MODALITIES = {
    "actual": [
        ("The army began to attack the town.", "attack"),
        ("Troops entered the town, killing three.", "killing"),
        ("The group not only attacked the base.", "attacked"),
        ("They promised not to attack the town.", "promised"),
        ("They did not meet the envoy but signed a deal.", "signed"),
        ("He likes to help the poor.", "help"),
        ("The talks were not cancelled.", "talks"),
        ("A possible attack was discussed.", "discussed"),
    ],
    "negated": [
        ("Russia did not attack the town.", "attack"),
        ("Police arrested no one.", "arrested"),
        ("Nobody attacked the convoy.", "attacked"),
        ("Iran failed to attack the base.", "attack"),
        ("The failure to attack the base cost him his post.", "attack"),
        ("They promised not to attack the town.", "attack"),
        ("Officials denied that rebels attacked the town.", "attacked"),
        ("The group has yet to release the pilots.", "release"),
        ("The talks were cancelled.", "talks"),
        ("No talks took place.", "talks"),
        ("They won without a fight.", "fight"),
        ("Rather than attack, they waited.", "attack"),
        ("He rejected claims of an attack on the town.", "attack"),
        ("The video falsely shows soldiers killing a man.", "killing"),
        ("They did not meet the envoy but signed a deal.", "meet"),
    ],
    "future": [
        ("Troops will attack the town.", "attack"),
        ("He said it would attack the town.", "attack"),
        ("Iran plans to attack the base.", "attack"),
        ("The plan to attack the base leaked.", "attack"),
        ("The leaders are to meet in Vienna.", "meet"),
        ("The talks are due on Friday.", "talks"),
        ("Peace talks are planned for May.", "talks"),
        ("The upcoming visit of the envoy was long prepared.", "visit"),
    ],
    "conditional": [
        ("If the rebels attack, the army will retreat.", "attack"),
        ("If the rebels attack, the army will retreat.", "retreat"),
        ("The army would attack if the talks failed.", "attack"),
        ("Had the rebels shelled the airport, the talks would have ended.", "shelled"),
        ("Unless the rebels attack, the army will stay and wait.", "attack"),
        ("The envoy would free them in return for gold.", "free"),
    ],
    "hypothetical": [
        ("Rebels may attack the town.", "attack"),
        ("Nobody knows whether rebels attacked the town.", "attacked"),
        ("She asked whether rebels attacked the town.", "attacked"),
        ("Further talks are likely.", "talks"),
        ("He demanded a withdrawal from the town.", "withdrawal"),
        ("Fears of an attack grew.", "attack"),
        ("He called for talks with the rebels.", "talks"),
        ("They wanted to meet the envoy and sign a deal.", "meet"),
        ("They wanted to meet the envoy and sign a deal.", "sign"),
        ("A possible attack was discussed.", "attack"),
    ],
}


def trigger_in(text: str, word: str) -> Triggered:
    """The trigger at a word of a sentence."""
    found = find_triggers(parse_of(text, "modality"), BOOK.plover)
    return next(one for one in found if one.head.text == word)


@pytest.mark.parametrize(
    ("modality", "text", "word"),
    [(modality, *case) for modality, cases in MODALITIES.items() for case in cases],
)
def test_whether_it_happened(modality: str, text: str, word: str) -> None:
    assert modality_of(trigger_in(text, word), None, BOOK.modals) == modality


@pytest.mark.parametrize(
    ("act", "kind", "modality"),
    [
        ("assert", "indirect", "actual"),
        ("deny", "indirect", "negated"),
        ("deny", "direct", "actual"),
        ("demand", "indirect", "hypothetical"),
        ("want", "indirect", "hypothetical"),
        ("demand", "direct", "actual"),
    ],
)
def test_what_the_statement_around_makes_of_it(
    act: Act, kind: StatementKind, modality: str
) -> None:
    text = "The army began to attack the town."
    said = make_statement(parse_of(text, "modality"), text[:-1], act=act, kind=kind)
    assert modality_of(trigger_in(text, "attack"), said, BOOK.modals) == modality


@pytest.mark.parametrize(
    ("verb", "link", "modality"),
    [
        ("prevented/prevent", "from", "negated"),
        ("stopped/stop", "from", "negated"),
        ("prevented/prevent", "by", "actual"),  # the attack is how they were
        ("drawn/draw", "from", "actual"),
        ("praised/praise", "without", "negated"),
    ],
)
def test_what_stands_behind_a_verbs_preposition(verb: str, link: str, modality: str) -> None:
    doc = make_doc(BEHIND.format(verb, link))
    found = next(one for one in find_triggers(doc, BOOK.plover) if one.head.text == "attacking")
    assert modality_of(found, None, BOOK.modals) == modality
