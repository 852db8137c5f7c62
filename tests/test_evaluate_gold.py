from pathlib import Path

import pytest

from onrecord.errors import GoldError
from onrecord.evaluate.gold import MarkedRow, read_marked, same_name, spans_in
from onrecord.records import Span


@pytest.mark.parametrize(
    "value", [[3, 5], [[3, 5]], {"span": [3, 5]}, {"span": [[3, 5]]}, [{"span": [3, 5]}]]
)
def test_spans_are_read_in_every_form_they_are_written_in(value: object) -> None:
    assert spans_in(value) == (Span(3, 5),)


def test_missing_spans_are_no_spans() -> None:
    assert spans_in(None) == spans_in([]) == spans_in({"span": None}) == ()


def test_accepted_values_are_the_own_one_and_the_alternatives() -> None:
    assert MarkedRow({"act": "assert", "act_alt": ["deny"]}).accepted("act") == ("assert", "deny")
    assert MarkedRow({"act": "assert", "act_alt": "deny"}).accepted("act") == ("assert", "deny")
    assert MarkedRow({"date": "2022", "date_alt": [None]}).accepted("date") == ("2022", None)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Scott Morrison", "Morrison", True),
        ("the West", "West", True),
        ("Joe Biden", "Hunter Biden", False),
        ("Kremlin", "Kremlin spokesman", False),
        ("Kremlin", None, False),
        (None, None, True),
    ],
)
def test_same_name(one: str | None, other: str | None, same: bool) -> None:
    assert same_name(one, other) is same
    assert same_name(other, one) is same


@pytest.mark.parametrize("content", ["[]", "no json", ""])
def test_a_file_without_an_object_is_refused_by_name(tmp_path: Path, content: str) -> None:
    path = tmp_path / "odd.gold.json"
    path.write_text(content, "utf8")
    with pytest.raises(GoldError, match=r"odd\.gold\.json"):
        read_marked(path)


def test_a_missing_file_is_refused_by_name(tmp_path: Path) -> None:
    with pytest.raises(GoldError, match=r"none\.json"):
        read_marked(tmp_path / "none.json")
