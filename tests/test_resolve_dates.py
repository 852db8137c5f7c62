"""Dates: which words are dates, what day they mean, and what that was read against."""

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from factories import make_article
from onrecord.annotate import annotate
from onrecord.language.calendar import period_from_iso
from onrecord.pipeline import Tools
from onrecord.records import TimeExpression
from onrecord.resolve.dates import resolve_times

FRIDAY = "2022-03-11"  # when the articles here are published
LATER = "2026-03-11"


def times_of(tools: Tools, text: str, published: str | None) -> tuple[TimeExpression, ...]:
    article = make_article(text, published=published, published_from="given" if published else None)
    return resolve_times(article, annotate(text, tools.onepass.read(text), tools.nlp))


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
        ("2014 and 2015", "2014/2015"),
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
        ("It began on May 20.", "May 20", "2021-05-20"),
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


def test_the_weekday_of_publication_is_that_day_in_any_tense(tools: Tools) -> None:
    for text in ("They met on Friday.", "They will meet on Friday."):
        assert read(tools, text) == [("Friday", FRIDAY, "published")]


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
    for published in (LATER, None):
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


def test_dates_come_in_text_order(tools: Tools) -> None:
    text = "On Sunday 6 March 2022, two years after 2020, they met; on Monday they left."
    times = times_of(tools, text, FRIDAY)
    assert [text[time.span.start : time.span.end] for time in times] == [
        "Sunday 6 March 2022",
        "two years after 2020",
        "2020",
        "Monday",
    ]


WORDS = (
    "the last next past two 31 30 2022 2,014 1999 9999 day days week month years ago later earlier "
    "that May March 29 February Feb. Monday today will on in 500 of same following 1990s - / , to "
    "and between end eve before after weekend summer decades century half quarter first Easter "
    "0001 999 had was overnight coming this through 2014-15 9/11 31/12/1999 one night previous"
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
        assert time.value is None or period_from_iso(time.value) is not None
        if time.anchor == "published":
            assert published is not None
    for one, other in pairwise(times):
        assert one.span.start <= other.span.start
        assert one.span.end <= other.span.start or one.span.contains(other.span)


# Ranges, and dates made of others


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "It ran from July 2003 to December 2004.",
            [
                ("July 2003 to December 2004", "2003-07/2004-12", None),
                ("July 2003", "2003-07", None),
                ("December 2004", "2004-12", None),
            ],
        ),
        (
            "It is to run from January 23 through March 12.",
            [
                ("January 23 through March 12", "2022-01-23/2022-03-12", "published"),
                ("January 23", "2022-01-23", "published"),
                ("March 12", "2022-03-12", "published"),
            ],
        ),
        (
            "It began two days after Monday.",
            [
                ("two days after Monday", "2022-03-09", "Monday"),
                ("Monday", "2022-03-07", "published"),
            ],
        ),
        ("It rained in 1939 and 1945.", [("1939", "1939", None), ("1945", "1945", None)]),
        (
            "They moved the vote from March 2022 to May 2022.",
            [("March 2022", "2022-03", None), ("May 2022", "2022-05", None)],
        ),
        ("It ran from 2014 to 2011.", [("2014", "2014", None), ("2011", "2011", None)]),
        (
            "It rained on 7 and 9 March.",
            [("7", "2022-03-07", "published"), ("9 March", "2022-03-09", "published")],
        ),
        ("It ended at the end of March 2021.", [("the end of March 2021", "2021-03", None)]),
    ],
)
def test_dates_made_of_others_come_before_them(
    tools: Tools, text: str, expected: list[tuple[str, str | None, str | None]]
) -> None:
    assert read(tools, text) == expected


# Tense


@pytest.mark.parametrize(
    "text",
    [
        "They would meet on Monday, he said.",
        "The rebels must leave by Monday.",
        "They could vote on Monday.",
        "They agreed to meet on Monday.",
        "He told the rebels to leave by Monday.",
        "Ministers are to meet on Monday.",
        "The talks begin on Monday.",
        "Ahead of the Monday summit he resigned.",
        "The trial was adjourned until Monday.",
        "They passed a law to keep it open until Monday.",
        "He will attend Monday’s summit.",
        "They plan to meet and vote on Monday.",
        "The talks to be held on Monday may fail.",
        "Officials expected the town to fall on Monday.",
        "The talks were put on hold until at least Monday.",
    ],
)
def test_what_is_planned_lies_ahead(tools: Tools, text: str) -> None:
    assert [value for words, value, _ in read(tools, text) if "Monday" in words] == ["2022-03-14"]


