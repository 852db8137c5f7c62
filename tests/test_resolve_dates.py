"""Dates: which words are dates, what day they mean, and what that was read against."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from factories import make_article
from onrecord.annotate import parse
from onrecord.pipeline import Tools
from onrecord.records import TimeExpression
from onrecord.resolve.dates import resolve_times
from onrecord.resolve.dates.calendar import Moment, from_iso, nearest_month, shifted, week, weekday

FRIDAY = "2022-03-11"  # when the articles here are published


def times_of(tools: Tools, text: str, published: str | None) -> tuple[TimeExpression, ...]:
    article = make_article(text, published=published, published_from="given" if published else None)
    return resolve_times(article, parse(text, tools.nlp))


def read(
    tools: Tools, text: str, published: str | None = FRIDAY
) -> list[tuple[str, str | None, str | None]]:
    """Each date's words, value and anchor; an earlier date as anchor is given by its words."""
    times = times_of(tools, text, published)
    words = {time.time_id: text[time.span.start : time.span.end] for time in times}
    return [
        (words[time.time_id], time.value, words.get(time.anchor or "", time.anchor))
        for time in times
    ]


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("24 February 2022", "2022-02-24"),
        ("24th February 2022", "2022-02-24"),
        ("24th of February 2022", "2022-02-24"),
        ("24 February, 2022", "2022-02-24"),
        ("February 24, 2022", "2022-02-24"),
        ("February 24th, 2022", "2022-02-24"),
        ("Feb. 24, 2022", "2022-02-24"),
        ("1 Sept 2014", "2014-09-01"),
        ("2022-02-24", "2022-02-24"),
        ("February 2022", "2022-02"),
        ("late February 2022", "2022-02"),
        ("February of 2022", "2022-02"),
        ("2014", "2014"),
        ("mid-2014", "2014"),
        ("1980-88", "1980/1988"),
        ("1939–1945", "1939/1945"),
        ("1992 to 1995", "1992/1995"),
        ("1939 and 1945", "1939/1945"),
        ("the 1990s", "1990/1999"),
        ("the early 1990s", "1990/1999"),
        ("31 February 2022", None),
    ],
)
def test_dates_that_stand_by_themselves(tools: Tools, words: str, value: str | None) -> None:
    for published in (FRIDAY, None):
        assert read(tools, f"It began in {words}.", published) == [(words, value, None)]


@pytest.mark.parametrize(
    ("text", "words", "value"),
    [
        ("It began on March 7.", "March 7", "2022-03-07"),
        ("It began on 7 March.", "7 March", "2022-03-07"),
        ("It began on 11 March.", "11 March", "2022-03-11"),
        ("It began on December 20.", "December 20", "2021-12-20"),
        ("It began on March 20.", "March 20", "2021-03-20"),
        ("They will meet on March 20.", "March 20", "2022-03-20"),
        ("They will meet on 2 January.", "2 January", "2023-01-02"),
        ("It began in March.", "March", "2022-03"),
        ("It began in April.", "April", "2021-04"),
        ("It will begin in April.", "April", "2022-04"),
        ("It began last March.", "last March", "2021-03"),
        ("It began in March last year.", "March last year", "2021-03"),
        ("It began in late January.", "late January", "2022-01"),
        ("They met on Friday.", "Friday", "2022-03-11"),
        ("They met on Monday.", "Monday", "2022-03-07"),
        ("They met on Monday morning.", "Monday morning", "2022-03-07"),
        ("They met on Saturday.", "Saturday", "2022-03-05"),
        ("They met last Monday.", "last Monday", "2022-03-07"),
        ("They met last Friday.", "last Friday", "2022-03-04"),
        ("They meet next Monday.", "next Monday", "2022-03-14"),
        ("They meet next Friday.", "next Friday", "2022-03-18"),
        ("They met today.", "today", "2022-03-11"),
        ("They met this morning.", "this morning", "2022-03-11"),
        ("They met yesterday.", "yesterday", "2022-03-10"),
        ("They met last night.", "last night", "2022-03-10"),
        ("They meet tomorrow.", "tomorrow", "2022-03-12"),
        ("It ended two days ago.", "two days ago", "2022-03-09"),
        ("It ended a couple of days ago.", "a couple of days ago", "2022-03-09"),
        ("It ended a week ago.", "a week ago", "2022-03-04"),
        ("It ended three weeks ago.", "three weeks ago", "2022-02-18"),
        ("It ended six months ago.", "six months ago", "2021-09"),
        ("It ended 10 years ago.", "10 years ago", "2012"),
        ("They met last week.", "last week", "2022-02-28/2022-03-06"),
        ("They meet this week.", "this week", "2022-03-07/2022-03-13"),
        ("They meet next week.", "next week", "2022-03-14/2022-03-20"),
        ("They met last month.", "last month", "2022-02"),
        ("They meet this month.", "this month", "2022-03"),
        ("They meet next month.", "next month", "2022-04"),
        ("They met last year.", "last year", "2021"),
        ("They met this year.", "this year", "2022"),
        ("They vote next year.", "next year", "2023"),
        ("It rose over the past five years.", "the past five years", "2017-03/2022-03"),
        ("It rose in the last three months.", "the last three months", "2021-12/2022-03"),
        ("It rose in the past week.", "the past week", "2022-03-04/2022-03-11"),
        ("It rose in the last week.", "the last week", "2022-03-04/2022-03-11"),
        ("It rose over the past 10 days.", "the past 10 days", "2022-03-01/2022-03-11"),
    ],
)
def test_dates_told_from_the_day_of_publication(
    tools: Tools, text: str, words: str, value: str
) -> None:
    assert read(tools, text) == [(words, value, "published")]
    assert read(tools, text, None) == [(words, None, None)]


