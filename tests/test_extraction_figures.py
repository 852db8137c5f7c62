"""Figures: what is counted and within what bounds."""

from collections.abc import Callable

import pytest

from onrecord.extraction.figures.quantities import find_quantities
from onrecord.records import Figure, Record

RecordOf = Callable[[str], Record]


def only(record: Record) -> Figure:
    (figure,) = record.figures
    return figure


@pytest.mark.parametrize(
    ("words", "low", "high", "approx"),
    [
        ("40", 40, 40, False),
        ("Twelve", 12, 12, False),
        ("Twenty-one", 21, 21, False),
        ("A dozen", 12, 12, False),
        ("1,300", 1300, 1300, False),
        ("Three thousand", 3000, 3000, False),
        ("2.5 million", 2.5e6, 2.5e6, False),
        ("Half a million", 5e5, 5e5, False),
        ("More than 40", 40, None, False),
        ("At least 12", 12, None, False),
        ("Over 2 million", 2e6, None, False),
        ("No fewer than 12", 12, None, False),
        ("Up to 40", None, 40, False),
        ("As many as 300", None, 300, False),
        ("Fewer than 20", None, 20, False),
        ("No more than 20", None, 20, False),
        ("About 500", 500, 500, True),
        ("Some 400", 400, 400, True),
        ("Nearly 100", 100, 100, True),
        ("Between 30 and 35", 30, 35, False),
        ("From 30 to 35", 30, 35, False),
        ("30 to 35", 30, 35, False),
        ("30-35", 30, 35, False),
        ("2 to 3 million", 2e6, 3e6, False),
        ("Dozens of", 24, None, False),
        ("Scores of", 40, None, False),
        ("Hundreds of", 200, None, False),
        ("Thousands of", 2000, None, False),
        ("Tens of thousands of", 2e4, None, False),
        ("Several hundred", 200, None, False),
    ],
)
def test_bounds(
    record_of: RecordOf, words: str, low: float | None, high: float | None, approx: bool
) -> None:
    record = record_of(f"{words} people were killed in Kharkiv.")
    figure = only(record)
    assert (figure.low, figure.high, figure.approx) == (low, high, approx)
    assert record.article.cut(figure.span) == f"{words} people"
    assert (figure.measure, figure.unit) == ("killed", "people")


@pytest.mark.parametrize(
    ("text", "measure", "words"),
    [
        ("12 civilians have died.", "killed", "12 civilians"),
        ("Russian forces shelled Kharkiv, killing 12 civilians.", "killed", "12 civilians"),
        ("The blast left 12 dead.", "killed", "12"),
        ("As many as 300 people were wounded.", "wounded", "As many as 300 people"),
        ("The blast injured 30.", "wounded", "30"),
        ("Twenty-one people are missing.", "missing", "Twenty-one people"),
        ("Police detained 45 protesters.", "detained", "45 protesters"),
        ("Half a million people were displaced.", "displaced", "Half a million people"),
        ("Thousands of people fled the city.", "displaced", "Thousands of people"),
        ("Some 1.5 million refugees crossed.", "refugees", "Some 1.5 million refugees"),
        ("The rebels hold 12 hostages.", "hostages", "12 hostages"),
        ("Gunmen abducted 276 girls.", "abducted", "276 girls"),
        ("Russia sent 5,000 troops to Syria.", "troops", "5,000 troops"),
        ("The group has 300 fighters.", "fighters", "300 fighters"),
        ("Nearly 100 people are trapped.", "trapped", "Nearly 100 people"),
        ("Three thousand people were evacuated.", "evacuated", "Three thousand people"),
        ("A court sentenced 12 men to death.", "sentenced", "12 men"),
        ("200 foreigners joined the group.", "joined", "200 foreigners"),
        ("12 children live there.", "children", "12 children"),
        ("50 villagers live there.", "other", "50 villagers"),
    ],
)
def test_measures(record_of: RecordOf, text: str, measure: str, words: str) -> None:
    record = record_of(text)
    figure = only(record)
    assert (figure.measure, record.article.cut(figure.span)) == (measure, words)


