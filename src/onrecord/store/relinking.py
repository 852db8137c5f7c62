"""Linking all happenings of a store anew, in steps, so that whoever saves meanwhile hardly waits.

What is one happening is worked out from the store as it was, without holding it. Then it is kept a
few happenings at a time, and only where they still are as they were seen: those that an article
came into, or left, stay as that save linked them.
"""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, insert, select

from onrecord.copies import stories_of
from onrecord.store.catalogue import among
from onrecord.store.retelling import grouped, keep_happenings, units_of
from onrecord.store.retold import read_entries
from onrecord.store.schema import relinking
from onrecord.store.schema import telling as tellings

MOST_AT_ONCE = 2_000  # units that are written while nobody else can save
PAUSE = 0.12  # seconds between two steps; who waits for a file looks every tenth of a second


@dataclass(frozen=True, slots=True)
class Change:
    """Units that exchange their happenings with each other only: all are written, or none."""

    before: Mapping[int, str]
    after: Mapping[int, str]


def changes_due(connection: Connection) -> list[Change]:
    """Return what linking all tellings at once would change."""
    entries = read_entries(connection)
    before = {one.unit: str(one.happening_id) for one in entries}
    after = grouped(units_of(entries))
    first: dict[str, int] = {}
    pairs = [
        (first.setdefault(happening_id, unit), unit)
        for unit in before
        for happening_id in (before[unit], after[unit])
    ]
    return [
        Change({unit: before[unit] for unit in some}, {unit: after[unit] for unit in some})
        for some in stories_of(before, pairs)
        if any(before[unit] != after[unit] for unit in some)
    ]


def in_steps(changes: Sequence[Change]) -> Iterator[list[Change]]:
    """Yield the changes to write in one transaction each; every one is written whole.

    After each but the last there is a pause, in which others can save.
    """
    step: list[Change] = []
    for one in changes:
        if step and sum(len(other.before) for other in step) + len(one.before) > MOST_AT_ONCE:
            yield step
            time.sleep(PAUSE)
            step = []
        step.append(one)
    if step:
        yield step


def keep_changes(connection: Connection, changes: Sequence[Change]) -> None:
    """Write changes, except where somebody saved what they touch since they were worked out.

    That something was written is noted: nothing else of the store tells that answers are others.
    """
    ids = {happening_id for one in changes for happening_id in one.before.values()}
    query = select(tellings.c.unit, tellings.c.happening_id)
    there: dict[str, dict[int, str]] = defaultdict(dict)
    for line in connection.execute(query.where(among(tellings.c.happening_id, ids)).distinct()):
        there[line.happening_id][line.unit] = line.happening_id
    moved: dict[int, str] = {}
    for one in changes:
        now = {unit: at for old in {*one.before.values()} for unit, at in there[old].items()}
        if now == one.before:
            moved |= {unit: at for unit, at in one.after.items() if at != one.before[unit]}
    if moved:
        keep_happenings(connection, moved)
        connection.execute(insert(relinking))
