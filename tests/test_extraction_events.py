"""Events of short texts: type, parties, date, place, modality and voice."""

from collections.abc import Callable, Sequence
from typing import get_args

import pytest

from grammar import record_by_grammar
from onrecord.pipeline import Tools
from onrecord.reading import article_from_text
from onrecord.records import Event, EventType, Participant, Record

RecordOf = Callable[[str], Record]


@pytest.fixture(scope="module")
def record_of(tools: Tools) -> RecordOf:
    """The record of a text published on Friday 11 March 2022, its events by grammar alone."""

    def made(text: str) -> Record:
        return record_by_grammar(article_from_text(text, published="2022-03-11"), tools)

    return made


def names(record: Record, parties: Sequence[Participant]) -> list[str]:
    actors = [record.actor(party.actor_id) for party in parties]
    return [actor.name for actor in actors if actor is not None]


def of_type(record: Record, event_type: str) -> Event:
    (event,) = [event for event in record.events if event.event_type == event_type]
    return event


def types(record: Record) -> set[str]:
    return {event.event_type for event in record.events}


SENTENCES = [
    ("AGREE", "Russia pledged to end the blockade.", ["Russia"], []),
    (
        "CONSULT",
        "Russian President Vladimir Putin met French President Emmanuel Macron in Moscow.",
        ["Vladimir Putin"],
        ["Emmanuel Macron"],
    ),
    ("SUPPORT", "France backed Ukraine.", ["France"], ["Ukraine"]),
    ("CONCEDE", "The president pardoned the rebels.", ["president"], ["rebels"]),
    (
        "COOPERATE",
        "South Korea has cooperated with the United States.",
        ["South Korea"],
        ["United States"],
    ),
    ("AID", "Germany donated medicine to Ukraine.", ["Germany"], ["Ukraine"]),
    ("RETREAT", "The army released the prisoners.", ["army"], ["prisoners"]),
    ("REQUEST", "Iran urged Israel to lift the ban.", ["Iran"], ["Israel"]),
    ("ACCUSE", "Turkey accused Syria of lying.", ["Turkey"], ["Syria"]),
    ("REJECT", "Hungary rejected the plan.", ["Hungary"], []),
    ("THREATEN", "North Korea threatened South Korea.", ["North Korea"], ["South Korea"]),
    ("PROTEST", "Workers rallied against the government in Minsk.", ["Workers"], ["government"]),
    (
        "SANCTION",
        "The European Union imposed sanctions on Russia.",
        ["European Union"],
        ["Russia"],
    ),
    ("MOBILIZE", "Russia mobilised its reservists.", ["Russia"], None),
    ("COERCE", "Police arrested the opposition leader.", ["Police"], ["opposition leader"]),
    ("ASSAULT", "Israel bombed Syria.", ["Israel"], ["Syria"]),
]


def test_every_type_has_its_sentence() -> None:
    assert {event_type for event_type, *_ in SENTENCES} == set(get_args(EventType))


@pytest.mark.parametrize(("event_type", "text", "actors", "recipients"), SENTENCES)
def test_who_does_what_to_whom(
    record_of: RecordOf, event_type: str, text: str, actors: list[str], recipients: list[str] | None
) -> None:
    record = record_of(text)
    event = of_type(record, event_type)
    assert [name.lower() for name in names(record, event.actors)] == [
        name.lower() for name in actors
    ]
    if recipients is not None:
        assert names(record, event.recipients) == recipients
    assert (event.modality, event.statement_id) == ("actual", None)


@pytest.mark.parametrize(
    ("text", "event_type", "actors", "recipients"),
    [
        ("Syria was bombed by Israel.", "ASSAULT", ["Israel"], ["Syria"]),
        ("Iran was accused by Israel of lying.", "ACCUSE", ["Israel"], ["Iran"]),
        ("The Russian invasion of Ukraine went on.", "ASSAULT", ["Russia"], ["Ukraine"]),
        ("The attack on Iran by Israel went on.", "ASSAULT", ["Israel"], ["Iran"]),
        ("Talks between Russia and Ukraine ended.", "CONSULT", ["Russia"], ["Ukraine"]),
        ("Russia offered to hold talks with Ukraine.", "CONSULT", ["Russia"], ["Ukraine"]),
    ],
    ids=["passive", "passive with of", "noun", "noun with by", "between", "light verb"],
)
def test_parties_in_other_constructions(
    record_of: RecordOf, text: str, event_type: str, actors: list[str], recipients: list[str]
) -> None:
    record = record_of(text)
    event = of_type(record, event_type)
    assert (names(record, event.actors), names(record, event.recipients)) == (actors, recipients)


def test_a_meeting_can_be_read_both_ways_and_a_bombing_cannot(record_of: RecordOf) -> None:
    assert of_type(record_of("Talks between Russia and Ukraine ended."), "CONSULT").symmetric
    assert not of_type(record_of("Israel bombed Syria."), "ASSAULT").symmetric


