"""People's verdicts on the rows of a store: `Store.reviews`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from typing import Literal, TypeAlias

from sqlalchemy import Connection

from onrecord.records import Record, Row
from onrecord.reviews import Outcome, Undo
from onrecord.reviews.values import Value
from onrecord.store.catalogue import resolve_article
from onrecord.store.correcting import (
    Verdict,
    add_row,
    all_outcomes,
    find_reviewed,
    give_verdict,
    take_back,
)
from onrecord.store.decisions import Signed
from onrecord.store.saving import now

Connecting: TypeAlias = Callable[[], AbstractContextManager[Connection]]


class Reviews:
    """What people decide about the rows of a store: appended, never overwritten."""

    def __init__(self, place: str, read: Connecting, write: Connecting) -> None:
        self._place, self._read, self._write = place, read, write

    def find(self, row_id: str) -> tuple[Record, str, Row]:
        """Return the latest record that a row is of, its kind and the row, as it is seen now.

        A row that was left out is as the machine made it.

        Raises:
            StoreError: No row has that id.
        """
        with self._read() as connection:
            return find_reviewed(connection, self._place, row_id)

    def give(
        self,
        row_id: str,
        verdict: Literal["accept", "reject", "correct"],
        *,
        by: str,
        why: str | None = None,
        changes: Mapping[str, Value] | None = None,
    ) -> Outcome:
        """Decide about a row; return the correction, with its number.

        Every question sees the row so from now on, also when its article is read again.

        Args:
            row_id: The row: a statement, event, figure, condition, demand, term or actor.
            verdict: Whether it is right, is none, or is to be corrected.
            by: Who decides.
            why: For what reason.
            changes: Right values by field, as `Correction.changes` has them.

        Raises:
            StoreError: No row has that id, or a change is none that it can have.
        """
        given = Verdict(verdict, changes or {}, Signed(made_by=by, made_at=now(), why=why))
        with self._write() as connection:
            return give_verdict(connection, self._place, row_id, given)

    def add(
        self,
        article: str,
        kind: str,
        values: Mapping[str, Value],
        *,
        by: str,
        why: str | None = None,
    ) -> Outcome:
        """Add a row that an article lacks; return the correction, with its number.

        Args:
            article: The article, as for `Store.resolve`.
            kind: The kind of row: "statements", "events" and so on; not "actors".
            values: The row's fields, as `Correction.changes` has them; what may be unknown can be
                left out.
            by: Who decides.
            why: For what reason.

        Raises:
            StoreError: No article is meant, or a value is missing or none that it can have.
        """
        given = Verdict("add", values, Signed(made_by=by, made_at=now(), why=why))
        with self._write() as connection:
            article_id = resolve_article(connection, self._place, article)
            return add_row(connection, self._place, article_id, kind, given)

    def take_back(self, number: int, *, by: str, why: str | None = None) -> Undo:
        """Decide that a correction no longer holds; that of an undo brings back what it undid.

        Raises:
            StoreError: There is none of that number, or it is undone already.
        """
        with self._write() as connection:
            return take_back(
                connection, self._place, number, Signed(made_by=by, made_at=now(), why=why)
            )

    def all(self, article: str | None = None) -> tuple[Outcome, ...]:
        """Return what people decided about rows, oldest first, with what has become of it.

        Args:
            article: An article, as for `Store.resolve`; None is all.

        Raises:
            StoreError: No article is meant, or more than one.
        """
        with self._read() as connection:
            found = None if article is None else resolve_article(connection, self._place, article)
            return all_outcomes(connection, found)
