"""One person, one actor; what is no actor is none."""

from collections.abc import Callable

import pytest

from onrecord.records import Record

RecordOf = Callable[..., Record]


def actors_of(record: Record, words: str) -> set[str]:
    """The names of those whom some words of a text mean."""
    found = (row for row in record.mentions if words in record.article.cut(row.span))
    return {actor.name for row in found if (actor := record.actor(row.actor_id)) is not None}


def test_a_people_in_the_plural_is_no_government(record_of: RecordOf) -> None:
    record = record_of("Norwegians attacked the embassy of Kenya in Oslo, the police said.")
    people = next(one for one in record.actors if one.name == "Norwegians")
    assert (people.kind, people.country, people.sector) == ("group", "NOR", "CVL")


@pytest.mark.parametrize(
    ("text", "title", "name"),
    [
        (
            "Commander-in-Chief Orlov met the Dutch king in Riga. Orlov said all was quiet.",
            "Orlov",
            "Orlov",
        ),
        (
            "Minister of Foreign Affairs of Norway Lars Holm said on Monday that talks would go "
            "on. The minister added that he was hopeful.",
            "minister",
            "Lars Holm",
        ),
    ],
)
def test_a_title_and_its_name_are_one(
    record_of: RecordOf, text: str, title: str, name: str
) -> None:
    assert actors_of(record_of(text), title) == {name}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("The Dutch Defence Minister said in Riga that the front was quiet.", "Defence"),
        ("The Minister of Foreign Affairs of Norway said that talks went on.", "Foreign Affairs"),
        ("The mayor of Riga said that a museum would show the T-72 in May.", "T-72"),
    ],
)
def test_portfolios_and_weapons_are_no_bodies(record_of: RecordOf, text: str, words: str) -> None:
    assert words not in {one.name for one in record_of(text).actors}


def test_the_paper_is_the_one_named_before(record_of: RecordOf) -> None:
    record = record_of(
        "“We are ready,” the Polish prime minister, Jan Kowal, told The Morning Post. The paper "
        "reported that Kowal had spoken for an hour."
    )
    last = record.actor(record.statements[-1].speaker_id)
    assert last is not None
    assert last.name == "Morning Post"


def test_names_in_capitals_are_those_names(record_of: RecordOf) -> None:
    record = record_of("TEHRAN said on Monday that the talks would go on.")
    assert {one.country for one in record.actors} == {"IRN"}


def test_a_body_is_of_the_country_whose_it_is(record_of: RecordOf) -> None:
    record = record_of("Chile's Defense Department said on Monday that the talks would go on.")
    speaker = record.actor(record.statements[0].speaker_id)
    assert speaker is not None
    assert (speaker.country, speaker.sector) == ("CHL", "GOV")
