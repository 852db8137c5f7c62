"""What a file keeps in short comes back as it was."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.dialects import postgresql, sqlite

from onrecord.store.packed import (
    PackedGrounds,
    PackedSpans,
    PackedText,
    packed_grounds,
    packed_spans,
)

FILE, SERVER = sqlite.dialect(), postgresql.dialect()
NUMBERS = st.integers(0, 5_000_000)
PIECES = st.tuples(NUMBERS, st.integers(1, 5_000)).map(lambda at: f"{at[0]}-{at[0] + at[1]}")
PARTS = st.lists(PIECES, max_size=4).map(",".join)
SPANS = st.lists(PARTS, min_size=1, max_size=5).map("|".join)
FIELDS = st.sampled_from(["name", "kind", "country", "sector", "creed"])
RULES = st.sampled_from(["phrase", "noun beside a name", "a rule to come", "; "])
EDGES = st.sampled_from([(None, None), (12, 20), (0, 1)])
GROUNDS = st.lists(st.tuples(FIELDS, RULES, EDGES).map(lambda one: [*one[:2], *one[2]]), max_size=5)


def kept(column: Any, value: Any) -> Any:  # noqa: ANN401 - whatever the column holds
    """Return a value as it comes back from a file."""
    return column.process_result_value(column.process_bind_param(value, FILE), FILE)


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_a_text_comes_back(text: str) -> None:
    assert kept(PackedText(), text) == text


@given(SPANS)
def test_spans_come_back(spans: str) -> None:
    assert kept(PackedSpans(), spans) == spans


@given(GROUNDS)
def test_grounds_come_back(grounds: list[list[Any]]) -> None:
    assert kept(PackedGrounds(), grounds) == grounds


def test_what_is_kept_is_short() -> None:
    assert len(packed_spans("1003-1009|1011-1015|1017-1040,1052-1060|")) == 13
    assert packed_grounds([["country", "phrase", 12, 20], ["name", "table", None, None]]) == (
        "c0 12 20;n2"
    )


@pytest.mark.parametrize("column", [PackedText(), PackedSpans()])
def test_damage_is_told(column: Any) -> None:  # noqa: ANN401 - either column
    with pytest.raises(ValueError, match="cannot be unpacked"):
        column.process_result_value(b"\x03\x01", FILE)


@pytest.mark.parametrize(
    ("column", "value"), [(PackedText(), "words"), (PackedSpans(), "1-2|"), (PackedGrounds(), [])]
)
def test_a_server_has_it_as_it_is(column: Any, value: Any) -> None:  # noqa: ANN401
    assert column.process_bind_param(value, SERVER) == value
    assert column.process_result_value(value, SERVER) == value
