"""Events put on record from triggers of parses made by hand: when, where and on whose word."""

import pytest

from drafting import make_draft, make_statement
from onrecord.codebook import load_codebook
from onrecord.extraction.events.arguments import Arguments
from onrecord.extraction.events.events import event_of
from onrecord.extraction.events.triggers import find_triggers
from onrecord.extraction.events.weighing import EventSettings
from onrecord.records import Event, Participant, Span
from parses import make_doc

BOOK = load_codebook()
NOBODY = Arguments()
VERB = "They PRP nsubj 1\nattacked/attack VBD ROOT 1\n{} IN prep 1\n{} NNP pobj 2"


def event(table: str, word: str, *, said: str = "", arguments: Arguments = NOBODY) -> Event:
    """The event of a word of a parse in which Friday is a date and Kyiv a place."""
    doc = make_doc(table)
    times = {"Friday": "2022-03-11"} if "Friday" in doc.text else {}
    places = ["Kyiv"] if "Kyiv" in doc.text else []
    statements = [make_statement(doc, said)] if said else []
    draft = make_draft(doc, times=times, places=places, statements=statements)
    found = next(one for one in find_triggers(doc, BOOK.plover) if one.head.text == word)
    return event_of(draft, found, arguments, BOOK, EventSettings())


@pytest.mark.parametrize(
    ("table", "word", "dated"),
    [
        (VERB.format("on", "Friday"), "attacked", True),
        (  # the day of the verb that tells that it took place
            "The DT det 1\nattack NN nsubj 2\nbegan/begin VBD ROOT 2\non IN prep 2\n"
            "Friday NNP pobj 3",
            "attack",
            True,
        ),
        (
            "They PRP nsubj 1\nlaunched/launch VBD ROOT 1\nan DT det 3\nattack NN dobj 1\n"
            "on IN prep 1\nFriday NNP pobj 4",
            "attack",
            True,
        ),
        (  # and not of one that tells what was said of it
            "They PRP nsubj 1\ncondemned/condemn VBD ROOT 1\nthe DT det 3\nattack NN dobj 1\n"
            "on IN prep 1\nFriday NNP pobj 4",
            "attack",
            False,
        ),
        (
            "They PRP nsubj 1\ncondemned/condemn VBD ROOT 1\nthe DT det 3\nattack NN dobj 1\n"
            "on IN prep 3\nFriday NNP pobj 4",
            "attack",
            True,
        ),
        (
            "They PRP nsubj 1\nfled/flee VBD ROOT 1\nduring IN prep 1\nthe DT det 4\n"
            "attack NN pobj 2\non IN prep 1\nFriday NNP pobj 5",
            "attack",
            True,
        ),
        (
            "They PRP nsubj 1\nspoke/speak VBD ROOT 1\nof IN prep 1\nthe DT det 4\n"
            "attack NN pobj 2\non IN prep 1\nFriday NNP pobj 5",
            "attack",
            False,
        ),
        ("They PRP nsubj 1\nattacked/attack VBD ROOT 1", "attacked", False),
    ],
)
def test_when_an_event_took_place(table: str, word: str, dated: bool) -> None:
    found = event(table, word)
    assert found.date == ("2022-03-11" if dated else None)
    assert (found.date_span is not None) is dated


@pytest.mark.parametrize(
    ("table", "word", "placed"),
    [
        (VERB.format("in", "Kyiv"), "attacked", True),
        (VERB.format("for", "Kyiv"), "attacked", False),
        (
            "The DT det 1\nattack NN nsubj 2\nbegan/begin VBD ROOT 2\nin IN prep 2\n"
            "Kyiv NNP pobj 3",
            "attack",
            True,
        ),
    ],
)
def test_where_an_event_took_place(table: str, word: str, placed: bool) -> None:
    found = event(table, word)
    assert (found.place.name if found.place else None) == ("Kyiv" if placed else None)


def test_an_event_is_on_the_word_of_who_says_it() -> None:
    table = VERB.format("in", "Kyiv")
    assert event(table, "attacked").statement_id is None
    assert event(table, "attacked", said="They attacked in Kyiv").statement_id is not None


@pytest.mark.parametrize(
    ("verb", "acting", "symmetric"),
    [("met/meet", True, True), ("met/meet", False, False), ("attacked/attack", True, False)],
)
def test_what_is_done_together_is_symmetric(verb: str, acting: bool, symmetric: bool) -> None:
    parties = Arguments((Participant(span=Span(0, 4)),) if acting else ())
    table = f"They PRP nsubj 1\n{verb} VBD ROOT 1\nBerg NNP dobj 1"
    assert event(table, verb.partition("/")[0], arguments=parties).symmetric is symmetric


def test_a_trigger_of_the_lists_has_no_score() -> None:
    found = event(VERB.format("in", "Kyiv"), "attacked")
    assert (found.event_type, found.modality, found.score) == ("ASSAULT", "actual", None)
    assert found.event_id == event(VERB.format("in", "Kyiv"), "attacked").event_id
