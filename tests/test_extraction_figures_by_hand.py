"""Figures read off parses made by hand: what is counted, where, when and by whose deed."""

import pytest

from drafting import make_draft, make_statement, span_in
from onrecord.codebook import Codebook, load_codebook
from onrecord.extraction.figures import extract_figures
from onrecord.extraction.figures.measuring import counted_by
from onrecord.extraction.figures.quantities import find_quantities
from onrecord.records import Figure
from parses import make_doc, parse_of
from readings import reading_of


@pytest.fixture(scope="module")
def codebook() -> Codebook:
    return load_codebook()


COUNTED: list[tuple[str, list[tuple[str, str]]]] = [
    # by the verb
    (
        "At least 12 people were killed and 30 wounded in Kharkiv.",
        [("At least 12 people", "killed"), ("30", "wounded")],
    ),
    ("The storm killed 9 and injured 40.", [("9", "killed"), ("40", "wounded")]),
    (
        "Rebels killed 5 and kidnapped 8 farmers.",
        [("5", "killed"), ("8 farmers", "abducted")],
    ),
    ("Six villagers were shot by the militia.", [("Six villagers", "killed")]),
    ("Fighters shot 6 villagers near the bridge.", [("6 villagers", "killed")]),
    ("Thousands joined the march.", [("Thousands", "joined")]),
    ("Some 3,000 villagers fled their homes.", [("Some 3,000 villagers", "displaced")]),
    ("More than 3,000 families fled the country.", [("More than 3,000 families", "refugees")]),
    # through what is only said of the verb
    (
        "Dozens of people are believed to have been killed.",
        [("Dozens of people", "killed")],
    ),
    ("Hundreds of refugees were forced to flee.", [("Hundreds of refugees", "refugees")]),
    # by a state, a setting or a tally
    (
        "The blast left 4 soldiers and 11 rebels dead.",
        [("4 soldiers", "killed"), ("11 rebels", "killed")],
    ),
    ("Fourteen miners are missing.", [("Fourteen miners", "missing")]),
    ("Police held 15 men in custody.", [("15 men", "detained")]),
    ("The 30 miners who were trapped came home.", [("30 miners", "trapped")]),
    ("The death toll rose to 17.", [("17", "killed")]),
    ("The number of injured stands at 25.", [("25", "wounded")]),
    # by what is listed with it
    (
        "Twelve people, including 5 nurses, were abducted.",
        [("Twelve people", "abducted"), ("5 nurses", "abducted")],
    ),
    # by the noun
    ("A 10,000-strong force crossed the river.", [("10,000-strong force", "troops")]),
    ("Ten children whose parents were killed sang.", [("Ten children", "children")]),
    ("Two of the hostages were freed.", [("Two of the hostages", "hostages")]),
    # money and shares
    ("The bank will spend 5.5 million on bridges.", [("5.5 million", "money")]),
    ("The aid is worth 40 million dollars.", [("40 million dollars", "money")]),
    ("Turnout was 62 percent.", [("62 percent", "percent")]),
    # none: ages, names, what may be things, one of several, those already known
    ("Two boys, 12 and 15, drowned in the lake.", [("Two boys", "killed")]),
    ("A teacher, 41, was shot.", []),
    ("Flight 370 carried 239 people.", []),
    ("The group lost two in the raid.", []),
    ("One of them was wounded.", []),
    ("The two leaders met on Monday.", []),
    ("The fire destroyed 30 houses.", []),
    ("Police arrested 20 protesters and freed six.", [("20 protesters", "detained")]),
]


@pytest.mark.parametrize(("text", "figures"), COUNTED, ids=[text for text, _ in COUNTED])
def test_what_is_counted(text: str, figures: list[tuple[str, str]], codebook: Codebook) -> None:
    draft = make_draft(parse_of(text, "figures"))
    found = extract_figures(draft, codebook)
    assert [(draft.article.cut(one.span), one.measure) for one in found] == figures


def noun_of(table: str) -> str | None:
    """The noun that the first quantity of a parse counts."""
    doc = make_doc(table)
    quantity = next(find_quantities(doc.text))
    number = doc.char_span(quantity.number.start, quantity.number.end, alignment_mode="expand")
    assert number is not None
    found = counted_by(number.root, quantity)
    return found.text if found is not None else None


