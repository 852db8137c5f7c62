"""Demands: who asks what of whom."""

from collections.abc import Callable

import pytest

from onrecord.records import Record

RecordOf = Callable[[str], Record]


@pytest.mark.parametrize(
    ("text", "cue", "asks", "by", "of"),
    [
        ("France urged Iran to stay.", "urged", "to stay", "France", "Iran"),
        (
            "Ukraine called on Russia to withdraw its troops.",
            "called on",
            "to withdraw its troops",
            "Ukraine",
            "Russia",
        ),
        (
            "The opposition's demand for new elections was heard.",
            "demand",
            "for new elections",
            "opposition",
            None,
        ),
        (
            "Biden said that Russia must withdraw its troops.",
            "must",
            "withdraw its troops",
            "Biden",
            "Russia",
        ),
        (
            "“Russia should withdraw its troops,” Biden said.",
            "should",
            "withdraw its troops",
            "Biden",
            "Russia",
        ),
        (
            "Biden said that Iran must not bomb Israel.",
            "must not",
            "bomb Israel",
            "Biden",
            "Iran",
        ),
        (
            "Biden said that Iran needs to sign the deal.",
            "needs to",
            "sign the deal",
            "Biden",
            "Iran",
        ),
    ],
    ids=["urge", "call on", "noun", "must", "should, quoted", "must not", "need to"],
)
def test_who_asks_what_of_whom(
    record_of: RecordOf, text: str, cue: str, asks: str, by: str, of: str | None
) -> None:
    record = record_of(text)
    (demand,) = record.demands
    assert [record.article.cut(span) for span in demand.cue] == [cue]
    assert record.article.cut(demand.asks) == asks
    actors = [record.actor(demand.by_id), record.actor(demand.of_id)]
    assert [actor.name if actor else None for actor in actors] == [by, of]
    assert record.statement(demand.statement_id) is not None


@pytest.mark.parametrize(
    ("text", "by", "of"),
    [
        ("Biden said that the prisoners should be released by Iran.", "Biden", None),
        ("Iran was urged by France to release the prisoners.", "France", "Iran"),
        ("France demanded that Iran release the prisoners.", "France", "Iran"),
    ],
    ids=["what is done to somebody is asked of nobody", "passive", "who acts in the clause"],
)
def test_who_asks_and_who_is_asked(record_of: RecordOf, text: str, by: str, of: str | None) -> None:
    record = record_of(text)
    (demand,) = record.demands
    actors = [record.actor(demand.by_id), record.actor(demand.of_id)]
    assert [actor.name if actor else None for actor in actors] == [by, of]


def test_reasons_and_what_is_set_off_are_not_asked(record_of: RecordOf) -> None:
    record = record_of("France urged Iran to leave the city because the truce had ended.")
    (demand,) = record.demands
    assert record.article.cut(demand.asks) == "to leave the city"


def test_a_demand_links_to_the_statement_that_it_is(record_of: RecordOf) -> None:
    record = record_of("Peskov said that France had urged Iran to stay.")
    (demand,) = record.demands
    statement = record.statement(demand.statement_id)
    assert statement is not None
    assert (statement.act, statement.speaker_id) == ("request", demand.by_id)
    assert statement.cue[0].contains(demand.cue[0])


@pytest.mark.parametrize(
    "text",
    [
        "Russia must withdraw its troops.",
        "Biden said that Russia should have withdrawn its troops.",
        "Biden asked whether Iran would sign.",
        "Should Iran attack again, Biden said, the talks will end.",
    ],
    ids=["the article's opinion", "too late to ask", "a question", "an if"],
)
def test_what_is_no_demand(record_of: RecordOf, text: str) -> None:
    assert record_of(text).demands == ()
