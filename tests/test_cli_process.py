"""The command as a process of its own."""

import contextlib
import fcntl
import os
import pty
import re
import struct
import subprocess
import sys
import termios
from pathlib import Path

import click
import pytest

from factories import EXTRACTOR, make_record
from onrecord.cli import main
from onrecord.store import open_store

SOURCE = Path(__file__).parents[1] / "src"


def run(
    *arguments: str, stdin: str | None = None, **variables: str
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "onrecord", *arguments],
        input=stdin,
        capture_output=True,
        encoding="utf8",
        env={**os.environ, "PYTHONPATH": str(SOURCE), **variables},
        timeout=120,
    )


def commands() -> list[tuple[str, ...]]:
    found: list[tuple[str, ...]] = [()]
    for name, command in main.commands.items():
        found.append((name,))
        if isinstance(command, click.Group):
            found += [(name, sub) for sub in command.commands]
    return found


@pytest.mark.parametrize("path", commands(), ids=" ".join)
def test_every_help_has_an_example_of_itself(path: tuple[str, ...]) -> None:
    result = run(*path, "--help")
    assert result.returncode == 0
    assert " ".join(("Example: onrecord", *path)) in " ".join(result.stdout.split())


def test_help_loads_nothing_heavy() -> None:
    code = (
        "import sys\n"
        "from onrecord.cli import main\n"
        "main(['find', '--help'], standalone_mode=False)\n"
        "heavy = {'spacy', 'pyarrow', 'sqlalchemy', 'trafilatura', 'rich', 'jinja2'}\n"
        "print(sorted(heavy & sys.modules.keys()))\n"
    )
    result = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        encoding="utf8",
        env={**os.environ, "PYTHONPATH": str(SOURCE)},
    )
    assert result.stdout.splitlines()[-1] == "[]"


@pytest.fixture
def store(tmp_path: Path) -> Path:
    path = tmp_path / "talks.db"
    with open_store(path) as opened:
        opened.save(make_record(), EXTRACTOR)
    return path


def on_terminal(columns: int, *arguments: str) -> tuple[int, str]:
    """Run with stdout on a terminal of so many columns; return the status and what it shows."""
    parent, child = pty.openpty()
    fcntl.ioctl(child, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
    variables = {name: value for name, value in os.environ.items() if name != "COLUMNS"}
    process = subprocess.Popen(
        [sys.executable, "-m", "onrecord", *arguments],
        stdout=child,
        stderr=child,
        env={**variables, "PYTHONPATH": str(SOURCE), "TERM": "xterm"},
    )
    os.close(child)
    shown = b""
    with contextlib.suppress(OSError):  # how Linux says that the other side is closed
        while read := os.read(parent, 65_536):
            shown += read
    os.close(parent)
    return process.wait(), shown.decode()


def test_a_page_is_as_wide_as_the_terminal_and_has_colours(store: Path) -> None:
    for columns in (40, 100):
        status, shown = on_terminal(columns, "show", "--store", str(store))
        lines = [re.sub(r"\x1b\[[\d;]*m", "", line) for line in shown.splitlines()]
        assert status == 0
        assert "\x1b[1m" in shown
        assert columns - 10 < max(map(len, lines)) <= columns


@pytest.mark.parametrize(
    ("command", "advice"),
    [("find figures --format parquet", "-o FILE.parquet"), ("report", "-o page.html")],
)
def test_what_is_not_text_is_refused_on_a_terminal(store: Path, command: str, advice: str) -> None:
    status, shown = on_terminal(80, *command.split(), "--store", str(store))
    assert status == 2
    assert advice in shown
    assert not re.search("PAR1|<html", shown)


def test_a_closed_pipe_is_no_error(store: Path) -> None:
    for command in ("show", "find statements --format jsonl", "export", "report"):
        shell = f"{sys.executable} -m onrecord {command} --store {store} | head -c 1"
        result = subprocess.run(
            shell,
            shell=True,
            capture_output=True,
            encoding="utf8",
            env={**os.environ, "PYTHONPATH": str(SOURCE)},
        )
        assert "Traceback" not in result.stderr, command
        assert "Error" not in result.stderr, command


def test_another_encoding_does_not_stop_the_output(store: Path) -> None:
    result = run("show", "--store", str(store), PYTHONIOENCODING="ascii", PYTHONUTF8="0")
    assert result.returncode == 0
    assert "Our negotiators \\u2026 report some progress" in result.stdout
