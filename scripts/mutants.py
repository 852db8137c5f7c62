"""Change one thing in the code at a time and see whether a test notices: `make mutants`.

    python scripts/mutants.py --seed 7 --mutants 60

A mutant is the package with one operator, number or condition changed (by cosmic-ray). A fixed
number of places is drawn from the packages below, all places with the same chance, and one mutant
a place; the same seed draws the same ones from the same code. Each is written into a copy of the
tree, and the tests that run its line are run there until one fails: those on documents made by
hand first, then those that read a text with the model. Which tests run which line is measured once
and kept in .mutants/ for as long as code and tests stay as they are.

Mutants that no test notices are printed with file, line and diff; more than `--alive` of them end
the run with status 1. Needs the extra `test`.
"""

from __future__ import annotations

import argparse
import ast
import difflib
import hashlib
import json
import os
import random
import re
import shutil
import subprocess
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from cosmic_ray.ast import ast_nodes, get_ast
from cosmic_ray.mutating import mutate_code
from cosmic_ray.plugins import get_operator
from coverage import CoverageData
from rich.progress import track

ROOT = Path(__file__).resolve().parents[1]
KEPT = ".mutants"
PACKAGES = ("resolve", "extraction", "happenings")
# The tests of these packages; others run the same lines on their way to something else.
TESTS = (
    *("test_resolve_*.py", "test_extraction_*.py", "test_happenings*.py", "test_event*.py"),
    *("test_dates_*.py", "test_figures_in_news.py", "test_quotations.py"),
    *("test_reported_words.py", "test_attribution*.py", "test_actor_tables.py"),
)
# Mistakes that a person could make. What cosmic-ray can do besides (`==` to `is`, `+` to `**`)
# either changes nothing or breaks at once, and says little of the tests.
OPERATORS = (
    *("AddNot", "ReplaceUnaryOperator_Delete_Not", "ReplaceAndWithOr", "ReplaceOrWithAnd"),
    *("ReplaceTrueWithFalse", "ReplaceFalseWithTrue", "ZeroIterationForLoop", "NumberReplacer"),
    *("ReplaceBreakWithContinue", "ReplaceContinueWithBreak"),
    *("ReplaceComparisonOperator_Eq_NotEq", "ReplaceComparisonOperator_NotEq_Eq"),
    *("ReplaceComparisonOperator_Is_IsNot", "ReplaceComparisonOperator_IsNot_Is"),
    *("ReplaceComparisonOperator_Lt_LtE", "ReplaceComparisonOperator_LtE_Lt"),
    *("ReplaceComparisonOperator_Gt_GtE", "ReplaceComparisonOperator_GtE_Gt"),
    *("ReplaceComparisonOperator_Lt_GtE", "ReplaceComparisonOperator_Gt_LtE"),
    *("ReplaceBinaryOperator_Add_Sub", "ReplaceBinaryOperator_Sub_Add"),
    *("ReplaceBinaryOperator_Mul_Div", "ReplaceBinaryOperator_Div_Mul"),
    *("ReplaceBinaryOperator_BitOr_BitAnd", "ReplaceBinaryOperator_BitAnd_BitOr"),
    "ReplaceBinaryOperator_BitOr_Sub",
)
MOST_BY_HAND, MOST_BY_MODEL = 150, 40  # tests that are run for a mutant
_ALIKE = 4  # letters by which words in names of modules and of files of tests are compared
_FAILED = re.compile(r"^(?:FAILED|ERROR) (tests/.*?)(?: - .*)?$", re.MULTILINE)
LIMIT = 300  # seconds a mutant's tests may take: more is a loop without an end
READS = ("src/onrecord/onepass/model.py", "read_window")  # what runs when the model reads
BY_HAND, BY_MODEL, ALIVE = "by documents made by hand", "by texts read with the model", "by nothing"