@pytest.mark.parametrize(
    ("text", "modality"),
    [
        ("Israel bombed Iran.", "actual"),
        ("Israel did not bomb Iran.", "negated"),
        ("Israel failed to bomb Iran.", "negated"),
        ("Israel left without bombing Iran.", "negated"),
        ("Israel will bomb Iran.", "future"),
        ("Israel plans to bomb Iran.", "future"),
        ("Israel could bomb Iran.", "hypothetical"),
        ("Israel threatened to bomb Iran.", "hypothetical"),
        ("Fears of a bombing by Israel are growing.", "hypothetical"),
        ("The planned bombing by Israel is a secret.", "future"),
        ("The planned bombing by Israel was called off.", "negated"),
        ("Israel is due to bomb Iran.", "future"),
        ("Israel may plan to bomb Iran.", "future"),
        ("Israel has yet to bomb Iran.", "negated"),
        ("Israel stopped short of bombing Iran.", "negated"),
        ("Israel bombed no one in Iran.", "negated"),
        ("Israel not only bombed Iran.", "actual"),
        ("Israel rejected accusations of bombing Iran.", "negated"),
        ("Israel is considering sending aircraft to bomb Iran.", "hypothetical"),
        ("Israel threatened to bomb Iran unless it left.", "conditional"),
        ("Had Israel bombed Iran, prices would have risen.", "conditional"),
        ("Israel would bomb Iran in return for the money.", "conditional"),
        ("Israel is weighing the bombing of Iran.", "hypothetical"),
        ("A bombing of Iran by Israel would be a mistake.", "hypothetical"),
        ("Israel would bomb Iran if the talks failed.", "conditional"),
        ("If Israel bombed Iran, prices would rise.", "conditional"),
        ("Israel denied that it had bombed Iran.", "negated"),
        ("Iran said that Israel had bombed it.", "actual"),
    ],
)
def test_whether_it_happened(record_of: RecordOf, text: str, modality: str) -> None:
    assert of_type(record_of(text), "ASSAULT").modality == modality


def test_a_breakthrough_that_was_not_did_not_happen(record_of: RecordOf) -> None:
    record = record_of("There was no breakthrough in the talks between Russia and Ukraine.")
    assert {event.modality for event in record.events if event.event_type == "AGREE"} <= {"negated"}


def test_a_statement_vouches_for_what_it_tells(record_of: RecordOf) -> None:
    record = record_of("Peskov said that Zelensky had said that Israel had bombed Iran.")
    event = of_type(record, "ASSAULT")
    speakers = [
        actor.name
        for statement in record.voice_chain(event.statement_id)
        if (actor := record.actor(statement.speaker_id))
    ]
    assert speakers == ["Zelensky", "Peskov"]


@pytest.mark.parametrize(
    ("text", "absent"),
    [
        ("Biden agreed that sanctions had failed.", "AGREE"),
        ("Biden agreed to the fact that sanctions had failed.", "AGREE"),
        ("Biden agreed that it was so.", "AGREE"),
        ("Biden asked how Iran would respond.", "REQUEST"),
        ("Biden asked whether Iran would sign.", "REQUEST"),
        ("Russia held talks with Ukraine.", "COERCE"),
        ("Russia avoids the word “invasion”.", "ASSAULT"),
        ("The minister met a friend in the park.", "ASSAULT"),
        ("Turkey agreed with the judge.", "AGREE"),
        ("A blaze killed ten people in Turkey.", "ASSAULT"),
        ("A heart attack killed the Turkish president.", "ASSAULT"),
        ("Turkey offered its condolences to Iran.", "AGREE"),
        ("Turkey expressed its condolences for the attack.", "ASSAULT"),
        ("Russia struck a balance with Iran.", "ASSAULT"),
        ("The Houthis claimed that they had attacked the port.", "ASSAULT"),
        ("The bank agreed to buy a rival.", "AGREE"),
        ("A supermarket apologised for empty shelves.", "CONCEDE"),
        ("The opposition left the hall.", "REJECT"),
        ("British Kurds held a vigil at the embassy.", "COERCE"),
    ],
)
def test_what_is_no_event(record_of: RecordOf, text: str, absent: str) -> None:
    assert absent not in types(record_of(text))


def test_a_question_for_something_is_a_request(record_of: RecordOf) -> None:
    asked = of_type(record_of("Israel asked Iran to release the hostages."), "REQUEST")
    assert asked.modality == "actual"


def test_an_agreement_on_something_to_come_is_one(record_of: RecordOf) -> None:
    assert "AGREE" in types(record_of("Russia agreed that it would leave Ukraine."))


def test_date_and_place_come_from_the_events_own_phrases(record_of: RecordOf) -> None:
    record = record_of("Israel bombed Syria on 7 March. Iran met the rebels in Damascus in April.")
    event = of_type(record, "ASSAULT")
    assert (event.date, event.place) == ("2022-03-07", None)
    assert event.date_span is not None
    assert record.article.cut(event.date_span) == "7 March"
    clash = of_type(record_of("Two armies clashed near Kharkiv."), "ASSAULT")
    assert clash.place is not None
    assert (clash.place.name, clash.date) == ("Kharkiv", None)


