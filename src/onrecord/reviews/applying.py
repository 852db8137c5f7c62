"""A record as its reviewers see it."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal, TypeAlias, TypeVar, cast

from onrecord.records import Actor, Event, Record, Row, id_of
from onrecord.reviews.attaching import Reread, find_row, moved_row
from onrecord.reviews.corrections import BY_PEOPLE, TYPES, Correction, Undo
from onrecord.reviews.following import following
from onrecord.reviews.values import Value, field_types, part_from

State: TypeAlias = Literal["applied", "orphan", "undone"]

LINKS = {
    "speaker_id": "actors",
    "addressee_id": "actors",
    "actor_id": "actors",
    "cause_id": "actors",
    "by_id": "actors",
    "on_id": "actors",
    "of_id": "actors",
    "used_by_id": "actors",
    "parent_id": "statements",
    "statement_id": "statements",
}
"""The fields that link to another row, and to which kind."""

SIDES = ("actors", "recipients")
ID_LENGTH = 16
AnyRow = TypeVar("AnyRow", bound=Row)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a correction."""

    correction: Correction
    state: State
    row_id: str | None  # the row it holds for now; None for an orphan and where it is undone
    undone_by: int | None = None  # the number of what undid it; undoing that brings it back


@dataclass(frozen=True, slots=True)
class Reviewed:
    """A record seen through what its reviewers decided."""

    record: Record
    outcomes: tuple[Outcome, ...]


def apply_corrections(
    record: Record, decided: Sequence[Correction | Undo], text_of: Callable[[int], str]
) -> Reviewed:
    """Return a record with all that was decided about its rows, the latest decision last.

    A correction that is about no row any more, or not clearly about one, changes nothing: it is an
    orphan until somebody decides again. A row that is left out takes its links with it: what stood
    in a statement that is none is said by whoever is quoted around it.

    Args:
        record: As the machine made it.
        decided: What was decided about the article, oldest first.
        text_of: The article's text by version, for decisions about an earlier one.
    """
    if not decided:  # as of nearly every article
        return Reviewed(record, ())
    undone = undone_by(decided)
    seen = _Seen(record)
    outcomes = []
    for one in decided:
        if isinstance(one, Undo):
            continue
        if one.number in undone:
            outcomes.append(Outcome(one, "undone", None, undone[one.number]))
            continue
        row_id = seen.decide(one, Reread(text_of(one.version), record.article.text))
        outcomes.append(Outcome(one, "orphan" if row_id is None else "applied", row_id))
    return Reviewed(seen.record(), tuple(outcomes))


def undone_by(decided: Iterable[Correction | Undo]) -> dict[int, int]:
    """Return the numbers of what is undone, each with that of what undid it.

    The undoing of an undoing brings back what it undid.
    """
    undone: dict[int, int] = {}
    for one in sorted(decided, key=lambda one: one.number, reverse=True):
        if isinstance(one, Undo) and one.number not in undone:
            undone[one.undone] = one.number
    return undone


