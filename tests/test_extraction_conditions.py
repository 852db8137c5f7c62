"""Conditions: what would happen if, who sets them and who would have to act."""

from collections.abc import Callable

import pytest

from onrecord.records import Condition, Record, Spans

RecordOf = Callable[[str], Record]


def words(record: Record, spans: Spans) -> str:
    return " … ".join(record.article.cut(span) for span in spans)


def name(record: Record, actor_id: str | None) -> str | None:
    actor = record.actor(actor_id)
    return actor.name if actor else None


def only(record: Record) -> Condition:
    (condition,) = record.conditions
    return condition


@pytest.mark.parametrize(
    ("text", "if_", "then", "connective"),
    [
        (
            "Putin said that the fighting would stop if the West lifted its sanctions.",
            "the West lifted its sanctions",
            "the fighting would stop",
            "if",
        ),
        (
            "If Russia withdraws its troops, the fighting will stop.",
            "Russia withdraws its troops",
            "the fighting will stop",
            "If",
        ),
        (
            "Unless Russia withdraws, the sanctions will stay, Biden said.",
            "Russia withdraws",
            "the sanctions will stay",
            "Unless",
        ),
        (
            "Biden said that without that support, help would remain an illusion.",
            "that support",
            "help would remain an illusion",
            "without",
        ),
        (
            "The sanctions will not be lifted until Russia withdraws its troops, Biden said.",
            "Russia withdraws its troops",
            "The sanctions will not be lifted",
            "until",
        ),
        (
            "Iran offered to release the prisoners in exchange for guarantees.",
            "guarantees",
            "to release the prisoners",
            "in exchange for",
        ),
        (
            "As long as troops remain, there will be no peace, Zelensky said.",
            "troops remain",
            "there will be no peace",
            "As long as",
        ),
        (
            "Zelensky said that there would be no peace as long as troops remained.",
            "troops remained",
            "there would be no peace",
            "as long as",
        ),
        (
            "“If they attack us, we will destroy them,” Putin said.",
            "they attack us",
            "we will destroy them",
            "If",
        ),
    ],
    ids=[
        "if",
        "if first",
        "unless",
        "without",
        "until",
        "in exchange for",
        "as long as",
        "as long as, last",
        "quoted",
    ],
)
def test_the_parts_of_a_condition(
    record_of: RecordOf, text: str, if_: str, then: str, connective: str
) -> None:
    record = record_of(text)
    condition = only(record)
    parts = (condition.if_, condition.then, condition.connective)
    assert tuple(words(record, part) for part in parts) == (if_, then, connective)


@pytest.mark.parametrize(
    ("text", "kind", "by", "on"),
    [
        (
            "Erdogan promised to open the border if the European Union paid.",
            "offer",
            "Erdogan",
            "European Union",
        ),
        (
            "Putin threatened to bomb Kyiv if Ukraine joined NATO.",
            "threat",
            "Putin",
            "Ukraine",
        ),
        (
            "“If they attack us, we will destroy them,” Putin said.",
            "threat",
            "Putin",
            None,
        ),
        (
            "Unless Russia withdraws, the sanctions will stay, Biden said.",
            "prediction",
            "Biden",
            "Russia",
        ),
        (
            "No one may leave unless the army agrees, Biden said.",
            "rule",
            "Biden",
            "army",
        ),
        (
            "If Russia withdraws its troops, the fighting will stop.",
            "prediction",
            None,
            "Russia",
        ),
    ],
)
def test_whose_condition_it_is_and_on_whom(
    record_of: RecordOf, text: str, kind: str, by: str | None, on: str | None
) -> None:
    record = record_of(text)
    condition = only(record)
    assert (condition.kind, name(record, condition.by_id), name(record, condition.on_id)) == (
        kind,
        by,
        on,
    )
    assert (condition.statement_id is None) == (by is None)


@pytest.mark.parametrize(
    "text",
    [
        "Even if Russia withdraws its troops, the sanctions will stay.",
        "Biden asked if Iran would sign.",
        "He waited until the meeting ended.",
        "He left without a word, Biden said.",
        "If it rains, the grass grows.",
        "The minister spoke as if nothing had happened.",
    ],
    ids=["even if", "a question", "until, not negated", "without, real", "nobody acts", "as if"],
)
def test_what_is_no_condition(record_of: RecordOf, text: str) -> None:
    assert record_of(text).conditions == ()
