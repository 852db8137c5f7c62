"""Change one thing in the code at a time and see whether a test notices: `make mutants`.

    python scripts/mutants.py --seed 7 --mutants 60

A mutant is the package with one operator, number or condition changed (by cosmic-ray). A fixed
number of places is drawn from the packages below, all places with the same chance, and one mutant
a place; the same seed draws the same ones from the same code. Each is written into a copy of the
tree, and the tests that run its line are run there until one fails: those on documents made by
hand first, then those that read a text with the model. Which tests run which line is measured once
and kept in .mutants/ for as long as code and tests stay as they are.

With `--by-hand` the files of tests that read texts with the model are left out: a look that takes
minutes while tests are being written, and counts more mutants as alive than there are.

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
import sqlite3
import subprocess
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from functools import cached_property
from importlib import import_module
from importlib.util import cache_from_source
from multiprocessing import get_context
from pathlib import Path

import pytest
from cosmic_ray.ast import ast_nodes, get_ast
from cosmic_ray.mutating import mutate_code
from cosmic_ray.plugins import get_operator
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
UNCHANGED = frozenset({"name", "string", "newline", "endmarker", "fstring_string"})  # of the parse
LIBRARIES = ("spacy.lang.en", "onnxruntime", "hypothesis", "lxml.html", "trafilatura", "sqlalchemy")
QUIET = ("-q", "-p", "no:cacheprovider")
RAN = 100  # and pytest's exit status is that of a child that could run it
OUTPUT = "mutants.log"  # of the last run of tests, in the copy
_ALIKE = 4  # letters by which words in names of modules and of files of tests are compared
_READING = re.compile(r"\b(?:record_of|tools|load_tools)\b")  # what has the model read a text
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
    nodes = [node for node in ast_nodes(get_ast(source)) if node.type not in UNCHANGED]
    declared = list(declarations(source))
    for name in OPERATORS:
        operator = get_operator(f"core/{name}")()
        positions = (start for node in nodes for start, _ in operator.mutation_positions(node))
        for occurrence, (line, column) in enumerate(positions):
            if not any(first <= (line, column) < last for first, last in declared):
                yield Mutant(
                    path=path, line=line, column=column, operator=name, occurrence=occurrence
                )


Place = tuple[int, int]  # line from 1, column from 0


def declarations(source: str) -> Iterator[tuple[Place, Place]]:
    """Yield where types, signatures and decorators stand: what code is and not what it does."""
    for node in ast.walk(ast.parse(source)):
        inside: list[ast.expr] = []
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            inside += node.decorator_list
        if isinstance(node, ast.FunctionDef):
            yield (node.lineno, node.col_offset), (node.body[0].lineno, node.body[0].col_offset)
        if isinstance(node, ast.AnnAssign):
            inside.append(node.annotation)
        for one in inside:
            end = one.end_lineno or one.lineno, one.end_col_offset or one.col_offset
            yield (one.lineno, one.col_offset), end


def sources_of(root: Path) -> dict[str, str]:
    """Return the texts of the files of the package, by their paths."""
    files = (root / "src/onrecord").rglob("*.py")
    return {path.relative_to(root).as_posix(): path.read_text("utf8") for path in files}


def functions(source: str) -> list[ast.FunctionDef]:
    """Return the functions and methods of a file."""
    return [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.FunctionDef)]


def lines_of(source: str, line: int) -> Iterator[Iterable[int]]:
    """Yield the lines by which a statement in a function is known to be run, the surest first.

    They are the line itself, then all of its statement, of a block those before its body.
    """
    yield (line,)
    inner = statement_at(source, line)
    body = getattr(inner, "body", None)
    yield range(inner.lineno, body[0].lineno if body else (inner.end_lineno or 0) + 1)


def statement_at(source: str, line: int) -> ast.stmt:
    """Return the innermost statement at a line."""
    nodes = (node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.stmt))
    around = (node for node in nodes if node.lineno <= line <= (node.end_lineno or 0))
    return max(around, key=lambda node: node.lineno)


def defined_by(statement: ast.AST) -> set[str]:
    """Return the names that a statement defines, those of classes and functions left out."""
    names = (node for node in ast.walk(statement) if isinstance(node, ast.Name))
    return {node.id for node in names if isinstance(node.ctx, ast.Store)}


def uses_of(sources: Mapping[str, str], path: str, names: Iterable[str]) -> dict[str, set[int]]:
    """Return the lines of functions in which names that a file defines are used, by file.

    What is defined by them at import counts as they do, and so do they where they are imported.
    """
    found: dict[str, set[int]] = defaultdict(set)
    waiting = [(path, name) for name in names]
    for at, name in waiting:  # it grows
        tree = ast.parse(sources[at])
        within = {line for one in functions(sources[at]) for line in lines_in(one)}
        for node in ast.walk(tree):
            if name_of(node) != name:
                continue
            if node.lineno in within:  # type: ignore[attr-defined]  # name_of tells
                found[at].add(node.lineno)  # type: ignore[attr-defined]
            else:
                further = defined_by(statement_at(sources[at], node.lineno))  # type: ignore[attr-defined]
                waiting += [(at, one) for one in further if (at, one) not in waiting]
        importing = re.compile(rf"^from {dotted(at)} import [^#]*?\b{name}\b", re.MULTILINE)
        for other, text in sources.items():
            if (other, name) not in waiting and importing.search(text):
                waiting.append((other, name))
    return found


def lines_in(function: ast.FunctionDef) -> range:
    """Return the lines of a function's body."""
    return range(function.body[0].lineno, (function.end_lineno or 0) + 1)


