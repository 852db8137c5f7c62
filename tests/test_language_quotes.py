"""Quotations: which words stand in quotation marks, in clean and in faulty texts."""

import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.language.quotes import Quotation, QuotationIndex, find_quotations
from onrecord.records import Span


def inners(text: str) -> list[str]:
    return [text[q.inner.start : q.inner.end] for q in find_quotations(text)]


def only(text: str) -> Quotation:
    (quotation,) = find_quotations(text)
    return quotation


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("He said “yes” and left.", ["yes"]),
        ("«Never», she said.", ["Never"]),
        ('He said "yes" and left.', ["yes"]),
        ("``Yes,'' he said.", ["Yes,"]),
        ("''Yes,'' he said. ''It's a must.''", ["Yes,", "It's a must."]),
        ("„Yes”, he said.", ["Yes"]),
        ("‹Yes›, he said.", ["Yes"]),
        ("«A ‹yes› it was», he said.", ["A ‹yes› it was"]),
        ("Home › World › “Europe”", ["Europe"]),
        ("‹ Back to “Europe”", ["Europe"]),
        ('Words such as “big”, «bad» and "ugly" hurt.', ["big", "bad", "ugly"]),
        ('"Hi," he said, "there."', ["Hi,", "there."]),
        ('"One." "Two."', ["One.", "Two."]),
        ("“One.”“Two.”", ["One.", "Two."]),
        ("He said: “ yes ”.", ["yes"]),
        ("No quotation here.", []),
        ("", []),
    ],
)
def test_pairs_of_marks(text: str, expected: list[str]) -> None:
    assert inners(text) == expected
    assert all(q.opened and q.closed and not q.single for q in find_quotations(text))


def test_the_span_takes_the_marks_in_and_the_inner_span_leaves_them_out() -> None:
    quotation = only("He said “yes” and left.")
    assert quotation.span == Span(8, 13)
    assert quotation.inner == Span(9, 12)


@pytest.mark.parametrize("text", ["“”", '" "', '"', "”", "«»", "He said “ ” and left."])
def test_marks_around_nothing_quote_nothing(text: str) -> None:
    assert find_quotations(text) == ()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("‘Yes,’ he said.", ["Yes,"]),
        ("‘It’s ours,’ he said.", ["It’s ours,"]),
        ("‘We don’t think they’ll go,’ he said.", ["We don’t think they’ll go,"]),
        ("The ‘peace’ of the ‘graveyard’ held.", ["peace", "graveyard"]),
    ],
)
def test_a_text_may_quote_in_single_marks(text: str, expected: list[str]) -> None:
    assert inners(text) == expected
    assert not any(q.single for q in find_quotations(text))  # this text quotes in single marks


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("She said: 'We won't go.'", ["We won't go."]),
        ("She 'won't go'", ["won't go"]),
        ("It was 'dead' and 'buried'.", ["dead", "buried"]),
        ("They were 'heroes' and left.", ["heroes"]),
        ("'The owners' offer is bad,' he said.", ["The owners' offer is bad,"]),
        ("He said 'no' to \"them\".", ["no", "them"]),
        ("— We are ready, said Mr Berg.", ["We are ready"]),
        ("— Since when? asked Ms Lind.", ["Since when?"]),
        ("— We are ready, said Mr Berg. — Come in.", ["We are ready", "Come in."]),
        ("— A list of things\n— Another, longer thing", []),
    ],
)
def test_straight_single_marks_and_dashes(text: str, expected: list[str]) -> None:
    assert inners(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "It’s the workers’ union and the ’90s.",
        "The rock ‘n’ roll years",
        "O’Neill’s friends and D’Arcy’s.",
        "It's the boys' own thing, 'tis said.",
        "Rock 'n' roll in the '90s: the boys' own.",
        "The ‘90s were the workers' years.",
    ],
)
def test_an_apostrophe_is_no_quotation_mark(text: str) -> None:
    assert inners(text) == []


