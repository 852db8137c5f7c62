"""Input that would hang, fill the memory or command the terminal: each with its time bounded."""

import csv
import gzip
import os
import resource
import signal
import subprocess
import sys
import time
from pathlib import Path

import pyarrow as pa
import pytest
from click.testing import CliRunner

from onrecord.cli import main
from onrecord.cli.output import write_table
from onrecord.cli.plain import plain
from onrecord.reading import article_from_text, read

SOURCE = Path(__file__).parents[1] / "src"
TEXT = "The harbour master said that no ship would sail on Friday."
MEMORY = 1_500_000_000  # bytes of address space
PARAGRAPH = f"<p>{TEXT}</p>"


def limited() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


def read_bounded(path: Path | str, *, seconds: float = 60, stdin: int | None = None) -> str:
    """What reading gives, in a process with little time and memory of its own."""
    code = (
        "import sys; from onrecord.reading import read\n"
        "for one in read(sys.argv[1]): print(type(one).__name__, getattr(one, 'reason', ''))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(path)],
        capture_output=True,
        encoding="utf8",
        stdin=stdin,
        timeout=seconds,
        preexec_fn=limited,
        env={**os.environ, "PYTHONPATH": f"{SOURCE}:{os.environ.get('PYTHONPATH', '')}"},
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_pipes_and_devices_in_a_folder_are_named_and_passed_over(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.txt")
    (tmp_path / "b.txt").symlink_to("/dev/zero")
    (tmp_path / "c.txt").write_text(TEXT)
    said = read_bounded(tmp_path).splitlines()
    assert [line.split()[0] for line in said] == ["Failure", "Failure", "Article"]
    assert all("no file but a pipe, a socket or a device" in line for line in said[:2])


@pytest.mark.parametrize("name", ["a.txt.gz", "a.jsonl.gz", "a.html.gz"])
def test_a_small_gzip_that_unpacks_to_much_is_refused(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    with gzip.open(path, "wb") as packed:
        for _ in range(300):
            packed.write(b"a" * 1_000_000)
    assert any(told in read_bounded(path) for told in ("It is too large", "A line of it is longer"))


def test_a_gzip_of_prose_is_read(tmp_path: Path) -> None:
    path = tmp_path / "a.txt.gz"
    path.write_bytes(gzip.compress(TEXT.encode() * 1_000))
    assert read_bounded(path).split()[0] == "Article"


@pytest.mark.parametrize(
    ("start", "piece", "times"),
    [
        ("<html><body><article>", PARAGRAPH, 800_000),
        ("<html><body><article>", PARAGRAPH, 60_000),
        ("<html><body>", "<!-- nothing -->", 1_000_000),
        ("", TEXT, 900_000),
    ],
    ids=["50 MB of paragraphs", "4 MB of paragraphs", "comments", "50 MB of text"],
)
def test_what_is_too_large_is_refused_with_a_line(
    tmp_path: Path, start: str, piece: str, times: int
) -> None:
    path = tmp_path / ("a.html" if start else "a.txt")
    path.write_text(start + piece * times)
    said = read_bounded(path)
    assert said.startswith("Failure")
    assert "too large" in said or "too many" in said


def test_a_page_full_of_scripts_is_read(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    script = f"<script>{'let a = 1;' * 300_000}</script>"
    path.write_text(f"<html><body>{script}<article>{PARAGRAPH * 20}</article></body></html>")
    assert read_bounded(path).split()[0] == "Article"


def test_a_line_without_an_end_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text('{"text": "' + "a" * 60_000_000)
    assert "A line of it is longer" in read_bounded(path)


COMMANDS = "\x1b]0;gone\x07\x1b[2J\x9b31m\x08\x7f"


def test_a_terminal_is_given_no_commands(tmp_path: Path) -> None:
    shown = plain(COMMANDS) + article_from_text(TEXT + COMMANDS).text
    assert not {"\x1b", "\x07", "\x9b", "\x08", "\x7f"} & set(shown)
    path = tmp_path / f"a{COMMANDS.replace('/', '')}.txt"
    path.write_text("")
    store = tmp_path / "a.db"
    result = CliRunner().invoke(main, ["read", str(path), "--store", str(store)])
    assert "It is empty" in result.stderr
    assert "\x1b" not in result.stderr
    lines = tmp_path / "a.jsonl"
    lines.write_text('{"text": "He left.", "published": "\\u001b[2J"}', "utf8")
    result = CliRunner().invoke(main, ["read", str(lines), "--store", str(store)])
    assert "no date of publication" in result.stderr
    assert "\x1b" not in result.stderr


def test_a_table_gives_a_terminal_no_commands(capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    row = dict.fromkeys(("words", "actor", "form", "role", "role_country"), f"a{COMMANDS}")
    write_table(pa.Table.from_pylist([row]), "mentions", "table", Path("-"))
    assert b"\x1b" not in capsysbinary.readouterr().out


def test_cells_of_csv_are_no_formulas_and_open_as_utf_8(tmp_path: Path) -> None:
    cells = ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "He said =1", "“Łódź”", None, ""]
    path = tmp_path / "a.csv"
    rows = pa.table({"words": cells, "low": [-1.5] * len(cells)})
    write_table(rows, "figures", "csv", path)
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    with path.open(encoding="utf-8-sig", newline="") as stream:
        read = list(csv.DictReader(stream))
    expected = ["'=1+1", "'+1", "'-1", "'@SUM(A1)", "'\tx", "He said =1", "“Łódź”", "", ""]
    assert [row["words"] for row in read] == expected
    assert {row["low"] for row in read} == {"-1.5"}


def test_nothing_to_read_leaves_no_store(tmp_path: Path) -> None:
    store = tmp_path / "x.db"
    result = CliRunner().invoke(
        main, ["read", str(tmp_path / "missing.txt"), "--store", str(store)]
    )
    assert result.exit_code == 1
    assert "missing.txt: There is no such file" in result.stderr
    assert "0 read, 0 unchanged, 1 failed" in result.stderr
    assert not store.exists()


def children(pid: int) -> list[int]:
    return [int(one) for one in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def is_running(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="children are told by /proc")
def test_workers_end_with_the_process_that_began_them(tmp_path: Path) -> None:
    lines = "".join(f'{{"id": "{n}", "text": "{TEXT * 200}"}}\n' for n in range(60))
    (tmp_path / "a.jsonl").write_text(lines)
    command = [sys.executable, "-m", "onrecord", "read", str(tmp_path / "a.jsonl")]
    process = subprocess.Popen(
        [*command, "--workers", "2", "--store", str(tmp_path / "a.db")],
        stderr=subprocess.DEVNULL,
        env={**os.environ, "PYTHONPATH": f"{SOURCE}:{os.environ.get('PYTHONPATH', '')}"},
    )
    deadline = time.monotonic() + 90
    while len(found := children(process.pid)) < 2 and time.monotonic() < deadline:
        time.sleep(0.2)
    assert len(found) >= 2
    time.sleep(1)
    process.send_signal(signal.SIGKILL)
    process.wait()
    deadline = time.monotonic() + 30
    while any(map(is_running, found)) and time.monotonic() < deadline:
        time.sleep(0.2)
    assert not any(map(is_running, found))


@pytest.mark.parametrize("name", ["page.xhtml", "feed.rss"])
def test_no_page_or_feed_brings_in_another_file(tmp_path: Path, name: str) -> None:
    secret = tmp_path / "secret"
    secret.write_text("The combination is 4711.")
    told = f"<p>{TEXT} &other; {TEXT}</p>"
    whole = {
        "page.xhtml": f"<html><head><title>Harbour</title></head><body>{told * 3}</body></html>",
        "feed.rss": f"<rss><channel><item><title>&other;</title>{told}</item></channel></rss>",
    }
    path = tmp_path / "given" / name
    path.parent.mkdir()
    doctype = f'<!DOCTYPE any [<!ENTITY other SYSTEM "{secret.as_uri()}">]>'
    path.write_text(f'<?xml version="1.0"?>{doctype}{whole[name]}')
    found = list(read(path))
    assert found
    assert "4711" not in "".join(str(one) for one in found)