def name_of(node: ast.AST) -> str | None:
    """Return the name that is used at a node, None where none is."""
    if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load):
        return node.id
    return node.attr if isinstance(node, ast.Attribute) else None


def dotted(path: str) -> str:
    """Return a file's module as a pattern: "src/onrecord/resolve/places.py"."""
    return re.escape(".".join(path.removesuffix(".py").removesuffix("/__init__").split("/")[1:]))


def copy_tree(root: Path) -> Path:
    """Return a copy of code and tests in which anything may be changed.

    What an earlier run compiled there stays: it is as good where its source is as it was.
    """
    tree = root / KEPT / "tree"
    for folder in ("src", "tests", "docs", "scripts", "benchmarks", "training"):
        for path in tree.glob(f"{folder}/**/*"):
            compiled = "__pycache__" in path.parts
            if path.is_file() and not compiled and not (root / path.relative_to(tree)).exists():
                path.unlink()
        if (root / folder).exists():
            without = shutil.ignore_patterns("__pycache__")
            shutil.copytree(root / folder, tree / folder, ignore=without, dirs_exist_ok=True)
    shutil.copy(root / "pyproject.toml", tree)
    return tree


@dataclass(frozen=True)
class Coverage:
    """Which tests run which lines: of each file and test, a number with a bit a line."""

    files: Mapping[str, Mapping[str, int]]

    @cached_property
    def breadth(self) -> Counter[str]:
        """How many lines each test runs."""
        found = Counter[str]()
        for tests in self.files.values():
            found.update({test: bits.bit_count() for test, bits in tests.items()})
        return found

    @cached_property
    def through_model(self) -> frozenset[str]:
        """The tests in which the model reads a text."""
        path, name = READS
        source = (ROOT / path).read_text("utf8")
        (read,) = (one for one in functions(source) if one.name == name)
        return self.of_lines(path, range(read.body[0].lineno, (read.end_lineno or 0) + 1))

    def of_lines(self, path: str, lines: Iterable[int]) -> frozenset[str]:
        """Return the tests that run any of those lines."""
        wanted = bits_of(lines)
        return frozenset(test for test, bits in self.files.get(path, {}).items() if bits & wanted)

    def running(self, mutant: Mutant, sources: Mapping[str, str]) -> frozenset[str]:
        """Return the tests that run a mutant; `sources` are the texts of files by their paths."""
        source = sources[mutant.path]
        if any(mutant.line in lines_in(one) for one in functions(source)):
            surest = (self.of_lines(mutant.path, lines) for lines in lines_of(source, mutant.line))
            return next(filter(None, surest), frozenset())
        uses = uses_of(sources, mutant.path, defined_by(statement_at(source, mutant.line)))
        return frozenset().union(*(self.of_lines(path, lines) for path, lines in uses.items()))

    def tests_of(self, mutant: Mutant, sources: Mapping[str, str]) -> list[str]:
        """Return the tests that could notice a mutant, those on documents made by hand first.

        They run its line; where none is known to, another line of its statement, which may be all
        that is counted of it; and where it is run at import, a line that uses what it defines.
        Tests in files named after the module or its package come first, then those that run few
        other lines.
        """
        found = self.running(mutant, sources)
        model, breadth = self.through_model, self.breadth
        words = {word[:_ALIKE] for word in mutant.path.removesuffix(".py").split("/")[3:]}

        def far(test: str) -> tuple[bool, int, str]:
            named = {word[:_ALIKE] for word in test.partition("::")[0].split("_")[1:]}
            return not words & named, breadth[test], test

        by_hand = sorted(found - model, key=far)[:MOST_BY_HAND]
        return by_hand + sorted(found & model, key=far)[:MOST_BY_MODEL]


