"""Fill in what the first hour of the manual shows of real runs.

Its commands stand in blocks of `sh`; what they print stands in the block of `text` right behind.
Those that begin with `onrecord` are run, in their order, in a folder that holds the samples as
`stories`; others are for the reader's own shell.

    python scripts/manual.py
"""

from __future__ import annotations

import os
import re
import shlex
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import chdir
from dataclasses import dataclass
from pathlib import Path
from unittest.mock import patch

from click.testing import CliRunner

from onrecord.cli import main as onrecord

ROOT = Path(__file__).resolve().parents[1]
FIRST_HOUR = ROOT / "docs" / "first-hour.md"
WIDTH = "96"
STAYS_OPEN = {"serve", "watch"}
CUT = "…"  # alone on a line: there is more
PROGRESS = re.compile(r"articles read: \d+")  # in place of a bar, of what takes longer
ID = re.compile(r"\b[0-9a-f]{16}\b|\b[0-9a-f]{8}\b")  # of what is named by its place on the disk
BLOCK = re.compile(r"```sh\n(?P<commands>.*?)```\n(?:\n```text\n(?P<shown>.*?)```\n)?", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Shown:
    """A block of commands and what the manual shows of their output, None where it shows none."""

    commands: tuple[tuple[str, ...], ...]
    output: str | None


@dataclass(frozen=True, slots=True)
class Ran:
    """The commands that ran, what they printed together, and the first exit status but 0."""

    output: str
    status: int
    commands: tuple[str, ...]


def blocks(text: str) -> Iterator[Shown]:
    """Yield the blocks of commands of a page."""
    for found in BLOCK.finditer(text):
        yield Shown(tuple(runnable(found["commands"])), found["shown"])


def runnable(commands: str) -> Iterator[tuple[str, ...]]:
    """Yield the words of each command of onrecord's that ends by itself."""
    for line in commands.replace("\\\n", " ").splitlines():
        words = tuple(shlex.split(line, comments=True))
        if words[:1] == ("onrecord",) and not STAYS_OPEN & set(words):
            yield words[1:]


def folder_with_samples(folder: Path) -> Path:
    """Return a folder after copying the samples into it, as `stories`."""
    shutil.copytree(ROOT / "src" / "onrecord" / "samples", folder / "stories")
    (folder / "stories" / "README.md").unlink()
    return folder


def run(block: Shown, folder: Path) -> Ran:
    """Return what the commands of a block print in a folder, both streams as they come."""
    printed, status = [], 0
    with chdir(folder), patch.dict(os.environ, {"COLUMNS": WIDTH}):
        for words in block.commands:
            result = CliRunner().invoke(onrecord, list(words))
            printed.append(result.output)
            status = status or result.exit_code
    return Ran(tidy("".join(printed)), status, tuple(shlex.join(one) for one in block.commands))


def tidy(output: str) -> str:
    """Return an output without progress, blanks at the ends of lines and empty lines around it."""
    lines = [line.rstrip() for line in output.splitlines() if not PROGRESS.fullmatch(line)]
    return "\n".join(lines).strip("\n") + "\n"


def shortened(output: str, lines: int) -> str:
    """Return the first lines of an output, and a mark where there are more."""
    kept = output.splitlines()
    return output if len(kept) <= lines else "\n".join([*kept[:lines], CUT]) + "\n"


def tells(shown: str, output: str) -> bool:
    """Return whether what a page shows is an output, or its beginning; ids may be others."""
    told, printed = ID.sub("ID", shown).splitlines(), ID.sub("ID", output).splitlines()
    return printed[: len(told) - 1] == told[:-1] if told[-1:] == [CUT] else printed == told


def filled(text: str, folder: Path) -> str:
    """Return a page with the outputs of its commands; one shown in part is cut where it was.

    Raises:
        SystemExit: A command fails.
    """

    def replaced(found: re.Match[str]) -> str:
        block = Shown(tuple(runnable(found["commands"])), found["shown"])
        ran = run(block, folder)
        if ran.status:
            raise SystemExit(f"exit status {ran.status} of {ran.commands}:\n{ran.output}")
        if block.output is None or tells(block.output, ran.output):
            return found[0]
        shown = block.output.rstrip("\n").splitlines()
        output = shortened(ran.output, len(shown) - 1) if shown[-1:] == [CUT] else ran.output
        return f"```sh\n{found['commands']}```\n\n```text\n{output}```\n"

    return BLOCK.sub(replaced, text)


def main() -> None:
    """Run the commands of the first hour and fill in what they print."""
    with tempfile.TemporaryDirectory() as folder:
        text = filled(FIRST_HOUR.read_text("utf-8"), folder_with_samples(Path(folder)))
    FIRST_HOUR.write_text(text, "utf-8")


if __name__ == "__main__":
    main()