class _Seen:
    """The rows of a record while decisions change them."""

    def __init__(self, record: Record) -> None:
        self._machine = record
        self._rows: dict[str, dict[str, Row]] = {
            kind: {id_of(row): row for row in getattr(record, kind)} for kind in TYPES
        }
        self._left_out: dict[str, dict[str, Row]] = {kind: {} for kind in TYPES}

    def decide(self, correction: Correction, reread: Reread) -> str | None:
        """Change the row that a correction is about; return its id, None where there is none."""
        if correction.verdict == "add":
            return self._add(correction, reread)
        found = find_row(self._machine, correction, reread) or self._added(correction)
        if found is None:
            return None
        kind, row_id = correction.kind, id_of(found)
        row = self._rows[kind].pop(row_id, None) or self._left_out[kind].pop(row_id)
        if correction.verdict == "reject":
            self._left_out[kind][row_id] = row
            return row_id
        changed = self._changed(row, correction, reread)
        if changed is None:
            self._rows[kind][row_id] = row
            return None
        self._rows[kind][row_id] = changed
        return row_id

    def _added(self, correction: Correction) -> Row | None:
        """Return the row that an earlier correction added, if this one is about it."""
        for rows in (self._rows, self._left_out):
            if correction.row_id in rows[correction.kind]:
                return rows[correction.kind][correction.row_id]
        return None

    def _add(self, correction: Correction, reread: Reread) -> str | None:
        moved = moved_row(correction.row, reread)
        row = None if moved is None else self._changed(moved, correction, reread)
        if row is None:
            return None
        self._rows[correction.kind][correction.row_id] = row
        return correction.row_id

    def _changed(self, row: Row, correction: Correction, reread: Reread) -> Row | None:
        """Return a row with its right values; None: their words are not in the text any more."""
        hints = field_types(type(row))
        right: dict[str, Any] = {
            name: part_from(hints[name], self._linked(name, value, correction), name)
            for name, value in correction.changes.items()
        }
        if right and reread.old != reread.new:
            moved = moved_row(replace(correction.row, **right), reread)
            if moved is None:
                return None
            right = {name: getattr(moved, name) for name in right}
        if isinstance(row, Event):
            right = following(replace(row, **right), right)
        return _signed(replace(row, **right), correction)

    def _linked(self, name: str, value: Value, correction: Correction) -> Value:
        """Return a plain value with the ids of actors in place of what says who they are."""
        if LINKS.get(name) == "actors":
            return self._actor_id(value, correction)
        if name in SIDES:
            return [
                {"span": one["span"], "actor_id": self._actor_id(one.get("actor"), correction)}
                for one in value
            ]
        return value

    def _actor_id(self, who: Value, correction: Correction) -> str | None:
        """Return the id of an actor meant by id and name, else by name, else of one that is new."""
        if who is None:
            return None
        actors = cast(Mapping[str, Actor], self._rows["actors"])
        same = actors.get(who.get("id"))
        if same is not None and same.name == who["name"]:
            return same.actor_id
        named = [one.actor_id for one in actors.values() if one.name == who["name"]]
        if named:
            return named[0]
        key = "\x1f".join((correction.article_id, "actor", who["name"]))
        actor_id = hashlib.sha256(key.encode()).hexdigest()[:ID_LENGTH]
        self._rows["actors"][actor_id] = Actor(
            actor_id=actor_id,
            name=who["name"],
            kind=who["kind"],
            country=who.get("country"),
            extractor=f"{BY_PEOPLE}{correction.reviewer}",
        )
        return actor_id

    def record(self) -> Record:
        """Return the record as it is seen now, its rows in the order of the text."""
        known = {kind: frozenset(rows) for kind, rows in self._rows.items()}
        parents = {
            row_id: getattr(row, "parent_id", None)
            for row_id, row in self._left_out["statements"].items()
        }
        rows: dict[str, Any] = {
            kind: tuple(_relinked(row, known, parents) for row in self._in_order(kind))
            for kind in TYPES
        }
        mentions = tuple(_relinked(row, known, parents) for row in self._machine.mentions)
        return replace(self._machine, mentions=mentions, **rows)

    def _in_order(self, kind: str) -> list[Row]:
        """Return rows as the machine had them, those that were added behind."""
        place = {id_of(row): at for at, row in enumerate(getattr(self._machine, kind))}
        rows = self._rows[kind]
        return [rows[key] for key in sorted(rows, key=lambda key: place.get(key, len(place)))]


def _signed(row: Row, correction: Correction) -> Row:
    """Return a row as somebody's word: the machine's score says nothing about it."""
    parts: dict[str, Any] = {"extractor": f"{BY_PEOPLE}{correction.reviewer}"}
    if hasattr(row, "score"):
        parts["score"] = None
    return replace(row, **parts)


def _relinked(
    row: AnyRow, known: Mapping[str, frozenset[str]], parents: Mapping[str, str | None]
) -> AnyRow:
    """Return a row whose links lead to rows that are there, a statement's to the one around it."""
    parts: dict[str, Any] = {}
    own_id = next(iter(field_types(type(row))))
    for name, kind in LINKS.items():
        link = getattr(row, name, None)
        if link is None or name == own_id:
            continue
        while link is not None and link not in known[kind]:
            link = parents.get(link) if kind == "statements" else None
        parts[name] = link
    for side in SIDES:
        if hasattr(row, side):
            parts[side] = tuple(
                replace(one, actor_id=one.actor_id if one.actor_id in known["actors"] else None)
                for one in getattr(row, side)
            )
    return replace(row, **parts) if parts else row
