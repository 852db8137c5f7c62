"""The manual: its first hour runs as it is written, and its site needs nothing from elsewhere."""

import importlib.util
import re
import subprocess
import sys
from pathlib import Path

import pytest
from scripts import manual

import onrecord
from onrecord.codebook.plover import load_plover
from test_layers import ROWS

ROOT = Path(__file__).resolve().parents[1]
DOCS = ROOT / "docs"
BLOCKS = tuple(manual.blocks(manual.FIRST_HOUR.read_text("utf8")))
FEWEST = 12  # commands of the first hour: a parser that finds none must not pass
PYTHON = re.compile(r"```python\n(.*?)```\n(?:\n```text\n(.*?)```)?", re.DOTALL)
CODED = re.compile(r"^\| ([A-Z]{3,}) \| (.*) \|$", re.MULTILINE)  # a line of the table of types
LAYER = re.compile(r"^\| \d+ \| (.+?) \|", re.MULTILINE)
MODE = re.compile(r"`([\w-]+)` (-?[\d.]+)")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return manual.folder_with_samples(tmp_path_factory.mktemp("first-hour"))


def name(block: manual.Shown) -> str:
    return " ".join(block.commands[0][:3])


@pytest.mark.parametrize("block", [one for one in BLOCKS if one.commands], ids=name)
def test_the_first_hour_prints_what_it_shows(block: manual.Shown, folder: Path) -> None:
    ran = manual.run(block, folder)
    assert ran.status == 0, ran.output
    if block.output is not None and not manual.tells(block.output, ran.output):
        assert ran.output == block.output, "python scripts/manual.py fills it in anew"


def test_what_a_page_shows_may_end_early_and_have_other_ids_but_no_other_words() -> None:
    printed = "6ade8a7e5c7330b4 killed 12\nmore\n"
    assert manual.tells("d46eaf4ed46eaf4e killed 12\nmore\n", printed)
    assert manual.tells("d46eaf4ed46eaf4e killed 12\n…\n", printed)
    assert not manual.tells("d46eaf4ed46eaf4e killed 13\n…\n", printed)
    assert not manual.tells("d46eaf4ed46eaf4e killed 12\n", printed)


def test_commands_are_found_in_blocks() -> None:
    commands = "cp a b\nonrecord show x \\\n  --store s  # why\nonrecord serve\n"
    page = f"```sh\n{commands}```\n\n```text\nok\n```\n"
    (block,) = manual.blocks(page)
    assert block == manual.Shown((("show", "x", "--store", "s"),), "ok\n")


def test_the_first_hour_has_commands_with_output() -> None:
    assert sum(len(one.commands) for one in BLOCKS if one.output) >= FEWEST


def test_a_page_that_shows_something_else_is_filled_in_anew(tmp_path: Path) -> None:
    page = "```sh\nonrecord actors Moscow --date 2022-03-11\n```\n\n```text\nold\n…\n```\n"
    filled = manual.filled(page, tmp_path)
    assert "old" not in filled
    assert filled.endswith("…\n```\n")


@pytest.mark.parametrize("page", ["python.md", "notebooks.md"])
def test_the_python_of_a_page_runs(
    page: str, folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(folder)
    known: dict[str, object] = {}
    found = PYTHON.findall((DOCS / page).read_text("utf8"))
    assert found
    for code, shown in found:
        capsys.readouterr()
        exec(compile(code, page, "exec"), known)
        if shown:
            assert capsys.readouterr().out == shown


def test_the_codebook_has_every_type_and_mode_with_its_score() -> None:
    table = dict(CODED.findall((DOCS / "codebook.md").read_text("utf8")))
    for name, info in load_plover().types.items():
        quad, score, modes = (cell.strip() for cell in table[name].split("|")[1:4])
        assert (int(quad), float(score)) == (info.quad, info.score), name
        assert {mode: float(value) for mode, value in MODE.findall(modes)} == info.modes, name


def test_the_layers_are_those_of_the_code() -> None:
    page = (DOCS / "contributing.md").read_text("utf8")
    told = [" ".join(re.findall(r"`(\w+)`", row)) for row in LAYER.findall(page)]
    assert told == list(ROWS)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    needed = ("mkdocs", "material", "mkdocstrings_handlers")
    if any(importlib.util.find_spec(name) is None for name in needed):
        pytest.skip("what builds the manual is not installed: pip install '.[docs]'")
    built = tmp_path_factory.mktemp("manual") / "site"
    command = [sys.executable, "-m", "mkdocs", "build", "--quiet", "--site-dir", str(built)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return built


LOADS = re.compile(
    r"""<(?:script|img|iframe|link(?![^>]*canonical))\b[^>]*?(?:src|href)=["']?([^"'\s>]+)"""
)
STYLED = re.compile(r"""(?:url\(|@import\s+)["']?(https?:|//)""")


def test_the_site_loads_nothing_from_elsewhere(site: Path) -> None:
    pages = list(site.rglob("*.html"))
    assert len(pages) >= len(list(DOCS.glob("*.md")))
    for page in pages:
        foreign = [
            one for one in LOADS.findall(page.read_text("utf8")) if re.match("https?:|//", one)
        ]
        assert foreign == [], page.name
    for sheet in site.rglob("*.css"):
        assert not STYLED.search(sheet.read_text("utf8")), sheet.name


def test_the_reference_has_every_public_name(site: Path) -> None:
    headed = re.findall(
        r'id="onrecord\.(?:records\.)?(\w+)"', (site / "api.html").read_text("utf8")
    )
    assert set(onrecord.__all__) - set(headed) == set()
