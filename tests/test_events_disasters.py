"""Harm in a disaster is no attack; attacks in the same article are."""

import pytest
from spacy.tokens import Doc

from onrecord.codebook import load_codebook
from onrecord.codebook.plover import Trigger
from onrecord.extraction.events.events import is_casualty, is_suffered
from onrecord.extraction.events.triggers import Triggered
from onrecord.pipeline import Tools, extract
from onrecord.reading import article_from_text
from onrecord.records import Span
from parses import make_doc

PLOVER = load_codebook().plover
TOLD = """
    Quakes/quake   NNS nsubj 1
    destroyed/destroy VBD ROOT 1
    towns          NNS dobj 1
    .              .   punct 1
    Ten            CD  nsubjpass 6
    were/be        VBD auxpass 6
    killed/kill    VBN ROOT 6
    in             IN  prep 6
    the            DT  det 9
    {0}            NN  pobj 7
    .              .   punct 6
    Rebels         NNS nsubj 12
    attacked/attack VBD ROOT 12
    and            CC  cc 12
    bombed/bomb    VBD conj 12
    Homs           NNP dobj 14
    .              .   punct 12
"""
QUAKE = """
The earth shook at night.

More than 400 people were killed by the earthquake in Lorvia, and 2,000 were injured, the interior \
minister said on Monday. Another 30 people died when an aftershock brought down a school. Two \
soldiers were hurt as they dug for survivors of the quake.

Gunmen attacked a convoy with tents near the border and killed a driver.
"""


def at(doc: Doc, word: str, event_type: str = "ASSAULT") -> Triggered:
    """A trigger at a word of a parse."""
    (head,) = [token for token in doc if token.text == word]
    span = Span(head.idx, head.idx + len(head))
    return Triggered(head, span, Trigger(event_type), is_verb=True)  # type: ignore[arg-type]


def test_who_is_killed_is_harmed_and_who_attacks_attacks() -> None:
    doc = make_doc(TOLD.format("quake"))
    assert [is_casualty(at(doc, word), PLOVER) for word in ("killed", "quake", "attacked")] == [
        True,
        True,
        False,
    ]
    assert not is_casualty(at(doc, "killed", "COERCE"), PLOVER)


@pytest.mark.parametrize(
    ("last", "attacks", "expected"),
    [
        ("quake", ("killed",), True),
        ("quake", ("killed", "attacked"), True),
        ("quake", ("killed", "attacked", "bombed"), False),
        ("town", ("killed",), False),
    ],
)
def test_an_article_tells_of_a_disaster_where_its_words_outnumber_attacks(
    last: str, attacks: tuple[str, ...], *, expected: bool
) -> None:
    doc = make_doc(TOLD.format(last))
    assert is_suffered(doc, [at(doc, word) for word in attacks], PLOVER) is expected


def test_the_dead_of_an_earthquake_are_no_attack(tools: Tools) -> None:
    record = extract(article_from_text(QUAKE, published="2023-02-07"), tools=tools)
    attacks = [one for one in record.events if one.event_type == "ASSAULT"]
    told = {record.article.cut(one.trigger[0]) for one in attacks}
    assert "attacked" in told
    assert told <= {"attacked", "killed"}
    assert all(one.trigger[0].start >= QUAKE.index("Gunmen") for one in attacks)
