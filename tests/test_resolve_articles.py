"""Actors, mentions and places of short articles, with the real parser."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from factories import make_article
from onrecord.pipeline import Tools, extract
from onrecord.records import Record

PUBLISHED = "2022-03-11"


def read(tools: Tools, text: str, published: str | None = PUBLISHED) -> Record:
    article = make_article(text, published=published, published_from="given" if published else None)
    return extract(article, tools=tools)


def named(record: Record, words: str) -> list[str | None]:
    """Whom each mention in those words means."""
    actors = [
        record.actor(mention.actor_id)
        for mention in record.mentions
        if record.article.cut(mention.span) == words
    ]
    return [actor.name if actor is not None else None for actor in actors]


def speakers(record: Record) -> list[str | None]:
    actors = [record.actor(statement.speaker_id) for statement in record.statements]
    return [actor.name if actor is not None else None for actor in actors]


def country(record: Record, name: str) -> str | None:
    return next(actor.country for actor in record.actors if actor.name == name)


def test_a_full_name_then_a_surname(tools: Tools) -> None:
    record = read(
        tools,
        "Russian President Vladimir Putin met Alexander Lukashenko in Moscow. "
        "Putin said the talks were useful. Mr. Putin left early.",
    )
    assert named(record, "Putin") == named(record, "Mr. Putin") == ["Vladimir Putin"]
    assert [actor.name for actor in record.actors] == ["Vladimir Putin", "Alexander Lukashenko"]
    assert speakers(record) == ["Vladimir Putin"]


def test_an_apposition_with_a_country(tools: Tools) -> None:
    record = read(
        tools, "Sergei Lavrov, Russia's foreign minister, said the plan had failed. Lavrov left."
    )
    mention = record.mentions[0]
    assert (mention.role, mention.role_country) == ("foreign minister", "RUS")
    assert named(record, "Russia's foreign minister") == named(record, "Lavrov")
    assert named(record, "Lavrov") == ["Sergei Lavrov"]


def test_pronouns_follow_courtesy_titles(tools: Tools) -> None:
    record = read(
        tools, "Mr Johnson said he agreed. Mrs Keller said she disagreed. He said it was a pity."
    )
    assert speakers(record) == ["Johnson", "Keller", "Johnson"]
    assert named(record, "she") == ["Keller"]


@pytest.mark.parametrize(
    ("text", "party", "place"),
    [
        ("Moscow said the talks had failed.", "Russia", None),
        ("The minister spoke in Moscow.", None, "Moscow"),
        ("The Kremlin said the talks had failed.", "Russia", None),
        ("He spoke at a Kremlin meeting.", None, "Kremlin"),
        ("Beijing said it was concerned.", "China", None),
        ("Protesters marched in Beijing.", None, "Beijing"),
    ],
)
def test_a_capital_speaks_or_is_a_place(
    tools: Tools, text: str, party: str | None, place: str | None
) -> None:
    record = read(tools, text)
    states = [actor.name for actor in record.actors if actor.kind == "state"]
    assert states == ([party] if party else [])
    assert [row.name for row in record.places] == ([place] if place else [])


def test_the_first_person_is_the_speaker(tools: Tools) -> None:
    record = read(tools, "“I will not resign,” said Prime Minister Anna Berg.")
    assert named(record, "I") == speakers(record) == ["Anna Berg"]


def test_the_first_person_plural_is_the_country_a_leader_speaks_for(tools: Tools) -> None:
    record = read(
        tools,
        "“We will not leave,” said Ukrainian President Volodymyr Zelensky. “Ukraine is our home.”",
    )
    assert named(record, "We") == named(record, "our") == ["Ukraine"]


def test_reported_speech_within_a_quotation_keeps_its_first_person(tools: Tools) -> None:
    record = read(tools, "Mary Kerr met John Stone. “He said I was ill,” she said.")
    assert named(record, "I") == named(record, "she") == ["Mary Kerr"]
    assert named(record, "He") == ["John Stone"]


def test_a_name_nobody_knows_has_no_country(tools: Tools) -> None:
    record = read(tools, "Jane Tarrow said the road was closed.")
    assert speakers(record) == ["Jane Tarrow"]
    assert country(record, "Jane Tarrow") is None


def test_a_word_for_two_countries_leaves_the_country_open(tools: Tools) -> None:
    record = read(tools, "Korean officials said the ship had sunk.")
    assert country(record, "Korean officials") is None


def test_an_adjective_no_row_uses_leaves_no_actor(tools: Tools) -> None:
    assert read(tools, "Russian tea is strong. It rained.").actors == ()


def test_a_ministry_speaks_as_its_government(tools: Tools) -> None:
    record = read(tools, "The Russian Foreign Ministry said it would stay.")
    (speaker,) = speakers(record)
    assert str(speaker).endswith("Foreign Ministry")
    assert (record.actors[0].kind, record.actors[0].country) == ("government", "RUS")


def test_a_secretary_of_state_has_that_role(tools: Tools) -> None:
    record = read(tools, "US Secretary of State Antony Blinken condemned the attack.")
    assert record.mentions[0].role_country == "USA"
    assert speakers(record) == ["Antony Blinken"]
    assert [actor.name for actor in record.actors] == ["Antony Blinken"]


def test_a_former_office_is_no_office(tools: Tools) -> None:
    (actor,) = read(tools, "Former minister Tom Hale said the law was bad.").actors
    assert (actor.name, actor.sector) == ("Tom Hale", "ELI")


@pytest.mark.parametrize(
    ("published", "sector"), [("2015-03-01", "GOV"), ("2023-03-01", "ELI"), (None, None)]
)
def test_an_office_from_the_table_needs_a_date(
    tools: Tools, published: str | None, sector: str | None
) -> None:
    (actor,) = read(tools, "Angela Merkel said the plan was wrong.", published).actors
    assert (actor.country, actor.sector) == ("DEU", sector)


PIECES = (
    "He said that Mr. Russian President Putin our we of the Moscow in Kremlin 🔴 e\u0301 "
    "\u200f if will “ ” ‘ ’ \" ' . , ( ) -"
).split(" ")
TEXTS = st.lists(st.sampled_from([*PIECES, "\n", "\u00a0"]), max_size=25).map(" ".join)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(TEXTS)
def test_any_text_gives_a_record_whose_links_lead_somewhere(tools: Tools, text: str) -> None:
    record = read(tools, text)
    actors = {actor.actor_id for actor in record.actors}
    assert {mention.actor_id for mention in record.mentions} == actors
    assert {row.speaker_id for row in record.statements} <= actors | {None}
    for mention in record.mentions:
        assert record.article.cut(mention.span).strip()