@dataclass(frozen=True, kw_only=True)
class Mutant:
    """One change: the operator's `occurrence`-th in a file, at a line and column."""

    path: str
    line: int
    column: int
    operator: str
    occurrence: int

    def applied(self, source: str) -> str:
        """Return the file's text with the change."""
        changed = mutate_code(source, get_operator(f"core/{self.operator}")(), self.occurrence)
        return str(changed)

    def diff(self, source: str) -> str:
        """Return the change as a person reads it."""
        before, after = source.splitlines(), self.applied(source).splitlines()
        lines = difflib.unified_diff(before, after, lineterm="", n=1)
        return "\n".join(line for line in lines if not line.startswith(("---", "+++")))


def draw(root: Path, count: int, seed: int) -> list[Mutant]:
    """Return so many mutants of the packages below a root, fewer where there are not so many."""
    places: dict[tuple[str, int, int], list[Mutant]] = defaultdict(list)
    for package in PACKAGES:
        for path in sorted((root / "src/onrecord" / package).rglob("*.py")):
            for mutant in mutants_of(path.relative_to(root).as_posix(), path.read_text("utf8")):
                places[mutant.path, mutant.line, mutant.column].append(mutant)
    chance = random.Random(seed)
    drawn = chance.sample(sorted(places), min(count, len(places)))
    return [chance.choice(places[place]) for place in drawn]


def mutants_of(path: str, source: str) -> Iterator[Mutant]:
    """Yield the mutants of a file, those left out that change no behaviour."""
    tree = get_ast(source)
    declared = list(declarations(source))
    for name in OPERATORS:
        operator = get_operator(f"core/{name}")()
        positions = (
            start for node in ast_nodes(tree) for start, _ in operator.mutation_positions(node)
        )
        for occurrence, (line, column) in enumerate(positions):
            if not any(first <= (line, column) < last for first, last in declared):
                yield Mutant(
                    path=path, line=line, column=column, operator=name, occurrence=occurrence
                )


Place = tuple[int, int]  # line from 1, column from 0
Line = tuple[str, int]  # file and line


def declarations(source: str) -> Iterator[tuple[Place, Place]]:
    """Yield where types and decorators stand, which say what code is and not what it does."""
    for node in ast.walk(ast.parse(source)):
        inside: list[ast.expr | None] = []
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            inside += node.decorator_list
        if isinstance(node, ast.FunctionDef):
            inside.append(node.returns)
        if isinstance(node, ast.arg | ast.AnnAssign):
            inside.append(node.annotation)
        for one in inside:
            if one is not None and one.end_lineno is not None and one.end_col_offset is not None:
                yield (one.lineno, one.col_offset), (one.end_lineno, one.end_col_offset)


def functions(source: str) -> list[ast.FunctionDef]:
    """Return the functions and methods of a file."""
    return [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.FunctionDef)]


def lines_of(source: str, line: int) -> Iterator[Iterable[int]]:
    """Yield the lines by which a statement is known to be run, the surest first.

    Inside a function they are the line itself, then all of its statement, of a block those before
    its body. Of what is run at import they are those that name what it defines.
    """
    tree = ast.parse(source)
    nodes = (node for node in ast.walk(tree) if isinstance(node, ast.stmt))
    around = [node for node in nodes if node.lineno <= line <= (node.end_lineno or 0)]
    inner = max(around, key=lambda node: node.lineno)
    if any(isinstance(node, ast.FunctionDef) for node in around):
        yield (line,)
        body = getattr(inner, "body", None)
        yield range(inner.lineno, body[0].lineno if body else (inner.end_lineno or 0) + 1)
        return
    names = (node for node in ast.walk(inner) if isinstance(node, ast.Name))
    defined = {node.id for node in names if isinstance(node.ctx, ast.Store)}
    uses = (node for node in ast.walk(tree) if isinstance(node, ast.Name | ast.Attribute))
    yield [
        node.lineno
        for node in uses
        if (node.id if isinstance(node, ast.Name) else node.attr) in defined
    ]


