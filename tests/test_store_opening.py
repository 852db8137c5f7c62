"""Opening a store: made, brought up to date, read where it cannot be written, or refused."""

import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine
from sqlalchemy.schema import SchemaItem
from sqlalchemy.types import TypeEngine

from factories import make_article, make_record
from onrecord.errors import StoreError
from onrecord.store import Filters, open_store
from onrecord.store.migrating import MIGRATIONS
from onrecord.store.packed import PackedGrounds, PackedList, PackedText
from onrecord.store.schema import REVISIONS, metadata


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A store with one record."""
    with open_store(tmp_path / "store.db") as store:
        store.save(make_record(), "hand/1")
    return tmp_path / "store.db"


def test_what_is_saved_is_on_the_disk_when_it_is_told(path: Path) -> None:
    with open_store(path) as store, store._writing() as connection:
        assert connection.exec_driver_sql("PRAGMA synchronous").scalar() == 2  # full


def test_a_copy_that_another_version_began_is_refused(path: Path) -> None:
    with sqlite3.connect(path) as database:
        database.execute("UPDATE onrecord_revision SET version_num = 'copying'")
    with pytest.raises(StoreError, match="another version of onrecord began; remove it"):
        open_store(path)


def test_a_store_is_made_in_write_ahead_mode_and_closed_without_side_files(path: Path) -> None:
    assert sqlite3.connect(path).execute("PRAGMA journal_mode").fetchone() == ("wal",)
    with open_store(path) as store:
        assert store.place == str(path)
        store.save(make_record(make_article(article_id="second")), "hand/1")
    assert [found.name for found in path.parent.iterdir()] == ["store.db"]


def test_the_migrations_make_the_tables_that_the_code_uses(path: Path) -> None:
    def ours(
        item: SchemaItem, name: str | None, kind: str, reflected: bool, other: SchemaItem | None
    ) -> bool:
        searched = ("article_words", "row_words", "onrecord_revision")
        return kind != "table" or not str(name).startswith(searched)

    def unlike(
        context: object, reflected: object, column: object, kept: object, used: TypeEngine[Any]
    ) -> bool | None:
        # What is packed is kept in the column it had before; to SQLite a type is but a word.
        return False if isinstance(used, PackedText | PackedGrounds | PackedList) else None

    with create_engine(f"sqlite:///{path}").connect() as connection:
        options = {"compare_type": unlike, "include_object": ours}
        context = MigrationContext.configure(connection, opts=options)
        assert compare_metadata(context, metadata) == []


def test_every_revision_has_its_migration() -> None:
    scripts = ScriptDirectory(str(MIGRATIONS))
    assert tuple(script.revision for script in scripts.walk_revisions())[::-1] == REVISIONS


def test_foreign_keys_are_enforced(path: Path) -> None:
    with open_store(path) as store, store._reading() as connection:
        assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1


def test_an_empty_file_becomes_a_store(tmp_path: Path) -> None:
    (tmp_path / "empty.db").touch()
    with pytest.raises(StoreError, match="not a store"):
        open_store(tmp_path / "empty.db", create=False)
    with open_store(tmp_path / "empty.db") as store:
        assert store.summaries() == ()


def test_a_name_with_odd_characters_is_a_name(tmp_path: Path) -> None:
    path = tmp_path / "50% of? it #1 й.db"
    with open_store(path) as store:
        store.save(make_record(), "hand/1")
    assert path.exists()
    with open_store(path, create=False) as store:
        assert len(store.summaries()) == 1


def test_processes_that_make_a_store_at_once_all_get_it(tmp_path: Path) -> None:
    script = (
        "import sys; from factories import *; from onrecord.store import open_store\n"
        "store = open_store(sys.argv[1])\n"
        "store.save(make_record(make_article(article_id=sys.argv[2])), 'hand/1')"
    )
    path = tmp_path / "store.db"
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}
    running = [
        subprocess.Popen([sys.executable, "-c", script, path, name], env=environment)
        for name in "abc"
    ]
    assert [process.wait(60) for process in running] == [0, 0, 0]
    with open_store(path) as store:
        assert [found.article_id for found in store.summaries()] == ["a", "b", "c"]


def test_a_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="is not a file; name a file"):
        open_store(tmp_path)


def test_a_missing_store_is_refused_when_none_is_to_be_made(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match=r"nowhere\.db does not exist; check the name"):
        open_store(tmp_path / "nowhere.db", create=False)
    assert not (tmp_path / "nowhere.db").exists()


def test_a_missing_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match=r"there is no folder .*absent; make it"):
        open_store(tmp_path / "absent" / "store.db")


@pytest.mark.parametrize("name", ["a\0b", "x" * 300, "file/store.db", "loop/store.db"])
def test_a_name_that_leads_nowhere_is_refused(tmp_path: Path, name: str) -> None:
    (tmp_path / "file").touch()
    (tmp_path / "loop").symlink_to(tmp_path / "loop")
    with pytest.raises(StoreError, match=r"cannot be reached .*; check the name"):
        open_store(tmp_path / name)


def test_a_file_of_another_kind_is_refused_and_left_as_it_was(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("Leaders met in Moscow.")
    with pytest.raises(StoreError, match=r"notes\.txt is not a store: not an SQLite database"):
        open_store(tmp_path / "notes.txt")
    assert (tmp_path / "notes.txt").read_text() == "Leaders met in Moscow."


def test_another_program_s_database_is_refused_and_left_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "other.db"
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE article (id)")
    connection.close()
    before = path.read_bytes()
    with pytest.raises(StoreError, match="a database, but not a store of onrecord's"):
        open_store(path)
    assert path.read_bytes() == before


def test_a_newer_version_s_store_is_refused_and_left_as_it_was(path: Path) -> None:
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE onrecord_revision SET version_num = '9999'")
    connection.close()
    before = path.read_bytes()
    with pytest.raises(StoreError, match=r"newer version of onrecord .*'9999'.*install that"):
        open_store(path)
    assert path.read_bytes() == before


def test_a_damaged_store_says_so(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[4096:] = b"\x07" * (len(content) - 4096)
    path.write_bytes(content)
    with pytest.raises(StoreError, match=r"store\.db is damaged; restore it from a copy"):
        open_store(path).record(make_article().article_id)


def test_a_store_cut_short_says_so(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:6000])
    with pytest.raises(StoreError, match=r"store\.db is damaged|cannot be read"):
        open_store(path).record(make_article().article_id)


def test_a_row_changed_by_hand_to_nonsense_says_so(path: Path) -> None:
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE event SET modality = 'perhaps'")
    connection.close()
    message = r"no record can hold \(modality must be .*mend it"
    with open_store(path) as store:
        with pytest.raises(StoreError, match=message):
            store.record(make_article().article_id)
        with pytest.raises(StoreError, match=message):
            store.find("events", Filters())


def test_opening_a_store_loads_neither_alembic_nor_pyarrow(path: Path) -> None:
    script = (
        "import sys; from onrecord.store import open_store; import onrecord.tables\n"
        "assert open_store(sys.argv[1]).summaries()\n"
        "print([name for name in ('alembic', 'pyarrow', 'pandas') if name in sys.modules])"
    )
    finished = subprocess.run(
        [sys.executable, "-c", script, path],
        env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)},
        capture_output=True,
        text=True,
    )
    assert (finished.stdout, finished.stderr) == ("[]\n", "")


def test_a_store_that_another_process_writes_can_be_read_and_says_so_when_saving(
    path: Path,
) -> None:
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with open_store(path, busy_seconds=0.1) as store:
        assert store.record(make_article().article_id) == make_record()
        with pytest.raises(StoreError, match=r"written by another process; try again"):
            store.save(make_record(), "hand/2")
        other.execute("ROLLBACK")
        store.save(make_record(), "hand/2")
    other.close()


# Whoever runs the tests may be allowed everything, so the store is opened as someone who is not;
# first as oneself, elsewhere, since that someone may not be allowed to load Python's modules.
READER = """
import os, sys
from factories import make_article, make_record
from onrecord.errors import StoreError
from onrecord.store import Filters, open_store

