"""The layers: a module imports from rows above its own, within its package, and nowhere else."""

import ast
from collections.abc import Iterator, Mapping
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "src" / "onrecord"
ROWS = (
    "errors records settings",
    "codebook language models",
    "onepass provenance",
    "drafts clean voices reviews answers",
    "reading annotate resolve extraction happenings copies talks",
    "tables places",
    "store pipeline export classify",
    "evaluate report parallel watching exports spacy_component encoding plots",
    "dataset",
    "room",
    "notebook cli",
)
ROW_OF = {name: row for row, names in enumerate(ROWS) for name in names.split()}
FREE = {"__init__", "__main__"}  # of the package itself: they may import anything
LONGEST_MODULE = 500
LONGEST_FUNCTION = 50
MOST_PARAMETERS = 5
STAGES = {"language", "resolve", "extraction", "happenings"}
KNOWN_LONG = {"records": 561}  # all record types in one place; it may shrink, not grow

Modules = Mapping[str, Path]


def modules_of(package: Path) -> dict[str, Path]:
    """The modules below a folder by their dotted names; a package goes by its own name."""
    found = {}
    for path in package.rglob("*.py"):
        parts = path.relative_to(package).with_suffix("").parts
        found[".".join(parts[:-1] if len(parts) > 1 and parts[-1] == "__init__" else parts)] = path
    return found


MODULES = modules_of(PACKAGE)


def imports_of(name: str, modules: Modules = MODULES) -> Iterator[str]:
    """The modules of the package that a module imports, also inside functions."""
    for node in ast.walk(ast.parse(modules[name].read_text("utf8"))):
        match node:
            case ast.Import(names=names):
                dotted = [alias.name for alias in names]
            case ast.ImportFrom(module=str(base), names=names, level=0):
                dotted = [f"{base}.{alias.name}" for alias in names]
            case _:
                continue
        for one in (one.removeprefix("onrecord.") for one in dotted if one.startswith("onrecord.")):
            home = one if one in modules else one.rpartition(".")[0]  # of a name in a module
            if home in modules:
                yield home


def breaches(modules: Modules) -> list[str]:
    """The imports that go down or sideways between rows."""
    found = []
    for name in sorted(modules):
        top = name.split(".")[0]
        for imported in () if name in FREE else imports_of(name, modules):
            other = imported.split(".")[0]
            if other != top and ROW_OF[other] >= ROW_OF[top]:
                found.append(f"{name} imports {imported}")
    return found


def test_every_module_has_a_row() -> None:
    assert {name.split(".")[0] for name in MODULES} - FREE == set(ROW_OF)


def test_imports_go_to_rows_above() -> None:
    assert breaches(MODULES) == []


def test_a_breach_is_seen(tmp_path: Path) -> None:
    (tmp_path / "records.py").write_text("def late():\n    from onrecord.store import open_store\n")
    (tmp_path / "store.py").write_text("from onrecord import records\nimport onrecord.export\n")
    (tmp_path / "export.py").write_text("from onrecord.records import Span\n")
    found = breaches(modules_of(tmp_path))
    assert found == ["records imports store", "store imports export"]


def test_nothing_inside_imports_the_package_itself() -> None:
    for name in MODULES.keys() - FREE:
        for node in ast.walk(ast.parse(MODULES[name].read_text("utf8"))):
            assert not (isinstance(node, ast.ImportFrom) and node.module == "onrecord"), name
            assert not (isinstance(node, ast.ImportFrom) and node.level), f"{name}: relative"


def test_no_imports_go_in_a_circle() -> None:
    graph = {name: {one for one in imports_of(name) if one != name} for name in MODULES}
    TopologicalSorter(graph).prepare()  # raises CycleError, which names the circle


@pytest.mark.parametrize("name", sorted(MODULES))
def test_modules_and_functions_stay_short(name: str) -> None:
    source = MODULES[name].read_text("utf8")
    lines = len(source.splitlines())
    assert lines <= KNOWN_LONG.get(name, LONGEST_MODULE), f"{name} has {lines} lines"
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            length = (node.end_lineno or node.lineno) - node.lineno + 1
            assert length <= LONGEST_FUNCTION, f"{name}.{node.name} has {length} lines"


@pytest.mark.parametrize("name", sorted(one for one in MODULES if one.split(".")[0] in STAGES))
def test_functions_of_the_stages_take_few_parameters(name: str) -> None:
    for node in ast.walk(ast.parse(MODULES[name].read_text("utf8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            given = [*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs]
            given += filter(None, (node.args.vararg, node.args.kwarg))
            told = [one.arg for one in given if one.arg not in {"self", "cls"}]
            assert len(told) <= MOST_PARAMETERS, f"{name}.{node.name} takes {', '.join(told)}"
