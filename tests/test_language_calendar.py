"""Dates known to a day, a month or a year, and arithmetic on them."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.language.calendar import (
    MONTHS,
    Moment,
    Period,
    easter,
    from_iso,
    month_number,
    nearest_day,
    nearest_month,
    period_from_iso,
    shift_months,
    shift_years,
    week,
    weekday,
    weekday_number,
)

DATES = st.dates(date(1900, 1, 1), date(2100, 1, 1))


@given(DATES, st.integers(0, 6))
def test_the_nearest_weekday_is_within_a_week(anchor: date, number: int) -> None:
    behind = weekday(anchor, number, ahead=False)
    ahead = weekday(anchor, number, ahead=True)
    assert timedelta(0) <= anchor - behind < timedelta(7)
    assert timedelta(0) <= ahead - anchor < timedelta(7)
    assert behind.weekday() == ahead.weekday() == number


@given(DATES, st.integers(-60, 60))
def test_months_shift_by_the_calendar(anchor: date, months: int) -> None:
    there = shift_months(Moment(anchor.year, anchor.month, anchor.day), months)
    assert (there.precision, there.day) == ("month", None)
    assert there.month is not None
    assert there.year * 12 + there.month == anchor.year * 12 + anchor.month + months


@given(DATES)
def test_easter_is_a_sunday_in_spring(day: date) -> None:
    found = easter(day.year)
    assert found.weekday() == weekday_number("Sunday")
    assert date(day.year, 3, 22) <= found <= date(day.year, 4, 25)


@pytest.mark.parametrize("iso", ["2000-04-23", "2014-04-20", "2019-04-21", "2024-03-31"])
def test_easter_of_known_years(iso: str) -> None:
    assert easter(int(iso[:4])).isoformat() == iso


def test_a_week_runs_from_monday_to_sunday() -> None:
    assert week(date(2022, 1, 1)).iso == "2021-12-27/2022-01-02"
    assert week(date(2022, 1, 1), 1).iso == "2022-01-03/2022-01-09"


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
    ("month", "day", "ahead", "expected"),
    [
        (3, 11, False, "2022-03-11"),
        (3, 12, False, "2021-03-12"),
        (3, 11, True, "2022-03-11"),
        (3, 10, True, "2023-03-10"),
    ],
)
def test_the_nearest_day(month: int, day: int, ahead: bool, expected: str) -> None:
    found = nearest_day(date(2022, 3, 11), month, day, ahead=ahead)
    assert found is not None
    assert found.iso == expected


def test_a_year_without_that_day_has_none() -> None:
    assert nearest_day(date(2023, 3, 11), 2, 29, ahead=False) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2022", Moment(2022)),
        ("2022-03", Moment(2022, 3)),
        ("2022-03-11", Moment(2022, 3, 11)),
        ("2022-03-11T10:00:00Z", Moment(2022, 3, 11)),
        ("2022/2023", None),
        ("2022-13", None),
        ("2022-00", None),
        ("2022-02-30", None),
        ("2022-1-1-1", None),
        ("²⁰²²", None),
        ("March", None),
        ("", None),
    ],
)
def test_moments_of_iso_dates(text: str, expected: Moment | None) -> None:
    assert from_iso(text) == expected


@pytest.mark.parametrize("iso", ["2022", "2022-03-10", "2022-03-07/2022-03-13", "2014/2016-03"])
def test_periods_of_iso_dates_and_intervals(iso: str) -> None:
    found = period_from_iso(iso)
    assert found is not None
    assert found.iso == iso
    assert (found.single is None) == ("/" in iso)


@pytest.mark.parametrize("text", ["2022-03-13/2022-03-07", "2022/March", "never"])
def test_what_is_no_interval_is_no_period(text: str) -> None:
    assert period_from_iso(text) is None


def test_a_period_ends_after_it_starts() -> None:
    with pytest.raises(ValueError, match="2022-03 is after 2021"):
        Period(Moment(2022, 3), Moment(2021))


def test_the_days_a_month_may_mean() -> None:
    assert Moment(2024, 2).as_date == date(2024, 2, 1)
    assert Moment(2024, 2).last_day == date(2024, 2, 29)
    assert Moment(2024).last_day == date(2024, 12, 31)


def test_a_moment_can_be_known_less_well_but_not_better() -> None:
    assert Moment(2022, 3, 11).cut("month") == Moment(2022, 3)
    assert Moment(2022, 3, 11).cut("year") == Moment(2022)
    assert Moment(2022, 3).cut("day") is None


def test_there_is_no_year_beyond_the_calendar() -> None:
    for years in (-2022, 9000):
        with pytest.raises(OverflowError):
            shift_years(Moment(2022), years)


def test_months_go_by_their_names_and_abbreviations() -> None:
    for number, name in enumerate(MONTHS, 1):
        assert [month_number(one) for one in (name, name.title(), name[:3] + ".")] == [number] * 3
    assert month_number("Sept.") == 9
    with pytest.raises(ValueError, match="not in "):
        month_number("Smarch")


def test_a_weekday_goes_by_its_name() -> None:
    assert [weekday_number(name) for name in ("Monday", "SUNDAY")] == [0, 6]
    with pytest.raises(ValueError, match="not in "):
        weekday_number("Day")
