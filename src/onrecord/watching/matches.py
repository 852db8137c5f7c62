"""What has been told: kept in a file of its own, so that a restart repeats and loses nothing."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from onrecord.errors import StoreError

SCHEMA = """
CREATE TABLE IF NOT EXISTS told (
    search TEXT, article_id TEXT, version INTEGER, told_at TEXT, content TEXT,
    PRIMARY KEY (search, article_id, version)
);
CREATE TABLE IF NOT EXISTS cursor (
    only_one INTEGER PRIMARY KEY CHECK (only_one = 1), stored_at TEXT
);
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """What one search finds in one version of an article."""

    search: str
    article_id: str
    version: int
    told_at: str  # ISO 8601, UTC
    content: dict[str, object]  # as it is told: the search, the article and the rows

    @property
    def key(self) -> str:
        """What tells it from every other match."""
        return f"{self.search}:{self.article_id}:{self.version}"


class Matches:
    """The matches that have been told, and up to where the store has been looked through."""

    def __init__(self, path: Path) -> None:
        """Open the file; where there is none, what is stored from now on is to be told.

        Raises:
            StoreError: It cannot be opened, or holds something else.
        """
        try:
            self._connection = sqlite3.connect(path)
            self._connection.executescript(SCHEMA)
            with self._connection as connection:
                now = datetime.now(UTC).isoformat(timespec="seconds")
                connection.execute("INSERT OR IGNORE INTO cursor VALUES (1, ?)", (now,))
        except sqlite3.Error as error:
            raise StoreError(
                f"{path} cannot be used to note what has been told ({error}): check it, or remove "
                "it and start again."
            ) from error

    def close(self) -> None:
        """Close the file."""
        self._connection.close()

    def since(self) -> str:
        """Return the moment from which on what has been stored is to be told."""
        (stored_at,) = self._connection.execute("SELECT stored_at FROM cursor").fetchone()
        return str(stored_at)

    def move_on(self, stored_at: str) -> None:
        """Note that all that was stored before a moment has been told."""
        with self._connection as connection:
            connection.execute("UPDATE cursor SET stored_at = ?", (stored_at,))

    def was_told(self, search: str, article_id: str, version: int) -> bool:
        """Whether what a search finds in an article's version has been told."""
        query = "SELECT 1 FROM told WHERE search = ? AND article_id = ? AND version = ?"
        found = self._connection.execute(query, (search, article_id, version)).fetchone()
        return found is not None

    def note(self, match: Match) -> None:
        """Note that a match has been told."""
        values = (match.search, match.article_id, match.version, match.told_at)
        with self._connection as connection:
            connection.execute(
                "INSERT OR IGNORE INTO told VALUES (?, ?, ?, ?, ?)",
                (*values, json.dumps(match.content, ensure_ascii=False, default=str)),
            )

    def latest(self, search: str, count: int) -> list[Match]:
        """Return the last matches of a search, newest first."""
        query = (
            "SELECT article_id, version, told_at, content FROM told WHERE search = ? "
            "ORDER BY told_at DESC, rowid DESC LIMIT ?"
        )
        return [
            Match(
                search=search,
                article_id=article_id,
                version=version,
                told_at=told_at,
                content=json.loads(content),
            )
            for article_id, version, told_at, content in self._connection.execute(
                query, (search, count)
            )
        ]
