"""Parties of events: one short text a construction, with the words of both sides."""

from collections.abc import Callable

import pytest

from grammar import record_by_grammar
from onrecord.pipeline import Tools
from onrecord.reading import article_from_text
from onrecord.records import Event, Record

RecordOf = Callable[[str], Record]


@pytest.fixture(scope="module")
def record_of(tools: Tools) -> RecordOf:
    """The record of a text published on Friday 11 March 2022, its events by grammar alone."""

    def made(text: str) -> Record:
        return record_by_grammar(article_from_text(text, published="2022-03-11"), tools)

    return made


def sides(record: Record, event: Event) -> list[str]:
    """Return the words for the actors and for the recipients of an event."""
    return [
        ", ".join(record.article.cut(party.span) for party in parties)
        for parties in (event.actors, event.recipients)
    ]


def countries(record: Record, event: Event) -> list[str | None]:
    actors = [record.actor(party.actor_id) for party in (*event.actors, *event.recipients)]
    return [actor.country if actor is not None else None for actor in actors]


def on(record: Record, trigger: str) -> Event:
    (event,) = [one for one in record.events if record.article.cut(one.trigger[0]) == trigger]
    return event


CONSTRUCTIONS = [
    # nouns
    ("The rebels were accused of the murder of a priest.", "murder", "The rebels", "a priest"),
    ("Turkey imposed sanctions on Iran for the bombing.", "bombing", "Iran", ""),
    ("Soldiers were the perpetrators of the massacre.", "massacre", "Soldiers", ""),
    ("The army helped the victims of the bombing.", "bombing", "", "the victims"),
    ("The attacks that rocked Germany went on.", "attacks", "", "Germany"),
    ("The appeals of Iran to Turkey went unheard.", "appeals", "Iran", "Turkey"),
    ("The rebels perpetrated an attack in May.", "attack", "The rebels", ""),
    ("The arrest and killing of two reporters shocked Iran.", "arrest", "", "two reporters"),
    # clauses
    ("Ten people died and 12 were killed by Israel.", "killed", "Israel", "12"),
    ("The invasion of Syria by Turkey killed ten people.", "killed", "Turkey", "ten people"),
    ("Rebels shot and wounded a reporter.", "shot", "Rebels", "a reporter"),
    ("Two soldiers were killed when rebels attacked a base.", "killed", "rebels", "Two soldiers"),
    ("Turkey defended its policy of assisting refugees.", "assisting", "its", "refugees"),
]


@pytest.mark.parametrize(("text", "trigger", "actors", "recipients"), CONSTRUCTIONS)
def test_who_does_what_to_whom_in_a_construction(
    record_of: RecordOf, text: str, trigger: str, actors: str, recipients: str
) -> None:
    record = record_of(text)
    assert sides(record, on(record, trigger)) == [actors, recipients]


def test_a_thing_that_is_hit_stands_for_its_owner(record_of: RecordOf) -> None:
    record = record_of("Turkey shelled the positions of the Syrian army.")
    assert countries(record, on(record, "shelled")) == ["TUR", "SYR"]


def test_a_town_that_is_hit_is_a_party_by_its_country(record_of: RecordOf) -> None:
    record = record_of("Turkish forces shelled Aleppo.")
    assert countries(record, on(record, "shelled")) == ["TUR", "SYR"]


def test_a_place_where_something_is_hit_is_no_party(record_of: RecordOf) -> None:
    record = record_of("Turkish forces shelled rebels in Aleppo.")
    assert sides(record, on(record, "shelled"))[1] == "rebels"
