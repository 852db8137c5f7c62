"""Which date an event, a statement or a figure is given."""

from collections.abc import Callable

import pytest

from onrecord.records import Record

RecordOf = Callable[[str], Record]


@pytest.mark.parametrize(
    ("text", "trigger", "date"),
    [
        ("Russian troops shelled Kharkiv on Monday.", "shelled", "2022-03-07"),
        ("Ukraine condemned Monday’s attack on Kharkiv.", "attack", "2022-03-07"),
        ("On Friday Ukraine condemned the attack on Kharkiv by Russia.", "attack", None),
        ("Russia and Ukraine held talks in Istanbul on Tuesday.", "talks", "2022-03-08"),
        ("On Monday the army shelled Kharkiv and attacked Kyiv.", "attacked", "2022-03-07"),
        ("Russian troops began shelling Kharkiv on Monday.", "shelling", "2022-03-07"),
        ("Russian troops shelled Kharkiv before Monday.", "shelled", None),
        (
            "Russian troops shelled the city of Kharkiv two days after 1 March 2022.",
            "shelled",
            "2022-03-03",
        ),
        ("Police arrested a man in Moscow who fled Ukraine in 2014.", "arrested", None),
        (
            "Russian troops attacked Kharkiv from 24 February to 7 March.",
            "attacked",
            "2022-02-24/2022-03-07",
        ),
    ],
)
def test_events_have_the_date_of_their_own_clause(
    record_of: RecordOf, text: str, trigger: str, date: str | None
) -> None:
    record = record_of(text)
    found = {record.article.cut(row.trigger[0]): row for row in record.events}
    assert found[trigger].date == date


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("Peskov said on Monday that the talks would go on.", "2022-03-07"),
        ("On Monday Peskov said that the talks would go on.", "2022-03-07"),
        ("Peskov told reporters in Moscow on Monday that the talks would go on.", "2022-03-07"),
        ("“The talks will go on,” Peskov said late on Monday.", "2022-03-07"),
        ("Peskov said that the talks would go on on Monday.", None),
        ("Peskov said in a report on the 2014 annexation that the talks would go on.", None),
        ("Peskov, who was appointed in 2012, said that the talks would go on.", None),
    ],
)
def test_statements_have_the_date_of_their_cue(
    record_of: RecordOf, text: str, date: str | None
) -> None:
    (row, *_) = record_of(text).statements
    assert (row.said_on.value if row.said_on else None) == date


@pytest.mark.parametrize(
    ("text", "standing"),
    [
        ("As of Monday, 200 people had been killed.", "2022-03-07"),
        ("By Monday, 200 people had been killed.", "2022-03-07"),
        ("More than 6,000 people have been killed since 2014.", "2014/2022-03-11"),
        ("On Monday 200 people were killed.", None),
        ("The army will free 200 people by Monday.", None),
    ],
)
def test_figures_stand_as_of_the_date_the_text_gives(
    record_of: RecordOf, text: str, standing: str | None
) -> None:
    figures = record_of(text).figures
    assert [row.as_of for row in figures] == [standing] * len(figures)
    assert figures


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("“The talks begin today,” Peskov said on Monday.", "2022-03-07"),
        ("On Monday Peskov said: “The army attacked us yesterday.”", "2022-03-06"),
        ("“The talks will begin tomorrow,” Peskov said on Friday.", "2022-03-12"),
        ("“The talks begin today,” Peskov said.", "2022-03-11"),
        ("Peskov said on Monday that the talks would begin today.", "2022-03-11"),
    ],
)
def test_today_in_a_quotation_is_the_day_it_was_said(
    record_of: RecordOf, text: str, value: str
) -> None:
    record = record_of(text)
    words = {"today", "yesterday", "tomorrow"}
    (day,) = (one for one in record.times if record.article.cut(one.span) in words)
    assert day.value == value
    if value < "2022-03-11" and "Monday" in text:
        (monday,) = (one for one in record.times if record.article.cut(one.span) == "Monday")
        assert day.anchor == monday.time_id
