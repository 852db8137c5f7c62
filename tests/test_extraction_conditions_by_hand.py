"""Conditions read off parses made by hand: their parts, their kind, and who is behind them."""

import pytest

from drafting import make_draft, make_statement, span_in
from onrecord.extraction.conditions import extract_conditions
from onrecord.extraction.conditions.grammar import Parts, concedes, find_parts
from onrecord.extraction.conditions.kinds import kind_of
from onrecord.records import Act
from parses import parse_of
from readings import reading_of

RETURNS = "Iran will return to the talks if the West lifts its sanctions."
TRUCE = "The truce will hold as long as the guns remain silent."
PILOTS = "Russia freed the pilots in exchange for two generals."
HELPS = "We will help you if you stop the war."
ATTACKS = "Unless the rebels withdraw, the army will attack."

PARTS = [
    (RETURNS, "the West lifts its sanctions", "Iran will return to the talks", "if"),
    (ATTACKS, "the rebels withdraw", "the army will attack", "Unless"),
    (
        "Without that support, aid will remain an illusion.",
        "that support",
        "aid will remain an illusion",
        "Without",
    ),
    (
        "They will not leave until the troops withdraw.",
        "the troops withdraw",
        "They will not leave",
        "until",
    ),
    (PILOTS, "two generals", "Russia freed the pilots", "in exchange for"),
    (TRUCE, "the guns remain silent", "The truce will hold", "as long as"),
    (
        "Lavrov said Moscow would withdraw its troops if Kyiv signed the deal.",
        "Kyiv signed the deal",
        "Moscow would withdraw its troops",
        "if",
    ),
    (
        "He said that if attacked, the country would defend itself.",
        "attacked",
        "the country would defend itself",
        "if",
    ),
    (
        "The minister said he would not resign unless parliament asked him.",
        "parliament asked him",
        "he would not resign",
        "unless",
    ),
]


def parts_of(text: str) -> list[Parts]:
    return list(find_parts(parse_of(text, "conditions")))


@pytest.mark.parametrize(("text", "if_", "then", "connective"), PARTS)
def test_the_parts_of_a_condition(text: str, if_: str, then: str, connective: str) -> None:
    doc = parse_of(text, "conditions")
    (parts,) = find_parts(doc)
    assert parts.if_ == (span_in(doc, if_),)
    assert parts.then == (span_in(doc, then),)
    assert parts.connective == span_in(doc, connective)


@pytest.mark.parametrize(
    "text",
    [
        "They lived without electricity.",  # nothing hangs on it
        "They stayed until the troops left.",  # so they did
        "Even if the rain stops, the road will stay shut.",
        "He looked as if he had lost.",
    ],
)
def test_what_is_no_condition(text: str) -> None:
    assert parts_of(text) == []


@pytest.mark.parametrize(
    ("text", "conceded"),
    [
        ("Even if the rain stops, the road will stay shut.", True),
        ("He looked as if he had lost.", True),
        (RETURNS, False),
    ],
)
def test_what_concedes(text: str, conceded: bool) -> None:
    doc = parse_of(text, "conditions")
    assert concedes(doc, span_in(doc, "if")) is conceded


@pytest.mark.parametrize(
    ("text", "act", "kind"),
    [
        (RETURNS, None, "prediction"),
        (RETURNS, "threaten", "threat"),
        (RETURNS, "promise", "offer"),
        (RETURNS, "offer", "offer"),
        (RETURNS, "assert", "offer"),  # a friendly act
        (ATTACKS, "assert", "threat"),  # a hostile one
        (ATTACKS, None, "prediction"),
        (HELPS, "assert", "offer"),
        (TRUCE, "assert", "offer"),
        ("Prices will fall if the harvest is good.", "assert", "prediction"),
        ("Ships must turn back if the wind rises.", "assert", "rule"),
        ("Ships must turn back if the wind rises.", None, "rule"),
        ("The bank may close if nobody pays.", None, "rule"),
        ("They will not leave until the troops withdraw.", None, "rule"),
        (PILOTS, None, "prediction"),
    ],
)
def test_what_kind_a_condition_is(text: str, act: Act | None, kind: str) -> None:
    doc = parse_of(text, "conditions")
    statement = make_statement(doc, doc.text, act=act) if act else None
    assert [kind_of(parts, statement) for parts in find_parts(doc)] == [kind]


def test_a_phrase_that_means_nothing_else_needs_no_model() -> None:
    doc = parse_of(PILOTS, "conditions")
    (row,) = extract_conditions(make_draft(doc, cast={"Russia": "russia"}))
    assert row.connective == (span_in(doc, "in exchange for"),)
    assert (row.score, row.by_id, row.statement_id) == (None, None, None)


def test_a_single_word_needs_the_model() -> None:
    assert extract_conditions(make_draft(parse_of(RETURNS, "conditions"), cast={"Iran": "i"})) == ()


def test_a_condition_mentions_somebody_or_is_somebodys() -> None:
    doc = parse_of(PILOTS, "conditions")
    assert extract_conditions(make_draft(doc)) == ()
    said = make_statement(doc, "Russia freed the pilots in exchange for two generals", speaker="a")
    (row,) = extract_conditions(make_draft(doc, statements=[said]))
    assert (row.by_id, row.statement_id) == ("a", said.statement_id)


def test_a_condition_with_the_models_connective() -> None:
    doc = parse_of(RETURNS, "conditions")
    draft = make_draft(
        doc,
        cast={"Iran": "iran", "West": "west"},
        reading=reading_of(doc.text, marks={"condition": {6: 1}}),
    )
    (row,) = extract_conditions(draft)
    assert row.if_ == (span_in(doc, "the West lifts its sanctions"),)
    assert row.then == (span_in(doc, "Iran will return to the talks"),)
    assert row.on_id == "west"  # who would have to act
    assert row.score is not None
    assert row.score > 0.9
    assert row.extractor == "test/1"