def copy_tree(root: Path) -> Path:
    """Return a new copy of code and tests, in which anything may be changed."""
    tree = root / KEPT / "tree"
    shutil.rmtree(tree, ignore_errors=True)
    without = shutil.ignore_patterns("__pycache__")
    for folder in ("src", "tests", "docs", "scripts", "benchmarks", "training"):
        if (root / folder).exists():
            shutil.copytree(root / folder, tree / folder, ignore=without)
    shutil.copy(root / "pyproject.toml", tree)
    return tree


def run_pytest(
    tree: Path, *arguments: str, limit: float | None = None
) -> subprocess.CompletedProcess[str] | None:
    """Return what pytest comes to in a copy, None where it passes the limit of seconds."""
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *arguments]
    environment = {**os.environ, "PYTHONPATH": str(tree / "src"), "PYTHONDONTWRITEBYTECODE": "1"}
    try:
        return subprocess.run(
            command,
            cwd=tree,
            env=environment,
            capture_output=True,
            text=True,
            timeout=limit,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return None


@dataclass(frozen=True)
class Coverage:
    """Which tests run which lines: names of tests by file and line."""

    lines: Mapping[Line, frozenset[str]]

    @cached_property
    def breadth(self) -> Counter[str]:
        """How many lines each test runs."""
        return Counter(test for tests in self.lines.values() for test in tests)

    @cached_property
    def through_model(self) -> frozenset[str]:
        """The tests in which the model reads a text."""
        path, name = READS
        source = (ROOT / path).read_text("utf8")
        (read,) = (one for one in functions(source) if one.name == name)
        return self.of_lines(path, range(read.body[0].lineno, (read.end_lineno or 0) + 1))

    def of_lines(self, path: str, lines: Iterable[int]) -> frozenset[str]:
        """Return the tests that run any of those lines."""
        return frozenset().union(*(self.lines.get((path, line), frozenset()) for line in lines))

    def tests_of(self, mutant: Mutant, source: str) -> list[str]:
        """Return the tests that could notice a mutant, those on documents made by hand first.

        They run its line; where none is known to, another line of its statement, which may be all
        that is counted of it; and where it is run at import, a line that names what it defines.
        Tests in files named after the module or its package come first, then those that run few
        other lines.
        """
        found = frozenset[str]()
        for lines in lines_of(source, mutant.line):
            found = found or self.of_lines(mutant.path, lines)
        model, breadth = self.through_model, self.breadth
        words = {word[:_ALIKE] for word in mutant.path.removesuffix(".py").split("/")[3:]}

        def far(test: str) -> tuple[bool, int, str]:
            named = {word[:_ALIKE] for word in test.partition("::")[0].split("_")[1:]}
            return not words & named, breadth[test], test

        by_hand = sorted(found - model, key=far)[:MOST_BY_HAND]
        return by_hand + sorted(found & model, key=far)[:MOST_BY_MODEL]


def measured(root: Path, tree: Path) -> Coverage:
    """Return which tests run which lines, kept in .mutants/ for each file of tests.

    Raises:
        SystemExit: A test fails without any mutant.
    """
    files = sorted({path for pattern in TESTS for path in (tree / "tests").glob(pattern)})
    others = [path for path in tree.glob("tests/*.py") if path not in files]
    common = digest([*(tree / "src").rglob("*.py"), *others])
    folder = root / KEPT / "coverage"
    folder.mkdir(exist_ok=True)
    kept = {path.name: folder / f"{path.stem}-{digest([path], common)}.json" for path in files}
    for old in set(folder.glob("*.json")) - set(kept.values()):
        old.unlink()
    if new := [name for name, data in kept.items() if not data.exists()]:
        print(f"Which tests run which lines: {len(new)} files of tests, a few minutes", flush=True)
        found = measure(tree, [f"tests/{name}" for name in new])
        for name in new:
            lines = [
                (path, line, sorted(own))
                for (path, line), tests in found.items()
                if (own := {test for test in tests if test.startswith(f"tests/{name}::")})
            ]
            kept[name].write_text(json.dumps(lines), "utf8")
    joined: dict[Line, set[str]] = defaultdict(set)
    for data in kept.values():
        for path, line, tests in json.loads(data.read_text("utf8")):
            joined[path, line] |= set(tests)
    return Coverage({place: frozenset(tests) for place, tests in joined.items()})


def measure(tree: Path, files: Sequence[str]) -> dict[Line, set[str]]:
    """Return the tests of some files by the lines that they run.

    Raises:
        SystemExit: One fails.
    """
    settings = tree / "mutants.ini"
    sources = ",".join(f"src/onrecord/{name}" for name in (*PACKAGES, "onepass"))
    settings.write_text(f"[run]\nsource = {sources}\nrelative_files = true\n", "utf8")
    counting = ("--cov", f"--cov-config={settings}", "--cov-context=test", "--cov-report=")
    ran = run_pytest(tree, *counting, *files)
    if ran is None or ran.returncode:
        print(ran.stdout if ran is not None else "")
        sys.exit("Tests fail without any mutant: mend them first")
    data = CoverageData(str(tree / ".coverage"))
    data.read()
    return {
        (Path(path).as_posix(), line): {name.rpartition("|")[0] for name in contexts if name}
        for path in data.measured_files()
        for line, contexts in data.contexts_by_lineno(path).items()
    }


def digest(paths: Iterable[Path], start: str = "") -> str:
    """Return a short name for what those files hold."""
    found = hashlib.sha256(start.encode())
    for path in sorted(paths):
        found.update(path.name.encode() + b"\0" + path.read_bytes())
    return found.hexdigest()[:16]


def judged(mutant: Mutant, tree: Path, coverage: Coverage) -> str:
    """Return what noticed a mutant: `BY_HAND`, `BY_MODEL` or `ALIVE`.

    Raises:
        SystemExit: Its tests cannot be run.
    """
    path = tree / mutant.path
    source = path.read_text("utf8")
    tests = coverage.tests_of(mutant, source)
    if not tests:
        return ALIVE
    path.write_text(mutant.applied(source), "utf8")
    try:
        ran = run_pytest(tree, "-x", *tests, limit=LIMIT)
    finally:
        path.write_text(source, "utf8")
    if ran is not None and ran.returncode == 0:
        return ALIVE
    if ran is not None and ran.returncode == 4:  # a broken import, or an unknown test
        known = run_pytest(tree, "--collect-only", *tests)
        if known is None or known.returncode:
            sys.exit(f"pytest does not know its own tests of {path.name}")
    failed = _FAILED.search(ran.stdout) if ran is not None else None
    return BY_MODEL if failed and failed[1] in coverage.through_model else BY_HAND


def main() -> None:
    """Draw mutants, try them and print those that nothing notices."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--seed", type=int, default=7, help="which mutants are drawn")
    parser.add_argument("--mutants", type=int, default=60, help="how many are drawn")
    parser.add_argument("--alive", type=int, default=8, help="how many may go unnoticed")
    options = parser.parse_args()
    tree = copy_tree(ROOT)
    coverage = measured(ROOT, tree)
    drawn = draw(tree, options.mutants, options.seed)
    counts: Counter[str] = Counter()
    for mutant in track(drawn, "Mutants"):
        verdict = judged(mutant, tree, coverage)
        counts[verdict] += 1
        if verdict == ALIVE:
            source = (tree / mutant.path).read_text("utf8")
            tests = len(coverage.tests_of(mutant, source))
            print(f"\n{mutant.path}:{mutant.line} {mutant.operator}, run by {tests} tests")
            print(mutant.diff(source), flush=True)
    print(f"\nOf {len(drawn)} mutants, with seed {options.seed}, these were noticed")
    for verdict in (BY_HAND, BY_MODEL, ALIVE):
        print(f"{counts[verdict]:4} {verdict}")
    sys.exit(counts[ALIVE] > options.alive)


if __name__ == "__main__":
    main()