@pytest.mark.parametrize(
    ("table", "noun"),
    [
        ("Six CD nummod 1\nmen/man NNS nsubj 2\ndied/die VBD ROOT 2", "men"),
        ("It PRP nsubj 1\nhit VBD ROOT 1\nsix CD nummod 3\nmen/man NNS dobj 1", "men"),
        (  # "two more men"
            "Two CD nummod 1\nmore JJR amod 2\nmen/man NNS nsubj 3\ndied/die VBD ROOT 3",
            "men",
        ),
        ("Two CD nummod 1\nmore JJR nsubj 2\ndied/die VBD ROOT 2", None),
        (  # in words that the parse parts from whom they count
            "Two CD compound 1\nhundred CD dep 3\nmen/man NNS nsubj 3\ndied/die VBD ROOT 3",
            "men",
        ),
        (  # but not a single one from what follows
            "Two CD dep 2\nmen/man NNS nsubj 2\ndied/die VBD ROOT 2",
            None,
        ),
        ("Two CD compound 1\nhundred CD nsubj 2\ndied/die VBD ROOT 2", None),
        (
            "Dozens/dozen NNS nsubj 3\nof IN prep 0\nmen/man NNS pobj 1\ndied/die VBD ROOT 3",
            "men",
        ),
        ("Dozens/dozen NNS nsubj 1\ndied/die VBD ROOT 1", None),
        (
            "A DT det 5\n16 CD nummod 3\n- HYPH punct 3\nmember NN compound 5\n"
            "peace NN compound 5\n"
            "team NN nsubj 6\nleft/leave VBD ROOT 6",
            "team",
        ),
        ("It PRP nsubj 1\ncost VBD ROOT 1\n$ $ quantmod 3\n5 CD dobj 1", None),  # money
    ],
)
def test_which_noun_a_number_counts(table: str, noun: str | None) -> None:
    assert noun_of(table) == noun


def only(text: str, codebook: Codebook, **parts: object) -> Figure:
    draft = make_draft(parse_of(text, "figures"), **parts)  # type: ignore[arg-type]
    (figure,) = extract_figures(draft, codebook)
    return figure


@pytest.mark.parametrize(
    ("text", "denied"),
    [
        ("Officials denied that 80 people had been killed.", True),
        ("The bomb did not kill 12 people.", True),
        ("Reports that 60 people drowned are false.", True),
        ("There is no evidence that 50 people were detained.", True),
        ("It is a lie that 70 people were shot.", True),
        ("Nobody denies that 80 people were killed.", False),
        ("He denied responsibility for the attack that killed 12 people.", False),
        ("Six villagers were shot by the militia.", False),
    ],
)
def test_what_is_said_not_to_be_so(text: str, denied: bool, codebook: Codebook) -> None:
    assert only(text, codebook).denied == denied


@pytest.mark.parametrize(
    ("text", "time", "value", "stood"),
    [
        ("As of Monday 300 people had been killed.", "Monday", "2022-03-07", "2022-03-07"),
        ("By Friday 300 people had been killed.", "Friday", "2022-03-11", "2022-03-11"),
        ("Since 2011 some 300 people have been killed.", "2011", "2011", "2011/2022-03-11"),
        ("The storm killed 9 and injured 40.", "storm", "2022-03-07", None),
    ],
)
def test_when_a_figure_stood(
    text: str, time: str, value: str, stood: str | None, codebook: Codebook
) -> None:
    draft = make_draft(parse_of(text, "figures"), times={time: value})
    assert {one.as_of for one in extract_figures(draft, codebook)} == {stood}


@pytest.mark.parametrize(
    ("text", "cause"),
    [
        ("Six villagers were shot by the militia.", "militia"),
        ("Fighters shot 6 villagers near the bridge.", "Fighters"),
        ("The strike on Gaza by Israel killed 12 people.", "Israel"),
        ("Some 400 Hamas members were arrested.", None),
        ("Fourteen miners are missing.", None),
    ],
)
def test_by_whose_deed(text: str, cause: str | None, codebook: Codebook) -> None:
    cast = {"militia": "militia", "Fighters": "Fighters", "Israel": "Israel", "Hamas": "Hamas"}
    assert only(text, codebook, cast=cast).cause_id == cause