def bits_of(lines: Iterable[int]) -> int:
    """Return a number whose bits are those lines."""
    return sum(1 << line for line in set(lines))


def measured(root: Path, tree: Path, *, quick: bool = False) -> Coverage:
    """Return which tests run which lines, kept in .mutants/ for each file of tests.

    A `quick` look leaves out the files that read texts with the model.

    Raises:
        SystemExit: A test fails without any mutant.
    """
    files = sorted({path for pattern in TESTS for path in (tree / "tests").glob(pattern)})
    helpers = [path for path in tree.glob("tests/*.py") if not path.name.startswith("test_")]
    common = digest([*(tree / "src").rglob("*.py"), *helpers])
    folder = root / KEPT / "lines"
    folder.mkdir(exist_ok=True)
    parsed = sorted(tree.glob("tests/parsed/*"))
    kept = {
        path.name: folder
        / f"{path.stem}-{digest([path, *(parsed if by_hand(path) else ())], common)}.json"
        for path in files
    }
    for old in set(folder.glob("*.json")) - set(kept.values()):
        old.unlink()
    wanted = [path.name for path in files if not (quick and reads_texts(path))]
    if new := [name for name in wanted if not kept[name].exists()]:
        print(f"Which tests run which lines: {len(new)} files of tests, a few minutes", flush=True)
        found = measure(tree, [f"tests/{name}" for name in new])
        for name in new:
            own = {test: runs for test, runs in found.items() if test.startswith(f"tests/{name}::")}
            kept[name].write_text(json.dumps(own), "utf8")
    joined: dict[str, dict[str, int]] = defaultdict(dict)
    for name in wanted:
        for test, runs in json.loads(kept[name].read_text("utf8")).items():
            for path, bits in runs.items():
                joined[path][test] = int(bits, 16)
    return Coverage(joined)


def by_hand(path: Path) -> bool:
    """Whether a file of tests uses the parses made by hand that tests/parsed/ keeps."""
    return "parse_of" in path.read_text("utf8")


def reads_texts(path: Path) -> bool:
    """Whether a file of tests has texts read by the model."""
    return _READING.search(path.read_text("utf8")) is not None


def measure(tree: Path, files: Sequence[str]) -> dict[str, dict[str, str]]:
    """Return what each test of some files runs: by file the lines, as bits of a number in hex.

    Raises:
        SystemExit: One fails.
    """
    settings = tree / "mutants.ini"
    sources = ",".join(f"src/onrecord/{name}" for name in (*PACKAGES, "onepass"))
    settings.write_text(f"[run]\nsource = {sources}\nrelative_files = true\n", "utf8")
    counting = ("--cov", f"--cov-config={settings}", "--cov-context=test", "--cov-report=")
    command = [sys.executable, "-m", "pytest", *QUIET, *counting, *files]
    environment = {**os.environ, "PYTHONPATH": str(tree / "src")}
    ran = subprocess.run(
        command, cwd=tree, env=environment, capture_output=True, text=True, check=False
    )
    if ran.returncode:
        print(ran.stdout)
        sys.exit("Tests fail without any mutant: mend them first")
    return read_counts(tree / ".coverage")


