"""Quantities and numbers as text alone has them: values, bounds, units and how far they reach."""

import pytest

from onrecord.extraction.figures.numerals import least_of, scale_of, value_of
from onrecord.extraction.figures.quantities import Quantity, find_quantities


def only(text: str) -> Quantity:
    (quantity,) = find_quantities(text)
    return quantity


@pytest.mark.parametrize(
    ("words", "low", "high", "approx"),
    [
        ("40", 40, 40, False),
        ("more than 40", 40, None, False),
        ("at least 40", 40, None, False),
        ("40 or more", 40, None, False),
        ("40-plus", 40, None, False),
        ("no fewer than 40", 40, None, False),
        ("up to 40", None, 40, False),
        ("fewer than 40", None, 40, False),
        ("40 or fewer", None, 40, False),
        ("40 or less", None, 40, False),
        ("no more than 40", None, 40, False),
        ("about 40", 40, 40, True),
        ("40 or so", 40, 40, True),
        ("40-odd", 40, 40, True),
        ("dozens", 24, None, False),
        ("up to hundreds", 200, None, False),  # how many at most is not told
        ("several million", 2e6, None, False),
        # ranges
        ("30 to 35", 30, 35, False),
        ("30 or 35", 30, 35, False),
        ("between 30 and 35", 30, 35, False),
        ("between 2 million and 3 million", 2e6, 3e6, False),
        ("2 to 3 million", 2e6, 3e6, False),
        ("2 million to 3 million", 2e6, 3e6, False),
        ("between 35 and 30", 35, 35, False),  # nonsense keeps what it says first
        # alternatives have the scale of the last
        ("three, four, 500", 300, 500, False),
        ("two, three thousand", 2000, 3000, False),
        ("six, 500", 500, 500, False),  # they do not lead up to it
    ],
)
def test_what_bounds_a_number(
    words: str, low: float | None, high: float | None, approx: bool
) -> None:
    quantity = only(f"They counted {words} cars.")
    assert (quantity.low, quantity.high, quantity.approx) == (low, high, approx)


@pytest.mark.parametrize(
    ("text", "words", "unit"),
    [
        ("They counted more than 40 cars.", "more than 40", None),
        ("They counted just 40 cars.", "40", None),
        ("They counted another 40 cars.", "another 40", None),
        ("They counted between 30 and 35 cars.", "between 30 and 35", None),
        ("It rose by 40%.", "40%", "%"),
        ("It rose by 40 per cent.", "40 per cent", "%"),
        ("It cost $5 million.", "$5 million", "USD"),
        ("It cost €5.", "€5", "EUR"),
        ("It cost 5 million dollars.", "5 million dollars", "USD"),
        ("It cost about 5 Canadian dollars.", "about 5 Canadian dollars", "CAD"),
        ("They handed over 5 soldiers.", "5", None),
        ("They lost over 5 soldiers.", "over 5", None),
    ],
)
def test_how_far_a_quantity_reaches_and_its_unit(text: str, words: str, unit: str | None) -> None:
    quantity = only(text)
    assert text[quantity.span.start : quantity.span.end] == words
    assert quantity.unit == unit


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("One in five homes burned.", []),
        ("Three out of four homes burned.", []),
        ("Two in every three homes burned.", []),
        ("They killed two in five attacks.", [2, 5]),
        ("Five in three homes burned.", [5, 3]),  # no share is more than all
        ("They won 3-1.", []),
        ("It rose from 12 to 15 cars.", [12, 15]),
        ("It fell from $12 to $10.", [12, 10]),
        ("It lasted from 12 to 15 days.", [12]),  # a range
        ("They sold 3 cars and 20 ships.", [3, 20]),
    ],
)
def test_shares_scores_and_changes(text: str, values: list[float]) -> None:
    assert [quantity.low for quantity in find_quantities(text)] == values


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("1,300", 1300),
        ("1.300", 1300),
        ("1.300.000", 1300000),
        ("1.300,50", 1300.5),
        ("1.3", 1.3),
        ("12,5", 12.5),
        ("1 300 000", 1300000),
        ("1'300", 1300),
        ("3m", 3e6),
        ("1.5 bn", 1.5e9),
        ("2k", 2000),
        ("twenty-one", 21),
        ("a hundred and five", 105),
        ("two thousand three hundred", 2300),
        ("half a million", 5e5),
        ("a million and a half", 1.5e6),
        ("three-quarters of a million", 7.5e5),
        ("two and a half million", 2.5e6),
        ("a dozen", 12),
        ("two dozen", 24),
        ("3 1/2", 3.5),
        ("3½", 3.5),
        ("one lakh crore", 1e12),
        ("0", None),
    ],
)
def test_what_a_number_is(words: str, value: float | None) -> None:
    assert value_of(words) == value


@pytest.mark.parametrize(
    ("words", "scale"),
    [("3 million", 1e6), ("3m", 1e6), ("3 bn", 1e9), ("300", None), ("dozen", 12)],
)
def test_the_scale_a_number_ends_in(words: str, scale: float | None) -> None:
    assert scale_of(words) == scale


@pytest.mark.parametrize(
    ("words", "least"),
    [
        ("tens", 20),
        ("dozens", 24),
        ("scores", 40),
        ("hundreds", 200),
        ("tens of thousands", 20000),
        ("hundreds of millions", 2e8),
        ("hundreds and hundreds", 200),
        ("several dozen", 24),
        ("a few thousand", 2000),
    ],
)
def test_the_least_that_vague_words_mean(words: str, least: float) -> None:
    assert least_of(words) == least