def test_single_marks_inside_double_ones_belong_to_the_outer_quotation() -> None:
    assert inners("He said “They told me ‘no’ twice.”") == ["They told me ‘no’ twice."]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It was right.” He left.", "It was right."),
        ("They left. It was right,” he said.", "It was right,"),
        ("First.\n\nThey left. It was right.”", "It was right."),
        ("“No,” he said. It was right.” He left.", "It was right."),
    ],
)
def test_a_closing_mark_nobody_opened_quotes_its_sentence(text: str, expected: str) -> None:
    unopened = [q for q in find_quotations(text) if not q.opened]
    assert [text[q.inner.start : q.inner.end] for q in unopened] == [expected]
    assert text[unopened[0].span.end - 1] == "”"
    assert unopened[0].closed


def test_an_opening_mark_nobody_closes_quotes_to_the_end_of_its_paragraph() -> None:
    text = "He spoke. “First. And more.  \n\n“Second.” He left."
    first, second = find_quotations(text)
    assert (first.opened, first.closed) == (True, False)
    assert text[first.inner.start : first.inner.end] == "First. And more."
    assert first.span.end == first.inner.end
    assert (second.opened, second.closed) == (True, True)
    assert text[second.inner.start : second.inner.end] == "Second."


def test_a_quotation_never_runs_into_the_next_paragraph() -> None:
    text = "“One\nTwo” three"
    assert inners(text) == ["One", "Two"]


PIECES = [*"“”„«»‟\"'‘’`.,!? \n\tab", "``", "''", "e\u0301", "🔴", "\u200f", "שלום"]
MARKED = st.lists(st.sampled_from(PIECES)).map("".join)


@given(st.one_of(st.text(), MARKED))
def test_quotations_of_any_text_are_spans_of_it(text: str) -> None:
    quotations = find_quotations(text)
    for quotation in quotations:
        assert quotation.span.end <= len(text)
        assert quotation.span.contains(quotation.inner)
        inner = text[quotation.inner.start : quotation.inner.end]
        assert inner.strip()
        assert "\n" not in text[quotation.span.start : quotation.span.end]
    assert list(quotations) == sorted(quotations, key=lambda q: q.span)


@given(MARKED)
def test_quotations_in_double_marks_never_overlap(text: str) -> None:
    doubles = [q.span for q in find_quotations(text) if not q.single]
    assert all(one.end <= other.start for one, other in pairwise(doubles))


@given(MARKED)
def test_the_index_finds_the_quotation_around_each_position(text: str) -> None:
    quotations = find_quotations(text)
    index = QuotationIndex(quotations)
    for position in range(len(text)):
        around = [q for q in quotations if not q.single and q.span.start <= position < q.span.end]
        assert index.at(position) == (around[0] if around else None)


def test_the_index_finds_all_quotations_that_touch_a_span() -> None:
    text = "“One” and ‘two’ and “three”"
    index = QuotationIndex(find_quotations(text))
    within = index.within(Span(3, text.index("two") + 1))
    assert [text[q.inner.start : q.inner.end] for q in within] == ["One", "two"]
    assert index.within(Span(6, 8)) == ()


def test_an_open_single_mark_before_many_apostrophes_takes_no_time() -> None:
    text = "‘He went" + " to O’Neill" * 40 + " and stayed"
    began = time.perf_counter()
    assert find_quotations(text) == ()
    assert time.perf_counter() - began < 1


def test_single_marks_inside_double_ones_are_the_inner_marks() -> None:
    text = "“He said ‘no’ to me,” she said."
    assert [q.single for q in find_quotations(text)] == [False]
    assert [q.single for q in find_quotations("“Yes,” she said. A ‘safe zone’ it is not.")] == [
        False,
        True,
    ]


def test_double_marks_inside_single_ones_are_the_inner_marks() -> None:
    text = "‘We will go,’ he said. ‘It is no “invasion”,’ she said."
    assert [(text[q.span.start : q.span.end], q.single) for q in find_quotations(text)] == [
        ("‘We will go,’", False),
        ("‘It is no “invasion”,’", False),
        ("“invasion”", True),
    ]


def test_low_marks_close_with_a_raised_one() -> None:
    text = "„Wir gehen“, sagte er."
    (quotation,) = find_quotations(text)
    assert text[quotation.inner.start : quotation.inner.end] == "Wir gehen"
