"""Dependency labels: written in one module of the package, each with one name."""

import ast
from collections.abc import Iterator
from pathlib import Path

from onrecord.language import dependencies

HOME = Path(dependencies.__file__)
PACKAGE = HOME.parents[1]
LABELS = {
    value: name
    for name, value in vars(dependencies).items()
    if name.isupper() and isinstance(value, str)
}
SETS = {
    name: value
    for name, value in vars(dependencies).items()
    if name.isupper() and isinstance(value, frozenset)
}
WORDS = {"agent", "case", "dep"}  # labels that are words too, or names of other things


def written(source: str) -> Iterator[tuple[int, str]]:
    """The labels that a module writes out, each with its line."""
    tree = ast.parse(source)
    asked = set()  # constants that are compared with a token's label, or ask for its children
    for node in ast.walk(tree):
        about = isinstance(node, ast.Compare) and any(
            isinstance(one, ast.Attribute) and one.attr == "dep_" for one in ast.walk(node)
        )
        match node:
            case ast.Call(func=ast.Name(id="children" | "child_of")):
                about = True
        asked |= {id(one) for one in ast.walk(node)} if about else set()
    for node in ast.walk(tree):
        match node:
            case ast.Constant(value=str(text)) if text in LABELS:
                if text not in WORDS or id(node) in asked:
                    yield node.lineno, text


def test_labels_are_written_in_one_module() -> None:
    found = [
        f"{path.relative_to(PACKAGE)}:{line}: {label} is deps.{LABELS[label]}"
        for path in sorted(PACKAGE.rglob("*.py"))
        if path != HOME
        for line, label in written(path.read_text("utf8"))
    ]
    assert found == []


def test_a_label_is_seen() -> None:
    source = (
        'A = {"nsubj"}\nchildren(word, "agent")\nword.dep_ in {"case"}\n'
        'role == "agent"\nget("case")\n'
    )
    assert [line for line, _ in written(source)] == [1, 2, 3]


def test_a_label_has_one_name_and_a_set_too() -> None:
    source = HOME.read_text("utf8")
    names = [
        node.targets[0].id
        for node in ast.parse(source).body
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name)
    ]
    assert len(LABELS) + len(SETS) == len(names)
    assert len(set(SETS.values())) == len(SETS)
    assert set().union(*SETS.values()) <= LABELS.keys()


def test_every_name_is_used() -> None:
    used = {
        node.attr
        for path in PACKAGE.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf8")))
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name)
        if node.value.id == "deps"
    }
    within = {
        node.id
        for node in ast.walk(ast.parse(HOME.read_text("utf8")))
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)
    }
    assert {*LABELS.values(), *SETS} <= used | within
