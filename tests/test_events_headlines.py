"""Headlines: who speaks before a colon, who fires on whom, and who is taken where."""

from collections.abc import Callable

import pytest

from onrecord.records import Event, Participant, Record

RecordOf = Callable[[str], Record]


def name_of(record: Record, party: Participant) -> str:
    actor = record.actor(party.actor_id)
    return actor.name if actor is not None else record.article.cut(party.span)


def names(record: Record, event: Event) -> tuple[list[str], list[str]]:
    actors, recipients = (
        [name_of(record, party) for party in side] for side in (event.actors, event.recipients)
    )
    return actors, recipients


def of_type(record: Record, event_type: str) -> Event:
    (event,) = [event for event in record.events if event.event_type == event_type]
    return event


@pytest.mark.parametrize(
    ("headline", "speaker", "doer"),
    [
        ("Serbia: Kosovo attacked police post", "Serbia", "Kosovo"),
        ("Armenia: Azerbaijan shelled border village", "Armenia", "Azerbaijan"),
        ("Hamas: Israel killed negotiator", "Hamas", "Israel"),
        ("Pakistan: India bombed two towns", "Pakistan", "India"),
        ("Sweden: Russia attacked cable ship\nThe ship sank on Monday.", "Sweden", "Russia"),
    ],
)
def test_what_follows_a_colon_is_the_word_of_whoever_stands_before_it(
    record_of: RecordOf, headline: str, speaker: str, doer: str
) -> None:
    record = record_of(headline)
    event = of_type(record, "ASSAULT")
    (statement,) = [one for one in record.statements if one.statement_id == event.statement_id]
    said_by = record.actor(statement.speaker_id)
    assert said_by is not None
    assert said_by.name == speaker
    assert names(record, event)[0] == [doer]


@pytest.mark.parametrize(
    "headline",
    [
        "Sudan: dozens killed in clashes",
        "Syria war: Russia bombs Idlib",
        "Gaza talks: Egypt sends envoy",
        "Nigeria: gunmen attack village",
        "Mali: Ten soldiers killed in ambush.",
    ],
)
def test_a_country_or_a_topic_before_a_colon_may_only_say_where(
    record_of: RecordOf, headline: str
) -> None:
    assert record_of(headline).statements == ()


@pytest.mark.parametrize(
    ("headline", "parties"),
    [
        ("India, China exchange fire at border", {"India", "China"}),
        ("Hamas, Israel trade fire across fence", {"Hamas", "Israel"}),
        ("Rival armies exchange fire near Juba", {"Rival armies"}),
        ("Thailand, Cambodia exchange shots at temple", {"Thailand", "Cambodia"}),
        pytest.param(
            *("Armenia, Turkey exchange shots at crossing", {"Armenia", "Turkey"}),
            marks=pytest.mark.xfail(reason="the parser has the first name as the root"),
        ),
        ("Koreas trade gunfire at sea border", {"Koreas"}),
    ],
)
def test_fire_is_exchanged_by_all_who_are_named(
    record_of: RecordOf, headline: str, parties: set[str]
) -> None:
    record = record_of(headline)
    actors, recipients = names(record, of_type(record, "ASSAULT"))
    assert {*actors, *recipients} == parties


@pytest.mark.parametrize(
    ("text", "doer", "taken"),
    [
        ("Italy extradited a banker to Peru.", "Italy", "banker"),
        ("Kenya extradited three smugglers to the United States.", "Kenya", "smugglers"),
        ("Spain extradited a rebel commander to Chad on Friday.", "Spain", "rebel commander"),
        ("Serbia has extradited the general to Bosnia.", "Serbia", "general"),
        ("Germany deported 12 men to Afghanistan.", "Germany", "men"),
    ],
)
def test_where_somebody_is_taken_undergoes_nothing(
    record_of: RecordOf, text: str, doer: str, taken: str
) -> None:
    record = record_of(text)
    assert names(record, of_type(record, "COERCE")) == ([doer], [taken])


@pytest.mark.parametrize(
    "headline",
    [
        "Biden to visit Kenya",
        "Xi to meet Modi in Goa",
        "Lula to Visit Angola",
        "Macron to visit Iraq, Jordan",
        "UPDATE 1-Scholz to visit Serbia",
    ],
)
def test_an_infinitive_in_a_headline_is_to_come(record_of: RecordOf, headline: str) -> None:
    assert of_type(record_of(headline), "CONSULT").modality == "future"


@pytest.mark.parametrize(
    ("headline", "doer"),
    [
        ("EGYPT ARRESTS FIVE BLOGGERS", "EGYPT"),
        ("Egypt Arrests Five Bloggers After Protest", "Egypt"),
        ("UPDATE 2-Egypt arrests five bloggers", "Egypt"),
        ("WRAPUP 3-Egypt arrests bloggers, says lawyer", "Egypt"),
        ("Egypt arrests five bloggers", "Egypt"),
    ],
)
def test_capitals_and_marks_of_an_agency_do_not_hide_who_does_it(
    record_of: RecordOf, headline: str, doer: str
) -> None:
    record = record_of(headline)
    assert names(record, of_type(record, "COERCE"))[0] == [doer]
