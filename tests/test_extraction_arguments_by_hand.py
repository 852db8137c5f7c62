"""Parties of events by grammar alone, on parses made by hand."""

import pytest

from drafting import make_cast
from onrecord.codebook import load_codebook
from onrecord.extraction.events.arguments import ArgumentFinder, Arguments
from onrecord.extraction.events.triggers import find_triggers
from onrecord.records import Participant
from parses import parse_of

BOOK = load_codebook()
NAMES = "Russia Ukraine Turkey Syria Lund France Iran Aleppo".split()

CASES: list[tuple[str, str, str, list[str], list[str]]] = [
    # text, trigger, type, actors, recipients
    ("Russia and Ukraine met in Geneva.", "met", "CONSULT", ["Russia"], ["Ukraine"]),
    ("Russia met demands.", "met", "CONSULT", ["Russia"], []),  # it meets nobody
    ("Talks between Russia and Ukraine ended.", "Talks", "CONSULT", ["Russia"], ["Ukraine"]),
    ("The shelling of Aleppo by Turkey went on.", "shelling", "ASSAULT", ["Turkey"], ["Aleppo"]),
    ("Turkey's shelling of Aleppo went on.", "shelling", "ASSAULT", ["Turkey"], ["Aleppo"]),
    ("Turkey shelled the positions of Syria.", "shelled", "ASSAULT", ["Turkey"], ["Syria"]),
    ("Police killed 12.", "killed", "ASSAULT", ["Police"], ["12"]),
    ("Rebels killed two villagers.", "killed", "ASSAULT", ["Rebels"], ["two villagers"]),
    ("His critics attacked Lund.", "attacked", "ASSAULT", ["His critics"], ["Lund"]),
    ("We accuse Lund.", "accuse", "ACCUSE", ["We"], ["Lund"]),
    ("France urged Iran to leave.", "urged", "REQUEST", ["France"], ["Iran"]),
    ("France sent weapons to Iran.", "sent", "AID", ["France"], ["Iran"]),  # not to the weapons
    ("Iran withdrew its troops from Syria.", "withdrew", "RETREAT", ["Iran"], []),
    ("Lund was arrested by police.", "arrested", "COERCE", ["police"], ["Lund"]),
    ("Sanctions on Iran were lifted by France.", "Sanctions", "SANCTION", [], ["Iran"]),
    ("Sanctions on Iran were lifted by France.", "lifted", "CONCEDE", ["France"], []),
    ("Rebels attacked the idea.", "attacked", "ASSAULT", ["Rebels"], []),
    ("Two died after a bomber hit the mosque.", "hit", "ASSAULT", ["a bomber"], ["the mosque"]),
    ("Iran agreed with France on a plan.", "agreed", "AGREE", ["Iran"], ["France"]),
]


@pytest.mark.parametrize(("text", "word", "kind", "actors", "recipients"), CASES)
def test_who_does_it_and_to_whom(
    text: str, word: str, kind: str, actors: list[str], recipients: list[str]
) -> None:
    doc = parse_of(text, "arguments")
    finder = ArgumentFinder(make_cast(doc, {name: name for name in NAMES}), BOOK)
    found = next(one for one in find_triggers(doc, BOOK.plover) if one.head.text == word)
    assert found.trigger.event_type == kind
    sides = finder.find(found)
    for side, words in ((sides.actors, actors), (sides.recipients, recipients)):
        assert [text[one.span.start : one.span.end] for one in side] == words
        assert all(one.actor_id == w for one, w in zip(side, words, strict=True) if w in NAMES)
        assert all(one.actor_id is None for one, w in zip(side, words, strict=True) if " " in w)


def test_the_known_parties_are_actors_of_the_article() -> None:
    doc = parse_of("His critics attacked Lund.", "arguments")
    finder = ArgumentFinder(make_cast(doc, {"Lund": "lund"}), BOOK)
    (found,) = find_triggers(doc, BOOK.plover)
    sides = finder.find(found)
    assert [one.actor_id for one in (*sides.actors, *sides.recipients)] == [None, "lund"]
    assert (sides.known.actors, len(sides.known.recipients)) == ((), 1)


def test_without_anybody_nothing_is_political() -> None:
    doc = parse_of("Police killed 12.", "arguments")
    finder = ArgumentFinder(make_cast(doc, {"Police": "police"}), BOOK)
    (found,) = find_triggers(doc, BOOK.plover)
    assert not finder.is_political(Arguments())
    assert not finder.is_political(finder.find(found).known)  # a body of no known sector
    assert isinstance(finder.find(found).actors[0], Participant)