@pytest.mark.parametrize(
    ("text", "words", "value"),
    [
        ("The talks, initially set for 8 March, failed.", "8 March", "2022-03-08"),
        (
            "They will go back to the lines of before, held since 24 February.",
            "24 February",
            "2022-02-24",
        ),
        ("He will mark it on 9 March.", "9 March", "2022-03-09"),
        ("The town is ready for 9 May.", "9 May", "2022-05-09"),
        ("No rain in April.", "April", "2022-04"),
        ("No rain in August.", "August", "2021-08"),
    ],
)
def test_the_nearer_side_of_now_is_likelier(
    tools: Tools, text: str, words: str, value: str
) -> None:
    assert read(tools, text) == [(words, value, "published")]


@pytest.mark.parametrize(
    "text",
    [
        "He will discuss Monday’s attack.",
        "They would have met on Monday.",
        "The party was set up on Monday.",
        "They waited until Monday.",
        "The group was formed on Monday to fight crime.",
    ],
)
def test_what_is_past_does_not(tools: Tools, text: str) -> None:
    assert [value for words, value, _ in read(tools, text) if "Monday" in words] == ["2022-03-07"]


# Anchors in the text


def test_a_background_told_in_the_past_perfect_does_not_move_the_story_on(tools: Tools) -> None:
    text = "They met in 2015. The group had been founded in 2012. Over the next two years it grew."
    assert read(tools, text)[-1] == ("the next two years", "2015/2017", "2015")


def test_a_past_clause_tells_of_no_time_after_publication(tools: Tools) -> None:
    text = "It began in 2018. It grew in 2021. Three years later it ended."
    assert read(tools, text)[-1] == ("Three years later", "2021", "2018")


def test_the_day_is_told_from_the_last_date_known_to_the_day(tools: Tools) -> None:
    text = "It began on 3 March 2014, after a decree of 2011. Two days later it ended."
    assert read(tools, text)[-1] == ("Two days later", "2014-03-05", "3 March 2014")


def test_a_date_far_back_in_the_text_anchors_nothing(tools: Tools) -> None:
    text = (
        "It began on 3 March 2014. "
        + "Nobody knew why it was so. " * 80
        + "Two days later it ended."
    )
    assert read(tools, text)[-1] == ("Two days later", None, None)


@pytest.mark.parametrize(
    ("text", "words", "value"),
    [
        ("The day before, it rained.", "The day before", "2022-02-23"),
        ("A day earlier it rained.", "A day earlier", "2022-02-23"),
        ("The night before, it rained.", "The night before", "2022-02-23"),
        ("The following Monday it ended.", "The following Monday", "2022-02-28"),
        ("The previous Friday it rained.", "The previous Friday", "2022-02-18"),
        ("The previous August it rained.", "The previous August", "2021-08"),
        ("That Friday it ended.", "That Friday", "2022-02-25"),
        ("That summer it ended.", "That summer", "2022-06/2022-08"),
        ("That week it ended.", "That week", "2022-02-21/2022-02-27"),
        ("That weekend it ended.", "That weekend", "2022-02-26/2022-02-27"),
        ("The following weekend it ended.", "The following weekend", "2022-02-26/2022-02-27"),
        ("Later in the day it ended.", "Later in the day", "2022-02-24"),
        ("It ended in May that year.", "May that year", "2022-05"),
        ("It ended in May the following year.", "May the following year", "2023-05"),
        ("A decade later it ended.", "A decade later", "2032"),
        ("A decade earlier it had begun.", "A decade earlier", "2012"),
        ("Over the next two years it grew.", "the next two years", "2022-02/2024-02"),
        ("In the previous two years it grew.", "the previous two years", "2020-02/2022-02"),
        ("One August morning it ended.", "One August morning", "2022-08"),
        ("By the end of the year it had ended.", "the end of the year", "2022-12-31"),
    ],
)
def test_more_dates_told_from_an_earlier_date(
    tools: Tools, text: str, words: str, value: str
) -> None:
    got = read(tools, f"It began on 24 February 2022. {text}", None)[1:]
    assert got == [(words, value, "24 February 2022")]


def test_later_is_no_date_where_it_compares(tools: Tools) -> None:
    text = "It began on 24 February 2022, three months earlier than expected."
    assert read(tools, text) == [("24 February 2022", "2022-02-24", None)]