@pytest.mark.parametrize(
    "text",
    [
        "They will meet on Monday.",
        "They'll meet on Monday.",
        "They are going to meet on Monday.",
        "The talks are due to resume on Monday.",
        "The vote is due on Monday.",
        "The talks are expected to resume on Monday.",
        "The talks are scheduled for Monday.",
    ],
)
def test_a_weekday_in_the_future_tense_lies_ahead(tools: Tools, text: str) -> None:
    assert read(tools, text) == [("Monday", "2022-03-14", "published")]


@pytest.mark.parametrize(
    "text", ["He set fire to it on Monday.", "They were going to Paris on Monday."]
)
def test_a_plain_past_is_no_plan(tools: Tools, text: str) -> None:
    assert read(tools, text) == [("Monday", "2022-03-07", "published")]


def test_the_same_weekday_ahead_is_a_week_ahead(tools: Tools) -> None:
    assert read(tools, "They will meet on Friday.") == [("Friday", "2022-03-18", "published")]


@pytest.mark.parametrize(
    ("text", "words", "value"),
    [
        ("Two days later it ended.", "Two days later", "2022-02-26"),
        ("Three weeks after that it ended.", "Three weeks after that", "2022-03-17"),
        ("A month later it ended.", "A month later", "2022-03"),
        ("Three years earlier it had ended.", "Three years earlier", "2019"),
        ("The following day it ended.", "The following day", "2022-02-25"),
        ("The next day it ended.", "The next day", "2022-02-25"),
        ("The previous day it ended.", "The previous day", "2022-02-23"),
        ("The next week it ended.", "The next week", "2022-02-28/2022-03-06"),
        ("The following month it ended.", "The following month", "2022-03"),
        ("The next year it ended.", "The next year", "2023"),
        ("That day it ended.", "That day", "2022-02-24"),
        ("Later that month it ended.", "Later that month", "2022-02"),
        ("The same year it ended.", "The same year", "2022"),
    ],
)
def test_dates_told_from_an_earlier_date(tools: Tools, text: str, words: str, value: str) -> None:
    for published in (FRIDAY, None):
        assert read(tools, f"It began on 24 February 2022. {text}", published)[1:] == [
            (words, value, "24 February 2022")
        ]
    assert read(tools, text) == [(words, None, None)]


def test_an_earlier_date_that_is_itself_relative_carries_on(tools: Tools) -> None:
    assert read(tools, "It began on Monday. Two days later it ended.") == [
        ("Monday", "2022-03-07", "published"),
        ("Two days later", "2022-03-09", "Monday"),
    ]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("It began in 2014. Two days later it ended.", None),
        ("It began in 2014. That month it ended.", None),
        ("It began in 2014. Two years later it ended.", "2016"),
        ("It began in May 2014. The following day it ended.", None),
        ("It began in May 2014. Two months later it ended.", "2014-07"),
    ],
)
def test_no_day_is_told_from_a_date_less_precise(
    tools: Tools, text: str, value: str | None
) -> None:
    assert read(tools, text)[1][1] == value


@pytest.mark.parametrize("published", ["2022", "2022-03"])
def test_a_publication_date_without_its_day_anchors_nothing(tools: Tools, published: str) -> None:
    assert read(tools, "They met on Monday.", published) == [("Monday", None, None)]


def test_a_day_that_year_does_not_have_has_no_value(tools: Tools) -> None:
    ((words, value, _),) = read(tools, "It began on 29 February.", "2023-03-11")
    assert (words, value) == ("29 February", None)


