"""A store through kills, a full disk and several writers: whole, nothing twice, nothing lost."""

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from factories import EXTRACTOR, make_article, make_record, span_of
from onrecord.records import Event, Record, row_id
from onrecord.store import open_store

OLD = Path(__file__).parent / "stores" / "revision-0007.db"

WRITER = """
import sys
from factories import make_article, make_record
from onrecord.store import open_store

with open_store(sys.argv[1]) as store:
    print("ready", flush=True)
    for name in sys.argv[2:]:
        article = store.versioned(make_article(article_id=name))
        if not store.holds(article, "hand/1"):
            store.save(make_record(article), "hand/1")
            print(name, flush=True)
"""

NAMES = [f"article-{number:02}" for number in range(24)]


def started(script: str, *arguments: object, **more: object) -> subprocess.Popen[str]:
    """A Python process of its own, whose lines can be read while it runs."""
    return subprocess.Popen(  # type: ignore[call-overload,no-any-return]
        [sys.executable, "-c", script, *map(str, arguments)],
        env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)},
        stdout=subprocess.PIPE,
        text=True,
        **more,
    )


def lines_of(process: subprocess.Popen[str]) -> Iterator[str]:
    assert process.stdout is not None
    yield from (line.strip() for line in process.stdout)


def assert_whole(place: str | Path, names: list[str]) -> None:
    """All articles are there once with all their rows, and nothing is wrong with the store."""
    with open_store(place, create=False) as store:
        assert [one.article_id for one in store.summaries()] == sorted(names)
        for name in names:
            kept = store.record(name)
            assert kept.events == make_record(make_article(article_id=name)).events
            assert kept.statements == make_record(make_article(article_id=name)).statements
        assert store.faults() == ()


@pytest.mark.parametrize("pauses", [(0.0, 0.011, 0.003), (0.007, 0.0, 0.019)])
def test_killed_again_and_again_it_goes_on_where_it_was(
    place: str, pauses: tuple[float, ...]
) -> None:
    saved: list[str] = []
    for at, pause in enumerate(pauses, start=1):
        process = started(WRITER, place, *NAMES)
        for line in lines_of(process):
            saved += [line] if line != "ready" else []
            if len(saved) >= 5 * at:
                time.sleep(pause)
                break
        process.kill()
        saved += [line for line in lines_of(process) if line]  # told before it died
        assert process.wait() == -signal.SIGKILL
        with open_store(place) as store:
            there = {one.article_id for one in store.summaries()}
            assert set(saved) <= there
            assert len(there - set(saved)) <= at  # saved, and killed before it could say so
            assert store.faults() == ()
    process = started(WRITER, place, *NAMES)
    rest = [line for line in lines_of(process) if line != "ready"]
    assert process.wait() == 0
    assert there | set(rest) == set(NAMES)
    assert there.isdisjoint(rest)
    assert_whole(place, NAMES)


MIGRATES = """
import os, signal, sys
from sqlalchemy import event
from sqlalchemy.engine import Engine
from onrecord.store import open_store

left = int(sys.argv[2])

@event.listens_for(Engine, "after_cursor_execute")
def die(*_):
    global left
    left -= 1
    if left == 0:
        os.kill(os.getpid(), signal.SIGKILL)

open_store(sys.argv[1]).close()
"""


@pytest.mark.parametrize("statements", [8, 30, 70, 110])
def test_killed_while_it_is_brought_up_to_date_it_is_old_or_new(
    tmp_path: Path, statements: int
) -> None:
    path = tmp_path / "store.db"
    shutil.copy(OLD, path)
    assert started(MIGRATES, path, statements).wait() == -signal.SIGKILL
    with open_store(path, create=False) as store:
        assert len(store.summaries()) == 2
        assert len(store.decisions()) == 1
        assert store.faults() == ()


def test_two_writers_of_one_store_lose_nothing_and_save_nothing_twice(place: str) -> None:
    writers = [started(WRITER, place, *names) for names in (NAMES, NAMES[::-1])]
    saved = [set(lines_of(one)) - {"ready"} for one in writers]
    assert [one.wait() for one in writers] == [0, 0]
    assert saved[0] | saved[1] == set(NAMES)
    assert_whole(place, NAMES)