def use(path):
    try:
        with open_store(path) as store:
            store.save(make_record(), "hand/1") if "warm" in path else None
            yield store.record(make_article().article_id) == make_record()
            yield store.find("events", Filters(actor="Putin")).num_rows
            store.save(make_record(), "hand/2")
            yield "saved"
    except StoreError as error:
        yield error

list(use(sys.argv[2]))
if os.geteuid() == 0:
    os.setgid(65534)
    os.setuid(65534)
print(*use(sys.argv[1]), sep="\\n")
"""


@pytest.fixture
def shared(path: Path) -> Iterator[Path]:
    """The store in a folder that anyone can reach."""
    folder = Path(tempfile.mkdtemp(prefix="onrecord-"))
    folder.chmod(0o777)
    shutil.copy(path, folder / "store.db")
    (folder / "store.db").chmod(0o666)
    yield folder / "store.db"
    folder.chmod(0o777)
    shutil.rmtree(folder)


def as_reader(path: Path, own: Path) -> list[str]:
    """What a user without special rights sees of a store; `own` is a folder for oneself."""
    finished = subprocess.run(
        [sys.executable, "-c", READER, path, own / "warm.db"],
        env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)},
        cwd=path.parent,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert finished.stderr == ""
    return finished.stdout.splitlines()


def test_who_may_write_can_save(shared: Path, tmp_path: Path) -> None:
    assert as_reader(shared, tmp_path) == ["True", "2", "saved"]


@pytest.mark.parametrize(
    ("file_mode", "folder_mode"), [(0o444, 0o777), (0o666, 0o555), (0o444, 0o555)]
)
def test_a_store_that_cannot_be_written_to_is_read(
    shared: Path, tmp_path: Path, file_mode: int, folder_mode: int
) -> None:
    shared.chmod(file_mode)
    shared.parent.chmod(folder_mode)
    *found, refused = as_reader(shared, tmp_path)
    assert found == ["True", "2"]
    assert "or its folder cannot be written to; copy the store" in refused


def test_changes_that_a_reader_cannot_reach_are_not_left_out_in_silence(
    shared: Path, tmp_path: Path
) -> None:
    writing = open_store(shared)
    writing.save(make_record(make_article(article_id="second")), "hand/1")
    log = shared.with_name("store.db-wal").read_bytes()
    writing.close()
    shared.with_name("store.db-wal").write_bytes(log)  # as a process that died leaves it
    shared.chmod(0o444)
    shared.parent.chmod(0o555)
    (refused,) = as_reader(shared, tmp_path)
    assert "has changes in store.db-wal that were not finished" in refused


def test_a_folder_that_cannot_be_written_to_gets_no_store(shared: Path, tmp_path: Path) -> None:
    shared.parent.chmod(0o555)
    (refused,) = as_reader(shared.with_name("new.db"), tmp_path)
    assert "the folder" in refused
    assert "cannot be written to; name a file in another folder" in refused


def test_a_file_that_cannot_be_read_is_refused(shared: Path, tmp_path: Path) -> None:
    shared.chmod(0o200)
    (refused,) = as_reader(shared, tmp_path)
    assert "cannot be read (Permission denied)" in refused


def test_a_folder_that_cannot_be_entered_is_refused(shared: Path, tmp_path: Path) -> None:
    shared.parent.chmod(0)
    (refused,) = as_reader(shared, tmp_path)
    assert "cannot be reached ([Errno 13] Permission denied" in refused


def test_a_read_only_store_of_an_older_version_is_refused(shared: Path, tmp_path: Path) -> None:
    with sqlite3.connect(shared) as connection:
        connection.execute("UPDATE onrecord_revision SET version_num = '0001'")
    connection.close()
    shared.parent.chmod(0o555)
    (refused,) = as_reader(shared, tmp_path)
    assert "older version of onrecord and cannot be brought up to date where it is" in refused


def test_find_on_an_empty_store_gives_an_empty_table(tmp_path: Path) -> None:
    with open_store(tmp_path / "store.db") as store:
        assert store.find("events", Filters()).num_rows == 0


def test_the_log_of_a_file_is_small_again_when_a_long_reader_is_gone(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("onrecord.store.files._LOGGED", 100)
    log, most = path.with_name(f"{path.name}-wal"), 100 * 4_096

    def save(numbers: range) -> None:
        for number in numbers:
            article = make_article(article_id=f"article {number}", url=None)
            store.save(make_record(article), "hand/1")

    with open_store(path) as store:
        with open_store(path) as other, other._reading() as connection:
            connection.exec_driver_sql("SELECT count(*) FROM article").scalar()
            save(range(20))
            assert log.stat().st_size > 2 * most  # nothing that it may look at is moved
        save(range(20, 40))
        assert log.stat().st_size < 2 * most
