"""Parties from tables of actor rows: the package's own, and a user's that overrides them."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from dataclasses import replace
from importlib.resources import as_file, files
from pathlib import Path

from onrecord.codebook.actor_rows import ActorRow, read_actor_rows
from onrecord.codebook.parties import Office, Parties, Party, Period, Person, Side
from onrecord.codebook.wordforms import fold
from onrecord.errors import CodebookError

OWN_TABLES = ("bodies.csv", "officeholders.csv", "leaders.csv")


def with_own_tables(parties: Parties, sectors: frozenset[str]) -> Parties:
    """Return some parties and those of the package's tables of rows, which never override.

    Raises:
        CodebookError: A row is wrong.
    """
    for name in OWN_TABLES:
        with as_file(files("onrecord") / "data" / name) as path:
            parties = _added(parties, read_actor_rows(path, sectors), name)
    return replace(parties, places=_places())


def with_user_table(parties: Parties, path: Path, sectors: frozenset[str]) -> Parties:
    """Return some parties and those of a user's table, which override what has the same name.

    Raises:
        CodebookError: The file cannot be read, or a row is wrong.
    """
    rows = read_actor_rows(path, sectors)
    given = {fold(name) for row in rows for name in _names(row)}
    kept = replace(
        parties,
        names={name: one for name, one in parties.names.items() if fold(name) not in given},
        metonyms={name: one for name, one in parties.metonyms.items() if fold(name) not in given},
        adjectives={n: one for n, one in parties.adjectives.items() if fold(n) not in given},
        peoples={name: one for name, one in parties.peoples.items() if fold(name) not in given},
        people={name: one for name, one in parties.people.items() if fold(name) not in given},
        places={name: one for name, one in parties.places.items() if fold(name) not in given},
    )
    return _added(kept, rows, path.name)


def _added(parties: Parties, rows: Sequence[ActorRow], source: str) -> Parties:
    """Return parties with rows added under the names that are still free."""
    names, people = dict(parties.names), dict(parties.people)
    known = {fold(name) for name in (*names, *people)}
    bearers = {_bearer(name, one.country) for name, found in people.items() for one in found}
    for name, listed in _by_name(rows).items():
        fresh = [alias for alias in _spellings(listed) if fold(alias) not in known]
        if listed[0].kind == "person" and _bearer(name, listed[0].country) not in bearers:
            person = _person(name, listed, source)
            people |= dict.fromkeys(fresh, (person,))
        elif listed[0].kind != "person":
            party = _party(name, listed, source)
            names |= dict.fromkeys(fresh, party)
    longest = max(parties.longest, *(len(name.split()) for name in names))
    return replace(parties, names=names, people=people, longest=longest)


def _bearer(name: str, country: str | None) -> tuple[str, str, str | None]:
    """Return what tells people apart: first and last word, and country."""
    words = fold(name).split()
    return words[0], words[-1], country


def _by_name(rows: Iterable[ActorRow]) -> dict[str, list[ActorRow]]:
    grouped: dict[str, list[ActorRow]] = {}
    for row in rows:
        grouped.setdefault(row.name, []).append(row)
    return grouped


def _names(row: ActorRow) -> tuple[str, ...]:
    return row.name, *row.aliases


def _spellings(rows: Sequence[ActorRow]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for row in rows for name in _names(row)))


def _person(name: str, rows: Sequence[ActorRow], source: str) -> Person:
    ordered = sorted(rows, key=lambda row: row.since or "")
    offices = tuple(
        Office(row.title or "", row.country, None, row.since, row.until, row.sector)
        for row in ordered
    )
    item = next((row.wikidata for row in rows if row.wikidata), None)
    last = ordered[-1]
    return Person(name, last.country, last.sector, None, offices, item, source)


def _party(name: str, rows: Sequence[ActorRow], source: str) -> Party:
    last = max(rows, key=lambda row: row.since or "")
    dated = [row for row in rows if row.since or row.until]
    return Party(
        name,
        last.kind,
        last.country,
        last.sector,
        wikidata=next((row.wikidata for row in rows if row.wikidata), None),
        source=source,
        sides=tuple(Side(Period(r.since, r.until), r.country, r.sector) for r in dated),
    )


def _places() -> dict[str, Party]:
    """Return towns and divisions; as actors they stand for those who live there."""
    source = files("onrecord") / "data" / "places.csv"
    lines = source.read_text("utf-8").splitlines()
    rows = csv.reader(line for line in lines if not line.startswith("#"))
    if next(rows, None) != ["name", "country"]:
        raise CodebookError(f"{source}: the columns must be name and country")
    return {name: Party(name, "group", code, "CVL", source="places.csv") for name, code in rows}
