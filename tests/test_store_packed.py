"""What a file keeps in short comes back as it was."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.dialects import postgresql, sqlite

from onrecord.store.packed import (
    PackedGrounds,
    PackedText,
    packed_grounds,
)

FILE, SERVER = sqlite.dialect(), postgresql.dialect()  # type: ignore[no-untyped-call]
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


@given(GROUNDS)
def test_grounds_come_back(grounds: list[list[Any]]) -> None:
    assert kept(PackedGrounds(), grounds) == grounds


def test_what_is_kept_is_short() -> None:
    assert packed_grounds([["country", "phrase", 12, 20], ["name", "table", None, None]]) == (
        "c0 12 20;n2"
    )


def test_damage_is_told() -> None:
    with pytest.raises(ValueError, match="cannot be unpacked"):
        PackedText().process_result_value(b"\x03\x01", FILE)


@pytest.mark.parametrize(("column", "value"), [(PackedText(), "words"), (PackedGrounds(), [])])
def test_a_server_has_it_as_it_is(column: Any, value: Any) -> None:  # noqa: ANN401
    assert column.process_bind_param(value, SERVER) == value
    assert column.process_result_value(value, SERVER) == value