def read_counts(data: Path) -> dict[str, dict[str, str]]:
    """Return what each test runs, from the tables in which coverage.py keeps it."""
    found: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    with closing(sqlite3.connect(data)) as counts:
        rows = counts.execute(
            "SELECT context.context, file.path, line_bits.numbits FROM line_bits"
            " JOIN context ON context.id = context_id JOIN file ON file.id = file_id"
        )
        for context, path, bits in rows:
            test = context.rpartition("|")[0]  # behind it stands setup, run or teardown
            found[test][Path(path).as_posix()] |= int.from_bytes(bits, "little")
    return {
        test: {path: f"{bits:x}" for path, bits in runs.items()} for test, runs in found.items()
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
    tests = coverage.tests_of(mutant, sources_of(tree))
    if not tests:
        return ALIVE
    path.write_text(mutant.applied(source), "utf8")
    compiled = Path(cache_from_source(str(path)))
    compiled.unlink(missing_ok=True)
    try:
        status = run_tests(tree, "-x", *tests)
    finally:
        path.write_text(source, "utf8")
        compiled.unlink(missing_ok=True)
    if status == 0:
        return ALIVE
    # 4 is a broken import, or a test that is unknown without any mutant too
    if status == 4 and run_tests(tree, "--collect-only", *tests):
        sys.exit(f"pytest does not know its own tests of {mutant.path}")
    failed = _FAILED.search((tree / OUTPUT).read_text("utf8"))
    return BY_MODEL if failed and failed[1] in coverage.through_model else BY_HAND


def run_tests(tree: Path, *arguments: str) -> int | None:
    """Return the exit status of pytest in a copy, None where it passes the limit of time.

    It runs in a fork of this process, which has imported what takes longest.

    Raises:
        SystemExit: It could not be run.
    """
    child = get_context("fork").Process(target=_in_child, args=(tree, arguments))
    child.start()
    child.join(LIMIT)
    if child.is_alive():
        child.kill()
        child.join()
        return None
    if child.exitcode is None or child.exitcode < RAN:
        sys.exit("Tests could not be run: what it says of it stands above")
    return child.exitcode - RAN


def _in_child(tree: Path, arguments: Sequence[str]) -> None:
    os.chdir(tree)
    sys.path.insert(0, str(tree / "src"))
    with (
        open(OUTPUT, "w", encoding="utf8") as output,
        redirect_stdout(output),
        redirect_stderr(output),
    ):
        status = pytest.main([*QUIET, *arguments])
    os._exit(RAN + status)


def import_libraries() -> None:
    """Import what the tests will need, and nothing that a mutant may be of.

    Raises:
        SystemExit: One of them imports this package.
    """
    for name in LIBRARIES:
        import_module(name)
    if "onrecord" in sys.modules:
        sys.exit("The package is imported before its mutants: a library of LIBRARIES does it")


def main() -> None:
    """Draw mutants, try them and print those that nothing notices."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--seed", type=int, default=7, help="which mutants are drawn")
    parser.add_argument("--mutants", type=int, default=60, help="how many are drawn")
    parser.add_argument("--alive", type=int, default=8, help="how many may go unnoticed")
    parser.add_argument(
        "--by-hand", action="store_true", help="leave out what reads with the model"
    )
    options = parser.parse_args()
    tree = copy_tree(ROOT)
    coverage = measured(ROOT, tree, quick=options.by_hand)
    import_libraries()
    drawn = draw(tree, options.mutants, options.seed)
    counts: Counter[str] = Counter()
    for mutant in track(drawn, "Mutants"):
        verdict = judged(mutant, tree, coverage)
        counts[verdict] += 1
        if verdict == ALIVE:
            sources = sources_of(tree)
            tests = len(coverage.running(mutant, sources))
            print(f"\n{mutant.path}:{mutant.line} {mutant.operator}, run by {tests} tests")
            print(mutant.diff(sources[mutant.path]), flush=True)
    print(f"\nOf {len(drawn)} mutants, with seed {options.seed}, these were noticed")
    for verdict in (BY_HAND, BY_MODEL, ALIVE):
        print(f"{counts[verdict]:4} {verdict}")
    sys.exit(counts[ALIVE] > options.alive)


if __name__ == "__main__":
    main()
