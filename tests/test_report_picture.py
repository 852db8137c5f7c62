import os
import shutil
import struct
import subprocess
import sys
from pathlib import Path

import pytest

from factories import make_record
from onrecord.report import render_report

pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
SCRIPT = Path(__file__).parent.parent / "scripts" / "picture.py"


def run(*arguments: str, path: str | None = None) -> subprocess.CompletedProcess[str]:
    env = dict(os.environ) if path is None else {**os.environ, "PATH": path}
    command = [sys.executable, str(SCRIPT), *arguments]
    return subprocess.run(command, env=env, capture_output=True, text=True)


def test_a_machine_without_a_browser_is_told_what_to_install(tmp_path: Path) -> None:
    done = run("report.html", path=str(tmp_path))
    assert done.returncode == 1
    assert done.stderr.startswith("No Chromium found: install one of chromium")
    assert "Traceback" not in done.stderr


@pytest.mark.browser
@pytest.mark.skipif(not shutil.which("chromium"), reason="no Chromium on PATH")
def test_a_picture_has_the_size_asked_for_at_two_pixels_each(tmp_path: Path) -> None:
    report, picture = tmp_path / "report.html", tmp_path / "docs" / "report.png"
    report.write_text(render_report(make_record()), encoding="utf-8")
    done = run(str(report), str(picture), "--width", "640", "--height", "400")
    assert done.returncode == 0, done.stderr
    head = picture.read_bytes()[:24]
    assert head.startswith(b"\x89PNG")
    assert struct.unpack(">II", head[16:]) == (1280, 800)


@pytest.mark.browser
@pytest.mark.skipif(not shutil.which("chromium"), reason="no Chromium on PATH")
def test_a_report_that_is_not_there_is_named(tmp_path: Path) -> None:
    done = run(str(tmp_path / "none.html"))
    assert done.returncode == 1
    assert f"No report at {tmp_path / 'none.html'}" in done.stderr