@pytest.mark.parametrize(
    "text",
    [
        "She may go home.",
        "May she go home?",
        "Theresa May spoke.",
        "Mrs May's deal failed.",
        "The troops march on Kyiv.",
        "2,000 people died.",
        "2014 soldiers died.",
        "It cost $2014 or 2,014 euros.",
        "It fell by 2020%.",
        "It rose to 2020.5 points.",
        "Flight MH2017 crashed.",
        "It landed at 20:14.",
        "He was jailed for two years.",
        "He set it down in the second week of term.",
        "It happens every day.",
        "It ended an hour ago.",
    ],
)
def test_what_only_looks_like_a_date_is_none(tools: Tools, text: str) -> None:
    assert read(tools, text) == []


@pytest.mark.parametrize("text", ["It rained in May.", "It has rained since May."])
def test_the_month_of_may_is_told_by_its_preposition(tools: Tools, text: str) -> None:
    assert read(tools, text) == [("May", "2021-05", "published")]


def test_dates_come_in_text_order_and_do_not_overlap(tools: Tools) -> None:
    text = "On Sunday 6 March 2022, two years after 2020, they met; on Monday they left."
    times = times_of(tools, text, FRIDAY)
    assert [text[time.span.start : time.span.end] for time in times] == [
        "Sunday",
        "6 March 2022",
        "2020",
        "Monday",
    ]


WORDS = (
    "the last next past two 31 30 2022 2,014 1999 9999 day days week month years ago later earlier "
    "that May March 29 February Feb. Monday today will on in 500 of same following 1990s - / ,"
).split()
SENTENCES = st.lists(st.sampled_from(WORDS), max_size=15).map(" ".join)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    text=st.one_of(SENTENCES, st.text(max_size=40)),
    published=st.one_of(st.none(), st.dates(date(1900, 1, 1), date(2100, 1, 1)).map(str)),
)
def test_any_text_gives_dates_within_it_and_values_that_are_dates(
    tools: Tools, text: str, published: str | None
) -> None:
    times = times_of(tools, text, published)
    known = {time.time_id for time in times} | {"published", None}
    for time in times:
        assert time.span.end <= len(text)
        assert time.anchor in known
        for part in (time.value or "2000").split("/"):
            assert from_iso(part) is not None
        if time.anchor == "published":
            assert published is not None
    assert all(one.span.end <= other.span.start for one, other in pairwise(times))


@given(
    st.dates(date(1900, 1, 1), date(2100, 1, 1)), st.sampled_from(["monday", "Friday", "SUNDAY"])
)
def test_the_nearest_weekday_is_within_a_week(anchor: date, name: str) -> None:
    behind = weekday(anchor, name, ahead=False).as_date
    ahead = weekday(anchor, name, ahead=True).as_date
    assert timedelta(0) <= anchor - behind < timedelta(7)
    assert timedelta(0) < ahead - anchor <= timedelta(7)
    assert behind.strftime("%A").lower() == ahead.strftime("%A").lower() == name.lower()


@given(st.dates(date(1900, 1, 1), date(2100, 1, 1)), st.integers(-60, 60))
def test_months_shift_by_the_calendar(anchor: date, months: int) -> None:
    there = shifted(Moment(anchor.year, anchor.month, anchor.day), months, "month")
    assert there.day is None
    assert there.month is not None
    assert there.year * 12 + there.month == anchor.year * 12 + anchor.month + months


def test_a_week_runs_from_monday_to_sunday() -> None:
    assert week(date(2022, 1, 1), 0) == "2021-12-27/2022-01-02"
    assert week(date(2022, 1, 1), 1) == "2022-01-03/2022-01-09"


@pytest.mark.parametrize(
    ("number", "ahead", "expected"),
    [
        (3, False, "2022-03"),
        (4, False, "2021-04"),
        (3, True, "2022-03"),
        (2, True, "2023-02"),
    ],
)
def test_the_nearest_month(number: int, ahead: bool, expected: str) -> None:
    assert nearest_month(Moment(2022, 3, 11), number, ahead=ahead).iso == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2022", Moment(2022)),
        ("2022-03", Moment(2022, 3)),
        ("2022-03-11", Moment(2022, 3, 11)),
        ("2022-03-11T10:00:00Z", Moment(2022, 3, 11)),
        ("2022/2023", None),
        ("2022-13", None),
        ("2022-02-30", None),
        ("March", None),
        ("", None),
    ],
)
def test_moments_of_iso_dates(text: str, expected: Moment | None) -> None:
    assert from_iso(text) == expected
