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
        ("The blast left 12 dead.", "killed", "12 dead"),
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


KINDS_OF_NUMERALS: dict[str, list[tuple[str, float]]] = {
    "spaces": [
        ("12 000", 12000),
        ("1\u00a0250\u00a0000", 1250000),
        ("3\u202f400", 3400),
        ("45\u2009300", 45300),
        ("7 100 000", 7100000),
    ],
    "apostrophes": [
        ("45'000", 45000),
        ("1’200", 1200),
        ("12'500", 12500),
        ("2'000'000", 2e6),
        ("9’999", 9999),
    ],
    "points": [
        ("10.000", 10000),
        ("1.250.000", 1250000),
        ("7.500", 7500),
        ("45.300", 45300),
        ("1.250,5", 1250.5),
    ],
    "commas": [
        ("1,5 million", 1.5e6),
        ("2,3 million", 2.3e6),
        ("12,00,000", 1.2e6),
        ("3,25 billion", 3.25e9),
        ("4,50,000", 450000),
    ],
    "halves": [
        ("two and a half million", 2.5e6),
        ("a million and a half", 1.5e6),
        ("2 1/2 million", 2.5e6),
        ("2½ million", 2.5e6),
        ("three quarters of a million", 750000),
    ],
    "dozens": [
        ("half a dozen", 6),
        ("two dozen", 24),
        ("a dozen", 12),
        ("a half-dozen", 6),
        ("five dozen", 60),
    ],
    "scales": [
        ("3 lakh", 3e5),
        ("2 crore", 2e7),
        ("5 lakh crore", 5e12),
        ("40 mln", 4e7),
        ("1.2m", 1.2e6),
    ],
}


@pytest.mark.parametrize(
    ("words", "value"), [case for kind in KINDS_OF_NUMERALS.values() for case in kind]
)
def test_numerals_of_any_style(words: str, value: float) -> None:
    text = f"They counted {words} people there."
    (quantity,) = find_quantities(text)
    assert (quantity.low, quantity.high) == (value, value)
    assert text[quantity.number.start : quantity.number.end] == words


@pytest.mark.parametrize(
    ("words", "low", "high"),
    [
        ("as few as 12", 12, None),
        ("no fewer than 12", 12, None),
        ("well over 300", 300, None),
        ("12 or more", 12, None),
        ("100+", 100, None),
        ("not more than 40", None, 40),
        ("40 or fewer", None, 40),
        ("as many as two dozen", None, 24),
        ("under a hundred", None, 100),
        ("up to 3 lakh", None, 3e5),
        ("some 50-60", 50, 60),
        ("between 1.2m and 1.5m", 1.2e6, 1.5e6),
        ("two, three hundred", 200, 300),
        ("three, four, 500", 300, 500),
        ("12 000–15 000", 12000, 15000),
        ("tens of thousands", 2e4, None),
        ("a couple of dozen", 24, None),
        ("hundreds and hundreds", 200, None),
        ("many thousands", 2000, None),
        ("several lakh", 2e5, None),
    ],
)
def test_bounds_of_any_wording(words: str, low: float | None, high: float | None) -> None:
    (quantity,) = find_quantities(f"They counted {words} people there.")
    assert (quantity.low, quantity.high) == (low, high)


@pytest.mark.parametrize(
    "text",
    [
        "One in five children is hungry.",
        "Two out of three families fled.",
        "They won 3-1 on Sunday.",
        "Sales fell in Q3 again.",
        "One in every ten homes burned.",
    ],
)
def test_shares_scores_and_quarters_are_no_quantities(text: str) -> None:
    assert list(find_quantities(text)) == []