@pytest.mark.parametrize(
    ("text", "name", "found"),
    [
        ("Fighters shot 6 villagers near the bridge.", "bridge", True),
        ("Twelve people, including 5 nurses, were abducted.", "abducted", False),
        ("The strike on Gaza by Israel killed 12 people.", "Gaza", False),
    ],
)
def test_where_it_is_counted(text: str, name: str, found: bool, codebook: Codebook) -> None:
    draft = make_draft(parse_of(text, "figures"), places=[name])
    figure = extract_figures(draft, codebook)[0]
    assert (figure.place == draft.places[0]) is found


@pytest.mark.parametrize(
    ("text", "unit", "whom"),
    [
        ("Six villagers were shot by the militia.", "people", "villagers"),
        ("More than 3,000 families fled the country.", "families", "families"),
        ("Some 400 Hamas members were arrested.", "people", "Hamas members"),
        ("The aid is worth 40 million dollars.", "USD", None),
        ("A 10,000-strong force crossed the river.", "force", "force"),
        ("Turnout was 62 percent.", "%", None),
        ("The death toll rose to 17.", "people", None),
        ("The bank will spend 5.5 million on bridges.", None, None),
    ],
)
def test_in_what_it_counts_and_whom(
    text: str, unit: str | None, whom: str | None, codebook: Codebook
) -> None:
    draft = make_draft(parse_of(text, "figures"))
    (figure,) = extract_figures(draft, codebook)
    assert figure.unit == unit
    assert (draft.article.cut(figure.whom) if figure.whom else None) == whom


def test_a_figure_is_in_the_innermost_voice_around_it(codebook: Codebook) -> None:
    doc = parse_of("Officials denied that 80 people had been killed.", "figures")
    outer = make_statement(doc, "Officials denied that 80 people had been killed", speaker="a")
    inner = make_statement(doc, "80 people had been killed", speaker="b")
    (figure,) = extract_figures(make_draft(doc, statements=[outer, inner]), codebook)
    assert figure.statement_id == inner.statement_id


@pytest.mark.parametrize(
    ("act", "kind", "denied"),
    [
        ("deny", "indirect", True),
        ("deny", "direct", False),
        ("assert", "indirect", False),
    ],
)
def test_what_somebody_denies_is_denied(
    act: str, kind: str, denied: bool, codebook: Codebook
) -> None:
    doc = parse_of("The storm killed 9 and injured 40.", "figures")
    said = make_statement(doc, "killed 9 and injured 40", act=act, kind=kind)  # type: ignore[arg-type]
    found = extract_figures(make_draft(doc, statements=[said]), codebook)
    assert [one.denied for one in found] == [denied, denied]


def test_a_date_is_no_figure(codebook: Codebook) -> None:
    doc = parse_of("Since 2011 some 300 people have been killed.", "figures")
    draft = make_draft(doc, times={"2011": "2011"})
    assert [one.low for one in extract_figures(draft, codebook)] == [300]


@pytest.mark.parametrize(
    ("text", "word", "measure", "found"),
    [  # the model's head has a say where no word decides
        ("The group lost two in the raid.", 3, "killed", "killed"),
        ("The group lost two in the raid.", 3, "other", "other"),
        ("The fire destroyed 30 houses.", 3, "killed", None),  # nobody kills a house
    ],
)
def test_what_only_the_model_takes_for_a_figure(
    text: str, word: int, measure: str, found: str | None, codebook: Codebook
) -> None:
    number = {"killed": 0, "other": 1}[measure]
    marks = {"figure": {word: 1}, "measure": {word: number} if number else {}}
    doc = parse_of(text, "figures")
    draft = make_draft(doc, reading=reading_of(text, marks=marks))
    figures = extract_figures(draft, codebook)
    assert [one.measure for one in figures] == ([found] if found else [])
    assert all(one.span == span_in(doc, "two") for one in figures)
