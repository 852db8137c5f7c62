"""The names of all actors of a file at hand, for a process that is asked for many of them.

A name can have its words anywhere, so that no index finds it; each look at all of them in the file
takes ten times as long as one at hand. Signatures are never changed nor taken out: what came since
is added at each look.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence

from sqlalchemy import Connection, text

_AT_ONCE = 50_000  # signatures read into one string
_ID = 16  # hexadecimal digits, which begin a line
_END = b"\n"

_SINCE = text(
    "SELECT max(number), CAST(group_concat(hex(signature_id) || words, char(10)) AS BLOB)"
    " FROM (SELECT rowid AS number, signature_id, words FROM signature WHERE rowid > :last"
    " ORDER BY rowid LIMIT :most)"
)


class Roll:
    """Signatures, a line each: the id, and the folded name with a blank around each word."""

    def __init__(self) -> None:
        self._lines: bytearray | None = None
        self._last = 0
        self._lock = threading.Lock()

    def hold(self, connection: Connection) -> None:
        """Have all names at hand from now on; of a server they are not, which has no such order."""
        with self._lock:
            if self._lines is None and connection.dialect.name == "sqlite":
                self._lines = bytearray(_END)
                self._add_new(connection, self._lines)

    def having(self, connection: Connection, words: Sequence[str]) -> list[tuple[str, str]] | None:
        """Return the signatures with the rarest-looking of some words in their names.

        None where names are not at hand, or no words are asked for.
        """
        with self._lock:
            if self._lines is None or not words:
                return None
            self._add_new(connection, self._lines)
            return list(_lines_with(self._lines, max(words, key=len)))

    def _add_new(self, connection: Connection, lines: bytearray) -> None:
        last, new = connection.execute(_SINCE, {"last": self._last, "most": _AT_ONCE}).one()
        while new is not None:
            lines += new + _END
            self._last = last
            last, new = connection.execute(_SINCE, {"last": last, "most": _AT_ONCE}).one()


def _lines_with(lines: bytearray, word: str) -> Iterator[tuple[str, str]]:
    """Yield the ids and names of the lines that have a word."""
    wanted = f" {word} ".encode()
    at = lines.find(wanted)
    while at >= 0:
        start = lines.rfind(_END, 0, at) + 1
        end = lines.find(_END, at)
        line = lines[start:end].decode()
        yield line[:_ID].lower(), line[_ID:]
        at = lines.find(wanted, end)