@pytest.mark.parametrize(
    ("text", "words", "low", "high", "unit"),
    [
        ("The United States gave $10bn in aid.", "$10bn", 1e10, 1e10, "USD"),
        ("Britain spent £7.6bn on weapons.", "£7.6bn", 7.6e9, 7.6e9, "GBP"),
        ("Britain spent $2 to $3 billion on it.", "$2 to $3 billion", 2e9, 3e9, "USD"),
        ("Five million euros were paid.", "Five million euros", 5e6, 5e6, "EUR"),
        ("More than $400 was paid.", "More than $400", 400, None, "USD"),
        ("Prices rose by 12 per cent.", "12 per cent", 12, 12, "%"),
        ("Prices rose 12.5%.", "12.5%", 12.5, 12.5, "%"),
    ],
)
def test_money_and_shares(
    record_of: RecordOf, text: str, words: str, low: float, high: float | None, unit: str
) -> None:
    record = record_of(text)
    figure = only(record)
    assert record.article.cut(figure.span) == words
    assert (figure.low, figure.high, figure.unit) == (low, high, unit)
    assert figure.measure == ("percent" if unit == "%" else "money")
    assert figure.whom is None


@pytest.mark.parametrize(
    "text",
    [
        "The war began on 24 February 2022.",
        "In 1991 the Soviet Union collapsed.",
        "He was 45 years old.",
        "The 45-year-old man lives in Kyiv.",
        "The town is 12 kilometres from Kyiv.",
        "The deal runs for 120 days.",
        "The meeting began at 10:30 on Friday.",
        "Resolution 2254 was adopted.",
        "One of them was there.",
    ],
)
def test_dates_ages_distances_and_numbers_of_things_are_no_figures(
    record_of: RecordOf, text: str
) -> None:
    assert record_of(text).figures == ()


def test_two_figures_of_one_sentence(record_of: RecordOf) -> None:
    record = record_of("Twelve people were killed and 34 wounded.")
    assert [(one.measure, one.low) for one in record.figures] == [("killed", 12), ("wounded", 34)]


def test_a_figure_says_who_is_counted_where_by_whose_deed_and_on_whose_word(
    record_of: RecordOf,
) -> None:
    record = record_of("Zelensky said that Russian troops had killed 12 young civilians in Kyiv.")
    figure = only(record)
    assert figure.whom is not None
    assert record.article.cut(figure.whom) == "young civilians"
    assert figure.place is not None
    assert figure.place.name == "Kyiv"
    cause, said = record.actor(figure.cause_id), record.statement(figure.statement_id)
    assert cause is not None
    assert cause.name == "Russian troops"
    assert said in record.statements
    (told,) = record_of("Twelve people were killed.").figures
    assert (told.statement_id, told.cause_id, told.place) == (None, None, None)


def test_quantities_keep_their_bounding_words() -> None:
    (quantity,) = find_quantities("in all, an estimated 300 came")
    text = "in all, an estimated 300 came"
    assert text[quantity.span.start : quantity.span.end] == "an estimated 300"
    assert text[quantity.number.start : quantity.number.end] == "300"
    assert [one.low for one in find_quantities("1,300 and 1.5m, but not x12 or 3x")] == [
        1300,
        1.5e6,
    ]


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("two hundred and fifty", 250),
        ("a hundred and twenty", 120),
        ("three thousand, two hundred and five", 3205),
        ("two million three hundred thousand", 2_300_000),
        ("twenty-one", 21),
        ("half a million", 500_000),
        ("4.1 million", 4_100_000),
    ],
)
def test_numbers_in_words_are_read_whole(words: str, value: float) -> None:
    text = f"The flood displaced {words} people."
    (quantity,) = find_quantities(text)
    assert (quantity.low, quantity.high) == (value, value)
    assert text[quantity.number.start : quantity.number.end] == words


def test_two_quantities_are_not_a_range() -> None:
    found = [(one.low, one.high) for one in find_quantities("It took 150,000 troops and 20 ships.")]
    assert found == [(150_000, 150_000), (20, 20)]
