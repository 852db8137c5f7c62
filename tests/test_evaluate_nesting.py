"""Short annotated texts and the scoring of statements inside statements."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from onrecord.errors import GoldError
from onrecord.evaluate import CHECK, TUNE, Case, case_lines, read_cases, score_case
from onrecord.records import Record, Span

GOLD = Path(__file__).parent / "gold"
CASE = """
[[case]]
about = "verb in verb"
text = "Peskov said that he had said that Putin wants peace."
statements = '''
assert | Peskov | Peskov [said] | that he had said that Putin wants peace
  assert/promise | he | had said | that Putin wants peace
    ? want | Putin | wants | peace
'''
"""
RecordOf = Callable[[str], Record]


def cases_of(folder: Path, text: str) -> tuple[Case, ...]:
    path = folder / "cases.toml"
    path.write_text(text, "utf8")
    return read_cases(path)


def test_words_become_spans_and_indents_parents(tmp_path: Path) -> None:
    (case,) = cases_of(tmp_path, CASE)
    outer, inner, innermost = case.statements
    assert (case.about, case.half) == ("verb in verb", TUNE)
    assert [one.parent for one in case.statements] == [None, 0, 1]
    assert outer.cue == (Span(7, 11),)
    assert inner.acts == ("assert", "promise")
    assert [one.optional for one in case.statements] == [False, False, True]
    assert case.text[innermost.content[0].start : innermost.content[0].end] == "peace"


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("| Peskov [said] |", "| said |", "must stand in the text once"),
        ("| wants |", "| wishes |", "must stand in the text once"),
        ("  assert/promise", "   assert/promise", "indent by two spaces"),
        ("  assert/promise", "    assert/promise", "indent by two spaces"),
        ("assert/promise", "claim", "unknown act claim"),
        ("| he | had said", "| he had said", "write acts | source | cue | content"),
        ("text =", "words =", "must be strings"),
        ("[[case]]", "[case]", "no tables"),
        ("about =", "half = 'third'\nabout =", "half is 'tune' or 'check'"),
        ("[[case]]", "[[case", "is not TOML"),
    ],
)
def test_a_fault_in_the_file_is_named(tmp_path: Path, old: str, new: str, message: str) -> None:
    with pytest.raises(GoldError, match=message.replace("|", r"\|")):
        cases_of(tmp_path, CASE.replace(old, new, 1))


def tallies(case: Case, record: Record) -> dict[str, tuple[int, int | None, int]]:
    return {one.name: (one.right, one.predicted, one.gold) for one in score_case(case, record)}


def test_a_case_is_scored_by_content_and_parent(tmp_path: Path, record_of: RecordOf) -> None:
    (case,) = cases_of(tmp_path, CASE)
    record = record_of(case.text)
    found = tallies(case, record)
    assert found["statements"] == (2, 2, 2)
    assert found["nested"] == (1, 1, 1)
    assert found["nested: act"] == (1, None, 1)
    assert case_lines(case, record) == []


def test_a_lost_parent_costs_the_nested_statement(tmp_path: Path, record_of: RecordOf) -> None:
    (case,) = cases_of(tmp_path, CASE)
    record = record_of(case.text)
    flat = replace(
        record, statements=tuple(replace(one, parent_id=None) for one in record.statements)
    )
    found = tallies(case, flat)
    assert found["statements"][0] == 2
    assert found["nested"] == (0, 0, 1)
    assert found["nested: parent"] == (0, None, 1)
    assert any(line.startswith("  parent") for line in case_lines(case, flat))


def test_a_missed_and_an_extra_statement_are_listed(tmp_path: Path, record_of: RecordOf) -> None:
    (case,) = cases_of(tmp_path, CASE)
    record = record_of(case.text)
    none = replace(record, statements=())
    assert tallies(case, none)["nested"] == (0, 0, 1)
    assert any(line.startswith("  missed") for line in case_lines(case, none))
    bare = replace(case, statements=case.statements[:1])
    assert tallies(bare, record)["nested"][:2] == (0, len(record.statements) - 1)
    assert any(line.startswith("  extra") for line in case_lines(bare, record))


def test_the_cases_are_many_and_one_in_three_is_kept_aside() -> None:
    cases = read_cases(GOLD / "nesting.toml")
    inner = [one for case in cases for one in case.statements if one.parent is not None]
    without = [case for case in cases if all(one.parent is None for one in case.statements)]
    assert len(cases) >= 100
    assert len(inner) >= 100
    assert len(without) >= 15
    assert sum(case.half == CHECK for case in cases) / len(cases) >= 1 / 3