def test_type_and_mode_give_quad_and_score(record_of: RecordOf) -> None:
    arrest = of_type(record_of("Police arrested the opposition leader."), "COERCE")
    assert (arrest.mode, arrest.quad, arrest.goldstein) == ("arrest", 4, -7.0)
    praise = of_type(record_of("Biden praised the Ukrainian army."), "SUPPORT")
    assert (praise.mode, praise.quad, praise.goldstein) == (None, 1, 5.0)


@pytest.mark.parametrize(
    ("text", "event_type", "mode"),
    [
        ("Nurses in Zimbabwe will strike next week over pay.", "PROTEST", "strike"),
        ("A strike by train drivers began on Monday.", "PROTEST", "strike"),
        ("Israel launched a strike on Syria.", "ASSAULT", None),
        ("Iran sent weapons to the Houthis.", "AID", None),
        ("Iran sent troops to Syria.", "MOBILIZE", "troops"),
        ("Finland called up 10,000 reservists.", "MOBILIZE", "troops"),
        ("Iran held Israel responsible for the raid on its port.", "ACCUSE", None),
        ("Iran urged Israel to release the prisoners.", "REQUEST", "yield"),
        ("Iran urged Israel to hold talks.", "REQUEST", "meet"),
        ("Turkey rejected the request for talks.", "REJECT", "meet"),
        ("Iran threatened to expel the ambassador.", "THREATEN", "expel"),
        ("Iran threatened to attack Israel.", "THREATEN", "violence"),
        ("Israel attacked Syria with rockets.", "ASSAULT", "heavy-weapons"),
        ("The rebels killed three soldiers with machetes.", "ASSAULT", "primitive"),
    ],
)
def test_what_is_done_and_how(record_of: RecordOf, text: str, event_type: str, mode: str) -> None:
    assert of_type(record_of(text), event_type).mode == mode


def test_contexts_come_from_the_events_own_sentence(record_of: RecordOf) -> None:
    text = "Israel bombed a hospital in Syria. Iran’s parliament rejected the trade deal."
    record = record_of(text)
    assert of_type(record, "ASSAULT").contexts == ("health",)
    assert of_type(record, "REJECT").contexts == ("legislative", "economic")


@pytest.mark.parametrize(
    ("text", "event_type", "actors", "recipients"),
    [
        ("Iran accused Israel of shelling Syria.", "ASSAULT", ["Israel"], ["Syria"]),
        ("Israel stopped short of bombing Iran.", "ASSAULT", ["Israel"], ["Iran"]),
        ("Israel is due to bomb Iran.", "ASSAULT", ["Israel"], ["Iran"]),
        ("Norway donated ambulances to Moldova.", "AID", ["Norway"], ["Moldova"]),
        ("Mali’s act prompted France to withdraw.", "RETREAT", ["France"], []),
        (
            "Iran’s president met his Iraqi counterpart.",
            "CONSULT",
            ["Iran’s president"],
            ["his Iraqi counterpart"],
        ),
    ],
)
def test_parties_outside_the_clause(
    record_of: RecordOf, text: str, event_type: str, actors: list[str], recipients: list[str]
) -> None:
    record = record_of(text)
    event = of_type(record, event_type)
    assert (names(record, event.actors), names(record, event.recipients)) == (actors, recipients)


@pytest.mark.parametrize(
    ("text", "trigger", "actors", "recipients"),
    [
        (
            "Iranian soldiers were killed in an Israeli attack.",
            "attack",
            "Israel",
            "Iranian soldiers",
        ),
        (
            "Iranian soldiers were killed in an Israeli attack.",
            "killed",
            "Israel",
            "Iranian soldiers",
        ),
        ("An Israeli attack killed Iranian soldiers.", "attack", "Israel", "Iranian soldiers"),
        (
            "A bombing claimed by Iran killed Israeli soldiers.",
            "bombing",
            "Iran",
            "Israeli soldiers",
        ),
        ("Iranian soldiers were bombed and shelled by Israel.", "bombed", "", "Iranian soldiers"),
        ("Iranian soldiers were bombed and shelled.", "shelled", "", "Iranian soldiers"),
        ("Iranian soldiers who were bombed in May left.", "bombed", "", "Iranian soldiers"),
        ("The advance of Russian troops went on.", "advance", "Russian troops", ""),
        (
            "Israel condemned the killing of the Iranian general by Iran.",
            "killing",
            "Iran",
            "Iranian general",
        ),
    ],
)
def test_an_attack_and_its_killing_share_their_parties(
    record_of: RecordOf, text: str, trigger: str, actors: str, recipients: str
) -> None:
    record = record_of(text)
    (event,) = [one for one in record.events if record.article.cut(one.trigger[0]) == trigger]
    found = (names(record, event.actors), names(record, event.recipients))
    assert [" ".join(one) for one in found] == [actors, recipients]