FILLS = """
import resource, signal, sys
from factories import make_article, make_record
from onrecord.errors import StoreError
from onrecord.store import open_store

if len(sys.argv) > 2:
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[2]), int(sys.argv[2])))
with open_store(sys.argv[1]) as store:
    try:
        for number in range(10_000):
            store.save(make_record(make_article(article_id=f"{number:05}")), "hand/1")
            print(f"{number:05}", flush=True)
    except StoreError as error:
        print(error, flush=True)
"""


def test_a_file_that_may_not_grow_is_an_error_and_not_a_broken_store(tmp_path: Path) -> None:
    path = tmp_path / "store.db"
    *saved, message = lines_of(started(FILLS, path, 900_000))
    assert "cannot be read or written" in message or "cannot grow" in message
    assert saved
    assert_whole(path, saved)


def test_a_full_disk_is_an_error_and_not_a_broken_store(tmp_path: Path) -> None:
    folder = tmp_path / "small"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=1500k", "tmpfs", str(folder)]
    if shutil.which("mount") is None or subprocess.run(mount, capture_output=True).returncode:
        pytest.skip("a small disk cannot be made here")
    try:
        *saved, message = lines_of(started(FILLS, folder / "store.db"))
        assert "cannot grow, since the disk is full" in message
        shutil.copytree(folder, tmp_path / "kept")
    finally:
        subprocess.run(["umount", str(folder)], check=True)
    assert saved
    assert_whole(tmp_path / "kept" / "store.db", saved)


LINKER = """
import sys
from onrecord.store import open_store

with open_store(sys.argv[1]) as store:
    print("ready", flush=True)
    store.link()
    print("linked", flush=True)
"""


def test_who_saves_while_all_is_linked_anew_waits_less_than_a_second(tmp_path: Path) -> None:
    path = tmp_path / "store.db"
    make_unlinked(path, articles=120, events=250)
    process = started(LINKER, path)
    lines = lines_of(process)
    assert next(lines) == "ready"
    waits: list[float] = []
    saved: list[Record] = []
    with open_store(path) as store:
        while process.poll() is None:
            saved.append(make_record(make_article(article_id=f"saved-{len(saved)}")))
            begun = time.monotonic()
            store.save(saved[-1], "hand/1")
            waits.append(time.monotonic() - begun)
            time.sleep(0.1)
        assert "linked" in lines
        assert max(waits) < 1
        large = [f"{number:03}" for number in range(120)]
        assert len({*store.happening_ids(large).values()}) == 250
        assert all(store.record(one.article.article_id).events == one.events for one in saved)


LETTERS = str.maketrans("0123456789", "bcdfghjklm")


def make_unlinked(path: Path, *, articles: int, events: int) -> None:
    """Make a store of articles that tell the same, of which no two are linked."""
    towns = [f"{number:03}".translate(LETTERS) for number in range(events)]
    told = "".join(f"Shells hit {a}ar, {a}en, {a}is and {a}os. " for a in towns)
    article = make_article(told, article_id="000", published="2022-03-08")
    spans = [span_of(article, "hit", nth=number) for number in range(events)]
    rows = tuple(
        Event(
            event_id=row_id(article, "event", span),
            trigger=(span,),
            event_type="ASSAULT",
            modality="actual",
            extractor=EXTRACTOR,
        )
        for span in spans
    )
    with open_store(path) as store:
        store.save(Record(article=article, events=rows), "hand/1")
    with closing(sqlite3.connect(path)) as connection, connection:
        for number in range(1, articles):
            for table in ("article", "event", "telling"):
                copy_lines(connection, table, number)


def copy_lines(connection: sqlite3.Connection, table: str, number: int) -> None:
    """Copy the lines of the first article for another one that has ids of its own."""
    columns = [line[1] for line in connection.execute(f"PRAGMA table_info({table})")]
    new = {
        "article_id": f"'{number:03}'",
        "number": str(number + 1),
        "own_id": f"'{number:03}-' || hex(own_id)",
        "happening_id": f"'{number:03}-' || hex(happening_id)",
        "unit": f"unit + {number * 1000}",
    }
    values = ", ".join(new.get(column, f'"{column}"') for column in columns)
    names = ", ".join(f'"{column}"' for column in columns)
    connection.execute(
        f"INSERT INTO {table} ({names}) SELECT {values} FROM {table} WHERE number = 1"
    )
