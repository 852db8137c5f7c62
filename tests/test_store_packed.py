"""What a file keeps in short comes back as it was."""

from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.dialects import postgresql, sqlite

from onrecord.records import (
    Act,
    ActorKind,
    EventType,
    MentionForm,
    Modality,
    StatementKind,
)
from onrecord.store.packed import (
    Coded,
    PackedGrounds,
    PackedList,
    PackedText,
    packed_grounds,
    regrouped,
)
from onrecord.store.schema import (
    ACTOR_KINDS,
    ACTS,
    EVENT_TYPES,
    FORMS,
    MODALITIES,
    ROLES,
    STATEMENT_KINDS,
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


def test_grounds_of_the_same_words_name_these_once() -> None:
    grounds = [["name", "table", 3, 9], ["kind", "table", 3, 9], ["country", "phrase", 0, 9]]
    assert packed_grounds(grounds) == "n2k2 3 9;c0 0 9"
    assert regrouped("n2 3 9;k2 3 9;c0 0 9") == "n2k2 3 9;c0 0 9"


@pytest.mark.parametrize("listed", [[], ["military"], [2921044, 3]])
def test_a_list_comes_back_and_an_empty_one_takes_nothing(listed: list[Any]) -> None:
    assert kept(PackedList(), listed) == listed
    assert len(PackedList().process_bind_param(listed, FILE)) == 0 or listed


@pytest.mark.parametrize(
    ("column", "words"),
    [
        (ACTOR_KINDS, get_args(ActorKind)),
        (FORMS, get_args(MentionForm)),
        (STATEMENT_KINDS, get_args(StatementKind)),
        (ACTS, get_args(Act)),
        (EVENT_TYPES, get_args(EventType)),
        (MODALITIES, get_args(Modality)),
        (ROLES, ("actors", "recipients")),
    ],
)
def test_every_word_that_a_row_can_have_is_a_letter(column: Coded, words: tuple[str, ...]) -> None:
    letters = [column.process_bind_param(word, FILE) for word in words]
    assert {len(str(letter)) for letter in letters} == {1}
    assert len(set(letters)) == len(words)
    assert [column.process_result_value(letter, FILE) for letter in letters] == list(words)
    assert [column.process_bind_param(word, SERVER) for word in words] == list(words)


def test_a_word_that_is_none_of_them_is_kept_as_it_is() -> None:
    assert kept(ROLES, "witnesses") == "witnesses"
    assert ROLES.in_any_case("ACTORS") == "actors"
