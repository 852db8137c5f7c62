"""Build what is released, and try it: `make release`, or `python scripts/release.py`.

Wheel and sdist are built into dist/. The wheel is looked through, installed alone into a new
environment and made to read its samples there; what that environment holds is listed, with its
licences, in dist/onrecord.cdx.json (CycloneDX). Needs the extra `release`.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import venv
import zipfile
from collections.abc import Iterable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SOURCE = ROOT / "src"
DIST = ROOT / "dist"
BILL = DIST / "onrecord.cdx.json"
LARGEST = 60_000_000  # bytes of a wheel
LICENCES = ("LICENSE", "NOTICE")
MUST_HOLD = (  # each at least once, as patterns of `PurePath.match`
    *("onrecord/py.typed", "onrecord/data/models/*/model.onnx", "onrecord/data/models/*/CARD.md"),
    *("onrecord/data/*.toml", "onrecord/data/gazetteer/*", "onrecord/samples/talks.txt"),
    *("onrecord/room/static/*.css", "onrecord/room/static/vendor/*.js"),
    *("onrecord/room/templates/*.html", "onrecord/store/migrations/versions/v0001_record.py"),
)


class ReleaseError(Exception):
    """What is built may not be released."""


def faults(wheel: Path) -> list[str]:
    """Return what is wrong with a wheel: files it lacks or should not have, and its size."""
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
    packed = {name for name in names if name.startswith("onrecord/")}
    found = [f"{name} is missing" for name in sorted(package_files() - packed)]
    found += [f"{name} is no file of the package" for name in sorted(packed - package_files())]
    found += [f"nothing is {pattern}" for pattern in unmatched(packed)]
    licences = {Path(name).name for name in names if ".dist-info/licenses/" in name}
    found += [f"the licence {name} is missing" for name in LICENCES if name not in licences]
    if (size := wheel.stat().st_size) > LARGEST:
        found.append(f"{size:,} bytes are more than {LARGEST:,}")
    return found


def package_files() -> set[str]:
    """Return the files of the package, as a wheel names them."""
    return {
        path.relative_to(SOURCE).as_posix()
        for path in (SOURCE / "onrecord").rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }


def unmatched(names: Iterable[str]) -> list[str]:
    """Return the patterns of what a wheel must hold that no name matches."""
    paths = [Path(name) for name in names]
    return [one for one in MUST_HOLD if not any(path.match(one) for path in paths)]


def build(folder: Path) -> Path:
    """Return the wheel after building it, and the sdist, into a folder.

    Raises:
        subprocess.CalledProcessError: They cannot be built.
    """
    command = [sys.executable, "-m", "build", "--outdir", str(folder), str(ROOT)]
    subprocess.run(command, check=True)
    return max(folder.glob("*.whl"), key=lambda path: path.stat().st_mtime)


def try_alone(wheel: Path, folder: Path) -> Path:
    """Return the Python of a new environment in which the wheel was installed and has read.

    Raises:
        subprocess.CalledProcessError: It cannot be installed, or its demo fails.
    """
    venv.create(folder / "alone", with_pip=True)
    binaries = folder / "alone" / "bin"
    python = binaries / "python"
    pip = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    subprocess.run([*pip, str(wheel)], check=True)
    demo = [str(binaries / "onrecord"), "demo", "--folder", "demo"]
    subprocess.run(demo, check=True, cwd=folder, stdout=subprocess.DEVNULL)
    return python


def list_contents(python: Path, bill: Path) -> None:
    """Write the bill of materials of an environment.

    Raises:
        subprocess.CalledProcessError: It cannot be written.
    """
    command = [sys.executable, "-m", "cyclonedx_py", "environment", "--output-reproducible"]
    command += ["--pyproject", str(ROOT / "pyproject.toml"), "--output-file", str(bill)]
    subprocess.run([*command, str(python)], check=True)


def main() -> None:
    """Build, check, try and list."""
    DIST.mkdir(exist_ok=True)
    wheel = build(DIST)
    if found := faults(wheel):
        raise ReleaseError(f"{wheel.name}: " + "; ".join(found))
    with tempfile.TemporaryDirectory() as folder:
        list_contents(try_alone(wheel, Path(folder)), BILL)
    print(f"{wheel.name}: {wheel.stat().st_size:,} bytes; installed alone, it has read its samples")
    print(f"{BILL.relative_to(ROOT)}: what it brings along")


if __name__ == "__main__":
    main()
