"""What is documented: commands by examples and in the manual, public names by docstrings."""

import ast
import re
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

import onrecord
from onrecord.cli import main

ROOT = Path(__file__).parents[1]
README = ROOT / "README.md"
STUB = 20  # lines; a shorter README is not written yet
MODULES = sorted((ROOT / "src" / "onrecord").rglob("*.py"))


def commands(group: click.Group, *path: str) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    for name, command in group.commands.items():
        yield (*path, name), command
        if isinstance(command, click.Group):
            yield from commands(command, *path, name)


COMMANDS = dict(commands(main))


@pytest.mark.parametrize("path", COMMANDS, ids=" ".join)
def test_every_command_has_an_example_in_its_help(path: tuple[str, ...]) -> None:
    result = CliRunner().invoke(main, [*path, "--help"])
    assert result.exit_code == 0
    examples = " ".join(result.stdout.split()).partition("Example")[2]
    assert f"onrecord {' '.join(path)}" in examples


@pytest.mark.parametrize("path", COMMANDS, ids=" ".join)
def test_every_option_of_a_command_is_explained(path: tuple[str, ...]) -> None:
    for option in COMMANDS[path].params:
        if isinstance(option, click.Option):
            assert option.help, f"{' '.join(path)} {option.opts[0]}"


@pytest.mark.parametrize("name", onrecord.__all__)
def test_every_public_name_is_documented(name: str) -> None:
    home = import_module(getattr(onrecord, name).__module__)
    documented = getattr(home, name).__doc__
    assert documented
    assert not documented.startswith(f"{name}("), "a dataclass without a docstring of its own"


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT / "src")))
def test_modules_classes_and_public_functions_are_documented(path: Path) -> None:
    tree = ast.parse(path.read_text("utf8"))
    if path.name != "env.py" or "migrations" not in path.parts:
        assert ast.get_docstring(tree), "the module"
    for node in tree.body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_"):
            assert ast.get_docstring(node), node.name


def readme() -> str:
    text = README.read_text("utf8")
    if len(text.splitlines()) < STUB:
        pytest.skip("the README is not written yet")
    return text


def manual() -> str:
    return "\n".join(page.read_text("utf8") for page in sorted((ROOT / "docs").glob("*.md")))


LISTED = (ROOT / "docs" / "commands.md").read_text("utf8")
LISTED_TO_SCORE = (ROOT / "docs" / "methods.md").read_text("utf8")


@pytest.mark.parametrize("path", COMMANDS, ids=" ".join)
def test_the_manual_lists_every_command(path: tuple[str, ...]) -> None:
    listed = LISTED_TO_SCORE if path[0] == "score" else LISTED
    assert f"onrecord {' '.join(path)}" in listed


def test_no_page_names_a_command_that_is_not_there() -> None:
    known = {path[0] for path in COMMANDS}
    blocks = "\n".join(re.findall(r"^ *```\w*\n(.*?)^ *```$", readme() + manual(), re.M | re.S))
    assert len(blocks.splitlines()) > STUB
    for line in (line.strip().removeprefix("$ ") for line in blocks.splitlines()):
        match line.split():
            case ["onrecord", first, *_] if first.isalpha():
                assert first in known, line


def test_the_readme_uses_the_public_names() -> None:
    text = readme()
    missing = [name for name in ("read", "extract", "table") if f"onrecord.{name}" not in text]
    imported = "from onrecord import" in text
    assert imported or not missing
