"""A PostgreSQL server of the tests' own: on a socket in a temporary folder, gone when they end."""

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import create_engine, text

from onrecord.store import open_store

BINARIES = max(Path("/usr/lib/postgresql").glob("*/bin/initdb"), default=None)
"""Debian's newest; None: its package `postgresql` is not installed."""

OWNER = "keeper"
_QUICK = ("fsync=off", "full_page_writes=off", "autovacuum=off")


@dataclass
class Cluster:
    """A running server; every store of a test has a database of its own."""

    folder: Path
    made: list[str] = field(default_factory=list)

    def url(self, database: str, role: str = OWNER) -> str:
        """The URL of a database."""
        return f"postgresql://{role}@/{database}?host={self.folder}"

    def new_store(self) -> str:
        """The URL of a new database with the tables of a store, and nothing in them."""
        if not self.made:
            self.new_database("pattern")
            open_store(self.url("pattern")).close()
        return self.new_database(f"store_{len(self.made)}", template="pattern")

    def new_database(self, name: str, *, template: str = "template0", encoding: str = "") -> str:
        """The URL of a new database."""
        self.run(f"CREATE DATABASE {name} TEMPLATE {template} STRATEGY file_copy {encoding}")
        self.made.append(name)
        return self.url(name)

    def drop(self, url: str) -> None:
        """Drop a database, whoever is connected to it."""
        name = url.partition("@/")[2].partition("?")[0]
        self.run(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")

    def run(self, statement: str, database: str = "postgres") -> None:
        """Run a statement outside any transaction."""
        url = self.url(database).replace("postgresql", "postgresql+psycopg", 1)
        engine = create_engine(url, isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            connection.execute(text(statement))
        engine.dispose()

    def start(self) -> None:
        """Start the server, and wait until it answers."""
        options = " ".join(f"-c {one}" for one in _QUICK)
        options += f" -c listen_addresses= -c unix_socket_directories={self.folder}"
        log = self.folder / "log"
        self._control("start", "-w", "-l", str(log), "-o", options)

    def stop(self) -> None:
        """Stop the server at once; who is connected is cut off."""
        self._control("stop", "-m", "immediate")

    def _control(self, action: str, *arguments: str) -> None:
        _as_owner(["pg_ctl", action, "-D", str(self.folder / "data"), *arguments])


def _as_owner(command: list[str]) -> None:
    """Run one of PostgreSQL's programs, which refuse to be run by root."""
    assert BINARIES is not None
    command = [str(BINARIES.with_name(command[0])), *command[1:]]
    if os.geteuid() == 0:
        command = ["setpriv", f"--reuid={_owner()}", "--clear-groups", *command]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, cwd="/", timeout=60)


def _owner() -> str:
    """A user without special rights: that of Debian's package, if it made one."""
    known = {one.pw_name for one in pwd.getpwall()}
    return "postgres" if "postgres" in known else "nobody"


@contextmanager
def running() -> Iterator[Cluster]:
    """Make a server; stop it and leave nothing behind at the end."""
    folder = Path(tempfile.mkdtemp(prefix="onrecord-pg-"))  # a socket's path must be short
    try:
        if os.geteuid() == 0:
            shutil.chown(folder, _owner())
        folder.chmod(0o755)
        made = ["-D", str(folder / "data"), "-U", OWNER, "-A", "trust", "-E", "UTF8"]
        _as_owner(["initdb", *made, "--no-sync", "--locale=C.UTF-8"])
        cluster = Cluster(folder)
        cluster.start()
        try:
            yield cluster
        finally:
            cluster.stop()
    finally:
        shutil.rmtree(folder)