@pytest.mark.parametrize(
    ("text", "low"),
    [
        ("Rebels handed over 5 soldiers.", 5),
        ("A lorry ran over 3 people.", 3),
        ("They turned over 20 prisoners.", 20),
        ("The group took over 12 villages.", 12),
        ("They signed over 40 houses.", 40),
    ],
)
def test_a_particle_is_no_bound(text: str, low: float) -> None:
    (quantity,) = find_quantities(text)
    assert (quantity.low, quantity.high) == (low, low)


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("The toll rose from 12 to 15.", [12, 15]),
        ("The number fell from 350 to 250.", [350, 250]),
        ("It grew from 10,000 to 33,000.", [10000, 33000]),
        ("The toll rose to 41 from 38.", [41, 38]),
        ("Arrivals are up from 8 to 20.", [8, 20]),
    ],
)
def test_before_and_after_are_two_quantities(text: str, values: list[float]) -> None:
    assert [quantity.low for quantity in find_quantities(text)] == values


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Nine dead, 14 hurt in blast.", [("killed", 9), ("wounded", 14)]),
        (
            "Gunmen opened fire, killing at least one and wounding six.",
            [("killed", 1), ("wounded", 6)],
        ),
        ("The strike killed 12 and wounded 30.", [("killed", 12), ("wounded", 30)]),
        ("Three of them were killed.", [("killed", 3)]),
        ("The death toll rose to 41.", [("killed", 41)]),
        ("The floods led to the deaths of 12 villagers.", [("killed", 12)]),
        ("All 2,000 US troops will leave Syria.", [("troops", 2000)]),
        ("Six million people have fled the country.", [("refugees", 6e6)]),
        ("Berlin will send 14 tanks to Ukraine.", [("other", 14)]),
        ("The blast killed Anna Berg, 34, and her two children.", [("killed", 2)]),
    ],
)
def test_elliptic_and_indirect_counts(
    record_of: RecordOf, text: str, found: list[tuple[str, float]]
) -> None:
    assert [(one.measure, one.low) for one in record_of(text).figures] == found


@pytest.mark.parametrize(
    ("text", "denied"),
    [
        ("The army denied that 12 soldiers had been killed.", True),
        ("The army did not kill 12 civilians.", True),
        ("There is no evidence that 12 civilians were killed.", True),
        ("Reports that 12 soldiers had died were false.", True),
        ("Officials rejected claims that 30 people were wounded.", True),
        ("It is not true that 40 troops were captured.", True),
        ("The army said that 12 soldiers had been killed.", False),
        ("Iran denied responsibility for the attack that killed 12 people.", False),
        ("Two detained officials did not comment.", False),
        ("Reports that 12 soldiers had died were not false.", False),
    ],
)
def test_denied_figures(record_of: RecordOf, text: str, denied: bool) -> None:
    assert [one.denied for one in record_of(text).figures] == [denied]


@pytest.mark.parametrize(
    ("text", "units"),
    [
        ("The battle destroyed 14 tanks and 30 trucks.", ["tanks", "trucks"]),
        ("The army lost six helicopters in May.", ["helicopters"]),
        ("Up to 40 drones were fired at the port.", ["drones"]),
        ("The convoy had 25 vehicles, the ministry said.", ["vehicles"]),
        ("The navy sent 3 frigates to the strait.", ["frigates"]),
        ("Some 200 families were evacuated from the delta.", ["families"]),
        ("The storm killed 12 villagers and wounded 30 nurses.", ["people", "people"]),
        ("Police recorded 120 deaths in the camps.", ["people"]),
        ("Shelling killed five and wounded nine.", ["people", "people"]),
        ("About 500 Syrians were detained at the border.", ["people"]),
        ("The bank lent $3bn, or 20% of its capital.", ["USD", "%"]),
    ],
)
def test_the_unit_is_what_is_counted(
    record_of: RecordOf, text: str, units: list[str | None]
) -> None:
    assert [figure.unit for figure in record_of(text).figures] == units


@pytest.mark.parametrize(
    "text",
    [
        "A quake in the south killed 912 people and 2,818 buildings collapsed.",
        "Rescuers said 310 had been killed and 1,200 houses were flattened in the valley.",
        "The typhoon left 14 dead and 5,600 homes in ruins.",
        "At least 40 people died and 75 shops burnt down in the bazaar, police said.",
        "The army has captured 12 villages and killed 60 rebels since Monday.",
    ],
)
def test_buildings_are_not_killed(record_of: RecordOf, text: str) -> None:
    hurt = [figure for figure in record_of(text).figures if figure.measure != "other"]
    assert len(hurt) == 1
    assert hurt[0].unit == "people"
