"""The command that changes the code at some places and says which change no test notices."""

from pathlib import Path

import pytest
from scripts import mutants
from scripts.mutants import ALIVE, BY_HAND, BY_MODEL, Coverage, Mutant

SOURCE = """from dataclasses import dataclass

FEW = 3

@dataclass(frozen=True)
class One:
    size: int | None = None

def few(count: int | None) -> bool | None:
    if count is None:
        return None
    return (
        count < FEW
    )
"""
MODULE = "src/onrecord/resolve/counting.py"


def tree_of(root: Path) -> Path:
    """A small package with a test that notices only some changes."""
    for folder in ("src/onrecord/resolve", "src/onrecord/extraction", "tests"):
        (root / folder).mkdir(parents=True)
    (root / MODULE).write_text(SOURCE)
    (root / "tests/test_counting.py").write_text(
        "import sys\n"
        "sys.path.insert(0, 'src/onrecord/resolve')\n"
        "from counting import few\n\n\n"
        "def test_few():\n    assert few(1)\n    assert few(None) is None\n"
    )
    return root


def test_the_same_seed_draws_the_same_mutants(tmp_path: Path) -> None:
    root = tree_of(tmp_path)
    first = mutants.draw(root, 3, seed=1)
    assert first == mutants.draw(root, 3, seed=1)
    assert len({(one.line, one.column) for one in first}) == 3  # one a place
    assert any(first != mutants.draw(root, 3, seed=seed) for seed in range(2, 6))


def test_types_and_decorators_are_left_alone() -> None:
    found = list(mutants.mutants_of(MODULE, SOURCE))
    assert {one.line for one in found} == {3, 10, 13}
    for one in found:
        compile(one.applied(SOURCE), MODULE, "exec")
        assert one.applied(SOURCE) != SOURCE
        assert one.diff(SOURCE).count("\n-") == one.diff(SOURCE).count("\n+") == 1


@pytest.mark.parametrize(
    ("line", "lines"),
    [
        (10, [[10], [10]]),  # of a block its head
        (13, [[13], [12, 13, 14]]),
    ],
)
def test_the_lines_by_which_a_statement_is_known_to_run(line: int, lines: list[list[int]]) -> None:
    assert [list(one) for one in mutants.lines_of(SOURCE, line)] == lines


def test_what_is_defined_at_import_is_run_where_it_is_used() -> None:
    other = "src/onrecord/resolve/other.py"
    text = (
        "from onrecord.resolve.counting import FEW\n\nMORE = FEW + 1\n\ndef f():\n    return MORE"
    )
    uses = mutants.uses_of({MODULE: SOURCE, other: text}, MODULE, ["FEW"])
    assert uses == {MODULE: {13}, other: {6}}


def test_the_nearest_tests_go_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Coverage, "through_model", frozenset({"tests/test_all.py::test_read"}))
    own, wide = "tests/test_resolve_counting.py::test_few", "tests/test_wide.py::test_much"
    every = frozenset({own, wide, "tests/test_all.py::test_read"})
    bits = {test: mutants.bits_of([10, 13]) for test in every}
    coverage = Coverage({MODULE: bits | {own: mutants.bits_of([13])}})
    mutant = Mutant(path=MODULE, line=13, column=8, operator="NumberReplacer", occurrence=0)
    assert coverage.tests_of(mutant, {MODULE: SOURCE}) == [
        own,
        wide,
        "tests/test_all.py::test_read",
    ]


@pytest.mark.parametrize(
    ("operator", "verdict"),
    [("AddNot", BY_HAND), ("ReplaceComparisonOperator_Lt_LtE", ALIVE)],
)
def test_what_a_test_notices(tmp_path: Path, operator: str, verdict: str) -> None:
    tree = tree_of(tmp_path)
    bits = mutants.bits_of([10, 13])
    coverage = Coverage({MODULE: {"tests/test_counting.py::test_few": bits}})
    (mutant,) = (one for one in mutants.mutants_of(MODULE, SOURCE) if one.operator == operator)
    assert mutants.judged(mutant, tree, coverage) == verdict
    assert (tree / MODULE).read_text() == SOURCE  # as it was


@pytest.mark.parametrize(
    ("text", "reads"),
    [
        ("def test_few(record_of: RecordOf) -> None:", True),
        ("ranker = load_tools().ranker", True),
        ('doc = parse_of("Two men fled.", "figures")', False),
    ],
)
def test_a_quick_look_leaves_out_what_reads_texts(tmp_path: Path, text: str, reads: bool) -> None:
    path = tmp_path / "test_few.py"
    path.write_text(text)
    assert mutants.reads_texts(path) is reads


def test_what_no_test_runs_is_alive(tmp_path: Path) -> None:
    mutant = next(mutants.mutants_of(MODULE, SOURCE))
    assert mutants.judged(mutant, tree_of(tmp_path), Coverage({})) == ALIVE


def test_which_tests_notice_is_told_apart(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    test = "tests/test_counting.py::test_few"
    monkeypatch.setattr(Coverage, "through_model", frozenset({test}))
    mutant = next(one for one in mutants.mutants_of(MODULE, SOURCE) if one.operator == "AddNot")
    coverage = Coverage({MODULE: {test: mutants.bits_of([10])}})
    assert mutants.judged(mutant, tree_of(tmp_path), coverage) == BY_MODEL
