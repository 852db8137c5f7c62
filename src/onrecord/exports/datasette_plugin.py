"""A plugin that Datasette finds where onrecord is installed: the words of a store's rows, in SQL.

A store keeps each text once, and rows keep where their parts stand; no SQL alone brings the two
together.
"""

from __future__ import annotations

import sqlite3

from datasette import hookimpl

from onrecord.store import kept_id, words_of


@hookimpl  # type: ignore[untyped-decorator]  # datasette has no types
def prepare_connection(conn: sqlite3.Connection) -> None:
    """Give a connection `onrecord_words(kind, part, text, spans)` and `onrecord_id(id)`."""
    conn.create_function("onrecord_words", 4, words_of, deterministic=True)
    conn.create_function("onrecord_id", 1, kept_id, deterministic=True)
