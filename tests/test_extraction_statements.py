"""Where, when and to whom something was said."""

from collections.abc import Callable

import pytest

from onrecord.records import Record, Statement

RecordOf = Callable[[str], Record]


def only(record: Record) -> Statement:
    (statement,) = record.statements
    return statement


@pytest.mark.parametrize(
    ("text", "day", "place"),
    [
        ("Putin said on Friday in Moscow that the road was open.", "2022-03-11", "Moscow"),
        ("“The road is open,” Putin said in Moscow on Thursday.", "2022-03-10", "Moscow"),
        ("Putin said that the road had been open on Thursday.", None, None),
    ],
)
def test_a_statement_has_the_day_and_place_of_its_saying(
    record_of: RecordOf, text: str, day: str | None, place: str | None
) -> None:
    statement = only(record_of(text))
    assert (statement.said_on.value if statement.said_on else None) == day
    assert (statement.said_at.name if statement.said_at else None) == place


def test_the_day_of_a_statement_is_a_time_of_the_record(record_of: RecordOf) -> None:
    record = record_of("Putin said on Friday that the road was open.")
    said_on = only(record).said_on
    assert said_on is not None
    assert said_on in record.times
    assert record.article.cut(said_on.span) == "Friday"


def test_the_occasion_is_kept_in_the_texts_words(record_of: RecordOf) -> None:
    record = record_of("At a meeting in Moscow, Lavrov said that Russia would stay.")
    statement = only(record)
    assert [record.article.cut(span) for span in statement.occasion] == ["a meeting in Moscow"]
    assert only(record_of("Lavrov said that Russia would stay.")).occasion == ()


@pytest.mark.parametrize(
    ("text", "addressee"),
    [
        ("Zelensky told reporters that the army would stay.", "reporters"),
        ("“The army will stay,” Zelensky told reporters.", "reporters"),
        ("France urged Iran to stay at the table.", "Iran"),
        ("Turkey accused Greece of lying.", "Greece"),
        ("Greece was accused of lying by Turkey.", "Greece"),
        ("Zelensky said that reporters would stay.", None),
    ],
)
def test_whom_a_statement_is_made_to(record_of: RecordOf, text: str, addressee: str | None) -> None:
    record = record_of(text)
    actor = record.actor(only(record).addressee_id)
    assert (actor.name if actor else None) == addressee


def test_statements_stand_in_text_order_with_ids_of_their_words(record_of: RecordOf) -> None:
    text = "Iran said that it rained. Iraq said that it snowed. Syria said that it thawed."
    record = record_of(text)
    starts = [statement.content[0].start for statement in record.statements]
    assert starts == sorted(starts)
    again = record_of(text)
    assert [one.statement_id for one in again.statements] == [
        one.statement_id for one in record.statements
    ]
    longer = record_of("It rained. " + text)
    assert not {one.statement_id for one in record.statements} & {
        one.statement_id for one in longer.statements
    }
