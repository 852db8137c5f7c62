import pytest

from onrecord.language.days import Days, days_of


@pytest.mark.parametrize(
    ("value", "first", "last"),
    [
        ("2022", "2022-01-01", "2022-12-31"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("2023-02", "2023-02-01", "2023-02-28"),
        ("2022-03-10", "2022-03-10", "2022-03-10"),
        ("2022-03-10T23:30:00Z", "2022-03-10", "2022-03-10"),
        ("2022-03-07/2022-03-13", "2022-03-07", "2022-03-13"),
        ("2022-03/2022", "2022-03-01", "2022-12-31"),
    ],
)
def test_a_date_of_any_precision_comes_to_days(value: str, first: str, last: str) -> None:
    assert days_of(value) == Days(first, last)


@pytest.mark.parametrize(
    "value",
    [
        None,
        "",
        "soon",
        "2022-13",
        "2022-02-30",
        "2022-00",
        "2022-01-00",
        "0000",
        "2022-3",
        "2023/2022",
        "2022/",
        "/2022",
        "٢٠٢٢",
    ],
)
def test_what_is_no_date_has_no_days(value: str | None) -> None:
    assert days_of(value) is None
